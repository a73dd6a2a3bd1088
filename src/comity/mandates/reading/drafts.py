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

from comity.mandates.asking.verbs import OPERATIVE, PREAMBULAR, opening_verb
from comity.mandates.reading.lines import Line
from comity.mandates.reading.paragraphs import ended, join_lines, may_be_followed
from comity.mandates.reading.parts import LETTERED, follows, is_shared_preamble
from comity.mandates.reading.segments import ANNEX, CLOSING, FORMULA, INSERTED, NUMBER

_LEADING = re.compile(r"^[\"“«»„‘]\s*")
_FINAL = re.compile(r"(?<!\s)\s*+[\"“”»’](?P<after>[.;,]?(?: ?\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?)$")
_ALONE = re.compile(r"[\"”»’][.;,]?")
_CLOSERS = {'"': '"', "“": "”", "«": "»", "„": "“", "‘": "’"}
_LABEL = re.compile(
    r"^(?:draft (?:resolution|decision)s?(?: (?:[IVX]{1,5}|\d{1,2}|[A-Z]))?(?: for adoption by .*)?"
    r"|[IVX]{1,5}|[A-Z]|\d{1,2})[.:]?$",
    re.IGNORECASE,
)
_SPEAKS_OF_DRAFTS = re.compile(r"\b(?:drafts?|following (?:resolutions?|decisions?|texts?))\b", re.IGNORECASE)
_CLOSED, _OPEN, _RUNS_ON = "closed", "open", "runs on"
_ANNOUNCED_IN_LINE = re.compile(r"^(?P<before>.*\bdrafts?\b.*:) (?P<formula>[\"“«„‘] ?(?:The|THE) .*)$")
_MOST_TITLE_LINES = 6
_MOST_ANNOUNCING_LINES = 8


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
    if match is None or FORMULA.match(_unquoted(match["formula"])) is None:
        return [line]
    return [replace(line, text=match["before"]), replace(line, text=match["formula"])]


def _draft_at(
    lines: Sequence[Line], index: int, kept: list[Line], annex: re.Match[str] | None
) -> tuple[DraftLines, int] | None:
    """The draft whose formula stands at an index, and the index of the line after it; None where none begins."""
    formula = FORMULA.match(_unquoted(lines[index].text))
    if formula is None or not _enacts(formula, lines[index + 1 : index + 2]):
        return None
    title = _title_before(kept)
    announced = _is_announced(kept[: len(kept) - len(title)])
    leading = _LEADING.match(lines[index].text)
    mark = leading.group().strip() if leading else _open_mark_of(title)
    if not (announced or mark or annex) or (formula["rest"] and not (announced and mark)):
        return None
    scan = _Scan(lines, index, mark, _announcing_indent(kept, len(title)), _next_number(kept))
    end, closing = scan.end()
    label, words, part, part_title = _label_and_title([_unquoted(line.text) for line in title])
    taken = (*title, *lines[index:end])
    plain, within = cut_drafts([line for line in scan.without_marks(end, closed=closing == _CLOSED) if line.text])
    annexed = annex is not None and not (mark and announced)
    number = annex["number"] or "" if annex is not None and annexed else ""
    closed = not mark or closing != _OPEN
    draft = DraftLines(label, words, tuple(plain), taken, annexed, number, closed, part, part_title)
    return replace(draft, drafts=tuple(within)), end


def _enacts(formula: re.Match[str], following: Sequence[Line]) -> bool:
    rest = formula["rest"]
    if rest:
        form = PREAMBULAR if formula["comma"] else OPERATIVE
        return opening_verb(rest, form) is not None
    opens = [opening_verb(_unquoted(line.text), PREAMBULAR) for line in following]
    return bool(formula["comma"]) or any(opens)


def _unquoted(text: str) -> str:
    return _LEADING.sub("", text)


def _open_mark_of(lines: Sequence[Line]) -> str:
    """The quotation mark that opens the first of some lines that has one and does not close there."""
    for line in lines:
        match = _LEADING.match(line.text)
        if match is not None and not _FINAL.search(line.text[match.end() :]):
            return match.group().strip()
    return ""


def _title_before(kept: Sequence[Line]) -> list[Line]:
    """The lines before a formula that may be the title of its draft: without a stop, below what has ended."""
    title: list[Line] = []
    for line in reversed(kept[1:]):
        text = _unquoted(line.text)
        if ended(text) and not _LABEL.match(text):
            return title
        if ANNEX.match(text) or CLOSING.match(text) or (line.text == text and opening_verb(text, OPERATIVE)):
            return title
        title.insert(0, line)
        if len(title) > _MOST_TITLE_LINES:
            return []
    return []


def _is_announced(kept: Sequence[Line]) -> bool:
    """Whether what stands before a draft announces it: it speaks of a draft and ends in a colon."""
    if not kept or not re.search(r"[:—–]$", kept[-1].text):
        return False
    words = " ".join(line.text for line in kept[-_MOST_ANNOUNCING_LINES:])
    return _SPEAKS_OF_DRAFTS.search(words) is not None


