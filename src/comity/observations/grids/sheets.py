"""The sheets of a workbook, for the layouts that are asked about it, and which of them hold data."""

import re
from collections.abc import Sequence

from comity.evidence.workbooks.opened_once import open_workbook, workbook_that_opens
from comity.evidence.workbooks.workbook import Sheet, Value, cell_text


def sheets_of(name: str, data: bytes) -> Sequence[Sheet]:
    """The sheets of a workbook. Raises BadInput as `open_workbook` does."""
    return open_workbook(name, data).sheets


def known_sheets(name: str, data: bytes) -> Sequence[Sheet]:
    """The sheets of a file; none where it is no workbook, or one that cannot be opened: no layout claims such a one."""
    workbook = workbook_that_opens(name, data)
    return workbook.sheets if workbook else ()


_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_NUMBER = re.compile(r"[<>≤≥~]?\s*\d[\d.,\s]*[*%]?")
"""A year, and a number as data hold them: 1,234.5, <5, 12%."""


def holds_data(name: str, headings: Sequence[str], rows: Sequence[tuple[int, Sequence[Value]]]) -> bool:
    """Whether most rows of a sheet hold a number beside a year, or under one: data do so, and notes do not."""
    of_year = _YEAR.search(name) is not None or any(map(_YEAR.fullmatch, headings))
    like = sum(_is_of_data(cells, of_year=of_year) for _number, cells in rows)
    return 2 * like > len(rows)


def _is_of_data(cells: Sequence[Value], *, of_year: bool) -> bool:
    numbers = [
        text for cell in cells if not isinstance(cell, bool) and _NUMBER.fullmatch(text := cell_text(cell).strip())
    ]
    return bool(numbers) and (of_year or (len(numbers) > 1 and any(map(_YEAR.fullmatch, numbers))))
