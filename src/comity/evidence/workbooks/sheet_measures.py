"""What is measured of a workbook's sheet, whether by whole arrays of bytes or mark-up by mark-up."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.evidence.places import LAST_COLUMN, LAST_ROW, column_index, column_letters
from comity.evidence.workbooks import limits

OF_NUMBERS = ("", "n")
"""The types of cells that hold numbers."""
LONGEST_STYLE = 6
"""Five digits and the quote after them: a workbook has at most 65,490 styles."""


@dataclass(slots=True)
class Measured:
    """What is counted in a sheet as its pieces pass. Rows and columns count from 0, ranges hold both their ends."""

    rows: int = 0
    columns: int = 0
    last: str = ""
    formulas: int = 0
    formula_places: list[str] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    percents: list[tuple[Any, Any]] = field(default_factory=list)
    percent_cells: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: Any = field(default_factory=lambda: np.zeros(LAST_COLUMN, bool))
    columns_told: int = 0
    may_be_long: bool = False

    def reach(self, row: int, column: int) -> None:
        """Stretch the rectangle from A1 to a cell by its row and column from 0."""
        if row >= self.rows or column >= self.columns:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            self.last = f"{column_letters(column)}{row + 1}"

    def show_percent(self, rows: Any, columns: Any) -> None:
        """Note cells whose style shows a percentage, as long as there are not more than may be read."""
        if len(rows) and self.percent_cells <= limits.MOST_CELLS:
            self.percents.append((rows.astype(np.uint32), columns.astype(np.uint16)))
            self.percent_cells += len(rows)

    def name_formula(self, place: str) -> None:
        """Count a formula, and name its cell if it is one of the first."""
        self.formulas += 1
        if len(self.formula_places) < limits.PLACES_NAMED:
            self.formula_places.append(place)

    def merge(self, reference: str) -> None:
        """Note a merged range, as `A1:C3`; anything else is none."""
        if found := _RANGE.fullmatch(reference):
            left, top, right, bottom = found.groups()
            self.merged.append((int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)))

    def hide_row(self, row: int) -> None:
        """Note a hidden row by its number from 0."""
        if 0 <= row < LAST_ROW:
            self.hidden_rows.add(row)

    def hide_columns(self, said: dict[str, str]) -> None:
        """Note the columns of a `<col>` that says of them that they are hidden; more than there can be are counted."""
        self.columns_told += 1
        if self.columns_told > LAST_COLUMN or said.get("hidden") not in ("1", "true"):
            return
        first, last = said.get("min", ""), said.get("max", "")
        if NUMBER.fullmatch(first) and NUMBER.fullmatch(last):
            self.hidden_columns[int(first) - 1 : int(last)] = True


NUMBER = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", re.ASCII)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


def parts_of(reference: str) -> tuple[int, int]:
    """Row and column from 0 of a cell's reference; raises ValueError where it is none."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    return int(match[2]) - 1, column_index(match[1])