def _announcing_indent(kept: Sequence[Line], title: int) -> int:
    """The least indent of the paragraph that announces a draft."""
    paragraph: list[Line] = []
    for line in reversed(kept[: len(kept) - title]):
        paragraph.append(line)
        if line.after_blank or len(paragraph) == _MOST_ANNOUNCING_LINES:
            break
    return min((line.indent for line in paragraph), default=0)


def _next_number(kept: Sequence[Line]) -> int:
    """The number that the resolution's own paragraphs go on with; 0 where they have none."""
    number = 0
    for line in kept:
        match = NUMBER.match(line.text)
        if match is not None and match["stop"] and int(match["number"]) == number + 1:
            number += 1
    return number + 1 if number else 0


def _label_and_title(texts: list[str]) -> tuple[str, str, str, str]:
    """What stands above a draft, its title, and where the draft is in parts the letter and title of the first."""
    plain = [_FINAL.sub(r"\g<after>", text) for text in texts]
    labels = 0
    while labels < len(plain) and _LABEL.match(plain[labels]):
        labels += 1
    for place in range(labels, len(plain)):
        letter = LETTERED.match(plain[place])
        above = place > labels or (labels > 0 and LETTERED.match(plain[0]) is None)
        if letter is not None and letter["part"] in {"A", "I"} and above:
            below = [letter["title"] or "", *plain[place + 1 :]]
            title = join_lines([words for words in below if words])
            return " ".join(plain[:labels]), join_lines(plain[labels:place]), letter["part"], title
    return " ".join(plain[:labels]), join_lines(plain[labels:]), "", ""


def is_quoted_paragraph(text: str) -> bool:
    """Whether a line begins a numbered operative paragraph within a quotation mark."""
    number = NUMBER.match(_unquoted(text))
    quoted = _LEADING.match(text) is not None and number is not None and number["stop"] is not None
    return quoted and number is not None and opening_verb(number["rest"], OPERATIVE) is not None


