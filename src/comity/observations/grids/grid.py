"""A table as layouts see it, whether it stands in a text or on a sheet of a workbook: rows of cells, and places."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import MOST_COLUMNS, Table, at_most_columns
from comity.evidence.places import CellPlace, column_index, column_letters
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Sheet, Value, cell_text, is_workbook
from comity.observations.grids.cells import cell_at
from comity.observations.grids.headings import best_headings
from comity.observations.grids.merged_cells import covering_ranges, ranges_over_rows
from comity.observations.grids.other_columns import (
    Unheaded,
    unheaded_columns,
)
from comity.observations.grids.sheets import known_sheets, sheets_of
from comity.observations.grids.text_tables import read_whole, remarks_in, start_of_table, usual_mark
from comity.observations.reading import OutsideText
from comity.observations.rows.areas import AreaFinder
from comity.observations.words.plain_text import says_something


@dataclass(frozen=True)
class Grid:
    """A table: what stands above it, its headings, and its rows, each with its number in the file, blank ones left out.

    `sheet` is blank where the table is a text; `usual` is then the decimal mark that tables parted so usually have.
    """

    file: str
    sheet: str
    above: tuple[tuple[int, tuple[Value, ...]], ...]
    heading_row: int
    headings: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Value]]]
    usual: str = "."
    hidden: bool = False
    formulas: tuple[int, tuple[str, ...]] = (0, ())
    """How many cells hold formulas, and the places of the first."""
    comments: tuple[tuple[int, str], ...] = ()
    merged: tuple[str, ...] = ()
    """Ranges of cells over several rows of data, or headings and rows, `L4:L6`: all but the first of each are blank."""
    covering: tuple[str, ...] = ()
    """Merged ranges over cells of data that hold something, other than their first."""
    unsaved: tuple[str, ...] = ()
    """The first cells of data with a formula and no value that was computed and saved with it."""
    hidden_parts: tuple[str, ...] = ()
    """The first hidden rows and columns that hold something, `14` and `C`."""
    remarks: tuple[tuple[int, int, str], ...] = ()
    """What people write below or beside a table, by the number of its row and its column from 0: it is in no row."""

    def place(self, number: int, column: int) -> str:
        """The place of a cell by its row's number and its column from 0."""
        if self.sheet:
            return f"{self.sheet}!{column_letters(column)}{number}"
        heading = self.headings[column] if column < len(self.headings) else ""
        return f"{number}:{heading}" if heading else str(number)

    def column(self, column: int) -> Iterator[tuple[str, Value]]:
        """The cells of a column, each with its place."""
        for number, cells in self.rows:
            if column < len(cells):
                yield self.place(number, column), cells[column]


def outside_of(
    grids: Sequence[Grid], own: re.Pattern[str] | None = None, told: Callable[[str], bool] = lambda _text: False
) -> list[OutsideText]:
    """What stands outside the rows of tables, for `judge_titles_and_notes`: titles, comments, names of sheets, remarks.

    What is wholly `own` to the layout, such as the names of its own sheets, says nothing of the rows, and a remark of
    its own is named alone; what is `told` is read by the layout, and judged without being named.
    """
    found = []
    for one in (one for grid in grids for one in _outside(grid)):
        of_layout = own is not None and own.fullmatch(one.text) is not None
        read = told(one.text) or (of_layout and one.kind != "remark")
        found.append(one._replace(own=of_layout, is_read=read))
    return found


def _outside(grid: Grid) -> Iterator[OutsideText]:
    for line, text in grid.comments:
        yield OutsideText("title", str(line), text)
    for number, cells in grid.above:
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and says_something(cell):
                yield OutsideText("title", grid.place(number, column), cell.strip())
    if grid.sheet:
        yield OutsideText("sheet", grid.sheet, grid.sheet)
    for number, column, text in (*grid.remarks, *_beside(grid)):
        yield OutsideText("remark", grid.place(number, column), text)


