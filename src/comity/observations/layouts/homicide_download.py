"""The layout of UNODC's workbook of homicides by country, 2019-2021 (`homicide_country_download.xlsx`): a row for each
value, the sex with the age in brackets behind it, and the unit.

Older and other downloads of the same years have other columns; what is known of them is enough to refuse them by name.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.finishing import finish
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.fields import FieldsOfGrid, fields_in, fields_of, notice_other_columns
from comity.observations.grids.grid import Grid, grids_of, known_grids, outside_of
from comity.observations.numbers import Number, marks_of
from comity.observations.observation import ESTIMATED, NORMAL, PER_100000, TOTAL, Observation, slug
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder, area_of_row
from comity.observations.rows.row import keep_row, notice_unknown_word, stated
from comity.observations.rows.values import read_period, read_value
from comity.observations.words.ages import code_of_age
from comity.observations.words.categories import code_of
from comity.observations.words.said_of_rows import says_estimate
from comity.observations.words.sexes import code_of_sex
from comity.observations.words.totals import is_total
from comity.observations.words.units import unit_of

HEADINGS = {
    "code": ("iso3_code",),
    "country": ("country",),
    "region": ("Region",),
    "subregion": ("Subregion",),
    "indicator": ("Indicator",),
    "disaggregation": ("Disaggregation",),
    "sex": ("Gender",),
    "unit": ("Unit",),
    "year": ("Year",),
    "value": ("Value",),
    "source": ("Source",),
    "note": ("Footnote",),
}
REQUIRED = ("code", "country", "indicator", "disaggregation", "sex", "unit", "year", "value")
_RECOGNISED_BY = frozenset({"country", "indicator", "disaggregation", "sex", "unit", "year", "value"})
_OF_2018 = frozenset({"territory", "level", "indicator", "year", "value"})
"""The headings that are known of `homicide_all.xls`, offered in 2018 and 2019."""

_INDICATORS = {slug("Homicide: # of victims"), slug("Homicide: number of victims"), slug("Homicide")}
# What a disaggregation says that the column of the sex says too.
_BY_SEX_AND_AGE = frozenset({"sex", "gender", "age", "sex-and-age", "age-and-sex", "gender-and-age"})
_SEX = re.compile(r"(?P<sex>[^()]+?)\s*(?:\((?P<age>[^()]*)\))?")
"""“Male (15-29)”."""
_ALL_AGES = frozenset({"", "all ages"})
_COUNTS = frozenset({"count", "counts"})
_HOMICIDE = "0101"


class HomicideDownload:
    """Workbooks, and texts saved from them, of homicides by country."""

    name = "UNODC homicide by country, 2019-2021"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a table has a disaggregation, a gender and a unit beside country, indicator, year and value.

        The table of 2018 is taken too, so that reading it says why it is not read.
        """
        return any(_is_known(grid) for grid in known_grids(name, data, HEADINGS))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read each row. What a row is a part of stays with it, also where the word's meaning is not held."""
        grids, findings = choose_sheets(grids_of(name, data, HEADINGS, areas), _is_known)
        for grid in grids:
            if not _is_download(grid):
                raise BadInput(_refusal(grid))
        reading = Reading(name, DESCRIPTION, findings=findings, outside=outside_of(grids))
        for grid in grids:
            _Reader(grid, reading, areas).read()
        return finish(reading)


DESCRIPTION = Description(
    dataset="homicide-country-download",
    title="UNODC: victims of intentional homicide by country (download of 2019-2021)",
    publisher="United Nations Office on Drugs and Crime",
)
"""The workbook says neither its title nor its day."""


def _is_known(grid: Grid) -> bool:
    return _is_download(grid) or _is_of_2018(grid)


def _is_download(grid: Grid) -> bool:
    return fields_in(grid.headings, HEADINGS).columns.keys() >= _RECOGNISED_BY


def _is_of_2018(grid: Grid) -> bool:
    return {slug(heading) for heading in grid.headings} >= _OF_2018


def _refusal(grid: Grid) -> Fault:
    expected = _(
        "UNODC's homicide_country_download of 2019-2021 or a file of its data portal; this seems to be homicide_all of"
        " 2018, whose columns are not known: take the figures from the portal"
    )
    return Fault(grid.file, grid.place(grid.heading_row, 0), ", ".join(grid.headings), expected)


