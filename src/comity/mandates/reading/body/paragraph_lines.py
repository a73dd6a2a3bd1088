"""Paragraphs, their points and headings, read line by line below the enacting formula."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from django.utils.translation import gettext as _

from comity.evidence.errors import Fault
from comity.mandates.reading.body.paragraph_builder import Builder, OpenPoint
from comity.mandates.reading.body.point_marks import LOOSE_POINT, POINT, begins_a_list, follows, stands_below
from comity.mandates.reading.export.ends import ended, may_be_followed
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.line_kinds import (
    ANNEX,
    ANNOUNCES,
    CLOSING,
    INSERTED,
    MOST_LINES_OF_A_POINT,
    NUMBER,
    SPEAKS_OF_A_DRAFT,
    SUFFIXES,
)
from comity.mandates.reading.segments import Segments
from comity.mandates.resolution import printed_number
from comity.mandates.vocabulary.verbs import OPERATIVE, PREAMBULAR, opening_verb

# More than any resolution has paragraphs: finds what stands after a line whatever number it has.
_MOST_NUMBERED = 1000
# “as set out in paragraph 3” before a line “(a) of the Code”: the letter goes on with the place.
_NAMES_A_PLACE = re.compile(
    r"\d$|\b(?:sub)?(?:paragraphs?|articles?|sections?|items?|rules?|clauses?|resolutions?|annex|chapter)$",
    re.IGNORECASE,
)
# The end of a paragraph, with a footnote's mark after it or none.
_STOPPED = re.compile(r"[;.][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?$")
# “and” on a line of its own, before the last point.
_JOINTS = frozenset({"and", "or", "and/or"})


class Paragraphs:
    """The paragraphs of a text while its lines come in; knows what is open and which number must come next."""

    def __init__(self, out: Segments, file: str, lines: list[Line], *, wrapped: bool):
        self.out, self.file, self.lines, self.wrapped = out, file, lines, wrapped
        self.width = _width_of(lines)
        self.usual_indent = _usual_indent(lines)
        self.preambular: list[Builder] = []
        self.operative: list[Builder] = []
        self.faults: list[Fault] = []
        self.headings: list[str] = []
        self.numbers = [(index, number) for index, line in enumerate(lines) if (number := operative_number(line.text))]
        self.last_of = {number: index for index, number in self.numbers}
        opening = [lines[index].after_blank for index, _number in self.numbers]
        self.parted = self.wrapped and sum(opening) * 10 > len(opening) * 9
        self.numbered = any(number == 1 and not self._is_listed(index) for index, number in self.numbers)

    @property
    def current(self) -> Builder | None:
        """The paragraph that is open; None before the first."""
        if self.operative:
            return self.operative[-1]
        return self.preambular[-1] if self.preambular else None

    def _previous_ended(self) -> bool:
        current = self.current
        return current is None or bool(self.headings) or may_be_followed(current.end_text())

    def read(self, line: Line, index: int) -> bool:
        """Whether a line begins or goes on with something of the text itself, and was taken."""
        return (
            self._read_joint(line)
            or self._read_loose_point(line, index)
            or self._read_inserted(line)
            or self._read_number(line)
            or self._read_point(line, index)
            or self._read_heading(line, index)
            or self._read_unnumbered(line, index)
        )

    def _read_joint(self, line: Line) -> bool:
        """The "and" before the last paragraph or point, on a line of its own: it ends the one before."""
        current = self.current
        if current is None or line.text.strip(" ,;") not in _JOINTS:
            return False
        current.add(line.text, line.number)
        self.out.take(line, self._role())
        return True

    def _is_listed(self, index: int) -> bool:
        """Whether a number that stands alone begins a list: words before announce one, and no verb comes after."""
        alone = NUMBER.match(self.lines[index].text)
        if index == 0 or alone is None or alone["rest"] or ANNOUNCES.search(self.lines[index - 1].text) is None:
            return False
        return opening_verb(self._text_behind("", index), OPERATIVE) is None

    def due_number(self) -> int:
        """The number of the next operative paragraph."""
        return self.operative[-1].number + 1 if self.operative else 1

    def _read_number(self, line: Line) -> bool:
        match = NUMBER.match(line.text)
        if match is None:
            return False
        number, rest = int(match["number"]), match["rest"]
        verb = opening_verb(rest, OPERATIVE) if rest[:1].isupper() else None
        if match["stop"] is None and (verb is None or not self._previous_ended()):
            return False
        if rest and not (rest[0].isupper() or rest[0] in '“"('):
            return False
        fits = verb is not None or not self.wrapped or self._previous_ended()
        number_is_due = number == self.due_number()
        if number_is_due and fits:
            self.open_operative(number, rest, line)
            return True
        begins_again = number == 1 and bool(self.operative)
        if verb is not None and match["stop"] and (self._previous_ended() or begins_again) and not number_is_due:
            self._fault_of_number(str(number), rest, line)
            self.open_operative(number, rest, line)
            return True
        if verb is not None and match["stop"] and self.operative:
            self.out.notices.append(
                _("Line %(line)s begins as paragraph %(number)s does, and was read as more of the paragraph above it.")
                % {"line": line.number, "number": number}
            )
        return False

    def _read_inserted(self, line: Line) -> bool:
        """A paragraph "1 bis", "1a" or "1.1", which stands after paragraph 1 and is one of its own."""
        match = INSERTED.match(line.text)
        if match is None or not self._previous_ended() or opening_verb(match["rest"], OPERATIVE) is None:
            return False
        number, suffix = int(match["number"]), match["suffix"]
        suffix = suffix.lower() if len(suffix) > 1 else suffix
        if suffix not in SUFFIXES and not match["rest"][0].isupper():
            return False
        if not self._is_next_inserted(number, suffix):
            self._fault_of_number(printed_number(number, suffix), match["rest"], line)
        self.open_operative(number, match["rest"], line, suffix)
        return True

    def _is_next_inserted(self, number: int, suffix: str) -> bool:
        """Whether a paragraph put in after another of the same number stands below it, and "ter" below "bis"."""
        if not self.operative or self.operative[-1].number != number:
            return False
        last, place = _place_of(self.operative[-1].suffix), _place_of(suffix)
        return last[0] != place[0] or place > last

    def _fault_of_number(self, number: str, rest: str, line: Line) -> None:
        expected = _("operative paragraph %(number)s: the paragraphs before are not complete")
        if number == "1" and self.operative:
            expected = _(
                "operative paragraph %(number)s: the numbers begin again, as in a part or a draft, but no letter with "
                "a line that enacts and no quotation mark above shows that one begins"
            )
        found = f"{number}. {rest[:60]}"
        self.faults.append(Fault(self.file, str(line.number), found, expected % {"number": self.due_number()}))

    def open_operative(self, number: int, text: str, line: Line, suffix: str = "") -> None:
        """Begin an operative paragraph; headings read before it are its own."""
        heading = "\n".join(self.headings)
        point = POINT.match(text)
        listed = point is not None and point["rest"] and begins_a_list(point["mark"]) and point["mark"].startswith("(")
        own = [text] if text and not listed else []
        builder = Builder(number, line.number, own, heading, last_line=line.number, suffix=suffix)
        if point is not None and listed:
            builder.open_point(point["mark"], point["rest"], line.number)
        self.operative.append(builder)
        self.headings = []
        self.out.take(line, "operative")

    def _read_point(self, line: Line, index: int) -> bool:
        match = POINT.match(line.text)
        current = self.current
        if match is None or current is None:
            return False
        lists = self.wrapped and self._list_goes_on(index, match["mark"])
        if self.wrapped and not (lists or self._previous_ended() or re.search(r"\b(?:and|or)$|^$", current.end_text())):
            return False
        first = begins_a_list(match["mark"])
        if self.wrapped and not current.points and not first and not self._previous_ended():
            return False
        if current.tail and not current.takes_back_tail(match["mark"]):
            return False
        if not current.points and not first:
            self.out.notices.append(
                _("The list in line %(line)s begins with “%(mark)s”; its first point was not found.")
                % {"line": line.number, "mark": match["mark"]}
            )
        current.open_point(match["mark"], match["rest"] or "", line.number)
        self.out.take(line, self._role())
        return True

    def _read_loose_point(self, line: Line, index: int) -> bool:
        """A point "1.", "2)", "b." or "1.2", whose mark a paragraph or a heading may have as well."""
        match, current = LOOSE_POINT.match(line.text), self.current
        if match is None or current is None:
            return False
        mark, rest = match["mark"], self._text_behind(match["rest"], index)
        before = current.continues(mark)
        if before is not None:
            if not self._previous_ended() and (not rest[:1].isupper() or _NAMES_A_PLACE.search(current.end_text())):
                return False
            if self._opens_a_paragraph(mark, rest, current.list_of(before), index):
                return False
        elif not self._begins_loose_list(mark, rest, index):
            return False
        if current.tail and not current.takes_back_tail(mark):
            return False
        current.open_point(mark, match["rest"] or "", line.number)
        self.out.take(line, self._role())
        return True

    def _text_behind(self, rest: str | None, index: int) -> str:
        """What stands behind a mark: on its line, or on the next where the mark has a line of its own."""
        return rest or (self.lines[index + 1].text if index + 1 < len(self.lines) else "")

    def _begins_loose_list(self, mark: str, rest: str, index: int) -> bool:
        """Whether a first mark begins a list: words before announce one, and the next mark stands below.

        A paragraph that announces a draft has no list below it, and the first paragraph of a resolution opens with a
        verb.
        """
        current = self.current
        if current is None or not begins_a_list(mark):
            return False
        if current.path and stands_below(mark, current.path[-1].mark):
            return True
        if not ANNOUNCES.search(current.end_text()):
            return False
        verb = mark[0].isdigit() and opening_verb(rest, OPERATIVE) is not None
        if verb and (not self.operative or SPEAKS_OF_A_DRAFT.search(current.whole_text())):
            return False
        if not self.operative and mark[0].isdigit() and self.last_of.get(1, 0) <= index:
            return False
        return self._next_mark_follows(index, mark)

    def _next_mark_follows(self, index: int, mark: str) -> bool:
        for line in self.lines[index + 1 : index + 1 + MOST_LINES_OF_A_POINT]:
            found = LOOSE_POINT.match(line.text)
            if found is not None and (found["mark"] == mark or follows(mark, found["mark"])):
                return found["mark"] != mark  # no list stands in another of its own kind
            if operative_number(line.text) == self.due_number() or ANNEX.match(line.text) or CLOSING.match(line.text):
                return False
        return False

    def _opens_a_paragraph(self, mark: str, rest: str, points: Sequence[OpenPoint], index: int) -> bool:
        """Whether a number that an open list would have next is that of a paragraph of its own.

        It opens with a verb, as the points of the list do not; or as they do, and then no further line has the number
        that is due and such a verb.
        """
        if not mark[0].isdigit() or opening_verb(rest, OPERATIVE) is None:
            return False
        if not any(opening_verb(join_lines(point.parts), OPERATIVE) for point in points):
            return True
        number = NUMBER.match(mark)
        due = self.due_number()
        return number is not None and int(number["number"]) == due and self.last_of.get(due, 0) <= index

    def _list_goes_on(self, index: int, mark: str) -> bool:
        """Whether a first mark begins a list though nothing before it has ended: the next mark begins a line below.

        A letter after a number is a place in another text ("paragraph 3" and below it "(a) of the Code").
        """
        current = self.current
        if current is None or not begins_a_list(mark) or not mark.startswith("("):
            return False
        if _NAMES_A_PLACE.search(current.end_text()):
            return False
        for place, line in enumerate(self.lines[index + 1 :], start=index + 1):
            if NUMBER.match(line.text) and operative_number(line.text):
                return False
            match = POINT.match(line.text)
            if match is not None and follows(mark, match["mark"]) and may_be_followed(self.lines[place - 1].text):
                return True
        return False

    def _role(self) -> str:
        return "operative" if self.operative else "preambular"

    def _read_heading(self, line: Line, index: int) -> bool:
        """A heading: lines without a stop, between a paragraph that has ended and the next number."""
        current = self.current
        if self.headings and not ended(line.text) and self._number_follows(index):
            continues = (
                self._fills_a_line(self.lines[index - 1], line)
                or re.search(r"\b(?:the|of|and|for|on|in|to|a|with|or|by|from)$", self.headings[-1]) is not None
                or line.text[0].islower()
                or line.text[0] in "("
                or re.fullmatch(r"[IVX]{1,6}\.?|[A-Z]\.", self.headings[-1]) is not None
            )
            if continues:
                self.headings[-1] = join_lines([self.headings[-1], line.text])
            else:
                self.headings.append(line.text)
            self.out.take(line, "heading")
            return True
        if current is None or not ended(current.end_text()) or not _looks_like_heading(line.text):
            return False
        if not self._number_follows(index):
            return False
        if not self.operative and _opens_preambular(line.text):
            return False
        self.headings.append(line.text)
        self.out.take(line, "heading")
        return True

    def give_back_headings(self) -> None:
        """What seemed a heading and has no paragraph below it is more of the paragraph above it."""
        if self.current is not None:
            for heading in self.headings:
                self.current.add(heading, self.current.last_line)
            self.headings = []

    def _fills_a_line(self, line: Line, following: Line) -> bool:
        """Whether a wrapped line has no room for the first word of the next, which therefore goes on with it."""
        room = self.width - len(line.text)
        return self.wrapped and not following.after_blank and room <= len(following.text.split()[0])

    def _number_follows(self, index: int) -> bool:
        """Whether only lines that may be headings stand between a line and the next operative number."""
        for line in self.lines[index + 1 : index + 9]:
            match = NUMBER.match(line.text)
            if (
                match is not None
                and int(match["number"]) == self.due_number()
                and (match["stop"] or opening_verb(match["rest"], OPERATIVE))
            ):
                return True
            # A heading, “III. Technical assistance”, has no stop and runs over two lines of a page at most.
            if ended(line.text) or len(line.text) > 250:
                return False
        return False

    def _read_unnumbered(self, line: Line, index: int) -> bool:
        """A preambular paragraph, an operative one without number, a paragraph's tail, or a line that goes on."""
        current = self.current
        capital = line.text[0].isupper() or line.text[0] in '“"'
        ended_before = self._previous_ended()
        if capital and ended_before and self._opens_unnumbered_operative(line, index):
            self.open_operative(self.due_number(), line.text, line)
            self.out.notices.append(
                _("The operative paragraph in line %(line)s has no number.") % {"line": line.number}
            )
            return True
        if not self.operative:
            return self._read_preambular(line, current, capital, ended_before)
        if current is None:
            return False
        if capital and _STOPPED.search(current.end_text()):
            self._doubt_unnumbered(line, current)
        starts_tail = (
            current.points
            and not current.tail
            and ended(current.end_text())
            and (not self.wrapped or current.end_text().endswith((";", ".")))
            and (line.after_blank or not self.parted)
        )
        if starts_tail:
            current.tail.append(line.text)
            current.last_line = line.number
        else:
            current.add(line.text, line.number)
        self.out.take(line, "operative")
        return True

    def _doubt_unnumbered(self, line: Line, current: Builder) -> None:
        """Refuse a paragraph of its own that has no number, and name a line that may be one, below another's end."""
        said = {"line": line.number, "number": current.printed}
        if opening_verb(line.text, OPERATIVE) is not None:
            expected = _(
                "a number before this paragraph, which stands below paragraph %(number)s and opens as one of its own"
            )
            self.faults.append(Fault(self.file, str(line.number), line.text[:80], expected % said))
        elif not (self.wrapped or current.points):
            notice = _("Line %(line)s has no number, and was read as more of paragraph %(number)s above it.")
            self.out.notices.append(notice % said)

    def _opens_unnumbered_operative(self, line: Line, index: int) -> bool:
        if opening_verb(line.text, OPERATIVE) is None or (
            self.current is not None and self.current.path and not self.current.end_text().endswith((";", "."))
        ):
            return False
        if not self.numbered:
            return True
        return self._is_followed_by_number_after_next(index)

    def _is_followed_by_number_after_next(self, index: int) -> bool:
        """Whether the next numbered paragraph leaves a gap that a paragraph without number fills."""
        following = bisect_right(self.numbers, (index, _MOST_NUMBERED))
        return following < len(self.numbers) and self.numbers[following][1] == self.due_number() + 1

    def _is_parted(self, line: Line, current: Builder) -> bool:
        """Whether a blank line parts a line from the paragraph before, not only the end of a page."""
        if not line.after_blank:
            return False
        ledger = self.out.ledger
        crosses_a_page = any(
            ledger.get(n) in {"residue", "footnote"} for n in range(current.last_line + 1, line.number)
        )
        return not (crosses_a_page or line.after_page) or line.indent > self.usual_indent

    def _read_preambular(self, line: Line, current: Builder | None, capital: bool, ended_before: bool) -> bool:
        goes_on_after_colon = self.wrapped and not line.after_blank and current is not None and current.ends_in_colon()
        opener = capital and not goes_on_after_colon and _opens_preambular(line.text)
        begins = (
            current is None
            or (ended_before and opener)
            or (capital and ended_before and (not self.wrapped or self._is_parted(line, current)))
        )
        if not begins and opener and not self.wrapped and current is not None and not current.path:
            begins = True
        if begins:
            self.preambular.append(
                Builder(
                    len(self.preambular) + 1, line.number, [line.text], "\n".join(self.headings), last_line=line.number
                )
            )
            self.headings = []
        elif current is not None:
            current.add(line.text, line.number)
        self.out.take(line, "preambular")
        return True


