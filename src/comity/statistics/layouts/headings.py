"""Finding the heading row of a table: by its words, wherever it stands and in whatever order its columns come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.workbook import Sheet, cell_name, cell_text
from comity.statistics.observation import slug

ROWS_LOOKED_AT = 30


@dataclass(frozen=True)
class Headings:
    """The row in which the headings stand, counted from 0, and the column of each field that was found."""

    row: int
    columns: Mapping[str, int]

    def cell(self, cells: Sequence[Any], field: str) -> Any:
        """The cell of a field in a row; blank where the row ends before it or the table has no such column."""
        column = self.columns.get(field)
        return "" if column is None or column >= len(cells) else cells[column]

    def place(self, sheet: str, row: int, field: str) -> str:
        """The place of a field's cell in a row, as `Sheet!C14`."""
        return f"{sheet}!{cell_name(row, self.columns.get(field, 0))}"


def best_headings(rows: Sequence[Sequence[Any]], names: Mapping[str, Sequence[str]]) -> Headings:
    """Of the first rows the one that holds most of the headings.

    `names` gives for each field the words by which it may be headed; case, spaces and underscores do not matter.
    """
    wanted = {slug(word): field for field, words in names.items() for word in words}
    best = Headings(0, {})
    for index, row in enumerate(rows[:ROWS_LOOKED_AT]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = wanted.get(slug(cell_text(cell))) if isinstance(cell, str) else None
            if field is not None:
                columns.setdefault(field, column)
        if len(columns) > len(best.columns):
            best = Headings(index, columns)
    return best


def find_headings(
    file: str, sheet: Sheet, names: Mapping[str, Sequence[str]], required: Sequence[str] | None = None
) -> Headings:
    """The heading row of a sheet.

    Raises BadInput where a required heading (all, where `required` is not given) is missing, naming the row that comes
    nearest and, for each missing heading, the cells of that row which are no known heading.
    """
    best = best_headings(sheet.rows, names)
    missing = [field for field in (required if required is not None else names) if field not in best.columns]
    if not missing:
        return best
    row = sheet.rows[best.row] if sheet.rows else []
    known = set(best.columns.values())
    others = ", ".join(cell_text(cell) for index, cell in enumerate(row) if index not in known and cell_text(cell))
    raise BadInput(
        [
            Fault(file, f"{sheet.name}!{cell_name(best.row, 0)}", others, _("a column headed “%s”") % names[field][0])
            for field in missing
        ]
    )
