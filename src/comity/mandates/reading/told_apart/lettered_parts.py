"""A resolution in parts A, B …: each part enacts for itself and is a resolution of its own, `A/RES/48/75 B`.

The parts share what stands before the first of them (masthead, number, title) and what stands after the last closing
line (footnotes, a masthead put at the end).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.head.masthead import Masthead, read_masthead_line
from comity.mandates.reading.line_kinds import ANNEX, CLOSING, FORMULA, NUMBER
from comity.mandates.reading.told_apart.footnotes import numbers_of_marks
from comity.mandates.resolution import Footnote
from comity.mandates.vocabulary.days import DATE
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb

# Lines of a part's title between its letter and its formula.
_MOST_BETWEEN = 8
# More than any resolution has notes.
_MOST_NOTES = 1000
# “A”, “Part B”, “B. Assistance to victims”, “II – Assistance”.
LETTERED = re.compile(r"^(?:Part |PART )?(?P<part>[A-Z]|[IVX]{1,5})(?:\.|(?:[.:]| ?[-–—]) ?(?P<title>[A-Z“\"].*))?$")
# “48/75 B”, “A/RES/48/75 B. Assistance to victims”.
_NUMBERED = re.compile(
    r"^(?:(?:Resolution |RESOLUTION |[A-Z]{1,4}(?:/[A-Z]+)?/RES/))?(?P<number>(?:S-|ES-)?\d{1,4}/\d{1,4}) ?"
    r"(?P<part>[A-Z])(?:\.? ?(?P<title>(?<=[. ])[A-Z“\"].*))?\.?$"
)
# “48/75. Crime prevention”, above the letter of the first part.
_TITLED = re.compile(r"^(?:Resolution |RESOLUTION )?(?:S-|ES-)?\d{1,4}/\d{1,4}\b")
# “A” or “I” is the first part of a file.
_FIRST = frozenset({"A", "I"})
_ROMANS = "I II III IV V VI VII VIII IX X XI XII".split()  # noqa: SIM905


@dataclass(frozen=True)
class Opening:
    """Where a part begins: the index of its first line, its letter, and what of its title and number stands there."""

    index: int
    part: str
    title: str
    number: str


@dataclass(frozen=True)
class Part:
    """A part with the lines to read it from: `head` it shares with the others, `own`, and `tail` it shares again.

    `shared` are the numbers of the lines that all parts share after the last closing line, and `notes_elsewhere` the
    marks whose notes among them are another part's. `formulas` are the part's own enacting formula, where a preamble
    that the parts share stands in `own` with the formula above it. `followed` says that another part comes after it.
    """

    opening: Opening | None
    head: tuple[Line, ...]
    own: tuple[Line, ...]
    tail: tuple[Line, ...]
    shared: frozenset[int] = frozenset()
    notes_elsewhere: frozenset[int] = frozenset()
    formulas: tuple[Line, ...] = ()
    followed: bool = False

    def has_note(self, note: Footnote) -> bool:
        """Whether a note is the part's own: it stands within it, or its mark does."""
        return note.line not in self.shared or int(note.mark) not in self.notes_elsewhere


def enacts_below(following: Sequence[Line]) -> bool:
    """Whether an enacting formula stands below a title, with nothing but more of the title between."""
    for line in following:
        formula = FORMULA.match(line.text)
        if formula is not None:
            return not formula["rest"] or opening_verb(formula["rest"], PREAMBULAR) is not None
        # More of a title fits a few lines; what is longer, or numbered, is text.
        if len(line.text) > 300 or NUMBER.match(line.text):
            return False
    return False


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """The parts that a text has, in order; one without an opening where it is not in parts."""
    openings = _openings(lines)
    if not openings:
        return [Part(None, (), tuple(lines), ())]
    bounds = [*(opening.index for opening in openings), len(lines)]
    tail = _tail(lines[bounds[-2] :])
    before = tuple(lines[: bounds[0]])
    head = before[: _enacted(before)]
    shares = openings[0].part in _FIRST and is_shared_preamble(before[len(head) :])
    preamble = before[len(head) :] if shares else ()
    found = [] if preamble or head == before else [Part(None, (), before, _for_part(before, tail), followed=True)]
    for opening, start, end in zip(openings, bounds, bounds[1:], strict=False):
        own, formulas = _below_preamble(tuple(lines[start:end]), preamble)
        last = end == len(lines)
        part = Part(opening, head, own, () if last else _for_part(own, tail), formulas=formulas, followed=not last)
        found.append(part)
    return _with_notes(found, frozenset(line.number for line in tail))


def is_shared_preamble(lines: Sequence[Line]) -> bool:
    """Whether lines from an enacting formula on are a preamble that parts below share: they enact nothing."""
    if not lines:
        return False
    formula = FORMULA.match(lines[0].text)
    return formula is not None and not formula["rest"] and not any(_enacts_something(line) for line in lines[1:])


def _enacts_something(line: Line) -> bool:
    text = line.text.lstrip('“"«„‘ ')
    number = NUMBER.match(text)
    opens = opening_verb(number["rest"] if number is not None else text, OPERATIVE) is not None
    numbered = number is not None and number["stop"] is not None and (opens or not number["rest"])
    other = any(pattern.match(text) for pattern in (FORMULA, ANNEX, CLOSING))
    return numbered or other or (opens and text[0].isupper() and number is None)


