"""The sheets of a workbook that a layout reads, and what is said of those that it does not."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from comity.evidence.errors import BadInput, Fault
from comity.evidence.findings import Finding
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value
from comity.observations.grids.cells import text_of
from comity.observations.grids.grid import Grid
from comity.observations.grids.sheets import holds_data
from comity.observations.words import qualifiers


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
        [(number, column, text_of(cell)) for column, cell in enumerate(cells) if text_of(cell)]
        for number, cells in rows
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


def _unread(grid: Grid, sentence: str, *, copied: bool) -> Finding:
    place = f"{grid.sheet}!A{grid.heading_row}"
    message = sentence % {"place": place, "sheet": grid.sheet, "rows": len(grid.rows)}
    expected = _("a sheet that is read")
    rule = "unread-table" if not copied and holds_data(grid.sheet, grid.headings, grid.rows) else "unread-sheet"
    return Finding(rule, "warning", grid.file, place, grid.sheet, expected, message)
