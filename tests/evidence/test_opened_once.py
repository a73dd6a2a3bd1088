"""A workbook that is opened once: a refusal is remembered, and raised as new, in the language of who asks."""

import io
import traceback
import zipfile

import pytest
from django.utils import translation

from comity.evidence.errors import BadInput
from comity.evidence.workbooks.opened_once import open_workbook, workbook_that_opens


def broken() -> bytes:
    """A zip archive that names a workbook and has none."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return stream.getvalue()


def refusal(data: bytes) -> BadInput:
    """What opening it raises."""
    with pytest.raises(BadInput) as refused:
        open_workbook("broken.xlsx", data)
    return refused.value


def test_a_refusal_is_raised_anew_each_time() -> None:
    data = broken()
    first, second, third = refusal(data), refusal(data), refusal(data)
    assert first is not second
    assert first.faults == second.faults == third.faults
    assert len(traceback.extract_tb(second.__traceback__)) == len(traceback.extract_tb(third.__traceback__))
    assert workbook_that_opens("broken.xlsx", data) is None


def test_a_refusal_is_said_in_the_language_of_who_asks() -> None:
    data = broken()
    english = str(refusal(data))
    with translation.override("fr"):
        french = str(refusal(data))
    assert "expected" in english and "attendu" in french
    assert [fault.expected for fault in refusal(data).faults] == [fault.expected for fault in refusal(data).faults]
    assert str(refusal(data)) == english
