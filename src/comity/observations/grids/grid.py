"""A table as layouts see it, whether it stands in a text or on a sheet of a workbook: rows of cells, and places."""

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from operator import add

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import MOST_COLUMNS, Table, at_most_columns
from comity.evidence.findings import Finding
from comity.evidence.places import CellPlace, column_index, column_letters
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Sheet, Value, cell_name, cell_text, is_workbook
from comity.observations.grids.headings import best_headings
from comity.observations.grids.other_columns import (
    REGION_FIELDS,
    Unheaded,
    holds_confidentiality,
    holds_notes,
    judge_empty_row,
    judge_regions,
    mark_rows,
    notes_of,
    notice_unread,
    unheaded_columns,
)
from comity.observations.grids.sheets import holds_data, known_sheets, sheets_of
from comity.observations.grids.text_tables import read_whole, remarks_in, repeated, start_of_table, usual_mark
from comity.observations.numbers import MARK_OF_R
from comity.observations.observation import slug
from comity.observations.reading import OutsideText, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.titles_and_notes import say_beside
from comity.observations.words import qualifiers
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


def said(cell: Value) -> str:
    """A cell that holds words, without spaces about them; blank for R's mark of a missing one."""
    text = cell_text(cell).strip()
    return "" if text == MARK_OF_R else text


@dataclass(frozen=True)
class Fields:
    """The column of each field of a layout in a grid, and the headings that are of no field, by column.

    `beside` are columns that the layout has, of which no row is told what it is of: what people write there is judged
    with the notes.
    """

    columns: Mapping[str, int]
    others: Mapping[int, str]
    beside: tuple[int, ...] = ()

    def cell(self, cells: Sequence[Value], field: str) -> Value:
        """The cell of a field in a row; blank where the row ends before it or the table has no such column."""
        column = self.columns.get(field)
        return "" if column is None else _cell(cells, column)

    def text(self, cells: Sequence[Value], field: str) -> str:
        """The cell of a field in a row as text; see `said`."""
        return said(self.cell(cells, field))

    def without(self, fields: Collection[str], grid: Grid) -> "Fields":
        """These fields, some of which are not read in a table, so that their columns are others."""
        unread = {column: grid.headings[column] for field, column in self.columns.items() if field in fields}
        columns = {field: column for field, column in self.columns.items() if field not in fields}
        return replace(self, columns=columns, others={**self.others, **unread})

    def without_columns(self, columns: Collection[int]) -> "Fields":
        """These fields without some of the columns that are of none."""
        return replace(self, others={column: text for column, text in self.others.items() if column not in columns})

    def with_beside(self, *, fields: Collection[str] = (), headings: Collection[str] = ()) -> "Fields":
        """These fields, some of which are `beside`, as are other columns of such headings, given as slugs."""
        known = [column for column, heading in self.others.items() if slug(heading) in headings]
        found = [self.columns[field] for field in fields if field in self.columns]
        return replace(self.without_columns(known), beside=(*self.beside, *found, *known))


def _cell(cells: Sequence[Value], column: int) -> Value:
    return cells[column] if column < len(cells) else ""


def fields_in(headings: Sequence[str], names: Mapping[str, Sequence[str]]) -> Fields:
    """The fields among headings; `names` gives the words for each, whose case, spaces and marks do not matter."""
    wanted = {slug(word): field for field, words in names.items() for word in words}
    columns: dict[str, int] = {}
    others: dict[int, str] = {}
    for column, heading in enumerate(headings):
        field = wanted.get(slug(heading))
        if field is not None and field not in columns:
            columns[field] = column
        elif heading:
            others[column] = heading
    return Fields(columns, others)


