"""The source of a report read whole: Markdown with front matter and live references, as people write and edit it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.control_characters import UNPRINTABLE
from comity.evidence.languages import Language, language_of
from comity.reports.source.front_matter import front_matter, line_at
from comity.reports.source.references import BlockReference, FigureReference, Piece, Words, pieces_of

MOST_CHARACTERS, MOST_IN_A_LINE, MOST_REFERENCES, MOST_DRAWN = 400_000, 20_000, 5_000, 40
_MOST_MARKS = 8
"""Marks upon one letter; no language heaps more, and setting a heap of thousands takes gigabytes."""
# `> > > - - 1. …`, forty-one marks of quotations and lists at the beginning of a line.
_NESTED = re.compile(r"^(?:[ \t]*+(?:>|[-*+][ \t]|\d++[.)][ \t])){41}", re.MULTILINE)
_MOST_OPEN = 40


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

    @property
    def dates(self) -> dict[str, date]:
        """The dates of the front matter that references may name, beside `on`."""
        return dict(self.front.get("dates", {}))

    def references(self) -> Iterator[FigureReference | BlockReference]:
        """The references in order."""
        return (piece for piece in self.pieces if not isinstance(piece, Words))


def read_source(text: str, file: str) -> Source:
    """Read a report's source. Raises BadInput that names every fault with its line."""
    if faults := list(_unreadable(text, file)):
        raise BadInput(faults)
    front, first, faults = front_matter(text, file)
    pieces, more = pieces_of(text, first, file)
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
        yield Fault(file, str(number), line_at(text, number), deep)


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
