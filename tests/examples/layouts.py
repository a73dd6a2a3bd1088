"""Small files in each published layout, and the means to read one as `comity import` would."""

import io
import os
import pickle
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import workspaces
from openpyxl import Workbook

from comity.observations.layouts import Layout, layouts
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder
from comity.tools.ship import gazetteer_of_tables

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


def read_published(path: Path) -> Reading:
    """Read a published file as `read` does, once in a run of the tests, whichever of its processes asks."""
    kept = workspaces.RUN / "readings" / f"{path.name}.pickle"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        aside = kept.with_suffix(f".{os.getpid()}")
        aside.write_bytes(pickle.dumps(read(path.name, path.read_bytes())))
        aside.replace(kept)
    return pickle.loads(kept.read_bytes())  # noqa: S301


def rules(reading: Reading) -> list[str]:
    """The rules of a reading's findings, in order."""
    return [finding.rule for finding in reading.findings]


Table = list[list[Any]]

SDG = [
    ["Goal", "SeriesCode", "GeoAreaCode", "GeoAreaName", "TimePeriod", "Value", "Units", "Source", "FootNote"],
    *[["16", "VC_IHR_PSRC", "276", "Germany", year, "1.17", "PER_100000_POP", "CTS", ""] for year in ("2015", "2016")],
]
TABLES: dict[str, tuple[str, Table]] = {
    "UNODC homicide by country, 2019-2021": (
        "homicide",
        [
            ["iso3_code", "country", "Indicator", "Disaggregation", "Gender", "Unit", "Year", "Value"],
            ["BRA", "Brazil", "Homicide: # of victims", "Total", "Total (all ages)", "Count", "2015", "58138"],
            ["BRA", "Brazil", "Homicide: # of victims", "Total", "Total (all ages)", "Count", "2016", "61283"],
        ],
    ),
    "SDG Global Database": ("Goal16", SDG),
    "Eurostat, crime": (
        "crim_off_cat",
        [
            ["DATAFLOW", "freq", "iccs", "unit", "geo", "TIME_PERIOD", "OBS_VALUE"],
            ["ESTAT:CRIM_OFF_CAT(1.0)", "A", "ICCS0101", "NR", "FR", "2020", "700"],
            ["ESTAT:CRIM_OFF_CAT(1.0)", "A", "ICCS0101", "NR", "FR", "2021", "734"],
        ],
    ),
    "UNODC data portal": (
        "data",
        [PORTAL_HEADINGS, portal_row(Source="Police"), portal_row(Year=2014, Source="Police")],
    ),
    "UNODC data portal, regional estimates of homicide": (
        "estimates",
        [
            ["geo", "indicator", "series", "sex", "year", "value"],
            *[
                ["Africa", "Victims of intentional homicide", series, "Total", year, "12.5"]
                for series in ("Victims of intentional homicide per 100,000 population",)
                for year in ("2020", "2021")
            ],
        ],
    ),
    "UNODC series of one offence": (
        "robbery.2019",
        [
            ["region", "sub_region", "country", "year", "count"],
            ["Africa", "Eastern Africa", "Burundi", "2008", "4009"],
            ["Africa", "Eastern Africa", "Burundi", "2009", "4231"],
        ],
    ),
    "Global Study on Homicide 2019": (
        "homicide",
        [
            ["Country", "Region", "Indicator", "2015", "2016"],
            ["Albania", "Europe", "Homicide Total Count", "64", "79"],
            ["Algeria", "Africa", "Homicide Total Count", "542", "555"],
        ],
    ),
    "Our World in Data, homicide rate": (
        "homicide",
        [
            ["Entity", "Code", "Year", "Homicide rate per 100,000 population"],
            ["Brazil", "BRA", "2018", "27.1"],
            ["Brazil", "BRA", "2019", "21.3"],
        ],
    ),
    "World Bank, indicators": (
        "API_VC",
        [
            ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2018", "2019"],
            ["Brazil", "BRA", "Intentional homicides (per 100,000 people)", "VC.IHR.PSRC.P5", "27.1", "21.3"],
            ["France", "FRA", "Intentional homicides (per 100,000 people)", "VC.IHR.PSRC.P5", "1.2", "1.3"],
        ],
    ),
    "World Population Prospects, populations": (
        "wpp",
        [
            ["LocID", "Location", "VarID", "Variant", "Time", "PopTotal"],
            ["76", "Brazil", "2", "Medium", "1950", "53975"],
            ["76", "Brazil", "2", "Medium", "1951", "55591"],
        ],
    ),
    "World Bank, population": (
        "population",
        [
            ["Country Name", "Country Code", "Year", "Population"],
            ["Brazil", "BRA", "2018", "209469333"],
            ["France", "FRA", "2018", "67101930"],
        ],
    ),
    "World Population Prospects, population by age": (
        "wpp-female",
        [
            ["country_code", "name", "age", "1950", "1955"],
            ["76", "Brazil", "0-4", "4000", "4500"],
            ["76", "Brazil", "5-9", "3500", "4000"],
        ],
    ),
}
"""A small table of each layout that is read from a text or a sheet alike, with the name of its file."""


def as_text(table: Sequence[Sequence[Any]], above: str = "", below: str = "") -> str:
    lines = [",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in row) for row in table]
    return "\n".join(filter(None, [above, *lines, below])) + "\n"
