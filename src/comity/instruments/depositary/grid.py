"""The table of participants: its columns by their headings, its rows by participant, each cell with day and mark.

A date in square brackets is no longer in force for its participant, and is counted neither as signatory nor as party.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.evidence.wording import gettext as _
from comity.instruments.depositary.dates import cell_of
from comity.instruments.depositary.headings import Column, column_of
from comity.instruments.depositary.status_page import Act, Residue, StatusPage

PARTICIPANT = "Participant"


@dataclass(frozen=True)
class GridCell:
    """A cell of the table as its form gives it: line, tidied text without note numbers, the numbers."""

    line: int
    text: str
    notes: tuple[str, ...] = ()


Row = Sequence[GridCell]


def read_grid(page: StatusPage, rows: Sequence[Row]) -> None:
    """Read the rows of the table, the headings first, into the page; what cannot be read is noted as a fault."""
    if not rows or not rows[0] or rows[0][0].text != PARTICIPANT:
        line, found = (rows[0][0].line, rows[0][0].text) if rows and rows[0] else (0, "")
        page.refuse(line, found, _("a table of participants whose first heading is “%s”") % PARTICIPANT)
        return
    columns = [column_of(cell.text) for cell in rows[0][1:]]
    page.headings = tuple(column.heading for column in columns)
    page.has_signatures = any(column.is_signature for column in columns)
    _check_columns(page, rows[0], columns)
    seen: dict[str, int] = {}
    for row in rows[1:]:
        _read_row(page, row, columns, seen)


def _check_columns(page: StatusPage, headings: Row, columns: Sequence[Column]) -> None:
    for cell, column in zip(headings[1:], columns, strict=True):
        if not column.kinds:
            expected = _("a heading of acts that are known, as “Ratification, Accession(a), Succession(d)”")
            page.refuse(cell.line, column.heading, expected)
    if not any(column.binds for column in columns):
        found = "; ".join(column.heading for column in columns)
        page.refuse(headings[0].line, found, _("a column of consents to be bound"))


def _read_row(page: StatusPage, row: Row, columns: Sequence[Column], seen: dict[str, int]) -> None:
    name, line = row[0].text if row else "", row[0].line if row else 0
    if len(row) != len(columns) + 1:
        page.refuse(
            line, name, _("a row of %(count)d cells, as many as there are headings") % {"count": len(columns) + 1}
        )
        return
    if not name:
        page.refuse(
            line, " ".join(cell.text for cell in row).strip(), _("the name of a participant in the first column")
        )
        return
    if name in seen:
        page.refuse(line, name, _("each participant once; it stands already on line %d") % seen[name])
        return
    seen[name] = line
    page.participants += 1
    if not any(cell.text for cell in row[1:]):
        page.refuse(line, name, _("a row with at least one date"))
    for cell, column in zip(row[1:], columns, strict=True):
        if cell.text and column.kinds:
            _read_cell(page, row[0], cell, column)
        elif cell.text:
            page.residue.append(Residue(cell.line, f"{name}, {column.heading}", cell.text))


def _read_cell(page: StatusPage, name: GridCell, cell: GridCell, column: Column) -> None:
    read = cell_of(cell.text)
    if read is None:
        expected = _(
            "a date as “9 Apr 2013 a”, in square brackets where it is no longer in force; the row is that of %s"
        )
        page.refuse(cell.line, cell.text, expected % name.text)
        return
    kind = column.kind(read.mark)
    if kind is None:
        marks = ", ".join(mark or _("no mark") for mark in column.kinds)
        said = {"name": name.text, "marks": marks, "heading": column.heading}
        expected = _("one of the marks of the heading “%(heading)s” (%(marks)s); the row is that of %(name)s") % said
        page.refuse(cell.line, cell.text, expected)
        return
    notes = tuple(dict.fromkeys((*name.notes, *cell.notes)))
    page.acts.append(Act(cell.line, name.text, kind, read.date, read.bracketed, notes))