def _beside(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """The words that stand beside rows in columns without a heading: remarks beside the table."""
    for one in unheaded_of(grid):
        for text, index in one.words.items():
            yield grid.rows[index][0], one.column, text


def unheaded_of(grid: Grid) -> list[Unheaded]:
    return unheaded_columns(grid.headings, [cells for _number, cells in grid.rows])


def _without_remarks(grid: Grid, areas: AreaFinder) -> Grid:
    """A table whose rows of remarks stand apart; one that names an area is a row that lacks the rest."""
    found = []
    if sum(map(bool, grid.headings)) > 2:
        for number, cells in grid.rows:
            texts = [cell if isinstance(cell, str) else cell_text(cell) for cell in cells]
            found += [(number, column, texts[column].strip()) for column in remarks_in(texts, areas)]
    numbers = {number for number, _column, _text in found}
    return replace(grid, remarks=tuple(found), rows=[row for row in grid.rows if row[0] not in numbers])


def known_grids(name: str, data: bytes, names: Mapping[str, Sequence[str]]) -> Sequence[Grid]:
    """The tables of a file, for recognising it: of a text only its first rows are looked at. Never raises.

    `names` are the headings that are looked for, by which the row of headings of a sheet is found.
    """
    sheets = known_sheets(name, data)
    if sheets:
        return [_of_sheet(name, sheet, names) for sheet in sheets]
    table = start_of_table(data)
    return [_of_table(name, table)] if table else []


def grids_of(
    name: str, data: bytes, names: Mapping[str, Sequence[str]], areas: AreaFinder | None = None
) -> Sequence[Grid]:
    """The tables of a file, whole; with `areas` the rows that are remarks stand apart.

    Raises BadInput for what cannot be read.
    """
    if is_workbook(data):
        grids = [_of_sheet(name, sheet, names) for sheet in sheets_of(name, data)]
        for grid in grids:
            if (count := sum(map(bool, grid.headings))) > MOST_COLUMNS:
                found = _("%(count)s columns") % {"count": f"{count:,}"}
                raise BadInput(Fault(name, f"{grid.sheet}!{grid.heading_row}", found, at_most_columns()))
    else:
        grids = [_of_table(name, read_whole(name, data, western=True))]
    return [_without_remarks(grid, areas) for grid in grids] if areas else grids


def _of_table(name: str, table: Table) -> Grid:
    width = len(table.headings)
    return Grid(
        file=name,
        sheet="",
        above=tuple((line.line, line.cells) for line in table.above),
        heading_row=table.heading_line,
        headings=tuple(table.headings),
        rows=[(line, cells + [""] * (width - len(cells))) for line, cells in table.records],
        usual=usual_mark(table.delimiter),
        comments=tuple((line.line, line.cells[0]) for line in table.comments),
    )


def _of_sheet(name: str, sheet: Sheet, names: Mapping[str, Sequence[str]]) -> Grid:
    at = best_headings(sheet.rows, names).row
    return Grid(
        file=name,
        sheet=sheet.name,
        above=tuple((number, tuple(cells)) for number, cells in enumerate(sheet.rows[:at], start=1)),
        heading_row=at + 1,
        headings=tuple(cell_text(cell).strip() for cell in sheet.rows[at]) if sheet.rows else (),
        rows=[
            (number, cells)
            for number, cells in enumerate(sheet.rows[at + 1 :], start=at + 2)
            if any(cell != "" for cell in cells)
        ],
        hidden=sheet.hidden,
        formulas=(sheet.formulas, sheet.formula_places),
        merged=tuple(ranges_over_rows(sheet, at)),
        covering=tuple(covering_ranges(sheet, at)),
        unsaved=tuple(place for place in sheet.formula_places if _waits(sheet, place, at)),
        hidden_parts=(*sheet.hidden_row_places, *sheet.hidden_column_places),
    )


def _waits(sheet: Sheet, place: str, heading: int) -> bool:
    """Whether a cell below the headings, which holds a formula, has no value, or a 0 that may stand for none."""
    cell = CellPlace.parse(f"{sheet.name}!{place}")
    if not heading < cell.row - 1 < len(sheet.rows):
        return False
    value = cell_at(sheet.rows[cell.row - 1], column_index(cell.column))
    return value == "" or (sheet.uncomputed and value in (0, "0"))
