"""What a table seems to be that no layout reads, and what its holder can do: the last word of an import before it lists
all kinds of files that there are."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from comity.evidence.wording import gettext as _
from comity.observations.grids.grid import Grid, known_grids
from comity.observations.layouts import (
    homicide_download,
    owid,
    own,
    portal,
    regional_estimates,
    sdg,
    study_2019,
    world_bank,
    wpp,
)
from comity.observations.observation import slug

Seems = tuple[str, str]
"""What a table seems to be, and what was expected instead, both as parts of a sentence."""

_LOOKED_FOR: Mapping[str, Sequence[str]] = {
    word: (word,)
    for word in (
        *("country", "country name", "country code", "country or area", "region", "indicator", "series code"),
        *("geoareacode", "seriescode", "entity", "code", "area", "year", "time", "period", "value", "variant", "unit"),
        *("dimension", "category", "sex", "age", "iso3_code", "geo", "source", "instrument", "participant", "action"),
        *("location code", "notes", "region, subregion, country or area *"),
    )
}
"""Headings by which the row of headings of a sheet is found."""

_YEAR = re.compile(r"(?:19|20|21)\d\d")
_YEAR_OF_R = re.compile(r"X(?:19|20|21)\d\d(?:\.\.YR\d{4}\.)?")
"""X2015, X2015..YR2015."""
_YEAR_OF_DATABANK = re.compile(r"(?:19|20|21)\d\d(?: ?\[YR\d{4}\])?")
"""2015 [YR2015]."""
_COUNTRY_OF_DATABANK = re.compile(r".+\[[A-Z]{3}\]")
"""Kenya [KEN]."""
_SERIES_OF_DATABANK = re.compile(r"[A-Z]{2}(?:\.[A-Z0-9]+){2,}")
"""SP.POP.TOTL."""
_WIDE_OF_EUROSTAT = re.compile(r'"?[a-z]\w*(?:[,;\t]"?[a-z]\w*"?)*\\(?:TIME_PERIOD|time)', re.IGNORECASE)
"""“freq;unit;geo\\TIME_PERIOD”, as parted anew."""


class _Table(NamedTuple):
    """The headings of a table, as they stand and as their words alone, and those of them that are years."""

    headings: tuple[str, ...]
    words: frozenset[str]
    years: tuple[str, ...]
    above: str
    """All that stands above them."""


class _Known(NamedTuple):
    """A layout that is read: its name, and the headings that a table of it must have, each with its other forms."""

    name: str
    headings: Sequence[Sequence[str]]
    years: bool = False
    """Whether its years are columns."""


def seems_to_be(name: str, data: bytes) -> Seems | None:
    """What a file that no layout reads seems to be, and what is expected of it; None where nothing tells. Never raises.

    What is told by content alone stands first; then the layout most of whose headings are there, with those that lack.
    """
    tables = [_table(grid) for grid in known_grids(name, data, _LOOKED_FOR)]
    tables = [table for table in tables if table.words]
    for guess in _GUESSES:
        for table in tables:
            if (seems := guess(table)) is not None:
                return seems
    return None


def _table(grid: Grid) -> _Table:
    return _Table(
        grid.headings,
        frozenset(map(slug, grid.headings)) - {""},
        tuple(heading for heading in grid.headings if _YEAR.fullmatch(heading)),
        " ".join(str(cell) for _number, cells in grid.above for cell in cells),
    )


def _has(table: _Table, *headings: str) -> bool:
    return table.words >= set(map(slug, headings))


def _matching(table: _Table, pattern: re.Pattern[str]) -> list[str]:
    return [heading for heading in table.headings if pattern.fullmatch(heading)]


def _eurostat(table: _Table) -> Seems | None:
    """A table of codes that a spreadsheet program has parted otherwise, or one of Eurostat's own workbooks."""
    if any(_WIDE_OF_EUROSTAT.match(heading) or heading.endswith("\\TIME_PERIOD") for heading in table.headings):
        return (
            _("a table of Eurostat saved by a spreadsheet program, which has parted its columns anew"),
            _("the TSV or CSV as Eurostat gives it, not opened and saved in between"),
        )
    if _has(table, "geo", "unit", "values"):
        return (
            _("a table of Eurostat as the package eurostat of R writes it"),
            _("the TSV or SDMX-CSV as Eurostat gives it, or columns headed TIME_PERIOD and OBS_VALUE"),
        )
    if "Eurostat" in table.above or any("geo (" in heading.casefold() for heading in table.headings):
        return (
            _("a table of Eurostat with labels in place of codes"),
            _("the TSV or SDMX-CSV of the same data set, with codes"),
        )
    return None


