"""The source of a report: Markdown with front matter and live references, as people write and edit it.

A reference stands in double braces. `{{parties.UNTOC.@on}}` prints a figure, `{{parties.UNTOC.@on|words}}` in a format,
`{{status-table.UNTOC.@on#004.UNTOC-consent}}` one cell of a table. `{{see NAME}}` prints the number of a table, chart,
section or annex, "table 3", by the option `name` of a block or by the heading in small letters and hyphens. Alone on a
line, `{{chart ID caption="…"}}`, `{{map …}}`, `{{table …}}`, `{{names …}}`, `{{evidence SYMBOL}}`, `{{sources}}` and
`{{head}}` print a block. `@on` is the date of which the report speaks; further names (`@resolution`) come from `dates`
in the front matter. `\\{{` prints two braces.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.controls import UNPRINTABLE
from comity.evidence.files.declarations import PlainLoader
from comity.evidence.languages import CODES, ENGLISH, Language, language_of

BLOCKS = ("chart", "map", "table", "names", "evidence", "sources", "head")
SEE = "see:"
REQUIRED = ("title", "language")
MASTHEAD = ("symbol", "organization", "organ", "distribution", "original", "session", "agenda_item", "byline")
"""What the front matter may say for the masthead, besides title and language."""

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "chart": ("name", "caption", "note", "column"),
    "map": ("name", "caption", "note", "column"),
    "table": ("name", "caption", "note", "rows", "first", "columns", "heads", "formats", "widths", "class"),
    "names": ("name", "caption", "note", "rows", "by", "first", "heads", "widths"),
    "evidence": (),
    "sources": (),
    "head": (),
}
"""The options that each block may have."""
WIDTHS = re.compile(r"\s*+(?:\d{1,6}+(?:\.\d{1,6}+)?+\s*+,?+\s*+)*+")
_SHAPES = {
    "name": (re.compile(r"[a-z0-9][a-z0-9-]*"), gettext_noop("a name of small letters, digits and hyphens")),
    "widths": (WIDTHS, gettext_noop("widths as numbers between commas, such as “40,30,30”")),
    "class": (re.compile("status"), gettext_noop("the class “status”")),
}
MOST_CHARACTERS, MOST_IN_A_LINE, MOST_REFERENCES, MOST_DRAWN = 400_000, 20_000, 5_000, 40
_MOST_MARKS = 8
"""Marks upon one letter; no language heaps more, and setting a heap of thousands takes gigabytes."""
_MOST_OF_FRONT, _MOST_IN_FRONT = 10_000, 500
_NESTED = re.compile(r"^(?:[ \t]*+(?:>|[-*+][ \t]|\d++[.)][ \t])){41}", re.MULTILINE)
_MOST_OPEN = 40
_DATE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TONGUE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")
_DAY = re.compile(r"\b([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\b")
_OPENING = re.compile(r"(?<!\\)\{\{")
_OPTION = re.compile(r'([a-z][a-z-]*)="([^"]*)"')
_DATE_NAME = re.compile(r"@([a-z]+(?:-[a-z]+)*)")


@dataclass(frozen=True)
class Words:
    """Markdown between references, with the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True)
class FigureReference:
    """A printed figure: its id as written (dates still by name), the formats to print it in, and its place."""

    line: int
    target: str
    formats: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class BlockReference:
    """A block made from figures: what kind, from which figure or document, with which options."""

    line: int
    kind: str
    target: str
    options: Mapping[str, str]
    text: str


Piece = Words | FigureReference | BlockReference


@dataclass(frozen=True)
class Source:
    """A report's source read whole: file name, front matter, and its pieces in order."""

    file: str
    front: Mapping[str, Any]
    pieces: tuple[Piece, ...]

    @property
    def language(self) -> Language:
        """The language in which the report is written."""
        return language_of(str(self.front["language"]))

    def dates(self, on: date) -> dict[str, date]:
        """The dates that references may name: `on`, and those of the front matter."""
        return {"on": on, **self.front.get("dates", {})}

    def references(self) -> Iterator[FigureReference | BlockReference]:
        """The references in order."""
        return (piece for piece in self.pieces if not isinstance(piece, Words))


def read_source(text: str, file: str) -> Source:
    """Read a report's source. Raises BadInput that names every fault with its line."""
    if faults := list(_unreadable(text, file)):
        raise BadInput(faults)
    front, first, faults = _front_matter(text, file)
    pieces, more = _pieces(text, first, file)
    if faults or more:
        raise BadInput([*faults, *more])
    if sum(not isinstance(piece, Words) for piece in pieces) > MOST_REFERENCES:
        raise BadInput(Fault(file, "", "", _("at most %d references in one report") % MOST_REFERENCES))
    drawn = [piece for piece in pieces if isinstance(piece, BlockReference) and piece.kind in ("chart", "map")]
    if len(drawn) > MOST_DRAWN:
        expected = _("at most %d charts and maps in one report") % MOST_DRAWN
        raise BadInput(Fault(file, str(drawn[MOST_DRAWN].line), drawn[MOST_DRAWN].text, expected))
    return Source(file, front, tuple(pieces))