def _below_preamble(own: tuple[Line, ...], preamble: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a part below a shared preamble, which stands between its title and its own text; and its formula.

    What follows on its formula in the same line is text of the part.
    """
    if not preamble:
        return own, ()
    enacted = _enacted(own)
    rest = FORMULA.match(own[enacted].text)["rest"] if enacted < len(own) else ""  # type: ignore[index]
    goes_on = (replace(own[enacted], text=rest),) if rest else ()
    return (*own[:enacted], *preamble, *goes_on, *own[enacted + 1 :]), () if rest else own[enacted : enacted + 1]


def _with_notes(parts: list[Part], shared: frozenset[int]) -> list[Part]:
    """The parts with what tells their notes apart; a note whose mark stands nowhere is the last part's."""
    marks = [
        {number for line in part.own if line.number not in shared for number in numbers_of_marks(line.text)}
        for part in parts
    ]
    every = frozenset(range(1, _MOST_NOTES))
    elsewhere = [every - own for own in marks]
    elsewhere[-1] = frozenset().union(*marks[:-1]) - marks[-1]
    return [replace(part, shared=shared, notes_elsewhere=others) for part, others in zip(parts, elsewhere, strict=True)]


def _enacted(lines: Sequence[Line]) -> int:
    """The index of the first enacting formula, or of the end where there is none."""
    formulas = (index for index, line in enumerate(lines) if (match := FORMULA.match(line.text)) and match["comma"])
    return next(formulas, len(lines))


def _openings(lines: Sequence[Line]) -> list[Opening]:
    """The openings of parts in their order; none where the text is not in parts.

    The first part of a file mostly has its letter above it. Where it has none, a B below it makes it the first. An A
    and a B below a formula that enacts nothing share the preamble under it; any other A below a formula, and letters in
    an annex, are of another text that the resolution holds.
    """
    candidates = list(_candidates(lines))
    enacted = _enacted(lines)
    early = [opening for opening in candidates if opening.index < enacted]
    if early:
        return _in_order(early[0], candidates)
    if candidates and candidates[0].part in _FIRST and is_shared_preamble(lines[enacted : candidates[0].index]):
        found = _in_order(candidates[0], candidates)
        return found if len(found) > 1 else []
    if not candidates or candidates[0].part not in {"B", "II"}:
        return []
    in_annex = any(ANNEX.match(line.text) for line in lines[: candidates[0].index])
    return [] if in_annex else _in_order(candidates[0], candidates)


def _in_order(first: Opening, candidates: Sequence[Opening]) -> list[Opening]:
    found = [first]
    for opening in candidates:
        if opening.index > found[-1].index and follows(found[-1].part, opening.part):
            found.append(opening)
    return found


def _candidates(lines: Sequence[Line]) -> Iterator[Opening]:
    for index, line in enumerate(lines):
        match = LETTERED.match(line.text) or _NUMBERED.match(line.text)
        if match is None:
            continue
        following = lines[index + 1 : index + 1 + _MOST_BETWEEN]
        number = match.groupdict().get("number") or ""
        if enacts_below(following) and not (number and _is_of_masthead(following)):
            yield Opening(index, match["part"], match["title"] or "", number)


def _is_of_masthead(following: Sequence[Line]) -> bool:
    """Whether a symbol with a letter is the document's: the masthead or the numbered title stands between it and
    the formula."""
    between = following[: _enacted(following)]
    return any(_TITLED.match(line.text) or read_masthead_line(line, Masthead()) for line in between)


def follows(last: str, part: str) -> bool:
    """Whether a letter, or roman numeral, comes later than another."""
    if last in _ROMANS and part in _ROMANS and (len(last) > 1 or len(part) > 1):
        return _ROMANS.index(part) > _ROMANS.index(last)
    next_letter = len(last) == len(part) == 1 and ord(part) == ord(last) + 1
    # Letters may be left out of a file; a lone I, V or X after another letter is a numeral of something within a part.
    return next_letter or (len(last) == len(part) == 1 and part > last and part not in _ROMANS)


def _closes(lines: Sequence[Line]) -> bool:
    return any(CLOSING.match(line.text) for line in lines)


def _tail(lines: Sequence[Line]) -> tuple[Line, ...]:
    """What stands from the last closing line on and belongs to no part alone, up to an annex."""
    closing = [index for index, line in enumerate(lines) if CLOSING.match(line.text)]
    if not closing:
        return ()
    annexes = (index for index in range(closing[-1], len(lines)) if ANNEX.match(lines[index].text))
    return tuple(lines[closing[-1] : next(annexes, len(lines))])


def _for_part(own: Sequence[Line], tail: tuple[Line, ...]) -> tuple[Line, ...]:
    """The tail as a part has it: without the closing line and its day where the part has one of its own."""
    if not _closes(own):
        return tail
    return tail[2:] if len(tail) > 1 and DATE.fullmatch(tail[1].text.rstrip(".")) else tail[1:]
