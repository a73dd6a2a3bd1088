"""The cell of a row, and what it says."""

from collections.abc import Sequence

from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.numbers import MARK_OF_R


def text_of(cell: Value) -> str:
    """A cell that holds words, without spaces about them; blank for R's mark of a missing one."""
    text = cell_text(cell).strip()
    return "" if text == MARK_OF_R else text


def cell_at(cells: Sequence[Value], column: int) -> Value:
    return cells[column] if column < len(cells) else ""