class _Scan:
    """The search for the end of a draft from its formula on."""

    def __init__(self, lines: Sequence[Line], start: int, mark: str, indent: int, next_number: int):
        self.lines, self.start, self.mark, self.next_number = lines, start, mark, next_number
        self.indent = indent if not mark and lines[start].indent > indent else -1
        following = lines[start + 1 : start + 6]
        self.repeated = bool(mark) and any(self._begins_quoted(line) for line in following)
        self.number = 1
        self.in_same_marks: set[int] = set()

    def _begins_quoted(self, line: Line) -> bool:
        match = _LEADING.match(line.text)
        return match is not None and self._begins(match)

    def _begins(self, leading: re.Match[str]) -> bool:
        return leading.group().strip() in {self.mark, _CLOSERS.get(self.mark) or ""}

    def end(self) -> tuple[int, str]:
        """The index after the last line of the draft, and whether its quotation mark closes there or runs on."""
        open_marks = 0
        if self._closes(self.lines[self.start].text, first=True, before=0)[0]:
            return self.start + 1, _CLOSED
        index = self.start
        while (index := index + 1) < len(self.lines):
            line, previous = self.lines[index], self.lines[index - 1]
            if self._another_begins(index):
                within = self._end_within(index)
                if within is None:
                    return index - len(_title_before(self.lines[self.start : index])), _RUNS_ON
                end, closes = within
                if closes:
                    return end, _CLOSED
                index = end - 1
                continue
            if self._is_of_the_resolution(line, previous):
                return index, _OPEN
            begins = may_be_followed(previous.text) or line.after_blank
            closes, open_marks = self._closes(line.text, first=begins, before=0 if begins else open_marks)
            if closes:
                return index + 1, _CLOSED
            self._count(line)
        return len(self.lines), _OPEN

    def _another_begins(self, index: int) -> bool:
        formula = FORMULA.match(_unquoted(self._own_mark_off(self.lines[index].text)))
        return formula is not None and bool(formula["comma"]) and not formula["rest"]

    def _own_mark_off(self, text: str) -> str:
        """A line without this draft's mark, where one of another kind follows on it: “‘The General Assembly,”."""
        match = _LEADING.match(text)
        doubled = match is not None and self._begins(match) and _LEADING.match(text[match.end() :])
        return text[match.end() :] if match is not None and doubled else text

    def _end_within(self, index: int) -> tuple[int, bool] | None:
        """The index after a draft that this one quotes, and whether this one closes there; None for one beside it.

        One that is quoted has marks of another kind, or is announced and indented below this one.
        """
        title = _title_before(self.lines[self.start : index])
        first, line = self._own_mark_off(self.lines[index].text), self.lines[index]
        heads = [replace(head, text=self._own_mark_off(head.text)) for head in title]
        leading = _LEADING.match(first)
        mark = _open_mark_of(heads) or (leading.group().strip() if leading else "")
        announced = _is_announced(self.lines[self.start : index - len(title)])
        if not mark:
            deeper = bool(self.mark) and announced and line.indent > self.lines[self.start].indent
            return (self._back_in_marks(index), False) if deeper and self._back_in_marks(index) else None
        if mark == self.mark and announced:
            return self._close_of_same(index, len(title))
        if mark in {self.mark, _CLOSERS.get(self.mark)} or not (self.mark or announced):
            return None
        return self._close_of(index, mark)

    def _close_of(self, index: int, mark: str) -> tuple[int, bool] | None:
        """Where the mark of a draft within this one closes, and whether this one closes with it."""
        own, theirs = _CLOSERS.get(self.mark, ""), _CLOSERS[mark]
        both = re.compile(rf"(?P<theirs>{theirs}[.;,]?) ?{own}[.;,]?$") if own else None
        below: list[Line] = []
        close_both: set[int] = set()
        for place, line in enumerate(self.lines[index:]):
            text = self._own_mark_off(line.text)
            match = both.search(text) if both is not None else None
            if match is not None:
                close_both.add(place)
                text = text[: match.end("theirs")]
            below.append(replace(line, text=text))
        end, closing = _Scan(below, 0, mark, -1, self.number).end()
        return (index + end, end - 1 in close_both) if closing == _CLOSED else None

    def _close_of_same(self, index: int, title: int) -> tuple[int, bool] | None:
        """Where a draft in the same marks closes: it is within this one if this one's numbers go on right below it."""
        end, closing = _Scan(self.lines, index, self.mark, -1, self.number).end() if self.repeated else (0, _OPEN)
        following = self.lines[end] if closing == _CLOSED and end < len(self.lines) else None
        number = NUMBER.match(_unquoted(following.text)) if following and self._begins_quoted(following) else None
        if number is None or not number["stop"] or int(number["number"]) != self.number:
            return None
        self.in_same_marks.update(range(index - title, end))
        return end, False

    def _back_in_marks(self, index: int) -> int:
        """The index of the line where the paragraphs of this draft go on in its marks, 0 where none does."""
        places = range(index + 1, len(self.lines)) if self.repeated else ()
        return next((place for place in places if self._begins_quoted(self.lines[place])), 0)

    def _count(self, line: Line) -> None:
        match = NUMBER.match(_unquoted(line.text))
        if match is not None and match["stop"] and int(match["number"]) == self.number:
            self.number += 1

    def _is_of_the_resolution(self, line: Line, previous: Line) -> bool:
        """Whether a line is the resolution's own again."""
        if self.mark and self._begins_quoted(line):
            return False
        if CLOSING.match(line.text) or (self.indent >= 0 and line.indent <= self.indent):
            return True
        if ANNEX.match(line.text):
            return not self.mark or self.repeated
        if self.mark and not self.repeated:
            return False
        inserted = INSERTED.match(line.text)
        if inserted is not None and may_be_followed(previous.text):
            due = int(inserted["number"])
            return (
                due == self.next_number - 1 != self.number - 1 and opening_verb(inserted["rest"], OPERATIVE) is not None
            )
        number = NUMBER.match(line.text)
        if number is not None and number["stop"] and may_be_followed(previous.text):
            due = int(number["number"])
            return due == self.next_number != self.number and opening_verb(number["rest"], OPERATIVE) is not None
        opens = opening_verb(line.text, OPERATIVE) is not None and line.text[0].isupper()
        return self.repeated and line.after_blank and ended(previous.text) and opens

    def _closes(self, text: str, *, first: bool, before: int) -> tuple[bool, int]:
        """Whether a line ends in the mark that closes the draft, and how many marks inside it are open after it.

        Marks in pairs inside a paragraph are its own; the one that is left over at the end of a line closes the draft.
        """
        if not self.mark:
            return False, 0
        if _ALONE.fullmatch(text):
            return True, 0
        leading = _LEADING.match(text) if first else None
        inner = text[leading.end() :] if leading is not None else text
        final = _FINAL.search(inner)
        closer = _CLOSERS[self.mark]
        if closer == "’":
            # An apostrophe is no mark: one that closes follows a full stop.
            return re.search(r"[.!?]’$", inner) is not None, 0
        if self.mark == closer:
            open_marks = (before + inner.count(closer)) % 2
            left_over = open_marks == 1
        else:
            open_marks = before + inner.count(self.mark) - inner.count(closer)
            left_over = open_marks < 0
        if final is not None and closer not in final.group():
            # Editors mix straight and curly marks: one of the other kind that has no partner closes too.
            curly = inner.count("“") < inner.count("”")
            left_over = curly if "”" in final.group() else inner.count('"') % 2 == 1
            return left_over and re.search(r"[.!?]\s*[\"”]$", inner) is not None, max(open_marks, 0)
        return left_over and final is not None, max(open_marks, 0)

    def without_marks(self, end: int, *, closed: bool) -> list[Line]:
        """The lines of the draft without the quotation marks that open its paragraphs and the one that closes it."""
        plain = []
        for index in range(self.start, end):
            line = self.lines[index]
            text = line.text
            begins = index == self.start or (
                self.repeated and (line.after_blank or may_be_followed(self.lines[index - 1].text))
            )
            begins = begins and index not in self.in_same_marks
            if self.mark and begins and (index == self.start or self._begins_quoted(line)):
                text = _unquoted(text)
            if closed and index == end - 1:
                text = _FINAL.sub(r"\g<after>", text)
            plain.append(replace(line, text=text))
        return plain
