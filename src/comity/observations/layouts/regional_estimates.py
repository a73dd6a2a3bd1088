"""The layout of the sheet of regional estimates of homicide that the data portal's workbook has since 2025: geo,
indicator, series, sex, year, value, note, obs_status, source. The unit stands only in the words of the series."""

from collections.abc import Sequence

from comity.areas.gazetteer import Kind
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.days_above import day_above, notice_days, says_day
from comity.observations.grids.fields import Fields, fields_in, fields_of, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.numbers import Number, marks_of
from comity.observations.observation import (
    ESTIMATED,
    MISSING,
    NORMAL,
    PER_100000,
    STATUSES,
    WITHOUT_VALUE,
    Observation,
    slug,
)
from comity.observations.publishers.unodc_portal import OWN_WORDS, publisher_above
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_period, read_value
from comity.observations.words.sexes import code_of_sex

HEADINGS = {
    "geo": ("geo",),
    "indicator": ("indicator",),
    "series": ("series",),
    "sex": ("sex",),
    "year": ("year",),
    "value": ("value",),
    "note": ("note",),
    "status": ("obs_status",),
    "source": ("source",),
}
REQUIRED = ("geo", "indicator", "series", "sex", "year", "value")
_OF_OTHER_LAYOUTS = frozenset({"iso3-code", "country", "dimension", "category", "unit-of-measurement", "goal"})
_INDICATORS = {
    slug("Victims of intentional homicide"),
    slug("Victims of Intentional Homicide - Regional Estimate"),
}
_SERIES = {
    slug("Victims of intentional homicide per 100,000 population"): ("homicide-rate", PER_100000),
    slug("Number of victims of intentional homicide"): ("homicide-count", "victims"),
}
_HOMICIDE = "0101"
_REGIONS: tuple[Kind, ...] = ("region",)


class RegionalEstimates:
    """The sheet where it stands alone; beside a sheet of the portal's layout, the portal's reader reads it."""

    name = "UNODC data portal, regional estimates of homicide"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a table is headed geo, indicator, series, sex, year and value, and none is of the portal's layout."""
        grids = known_grids(name, data, HEADINGS)
        return any(map(is_estimates, grids)) and not any(map(_is_of_portal, grids))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the sheets of this layout: they are of the portal's data set on homicide."""
        grids, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), is_estimates)
        reading = Reading(name, _description(grids), findings=findings, outside=outside_of(grids, OWN_WORDS, says_day))
        notice_days(reading, grids)
        for grid in grids:
            read_estimates(grid, reading, areas)
        return finish(reading)


def is_estimates(grid: Grid) -> bool:
    """Whether a table has the headings of this sheet, and none by which other layouts are known."""
    others = {slug(heading) for heading in grid.headings}
    return set(REQUIRED) <= fields_in(grid.headings, HEADINGS).columns.keys() and not others & _OF_OTHER_LAYOUTS


def _is_of_portal(grid: Grid) -> bool:
    return {"dimension", "category"} <= {slug(heading) for heading in grid.headings}


def read_estimates(grid: Grid, reading: Reading, areas: AreaFinder) -> None:
    """Read a table of this layout into a reading, each of its rows; `finish` is left to the caller.

    Raises BadInput where two columns are headed as one field, and where one that is not read divides the rows.
    """
    fields = fields_of(grid, HEADINGS, REQUIRED)
    notice_other_columns(reading, grid, fields, areas)
    marks, reading.marks = reading.marks, marks_of(grid.column(fields.columns["value"]), grid.usual)
    for number, cells in grid.rows:
        keep_row(reading, lambda: _observation(grid, fields, reading, areas, number, cells))  # noqa: B023
    reading.marks = marks


def _observation(
    grid: Grid, fields: Fields, reading: Reading, areas: AreaFinder, number: int, cells: Sequence[Value]
) -> Observation:
    def fault(rule: str, field: str, expected: str) -> RowFault:
        return RowFault(rule, grid.place(number, fields.columns[field]), fields.text(cells, field), expected)

    geo = fields.text(cells, "geo")
    # The names are of regions first: “Micronesia” is the region here, and not the State.
    region = areas.of_kinds(geo, _REGIONS)
    area, expected = (region, "") if region else areas(geo)
    if area is None:
        raise fault("unknown-area", "geo", expected)
    if slug(fields.text(cells, "indicator")) not in _INDICATORS:
        raise fault("unknown-indicator", "indicator", _("victims of intentional homicide"))
    series = _SERIES.get(slug(fields.text(cells, "series")))
    if series is None:
        expected = _("a series that names its unit: victims of intentional homicide, their number or per 100,000")
        raise fault("unknown-term", "series", expected)
    year, at = fields.cell(cells, "year"), grid.place(number, fields.columns["year"])
    period = read_period(year, at, fields.text(cells, "year"))
    sex = code_of_sex(fields.text(cells, "sex"))
    if sex is None:
        raise fault("unknown-term", "sex", _("Total, Male or Female"))
    indicator, unit = series
    place = grid.place(number, fields.columns["value"])
    found = read_value(reading, fields.cell(cells, "value"), place, indicator)
    status = fields.text(cells, "status").upper()
    if status and status not in STATUSES:
        raise fault("unknown-term", "status", _("a code of the SDMX list of statuses"))
    if status in WITHOUT_VALUE and found.value is not None:
        raise fault("contradictory-status", "status", _("a status that goes with a value"))
    return stated(
        area=area,
        indicator=indicator,
        iccs=_HOMICIDE,
        sex=sex,
        unit=unit,
        period=period,
        number=found,
        text=cell_text(fields.cell(cells, "value")),
        place=place,
        source=fields.text(cells, "source"),
        note=fields.text(cells, "note"),
        status=_status(status, found, of_region=region is not None),
    )


def _status(stated_status: str, number: Number, *, of_region: bool) -> str:
    """The status as the row states it; a value of a region that it calls normal, or says nothing of, is an estimate."""
    if number.value is None:
        return stated_status if stated_status in WITHOUT_VALUE else number.status or MISSING
    if stated_status in ("", NORMAL):
        return ESTIMATED if of_region else NORMAL
    return stated_status


def _description(grids: Sequence[Grid]) -> Description:
    return Description(
        dataset="cts-intentional-homicide",
        title="UNODC data portal: Intentional homicide",
        publisher=publisher_above(grids),
        published=day_above(grids),
    )
