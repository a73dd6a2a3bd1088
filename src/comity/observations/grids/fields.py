"""The columns of a table: which is of which field of a layout, and what the others say of its rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value
from comity.observations.grids.cells import cell_at, text_of
from comity.observations.grids.columns import Column, judge_columns
from comity.observations.grids.grid import Grid, unheaded_of
from comity.observations.grids.other_columns import (
    REGION_FIELDS,
    judge_empty_row,
)
from comity.observations.grids.text_tables import repeated
from comity.observations.observation import slug
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault


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
        return "" if column is None else cell_at(cells, column)

    def text(self, cells: Sequence[Value], field: str) -> str:
        """The cell of a field in a row as text; see `text_of`."""
        return text_of(self.cell(cells, field))

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


class FieldsOfGrid:
    """What reads a grid row by row by the fields of a layout; it says where each of them stands."""

    grid: Grid
    fields: Fields

    def place(self, number: int, field: str) -> str:
        """The place of a field's cell in a row; KeyError for a field that has no column."""
        return self.grid.place(number, self.fields.columns[field])

    def fault(self, rule: str, number: int, cells: Sequence[Value], field: str, expected: str) -> RowFault:
        """What is wrong with the cell of a field in a row; KeyError for a field that has no column."""
        return RowFault(rule, self.place(number, field), self.fields.text(cells, field), expected)


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
    """Notice every column that is of no field; `years` are the columns of years; see `judge_columns`."""
    rows = [row for _number, row in grid.rows]

    def column_of(column: int) -> Column:
        return Column(
            grid.place(grid.heading_row, column),
            fields.others.get(column, grid.headings[column]),
            [cell_at(row, column) for row in rows],
            lambda index: grid.place(grid.rows[index][0], column),
        )

    judge_columns(
        reading,
        list(map(column_of, fields.others)),
        ((grid.place(grid.heading_row, one.column), one.cells) for one in unheaded_of(grid)),
        ([cell_at(row, column) for row in rows] for column in fields.columns.values()),
        areas,
        known,
        ([cell_at(row, column) for row in rows] for column in years),
        beside=list(map(column_of, fields.beside)),
        regions=[column_of(fields.columns[field]) for field in REGION_FIELDS if field in fields.columns],
    )


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
    texts = [(grid.place(number, column), text) for column, cell in enumerate(cells) if (text := text_of(cell))]
    fields = [text_of(cell) for cell in own]
    whole = all(fields) and all(map(text_of, others))
    judge_empty_row(reading, areas, list(filter(None, fields)), texts, whole=whole)
