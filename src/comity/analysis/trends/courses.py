"""The course that a series took: whether it turned, and whether its level shifted between two years.

Arrays within have the shape (observation, series).
"""

import math
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.analysis.trends.serial_correlation import ARITHMETIC_NOISE, first_order_factor, powers
from comity.analysis.trends.series_blocks import Floats, Integers, blocks, checked, left_beside, summed
from comity.analysis.trends.trend_tests import two_sided_p

LEAST_FOR_A_COURSE = 8
# Observations that each side of a turn or a shift has at least.
LEAST_BESIDE = 4
# Observations whose mean is the level at the ends of a series and at its turn.
NEIGHBOURS = 3
# A step is the course where it leaves less than this share of the squares that a curve of the same freedom leaves.
CLEARLY_NEARER = 0.8
# The share of a shift that falls between two years that follow each other, at least.
AT_ONCE = 0.5
LEVEL = 0.05
# p of the best of several years is that of one year times 1 + n ÷ 5 for turns and 1 + 2n ÷ 5 for shifts: by simulation.
CHOICE_OF_TURN, CHOICE_OF_SHIFT = 5, 2.5


@dataclass(frozen=True)
class Courses:
    """Turn and shift, one element a series; NaN where there are fewer than eight observations.

    `turn_year` is the year of the highest or lowest value, four observations from either end at least, `turn_sign` is 1
    where the series rose and then fell and −1 where it fell and then rose, `turn_p` the probability of parts that
    differ so when nothing changes. `reversal` is the share of the larger of both movements that the smaller makes up,
    by means of three observations at the ends and where both parts part best; `legs_p` is the larger p of the two.
    `shift_year` is the first year of the new level where one step divides the series best, `shift_p` the probability of
    levels so far apart when nothing changes, `before` and `after` are the medians on both sides; `stepwise` says that a
    step is what the series shows: it comes clearly nearer than a curve, happens mostly at once, and neither side moves.
    """

    turn_year: Floats
    turn_sign: Floats
    turn_p: Floats
    reversal: Floats
    legs_p: Floats
    shift_year: Floats
    shift_p: Floats
    before: Floats
    after: Floats
    stepwise: NDArray[np.bool_]


NAMES = tuple(field.name for field in fields(Courses) if field.name != "stepwise")


def courses(values: ArrayLike, years: ArrayLike, correlation: ArrayLike) -> Courses:
    """Turn and shift of series of the shape (series, years), each with the `correlation` of its noise.

    The turn is the year t at which |S(first … t) − S(t … last)| is largest beside its deviation, S being Mann–Kendall's
    and its variance that of values without ties, times the factor of `first_order_factor`. As t is chosen among years,
    p is the normal one times 1 + n ÷ 5. The shift is the step of least squares; its p is that of Student's t for the
    difference of two means of correlated values, times 1 + 2n ÷ 5. Errors as for
    `comity.analysis.trends.trend_tests.mann_kendall`.
    """
    table, year = checked(values, years)
    rho = np.asarray(correlation, dtype=np.float64)
    found, stepwise = np.full((9, len(table)), np.nan), np.zeros(len(table), dtype=bool)
    for rows, x, t in blocks(table, year):
        if len(x) >= LEAST_FOR_A_COURSE:
            up_to, from_on = partial_s(x)
            found[:5, rows] = _turns(x, t, rho[rows], up_to, from_on)
            found[5:, rows], stepwise[rows] = _shifts(x, t, rho[rows], up_to, from_on)
    return Courses(**dict(zip(NAMES, found, strict=True)), stepwise=stepwise)


def partial_s(x: Floats) -> tuple[Floats, Floats]:
    """Mann–Kendall's S of the observations up to each one, and of those from it on."""
    rises, falls = np.zeros(x.shape), np.zeros(x.shape)
    for i in range(len(x) - 1):
        signs = np.sign(x[i + 1 :] - x[i])
        rises[i + 1 :] += signs
        falls[i] = signs.sum(axis=0)
    return np.cumsum(rises, axis=0), np.cumsum(falls[::-1], axis=0)[::-1]


def _variance(n: NDArray[np.int64]) -> Floats:
    return np.asarray(n * (n - 1) * (2 * n + 5) / 18, dtype=np.float64)


def _turns(x: Floats, t: Floats, rho: Floats, up_to: Floats, from_on: Floats) -> Floats:
    n, series = len(x), np.arange(x.shape[1])
    at = np.arange(LEAST_BESIDE - 1, n - LEAST_BESIDE + 1)
    difference = up_to[at] - from_on[at]
    variance = _variance(at + 1)[:, None] * _factors(rho, at + 1) + _variance(n - at)[:, None] * _factors(rho, n - at)
    size = np.maximum(np.abs(difference) - 1, 0) / np.sqrt(variance)
    best = np.argmax(size, axis=0)
    p = np.minimum(1, (1 + n / CHOICE_OF_TURN) * two_sided_p(size[best, series]))
    sign = np.sign(difference[best, series])
    turn, extreme = at[best], at[np.argmax(x[at] * np.where(sign == 0, 1, sign), axis=0)]
    parts = (up_to[turn, series], turn + 1), (from_on[turn, series], n - turn)
    legs = np.maximum(*(_leg_p(s, length, rho) for s, length in parts))
    level = summed(np.array([x[turn + step, series] for step in (-1, 0, 1)])) / NEIGHBOURS
    rise, fall = level - summed(x[:NEIGHBOURS]) / NEIGHBOURS, level - summed(x[-NEIGHBOURS:]) / NEIGHBOURS
    # Both lie on the side of the turn, or it is none.
    smaller, larger = np.minimum(rise * sign, fall * sign), np.maximum(rise * sign, fall * sign)
    reversal = np.divide(smaller, larger, out=np.zeros_like(larger), where=(smaller > 0) & (larger > 0))
    return np.array([t[extreme, series], sign, p, reversal, legs])