def _unreadable(text: str, file: str) -> Iterator[Fault]:
    """What no part of a source may be: too long, of control characters, or of marks in one another without end.

    Texts of a few kilobytes that nest deeper than any report take pandoc longer than anybody waits.
    """
    if len(text) > MOST_CHARACTERS:
        yield Fault(file, "", "", _("text of at most %d characters") % MOST_CHARACTERS)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MOST_IN_A_LINE:
            yield Fault(file, str(number), line, _("a line of at most %d characters") % MOST_IN_A_LINE)
        elif UNPRINTABLE.search(line):
            yield Fault(file, str(number), ascii(line), _("text without control characters"))
        elif not line.isascii() and _heaps_marks(line):
            yield Fault(file, str(number), line, _("at most %d marks upon one letter") % _MOST_MARKS)
    deep = _("marks of quotations, lists and brackets in one another at most %d deep") % _MOST_OPEN
    if match := _NESTED.search(text):
        yield Fault(file, str(text.count("\n", 0, match.start()) + 1), match[0], deep)
    if number := _deep_in_brackets(text):
        yield Fault(file, str(number), _line(text, number), deep)


def _heaps_marks(line: str) -> bool:
    heaped = 0
    for letter in line:
        heaped = heaped + 1 if unicodedata.combining(letter) else 0
        if heaped > _MOST_MARKS:
            return True
    return False


def _deep_in_brackets(text: str) -> int:
    """The first line on which a paragraph has more brackets open than any report; 0 where none has."""
    opened = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for bracket in re.findall(r"[\[\]]", line):
            opened = opened + 1 if bracket == "[" else max(0, opened - 1)
            if opened > _MOST_OPEN:
                return number
        opened = opened if line.strip() else 0
    return 0


def resolve(target: str, dates: Mapping[str, date], *, file: str, line: int) -> str:
    """A figure's id with the named dates put in; `@on-year` is the year alone.

    Raises BadInput with the nearest names where a name is none of the dates.
    """

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name in dates:
            return dates[name].isoformat()
        if name.endswith("-year") and name.removesuffix("-year") in dates:
            return str(dates[name.removesuffix("-year")].year)
        raise BadInput(Fault(file, str(line), match[0], nearest(_("a date of the report"), name, list(dates), "@")))

    return _DATE_NAME.sub(put, target)


def nearest(what: str, value: str, known: Sequence[str], mark: str = "") -> str:
    """What was expected, with the nearest known names, or all of them where none is near."""
    close = get_close_matches(value, known, n=3, cutoff=0.5) or sorted(known)
    return _("%(what)s: %(names)s") % {"what": what, "names": ", ".join(mark + name for name in close)}


