"""A paragraph while its lines come in: its text, the points nested in it, and the text after them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.mandates.reading.body.point_marks import POINT, begins_a_list, is_next, kind_of, sign_of
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.resolution import Paragraph, Point


@dataclass
class OpenPoint:
    """A point while its lines come in; its kind is that of the list in which it stands."""

    mark: str
    kind: str
    line: int
    parts: list[str]
    points: list["OpenPoint"] = field(default_factory=list)

    def point(self) -> Point:
        """The point with those below it."""
        points = tuple(point.point() for point in self.points)
        return Point(self.mark, join_lines(self.parts), self.line, points)

    def has_next(self, mark: str) -> bool:
        """Whether a mark is the next one after this point's, in a list of its kind."""
        return is_next(self.mark, mark, self.kind)


@dataclass
class Builder:
    """A paragraph while its lines come in."""

    number: int
    line: int
    parts: list[str]
    heading: str = ""
    points: list[OpenPoint] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    path: list[OpenPoint] = field(default_factory=list)
    last_line: int = 0
    suffix: str = ""

    @property
    def printed(self) -> str:
        """The number with its suffix as ids have it: "1", "1bis"."""
        return f"{self.number}{self.suffix}"

    def add(self, text: str, line: int) -> None:
        """Add a line to what is open: the tail, the deepest point, or the paragraph's own text."""
        (self.tail or (self.path[-1].parts if self.path else self.parts)).append(text)
        self.last_line = line

    def end_text(self) -> str:
        """The last two lines of what is open."""
        parts = self.tail or (self.path[-1].parts if self.path else self.parts)
        return join_lines(parts[-2:])

    def ends_in_colon(self) -> bool:
        """Whether what was read last announces more of the same paragraph."""
        return self.end_text().endswith(":")

    def whole_text(self) -> str:
        """All that was read, with the points and what follows them."""
        return join_lines([*self.parts, *(part for point in _walk(self.points) for part in point.parts), *self.tail])

    def open_point(self, mark: str, text: str, line: int) -> None:
        """Begin a nested point at the level that its mark belongs to; one that its text begins with stands below it.

        "(a) (i) To light lamps" is point (i) of a point (a) that has no words of its own.
        """
        self._lower_roman_one(mark)
        siblings = self._siblings_for(mark)
        kind = siblings[-1].kind if siblings and siblings[-1].has_next(mark) else kind_of(mark)
        inner = POINT.match(text)
        if inner is not None and not (
            inner["rest"] and begins_a_list(inner["mark"]) and kind_of(inner["mark"]) != kind
        ):
            inner = None
        point = OpenPoint(mark, kind, line, [text] if text and inner is None else [])
        siblings.append(point)
        self.path.append(point)
        self.last_line = line
        if inner is not None:
            self.open_point(inner["mark"], inner["rest"], line)

    def continues(self, mark: str) -> OpenPoint | None:
        """The open point that a mark is the next one after, the deepest first; None where no open list goes on."""
        return next((point for point in reversed(self.path) if point.has_next(mark)), None)

    def list_of(self, point: OpenPoint) -> list[OpenPoint]:
        """The points of the list in which an open point stands."""
        depth = self.path.index(point)
        return self.path[depth - 1].points if depth else self.points

    def _lower_roman_one(self, mark: str) -> None:
        """Put "(i)" that stands after "(h)" below it where "(ii)" comes next, which no letter is."""
        if sign_of(mark) != "ii" or not self.path or sign_of(self.path[-1].mark) != "i":
            return
        siblings = self.list_of(self.path[-1])
        if self.path[-1].kind.startswith("letter") and len(siblings) > 1:
            one = siblings.pop()
            one.kind = kind_of(one.mark)
            siblings[-1].points.append(one)
            self.path[-1:] = [siblings[-1], one]

    def _siblings_for(self, mark: str) -> list[OpenPoint]:
        if (
            self.path
            and sign_of(mark) == "i"
            and self.path[-1].kind.startswith("letter")
            and join_lines(self.path[-1].parts).endswith((":", "—"))
        ):
            return self.path[-1].points
        found = self.continues(mark)
        if found is not None:
            del self.path[self.path.index(found) :]
            return self.path[-1].points if self.path else self.points
        # No list stands in another of its own kind: a mark out of turn goes on where its kind is open.
        for depth in range(len(self.path), 0, -1):
            if self.path[depth - 1].kind == kind_of(mark):
                del self.path[depth - 1 :]
                break
        return self.path[-1].points if self.path else self.points

    def takes_back_tail(self, mark: str) -> bool:
        """Whether a mark goes on with the open list; what seemed to follow the list is then more of its last point."""
        if not self.path or not self.path[-1].has_next(mark):
            return False
        self.path[-1].parts.extend(self.tail)
        self.tail.clear()
        return True

    def paragraph(self, identifier: str, number: int) -> Paragraph:
        """The paragraph under an id and a number."""
        return Paragraph(
            id=identifier,
            number=number,
            text=join_lines(self.parts),
            line=self.line,
            points=tuple(point.point() for point in self.points),
            tail=join_lines(self.tail),
            heading=self.heading,
            suffix=self.suffix,
        )


def _walk(points: list[OpenPoint]) -> Iterator[OpenPoint]:
    for point in points:
        yield point
        yield from _walk(point.points)
