"""Where a draft ends: its quotation mark closes, the text comes back from its indent, or the resolution goes on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from comity.mandates.reading.export.ends import ended, may_be_followed
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.line_kinds import ANNEX, CLOSING, FORMULA, INSERTED, NUMBER
from comity.mandates.reading.told_apart.draft_titles import is_announced, title_before
from comity.mandates.reading.told_apart.quotation_marks import ALONE, CLOSERS, FINAL, LEADING, open_mark_of, unquoted
from comity.mandates.vocabulary.verbs import OPERATIVE, opening_verb

CLOSED, OPEN, _RUNS_ON = "closed", "open", "runs on"


class EndOfDraft:
    """The search for the end of a draft from its formula on."""

    def __init__(self, lines: Sequence[Line], start: int, mark: str, indent: int, next_number: int):
        self.lines, self.start, self.mark, self.next_number = lines, start, mark, next_number
        self.indent = indent if not mark and lines[start].indent > indent else -1
        following = lines[start + 1 : start + 6]
        self.repeated = bool(mark) and any(self._begins_quoted(line) for line in following)
        self.number = 1
        self.in_same_marks: set[int] = set()

    def _begins_quoted(self, line: Line) -> bool:
        match = LEADING.match(line.text)
        return match is not None and self._begins(match)

    def _begins(self, leading: re.Match[str]) -> bool:
        return leading.group().strip() in {self.mark, CLOSERS.get(self.mark) or ""}

    def end(self) -> tuple[int, str]:
        """The index after the last line of the draft, and whether its quotation mark closes there or runs on."""
        open_marks = 0
        if self._closes(self.lines[self.start].text, first=True, before=0)[0]:
            return self.start + 1, CLOSED
        index = self.start
        while (index := index + 1) < len(self.lines):
            line, previous = self.lines[index], self.lines[index - 1]
            if self._another_begins(index):
                within = self._end_within(index)
                if within is None:
                    return index - len(title_before(self.lines[self.start : index])), _RUNS_ON
                end, closes = within
                if closes:
                    return end, CLOSED
                index = end - 1
                continue
            if self._is_of_the_resolution(line, previous):
                return index, OPEN
            begins = may_be_followed(previous.text) or line.after_blank
            closes, open_marks = self._closes(line.text, first=begins, before=0 if begins else open_marks)
            if closes:
                return index + 1, CLOSED
            self._count(line)
        return len(self.lines), OPEN

    def _another_begins(self, index: int) -> bool:
        formula = FORMULA.match(unquoted(self._own_mark_off(self.lines[index].text)))
        return formula is not None and bool(formula["comma"]) and not formula["rest"]

    def _own_mark_off(self, text: str) -> str:
        """A line without this draft's mark, where one of another kind follows on it: “‘The General Assembly,”."""
        match = LEADING.match(text)
        doubled = match is not None and self._begins(match) and LEADING.match(text[match.end() :])
        return text[match.end() :] if match is not None and doubled else text

    def _end_within(self, index: int) -> tuple[int, bool] | None:
        """The index after a draft that this one quotes, and whether this one closes there; None for one beside it.

        One that is quoted has marks of another kind, or is announced and indented below this one.
        """
        title = title_before(self.lines[self.start : index])
        first, line = self._own_mark_off(self.lines[index].text), self.lines[index]
        heads = [replace(head, text=self._own_mark_off(head.text)) for head in title]
        leading = LEADING.match(first)
        mark = open_mark_of(heads) or (leading.group().strip() if leading else "")
        announced = is_announced(self.lines[self.start : index - len(title)])
        if not mark:
            deeper = bool(self.mark) and announced and line.indent > self.lines[self.start].indent
            return (self._back_in_marks(index), False) if deeper and self._back_in_marks(index) else None
        if mark == self.mark and announced:
            return self._close_of_same(index, len(title))
        if mark in {self.mark, CLOSERS.get(self.mark)} or not (self.mark or announced):
            return None
        return self._close_of(index, mark)

    def _close_of(self, index: int, mark: str) -> tuple[int, bool] | None:
        """Where the mark of a draft within this one closes, and whether this one closes with it."""
        own, theirs = CLOSERS.get(self.mark, ""), CLOSERS[mark]
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
        end, closing = EndOfDraft(below, 0, mark, -1, self.number).end()
        return (index + end, end - 1 in close_both) if closing == CLOSED else None

    def _close_of_same(self, index: int, title: int) -> tuple[int, bool] | None:
        """Where a draft in the same marks closes: it is within this one if this one's numbers go on right below it."""
        end, closing = EndOfDraft(self.lines, index, self.mark, -1, self.number).end() if self.repeated else (0, OPEN)
        following = self.lines[end] if closing == CLOSED and end < len(self.lines) else None
        number = NUMBER.match(unquoted(following.text)) if following and self._begins_quoted(following) else None
        if number is None or not number["stop"] or int(number["number"]) != self.number:
            return None
        self.in_same_marks.update(range(index - title, end))
        return end, False

    def _back_in_marks(self, index: int) -> int:
        """The index of the line where the paragraphs of this draft go on in its marks, 0 where none does."""
        places = range(index + 1, len(self.lines)) if self.repeated else ()
        return next((place for place in places if self._begins_quoted(self.lines[place])), 0)

    def _count(self, line: Line) -> None:
        match = NUMBER.match(unquoted(line.text))
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
        if ALONE.fullmatch(text):
            return True, 0
        leading = LEADING.match(text) if first else None
        inner = text[leading.end() :] if leading is not None else text
        final = FINAL.search(inner)
        closer = CLOSERS[self.mark]
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
                text = unquoted(text)
            if closed and index == end - 1:
                text = FINAL.sub(r"\g<after>", text)
            plain.append(replace(line, text=text))
        return plain
