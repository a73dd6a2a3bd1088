"""Where a slip would go unnoticed in estimates: a State with a count beside its part's, bounds without filling."""

import pytest
from examples.statistics import observation
from test_analysis_estimates import EAST, made, member, part, peopled, rate

from comity.analysis.intervals import poisson_interval

VICTIMS = {"826": 500.0, "827": 100.0, "250": 50.0}
HELD = [observation(area, value=value) for area, value in VICTIMS.items()] + [
    rate(area, value / 100) for area, value in VICTIMS.items()
]
PEOPLE = peopled("826", "827", "250", "528", value=1e7)


@pytest.mark.parametrize("method", ["comity-1", "study-2013"])
def test_a_state_and_its_part_that_both_have_a_count_are_counted_once(method: str) -> None:
    places = [*member("826"), *member("250"), part("827", "826")]
    found = made(HELD, PEOPLE, places, method=method)[EAST]
    assert found.count == 550
    assert {cell.area for cell in found.cells if cell.count} == {"826", "250"}


def test_bounds_of_a_method_that_fills_nothing_are_those_of_its_own_count() -> None:
    places = [*member("826"), *member("250"), *member("528")]
    found = made(HELD, PEOPLE, places, method="study-2013")[EAST]
    bounds = poisson_interval(550.0)
    assert found.population == 2e7
    assert (found.low, found.high) == pytest.approx((bounds.low / 200, bounds.high / 200))