def _factors(rho: Floats, lengths: Integers) -> Floats:
    """Factors of the variance of S for parts of some lengths, as (length, series)."""
    return np.array([first_order_factor(rho, int(length)) for length in lengths])


def _leg_p(s: Floats, length: Integers, rho: Floats) -> Floats:
    """Two-sided p of S of a part of a series, by the number of its observations."""
    z = np.maximum(np.abs(s) - 1, 0) / np.sqrt(_variance(length))
    for n in np.unique(length):
        own = length == n
        z[own] /= np.sqrt(first_order_factor(rho[own], int(n)))
    return two_sided_p(z)


@cache
def _curve(n: int) -> Floats:
    """Orthonormal terms of a curve about as free as a step: a parabola, from 10 observations on a cubic."""
    basis: Floats = np.linalg.qr(np.vander(np.linspace(-1, 1, n), 3 if n < 10 else 4))[0]
    return basis


def _shifts(x: Floats, t: Floats, rho: Floats, up_to: Floats, from_on: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    n, series = len(x), np.arange(x.shape[1])
    centred = x - summed(x) / n
    counts = np.arange(LEAST_BESIDE, n - LEAST_BESIDE + 1)
    sums = np.cumsum(centred, axis=0)[counts - 1]
    gains = sums**2 * (1 / counts + 1 / (n - counts))[:, None]
    best = np.argmax(gains, axis=0)
    first = counts[best]
    squares = summed(centred**2)
    left = squares - gains[best, series]
    left_by_curve = summed(left_beside(centred, _curve(n)) ** 2)
    before, after = _medians_beside(x, first)
    at_once = np.abs(x[first, series] - x[first - 1, series]) >= AT_ONCE * np.abs(after - before)
    quiet = [
        two_sided_p(np.maximum(np.abs(s) - 1, 0) / np.sqrt(_variance(length))) >= LEVEL
        for s, length in ((up_to[first - 1, series], first), (from_on[first, series], n - first))
    ]
    stepwise = (left < CLEARLY_NEARER * left_by_curve) & at_once & quiet[0] & quiet[1]
    means = np.sqrt(gains[best, series] * n / (first * (n - first)))
    spread, spared = _of_means(first, n, rho)
    deviation = np.sqrt(np.maximum(left, 0) / spared * spread)
    t_value = np.divide(means, deviation, out=np.full_like(means, np.inf), where=deviation > 0)
    t_value[squares <= n * (np.abs(x).max(axis=0) * ARITHMETIC_NOISE) ** 2] = 0
    p = np.minimum(1, (1 + n / CHOICE_OF_SHIFT) * _p_of_t(t_value, n - 3))
    return np.array([t[first, series], p, before, after]), stepwise


def _of_means(first: Integers, n: int, rho: Floats) -> tuple[Floats, Floats]:
    """Of the means beside a step: the variance of their difference, and what divides the squares left to give σ².

    Both in terms of σ², for values that follow each other with a correlation: the mean of q has the variance σ² g ÷ q
    with g = 1 + 2 Σ (1 − k ÷ q) ρ^k, and the squares about the means add up to (n − g₁ − g₂) σ² on average.
    """
    early, late = np.empty(len(rho)), np.empty(len(rho))
    for length in np.unique(first):
        own = first == length
        early[own], late[own] = _mean_factor(rho[own], int(length)), _mean_factor(rho[own], n - int(length))
    return early / first + late / (n - first), n - early - late


def _mean_factor(rho: Floats, q: int) -> Floats:
    weights = (1 - np.arange(1, q) / q)[:, None]
    return 1 + 2 * summed(weights * powers(rho, q - 1))


def _p_of_t(t: Floats, freedom: int) -> Floats:
    """Two-sided p of Student's t, as Wallace (1959), Annals of Mathematical Statistics 30, approximates it."""
    scale = (8 * freedom + 1) / (8 * freedom + 3)
    z = [scale * math.sqrt(freedom * math.log1p(value * value / freedom)) for value in t.tolist()]
    return two_sided_p(np.array(z))


def _medians_beside(x: Floats, first: Integers) -> tuple[Floats, Floats]:
    before, after = np.empty(x.shape[1]), np.empty(x.shape[1])
    for place in np.unique(first):
        own = first == place
        before[own], after[own] = np.median(x[:place, own], axis=0), np.median(x[place:, own], axis=0)
    return before, after
