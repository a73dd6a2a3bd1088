"""Mann–Kendall and Theil–Sen against pymannkendall and SciPy, and what must hold of them for any series."""

import math
import warnings
from itertools import permutations

import numpy as np
import pymannkendall
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matrices import examples
from scipy import stats

from comity.analysis.trends import series_blocks
from comity.analysis.trends.trend_tests import exact_p, mann_kendall, measures, theil_sen

OF_A_KIND = examples(10)
"""Series of each kind."""
NEAR = {"rtol": 1e-9, "atol": 1e-9, "equal_nan": True}


def random_series(n: int, seed: int) -> np.ndarray:
    """Series of every kind of one length: noise, trends, correlated, tied a little, heavily and wholly, exact lines."""
    random = np.random.default_rng(seed)
    noise = random.standard_normal((OF_A_KIND, n))
    return np.concatenate(
        [
            noise,
            noise + np.arange(n) * random.uniform(-1, 1, (OF_A_KIND, 1)),
            noise.cumsum(axis=1),
            random.poisson(1, (OF_A_KIND, n)),
            random.poisson(40, (OF_A_KIND, n)),
            random.integers(0, 2, (OF_A_KIND, n)),
            np.round(noise + 10, 1),
            np.full((1, n), 3.7),
            np.zeros((1, n)),
            np.arange(n)[None, :] * 2.0 + 1,
            np.arange(n)[None, :] * -0.1,
        ]
    )


def without_warnings(test, series):  # type: ignore[no-untyped-def]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return test(series)


LENGTHS = [4, 5, 6, 7, 8, 11, 20, 33, 64]


@pytest.mark.parametrize("n", LENGTHS)
@pytest.mark.parametrize(
    ("correction", "oracle"),
    [("none", pymannkendall.original_test), ("hamed-rao", pymannkendall.hamed_rao_modification_test)],
)
def test_s_variance_z_p_and_line_equal_pymannkendall(n: int, correction, oracle) -> None:  # type: ignore[no-untyped-def]
    series = random_series(n, seed=n)
    found = mann_kendall(series, np.arange(n), correction=correction)
    lines = theil_sen(series, np.arange(n))
    theirs = [without_warnings(oracle, row) for row in series]
    np.testing.assert_array_equal(found.s, [result.s for result in theirs])
    np.testing.assert_allclose(found.var, [result.var_s for result in theirs], **NEAR)
    np.testing.assert_allclose(found.z, [result.z for result in theirs], **NEAR)
    np.testing.assert_allclose(found.p, [result.p for result in theirs], **NEAR)
    np.testing.assert_allclose(lines.slope, [result.slope for result in theirs], **NEAR)
    np.testing.assert_allclose(lines.intercept, [result.intercept for result in theirs], **NEAR)


@pytest.mark.parametrize("n", [2, 3, *LENGTHS])
@pytest.mark.parametrize("alpha", [0.05, 0.1])
def test_slope_interval_equals_scipy_over_years_with_gaps(n: int, alpha: float) -> None:
    random = np.random.default_rng(n)
    years = np.sort(random.choice(np.arange(1960, 2060), n, replace=False))
    series = random_series(n, seed=100 + n)
    found = theil_sen(series, years, alpha)
    theirs = [stats.theilslopes(row, years, 1 - alpha) for row in series]
    np.testing.assert_allclose(found.slope, [line.slope for line in theirs], **NEAR)
    np.testing.assert_allclose(found.intercept, [line.intercept for line in theirs], **NEAR)
    np.testing.assert_allclose(found.low, [line.low_slope for line in theirs], **NEAR)
    np.testing.assert_allclose(found.high, [line.high_slope for line in theirs], **NEAR)


def test_series_of_different_lengths_in_one_call_equal_each_computed_alone() -> None:
    random = np.random.default_rng(3)
    table = random.poisson(4, (200, 25)).astype(float)
    table[random.random(table.shape) < random.random((200, 1))] = np.nan
    years = np.arange(1990, 2015)
    together = measures(table, years)
    for row, series in enumerate(table):
        present = ~np.isnan(series)
        alone = measures(series[None, present], years[present])
        for name in (
            "n",
            "s",
            "var",
            "hamed_rao",
            "correlation",
            "first_order",
            "slope",
            "intercept",
            "low",
            "high",
            "wide_low",
            "wide_high",
        ):
            np.testing.assert_array_equal(getattr(together, name)[row], getattr(alone, name)[0], name)


def test_gap_keeps_its_years_in_the_slope_and_in_detrending() -> None:
    years = np.array([2000, 2001, 2002, 2003, 2010, 2011, 2012, 2013])
    line = 5 + 2.0 * (years - 2000)
    assert theil_sen([line], years).slope[0] == 2
    assert theil_sen([line], years).intercept[0] == 5 - 4000
    wave = line + np.array([1, 1, -1, -1, 1, 1, -1, -1]) * 0.25
    found = measures([wave], years)
    by_hand = stats.rankdata(wave - found.slope[0] * (years - 1999))
    deviations = by_hand - by_hand.mean()
    correlations = [(deviations[lag:] * deviations[: 8 - lag]).sum() / (deviations**2).sum() for lag in range(8)]
    total = sum(
        (8 - lag) * (7 - lag) * (6 - lag) * correlations[lag]
        for lag in range(1, 8)
        if abs(correlations[lag]) > 1.959963984540054 / math.sqrt(8)
    )
    assert found.hamed_rao[0] == pytest.approx(1 + 2 / (8 * 7 * 6) * total, abs=1e-12)


def test_blocks_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    series = random_series(12, seed=1)
    whole = measures(series, np.arange(12))
    monkeypatch.setattr(series_blocks, "PAIRS_A_BLOCK", 200)
    parts = measures(series, np.arange(12))
    np.testing.assert_array_equal(whole.wide_high, parts.wide_high)
    np.testing.assert_array_equal(whole.hamed_rao, parts.hamed_rao)


