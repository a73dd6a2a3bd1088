"""An annex while its lines come in: its title, then headings, numbered paragraphs and points in order."""

import re
from collections.abc import Callable
from itertools import islice

from comity.mandates.reading.body.paragraph_builder import Builder
from comity.mandates.reading.body.point_marks import LOOSE_POINT, POINT, begins_a_list, follows, sign_of
from comity.mandates.reading.export.ends import ended
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.reading.export.lines import Line
from comity.mandates.reading.line_kinds import ANNEX, ANNOUNCES, MOST_LINES_OF_A_POINT
from comity.mandates.resolution import Annex, AnnexBlock

# “II. Scope”, “A. Prevention”, or the numeral alone.
_NUMERAL_HEADING = re.compile(r"^(?:[IVX]{1,6}|[A-Z])(?:[.)]? ?)(?=[A-Z“]|$)")


class AnnexReader:
    """An annex while its lines come in."""

    def __init__(self, number: str, title: str, line: int, lines: list[Line], *, wrapped: bool):
        self.number, self.title, self.line, self.lines, self.wrapped = number, title, line, lines, wrapped
        self.titled = bool(title)
        self.reached = 0
        self.blocks: list[AnnexBlock] = []
        self.open: list[str] = []
        self.head: tuple[str, str, int, int] = ("", "", 0, 0)
        self.path: Builder = Builder(0, 0, [])

    def may_end(self) -> bool:
        """Whether another annex may begin: what was read last has ended, or is a heading."""
        return not self.open or ended(join_lines(self.open[-2:])) or self.head[0] == "heading"

    def finish(self) -> Annex:
        """The annex, with all its blocks."""
        self._flush()
        return Annex(self.number, self.title, self.line, tuple(self.blocks))

    def _flush(self) -> None:
        if self.head[0]:
            kind, mark, level, line = self.head
            self.blocks.append(AnnexBlock(kind, mark, join_lines(self.open), level, line))
        self.open, self.head = [], ("", "", 0, 0)

    def _begin(self, kind: str, mark: str, text: str, level: int, line: Line) -> None:
        self._flush()
        self.head = (kind, mark, level, line.number)
        self.open = [text] if text else []

    def read(self, index: int) -> None:
        """Take in a line: part of the title, a heading, a numbered paragraph, a point, or more of what is open."""
        line = self.lines[index]
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        text = line.text
        if not self.titled and self._reads_title(line):
            return
        unended = bool(self.open) and not ended(join_lines(self.open[-2:])) and self.head[0] != "heading"
        number = re.match(r"^(?P<mark>\d{1,3}[.)])(?: (?P<rest>.*))?$", text)
        point = POINT.match(text) or self._loose_point(index)
        if (
            number is not None
            and point is None
            and (not unended or not self.wrapped)
            and not (number["rest"] or "A")[0].islower()
        ):
            heading = (
                not ended(text)
                # “3. Victims and witnesses” over a paragraph is a heading; what fills a line and a half is text.
                and len(text) < 140
                and bool(number["rest"])
                and (not self.wrapped or ended(following))
                and _starts_block(following)
            )
            self.path = Builder(0, 0, [])
            self.reached = int(number["mark"][:-1])
            self._begin("heading" if heading else "paragraph", number["mark"], number["rest"] or "", 0, line)
        elif point is not None and (not unended or not self.wrapped or re.search(r"\b(?:and|or)$", self.open[-1])):
            self.path.open_point(point["mark"], "", line.number)
            self._begin("point", point["mark"], point["rest"] or "", len(self.path.path) - 1, line)
        elif self.head[0] in {"paragraph", "point"} and self.head[1] and not self.open:
            # A mark on a line of its own, as tables are exported.
            self.open.append(text)
        elif (unended and (self.wrapped or text[0].islower() or not _NUMERAL_HEADING.match(text))) or (
            self.head[0] == "heading" and text[0].islower()
        ):
            self.open.append(text)
        elif (
            not ended(text)
            # “Chapter II: prevention of trafficking …”: a heading without a number may be as long as a title.
            and len(text) < 200
            and (text[0].isupper() or text[0] in '“"')
            and (not self.wrapped or _starts_block(following) or line.after_blank)
        ):
            self.path = Builder(0, 0, [])
            self._begin("heading", "", text, 0, line)
        elif text[0].islower() and self.open:
            self.open.append(text)
        else:
            self.path = Builder(0, 0, [])
            self._begin("paragraph", "", text, 0, line)

    def _loose_point(self, index: int) -> re.Match[str] | None:
        """A point "1.", "2)" or "b." of a list within a paragraph, told from numbers of paragraphs by its place."""
        match = LOOSE_POINT.match(self.lines[index].text)
        mark = match["mark"] if match is not None else ""
        # “A. Prevention” and “II. Scope” are headings of an annex, whatever stands above them.
        if not mark or mark[0].isupper() or self.head[0] not in {"paragraph", "point"}:
            return None
        before = self.path.continues(mark)
        if before is not None:
            return None if self._is_of_a_paragraph(mark, index) else match
        if not begins_a_list(mark) or not ANNOUNCES.search(join_lines(self.open[-2:])):
            return None
        in_a_paragraph = self.head[1] != "" or not mark[0].isdigit()
        return match if in_a_paragraph and self._finds(index, lambda below: follows(mark, below), but=mark) else None

    def _is_of_a_paragraph(self, mark: str, index: int) -> bool:
        """Whether the number that a list has next is the paragraph's that is due: the list ended with a full stop."""
        sign = sign_of(mark)
        if not sign.isdigit() or int(sign) != self.reached + 1 or self._finds(index, lambda below: below == mark):
            return False
        ended_before = [block.text.endswith(".") for block in self.blocks if block.kind == "point"][-1:]
        return self.open[-1:] != [] and self.open[-1].endswith(".") and ended_before == [False]

    def _finds(self, index: int, wanted: Callable[[str], bool], but: str = "") -> bool:
        """Whether a mark that is wanted begins a line below, in the same annex and before another mark."""
        for line in islice(self.lines, index + 1, index + 1 + MOST_LINES_OF_A_POINT):
            if ANNEX.match(line.text):
                return False
            match = LOOSE_POINT.match(line.text)
            if match is not None and (match["mark"] == but or wanted(match["mark"])):
                return match["mark"] != but
        return False

    def _reads_title(self, line: Line) -> bool:
        looks = (
            not ended(line.text)
            # “United Nations Model Strategies and Practical Measures on …”: titles of annexes run over three lines at
            # most.
            and len(line.text) < 400
            and not POINT.match(line.text)
            and not re.match(r"^\d{1,3}[.)]", line.text)
        )
        if looks and (not self.title or line.text[0].islower() or (self.wrapped and not line.after_blank)):
            self.title = join_lines([self.title, line.text]) if self.title else line.text
            return True
        self.titled = True
        return False


def _starts_block(text: str) -> bool:
    return re.match(r"^(?:\d{1,3}[.)] |\(|[A-Z“\"•–—-])", text) is not None or not text