class SexAndAge(NamedTuple):
    """The codes of a sex and an age."""

    sex: str
    age: str


def sex_and_age(text: str) -> SexAndAge | None:
    """The sex and age that words such as “Female (15-29)” or “Total (all ages)” mean; None where one is not known."""
    match = _SEX.fullmatch(text.strip())
    if match is None:
        return None
    age = (match["age"] or "").strip().casefold()
    found = SexAndAge(code_of_sex(match["sex"]) or "", TOTAL if age in _ALL_AGES else code_of_age(age) or "")
    return found if all(found) else None


class _Reader(FieldsOfGrid):
    """Reads one table."""

    def __init__(self, grid: Grid, reading: Reading, areas: AreaFinder):
        self.grid, self.reading, self.areas = grid, reading, areas
        self.fields = fields_of(grid, HEADINGS, REQUIRED)

    def read(self) -> None:
        notice_other_columns(self.reading, self.grid, self.fields, self.areas, ("0101",))
        self.reading.marks = marks_of(self.grid.column(self.fields.columns["value"]), self.grid.usual)
        for number, cells in self.grid.rows:
            keep_row(self.reading, lambda: self.observation(number, cells))  # noqa: B023

    def observation(self, number: int, cells: Sequence[Value]) -> Observation:
        text = self.fields.text
        code, country = text(cells, "code"), text(cells, "country")
        area, expected = area_of_row(self.reading, self.areas, code, country, self.place(number, "code"))
        if area is None:
            raise self.fault("unknown-area", number, cells, "code" if code else "country", expected)
        if slug(text(cells, "indicator")) not in _INDICATORS:
            expected = _("“Homicide: # of victims”; the meaning of no other indicator is held")
            raise self.fault("unknown-indicator", number, cells, "indicator", expected)
        of_whom = sex_and_age(text(cells, "sex"))
        if of_whom is None:
            expected = _("a sex with an age such as “Female (15-29)” or “Total (all ages)”")
            raise self.fault("unknown-term", number, cells, "sex", expected)
        indicator, unit = self.measure(number, cells)
        year, shown = self.fields.cell(cells, "year"), self.fields.text(cells, "year")
        period = read_period(year, self.place(number, "year"), shown)
        cell, place = self.fields.cell(cells, "value"), self.place(number, "value")
        found = read_value(self.reading, cell, place, indicator)
        return stated(
            area=area,
            indicator=indicator,
            iccs=_HOMICIDE,
            sex=of_whom.sex,
            age=of_whom.age,
            breakdown=self.breakdown(number, cells),
            unit=unit,
            period=period,
            number=found,
            text=cell_text(cell),
            place=place,
            source=text(cells, "source"),
            note=text(cells, "note"),
            status=self.status(cells, found),
        )

    def measure(self, number: int, cells: Sequence[Value]) -> tuple[str, str]:
        """Indicator and unit; the workbook writes “Rate per  100,000 population” with two spaces."""
        unit = " ".join(self.fields.text(cells, "unit").casefold().split())
        if unit in _COUNTS:
            return "homicide-count", "victims"
        if unit_of(unit) == PER_100000:
            return "homicide-rate", PER_100000
        raise self.fault("unknown-unit", number, cells, "unit", _("Count, or Rate per 100,000 population"))

    def breakdown(self, number: int, cells: Sequence[Value]) -> str:
        """What the disaggregation says beyond sex and age; the words for it were never seen, so each is noticed."""
        text = self.fields.text(cells, "disaggregation")
        words = slug(text).removeprefix("by-")
        if not text or is_total(text) or words in _BY_SEX_AND_AGE:
            return TOTAL
        notice_unknown_word(self.reading, "disaggregation", text, self.place(number, "disaggregation"))
        return f"disaggregation:{code_of(text)}"

    def status(self, cells: Sequence[Value], number: Number) -> str:
        estimated = says_estimate(self.fields.text(cells, "source"))
        return ESTIMATED if estimated and number.value is not None and number.status == NORMAL else ""
