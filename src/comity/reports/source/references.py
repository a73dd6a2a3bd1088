"""What stands between the words of a source: references in double braces, to figures and to blocks made from them.


A reference stands in double braces. `{{parties.UNTOC.@on}}` prints a figure, `{{parties.UNTOC.@on|words}}` in a format,
`{{status-table.UNTOC.@on#004.UNTOC-consent}}` one cell of a table. `{{see NAME}}` prints the number of a table, chart,
section or annex, "table 3", by the option `name` of a block or by the heading in small letters and hyphens. Alone on a
line, `{{chart ID caption="…"}}`, `{{map …}}`, `{{table …}}`, `{{names …}}`, `{{evidence SYMBOL}}`, `{{sources}}` and
`{{head}}` print a block. `@on` is the day of which the report speaks, without one that was asked for the day of the
treaty that the reference names, and `@on:UNTOC` that of a treaty; further names (`@resolution`) come from `dates` in
the front matter. `\\{{` prints two braces.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext_noop

SEE = "see:"
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
BLOCKS = tuple(OPTIONS)
# `40,30,30`; the marks that give nothing back keep a long row of blanks from being tried in every way.
WIDTHS = re.compile(r"\s*+(?:\d{1,6}+(?:\.\d{1,6}+)?+\s*+,?+\s*+)*+")
_SHAPES = {
    "name": (re.compile(r"[a-z0-9][a-z0-9-]*"), gettext_noop("a name of small letters, digits and hyphens")),
    "widths": (WIDTHS, gettext_noop("widths as numbers between commas, such as “40,30,30”")),
    "class": (re.compile("status"), gettext_noop("the class “status”")),
}
_OPENING = re.compile(r"(?<!\\)\{\{")  # `{{parties…`, and not `\{{`, which prints two braces
# `caption="Consents to @on"`
_OPTION = re.compile(r'([a-z][a-z-]*)="([^"]*)"')
# `@resolution`, `@resolution-year`, `@on:UNTOC`
DATE_NAME = re.compile(r"@([a-z]+(?:-[a-z]+)*)(?::([A-Z][A-Z0-9-]*))?")


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


def resolve(
    target: str, dates: Mapping[str, date], own: Mapping[str, date] = MappingProxyType({}), *, file: str, line: int
) -> str:
    """A figure's id with the named dates put in; `@on-year` is the year alone, `own` what `@on` is for each treaty.

    Raises BadInput with the nearest names where a name is none of the dates, or a code none of a treaty.
    """

    def put(match: re.Match[str]) -> str:
        name, code = match[1], match[2]
        stem = name if name in dates else name.removesuffix("-year")
        if stem not in dates or (code and stem != "on"):
            raise BadInput(Fault(file, str(line), match[0], nearest(_("a date of the report"), name, list(dates), "@")))
        if code and code not in own:
            expected = nearest(_("the code of a treaty in the register"), code, list(own))
            raise BadInput(Fault(file, str(line), match[0], expected))
        day = own[code] if code else dates[stem]
        return day.isoformat() if stem == name else str(day.year)

    return DATE_NAME.sub(put, target)


def nearest(what: str, value: str, known: Sequence[str], mark: str = "") -> str:
    """What was expected, with the nearest known names, or all of them where none is near."""
    close = get_close_matches(value, known, n=3, cutoff=0.5) or sorted(known)
    return _("%(what)s: %(names)s") % {"what": what, "names": ", ".join(mark + name for name in close)}


def pieces_of(text: str, first: int, file: str) -> tuple[list[Piece], list[Fault]]:
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
