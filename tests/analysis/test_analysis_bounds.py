"""How far an estimate may be off: each other rule of filling, each kind of miss, and breaks on the very year."""

import math
from dataclasses import replace

import pytest
from examples.statistics import observation
from test_analysis_estimates import EAST, made, member, peopled, rate

from comity.analysis.estimates.basis import Basis, Geography
from comity.analysis.estimates.bounds import bounds_of
from comity.analysis.estimates.filling import Cell
from comity.analysis.estimates.methods import Bounds, declared
from comity.analysis.intervals import poisson_interval
from comity.observations.observation import BREAK

SURE = Bounds(own=((0, 0.0),), neighbours=0.0, reach=0.0, held=1.0, trials=1, seed=1)
CHANCE = poisson_interval(50)
FILLED = Cell("250", "averaged", rate=5.0, population=1e6, distance=2, alternatives=(4.0, 8.0))


@pytest.mark.parametrize("alternatives", [(4.0, 8.0), (8.0, 4.0)])
def test_bounds_reach_to_what_either_other_rule_gives(alternatives: tuple[float, float]) -> None:
    found = bounds_of([replace(FILLED, alternatives=alternatives)], SURE)
    assert (found.low, found.high) == (pytest.approx(40 - (50 - CHANCE.low)), pytest.approx(80 + (CHANCE.high - 50)))


def test_a_models_estimate_is_taken_to_miss_as_far_as_a_rate_of_neighbours() -> None:
    missing = replace(SURE, own=((9, 0.1),), neighbours=0.5, reach=1.0)
    wide, narrow = (
        bounds_of([Cell("250", kind, rate=5.0, population=1e6, distance=0, alternatives=(5.0, 5.0))], missing)  # type: ignore[arg-type]
        for kind in ("estimated", "averaged")
    )
    assert wide.high == pytest.approx(50 + math.hypot(50 * (math.exp(0.5) - 1), CHANCE.high - 50))
    assert narrow.high == pytest.approx(50 + math.hypot(50 * (math.exp(0.1) - 1), CHANCE.high - 50))


def test_a_gap_of_a_state_is_bounded_by_the_median_and_by_the_plain_mean_of_its_neighbours() -> None:
    reporting = {"250": 1.0, "276": 2.0, "528": 9.0}
    states = [one for code in (*reporting, "643") for one in member(code)]
    found = made([rate(code, value) for code, value in reporting.items()], peopled(*reporting, "643"), states)[EAST]
    (gap,) = (cell for cell in found.cells if cell.area == "643")
    assert (gap.provenance, gap.alternatives) == ("imputed", (2.0, 4.0))


def test_a_series_that_breaks_in_a_year_speaks_of_that_year_and_later_ones_alone() -> None:
    states = [one for code in ("250", "276", "528", "643") for one in member(code)]
    others = [rate(code, 5.0) for code in ("250", "276", "528")]
    own = [rate("643", 50.0, "2010"), rate("643", 7.0, "2011")._replace(status=BREAK)]
    found = made([*others, *own], peopled("250", "276", "528", "643"), states)[EAST]
    (cell,) = (cell for cell in found.cells if cell.area == "643")
    assert (cell.rate, cell.years) == (7.0, ("2011",))


def test_a_figure_is_given_where_observations_cover_just_half_of_the_people() -> None:
    reporting = ("250", "276", "528")
    states = [one for code in (*reporting, "643") for one in member(code)]
    rows = [rate(code, 5.0) for code in reporting]
    half, less = (
        made(rows, [*peopled(*reporting), *peopled("643", value=value)], states)[EAST] for value in (3e6, 3.1e6)
    )
    assert (half.reason_kind, half.value) == ("", pytest.approx(5.0))
    assert less.reason_kind == "low-coverage"


def test_a_population_that_counts_imply_is_of_the_nearest_year_or_of_the_earlier_of_two() -> None:
    rules = declared().methods["study-2019"]
    rows = [observation("250", "2010", 50.0), rate("250", 5.0, "2010"), observation("250", "2014", 50.0)]
    basis = Basis(
        declared().estimated["homicide-rate"],
        [*rows, rate("250", 2.5, "2014")],
        [],
        Geography(member("250"), (), "2012"),
        rules,
    )
    people = [basis.population("250", year) for year in (2012, 2013)]
    assert [one and one.value for one in people] == [1e6, 2e6]
