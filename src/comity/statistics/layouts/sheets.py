"""The sheets of a workbook, read once for all layouts that are asked about it."""

from collections.abc import Sequence
from functools import lru_cache

from comity.evidence.errors import BadInput
from comity.evidence.workbook import Sheet, Workbook, is_workbook, read_workbook


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
