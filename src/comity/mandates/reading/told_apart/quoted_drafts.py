"""Drafts inside a resolution: which lines quote, indent or annex a draft that it recommends to another organ.

A draft begins with an enacting formula of its own. What shows that the formula is not the resolution's: a quotation
mark before it, a paragraph that announces a draft and ends in a colon, or an annex. The draft ends where its quotation
mark closes, where the text comes back from its indent, at the closing line, at the next annex, or where the numbers of
the resolution go on. A draft that quotes another one, in marks of another kind or indented, goes on after it. A draft
in parts A, B … is a draft for each part, as a resolution in parts is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.line_kinds import ANNEX, FORMULA, NUMBER
from comity.mandates.reading.told_apart.draft_ends import CLOSED, OPEN, EndOfDraft
from comity.mandates.reading.told_apart.draft_titles import (
    announcing_indent,
    is_announced,
    label_and_title,
    title_before,
)
from comity.mandates.reading.told_apart.lettered_parts import LETTERED, follows, is_shared_preamble
from comity.mandates.reading.told_apart.quotation_marks import LEADING, open_mark_of, unquoted
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb

# “… the following draft resolution: “The General Assembly,”: announced and begun in one line.
_ANNOUNCED_IN_LINE = re.compile(r"^(?P<before>.*\bdrafts?\b.*:) (?P<formula>[\"“«„‘] ?(?:The|THE) .*)$")


@dataclass(frozen=True)
class DraftLines:
    """The lines of a draft from its formula on, free of the quotation marks around it; `taken` are all it takes up.

    `drafts` are those within it, whose lines are not among its own. Of a draft in parts `title` is what they share, and
    `preamble` the lines under a formula above the first of them.
    """

    label: str
    title: str
    lines: tuple[Line, ...]
    taken: tuple[Line, ...]
    annexed: bool
    annex: str
    closed: bool
    part: str = ""
    part_title: str = ""
    preamble: tuple[Line, ...] = ()
    drafts: tuple["DraftLines", ...] = ()

    @property
    def line(self) -> int:
        """The line that it begins on."""
        return self.taken[0].number


def cut_drafts(lines: Sequence[Line]) -> tuple[list[Line], list[DraftLines]]:
    """The lines of a resolution without those of the drafts in it, and the drafts; the first line is its formula."""
    lines = [piece for line in lines for piece in _parted(line)]
    kept: list[Line] = lines[:1]
    drafts: list[DraftLines] = []
    annex: re.Match[str] | None = None
    index = 1
    while index < len(lines):
        found = _draft_at(lines, index, kept, annex)
        if found is None:
            annex = ANNEX.match(lines[index].text) or annex
            kept.append(lines[index])
            index += 1
            continue
        draft, end = found
        del kept[len(kept) - (len(draft.taken) - (end - index)) :]
        if drafts and _letter_and_title(draft)[0] in {"A", "I"} and is_shared_preamble(drafts[-1].lines):
            draft = _below_preamble(drafts.pop(), draft)
        elif drafts:
            draft = _as_next_part(drafts[-1], draft)
        drafts.append(draft)
        index = end
    return kept, drafts


def _as_next_part(previous: DraftLines, draft: DraftLines) -> DraftLines:
    """A draft as the next part of the draft before it, where its letter goes on; else as it is."""
    part, title = _letter_and_title(draft)
    if not (previous.part and part and follows(previous.part, part)):
        return draft
    shared = previous.preamble
    lines = _with_preamble(draft.lines, shared)
    part_of = replace(draft, label=previous.label, title=previous.title, part=part, part_title=title)
    return replace(part_of, lines=lines, preamble=shared)


def _below_preamble(above: DraftLines, draft: DraftLines) -> DraftLines:
    """The first part of a draft whose parts share a preamble, which stands above its letter."""
    part, title = _letter_and_title(draft)
    preamble = above.lines[1:]
    lines, taken = _with_preamble(draft.lines, preamble), (*above.taken, *draft.taken)
    part_of = replace(draft, label=above.label, title=above.title, part=part, part_title=title)
    return replace(part_of, lines=lines, taken=taken, preamble=preamble)


def _letter_and_title(draft: DraftLines) -> tuple[str, str]:
    """The letter that stands above a draft as above a part, and the title of the part."""
    if draft.part:
        return draft.part, draft.part_title
    match = LETTERED.match(draft.label or draft.title)
    if match is None:
        return "", ""
    return match["part"], draft.title if draft.label else match["title"] or ""


def _with_preamble(lines: tuple[Line, ...], preamble: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a part with those of a shared preamble between its formula and what follows on it."""
    if not preamble:
        return lines
    formula = FORMULA.match(lines[0].text)
    if formula is None or not formula["rest"]:
        return (lines[0], *preamble, *lines[1:])
    enacts = replace(lines[0], text=formula["formula"] + formula["comma"])
    return (enacts, *preamble, replace(lines[0], text=formula["rest"]), *lines[1:])