def _place_of(suffix: str) -> tuple[int, ...]:
    """Where a suffix stands among those of its kind: none, words, letters, numbers after a point."""
    if suffix in SUFFIXES:
        return 1, SUFFIXES.index(suffix)
    if suffix.isalpha():
        return 2, ord(suffix.lower())
    return (3, *(int(number) for number in suffix[1:].split("."))) if suffix else (0,)


def _width_of(lines: list[Line]) -> int:
    """The characters that the lines of a wrapped text have at most, but for the few longest."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 49 // 50] if lengths else 0


def _usual_indent(lines: list[Line]) -> int:
    """The indent that most lines have: of those that go on, where paragraphs run over several lines."""
    indents = sorted(line.indent for line in lines)
    return indents[len(indents) // 2] if indents else 0


def operative_number(text: str) -> int:
    """The number of a line that begins an operative paragraph, or stands alone before one; 0 for any other line."""
    match = NUMBER.match(text)
    if match is None or not match["stop"] or (match["rest"] and opening_verb(match["rest"], OPERATIVE) is None):
        return 0
    return int(match["number"])


def _looks_like_heading(text: str) -> bool:
    if len(text) > 300 or (ended(text) and not re.fullmatch(r"(?:[IVX]{1,6}|[A-Z])\.", text)):
        return False
    return text[0].isupper() or text[0] in '“"‘('


def _opens_preambular(text: str) -> bool:
    return opening_verb(text, PREAMBULAR) is not None
