"""A paragraph while its lines come in: its text, the points nested in it, and the text after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.mandates.resolution import Paragraph, Point

POINT = re.compile(
    r"^(?P<mark>\((?:[a-z]{1,3}|[ivx]{1,6}|[A-Z]|\d{1,2})(?: (?:bis|ter|quater|quinquies))?\)|[a-z]\)|[•·▪●○◦‣]"
    r"|[-–—](?= ))(?: (?P<rest>.*))?$"
)
_TWENTY = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMANS = _TWENTY.split()
_ENDED = re.compile(
    r"[,;.:?!][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?$|(?:[a-z)”]\d{1,3})$"
)
_INSERTED_MARK = re.compile(r" (?:bis|ter|quater|quinquies)$")
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
        parts = self.tail or (self.path[-1].parts if self.path else self.parts)
        return join_lines(parts[-2:])

    def ends_in_colon(self) -> bool:
        """Whether what was read last announces more of the same paragraph."""
        return self.end_text().endswith(":")

    def whole_text(self) -> str:
        return join_lines([*self.parts, *(part for point in _walk(self.points) for part in point.parts), *self.tail])

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
            suffix=self.suffix,
        )


def _walk(points: list[_OpenPoint]) -> Iterator[_OpenPoint]:
    for point in points:
        yield point
        yield from _walk(point.points)


def _kind_of(sign: str) -> str:
    sign = _INSERTED_MARK.sub("", sign)
    if not sign.isalnum():
        return "dash"
    if sign.isdigit():
        return "digit"
    if sign.isupper():
        return "capital"
    return "roman" if sign in _ROMANS and (len(sign) > 1 or sign == "i") else "letter"


def follows(mark: str, following: str) -> bool:
    """Whether a mark as it stands ("(a)") has another right after it in a list ("(b)", "(a bis)")."""
    sign = mark.strip("()").rstrip(")")
    return _follows(_OpenPoint(mark, _kind_of(sign), 0, []), following.strip("()").rstrip(")"))


def begins_a_list(mark: str) -> bool:
    """Whether a mark is the first of a list."""
    sign = mark.strip("()")
    return sign in {"a", "i", "A", "1"} or not sign[:1].isalnum()


def _follows(point: _OpenPoint, sign: str) -> bool:
    """Whether a mark is the next one after that of a point, of the same kind."""
    last = _INSERTED_MARK.sub("", point.mark.strip("()").rstrip(")"))
    if _INSERTED_MARK.search(sign):
        return _INSERTED_MARK.sub("", sign) == last
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
_DIVIDED_AT = re.compile(r"(?<![A-Za-z])(?P<before>[A-Za-z]++)-$")
_STROKE_OR_NUMBER = re.compile(r"\w/$|\d-$")
_WORD = re.compile(r"[A-Za-z]{2,}")
# "short- and long-term": a hyphen that stands for a word to come divides none.
_SUSPENDS = re.compile(r"(?:and|or|as well as)\b")
# What ends a word and never stands after a hyphen as a word of its own.
_ENDING = re.compile(
    r"(?:ing|ings|ed|er|ers|e?ly|ness|e?s|e?st|ment|ments|ful\w*|less|ions?|ional|ity|ities|al|ally|able|ible|ive|ance"
    r"|ence|ism|ty|teen|tieth|i?eth|teenth|eenth|th)\b"
)
# Words that stand after a hyphen wherever a line ends before them: "drug-related", "results-based", "up-to-date".
_AFTER_A_HYPHEN = re.compile(
    r"(?:related|based|oriented|making|sharing|friendly|sensitive|responsive|driven|wide|prone|affected|inclusive"
    r"|producing|importing|exporting|generating|raising|sponsored|funded|centred|focused|informed|disaggregated|made"
    r"|laundering|cutting|reaching|finding|saving|setting|taking|seeking|scale|building|specific|resistant|resilient|up"
    r"|effective|efficient|mentioned|appointed|borne|term|income|level|depth|care|general)\b|(?:to|by|of|the|in)-"
)
# What is one word with them all the same, as UN editors write it.
_ONE_WORD_WITH = re.compile(
    r"(?:peace|nation) building\b|(?:nation|world|country|state) wide\b|fund raising\b|afore mentioned\b"
    r"|(?:in|un|mis|dis) (?!depth\b|kind\b)"
)
# First parts of words that editors part with a hyphen, and what makes one word with them all the same.
_FIRST_PARTS = {
    "pre": r"vent|senc|sent(?!enc)|natal|rog|cari|par|sid|vio|sum|cio|dict|judi|vail|fer|scri|serv|amb|mis|miu|gnan|ced"
    r"|cur|cau|cis|req|dom|valen|fix|text|clud|tend|limin|ss",
    "re": r"[^e]|efs?\b",
    "co": r"m[mpb]|n[cdfgjnqstv]|r[rpona]|ll|l[loud]|u[nrl]|operat|ordinat|alition|h[ae]|v[ei]|st|d[ei]|py|pi|ast|re\b"
    r"|gn|er[ci]|exist|mes?\b|ming",
    "sub": r"(?!items?\b|accounts?\b|funds?\b)",
    "non": r"ethel",
    "inter": r"(?!agency|parliament|ministerial|institution|ethnic|religio|communal|island|office|organi[sz])",
    "multi": r"lateral|disciplin|national|cultur|lingual|dimension|pl|facet|media|modal|sector|purpose|tud",
    "anti": r"cip|dot|retro|bio|microb|qu",
    "counter": r"part(?!y)|act|meas|feit|balanc|product|narcot",
    "post": r"pon|ur|grad",
    "extra": r"budget|legal|ordin|dit|territ|judic|ct|vag|pol",
    "ex": r"(?!combat|officio|post|ante|prison|offend|convict|detain|servic|presid)",
    "policy": r"mak",
    "law": r"y|suit",
    "data": r"base",
    "human": r"it|kind|e\b|iz|is",
    "child": r"ren|hood|birth|bear",
    "victim": r"i[sz]",
    "trauma": r"ti",
    "part": r"n|i|y",
    "mid": r"dle|night|st|wi[fv]|day",
    "over": r"(?!rel|rep|res)",
    "under": r"(?!rep|res|five|util|secr)",
    "age": r"nc|nd|nt",
    "sex": r"ual|is",
    "public": r"at|i[sz]|ist",
    "time": r"table|frame|line",
    "ten": r"d|s|t|u|a\b|anc|ant",
    "cross": r"road",
    "high": r"light|way",
    "long": r"ev|line",
    "low": r"er",
    "short": r"age|fall|com|en",
    "south": r"e|w",
    "north": r"e|w",
    "east": r"ern|ward",
    "west": r"ern|ward",
    "small": r"hold",
}
_ALWAYS_PARTED = (
    "self well vice follow decision youth peer money capacity evidence gender full near open large medium family "
    "community country private two three four five six seven eight nine eleven twelve twenty thirty forty fifty sixty "
    "seventy eighty ninety"
)
_ONE_WORD = {first: re.compile(one) for first, one in _FIRST_PARTS.items()}
_KEPT_HYPHENS = frozenset([*_FIRST_PARTS, *_ALWAYS_PARTED.split()])


def join_lines(parts: list[str]) -> str:
    """Lines put together to a text: a word divided at the end of a line is made whole, and a symbol at its stroke."""
    text = ""
    for part in parts:
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + part
            continue
        divided = _DIVIDED_AT.search(text[-40:])
        if divided is not None and (part[:1].islower() or _is_in_capitals(divided["before"], part)):
            text = _joined_at_hyphen(text, divided["before"].lower(), part)
        elif (divided is not None and part[:1].isalnum()) or _is_cut(text, part):
            text += part
        else:
            text = f"{text} {part}" if text else part
    return text.removesuffix(_SOFT_HYPHEN).strip()


def _joined_at_hyphen(text: str, before: str, part: str) -> str:
    if _SUSPENDS.match(part):
        return f"{text} {part}"
    return text + part if _keeps_hyphen(before, part.lower()) else text[:-1] + part


def _is_in_capitals(before: str, part: str) -> bool:
    """Whether a divided word stands in capitals, as in titles of old: "PREVEN-" and "TION"."""
    word = _WORD.match(part)
    return len(before) > 2 and before.isupper() and word is not None and word.group().isupper()


def _keeps_hyphen(before: str, part: str) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: "non-" and "custodial", not "pre-" and "vention"."""
    if before not in _KEPT_HYPHENS:
        one_word = _ONE_WORD_WITH.match(f"{before} {part}")
        return one_word is None and _AFTER_A_HYPHEN.match(part) is not None
    whole = _ONE_WORD.get(before)
    return not (_ENDING.match(part) or (whole is not None and whole.match(part)))


def _is_cut(text: str, part: str) -> bool:
    """Whether a text stops within a symbol or a span of numbers: at a stroke, or at a hyphen between figures."""
    end = _STROKE_OR_NUMBER.search(text, max(0, len(text) - 2))
    return end is not None and part[:1].isalnum()
