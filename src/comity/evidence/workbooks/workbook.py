"""Workbooks as published and returned: sheets of cells, read behind a guard."""

import gc
import math
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.refused_formats import holds_workbook, is_zip, names_in_zip
from comity.evidence.places import CellPlace, column_index, column_letters
from comity.evidence.workbooks import limits

if TYPE_CHECKING:
    from comity.evidence.workbooks.guard import CheckedSheet, CheckedWorkbook

Value = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; a blank cell holds the empty text."""

_EXACT = 2**53
"""Whole numbers up to here are exact in the format's binary64 numbers, and shown without a point."""


class Percent(float):
    """A number whose cell shows it as a percentage: 0.125 for 12.5%."""

    __slots__ = ()


def cell_name(row_index: int, column_index: int) -> str:
    """The name of a cell by its row and column from 0: `C14` for 13 and 2."""
    return f"{column_letters(column_index)}{row_index + 1}"


def cell_text(value: Value) -> str:
    """A cell's value letter for letter: `782` for 782.0, `0.04009`, `True`, dates and times in ISO 8601, else blank.

    A number is written with the fewest digits that give it back, never in the cell's display format, and a percentage
    as such: `12.5%` for 0.125 under the formats `0%` and `0.00%` alike. A duration is `[h]:mm:ss`, as spreadsheet
    programs count hours beyond a day.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Percent) and math.isfinite(value):
        return f"{Decimal(float.__repr__(value)):%}" if value else "0%"
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
    them and `formula_places` names the first few. An error value such as `#N/A` is that text, a number in a percentage
    format is a `Percent`.

    Rows and columns that are hidden, by a filter too, are read as all others: `hidden_rows` and `hidden_columns` count
    those that hold something, and their places name the first few as a spreadsheet program does, `14` and `C`.
    """

    name: str
    rows: list[list[Value]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: int = 0
    formula_places: tuple[str, ...] = ()
    hidden_rows: int = 0
    hidden_row_places: tuple[str, ...] = ()
    hidden_columns: int = 0
    hidden_column_places: tuple[str, ...] = ()
    uncomputed: bool = False
    """Whether whoever saved the file says that all formulas are to be computed once it is opened: what stands in their
    cells may be no more than a 0 that was put there."""

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


def as_texts(workbook: Workbook) -> list[dict[str, Any]]:
    """The sheets in JSON's own types, each cell by its text, which is all that a page shows of it."""
    return [
        {
            **{one.name: getattr(sheet, one.name) for one in fields(sheet)},
            "rows": [[*map(cell_text, row)] for row in sheet.rows],
        }
        for sheet in workbook.sheets
    ]


def of_texts(file: str, sheets: list[dict[str, Any]]) -> Workbook:
    """The workbook that `as_texts` gave, its cells as texts."""
    return Workbook(file, tuple(Sheet(**sheet) for sheet in sheets))


def is_workbook(data: bytes) -> bool:
    """Whether bytes are an .xlsx workbook's by their look, damaged or not: by the names of an archive's own parts."""
    return is_zip(data) and holds_workbook(names_in_zip(data))


def read_workbook(data: bytes, file: str) -> Workbook:
    """Read an .xlsx workbook (ECMA-376) by python-calamine, once the guard has let it pass.

    Raises BadInput that names file, and sheet and cell where there is one, for what is no .xlsx workbook, is damaged
    or locked, or would take more than 1 GiB of memory; see `comity.evidence.workbooks.limits`.
    """
    # The guard's numpy and the reader take a tenth of a second to load; what reads no workbook does not wait for them.
    from comity.evidence.workbooks.guard import checked_copy

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        checked = checked_copy(data, file, copy)
        copy.flush()
        with _without_collection():
            read = _read_copy(copy.name, checked.shared, file, [sheet.name for sheet in checked.sheets])
            _measure_texts(checked, read, file)
            told = zip(checked.sheets, read, strict=True)
            sheets = tuple(_sheet(sheet, rows, uncomputed=checked.uncomputed) for sheet, rows in told)
    return Workbook(file, sheets)


def _measure_texts(checked: "CheckedWorkbook", read: list[list[list[Value]]], file: str) -> None:
    """Raise BadInput for a cell with a longer text of its own than cells have; the guard measured the shared ones."""
    for sheet, rows in zip(checked.sheets, read, strict=True):
        for number, row in enumerate(rows if sheet.may_be_long else ()):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > limits.LONGEST_TEXT:
                    place = f"{sheet.name}!{cell_name(number, column)}"
                    raise BadInput(Fault(file, place, cell[:80], limits.longest_text()))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep Python's collector of cycles from going through millions of new cells, none of which can be in a cycle."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _sheet(checked: "CheckedSheet", rows: list[list[Value]], *, uncomputed: bool) -> Sheet:
    """A sheet of the cells read and of what the guard learned of them."""
    for (row, column), text in chain(checked.errors.items(), checked.texts.items()):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    width = len(rows[0]) if rows else 0
    for row, columns in checked.percent_columns():
        if row >= len(rows):
            continue  # cells that are styled and blank may lie beyond those read
        cells = rows[row]
        for column in columns:
            if column < width and type(value := cells[column]) is float:
                cells[column] = Percent(value)
    hidden_rows = [row for row in checked.hidden_rows if row < len(rows) and any(cell != "" for cell in rows[row])]
    hidden_columns = [at for at in checked.hidden_columns if at < width and any(row[at] != "" for row in rows)]
    return Sheet(
        checked.name,
        rows,
        checked.hidden,
        checked.merged,
        checked.formulas,
        checked.formula_places,
        len(hidden_rows),
        tuple(str(row + 1) for row in hidden_rows[: limits.PLACES_NAMED]),
        len(hidden_columns),
        tuple(column_letters(at) for at in hidden_columns[: limits.PLACES_NAMED]),
        uncomputed,
    )


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
    except BaseException:  # a panic of the reader's is a BaseException and no other class of its own
        # What the reader says of it is in its own words, often one letter, and names no cell.
        value = _("a sheet that cannot be read to its end") if place else _("a workbook that cannot be read")
        raise BadInput(Fault(file, place, value, _("a sheet that can be read; save it anew as .xlsx"))) from None
    return read
