"""Changes that stand out from those of their own series, and those that chance or the series itself explains."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.statistics.quality.jumps import Count, Step, Usual, steps, usual

LIMITS = {"relative": 0.2, "absolute": 10, "deviations": 3.5}


def of(*values: float, first: int = 2000) -> list[Count]:
    return [Count(number, first + number, value, f"L{number}") for number, value in zip(count(), values)]


def standing_out(*values: float) -> list[Step]:
    return list(steps(of(*values), **LIMITS))


def test_usual_changes_are_the_median_and_the_median_of_deviations_from_it() -> None:
    assert usual([0.1, 0.2, 0.3, 0.4, 9.0]) == Usual(0.3, pytest.approx(0.1))
    assert usual([0.1, 0.2, 0.3, 9.0]) is None
    assert Usual(0.0, 0.0).bounds == (0.0, 0.0)


def test_the_same_change_stands_out_of_a_steady_series_and_not_of_a_restless_one() -> None:
    """Brazil’s entries to prison of 2016 as UNODC gave them in 2023; a change as large is usual where others are."""
    (one,) = standing_out(250_000, 262_000, 265_000, 279_000, 279_912, 722_120)
    assert (one.after.year, round(one.change, 2)) == (2005, 1.58)
    assert standing_out(250_000, 600_000, 260_000, 650_000, 279_912, 722_120) == []


def test_the_limit_is_three_and_a_half_deviations_of_the_changes_and_of_chance_together() -> None:
    """A level series has the deviation of chance alone: the root of 2/10,000 for 10,000, near 1.4 per cent.

    There the relative threshold decides; for counts of 100, whose deviation is 14 per cent, chance does.
    """
    assert standing_out(*[10_000] * 5, 12_000) != []
    assert standing_out(*[10_000] * 5, 11_990) == []
    assert standing_out(*[100] * 5, 155) == []
    assert standing_out(*[100] * 5, 160) != []


def test_a_growing_series_is_not_called_for_growing() -> None:
    assert standing_out(*(1000 * 1.3**year for year in range(8))) == []
    (stopped,) = standing_out(*(1000 * 1.3**year for year in range(7)), 1000 * 1.3**6 * 0.7)
    assert stopped.after.year == 2007


def test_a_year_that_departs_and_goes_back_is_told_once() -> None:
    (one,) = standing_out(*[1000] * 5, 400, 1010, *[1000] * 3)
    assert (one.after.value, one.back and one.back.value) == (400, 1010)
    away, further = standing_out(*[1000] * 5, 400, 4000, *[4000] * 3)
    assert (away.back, further.back) == (None, None)


def test_a_change_that_goes_back_by_much_more_or_less_is_told_apart() -> None:
    """From 1,000 to 400 the logarithm falls by 0.92; on to 2,080 it rises by 1.65, more than it and a half."""
    away, further = standing_out(*[1000] * 5, 400, 2080, *[2080] * 3)
    assert (away.back, further.back) == (None, None)


def test_a_quarter_of_the_changes_may_be_larger_than_one_that_stands_out() -> None:
    """Eight changes, of which two are of 60 per cent and one is of 30."""
    assert [one.after.year for one in standing_out(*[10_000] * 6, 13_000, 20_800, 33_280)] == [2006, 2007, 2008]
    assert [one.after.year for one in standing_out(*[10_000] * 5, 13_000, 20_800, 33_280)] == [2006, 2007]


def test_a_short_series_has_chance_alone_and_none_without_it() -> None:
    assert [one.usual for one in standing_out(100, 500)] == [None]
    assert standing_out(2, 13) == []
    assert list(steps(of(100, 500), by_chance=False, **LIMITS)) == []


def test_zeros_years_apart_and_breaks_are_no_changes() -> None:
    assert standing_out(*[1000] * 6, 0, 1000) == []
    assert list(steps([*of(*[1000] * 6), *of(5000, first=2010)], **LIMITS)) == []
    assert list(steps([*of(*[1000] * 6), Count(9, 2006, 5000, "L9", breaks=True)], **LIMITS)) == []


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_whatever_the_counts_only_large_changes_between_them_are_called(values: list[int]) -> None:
    for one in standing_out(*values):
        assert one.after.year == one.before.year + 1
        assert abs(one.after.value - one.before.value) >= max(10, 0.2 * one.before.value)
        assert one.deviations > 3.5
