"""The layout of Our World in Data's exports of homicide: Entity, Code, Year and columns of rates or numbers, whose
headings say of whom: “Homicide rate per 100,000 population - sex: Female - age: Total”."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.areas.gazetteer import Kind
from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.text_tables import Row
from comity.evidence.wording import gettext as _
from comity.observations.finishing import finish
from comity.observations.grids.cells import text_of
from comity.observations.grids.other_columns import REGION_FIELDS
from comity.observations.grids.text_tables import (
    TextTable,
    columns_of,
    has_headings,
    headings_of,
    notice_other_columns,
    read_text_table,
)
from comity.observations.numbers import MARK_OF_R, marks_of
from comity.observations.observation import PER_100000, TOTAL, Observation, slug
from comity.observations.reading import Description, Reading
from comity.observations.rows.areas import AreaFinder, area_of_row
from comity.observations.rows.row import RowFault, keep_row, stated
from comity.observations.rows.values import read_period, read_value
from comity.observations.words.ages import code_of_age
from comity.observations.words.sexes import code_of_sex
from comity.observations.words.totals import is_total

HEADINGS = {"entity": ("Entity",), "code": ("Code",), "year": ("Year",)}
_ABOUT = "homicide"
_REGIONS_OF_ENTITIES = frozenset({slug("World region according to OWID"), slug("owid_region")})
_OF_THE_UN = " (UN)"
_REGIONS: tuple[Kind, ...] = ("region",)
_ORIGINAL_YEAR = " (Original Year)"
"""Behind a heading: the column of the year that a value is of; where it is blank, that is its row's own.