def _parted(line: Line) -> list[Line]:
    """A line in two where a draft's formula follows in it on what announces the draft."""
    match = _ANNOUNCED_IN_LINE.match(line.text)
    if match is None or FORMULA.match(unquoted(match["formula"])) is None:
        return [line]
    return [replace(line, text=match["before"]), replace(line, text=match["formula"])]


def _draft_at(
    lines: Sequence[Line], index: int, kept: list[Line], annex: re.Match[str] | None
) -> tuple[DraftLines, int] | None:
    """The draft whose formula stands at an index, and the index of the line after it; None where none begins."""
    formula = FORMULA.match(unquoted(lines[index].text))
    if formula is None or not _enacts(formula, lines[index + 1 : index + 2]):
        return None
    title = title_before(kept)
    announced = is_announced(kept[: len(kept) - len(title)])
    leading = LEADING.match(lines[index].text)
    mark = leading.group().strip() if leading else open_mark_of(title)
    if not (announced or mark or annex) or (formula["rest"] and not (announced and mark)):
        return None
    scan = EndOfDraft(lines, index, mark, announcing_indent(kept, len(title)), _next_number(kept))
    end, closing = scan.end()
    label, words, part, part_title = label_and_title([unquoted(line.text) for line in title])
    taken = (*title, *lines[index:end])
    plain, within = cut_drafts([line for line in scan.without_marks(end, closed=closing == CLOSED) if line.text])
    annexed = annex is not None and not (mark and announced)
    number = annex["number"] or "" if annex is not None and annexed else ""
    closed = not mark or closing != OPEN
    draft = DraftLines(label, words, tuple(plain), taken, annexed, number, closed, part, part_title)
    return replace(draft, drafts=tuple(within)), end


def _enacts(formula: re.Match[str], following: Sequence[Line]) -> bool:
    rest = formula["rest"]
    if rest:
        form = PREAMBULAR if formula["comma"] else OPERATIVE
        return opening_verb(rest, form) is not None
    opens = [opening_verb(unquoted(line.text), PREAMBULAR) for line in following]
    return bool(formula["comma"]) or any(opens)


def _next_number(kept: Sequence[Line]) -> int:
    """The number that the resolution's own paragraphs go on with; 0 where they have none."""
    number = 0
    for line in kept:
        match = NUMBER.match(line.text)
        if match is not None and match["stop"] and int(match["number"]) == number + 1:
            number += 1
    return number + 1 if number else 0


def is_quoted_paragraph(text: str) -> bool:
    """Whether a line begins a numbered operative paragraph within a quotation mark."""
    number = NUMBER.match(unquoted(text))
    quoted = LEADING.match(text) is not None and number is not None and number["stop"] is not None
    return quoted and number is not None and opening_verb(number["rest"], OPERATIVE) is not None
