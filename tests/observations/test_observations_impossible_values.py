"""Values that cannot be."""

import pytest
from examples.statistics import observation, reading

from comity.observations.impossible_values import leave_out_impossible

PEOPLE = {("076", "2012"): 1_000_000.0}


def left(**cells: object) -> bool:
    """Whether an observation stays."""
    made = reading(observation(**cells))  # type: ignore[arg-type]
    leave_out_impossible(made, PEOPLE)
    assert len(made.observations) + made.rejected == made.rows
    return bool(made.observations)


@pytest.mark.parametrize(
    ("indicator", "unit", "largest"),
    [
        ("homicide-count", "victims", 10_000),
        ("persons-held-count", "persons", 1_000_000),
        ("homicide-rate", "per 100,000 population", 1_000),
        ("recorded-offences-rate", "per 100,000 population", 100_000),
        ("persons-held-unsentenced-percent", "percent", 100),
    ],
)
def test_a_value_may_reach_its_bound_and_not_pass_it(indicator: str, unit: str, largest: float) -> None:
    assert left(value=float(largest), indicator=indicator, unit=unit)
    assert not left(value=largest * 1.01, indicator=indicator, unit=unit)


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [("recorded-offences-count", "offences"), ("prison-occupancy-percent", "percent"), ("arms-seized-count", "arms")],
)
def test_what_no_number_of_people_bounds_is_left_alone(indicator: str, unit: str) -> None:
    assert left(value=2e6, indicator=indicator, unit=unit)


def test_the_population_of_a_near_year_stands_in_and_of_a_far_one_does_not() -> None:
    assert not left(value=10_001.0, period="2022")
    assert left(value=10_001.0, period="2023")
    assert left(value=10_001.0, area="250")
