"""The two forms of Eurostat's tables: the wide TSV of both its services, and long CSV (SDMX-CSV 1.0 and 2.0).

A wide table holds the codes of all dimensions in its first column and a year in each other; which dimensions, and in
which order, its heading says. Programs that part cells at commas too give each dimension a column of its own. A value
may bear letters that flag it, and a mark of confidentiality: `66.5 bd`, `: @C`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.grids.grid import Grid
from comity.observations.grids.sdmx_csv import Label, code, headings_of_codes, labels, labels_beside, structures_of

_WIDE = re.compile(r"(?P<dimensions>[a-z]\w*(?:,[a-z]\w*)*)\\(?:TIME_PERIOD|time)", re.IGNORECASE)
"""“freq,iccs,unit,geo\\TIME_PERIOD”."""
_DIMENSION = re.compile(r"[a-z][a-z0-9_]*")
"""pers_cat."""

# The columns of long tables that are no dimensions.
YEAR, VALUE, FLAGS, CONFIDENTIALITY = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"
_UPDATED, _ACTION = "LAST UPDATE", "ACTION"
_STRUCTURE = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME")
_BESIDE = (FLAGS, CONFIDENTIALITY, _UPDATED, _ACTION, *_STRUCTURE)
"""Columns of which no row is told what it is of."""
COLUMNS = (YEAR, VALUE, *_BESIDE)
_CELL = re.compile(r"(?P<value>:|[^\s:@a-zA-Z]*+)\s*+(?P<flags>[a-z]*+)\s*+(?:@\s*+(?P<confidentiality>[A-Z]))?")
"""“66.5 bd”, “: @C”."""
MARKS_OF_MISSING = frozenset({"nan", "na"})
"""How R and pandas mark what is missing; no flags of Eurostat read so together."""


class Cell(NamedTuple):
    """A value as a table states it: its dimensions, period, text, flags and place.

    `at` gives the place of another column of its row by the heading.
    """

    dimensions: Mapping[str, str]
    at: Callable[[str], str]
    period: str
    text: str
    value: str
    flags: str
    confidentiality: str
    place: str
    deleted: bool = False


def is_wide(grid: Grid) -> bool:
    return _WIDE.fullmatch(_joined(grid)) is not None


def _joined(grid: Grid) -> str:
    """The heading of all dimensions: the first, or the first ones until the one that ends with the time, joined."""
    last = next((column for column, heading in enumerate(grid.headings) if "\\" in heading), 0)
    return ",".join(grid.headings[: last + 1])


def parts_of(text: str) -> tuple[str, str, str]:
    """Value, flags and mark of confidentiality of a cell such as `66.5 bd` or `: @C`; another text is all value."""
    bare = text.strip()
    match = _CELL.fullmatch(bare) if bare.casefold() not in MARKS_OF_MISSING else None
    return (match["value"], match["flags"], match["confidentiality"] or "") if match else (bare, "", "")


class WideTable:
    """A table whose first column holds the dimensions, or whose first columns hold one each, and each other a year."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.at = grid.place(grid.heading_row, 0)
        joined = _joined(grid)
        match = _WIDE.fullmatch(joined)
        self.dimensions = match["dimensions"].lower().split(",") if match else []
        self.width = 1 if joined == grid.headings[0] else len(self.dimensions)
        self.others: dict[int, str] = {}
        self.beside: tuple[int, ...] = ()
        self.years: dict[int, str] = {}
        faults = [
            Fault(grid.file, self.at, joined, _("a dimension “%s”") % needed)
            for needed in ("geo", "unit")
            if needed not in self.dimensions
        ]
        for column, heading in enumerate(grid.headings[self.width :], start=self.width):
            if re.fullmatch(r"\d{4}", heading) and heading not in self.years.values():
                self.years[column] = heading
            elif heading:
                place = grid.place(grid.heading_row, column)
                expected = _("a year as heading, once: only values of whole years are read")
                faults.append(Fault(grid.file, place, heading, expected))
        if faults:
            raise BadInput(faults)

    def named(self) -> dict[str, str]:
        """No wide table names its data set."""
        return {}

    def updates(self) -> list[str]:
        """No wide table says when it was updated."""
        return []

    def labels(self) -> Iterator[Label]:
        """The labels behind the codes of the dimensions that have a column of their own."""
        return labels(self.grid, dict(zip(self.dimensions, range(self.width), strict=False)) if self.width > 1 else {})

    def cells(self) -> Iterator[Cell]:
        for number, cells in self.grid.rows:
            text = ",".join(cell_text(cell) for cell in cells[: self.width])
            codes = [one.strip() for one in text.split(",")]
            same = len(codes) == len(self.dimensions)
            given = dict(zip(self.dimensions, map(code, codes), strict=True)) if same else {"": text}
            at = partial(self._at, number)
            for column, year in self.years.items():
                text = cell_text(cells[column]) if column < len(cells) else ""
                if text.strip():
                    yield Cell(given, at, year, text, *parts_of(text), self.grid.place(number, column))

    def _at(self, number: int, heading: str) -> str:
        """All codes of a row stand in its first cell, unless each has a column of its own."""
        known = self.width > 1 and heading in self.dimensions
        return self.grid.place(number, self.dimensions.index(heading) if known else 0)


