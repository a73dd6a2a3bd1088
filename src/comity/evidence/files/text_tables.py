"""Text tables: cells parted by commas, semicolons or tabs, with what stands above their headings.

Every reader reads a table through here, and so does whoever looks up a place: for both a row is on the same line.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.texts import raw_lines
from comity.evidence.wording import gettext as _

MOST_COLUMNS = 2_000
"""Columns with a heading; those of real tables come to some hundreds."""
MOST_CELLS = 5_000_000
"""Cells of the rectangle about a table, where most of them are blank, as those that short rows lack are."""
_DELIMITERS = (",", ";", "\t")
_ROWS_LOOKED_AT = 50
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SEPARATOR = re.compile(r'"?sep=(?P<mark>[,;\t|])"?\s*', re.IGNORECASE)


class BrokenRow(csv.Error):
    """A row that cannot be read apart, for a quote that is never closed or a cell too long; it begins on `line`."""

    def __init__(self, line: int, text: str, reason: str):
        self.line, self.text = line, text
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a text table: the line it begins on and its cells by heading; what has no heading is under “”."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Above:
    """A line above the headings: its number and its cells, blank ones at its end left out."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A text table read apart: comments (`#`), what else stands above, the line of the headings, headings and rows.

    `records` are the rows that hold something, each as the line it begins on and its cells.
    """

    comments: tuple[Above, ...]
    above: tuple[Above, ...]
    heading_line: int
    headings: list[str]
    records: list[tuple[int, list[str]]]
    delimiter: str

    @cached_property
    def rows(self) -> list[Row]:
        """The rows by heading."""
        return [_row(line, cells, self.headings, self.delimiter) for line, cells in self.records]

    def too_wide(self) -> tuple[str, str] | None:
        """What is found and expected of a table with more columns, or blank cells in them, than one can be read with"""
        width, cells = len(self.headings), len(self.headings) * len(self.records)
        if width > MOST_COLUMNS:
            return _("%(count)s columns") % {"count": f"{width:,}"}, at_most_columns()
        if cells > MOST_CELLS and cells > 2 * sum(len(record) for _line, record in self.records):
            found = _("%(rows)s rows × %(columns)s columns") % {
                "rows": f"{len(self.records):,}",
                "columns": f"{width:,}",
            }
            expected = _("at most %(count)s cells where most are blank") % {"count": f"{MOST_CELLS:,}"}
            return found, expected
        return None


def at_most_columns() -> str:
    """What is expected of a table with too many columns."""
    return _("at most %(count)s columns with a heading") % {"count": f"{MOST_COLUMNS:,}"}


def parse_table(text: str) -> Table:
    """Read a text table apart.

    Above the headings may stand lines of comment (they begin with `#`, also where a spreadsheet program has padded or
    quoted them), a line `sep=;`, blank lines, and title rows: the headings are the first row that has more than half
    as many cells as the widest of the first rows. Cells are parted by the mark that parts these rows most evenly. Each
    row knows the line that it begins on, also where a quoted cell runs over several. Raises BrokenRow on a quote that
    is never closed.
    """
    lines = raw_lines(text)
    comments, skipped = _comments(lines)
    delimiter = ""
    while skipped < len(lines):
        said = _SEPARATOR.fullmatch(lines[skipped])
        if said:
            delimiter = said["mark"]
        elif not _is_blank(lines[skipped]):
            break
        skipped += 1
    delimiter = delimiter or _delimiter(lines[skipped:])
    records = _records(lines, skipped, delimiter)
    at = _heading(records)
    if at is None:
        return Table(comments, (), skipped + 1, [], [], delimiter)
    headings = [cell.strip() for cell in _trimmed(records[at][1])]
    rows = [(line, cells) for line, cells in records[at + 1 :] if any(map(str.strip, cells))]
    above = tuple(Above(line, _trimmed(cells)) for line, cells in records[:at] if any(map(str.strip, cells)))
    return Table(comments, above, records[at][0], headings, rows, delimiter)


def table_of(file: str, text: str) -> Table:
    """A text table read apart; see `parse_table`.

    Raises BadInput that names the line of a row that cannot be read, and for a table that is too wide.
    """
    try:
        table = parse_table(text)
    except BrokenRow as broken:
        expected = _("a row whose quotes are closed (%s)") % broken
        raise BadInput(Fault(file, str(broken.line), broken.text, expected)) from None
    if wide := table.too_wide():
        raise BadInput(Fault(file, str(table.heading_line), *wide))
    return table


def _comments(lines: Sequence[str]) -> tuple[tuple[Above, ...], int]:
    """The lines of comment, each with its text alone, and how many lines they take with blank ones before them."""
    found = []
    for number, line in enumerate(lines, start=1):
        if line.lstrip('"').startswith("#"):
            found.append(Above(number, (_comment(line),)))
        elif not _is_blank(line):
            break
    return tuple(found), found[-1].line if found else 0


def _is_blank(line: str) -> bool:
    return not line.strip(' \r\n\t,;"')


def _comment(line: str) -> str:
    """A comment without its mark. One that a spreadsheet program wrote is the first cell, the others blank."""
    line = line.rstrip("\r\n")
    for delimiter in _DELIMITERS:
        if line.endswith(delimiter) or line.startswith('"'):
            try:
                first, *rest = next(csv.reader([line], strict=True, delimiter=delimiter))
            except (csv.Error, StopIteration, ValueError):
                continue
            if not any(map(str.strip, rest)) and (rest or line.startswith('"')):
                return first.lstrip("#").strip() if first.startswith("#") else first.strip()
    return line[1:].strip()


def _delimiter(lines: Sequence[str]) -> str:
    """The mark that parts the first rows most evenly: a tab where nearly each has as many of them, a semicolon where
    each has, else what they hold most of. A comma between digits is a decimal comma where the line has other marks."""
    first = [line for line in lines[:_ROWS_LOOKED_AT] if line.strip()]
    number, rows = _most_common([_outside_quotes(line).count("\t") for line in first])
    if number and 5 * rows >= 4 * len(first):
        return "\t"
    semicolons = {_outside_quotes(line).count(";") for line in first}
    if len(semicolons) == 1 and 0 not in semicolons:
        return ";"
    scores = {}
    for mark in _DELIMITERS:
        number, rows = _most_common([_parting(line, mark) for line in first])
        scores[mark] = number * rows
    return max(scores, key=lambda mark: scores[mark])


def _most_common(counts: Sequence[int]) -> tuple[int, int]:
    """The number above zero that most rows have, and how many have it."""
    found = Counter(count for count in counts if count).most_common(1)
    return found[0] if found else (0, 0)


def _parting(line: str, mark: str) -> int:
    bare = _outside_quotes(line)
    if mark == "," and (";" in bare or "\t" in bare):
        bare = _DECIMAL_COMMA.sub("", bare)
    return bare.count(mark)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _records(lines: Sequence[str], skipped: int, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(lines[skipped:], strict=True, delimiter=delimiter)
    records = []
    begins = skipped + 1
    try:
        for cells in reader:
            records.append((begins, cells))
            begins = skipped + reader.line_num + 1
    except csv.Error as error:
        raise BrokenRow(begins, lines[begins - 1].rstrip("\r\n"), str(error)) from None
    return records


def _heading(records: Sequence[tuple[int, list[str]]]) -> int | None:
    """The index of the headings: the first row that has more than half as many cells filled as the widest."""
    filled = [sum(1 for cell in cells if cell.strip()) for _line, cells in records[:_ROWS_LOOKED_AT]]
    return next((index for index, count in enumerate(filled) if 2 * count > max(filled)), None)


def _row(line: int, cells: list[str], headings: Sequence[str], delimiter: str) -> Row:
    padded = cells + [""] * (len(headings) - len(cells))
    named = dict(zip(headings, padded, strict=False))
    beyond = cells[len(headings) :]
    if any(map(str.strip, beyond)):
        named[""] = delimiter.join(beyond)
    return Row(line, named)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    last = max((index for index, cell in enumerate(cells) if cell.strip()), default=-1)
    return tuple(cells[: last + 1])