def _front_matter(text: str, file: str) -> tuple[dict[str, Any], int, list[Fault]]:
    """The front matter, the offset where the body begins, and what is wrong with it."""
    match = re.match(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        start = text.split("\n", 1)[0]
        return {}, 0, [Fault(file, "1", start, _("front matter between two lines of three hyphens"))]
    if len(match[1]) > _MOST_OF_FRONT:
        return {}, match.end(), [Fault(file, "1", "", _("front matter of at most %d characters") % _MOST_OF_FRONT)]
    try:
        # Not by `read_declarations`: a fault names the line of the source, in which the front matter stands below a
        # fence, and a date is one only as YAML writes it.
        front = PlainLoader(match[1]).get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        return {}, match.end(), [Fault(file, str(line), _line(text, line), _("front matter in YAML"))]
    except ValueError:
        line = next((number for number, said in enumerate(text.splitlines(), 1) if _is_impossible(said)), 1)
        return {}, match.end(), [Fault(file, str(line), _line(text, line), _("a day of the calendar as YYYY-MM-DD"))]
    if not isinstance(front, dict):
        return {}, match.end(), [Fault(file, "2", _line(text, 2), _("front matter as “key: value” lines"))]
    faults = [
        Fault(file, "1", "", _("the key “%(key)s” in the front matter") % {"key": key})
        for key in REQUIRED
        if not front.get(key)
    ]
    faults += _unknown_keys(front, text, file)
    language = str(front.get("language") or ENGLISH.code)
    if language.split("-")[0] not in CODES or not _TONGUE.fullmatch(language):
        expected = _("one of the languages %(languages)s") % {"languages": ", ".join(CODES)}
        faults.append(Fault(file, _line_of(text, "language"), language, expected))
    dates = front.get("dates") or {}
    if not isinstance(dates, dict):
        faults.append(Fault(file, _line_of(text, "dates"), _shown(dates), _("dates by name, as YYYY-MM-DD")))
        dates = {}
    faults += [
        Fault(file, _line_of(text, str(name)), f"{name}: {_shown(day)}", _("a date as YYYY-MM-DD"))
        for name, day in dates.items()
        if type(day) is not date
    ]
    faults += [
        Fault(file, _line_of(text, str(name)), str(name), _("another name of a date: small letters, and not “on”"))
        for name in dates
        if name == "on" or not isinstance(name, str) or not _DATE.fullmatch(name)
    ]
    return {**front, "dates": dates}, match.end(), faults


def _unknown_keys(front: Mapping[Any, Any], text: str, file: str) -> Iterator[Fault]:
    """Keys of the front matter that say nothing of a report, and values that are no short line of text."""
    known = (*REQUIRED, *MASTHEAD, "resolution", "dates")
    for key, value in front.items():
        if key not in known:
            yield Fault(
                file, _line_of(text, str(key)), str(key), nearest(_("a key of the front matter"), str(key), known)
            )
        elif key != "dates" and not _is_line(value):
            expected = _("one line of text of at most %d characters") % _MOST_IN_FRONT
            yield Fault(file, _line_of(text, key), _shown(value), expected)


def _is_line(value: Any) -> bool:
    plain = value is None or isinstance(value, str | int | float | date)
    said = str(value) if plain else ""
    return (
        plain
        and len(said) <= _MOST_IN_FRONT
        and not re.search(r"[\n\r\x85\u2028\u2029]", said)
        and not UNPRINTABLE.search(said)
    )


def _shown(value: Any) -> str:
    """A value as a fault shows it: a text, or else by its kind alone, since lists may hold one another without end."""
    return ascii(value)[1:-1] if isinstance(value, str) else type(value).__name__


def _pieces(text: str, first: int, file: str) -> tuple[list[Piece], list[Fault]]:
    pieces: list[Piece] = []
    faults: list[Fault] = []
    position = first
    while match := _OPENING.search(text, position):
        line = text.count("\n", 0, match.start()) + 1
        end = text.find("}}", match.end())
        blank = re.compile(r"\n[ \t]*\n|\{\{").search(text, match.end())
        if end < 0 or (blank and blank.start() < end):
            shown = text[match.start() : match.start() + 40].split("\n")[0]
            faults.append(Fault(file, str(line), shown, _("two closing braces }} for the two that open here")))
            _add_words(pieces, text, position, match.end())
            position = match.end()
            continue
        _add_words(pieces, text, position, match.start())
        written = text[match.start() : end + 2]
        read = _reference(written, line, file)
        if isinstance(read, Fault):
            faults.append(read)
        else:
            pieces.append(read)
            if isinstance(read, BlockReference) and not _alone(text, match.start(), end + 2):
                faults.append(Fault(file, str(line), written, _("a block alone on its line, between blank lines")))
        position = end + 2
    _add_words(pieces, text, position, len(text))
    return pieces, faults


def _add_words(pieces: list[Piece], text: str, begins: int, ends: int) -> None:
    if ends > begins:
        pieces.append(Words(text.count("\n", 0, begins) + 1, text[begins:ends]))


def _reference(written: str, line: int, file: str) -> FigureReference | BlockReference | Fault:
    inner = written[2:-2].strip()
    word, _space, rest = inner.partition(" ")
    if word in BLOCKS:
        options = dict(_OPTION.findall(rest))
        target = _OPTION.sub("", rest).strip()
        if " " in target or '"' in target:
            return Fault(
                file, str(line), written, _('a block as {{kind ID name="value"}}, each option in double quotes')
            )
        return _misfit(word, options, written, line, file) or BlockReference(line, word, target, options, written)
    if word == "see" and rest.strip():
        name, *formats = (part.strip() for part in rest.split("|"))
        return FigureReference(line, f"{SEE}{name}", tuple(formats), written)
    target, *formats = (part.strip() for part in inner.split("|"))
    if not target or re.search(r"\s", target):
        expected = _("the id of a figure, or one of the blocks %(blocks)s") % {"blocks": ", ".join(BLOCKS)}
        return Fault(file, str(line), written, expected)
    return FigureReference(line, target, tuple(formats), written)


def _misfit(kind: str, options: Mapping[str, str], written: str, line: int, file: str) -> Fault | None:
    """The first option that a block of this kind does not have, or that is not of its shape."""
    for name, value in options.items():
        if name not in OPTIONS[kind]:
            return Fault(file, str(line), name, nearest(_("an option of the block"), name, OPTIONS[kind]))
        pattern, expected = _SHAPES.get(name, (None, ""))
        if pattern is not None and not pattern.fullmatch(value):
            return Fault(file, str(line), value, _(expected))
    return None


def _alone(text: str, begins: int, ends: int) -> bool:
    before = text.rfind("\n", 0, begins)
    after = text.find("\n", ends)
    around = text[before + 1 : begins] + text[ends : after if after >= 0 else len(text)]
    return not around.strip()


def _is_impossible(line: str) -> bool:
    """Whether a line holds a date that is in no calendar, which YAML refuses without saying where it stands."""
    found = _DAY.search(line)
    try:
        return found is not None and not date(*map(int, found.groups()))
    except ValueError:
        return True


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _line_of(text: str, key: str) -> str:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip().startswith(f"{key}:"):
            return str(number)
    return "1"
