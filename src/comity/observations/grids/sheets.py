"""The sheets of a workbook, read once for all layouts that are asked about it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from comity.evidence.errors import BadInput
from comity.evidence.workbooks.workbook import Sheet, Value, Workbook, cell_text, is_workbook, read_workbook


def sheets_of(name: str, data: bytes) -> Sequence[Sheet]:
    """The sheets of a workbook. Raises BadInput as `read_workbook` does, as often as it is asked."""
    found = _read(name, data)
    if isinstance(found, BadInput):
        raise found
    return found.sheets


def known_sheets(name: str, data: bytes) -> Sequence[Sheet]:
    """The sheets of a file; none where it is no workbook, or one that cannot be read."""
    if not is_workbook(data):
        return ()
    found = _read(name, data)
    return () if isinstance(found, BadInput) else found.sheets


def is_refused(name: str, data: bytes) -> bool:
    """Whether the file is a workbook that cannot be read."""
    return is_workbook(data) and isinstance(_read(name, data), BadInput)


@lru_cache(maxsize=1)
def _read(name: str, data: bytes) -> Workbook | BadInput:
    """The workbook, or why it cannot be read: a refusal is remembered too, since finding it costs as much."""
    try:
        return read_workbook(data, name)
    except BadInput as refusal:
        return refusal


_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_NUMBER = re.compile(r"[<>≤≥~]?\s*\d[\d.,\s]*[*%]?")


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
