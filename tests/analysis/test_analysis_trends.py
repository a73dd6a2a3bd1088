"""Verdicts on trends, the breaks they stop at, changes, change points and tests read together."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from comity.analysis.trends.breaks import last_segments
from comity.analysis.trends.change_points import pettitt
from comity.analysis.trends.changes import Outcome, average_annual_change
from comity.analysis.trends.multiple_testing import adjusted_p
from comity.analysis.trends.sentences import ends, reasons
from comity.analysis.trends.series_trends import Trend, trends
from comity.analysis.trends.verdicts import Evidence, Ground, Verdict, any_change_p, grounds, turns_named

NAN = np.nan
YEARS = np.arange(2010, 2020)
WAVER = np.array([0, 1, -1, 1, 0, -1, 1, -1, 0, 0])


def trend(values, breaks=None, **options) -> Trend:  # type: ignore[no-untyped-def]
    """The trend of one series of ten years."""
    return trends([values], YEARS, breaks=None if breaks is None else [breaks], **options)[0]


def break_before(*years: int) -> list[bool]:
    return [year in years for year in YEARS]


def test_rise_and_fall_are_named_with_counts_and_years() -> None:
    rise, fall = trends([100 + 5 * np.arange(10) + WAVER, 100 - 5 * np.arange(10) + WAVER], YEARS)
    assert (rise.verdict, fall.verdict) == (Verdict.INCREASE, Verdict.DECREASE)
    assert rise.slope is not None and rise.low is not None and 4 < rise.low <= rise.slope < 6
    assert "10 observations from 2010 to 2019 rise" in rise.reason
    assert "fall" in fall.reason
    assert rise.p_adjusted is not None and rise.p is not None and rise.p <= rise.p_adjusted < 0.05


def test_series_that_stays_within_one_per_cent_is_shown_to_be_stable() -> None:
    found = trend(1000 + WAVER)
    assert found.verdict is Verdict.STABLE
    assert "within 1\u00a0% of the median" in found.reason


def test_noise_is_neither_trend_nor_stability() -> None:
    found = trend(100 + 20 * WAVER)
    assert found.verdict is Verdict.NONE
    assert "stability could not be shown" in found.reason
    assert trend(100 + 20 * WAVER, stable_within=1).verdict is Verdict.STABLE


def test_equal_values_are_stable_from_eight_on() -> None:
    assert trend([4] * 10).verdict is Verdict.STABLE
    assert "same value" in trend([0] * 10).reason
    assert trend([4] * 7 + [NAN] * 3).verdict is Verdict.NONE


def test_median_of_zero_leaves_stability_without_a_measure() -> None:
    found = trend([0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
    assert found.verdict is Verdict.NONE
    assert "median is 0" in found.reason


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([NAN] * 10, "no observation"),
        ([NAN] * 9 + [3], "There is 1 observation, in 2019"),
        ([1, 2, 3, 4, 5, 6, 7, NAN, NAN, NAN], "There are 7 observations, from 2010 to 2016, and a verdict needs 8"),
        ([1, 2, 3, 4, -5, 6, 7, 8, 9, 10], "is negative"),
    ],
)
def test_verdict_is_withheld_with_its_reason(values: list[float], words: str) -> None:
    found = trend(values)
    assert found.verdict is Verdict.NONE
    assert words in found.reason
    assert found.p_verdict is None and found.p_adjusted is None


def evidence(**measured: float | bool) -> Evidence:
    """One series of twenty values about 100 in which nothing is shown; 2 a year is stable."""
    usual: dict[str, float | bool] = {"n": 20, "negative": False, "constant": False, "level": 100.0, "p": 1.0}
    usual |= {"trend_p": 1.0, "s": 0.0, "tau": 0.2, "low": -3.0, "high": 3.0, "stable_low": -3.0, "stable_high": 3.0}
    usual |= {"turn_p": 1.0, "turn_sign": 1.0, "reversal": 0.0, "legs_p": 1.0}
    usual |= {"shift_p": 1.0, "shift": 5.0, "stepwise": False}
    return Evidence(**{name: np.array([value]) for name, value in (usual | measured).items()})


def ground(**measured: float | bool) -> Ground:
    """The ground of that series."""
    return Ground(int(grounds(evidence(**measured), alpha=0.05, stable_within=0.02)[0]))


RISES = {"p": 0.049, "trend_p": 0.049, "s": 1, "low": 0.1}
FALLS = {"p": 0.049, "trend_p": 0.049, "s": -1, "high": -0.1}
TURNS = {"p": 0.049, "turn_p": 0.049, "reversal": 0.5, "legs_p": 0.19, "tau": 0.49}
STEPS = {"p": 0.049, "shift_p": 0.049, "stepwise": True}


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ({"n": 0}, Ground.NO_OBSERVATIONS),
        ({"n": 7}, Ground.FEW),
        ({"n": 8}, Ground.UNDECIDED),
        ({"n": 7, "negative": True}, Ground.NEGATIVE),
        ({"constant": True, **RISES}, Ground.CONSTANT),
        (RISES, Ground.INCREASE),
        ({**RISES, "p": 0.05}, Ground.UNDECIDED),
        ({**RISES, "trend_p": 0.05}, Ground.UNNAMED),
        ({**RISES, "s": 0}, Ground.UNNAMED),
        ({**RISES, "low": 0}, Ground.UNNAMED),
        (FALLS, Ground.DECREASE),
        ({**FALLS, "p": 0.05}, Ground.UNDECIDED),
        ({**FALLS, "s": 0}, Ground.UNNAMED),
        ({**FALLS, "high": 0}, Ground.UNNAMED),
        # Without a trend of its own, a shift of the same direction makes none.
        ({**RISES, "trend_p": 0.06, "shift_p": 0.049}, Ground.SHIFT_UP),
        ({**FALLS, "trend_p": 0.06, "shift_p": 0.049, "shift": -5.0}, Ground.SHIFT_DOWN),
        ({**RISES, "trend_p": 0.06, "shift_p": 0.049, "shift": -5.0}, Ground.SHIFT_DOWN),
        ({**RISES, "trend_p": 0.06, "shift_p": 0.05}, Ground.UNNAMED),
        (STEPS, Ground.SHIFT_UP),
        ({**STEPS, "shift": -5.0}, Ground.SHIFT_DOWN),
        ({**STEPS, "shift": 0.0}, Ground.UNNAMED),
        ({**STEPS, "p": 0.05}, Ground.UNDECIDED),
        ({**RISES, **STEPS, "stepwise": False}, Ground.INCREASE),
        ({**RISES, **STEPS}, Ground.SHIFT_UP),
        (TURNS, Ground.ROSE_THEN_FELL),
        ({**TURNS, "turn_sign": -1.0}, Ground.FELL_THEN_ROSE),
        ({**TURNS, "n": 11}, Ground.UNNAMED),
        ({**TURNS, "n": 12}, Ground.ROSE_THEN_FELL),
        ({**TURNS, "turn_p": 0.05}, Ground.UNNAMED),
        ({**TURNS, "reversal": 0.49}, Ground.UNNAMED),
        ({**TURNS, "legs_p": 0.2}, Ground.UNNAMED),
        ({**TURNS, "tau": -0.5}, Ground.UNNAMED),
        ({**RISES, **TURNS}, Ground.ROSE_THEN_FELL),
        ({**RISES, **TURNS, "tau": 0.5}, Ground.INCREASE),
        ({"level": 0, "stable_low": 0, "stable_high": 0}, Ground.ZERO_LEVEL),
        ({"stable_low": -2, "stable_high": 2}, Ground.STABLE),
        ({"stable_low": -2.01, "stable_high": 2}, Ground.UNDECIDED),
        ({"stable_low": -2, "stable_high": 2.01}, Ground.UNDECIDED),
    ],
)
def test_a_ground_holds_up_to_its_very_edge(measured: dict[str, float | bool], expected: Ground) -> None:
    assert ground(**measured) is expected


def test_measures_stand_beside_a_withheld_verdict() -> None:
    found = trend([1, 2, 3, 5, 8, 13, 21, NAN, NAN, NAN])
    assert (found.n, found.s, found.first, found.last) == (7, 21, 2010, 2016)
    assert found.slope is not None and found.low is not None and found.average_annual_change is not None


def test_test_does_not_run_across_a_break() -> None:
    jump = [10, 10, 50, 51, 49, 50, 51, 49, 50, 50]
    assert trend(jump, break_before(2012)).n == 8
    after = trend(jump, break_before(2012))
    assert (after.first, after.broken) == (2012, True)
    assert "breaks before 2012; only what follows is tested" in after.reason
    assert trend(jump, break_before(2013)).verdict is Verdict.NONE
    assert trend(jump).broken is False


def test_break_with_nothing_on_one_side_parts_nothing() -> None:
    values = [NAN, NAN, *range(1, 7), NAN, NAN]
    for year in (2010, 2011, 2012, 2018, 2019):
        assert trend(values, break_before(year)).n == 6
        assert trend(values, break_before(year)).broken is False
    assert trend(values, break_before(2013)).n == 5


def test_last_segment_of_several_is_kept() -> None:
    values = [[1, 2, NAN, 4, 5, NAN, NAN, 8, 9, 10], [NAN] * 10]
    flags = [break_before(2012, 2016), break_before(2013)]
    kept, broken = last_segments(values, YEARS, flags)
    assert np.flatnonzero(~np.isnan(kept[0])).tolist() == [7, 8, 9]
    assert broken.tolist() == [True, False]
    with pytest.raises(ValueError, match="breaks have the shape"):
        last_segments(values, YEARS, [[True]])


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 5)), st.booleans()), min_size=1, max_size=12),
)
def test_last_segment_is_what_follows_the_last_break_between_observations(series) -> None:  # type: ignore[no-untyped-def]
    parts: list[list[int]] = [[]]
    for place, (value, breaks) in enumerate(series):
        parts += [[]] if breaks else []
        parts[-1] += [place] if value is not None else []
    parts = [part for part in parts if part]
    values = np.array([[value for value, _flag in series]], dtype=float)
    kept, broken = last_segments(values, np.arange(2000, 2000 + len(series)), [[flag for _value, flag in series]])
    assert broken[0] == (len(parts) > 1)
    assert np.flatnonzero(~np.isnan(kept[0])).tolist() == (parts[-1] if parts else [])


def test_family_raises_p_and_leaves_out_series_without_one() -> None:
    rising = 100 + np.array([0, 2, 1, 4, 3, 6, 5, 4, 8, 7])
    alone = trend(rising)
    family = trends([rising, *[100 + 20 * WAVER] * 9, [NAN] * 10, [-1.0] * 10], YEARS)
    assert alone.p_verdict is not None and family[0].p_adjusted is not None
    assert family[0].p_verdict == alone.p_verdict == alone.p_adjusted
    assert family[0].p_adjusted == pytest.approx(min(1, 10 * alone.p_verdict))
    assert trends([rising, *[100 + 20 * WAVER] * 9], YEARS, adjustment="none")[0].p_adjusted == alone.p_verdict
    # Where most series changed, few can be false: p is raised by less, and never lowered.
    many = trends([rising] * 9 + [100 + 20 * WAVER], YEARS)
    assert alone.p_verdict <= many[0].p_adjusted < family[0].p_adjusted


@pytest.mark.parametrize(
    ("measured", "named"),
    [
        (TURNS, True),
        (RISES, False),
        ({**RISES, "turn_p": 0.049, "reversal": 0.1, "legs_p": 0.049}, True),
        ({**RISES, "turn_p": 0.05, "reversal": 0.1, "legs_p": 0.049}, False),
        ({**RISES, "turn_p": 0.049, "reversal": 0.09, "legs_p": 0.049}, False),
        ({**RISES, "turn_p": 0.049, "reversal": 0.1, "legs_p": 0.05}, False),
        ({**STEPS, "turn_p": 0.049, "reversal": 0.1, "legs_p": 0.049}, False),
    ],
)
def test_a_turn_is_named_where_both_parts_move(measured: dict[str, float | bool], named: bool) -> None:
    of = evidence(**measured)
    found = turns_named(of, grounds(of, alpha=0.05, stable_within=0.02), alpha=0.05)
    assert found.tolist() == [named]


def test_p_of_any_change_follows_simes() -> None:
    def p(n: int, *each: float) -> float:
        return float(any_change_p(np.array([n]), *(np.array([one]) for one in each))[0])

    assert p(12, 0.01, 0.5, 0.6) == pytest.approx(0.03)
    assert p(12, 0.5, 0.02, 0.01) == pytest.approx(0.03)
    assert p(12, 0.04, 0.04, 0.04) == pytest.approx(0.04)
    assert p(11, 0.01, 0.0, 0.5) == pytest.approx(0.02)
    assert p(11, 0.9, 0.0, 0.8) == pytest.approx(0.9)


def test_record_is_json_with_the_fields_of_the_contract() -> None:
    for found in trends([100 + 5 * np.arange(10), [NAN] * 10, 1000 + WAVER], YEARS):
        record = json.loads(json.dumps(found.as_json(), allow_nan=False))
        assert {"s", "z", "p", "slope", "low", "high", "n", "verdict", "reason"} <= set(record)
        assert {"tau", "change", "change_percent", "shift", "turn_year", "sentence"} <= set(record)
        assert record["verdict"] in {"increase", "decrease", "level shift", "turned", "stable", "no verdict"}
        assert "%(" not in record["sentence"] and "None" not in record["sentence"]
        assert isinstance(record["s"], int) and isinstance(record["n"], int)
        assert "%(" not in record["reason"] and "None" not in record["reason"]


def test_every_ground_has_its_sentence_and_options_out_of_range_are_refused() -> None:
    assert set(reasons()) == set(Ground) - {Ground.FEW}
    assert {one for one in Ground if one.verdict is not Verdict.NONE} | {Ground.UNDECIDED} == set(ends())
    assert {ground.verdict for ground in Ground} == set(Verdict) == {Verdict(verdict.label()) for verdict in Verdict}
    for options in ({"alpha": 1.0}, {"stable_within": -0.1}, {"stable_within": NAN}, {"adjustment": "bonferroni"}):
        with pytest.raises(ValueError, match=r"alpha|stability|adjustment"):
            trend([1] * 10, **options)


series = st.lists(st.one_of(st.none(), st.floats(-5, 1e6)), min_size=10, max_size=10)


@given(st.lists(series, max_size=4), st.lists(st.booleans(), min_size=10, max_size=10))
def test_no_series_breaks_it(rows, flags) -> None:  # type: ignore[no-untyped-def]
    table = np.array(rows, dtype=float).reshape(-1, 10)
    broken = np.tile(flags, (len(table), 1))
    segment, _begins = last_segments(table, YEARS, broken)
    for found, row in zip(trends(table, YEARS, breaks=broken), segment, strict=True):
        json.dumps(found.as_json(), allow_nan=False)
        assert found.n == np.count_nonzero(~np.isnan(row))
        if found.verdict in (Verdict.INCREASE, Verdict.DECREASE):
            assert found.p is None or found.p < 0.05
            assert found.low is not None and found.high is not None and (found.low > 0 or found.high < 0)
        if found.verdict is not Verdict.NONE:
            assert found.n >= 8 and np.nanmin(row) >= 0


# Changes


def test_average_annual_change_is_the_root_over_the_years_between() -> None:
    found = average_annual_change(
        [[100, NAN, NAN, 133.1], [50, 60, 70, 0], [NAN, 80, NAN, 20]], [2000, 2001, 2002, 2003]
    )
    np.testing.assert_allclose(found.value, [0.1, -1, -0.5])
    assert found.outcome.tolist() == [Outcome.DEFINED] * 3


def test_change_that_is_not_defined_says_why() -> None:
    table = [[0, 1, 2], [1, 2, -3], [NAN, 4, NAN], [NAN, NAN, NAN]]
    found = average_annual_change(table, [2000, 2001, 2002])
    assert np.isnan(found.value).all()
    assert found.outcome.tolist() == [Outcome.ZERO_BASE, Outcome.NEGATIVE, Outcome.SAME_YEAR, Outcome.MISSING_VALUE]
    assert len({outcome.sentence() for outcome in Outcome}) == len(Outcome)
    assert average_annual_change(np.empty((2, 0)), []).outcome.tolist() == [Outcome.MISSING_VALUE] * 2


# Change points


def test_change_point_is_the_first_year_of_the_new_level() -> None:
    found = pettitt([[5, 6, 5, 6, 5, 15, 16, 15, 16, 15], [3] * 10, [1, 2, 3, 4, NAN, NAN, NAN, 5, 6, 7]], YEARS)
    assert found.year[0] == 2015
    assert found.k[0] == 25
    assert found.p[0] == pytest.approx(2 * np.exp(-6 * 625 / 1100))
    assert np.isnan(found.p[1:]).all() and np.isnan(found.year[1:]).all()
    assert found.n.tolist() == [10, 10, 7]


@given(st.lists(st.integers(0, 9), min_size=8, max_size=20).filter(lambda values: len(set(values)) > 1))
def test_pettitt_equals_its_definition_by_pairs(values: list[int]) -> None:
    n = len(values)
    u = [abs(sum(np.sign(values[i] - values[j]) for i in range(t) for j in range(t, n))) for t in range(1, n)]
    found = pettitt([values], range(2000, 2000 + n))
    assert found.k[0] == max(u)
    assert found.year[0] == 2000 + 1 + u.index(max(u))


def test_pettitt_calls_no_more_changes_than_its_level_where_nothing_changed() -> None:
    random = np.random.default_rng(11)
    for n in (8, 15, 30):
        assert np.mean(pettitt(random.standard_normal((1000, n)), range(n)).p < 0.05) <= 0.05


# Tests read together


@pytest.mark.parametrize(("adjustment", "theirs"), [("benjamini-hochberg", "bh"), ("benjamini-yekutieli", "by")])
def test_adjusted_p_equals_scipy(adjustment, theirs: str) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(2)
    for size in (1, 2, 7, 100):
        p = np.round(random.random(size) ** 3, 2)
        np.testing.assert_allclose(adjusted_p(p, adjustment), stats.false_discovery_control(p, method=theirs))


def test_tests_without_p_stay_out_of_the_family() -> None:
    found = adjusted_p([NAN, 0.01, NAN, 0.04])
    np.testing.assert_allclose(found, [NAN, 0.02, NAN, 0.04])
    assert np.isnan(adjusted_p([NAN, NAN])).all()
    assert adjusted_p([]).shape == (0,)
    np.testing.assert_array_equal(adjusted_p([0.01, NAN], "none"), [0.01, NAN])