def fields_of(grid: Grid, names: Mapping[str, Sequence[str]], required: Sequence[str]) -> Fields:
    """The fields of a grid.

    Raises BadInput where a required field has no column, naming the headings that are of no field, and where two
    columns are headed as one field or two columns of a text have one heading.
    """
    found = fields_in(grid.headings, names)
    others = ", ".join(found.others.values())
    at = grid.place(grid.heading_row, 0) if grid.sheet else str(grid.heading_row)
    faults = [
        Fault(grid.file, at, others, _("a column headed “%s”") % names[field][0])
        for field in required
        if field not in found.columns
    ]
    wanted = {slug(word): words[0] for words in names.values() for word in words}
    faults += [
        Fault(
            grid.file,
            grid.place(grid.heading_row, column),
            heading,
            _("one column headed “%s”") % wanted[slug(heading)],
        )
        for column, heading in found.others.items()
        if slug(heading) in wanted
    ]
    faults += [
        Fault(grid.file, str(grid.heading_row), heading, _("one column of each heading"))
        for heading in repeated(() if grid.sheet else grid.headings)
    ]
    if faults:
        raise BadInput(faults)
    return found


def notice_other_columns(
    reading: Reading,
    grid: Grid,
    fields: Fields,
    areas: AreaFinder,
    known: Collection[str] = (),
    years: Iterable[int] = (),
) -> None:
    """Notice every column that is of no field; `years` are the columns of years; see `notice_unread`.

    What notes, regions and the columns `beside` say of single rows is kept for `judge`.
    """
    rows = [row for _number, row in grid.rows]
    unread: list[tuple[str, str, Sequence[Value]]] = [
        (grid.place(grid.heading_row, column), heading, [_cell(row, column) for row in rows])
        for column, heading in fields.others.items()
        if not holds_confidentiality(heading)
    ]
    unread += [(grid.place(grid.heading_row, one.column), "", one.cells) for one in _unheaded(grid) if any(one.cells)]
    read = ([_cell(row, column) for row in rows] for column in fields.columns.values())
    of_years = ([_cell(row, column) for row in rows] for column in years)
    notice_unread(reading, unread, read, areas, known, of_years)
    notes = [column for column, heading in fields.others.items() if holds_notes(heading)]
    for column in (*notes, *fields.beside):
        say_beside(reading, notes_of(grid.headings[column], _texts(grid, column)))
    for column, heading in fields.others.items():
        if holds_confidentiality(heading):
            mark_rows(reading, _texts(grid, column))
    for field in REGION_FIELDS:
        if field in fields.columns:
            judge_regions(reading, _texts(grid, fields.columns[field]), areas)


def judge_blank(
    reading: Reading,
    areas: AreaFinder,
    grid: Grid,
    number: int,
    cells: Sequence[Value],
    own: Iterable[Value],
    others: Iterable[Value] = (),
) -> None:
    """Judge a row that gives no value; `own` are the cells of its area, `others` those of its other fields.

    See `judge_empty_row`.
    """
    texts = [(grid.place(number, column), text) for column, cell in enumerate(cells) if (text := said(cell))]
    fields = [said(cell) for cell in own]
    whole = all(fields) and all(map(said, others))
    judge_empty_row(reading, areas, list(filter(None, fields)), texts, whole=whole)


def _texts(grid: Grid, column: int) -> Iterator[tuple[str, str]]:
    """The cells of a column that hold something, as texts with their places."""
    for place, cell in grid.column(column):
        if text := said(cell):
            yield place, text


def outside_of(
    grids: Sequence[Grid], own: re.Pattern[str] | None = None, told: Callable[[str], bool] = lambda _text: False
) -> list[OutsideText]:
    """What stands outside the rows of tables, for `judge`: titles, comments, names of sheets, remarks.

    What is wholly `own` to the layout, such as the names of its own sheets, says nothing of the rows, and a remark of
    its own is named alone; what is `told` is read by the layout, and judged without being named.
    """
    found = []
    for one in (one for grid in grids for one in _outside(grid)):
        of_layout = own is not None and own.fullmatch(one.text) is not None
        read = told(one.text) or (of_layout and one.kind != "remark")
        found.append(one._replace(own=of_layout, told=read))
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
    for one in _unheaded(grid):
        for text, index in one.words.items():
            yield grid.rows[index][0], one.column, text


def _unheaded(grid: Grid) -> list[Unheaded]:
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


