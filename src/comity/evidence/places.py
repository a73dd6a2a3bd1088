"""Places: where in an origin a fact stands.

`203` is a line of a text, `203:date` a column of that line in a text table, `Sheet!C14` a cell of a workbook, `op21` a
paragraph of a resolution. Lines and rows count from 1, as editors and spreadsheet programs show them.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from comity.evidence.files.text_tables import Row, parse_table
from comity.evidence.files.texts import lines_of

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""Rows and columns of a worksheet, `XFD1048576` its last cell (ECMA-376 part 1, 18.3.1.4 and 18.3.1.73)."""

_LINE = re.compile(r"(?P<line>[1-9]\d*)(?::(?P<column>.+))?", re.DOTALL | re.ASCII)
_CELL = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]{1,3})(?P<row>[1-9]\d{0,6})", re.DOTALL | re.ASCII)

_ROW = re.compile(r"(?P<line>\d+)(?::.*)?|(?P<sheet>.*)!(?:[A-Z]+)(?P<row>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a text, and where the text is a table, a column of it by its heading."""

    line: int
    column: str = ""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}" if self.column else str(self.line)

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read `203` or `203:date`; raises ValueError for anything else."""
        match = _LINE.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a place: expected a line number, or line:column")
        return cls(int(match["line"]), match["column"] or "")


def column_letters(index: int) -> str:
    """The letters of a column by its index from 0: `A`, `Z` at 25, `AA` at 26, `XFD` at 16,383."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index from 0 of a column by its capital letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of a workbook: sheet by name, column by letters, row as the spreadsheet program numbers it."""

    sheet: str
    column: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"

    @property
    def cell(self) -> str:
        """The cell within its sheet, `C14`."""
        return f"{self.column}{self.row}"

    @classmethod
    def parse(cls, text: str) -> "CellPlace":
        """Read `Sheet!C14`; the name of a sheet may itself hold `!`, so the last one parts it from the cell.

        Raises ValueError for anything else, also for a cell beyond `XFD1048576`.
        """
        match = _CELL.fullmatch(text)
        if match is None or column_index(match["column"]) >= LAST_COLUMN or int(match["row"]) > LAST_ROW:
            raise ValueError(f"{text!r} is not a place: expected a cell as in Sheet!C14")
        return cls(match["sheet"], match["column"], int(match["row"]))


def parse_place(text: str) -> Place | CellPlace:
    """The place that a text names: a cell where it ends in `!` and a cell, else a line; ValueError for neither."""
    try:
        return CellPlace.parse(text)
    except ValueError:
        return Place.parse(text)


def row_of(place: str) -> str:
    """What the places of a row share: `14` for 14:VALUE, `Sheet1!14` for Sheet1!L14."""
    found = _ROW.fullmatch(place)
    if found is None:
        return place
    return found["line"] or f"{found['sheet']}!{found['row']}"


class Text:
    """A text whose lines, and rows where it is a table, are found at once: read apart one time for many places."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without what ends them."""
        return lines_of(self.text)

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The rows of the table by the line they begin on. Raises csv.Error on a quote that is never closed."""
        return {row.line: row for row in parse_table(self.text).rows}

    def row_begins(self, line: int) -> int:
        """The line on which the row begins that a line belongs to; the line itself above the first row."""
        index = bisect_right(self._beginnings, line)
        return self._beginnings[index - 1] if index else line

    @cached_property
    def _beginnings(self) -> list[int]:
        return sorted(self.rows)

    def at(self, where: Place) -> str:
        """What stands at a place: the line, or the cell of a text table. Raises KeyError where nothing stands."""
        if where.column:
            return self.rows[where.line].cells[where.column]
        if where.line > len(self.lines):
            raise KeyError(str(where))
        return self.lines[where.line - 1]

    def neighbours(self, line: int, around: int = 4) -> list[tuple[int, str]]:
        """The lines about a line, each with its number, for showing a place among what surrounds it."""
        first = max(1, line - around)
        last = min(len(self.lines), line + around)
        return [(number, self.lines[number - 1]) for number in range(first, last + 1)]
