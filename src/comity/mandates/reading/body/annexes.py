"""An annex while its lines come in: its title, then headings, numbered paragraphs and points in order."""

import re

from comity.mandates.reading.body.paragraph_builder import Builder
from comity.mandates.reading.body.point_marks import POINT
from comity.mandates.reading.export.ends import ended
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.reading.export.lines import Line
from comity.mandates.resolution import Annex, AnnexBlock

# “II. Scope”, “A. Prevention”, or the numeral alone.
_NUMERAL_HEADING = re.compile(r"^(?:[IVX]{1,6}|[A-Z])(?:[.)]? ?)(?=[A-Z“]|$)")


class AnnexReader:
    """An annex while its lines come in."""

    def __init__(self, number: str, title: str, line: int, wrapped: bool):
        self.number, self.title, self.line, self.wrapped = number, title, line, wrapped
        self.titled = bool(title)
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

    def read(self, line: Line, following: str) -> None:
        """Take in a line: part of the title, a heading, a numbered paragraph, a point, or more of what is open."""
        text = line.text
        if not self.titled:
            self._read_title(line, following)
            return
        unended = bool(self.open) and not ended(join_lines(self.open[-2:])) and self.head[0] != "heading"
        number = re.match(r"^(?P<mark>\d{1,3}[.)])(?: (?P<rest>.*))?$", text)
        point = POINT.match(text)
        if number is not None and (not unended or not self.wrapped) and not (number["rest"] or "A")[0].islower():
            heading = (
                not ended(text)
                # “3. Victims and witnesses” over a paragraph is a heading; what fills a line and a half is text.
                and len(text) < 140
                and bool(number["rest"])
                and (not self.wrapped or ended(following))
                and _starts_block(following)
            )
            self.path = Builder(0, 0, [])
            self._begin("heading" if heading else "paragraph", number["mark"], number["rest"] or "", 0, line)
        elif point is not None and (not unended or not self.wrapped or re.search(r"\b(?:and|or)$", self.open[-1])):
            self.path.open_point(point["mark"], "", line.number)
            self._begin("point", point["mark"], point["rest"] or "", len(self.path.path) - 1, line)
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

    def _read_title(self, line: Line, following: str) -> None:
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
            return
        self.titled = True
        self.read(line, following)


def _starts_block(text: str) -> bool:
    return re.match(r"^(?:\d{1,3}[.)] |\(|[A-Z“\"•–—-])", text) is not None or not text