def choose_sheets(
    grids: Sequence[Grid], is_of_layout: Callable[[Grid], bool], *, merged: bool = False
) -> tuple[list[Grid], list[Finding]]:
    """The tables of a layout that are read, and a finding for each sheet that is not: hidden, a copy, of another kind.

    `merged` says that the layout reads cells that are merged over rows, of which only the first holds something. Raises
    BadInput where every sheet of the layout is hidden, and where cells of a sheet that is read are merged otherwise, or
    wait for a program that computes them.
    """
    chosen: list[Grid] = []
    findings = []
    for grid in grids:
        copied = False
        if grid.hidden:
            said = _("%(place)s: the sheet “%(sheet)s” is hidden and was not read (%(rows)d rows)")
        elif not is_of_layout(grid):
            said = _("%(place)s: the sheet “%(sheet)s” is of another layout and was not read (%(rows)d rows)")
        elif any((grid.headings, grid.rows) == (one.headings, _renumbered(one.rows, grid.rows)) for one in chosen):
            said = _("%(place)s: the sheet “%(sheet)s” is a copy of another and was read once (%(rows)d rows)")
            copied = True
        else:
            _check_cells(grid, dict.fromkeys((*(grid.merged if not merged else ()), *grid.covering)))
            chosen.append(grid)
            findings += _hidden_parts(grid)
            continue
        if grid.rows or any(grid.headings):
            findings.append(_unread(grid, said, copied=copied))
            findings += _notes_in(grid)
    if not chosen:
        shown = ", ".join(grid.sheet for grid in grids if is_of_layout(grid))
        raise BadInput(Fault(grids[0].file, shown, shown, _("a sheet that is not hidden; unhide it and save again")))
    return chosen, findings


def _notes_in(grid: Grid) -> list[Finding]:
    """Names what a sheet of notes beside the tables, a text or two in a row, says of a part: nobody may look there."""
    rows = [*grid.above, (grid.heading_row, grid.headings), *grid.rows]
    texts = [
        [(number, column, said(cell)) for column, cell in enumerate(cells) if said(cell)] for number, cells in rows
    ]
    if any(len(row) > 2 for row in texts):
        return []
    message = _("%(place)s: “%(value)s” stands on a sheet that is not read; it may say that figures are of a part")
    expected = _("no remark that says of the rows that they are of a part; say it in the columns")
    return [
        Finding("remark", "warning", grid.file, place, text, expected, message % {"place": place, "value": text})
        for number, column, text in chain.from_iterable(texts)
        if qualifiers.qualifies(text) and (place := grid.place(number, column))
    ]


def _check_cells(grid: Grid, merged: Iterable[str]) -> None:
    unmerged = _("cells that are not merged over rows: unmerge them, and write in each what it means")
    unsaved = _("a value; where a formula stands without one, open the workbook and save it again")
    faults = [Fault(grid.file, f"{grid.sheet}!{place}", place, unmerged) for place in merged]
    faults += [Fault(grid.file, f"{grid.sheet}!{place}", "", unsaved) for place in grid.unsaved]
    if faults:
        raise BadInput(faults)


def _hidden_parts(grid: Grid) -> list[Finding]:
    """Says that rows or columns are hidden, as a filter hides them, and were read all the same."""
    if not grid.hidden_parts:
        return []
    place = f"{grid.sheet}!A{grid.heading_row}"
    said = {"place": place, "parts": ", ".join(grid.hidden_parts)}
    message = _("%(place)s: rows or columns of the sheet are hidden and were read, the first: %(parts)s") % said
    expected = _("a sheet of which nothing is hidden")
    return [Finding("hidden-cells", "warning", grid.file, place, said["parts"], expected, message)]


def _renumbered(rows: Sequence[tuple[int, Sequence[Value]]], like: Sequence[tuple[int, Sequence[Value]]]) -> object:
    """Rows with the numbers of others, so that only their cells are compared."""
    if len(rows) != len(like):
        return None
    return [(number, cells) for (number, _cells), (_number, cells) in zip(like, rows, strict=True)]


