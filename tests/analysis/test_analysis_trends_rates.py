"""The error rates and the power that docs/trends.md states, by simulation; ten times the runs under COMITY_PROOF."""

import os

import numpy as np
import pytest

from benchmarks.trend_rates import CHANGES, NOTHING, changed, first_order, verdicts
from comity.analysis.trends.series_trends import trend_table
from comity.analysis.trends.trend_tests import mann_kendall
from comity.analysis.trends.verdicts import CHANGED, Ground

RUNS = 10_000 if os.environ.get("COMITY_PROOF") else 1_000
LENGTHS = (8, 10, 15, 20, 30)
STABLE = (Ground.CONSTANT, Ground.STABLE)


def grounds(series: np.ndarray, **options: str) -> np.ndarray:
    """What is said of each series by itself, none of it negative."""
    found = trend_table(np.maximum(series, 0), np.arange(series.shape[1]), **{"adjustment": "none", **options})
    return found.ground


def at_most(rate: float) -> float:
    """The largest share that three standard deviations of the runs leave to a true rate."""
    return rate + 3 * np.sqrt(rate * (1 - rate) / RUNS)


CLAIMED = dict.fromkeys(NOTHING, 0.05) | {"ρ = 0.2": 0.06, "ρ = 0.5": 0.10, "ρ = 0.7": 0.21, "random walk": 0.75}


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("n", LENGTHS)
def test_change_is_called_where_there_is_none_no_more_often_than_stated(name: str, n: int) -> None:
    assert changed(verdicts(NOTHING[name], n, RUNS)) <= at_most(CLAIMED[name])


@pytest.mark.parametrize(
    ("name", "n", "verdict", "least"),
    [
        ("a line, 4 deviations in all", 8, "increase", 0.33),
        ("a line, 4 deviations in all", 20, "increase", 0.9),
        ("a line, 4 deviations in all, ρ = 0.5", 20, "increase", 0.7),
        ("an S-curve, 8 deviations", 12, "increase", 0.9),
        ("an S-curve, 8 deviations, ρ = 0.5", 20, "increase", 0.98),
        ("a step, 3 deviations", 20, "level shift", 0.4),
        ("a step, 6 deviations", 10, "level shift", 0.8),
        ("a step, 6 deviations", 28, "level shift", 0.84),
        ("a step, 6 deviations, ρ = 0.5", 20, "level shift", 0.62),
        ("a rise and a fall of 6 deviations", 15, "turned", 0.55),
        ("a rise and a fall of 6 deviations", 20, "turned", 0.94),
        ("a rise and a fall of 6 deviations, ρ = 0.5", 20, "turned", 0.88),
        ("a fall of 9 and a rise of 2 deviations", 15, "decrease", 0.93),
    ],
)
def test_change_is_called_what_it_is_as_often_as_stated(name: str, n: int, verdict: str, least: float) -> None:
    assert verdicts(CHANGES[name], n, RUNS)[verdict] >= least


@pytest.mark.parametrize("rho", [0.0, 0.5])
@pytest.mark.parametrize("scatter", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("n", LENGTHS)
def test_series_that_changes_by_the_bound_is_called_stable_no_more_often_than_stated(
    rho: float, scatter: int, n: int
) -> None:
    level = 100 + np.arange(n) - (n - 1) / 2
    called = np.isin(grounds(level + scatter * first_order(rho, n, np.random.default_rng(n), RUNS)), STABLE)
    assert called.mean() <= at_most(0.04 if rho else 0.025)


@pytest.mark.parametrize(
    ("n", "scatter", "slope", "power"),
    [(8, 5, 5, 0.6), (10, 5, 3, 0.73), (10, 10, 5, 0.62), (15, 5, 2, 0.92), (20, 10, 2, 0.85), (30, 10, 2, 0.99)],
)
def test_trend_is_found_as_often_as_stated(n: int, scatter: int, slope: int, power: float) -> None:
    level = 100 + slope * (np.arange(n) - (n - 1) / 2)
    random = np.random.default_rng(n)
    series = level + scatter * random.standard_normal((RUNS, n))
    assert np.mean(grounds(series) == Ground.INCREASE) >= power
    assert np.mean(grounds(series[:, ::-1]) == Ground.DECREASE) >= power
    assert np.mean(grounds(series) == Ground.DECREASE) <= 0.001


@pytest.mark.parametrize(
    ("n", "mean", "growth", "power"), [(10, 20, 0.1, 0.48), (20, 20, 0.05, 0.87), (20, 3, 0.1, 0.65)]
)
def test_growth_of_counts_is_found_as_often_as_stated(n: int, mean: int, growth: float, power: float) -> None:
    expected = mean * (1 + growth) ** (np.arange(n) - (n - 1) / 2)
    counts = np.random.default_rng(n).poisson(expected, (RUNS, n)).astype(float)
    assert np.mean(grounds(counts) == Ground.INCREASE) >= power


@pytest.mark.parametrize(("n", "scatter", "power"), [(8, 1, 0.7), (10, 2, 0.6), (15, 3, 0.85), (20, 5, 0.88)])
def test_stability_is_shown_as_often_as_stated(n: int, scatter: int, power: float) -> None:
    series = 100 + scatter * np.random.default_rng(n).standard_normal((RUNS, n))
    assert np.isin(grounds(series), STABLE).mean() >= power


@pytest.mark.parametrize("adjustment", ["storey", "benjamini-hochberg", "benjamini-yekutieli"])
def test_share_of_false_trends_in_a_family_is_held_and_true_ones_are_found(adjustment: str) -> None:
    random = np.random.default_rng(17)
    years = np.arange(20)
    shares, found = [], []
    for _family in range(RUNS // 10):
        series = 100 + 10 * random.standard_normal((40, 20))
        series[:10] += 3 * (years - 9.5)
        called = np.isin(grounds(series, adjustment=adjustment), CHANGED)
        shares.append(called[10:].sum() / max(1, called.sum()))
        found.append(called[:10].mean())
    assert np.mean(shares) <= 0.05 + 3 * np.std(shares) / np.sqrt(len(shares))
    assert np.mean(found) >= 0.7


def test_corrections_that_the_verdict_does_not_rest_on_call_too_many() -> None:
    """Why the verdict has a correction of its own: the published ones pass the stated rates at these lengths."""
    for n in (10, 15, 20):
        random = np.random.default_rng(n)
        independent, following = random.standard_normal((RUNS, n)), first_order(0.5, n, random, RUNS)
        assert np.mean(mann_kendall(independent, range(n)).p < 0.05) > 0.06
        for correction in ("none", "hamed-rao"):
            assert np.mean(mann_kendall(following, range(n), correction=correction).p < 0.05) > 0.14
