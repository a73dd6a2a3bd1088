"""Trends of the rates of States, on series of ten years by hand: where a break cuts them, and how verdicts count."""

from datetime import date

import pytest
from examples.indicators import person
from examples.statistics import observation

from comity.analysis.trends.rates import COLUMNS, rate_trends, trend_verdicts
from comity.areas.gazetteer import Membership
from comity.evidence.figures import Table
from comity.observations.observation import PER_100000, Observation

BRAZIL, FRANCE, SCOTLAND, WALES, KINGDOM = "076", "250", "GBR_S", "GBR_E_W", "826"
MEMBERS = [Membership(code, "m49-region", "019", None, None, True, "") for code in (BRAZIL, FRANCE, KINGDOM)]
FIRST, LAST = 2003, 2012
YEARS = range(FIRST, LAST + 1)
STEADY = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
RISING = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
FALLING_THEN_RISING = [90, 80, 1, 2, 3, 4, 5, 6, 7, 8]


def rates(area: str, values: list[float], broken: int = 0, **more: object) -> list[Observation]:
    """The rate of each year from 2003 on, of which one may be the first after a break in series."""
    stated = more or {"indicator": "homicide-rate", "unit": PER_100000}
    return [
        observation(area, str(year), float(value), **{**stated, **({"status": "B"} if year == broken else {})})
        for year, value in zip(YEARS, values, strict=True)
    ]


def counts(area: str, values: list[float], broken: int = 0) -> list[Observation]:
    """The count of each year from 2003 on."""
    return rates(area, values, broken, indicator="homicide-count")


def people(area: str) -> list[Observation]:
    """A population of a hundred thousand in each year, so that a count is its own rate."""
    return [person(area, str(year), 1e5) for year in YEARS]


def trends_of(*values: object) -> Table:
    """The trends from 2003 to 2012."""
    return rate_trends([*values, *MEMBERS], indicator="homicide-rate", first=FIRST, last=LAST)  # type: ignore[list-item]


def cells(table: Table, area: str, *columns: str) -> list[object]:
    """Some cells of an area's row."""
    return [table.cell(area, column) for column in columns]


def test_a_rate_that_rises_by_one_each_year_has_that_slope_over_all_its_years() -> None:
    table = trends_of(*rates(BRAZIL, RISING))
    assert (table.columns, list(table.rows)) == (COLUMNS, [BRAZIL])
    assert cells(table, BRAZIL, "slope", "n", "first", "last", "verdict") == [1.0, 10, 2003, 2012, "increase"]


def test_a_break_in_the_published_rate_cuts_the_segment_before_its_year() -> None:
    table = trends_of(*rates(BRAZIL, FALLING_THEN_RISING, broken=2005), *rates(FRANCE, FALLING_THEN_RISING))
    assert cells(table, BRAZIL, "slope", "n", "first", "last", "verdict") == [1.0, 8, 2005, 2012, "increase"]
    assert cells(table, FRANCE, "n", "first", "last") == [10, 2003, 2012]


def test_a_break_in_the_count_cuts_the_segment_of_the_rate_that_is_computed_of_it() -> None:
    table = trends_of(*counts(BRAZIL, FALLING_THEN_RISING, broken=2005), *people(BRAZIL))
    assert cells(table, BRAZIL, "slope", "n", "first", "verdict") == [pytest.approx(1.0), 8, 2005, "increase"]


def test_a_break_in_one_part_of_a_state_cuts_the_segment_of_the_whole() -> None:
    parts = [Membership(code, "part-of", KINGDOM, None, None, True, "") for code in (SCOTLAND, WALES)]
    values = [*counts(SCOTLAND, RISING), *counts(WALES, RISING, broken=2004), *people(KINGDOM)]
    table = trends_of(*values, *parts)
    assert cells(table, KINGDOM, "slope", "n", "first") == [pytest.approx(2.0), 9, 2004]


def test_years_outside_of_the_question_do_not_count_and_an_area_without_a_year_in_it_has_no_row() -> None:
    values = [*rates(BRAZIL, RISING), *rates(FRANCE, RISING)[:2], *MEMBERS]
    table = rate_trends(values, indicator="homicide-rate", first=2005, last=2011)
    assert list(table.rows) == [BRAZIL]
    assert cells(table, BRAZIL, "n", "first", "last", "verdict") == [7, 2005, 2011, "no verdict"]
    assert rate_trends(MEMBERS, indicator="homicide-rate", first=2005, last=2011).rows == {}


def test_the_areas_are_those_that_exist_in_the_last_year() -> None:
    came = Membership(BRAZIL, "m49-region", "019", date(2012, 1, 1), None, True, "")
    went = Membership(FRANCE, "m49-region", "019", None, date(2011, 12, 31), True, "")
    values = [*rates(BRAZIL, RISING), *rates(FRANCE, RISING), came, went]
    assert list(rate_trends(values, indicator="homicide-rate", first=FIRST, last=LAST).rows) == [BRAZIL]


def test_verdicts_are_counted_by_area_and_all_of_them_together() -> None:
    values = [*rates(BRAZIL, RISING), *rates(FRANCE, STEADY), *rates(KINGDOM, RISING)[:7], *MEMBERS]
    table = trend_verdicts(values, indicator="homicide-rate", first=FIRST, last=LAST)
    assert table.columns == ("areas",)
    assert {row: table.cell(row, "areas") for row in table.rows} == {
        "increase": 1,
        "decrease": 0,
        "stable": 1,
        "no-verdict": 1,
        "all": 3,
    }