def _unread(grid: Grid, said: str, *, copied: bool) -> Finding:
    place = f"{grid.sheet}!A{grid.heading_row}"
    message = said % {"place": place, "sheet": grid.sheet, "rows": len(grid.rows)}
    expected = _("a sheet that is read")
    rule = "unread-table" if not copied and holds_data(grid.sheet, grid.headings, grid.rows) else "unread-sheet"
    return Finding(rule, "warning", grid.file, place, grid.sheet, expected, message)


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
        merged=tuple(_merged_over_rows(sheet, at)),
        covering=tuple(_covering(sheet, at)),
        unsaved=tuple(place for place in sheet.formula_places if _waits(sheet, place, at)),
        hidden_parts=(*sheet.hidden_row_places, *sheet.hidden_column_places),
    )


def _merged_over_rows(sheet: Sheet, heading: int) -> Iterator[str]:
    """The merged ranges that take in cells of several rows of data which hold something, or of headings and such rows.

    Their value, from 0, stands in the first cell alone.
    """
    if not sheet.merged:
        return
    headed = _running(cell != "" for cell in (sheet.rows[heading] if sheet.rows else []))
    holding = _running(any(cell != "" for cell in cells) for cells in sheet.rows)
    for top, left, bottom, right in sheet.merged:
        data = _within(holding, max(top, heading + 1), bottom) if bottom > heading else 0
        if data and data + (top <= heading) > 1 and _within(headed, left, right):
            yield _range_name(top, left, bottom, right)


def _covering(sheet: Sheet, heading: int) -> Iterator[str]:
    """The merged ranges over a cell of the rows of data, other than their first, with a value: nobody sees it."""
    below = [one for one in sheet.merged if one[2] > heading]
    filled = _filled_below(sheet, heading) if below else []
    for top, left, bottom, right in below:
        first = max(top - heading - 1, 0)
        seen = top > heading and _holds(sheet, top, left)
        if _filled_within(filled, first, left, bottom - heading - 1, right) > seen:
            yield _range_name(top, left, bottom, right)


def _range_name(top: int, left: int, bottom: int, right: int) -> str:
    return f"{cell_name(top, left)}:{cell_name(bottom, right)}"


def _holds(sheet: Sheet, row: int, column: int) -> bool:
    return row < len(sheet.rows) and _cell(sheet.rows[row], column) != ""


def _filled_below(sheet: Sheet, heading: int) -> list["array[int]"]:
    """How many cells below the headings hold something, above each row and left of each column: ranges may be large."""
    sums = [array("i", [0] * (sheet.width + 1))]
    for cells in sheet.rows[heading + 1 :]:
        along = _running(cell != "" for cell in cells)
        sums.append(array("i", map(add, sums[-1], along)))
    return sums


def _filled_within(sums: list["array[int]"], top: int, left: int, bottom: int, right: int) -> int:
    """How many cells of a range hold something, as far as there are so many rows and columns."""
    last_row, last_column = len(sums) - 1, len(sums[0]) - 1
    first, last = sums[min(top, last_row)], sums[min(bottom + 1, last_row)]
    left, right = min(left, last_column), min(right + 1, last_column)
    return last[right] - last[left] - first[right] + first[left]


def _running(counted: Iterable[bool]) -> list[int]:
    """How many of what is counted stand before each index, and before the end."""
    return [0, *accumulate(counted)]


def _within(running: Sequence[int], first: int, last: int) -> int:
    """How many of what is counted stand from one index to another, as far as there are so many."""
    end = len(running) - 1
    return running[max(min(last + 1, end), 0)] - running[min(first, end)]


def _waits(sheet: Sheet, place: str, heading: int) -> bool:
    """Whether a cell below the headings, which holds a formula, has no value, or a 0 that may stand for none."""
    cell = CellPlace.parse(f"{sheet.name}!{place}")
    if not heading < cell.row - 1 < len(sheet.rows):
        return False
    value = _cell(sheet.rows[cell.row - 1], column_index(cell.column))
    return value == "" or (sheet.uncomputed and value in (0, "0"))