`Year` is beside it the year that the chart shows."""

_MEASURES = (
    (re.compile(r"homicide rate per 100,000(?: population| people)?"), "homicide-rate", PER_100000),
    (re.compile(r"number of homicides"), "homicide-count", "victims"),
)
_PARTED = re.compile(r"(?<!\s)\s++[-–—]\s+")
"""Between the parts of “Homicide rate per 100,000 population - sex: female”."""
_NAMED = re.compile(r"(?P<dimension>sex|age|category|mechanism)\s*+:\s*+(?P<word>.+)")
"""“sex: female”."""
_SHORT_PART = re.compile(r"(?P<dimension>category|sex|age|unit_of_measurement)_(?P<word>.+)")
"""“sex_total”, “unit_of_measurement_counts”."""
_UNITS = {
    "rate_per_100_000_population": ("homicide-rate", PER_100000),
    "counts": ("homicide-count", "victims"),
}
_MECHANISMS = frozenset({"firearms", "sharp objects"})
_RELATIONS = frozenset({"intimate partner or family member", "intimate partner"})
_HIGHEST_RATE = 1000
"""Per 100,000 population. No country has come near it; what is above is a number, or a rate per something else."""


class OurWorldInData:
    """Text tables of Our World in Data that hold homicide rates, or numbers of homicides."""

    name = "Our World in Data, homicide rate"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the headings are Entity, Code, Year and one that speaks of homicide.

        One whose words are not known is taken too, so that reading it says which they are.
        """
        headings = headings_of(data)
        return has_headings(headings, HEADINGS) and any(map(_is_about, headings))

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Read the table. Of one column of values each row counts, also where it says that the value is missing; of
        several each cell that holds something.

        Raises BadInput for a heading about homicide that says something whose meaning is not held, and for a column
        that divides the rows and is not read.
        """
        table = read_text_table(name, data, areas)
        columns = columns_of(table, HEADINGS, tuple(HEADINGS))
        values = _value_columns(table, columns)
        reading = Reading(name, _description(values), outside=table.outside)
        units = {column.meaning.unit for column in values}
        known = ("0101", *(units if len(units) == 1 else ()))
        of_values = {heading: heading for column in values for heading in column[:2]}
        notice_other_columns(reading, table, {**columns, **_regions(table), **of_values}, areas, known)
        for column in values:
            reading.marks = marks_of(table.columns([column.heading]), table.usual)
            for row in table.rows:
                if len(values) == 1 or row.cells[column.heading].strip():
                    keep_row(reading, lambda: _observation(reading, areas, columns, column, row))  # noqa: B023
        return finish(reading)


def _regions(table: TextTable) -> dict[str, str]:
    """The columns that say in which region an entity lies, as the fields of regions."""
    found = [heading for heading in table.headings if slug(heading) in _REGIONS_OF_ENTITIES]
    return dict(zip(REGION_FIELDS, found, strict=False))


def _is_about(heading: str) -> bool:
    return _ABOUT in heading.casefold() or heading.casefold().startswith("value__")


class ValueMeaning(NamedTuple):
    """What the heading of a column of values says: indicator and unit, and of whom."""

    indicator: str
    unit: str
    sex: str = TOTAL
    age: str = TOTAL
    breakdown: str = TOTAL


class ValueColumn(NamedTuple):
    """A column of values: its heading, the heading of its column of years, and what it says."""

    heading: str
    year: str
    meaning: ValueMeaning


@lru_cache(maxsize=64)
def parse_heading(heading: str) -> ValueMeaning | None:
    """What a heading says of its values; None where it says anything whose meaning is not held.

    A heading that names neither sex nor age is of all persons.
    """
    if heading.casefold().startswith("value__"):
        return _parse_short(heading)
    measure, *qualifiers = _PARTED.split(" ".join(heading.split()))
    found = next(
        (ValueMeaning(*meaning) for pattern, *meaning in _MEASURES if pattern.fullmatch(measure.casefold())), None
    )
    for qualifier in qualifiers:
        named = _NAMED.fullmatch(qualifier.casefold())
        found = found and _with(found, named["dimension"] if named else "", named["word"] if named else qualifier)
    return found


def _parse_short(heading: str) -> ValueMeaning | None:
    """A short name: `value__category_total__sex_total__age_total__unit_of_measurement_counts`."""
    parts = [_SHORT_PART.fullmatch(part) for part in heading.casefold().split("__")[1:]]
    if not all(parts):
        return None
    words = {part["dimension"]: part["word"] for part in parts if part}
    unit = _UNITS.get(words.pop("unit_of_measurement", ""))
    found = ValueMeaning(*unit) if unit and len(words) == len(parts) - 1 else None
    for dimension, word in words.items():
        found = found and _with(found, dimension, word.replace("_", " "))
    return found


def _with(meaning: ValueMeaning, dimension: str, word: str) -> ValueMeaning | None:
    """What is said with one qualifier more; None for one that is not known, or contradicts another of its dimension."""
    plain = " ".join(word.split()).casefold()
    if plain == "all ages":
        return _once(meaning, "age", TOTAL)
    if dimension in ("", "sex") and (sex := code_of_sex(plain)):
        return _once(meaning, "sex", sex)
    if dimension in ("", "age") and (age := code_of_age(plain)):
        return _once(meaning, "age", age)
    if dimension in ("category", "mechanism") and is_total(plain):
        return meaning
    if dimension in ("", "category", "mechanism") and plain.removeprefix("by ") in _MECHANISMS:
        return _once(meaning, "breakdown", f"mechanism:{slug(plain.removeprefix('by '))}")
    if dimension in ("", "category") and plain in _RELATIONS:
        return _once(meaning, "breakdown", f"relationship-to-perpetrator:{slug(plain)}")
    return None


def _once(meaning: ValueMeaning, dimension: str, code: str) -> ValueMeaning | None:
    before = getattr(meaning, dimension)
    return meaning._replace(**{dimension: code}) if before in (TOTAL, code) else None


def _value_columns(table: TextTable, columns: dict[str, str]) -> list[ValueColumn]:
    """The columns of values. Raises BadInput for each heading about homicide whose words are not known."""
    headings = [heading for heading in table.headings if _is_about(heading)]
    found, faults = [], []
    for heading in headings:
        if heading.removesuffix(_ORIGINAL_YEAR) in headings and heading.endswith(_ORIGINAL_YEAR):
            continue
        said = parse_heading(heading)
        year = heading + _ORIGINAL_YEAR
        if said:
            found.append(ValueColumn(heading, year if year in headings else columns["year"], said))
        else:
            expected = _(
                "“Homicide rate per 100,000 population” or “Number of homicides”, alone or with a sex, age, firearms,"
                " sharp objects or intimate partners behind it; the meaning of these words is not held"
            )
            faults.append(Fault(table.file, f"{table.heading_line}:{heading}", heading, expected))
    repeated = [one for index, one in enumerate(found) if any(one.meaning == other.meaning for other in found[:index])]
    faults += [
        Fault(table.file, f"{table.heading_line}:{one.heading}", one.heading, _("one column that says this"))
        for one in repeated
    ]
    if faults:
        raise BadInput(faults)
    return found


def _observation(
    reading: Reading, areas: AreaFinder, columns: dict[str, str], column: ValueColumn, row: Row
) -> Observation:
    area = _area(reading, areas, columns, row)
    # Where no original year is stated, the value is of the year of its row.
    year = column.year if row.cells[column.year].strip() not in ("", MARK_OF_R) else columns["year"]
    period = read_period(row.cells[year], f"{row.line}:{year}")
    place = f"{row.line}:{column.heading}"
    text = row.cells[column.heading]
    said = column.meaning
    number = read_value(reading, text, place, said.indicator)
    if said.unit == PER_100000 and number.value is not None and number.value >= _HIGHEST_RATE:
        expected = _("a rate below %d per 100,000 population; this may be a number, or a rate per something else")
        raise RowFault("impossible-rate", place, text, expected % _HIGHEST_RATE)
    return stated(
        area=area,
        indicator=said.indicator,
        iccs="0101",
        sex=said.sex,
        age=said.age,
        breakdown=said.breakdown,
        unit=said.unit,
        period=period,
        number=number,
        text=text,
        place=place,
    )


def _area(reading: Reading, areas: AreaFinder, columns: dict[str, str], row: Row) -> str:
    """The area by its code, else by its name; “Micronesia (UN)” is the region of that name and not the State."""
    entity = row.cells[columns["entity"]].strip()
    if entity.endswith(_OF_THE_UN):
        region = areas.of_kinds(entity.removesuffix(_OF_THE_UN), _REGIONS)
        found, expected = region, _("the name of a region of the M49 standard")
    else:
        at = f"{row.line}:{columns['code']}"
        found, expected = area_of_row(reading, areas, row.cells[columns["code"]], entity, at)
    if found is None:
        shown = ", ".join(filter(None, (entity, text_of(row.cells[columns["code"]]))))
        raise RowFault("unknown-area", f"{row.line}:{columns['entity']}", shown, expected)
    return found


def _description(values: Sequence[ValueColumn]) -> Description:
    """Columns of sexes and ages are parts of one data set: they have keys of their own."""
    of_rates = any(column.meaning.unit == PER_100000 for column in values)
    return Description(
        dataset="homicide-rate-owid" if of_rates else "homicide-count-owid",
        title="Our World in Data: "
        + ("homicide rate per 100,000 population" if of_rates else "number of victims of homicide"),
        publisher="Our World in Data",
        licence="Creative Commons Attribution 4.0 International (CC BY 4.0)",
    )