def test_floating_sums_tie_at_the_stated_precision_only() -> None:
    series = [[0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3, 0.4, 0.3, 0.3]]
    assert mann_kendall(series, range(8)).s[0] != mann_kendall(series, range(8), decimals=6).s[0]
    counts = [[3, 3, 3, 3, 3, 4, 3, 3]]
    tied, exact = mann_kendall(series, range(8), decimals=6), mann_kendall(counts, range(8))
    assert (tied.s[0], tied.p[0]) == (exact.s[0], exact.p[0])


def test_exact_line_is_shown_to_rise_whether_or_not_its_steps_are_exact_in_binary() -> None:
    found = mann_kendall([np.arange(8.0), np.arange(8) * 0.1 + 0.1], range(8), correction="first-order")
    assert found.p[0] == found.p[1] < 0.05


def test_fewer_than_four_observations_have_no_test_and_no_series_is_refused_for_being_short() -> None:
    nan = np.nan
    found = mann_kendall([[nan] * 5, [1, nan, nan, nan, nan], [1, nan, 2, nan, 3], [1, 2, 3, nan, 4]], range(5))
    assert found.n.tolist() == [0, 1, 3, 4]
    assert found.s.tolist() == [0, 0, 3, 6]
    assert np.isnan(mann_kendall([[1, nan, 2, nan, 3]], range(5), correction="none").p).all()
    assert mann_kendall([[1, 2, 4, nan, 9]], range(5), correction="none").p[0] < 0.1
    assert mann_kendall(np.empty((0, 5)), range(5)).p.shape == (0,)
    assert mann_kendall(np.empty((2, 0)), []).n.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("values", "years", "words"),
    [
        ([1, 2, 3], [1, 2, 3], "shape"),
        ([[1, 2, 3]], [1, 2], "shape"),
        ([[1, 2, 3]], [2, 1, 3], "rise"),
        ([[1, 2, 3]], [1, 1, 3], "rise"),
        ([[1, math.inf, 3]], [1, 2, 3], "finite"),
    ],
)
def test_unfit_input_is_refused_in_words(values, years, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        measures(values, years)


def test_unknown_correction_and_level_are_refused() -> None:
    with pytest.raises(ValueError, match="correction"):
        mann_kendall([[1, 2]], [1, 2], correction="yue-wang")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="alpha"):
        theil_sen([[1, 2]], [1, 2], 0)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 7])
def test_exact_p_is_the_share_of_all_orders(n: int) -> None:
    scores = [sum(np.sign(order[j] - order[i]) for i in range(n) for j in range(i)) for order in permutations(range(n))]
    for s in set(scores):
        share = np.mean([abs(score) >= abs(s) for score in scores])
        assert exact_p(int(s), n) == pytest.approx(share)


def test_exact_p_equals_scipy_for_longer_series_and_refuses_what_cannot_be() -> None:
    series = np.random.default_rng(5).standard_normal((20, 40))
    s = mann_kendall(series, range(40)).s
    theirs = [stats.kendalltau(np.arange(40), row, method="exact").pvalue for row in series]
    np.testing.assert_allclose([exact_p(int(score), 40) for score in s], theirs, rtol=1e-9)
    for score in (7, 5):
        with pytest.raises(ValueError, match="cannot be"):
            exact_p(score, 4)


numbers = st.one_of(st.integers(-20, 20), st.just(None))
tables = (
    st.integers(4, 14)
    .flatmap(lambda n: st.lists(st.lists(numbers, min_size=n, max_size=n), min_size=1, max_size=5))
    .map(lambda rows: np.array(rows, dtype=float))
)


@given(tables, st.integers(-50, 50), st.integers(1, 9))
def test_shifting_and_scaling_leave_s_and_reversing_negates_it(table, constant: int, scale: int) -> None:  # type: ignore[no-untyped-def]
    years = np.arange(table.shape[1])
    found = mann_kendall(table, years)
    moved = mann_kendall(table * scale + constant, years)
    np.testing.assert_array_equal(found.s, moved.s)
    plain, negated = mann_kendall(table, years, correction="none"), mann_kendall(-table, years, correction="none")
    turned = mann_kendall(table[:, ::-1], years, correction="none")
    np.testing.assert_array_equal(plain.s, -turned.s)
    np.testing.assert_array_equal(plain.z, -negated.z)
    np.testing.assert_array_equal(plain.p, turned.p)


@given(tables, st.randoms())
def test_order_of_series_and_years_without_a_value_change_nothing(table, random) -> None:  # type: ignore[no-untyped-def]
    years = np.arange(2000, 2000 + table.shape[1])
    found = measures(table, years)
    order = random.sample(range(len(table)), len(table))
    empty = np.full((len(table), 1), np.nan)
    padded = np.concatenate([empty, table, empty, empty], axis=1)
    for other, rows in (
        (measures(table[order], years), order),
        (measures(padded, [1990, *years, 2050, 2051]), range(len(table))),
    ):
        for name in type(found).__dataclass_fields__:
            np.testing.assert_array_equal(getattr(found, name)[rows], getattr(other, name), name)


@given(tables)
def test_interval_holds_the_slope_and_the_wider_one_holds_the_interval(table) -> None:  # type: ignore[no-untyped-def]
    found = measures(table, np.arange(table.shape[1]))
    known = ~np.isnan(found.wide_low)
    assert (found.low[known] <= found.slope[known]).all() and (found.slope[known] <= found.high[known]).all()
    assert (found.wide_low[known] <= found.low[known]).all() and (found.high[known] <= found.wide_high[known]).all()
    assert (found.first_order[known] >= 1).all()
