"""A workbook as whoever asks about a file sees it: opened once, however many ask, and refused with the same faults."""

from copy import copy
from functools import lru_cache

from comity.evidence.errors import BadInput
from comity.evidence.wording import language
from comity.evidence.workbooks.workbook import Workbook, is_workbook, read_workbook


def open_workbook(name: str, data: bytes) -> Workbook:
    """The workbook of a file. Raises BadInput as `read_workbook` does, as often as it is asked."""
    workbook = _workbook_or_refusal(name, data, language())
    if isinstance(workbook, BadInput):
        raise copy(workbook)  # a copy, since what is raised again and again keeps all places that it came by
    return workbook


def workbook_that_opens(name: str, data: bytes) -> Workbook | None:
    """The workbook of a file; None where it is none, or one that cannot be opened. Never raises."""
    workbook = _workbook_or_refusal(name, data, language()) if is_workbook(data) else None
    return None if isinstance(workbook, BadInput) else workbook


@lru_cache(maxsize=1)
def _workbook_or_refusal(name: str, data: bytes, _language: str) -> Workbook | BadInput:
    """The workbook, or why it is refused: a refusal is remembered too, since finding it costs as much."""
    try:
        return read_workbook(data, name)
    except BadInput as refusal:
        return refusal.with_traceback(None)
