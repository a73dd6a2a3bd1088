"""Merged ranges of a sheet: those that stand for several rows of data, and those that hide a value."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add

from comity.evidence.workbooks.workbook import Sheet, cell_name
from comity.observations.grids.cells import cell_at


def ranges_over_rows(sheet: Sheet, heading: int) -> Iterator[str]:
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


def covering_ranges(sheet: Sheet, heading: int) -> Iterator[str]:
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
    return row < len(sheet.rows) and cell_at(sheet.rows[row], column) != ""


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
