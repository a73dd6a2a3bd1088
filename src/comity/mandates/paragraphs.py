"""A paragraph while its lines come in: its text, the points nested in it, and the text after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.mandates.resolution import Paragraph, Point

POINT = re.compile(
    r"^(?P<mark>\((?:[a-z]{1,3}|[ivx]{1,6}|[A-Z]|\d{1,2})\)|[a-z]\)|[•·▪●○◦‣]|[-–—](?= ))(?: (?P<rest>.*))?$"
)
_TWENTY = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMANS = _TWENTY.split()
_ENDED = re.compile(
    r"[,;.:?!][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?$|(?:[a-z)”]\d{1,3})$"
)
_LONGEST_END = 30
_JOINT = re.compile(r"[,;] ?(?:and|or|and/or),?$")


def ended(text: str) -> bool:
    """Whether a text ends as a paragraph does: with a stop, and perhaps a footnote's mark after it."""
    return _ENDED.search(text, max(0, len(text) - _LONGEST_END)) is not None


def may_be_followed(text: str) -> bool:
    """Whether another paragraph may follow a text: it has ended, or ends in "; and" as the last but one does."""
    return ended(text) or _JOINT.search(text, max(0, len(text) - _LONGEST_END)) is not None


@dataclass
class _OpenPoint:
    mark: str
    kind: str
    line: int
    parts: list[str]
    points: list["_OpenPoint"] = field(default_factory=list)

    def point(self) -> Point:
        points = tuple(point.point() for point in self.points)
        return Point(self.mark, join_lines(self.parts), self.line, points)


@dataclass
class Builder:
    """A paragraph while its lines come in."""

    number: int
    line: int
    parts: list[str]
    heading: str = ""
    points: list[_OpenPoint] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    path: list[_OpenPoint] = field(default_factory=list)
    last_line: int = 0

    def add(self, text: str, line: int) -> None:
        """Add a line to what is open: the tail, the deepest point, or the paragraph's own text."""
        (self.tail or (self.path[-1].parts if self.path else self.parts)).append(text)
        self.last_line = line

    def end_text(self) -> str:
        parts = self.tail or (self.path[-1].parts if self.path else self.parts)
        return join_lines(parts[-2:])

    def ends_in_colon(self) -> bool:
        """Whether what was read last announces more of the same paragraph."""
        return self.end_text().endswith(":")

    def whole_text(self) -> str:
        return " ".join([*self.parts, *(part for point in _walk(self.points) for part in point.parts), *self.tail])

    def open_point(self, mark: str, text: str, line: int) -> None:
        """Begin a nested point at the level that its mark belongs to."""
        sign = mark.strip("()").rstrip(")")
        siblings = self._siblings_for(sign)
        kind = siblings[-1].kind if siblings and _follows(siblings[-1], sign) else _kind_of(sign)
        point = _OpenPoint(mark, kind, line, [text] if text else [])
        siblings.append(point)
        self.path.append(point)
        self.last_line = line

    def _siblings_for(self, sign: str) -> list[_OpenPoint]:
        if (
            self.path
            and sign == "i"
            and self.path[-1].kind == "letter"
            and join_lines(self.path[-1].parts).endswith((":", "—"))
        ):
            return self.path[-1].points
        for depth in range(len(self.path), 0, -1):
            if _follows(self.path[depth - 1], sign):
                del self.path[depth - 1 :]
                return self.path[-1].points if self.path else self.points
        # No list stands in another of its own kind: a mark out of turn goes on where its kind is open.
        for depth in range(len(self.path), 0, -1):
            if self.path[depth - 1].kind == _kind_of(sign):
                del self.path[depth - 1 :]
                break
        return self.path[-1].points if self.path else self.points

    def takes_back_tail(self, mark: str) -> bool:
        """Whether a mark goes on with the open list; what seemed to follow the list is then more of its last point."""
        if not self.path or not _follows(self.path[-1], mark.strip("()")):
            return False
        self.path[-1].parts.extend(self.tail)
        self.tail.clear()
        return True

    def paragraph(self, identifier: str, number: int) -> Paragraph:
        return Paragraph(
            id=identifier,
            number=number,
            text=join_lines(self.parts),
            line=self.line,
            points=tuple(point.point() for point in self.points),
            tail=join_lines(self.tail),
            heading=self.heading,
        )


def _walk(points: list[_OpenPoint]) -> Iterator[_OpenPoint]:
    for point in points:
        yield point
        yield from _walk(point.points)


def _kind_of(sign: str) -> str:
    if not sign.isalnum():
        return "dash"
    if sign.isdigit():
        return "digit"
    if sign.isupper():
        return "capital"
    return "roman" if sign in _ROMANS and (len(sign) > 1 or sign == "i") else "letter"


def _follows(point: _OpenPoint, sign: str) -> bool:
    """Whether a mark is the next one after that of a point, of the same kind."""
    last = point.mark.strip("()").rstrip(")")
    if point.kind == "dash":
        return not sign.isalnum()
    if point.kind == "digit":
        return sign.isdigit() and int(sign) == int(last) + 1
    if point.kind == "roman":
        return last in _ROMANS[:-1] and sign == _ROMANS[_ROMANS.index(last) + 1]
    if len(sign) == len(last) == 1 and sign.isalpha():
        return ord(sign) == ord(last) + 1
    return (last, sign) in {("z", "aa"), ("Z", "AA")} or (
        len(last) == 2 and len(sign) == 2 and ord(sign[0]) == ord(last[0]) + 1
    )


_SOFT_HYPHEN = "\u00ad"
_HYPHENATED = re.compile(r"(?P<before>[A-Za-z]+)-$")
_FIRST_PARTS = (
    "self non well cross high long short low anti counter inter multi sub co re pre post extra ex socio vice follow "
    "decision policy law peer money capacity data evidence gender human child victim trauma open full part mid near "
    "over under large small medium age sex public private time community family country south north east west two "
    "three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety"
)
_ENDS_OF_NUMBERS = re.compile(r"(?:ty|teen|tieth|teenth|th)\b")
_KEPT_HYPHENS = frozenset(_FIRST_PARTS.split())


def join_lines(parts: list[str]) -> str:
    """Lines put together to a text; a word divided at the end of a line is made whole."""
    text = ""
    for part in parts:
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + part
            continue
        divided = _HYPHENATED.search(text[-40:])
        if divided is not None and part[:1].islower():
            keeps = divided["before"] in _KEPT_HYPHENS and not _ENDS_OF_NUMBERS.match(part)
            text = text + part if keeps else text[:-1] + part
        elif divided is not None and part[:1].isupper():
            text += part
        else:
            text = f"{text} {part}" if text else part
    return text.removesuffix(_SOFT_HYPHEN).strip()
