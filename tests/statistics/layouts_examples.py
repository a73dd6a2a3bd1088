"""Small files in each published layout, and the means to read one as `comity import` would."""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from openpyxl import Workbook

from comity.statistics.layouts import layouts
from comity.statistics.reading import AreaFinder, Layout, Reading
from comity.statistics.ship import gazetteer_of_tables

PORTAL_HEADINGS = [
    "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension", "Category", "Sex", "Age", "Year",
    "Unit of measurement", "VALUE", "Source",
]  # fmt: skip
PORTAL_ROW = [
    "ARM", "Armenia", "Asia", "Western Asia", "Offences", "by type of offence", "Corruption", "Total", "Total", 2013,
    "Counts", 782, "CTS",
]  # fmt: skip


@lru_cache(maxsize=1)
def finder() -> AreaFinder:
    """Finds areas by the tables that ship."""
    return AreaFinder(gazetteer_of_tables())


def workbook(rows: Sequence[Sequence[Any]], sheet: str = "Sheet1", merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; None leaves a cell blank."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def portal(rows: Sequence[Sequence[Any]], headings: Sequence[Any] = PORTAL_HEADINGS) -> bytes:
    """A workbook of the data portal."""
    return workbook([["UNODC"], ["16/05/2024"], headings, *rows], "data_cts_corruption_and_economi")


def portal_row(**cells: Any) -> list[Any]:
    """A row of the portal, with other cells by heading (`Unit of measurement` as `Unit`)."""
    row = list(PORTAL_ROW)
    for heading, value in cells.items():
        row[PORTAL_HEADINGS.index({"Unit": "Unit of measurement"}.get(heading, heading))] = value
    return row


def study_2013(*lines: Sequence[Any], footnotes: Sequence[str] = ()) -> bytes:
    """A workbook of the annex of the study of 2013, years 2008 to 2010."""
    head = ["Region", "Sub-region", "Country/territory", " Source", None, "Indicator", "Year", None, None]
    years = [None] * 6 + [2008, 2009, 2010]
    notes = [[note] for note in footnotes]
    rows = [["Intentional homicide count and rate"], [], head, years, *lines, [], *notes]
    return workbook(rows, "country-territory", ["A3:A4", "G3:I3"])


def series(
    *rows: Sequence[Any], headings: Sequence[str] = ("region", "sub_region", "country", "year", "count", "rate")
) -> bytes:
    """A workbook of one offence."""
    return workbook([headings, *rows], "Sheet2")


def layout_of(name: str, data: bytes) -> Layout:
    """The layout that takes a file."""
    return next(layout for layout in layouts() if layout.recognises(name, data))


def read(name: str, data: bytes | str, subject: str = "") -> Reading:
    """Read a file by the layout that recognises it."""
    content = data.encode() if isinstance(data, str) else data
    reading = layout_of(name, content).read(name, content, finder(), subject)
    assert reading.rows == len(reading.observations) + reading.rejected
    return reading


def rules(reading: Reading) -> list[str]:
    """The rules of a reading's findings, in order."""
    return [finding.rule for finding in reading.findings]
