"""Workbooks as published and returned: sheets of cells, read behind a guard."""

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import CellPlace, column_index, column_letters

Value = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; a blank cell holds the empty text."""

_EXACT = 2**53
"""Whole numbers up to here are exact in the format's binary64 numbers, and shown without a point."""


def cell_name(row_index: int, column_index: int) -> str:
    """The name of a cell by its row and column from 0: `C14` for 13 and 2."""
    return f"{column_letters(column_index)}{row_index + 1}"


def cell_text(value: Value) -> str:
    """A cell's value letter for letter: `782` for 782.0, `0.04009`, `True`, dates and times in ISO 8601, else blank.

    A number is written with the fewest digits that give it back, never in the cell's display format. A duration is
    `[h]:mm:ss`, as spreadsheet programs count hours beyond a day.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        minutes, rest = divmod(abs(seconds), 60)
        return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{rest:02}"
    return str(value)


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells from A1 on: `rows[13][2]` is C14. All rows are as wide as the widest.

    Merged ranges are `(first row, first column, last row, last column)` from 0; their value stands in the first cell
    alone. A cell with a formula holds the value that the program which saved the file had computed; `formulas` counts
    them and `formula_places` names the first few. An error value such as `#N/A` is that text.
    """

    name: str
    rows: list[list[Value]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: int = 0
    formula_places: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns from A to the last that is used."""
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def heading_row(self) -> int | None:
        """The index of the first row in which most of the used columns hold something; None for a sheet without one."""
        used = sum(1 for column in zip(*self.rows, strict=True) if any(cell != "" for cell in column))
        for index, row in enumerate(self.rows):
            if 2 * sum(1 for cell in row if cell != "") > used:
                return index
        return None


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook in their order, the hidden ones among them and marked."""

    file: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name; raises KeyError where there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    def at(self, where: CellPlace) -> str:
        """The text of a cell; raises KeyError where the place lies outside the sheet's cells."""
        sheet = self.sheet(where.sheet)
        column = column_index(where.column)
        if where.row > len(sheet.rows) or column >= sheet.width:
            raise KeyError(str(where))
        return cell_text(sheet.rows[where.row - 1][column])


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook's by their look: a zip archive that lists the types of its parts."""
    return data[:4] == b"PK\x03\x04" and b"[Content_Types].xml" in data and b"xl/" in data


def read_workbook(data: bytes, file: str) -> Workbook:
    """Read an .xlsx workbook (ECMA-376) by python-calamine, once the guard has let it pass.

    Raises BadInput that names file, and sheet and cell where there is one, for what is no .xlsx workbook, is damaged
    or locked, or would take more than 1 GiB of memory; see `comity.evidence.workbook_guard` for the limits.
    """
    # The guard's numpy and the reader take a tenth of a second to load; what reads no workbook does not wait for them.
    from comity.evidence.workbook_guard import checked_copy

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        checked = checked_copy(data, file, copy)
        copy.flush()
        read = _read_copy(copy.name, checked.shared, file, [sheet.name for sheet in checked.sheets])
    sheets = []
    for sheet, rows in zip(checked.sheets, read, strict=True):
        for (row, column), text in sheet.errors.items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = text
        sheets.append(Sheet(sheet.name, rows, sheet.hidden, sheet.merged, sheet.formulas, sheet.formula_places))
    return Workbook(file, tuple(sheets))


def _read_copy(path: str, shared: dict[str, str], file: str, names: list[str]) -> list[list[list[Value]]]:
    """The rows of each sheet of the guard's copy, with the shared texts in place of their marks."""
    from python_calamine import CalamineWorkbook

    text: Callable[[Value, Value], Value] = shared.get  # type: ignore[assignment]  # a value that is no mark stays
    read = []
    place = ""
    try:
        with CalamineWorkbook.from_path(path) as opened:
            for number, name in enumerate(names, start=1):
                place = name
                sheet = opened.get_sheet_by_name(str(number))
                before: list[Value] = [""] * (sheet.start[1] if sheet.start else 0)
                read.append([[*before, *map(text, row, row)] for row in sheet.iter_rows()])
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader's is a BaseException and no other class of its own
        raise BadInput(Fault(file, place, str(error), _("a sheet that can be read; save it anew as .xlsx"))) from None
    return read
