"""A workbook that cannot be opened is of no layout, whoever published it: the way in says why, once."""

import io
import zipfile

import pytest
from examples.layouts import PORTAL_ROW, TABLES, portal, series, study_2013, workbook

from comity.evidence.errors import BadInput
from comity.evidence.importing import importer_for
from comity.observations.layouts import layouts
from comity.observations.unrecognised_tables import seems_to_be

WHOLE = {
    "of the data portal": portal([PORTAL_ROW]),
    "of the study of 2013": study_2013(["Africa", "Eastern Africa", "Burundi", "CJ", None, "Count", 300, 310, 320]),
    "of one offence": series(["Africa", "Eastern Africa", "Burundi", 2008, 4009, 50.1]),
    "of treaty actions": workbook([["instrument", "participant", "action", "date"], ["UNTOC", "Kenya", "sign", "x"]]),
    "of another publisher": workbook([["Deaths", "Where"], [1, "somewhere"]]),
    **{f"of {name}": workbook(rows, sheet) for name, (sheet, rows) in TABLES.items()},
}


def damaged(content: str) -> list[bytes]:
    """A workbook cut near its end, and further before it."""
    return [WHOLE[content][:-lacking] for lacking in (30, 400)]


@pytest.mark.parametrize("content", WHOLE)
def test_no_layout_claims_a_workbook_that_cannot_be_opened(content: str) -> None:
    for data in damaged(content):
        assert [one.name for one in layouts() if one.recognises("cut.xlsx", data)] == []
        assert seems_to_be("cut.xlsx", data) is None


@pytest.mark.parametrize("content", WHOLE)
def test_the_way_in_says_why_a_workbook_cannot_be_opened(content: str) -> None:
    for data in damaged(content):
        with pytest.raises(BadInput) as caught:
            importer_for("cut.xlsx", data)
        (fault,) = caught.value.faults
        assert fault.file == "cut.xlsx"
        assert not any(word in str(fault) for word in ("UTF-8", "portal", "kinds"))


def with_an_endless_text(data: bytes) -> bytes:
    """The workbook with a text that is longer than cells hold: the guard lets none pass."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(written, "w") as changed:
        for part in whole.namelist():
            changed.writestr(part, whole.read(part).replace(b"Kenya", b"x" * 40_000))
    return written.getvalue()


def test_what_the_guard_refuses_of_another_publisher_is_no_fault_of_the_portal() -> None:
    rows = [["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2019"]]
    data = with_an_endless_text(workbook([*rows, ["Kenya", "KEN", "Population, total", "SP.POP.TOTL", 4]]))
    with pytest.raises(BadInput, match="characters in a cell"):
        importer_for("bank.xlsx", data)
    assert [one.name for one in layouts() if one.recognises("bank.xlsx", data)] == []
