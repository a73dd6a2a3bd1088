"""Finding the row of headings of a sheet, wherever it stands and in whatever order its columns come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.evidence.errors import BadInput, Fault
from comity.evidence.places import column_letters
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Sheet, Value, cell_name, cell_text
from comity.observations.observation import slug

ROWS_LOOKED_AT = 30
"""Of a sheet: the portal has its headings in the third row, the study of 2013 in the third and fourth."""


@dataclass(frozen=True)
class Headings:
    """The row in which the headings stand, counted from 0, and the column of each field that was found.

    `twice` are the fields that a second column is headed as, with that column; `others` the headings that are of no
    field, by column.
    """

    row: int
    columns: Mapping[str, int]
    twice: Mapping[str, int]
    others: Mapping[int, str]

    def cell(self, cells: Sequence[Value], field: str) -> Value:
        """The cell of a field in a row; blank where the row ends before it or the table has no such column."""
        column = self.columns.get(field)
        return "" if column is None or column >= len(cells) else cells[column]

    def place(self, sheet: str, row: int, field: str) -> str:
        """The place of a field's cell in a row, as `Sheet!C14`."""
        return f"{sheet}!{column_letters(self.columns.get(field, 0))}{row + 1}"


def best_headings(rows: Sequence[Sequence[Value]], names: Mapping[str, Sequence[str]]) -> Headings:
    """Of the first rows the one that holds most of the headings.

    `names` gives for each field the words by which it may be headed; case, spaces and underscores do not matter.
    """
    wanted = {slug(word): field for field, words in names.items() for word in words}
    best = Headings(0, {}, {}, {})
    for index, row in enumerate(rows[:ROWS_LOOKED_AT]):
        found = _headings(index, row, wanted)
        if len(found.columns) > len(best.columns):
            best = found
    return best


def _headings(index: int, row: Sequence[Value], wanted: Mapping[str, str]) -> Headings:
    columns: dict[str, int] = {}
    twice: dict[str, int] = {}
    others: dict[int, str] = {}
    for column, cell in enumerate(row):
        field = wanted.get(slug(cell)) if isinstance(cell, str) else None
        if field is None:
            if cell != "":
                others[column] = cell_text(cell)
        elif field in columns:
            twice[field] = column
        else:
            columns[field] = column
    return Headings(index, columns, twice, others)


def find_headings(
    file: str, sheet: Sheet, names: Mapping[str, Sequence[str]], required: Sequence[str] | None = None
) -> Headings:
    """The heading row of a sheet.

    Raises BadInput where a required heading (all, where `required` is not given) is missing, naming the row that comes
    nearest and, for each missing heading, the cells of that row which are no known heading; and where two columns are
    headed as one field.
    """
    best = best_headings(sheet.rows, names)
    others = ", ".join(best.others.values())
    faults = [
        Fault(file, f"{sheet.name}!{cell_name(best.row, 0)}", others, _("a column headed “%s”") % names[field][0])
        for field in (required if required is not None else names)
        if field not in best.columns
    ]
    faults += [
        Fault(
            file,
            f"{sheet.name}!{cell_name(best.row, column)}",
            cell_text(sheet.rows[best.row][column]),
            _("one column headed “%s”") % names[field][0],
        )
        for field, column in best.twice.items()
    ]
    if faults:
        raise BadInput(faults)
    return best