class LongTable:
    """A table with a row for each value. Headings of dimensions are in lower case; what stands beside them labels them.

    A code may bear its label behind it: `A:Annual`.
    """

    def __init__(self, grid: Grid):
        self.grid = grid
        self.at = grid.place(grid.heading_row, 0) if grid.sheet else str(grid.heading_row)
        self.columns: dict[str, int] = {}
        self.others: dict[int, str] = {}
        headings = headings_of_codes(grid)
        labelled = "STRUCTURE" in headings
        self.labelling: dict[int, tuple[int, str]] = {}
        of_values = []
        faults = []
        for column, heading in enumerate(headings):
            if heading in self.columns:
                place = grid.place(grid.heading_row, column)
                faults.append(Fault(grid.file, place, heading, _("one column of each heading")))
            elif heading in COLUMNS or _DIMENSION.fullmatch(heading):
                self.columns[heading] = column
            elif heading and not labelled:
                self.others[column] = heading
            elif heading and headings[column - 1] == VALUE:
                of_values.append(column)
            elif heading:
                self.labelling[column] = column - 1, headings[column - 1]
        self.beside = (*of_values, *(self.columns[name] for name in _BESIDE if name in self.columns))
        self.dimensions = [heading for heading in self.columns if heading not in COLUMNS]
        faults += [
            Fault(grid.file, self.at, ", ".join(grid.headings), _("a column headed “%s”") % needed)
            for needed in ("geo", "unit", YEAR, VALUE)
            if needed not in self.columns
        ]
        if faults:
            raise BadInput(faults)

    def named(self) -> dict[str, str]:
        """The data sets that the rows name, each with the place that it is met at first."""
        found = structures_of(self.grid).items()
        return {structure.id.split("$")[0].lower(): place for structure, place in found if structure.id}

    def updates(self) -> list[str]:
        """When the rows say that they were updated."""
        if _UPDATED not in self.columns:
            return []
        return list(dict.fromkeys(cell_text(cell) for _place, cell in self.grid.column(self.columns[_UPDATED])))

    def labels(self) -> Iterator[Label]:
        """The labels behind the codes of the dimensions, and those that stand in the columns beside them."""
        yield from labels(self.grid, {name: self.columns[name] for name in self.dimensions})
        yield from labels_beside(self.grid, self.labelling)

    def cells(self) -> Iterator[Cell]:
        for number, cells in self.grid.rows:
            given = {name: code(self._cell(cells, name)) for name in self.dimensions}
            text = cell_text(self._cell(cells, VALUE))
            value, flags, _confidentiality = parts_of(text)
            yield Cell(
                given,
                partial(self._at, number),
                cell_text(self._cell(cells, YEAR)).strip(),
                text,
                value,
                flags + _flags(self._cell(cells, FLAGS)),
                code(self._cell(cells, CONFIDENTIALITY)),
                self.grid.place(number, self.columns[VALUE]),
                code(self._cell(cells, _ACTION)) == "D",
            )

    def _at(self, number: int, heading: str) -> str:
        return self.grid.place(number, self.columns[heading])

    def _cell(self, cells: Sequence[Value], heading: str) -> Value:
        column = self.columns.get(heading)
        return "" if column is None or column >= len(cells) else cells[column]


def _flags(cell: Value) -> str:
    """The flags of a cell of their own, none where a program has marked it as missing."""
    text = code(cell)
    return "" if text.casefold() in MARKS_OF_MISSING else text