def _databank(table: _Table) -> Seems | None:
    """Exports of DataBank in which something else than the years stands in the columns, or a series on the page."""
    series = _has(table, "Series Code") or _has(table, "Series Name") or _has(table, "Indicator Code")
    country = _has(table, "Country Code") or _has(table, "Country Name")
    if series and not country and _matching(table, _COUNTRY_OF_DATABANK):
        return (
            _("a table of the World Bank's DataBank with countries as columns"),
            _("years as columns and countries as rows: choose so under Layout and download it again"),
        )
    years = _matching(table, _YEAR_OF_DATABANK)
    if country and not series and years:
        return (
            _("a table of the World Bank without its series: nothing in its columns says what the values are"),
            _("a column “Series Code”: choose the series as rows under Layout and download it again"),
        )
    return None


def _of_r(table: _Table) -> Seems | None:
    """Tables of the World Bank or of any layout that a program in R or Python has written."""
    series = _matching(table, _SERIES_OF_DATABANK)
    if series and {"iso3c", "iso2c", "economy", "country"} & table.words:
        return (
            _("indicators of the World Bank as a package of R or Python writes them: %s") % ", ".join(series[:3]),
            _("the World Bank's own download, or columns headed Country Name, Country Code, Year and Population"),
        )
    if years := _matching(table, _YEAR_OF_R):
        return (
            _("a table written by R, which heads its years %s") % years[0],
            _("years as headings, such as 2018: read and write the table with check.names = FALSE"),
        )
    return None


def _sdg(table: _Table) -> Seems | None:
    if {"seriescode", "series"} & table.words and _has(table, "GeoAreaCode") and table.years:
        return (
            _("a table of the SDG Global Database with years as columns"),
            _("one row for each value, with the columns TimePeriod and Value: choose the long form of the download"),
        )
    return None


def _wpp(table: _Table) -> Seems | None:
    if any(word.startswith("region-subregion-country-or-area") for word in table.words):
        return (
            _("a workbook of World Population Prospects, or a text saved from it"),
            _("the CSV of World Population Prospects, such as TotalPopulationBySex"),
        )
    return None


def _undata(table: _Table) -> Seems | None:
    if _has(table, "Country or Area") and "value" in table.words:
        return (
            _("a table of UNdata, which does not say what its values are"),
            _("the same figures from their publisher: the SDG Global Database, UNODC's portal, or World Population"
              " Prospects"),
        )  # fmt: skip
    return None


def _study_2019(table: _Table) -> Seems | None:
    """Tables that accompany the study, and are not of countries and regions as its main table is."""
    if "indicator" not in table.words or not table.years:
        return None
    if {"level", "region-subregion"} <= table.words:
        return (
            _("the regional estimates behind the Global Study on Homicide 2019"),
            _("its table of countries: a region's estimate is computed from them, or taken from UNODC's data portal"),
        )
    if {"country", "country-territory"} & table.words and "region" not in table.words:
        return (
            _("a table that accompanies the Global Study on Homicide 2019, without the column Region"),
            _("the study's table of homicides by country; others count other things, such as homicides in prisons, and"
              " their lines do not say so"),
        )  # fmt: skip
    return None


