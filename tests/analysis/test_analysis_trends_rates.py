"""The error rates and the power that docs/trends.md states, by simulation; ten times the runs under COMITY_PROOF."""

import os

import numpy as np
import pytest

from comity.analysis.trends.series_trends import trend_table
from comity.analysis.trends.trend_tests import mann_kendall
from comity.analysis.trends.verdicts import Ground

RUNS = 10_000 if os.environ.get("COMITY_PROOF") else 1_000
LENGTHS = (8, 10, 15, 20, 30)
TREND, STABLE = (Ground.INCREASE, Ground.DECREASE), (Ground.CONSTANT, Ground.STABLE)


def first_order(rho: float, n: int, random: np.random.Generator) -> np.ndarray:
    """Series of a process of first order with variance 1."""
    noise = random.standard_normal((RUNS, n))
    series = noise.copy()
    for i in range(1, n):
        series[:, i] = rho * series[:, i - 1] + np.sqrt(1 - rho**2) * noise[:, i]
    return series


def grounds(series: np.ndarray, **options: str) -> np.ndarray:
    """What is said of each series by itself, none of it negative."""
    found = trend_table(np.maximum(series, 0), np.arange(series.shape[1]), **{"adjustment": "none", **options})
    return found.ground


def at_most(rate: float) -> float:
    """The largest share that three standard deviations of the runs leave to a true rate."""
    return rate + 3 * np.sqrt(rate * (1 - rate) / RUNS)


NO_TREND = {
    "normal": (lambda n, random: 100 + 10 * random.standard_normal((RUNS, n)), 0.05),
    "log-normal": (lambda n, random: np.exp(random.standard_normal((RUNS, n))), 0.05),
    "counts about 1": (lambda n, random: random.poisson(1, (RUNS, n)), 0.05),
    "counts about 20": (lambda n, random: random.poisson(20, (RUNS, n)), 0.05),
    "first order, 0.2": (lambda n, random: 100 + 10 * first_order(0.2, n, random), 0.06),
    "first order, 0.5": (lambda n, random: 100 + 10 * first_order(0.5, n, random), 0.10),
    "first order, 0.7": (lambda n, random: 100 + 10 * first_order(0.7, n, random), 0.14),
}


@pytest.mark.parametrize("name", NO_TREND)
@pytest.mark.parametrize("n", LENGTHS)
def test_series_without_trend_is_called_one_no_more_often_than_stated(name: str, n: int) -> None:
    model, rate = NO_TREND[name]
    called = np.isin(grounds(model(n, np.random.default_rng(n)).astype(float)), TREND)
    assert called.mean() <= at_most(rate)


@pytest.mark.parametrize("rho", [0.0, 0.5])
@pytest.mark.parametrize("scatter", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("n", LENGTHS)
def test_series_that_changes_by_the_bound_is_called_stable_no_more_often_than_stated(
    rho: float, scatter: int, n: int
) -> None:
    level = 100 + np.arange(n) - (n - 1) / 2
    called = np.isin(grounds(level + scatter * first_order(rho, n, np.random.default_rng(n))), STABLE)
    assert called.mean() <= at_most(0.04 if rho else 0.025)


@pytest.mark.parametrize(
    ("n", "scatter", "slope", "power"),
    [(8, 5, 5, 0.75), (10, 5, 3, 0.8), (10, 10, 5, 0.7), (15, 5, 2, 0.95), (20, 10, 2, 0.95), (30, 10, 2, 0.99)],
)
def test_trend_is_found_as_often_as_stated(n: int, scatter: int, slope: int, power: float) -> None:
    level = 100 + slope * (np.arange(n) - (n - 1) / 2)
    random = np.random.default_rng(n)
    series = level + scatter * random.standard_normal((RUNS, n))
    assert np.mean(grounds(series) == Ground.INCREASE) >= power
    assert np.mean(grounds(series[:, ::-1]) == Ground.DECREASE) >= power
    assert np.mean(grounds(series) == Ground.DECREASE) <= 0.001


@pytest.mark.parametrize(
    ("n", "mean", "growth", "power"), [(10, 20, 0.1, 0.55), (20, 20, 0.05, 0.95), (20, 3, 0.1, 0.7)]
)
def test_growth_of_counts_is_found_as_often_as_stated(n: int, mean: int, growth: float, power: float) -> None:
    expected = mean * (1 + growth) ** (np.arange(n) - (n - 1) / 2)
    counts = np.random.default_rng(n).poisson(expected, (RUNS, n)).astype(float)
    assert np.mean(grounds(counts) == Ground.INCREASE) >= power


@pytest.mark.parametrize(("n", "scatter", "power"), [(8, 1, 0.7), (10, 2, 0.6), (15, 3, 0.85), (20, 5, 0.88)])
def test_stability_is_shown_as_often_as_stated(n: int, scatter: int, power: float) -> None:
    series = 100 + scatter * np.random.default_rng(n).standard_normal((RUNS, n))
    assert np.isin(grounds(series), STABLE).mean() >= power


@pytest.mark.parametrize("adjustment", ["benjamini-hochberg", "benjamini-yekutieli"])
def test_share_of_false_trends_in_a_family_is_held_and_true_ones_are_found(adjustment: str) -> None:
    random = np.random.default_rng(17)
    years = np.arange(20)
    shares, found = [], []
    for _family in range(RUNS // 10):
        series = 100 + 10 * random.standard_normal((40, 20))
        series[:10] += 3 * (years - 9.5)
        called = np.isin(grounds(series, adjustment=adjustment), TREND)
        shares.append(called[10:].sum() / max(1, called.sum()))
        found.append(called[:10].mean())
    assert np.mean(shares) <= 0.05 + 3 * np.std(shares) / np.sqrt(len(shares))
    assert np.mean(found) >= 0.75


def test_corrections_that_the_verdict_does_not_rest_on_call_too_many() -> None:
    """Why the verdict has a correction of its own: the published ones pass the stated rates at these lengths."""
    for n in (10, 15, 20):
        random = np.random.default_rng(n)
        independent, following = random.standard_normal((RUNS, n)), first_order(0.5, n, random)
        assert np.mean(mann_kendall(independent, range(n)).p < 0.05) > 0.06
        for correction in ("none", "hamed-rao"):
            assert np.mean(mann_kendall(following, range(n), correction=correction).p < 0.05) > 0.14
