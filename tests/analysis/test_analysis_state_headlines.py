"""What the page of a State tells first of its homicide: the latest number and rate that are held, and no others."""

from datetime import date

import pytest
from examples.statistics import keep, observation

from comity.analysis.headlines.panels import state_panel
from comity.observations.observation import PER_100000, Observation

pytestmark = pytest.mark.django_db
KNOWN = date(2026, 11, 24)
VICTIMS: dict[str, float | None] = {"2011": 110.0, "2012": 120.0, "2010": 100.0, "2013": None}
"""Neither the first nor the last row has the latest year with a value."""


def rows(area: str = "076", more: float = 0.0, **fields: object) -> list[Observation]:
    """The series in the order of the file, each value higher by `more`."""
    return [
        observation(area, year, None if value is None else value + more, place=f"{year}{area}:value", **fields)
        for year, value in VICTIMS.items()
    ]


def headlines(area: str = "076", as_at: date = KNOWN) -> list[tuple[str, str]]:
    """Year and value of what is told first."""
    return [(one["on"], one["printed"]) for one in state_panel(area, as_at, as_at).values["rows"] if one["printed"]]


def test_the_latest_year_with_a_value_is_told_whatever_the_order_of_the_rows() -> None:
    keep("2014-10-06", *rows())
    assert headlines() == [("2012", "120")]


def test_number_comes_before_rate_and_each_has_its_own_latest_year() -> None:
    rate = [
        observation("076", year, value, indicator="homicide-rate", unit=PER_100000, place=f"{year}:rate")
        for year, value in (("2010", 10.0), ("2011", 11.5))
    ]
    keep("2014-10-06", *rate, *rows())
    assert headlines() == [("2012", "120"), ("2011", "11.5")]


def test_other_areas_and_parts_of_the_victims_are_not_told() -> None:
    keep("2014-10-06", *rows(), *rows("250", 1.0), *rows(more=2.0, sex="F")[:2])
    assert (headlines(), headlines("250")) == ([("2012", "120")], [("2012", "121")])
    assert headlines("826") == []