def _other_publishers(table: _Table) -> Seems | None:
    expected = _("a table of our own layout (docs/csv-of-observations.md), with the publisher as its source")
    if _has(table, "measure", "location", "cause", "metric", "val"):
        return _("results of the Global Burden of Disease, which are modelled"), expected
    if _has(table, "SpatialDim", "TimeDim") or _has(table, "IndicatorCode", "NumericValue"):
        return _("a table of the Global Health Observatory of the World Health Organization"), expected
    return None


def _nearest(table: _Table) -> Seems | None:
    """The layout most of whose headings are there, with those that lack."""
    best: tuple[float, _Known, list[str]] | None = None
    for known in _known_layouts():
        lacking = [forms[0] for forms in known.headings if table.words.isdisjoint(map(slug, forms))]
        if known.years and not table.years:
            lacking.append("2018")
        needed = len(known.headings) + known.years
        share = (needed - len(lacking)) / needed
        if lacking and needed - len(lacking) >= _FEWEST and share >= _MOST and (best is None or share > best[0]):
            best = share, known, lacking
    if best is None:
        return None
    _share, layout, lacking = best
    if len(lacking) == 1:
        return _("a table of this layout: %s") % layout.name, _("a column headed “%s”") % lacking[0]
    return _("a table of this layout: %s") % layout.name, _("columns headed %s") % ", ".join(lacking)


_FEWEST, _MOST = 2, 0.5
"""So many headings of a layout, and this share of them, tell that a table is meant as one of it."""


def _known_layouts() -> list[_Known]:
    """The layouts that are known by their headings, each with those that it needs."""

    def needed(names: Mapping[str, Sequence[str]], required: Sequence[str]) -> list[Sequence[str]]:
        return [names[field] for field in required]

    return [
        _Known(own.OwnTable.name, [("area",), ("indicator",), ("period",), ("value",)]),
        _Known(portal.Portal.name, needed(portal.HEADINGS, portal.REQUIRED)),
        _Known(homicide_download.HomicideDownload.name, needed(homicide_download.HEADINGS, homicide_download.REQUIRED)),
        _Known(
            regional_estimates.RegionalEstimates.name, needed(regional_estimates.HEADINGS, regional_estimates.REQUIRED)
        ),
        _Known(sdg.SdgDatabase.name, [*needed(sdg.HEADINGS, sdg.REQUIRED), sdg.HEADINGS["goal"]]),
        _Known(study_2019.Study2019.name, needed(study_2019.HEADINGS, ("country", "region", "indicator")), years=True),
        _Known(owid.OurWorldInData.name, [*owid.HEADINGS.values(), ("Homicide rate per 100,000 population",)]),
        _Known(
            world_bank.WorldBank.name,
            needed(world_bank.HEADINGS, ("name", "code", "series_name", "series")),
            years=True,
        ),
        _Known(wpp.WorldPopulationProspects.name, needed(wpp.HEADINGS, ("loc", "variant", "time", "total"))),
        _Known(_("treaty actions"), [("instrument",), ("participant",), ("action",), ("date",)]),
        _Known(_("areas"), [("code",), ("iso2",), ("iso3",), ("kind",), ("exists_from",)]),
    ]


_PLACES = frozenset(
    {"country", "country-name", "country-territory", "area", "territory", "state", "entity", "location"}
)


def _of_places_and_years(table: _Table) -> Seems | None:
    if _PLACES & table.words and ({"year", "time", "period"} & table.words or len(table.years) > 1):
        return (
            _("a table of areas and years whose columns do not say what it is of"),
            _("a layout that is known, or a table of our own: area, indicator, period, value"),
        )
    return None


_GUESSES: Sequence[Callable[[_Table], Seems | None]] = (
    *(_eurostat, _wpp, _undata, _databank, _of_r, _sdg, _study_2019, _other_publishers),
    *(_nearest, _of_places_and_years),
)
