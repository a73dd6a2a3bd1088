"""What tables of World Population Prospects share: locations, persons from thousands, and years that are projected."""

from collections.abc import Mapping
from typing import NamedTuple

from comity.areas.gazetteer import COUNTRIES, WORLD
from comity.evidence.wording import gettext as _
from comity.evidence.workbooks.workbook import Value, cell_text
from comity.observations.numbers import Number
from comity.observations.observation import FORECAST, NORMAL, TOTAL, Observation
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder, area_of_row
from comity.observations.rows.row import RowFault, stated
from comity.observations.rows.values import read_value

PUBLISHER = "United Nations, Department of Economic and Social Affairs, Population Division"
LICENCE = "Creative Commons Attribution 3.0 IGO (CC BY 3.0 IGO)"

AREAS: Mapping[str, str] = {"900": WORLD, "412": "XKX"}
"""Locations whose numbers here are none of M49: the world, and Kosovo under Security Council resolution 1244."""

_GROUPS_FROM = 900
"""Numbers of locations from here on are of regions and other groups."""


class Estimated(NamedTuple):
    """The last year that is estimated: at least `first`, at most `last`, where files of two revisions look alike."""

    first: int
    last: int


ANY_REVISION = Estimated(2010, 2023)


def area_of(reading: Reading, areas: AreaFinder, code: str, name: str, place: str) -> str:
    """The area by the number of its location.

    RowFault for groups, as beyond the world their numbers are not M49's, and for a number and a name of two areas.
    """
    number = AREAS.get(code, code if code.isdecimal() else "")
    if not number or not areas(number)[0]:
        expected = _("the M49 code of a State, area or region; groups of the source's own are not held")
        rule = "aggregate" if _is_group(areas, code, name) else "unknown-area"
        raise RowFault(rule, place, f"{code}, {name}", expected)
    area, expected = area_of_row(reading, areas, number, name, place)
    if area is None:
        raise RowFault("unknown-area", place, f"{code}, {name}", expected)
    return area


def _is_group(areas: AreaFinder, code: str, name: str) -> bool:
    """Whether a location that is no area of M49 is a group, by its number, and bears no State's name alone."""
    if areas.of_kinds(name, COUNTRIES) and not areas.is_region(name):
        return False
    return code.isdecimal() and int(code) >= _GROUPS_FROM


def population(
    reading: Reading,
    cell: Value,
    place: str,
    *,
    area: str,
    period: str,
    estimated: Estimated,
    sex: str = TOTAL,
    age: str = TOTAL,
) -> Observation:
    """The population that a cell states in thousands, in persons, with the mark of a forecast where it is one."""
    number = _persons(reading, cell, place)
    return stated(
        area=area,
        indicator="population",
        sex=sex,
        age=age,
        unit="persons",
        period=period,
        number=number,
        text=cell_text(cell),
        place=place,
        status=_status(reading, number, period, place, estimated),
    )


def _persons(reading: Reading, cell: Value, place: str) -> Number:
    """A figure in thousands as persons, rounded to the thousandth of a person.

    The source gives three decimals of a thousand, and binary fractions would show.
    """
    thousands = read_value(reading, cell, place, "population")
    return thousands._replace(value=None if thousands.value is None else round(thousands.value * 1000, 3))


def _status(reading: Reading, value: Number, period: str, place: str, estimated: Estimated) -> str:
    """`F`, a forecast, for a year that no revision of a layout estimates; blank where the value itself tells."""
    if value.value is None or value.status != NORMAL or int(period) <= estimated.first:
        return ""
    if int(period) > estimated.last:
        return FORECAST
    message = _(
        "%%(times)d values are of the years after %(first)d until %(last)d (the first is at %%(place)s), which are"
        " projected in some revisions of this layout and estimated in others; the file does not say"
    )
    expected = _("a year that every revision of this layout estimates, or none")
    reading.notice("may-be-projected", "note", "", place, period, expected, message % estimated._asdict())
    return ""
