"""Comma-separated tables that are known by their headings, read whole or refused."""

from collections.abc import Sequence

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import Row, table_of
from comity.evidence.files.texts import decode, lines_of, start_of
from comity.evidence.wording import gettext as _


def register_rows(file: str, data: bytes, headings: Sequence[str]) -> list[Row]:
    """The rows of a comma-separated table with exactly these headings, in this order.

    Raises BadInput for text that is not UTF-8 or holds a null character, a quote that is never closed, other headings,
    or cells beyond the last.
    """
    table = table_of(file, decode(data, file))
    if table.headings != list(headings):
        raise BadInput(Fault(file, "1", ",".join(table.headings), _("the headings %s") % ",".join(headings)))
    beyond = [
        Fault(file, str(row.line), row.cells[""], _("%d cells in a row") % len(headings))
        for row in table.rows
        if "" in row.cells
    ]
    if beyond:
        raise BadInput(beyond)
    return table.rows


def has_headings(data: bytes, headings: Sequence[str]) -> bool:
    """Whether a file begins with exactly these headings, comments before them left out. Never raises."""
    for line in lines_of(start_of(data, 65_536)):
        if not line.startswith("#"):
            return [cell.strip(' "') for cell in line.split(",")] == list(headings)
    return False
