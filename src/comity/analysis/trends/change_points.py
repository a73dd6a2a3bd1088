"""The year in which the level of a series most probably changed: Pettitt's test, over all series at once."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from comity.analysis.trends.ranks_and_ties import ranks
from comity.analysis.trends.series_blocks import Floats, Integers, blocks, checked

LEAST_FOR_A_CHANGE = 8


@dataclass(frozen=True)
class ChangePoints:
    """Most probable change of level, one element a series.

    `year` is the year of the first observation at the new level, as a break in series falls before its observation;
    `k` is Pettitt's statistic, `p` its approximate probability when nothing changed. NaN where there are fewer than
    eight observations or all values are equal.
    """

    year: Floats
    k: Floats
    p: Floats
    n: Integers


def pettitt(values: ArrayLike, years: ArrayLike, *, decimals: int | None = None) -> ChangePoints:
    """Pettitt's test for one change of level, of values of the shape (series, years).

    K is the largest |U(t)| with U(t) = 2 Σ ranks of the first t observations − t(n + 1), and p is approximately
    2 exp(−6K² ÷ (n³ + n²)), at most 1; of several years with the same K the first counts. The approximation is on the
    safe side for short series. The test takes values as independent and finds one change, best near the middle; a
    steady trend too gives a small p, so that the year says where the level divides best and not that it leapt.
    `decimals` and errors as for `comity.analysis.trends.trend_tests.mann_kendall`.
    Source: Pettitt (1979), A non-parametric approach to the change-point problem, Applied Statistics 28, 126–135.
    """
    table, year = checked(values, years, decimals)
    found = np.full((3, len(table)), np.nan)
    for rows, x, t in blocks(table, year):
        n = len(x)
        if n < LEAST_FOR_A_CHANGE:
            continue
        u = np.abs(2 * np.cumsum(ranks(x), axis=0) - np.arange(1, n + 1)[:, None] * (n + 1))[:-1]
        last_before = np.argmax(u, axis=0)
        k = u.max(axis=0)
        p = np.array([min(1.0, 2 * math.exp(-6 * value**2 / (n**3 + n**2))) for value in k.tolist()])
        found[:, rows] = np.where((x == x[0]).all(axis=0), np.nan, [t[last_before + 1, np.arange(x.shape[1])], k, p])
    year_of_change, statistic, probability = found
    return ChangePoints(year_of_change, statistic, probability, np.count_nonzero(~np.isnan(table), axis=1))
