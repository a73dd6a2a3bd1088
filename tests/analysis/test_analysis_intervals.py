"""Intervals against the tables of their authors and an independent implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from comity.analysis.intervals import gamma_quantile, poisson_interval, weighted_interval


@given(st.integers(0, 2_000_000) | st.floats(0.001, 500))
def test_poisson_interval_is_half_the_inverse_chi_square(count: float) -> None:
    low, high = poisson_interval(count)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-9)
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0, rel=1e-9, abs=1e-250)


def test_poisson_interval_gives_garwoods_figures() -> None:
    # Garwood's table: 95 per cent limits of 1, 5 and 10.
    assert [round(bound, 3) for bound in poisson_interval(1)] == [0.025, 5.572]
    assert [round(bound, 2) for bound in poisson_interval(5)] == [1.62, 11.67]
    assert [round(bound, 2) for bound in poisson_interval(10)] == [4.80, 18.39]
    assert poisson_interval(0) == (0.0, pytest.approx(3.6888794541139363))


def test_a_negative_count_has_no_interval() -> None:
    with pytest.raises(ValueError):
        poisson_interval(-1)


@given(st.floats(1e-2, 1e6), st.floats(1e-6, 1 - 1e-6))
def test_gamma_quantile_agrees_with_another_implementation(shape: float, probability: float) -> None:
    expected = stats.gamma.ppf(probability, shape)
    assert gamma_quantile(shape, probability) == pytest.approx(expected, rel=1e-8, abs=1e-290)


@given(st.integers(1, 1000), st.floats(0.01, 10))
def test_the_interval_of_one_weighted_count_is_the_exact_one(count: int, weight: float) -> None:
    assert weighted_interval([(count, weight)]) == pytest.approx(poisson_interval(count).scaled(weight), rel=1e-9)


def test_fay_and_feuers_interval_by_its_formula() -> None:
    terms = [(3, 0.02), (10, 0.05), (0, 0.4)]
    value, variance, largest = 0.56, 3 * 0.02**2 + 10 * 0.05**2, 0.4
    low = variance / (2 * value) * stats.chi2.ppf(0.025, 2 * value**2 / variance)
    spread, above = variance + largest**2, value + largest
    high = spread / (2 * above) * stats.chi2.ppf(0.975, 2 * above**2 / spread)
    assert weighted_interval(terms) == pytest.approx((low, high), rel=1e-9)


def test_the_interval_of_no_events_begins_at_zero() -> None:
    assert weighted_interval([(0, 0.5)]) == (0.0, pytest.approx(3.6888794541139363 / 2))
    assert weighted_interval([]) == (0.0, 0.0)
