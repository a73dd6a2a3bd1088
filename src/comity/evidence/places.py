"""Places: where in an origin a fact stands.

`203` is a line of a text, `203:date` a column of that line in a text table, `op21` a paragraph of a resolution.
Lines count from 1, as editors show them. Workbook cells (`Sheet!C14`) join when workbooks are read.
"""

import csv
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault

_LINE = re.compile(r"^(?P<line>[1-9]\d*)(?::(?P<column>.+))?$")


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
        match = _LINE.match(text)
        if match is None:
            raise ValueError(f"{text!r} is not a place: expected a line number, or line:column")
        return cls(int(match["line"]), match["column"] or "")


def decode(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, with or without a mark; raises BadInput that names the line of what is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        shown = data[error.start : error.start + 8].hex(" ")
        raise BadInput(Fault(file, str(line), shown, _("text in UTF-8"))) from None


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a text table: the line it begins on and its cells by heading."""

    line: int
    cells: dict[str, str]


def read_table(text: str) -> tuple[list[str], list[Row]]:
    """Headings and rows of a comma-separated text. Lines that begin with `#` before the heading are comments.

    Each row knows the physical line it begins on, so that a place in the file can be opened in any editor, also
    where a quoted cell runs over several lines. Raises csv.Error on a quote that is never closed.
    """
    lines = text.splitlines(keepends=True)
    skipped = 0
    while skipped < len(lines) and lines[skipped].lstrip("\ufeff").startswith("#"):
        skipped += 1
    reader = csv.reader(io.StringIO("".join(lines[skipped:])), strict=True)
    headings: list[str] = []
    rows: list[Row] = []
    begins = 1
    for cells in reader:
        if not headings:
            headings = [cell.strip().lstrip("\ufeff") for cell in cells]
        elif any(cell.strip() for cell in cells):
            padded = cells + [""] * (len(headings) - len(cells))
            row = dict(zip(headings, padded, strict=False))
            if len(cells) > len(headings):
                row[""] = ",".join(cells[len(headings) :])
            rows.append(Row(begins + skipped, row))
        begins = reader.line_num + 1
    return headings, rows


def read_place(text: str, place: str) -> str:
    """What stands at a place of a text: the line, or the cell of a text table. Raises KeyError where nothing stands."""
    where = Place.parse(place)
    if where.column:
        for row in read_table(text)[1]:
            if row.line == where.line and where.column in row.cells:
                return row.cells[where.column]
        raise KeyError(place)
    lines = text.splitlines()
    if where.line > len(lines):
        raise KeyError(place)
    return lines[where.line - 1]


def neighbours(text: str, line: int, around: int = 4) -> list[tuple[int, str]]:
    """The lines about a line, each with its number, for showing a place among what surrounds it."""
    lines = text.splitlines()
    first = max(1, line - around)
    return [(number, lines[number - 1]) for number in range(first, min(len(lines), line + around) + 1)]
