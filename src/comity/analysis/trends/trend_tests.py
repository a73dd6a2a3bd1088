"""Mann–Kendall tests and Theil–Sen slopes of many series at once, by numpy alone.

Values have the shape (series, years), NaN where one is missing; years rise. `docs/trends.md` gives formulas, error
rates and what the tests cannot say.
"""

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from comity.analysis.trends.ranks_and_ties import tie_term
from comity.analysis.trends.serial_correlation import first_order_factor, hamed_rao_factor, noise_correlation
from comity.analysis.trends.series_blocks import Floats, Integers, blocks, checked

Correction = Literal["none", "hamed-rao", "first-order"]

LEAST_FOR_A_TEST = 4


@dataclass(frozen=True)
class TrendTests:
    """Mann–Kendall tests, one element a series: S, its variance, z, two-sided p and number of observations.

    `var`, `z` and `p` are NaN where there are fewer than four observations; `z` and `p` also where the correction gives
    no positive variance, unless S is 0.
    """

    s: Floats
    var: Floats
    z: Floats
    p: Floats
    n: Integers


@dataclass(frozen=True)
class Slopes:
    """Theil–Sen lines, one element a series: change a year, value at the year 0, and interval of the change.

    NaN where there are fewer than two observations.
    """

    slope: Floats
    intercept: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Measures:
    """What tests and slopes are made of, computed once: one element a series.

    `var` is the variance of S corrected for ties; `hamed_rao` and `first_order` are the factors by which correlation
    in time changes it, the latter by the `correlation` of what is left beside a smooth course. `low` and `high` bound
    the slope of values independent of each other, `wide_low` and `wide_high` with the variance that `first_order`
    gives.
    """

    n: Integers
    s: Floats
    var: Floats
    hamed_rao: Floats
    correlation: Floats
    first_order: Floats
    slope: Floats
    intercept: Floats
    low: Floats
    high: Floats
    wide_low: Floats
    wide_high: Floats

    def tests(self, correction: Correction = "hamed-rao") -> TrendTests:
        """The Mann–Kendall tests under a correction for correlation in time."""
        factors = {"none": np.ones(len(self.s)), "hamed-rao": self.hamed_rao, "first-order": self.first_order}
        if correction not in factors:
            raise ValueError(f"the correction is one of {', '.join(factors)}, not {correction}")
        enough = self.n >= LEAST_FOR_A_TEST
        var = np.where(enough, self.var * factors[correction], np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            z = np.where(self.s == 0, 0.0, (self.s - np.sign(self.s)) / np.sqrt(var))
        z[~enough] = np.nan
        return TrendTests(self.s, var, z, two_sided_p(z), self.n)

    @property
    def tau(self) -> Floats:
        """Kendall's τ: S by the number of pairs, ties counting as neither; NaN below two observations."""
        pairs = self.n * (self.n - 1) / 2
        found: Floats = np.divide(self.s, pairs, out=np.full(len(self.s), np.nan), where=pairs > 0)
        return found

    def slopes(self) -> Slopes:
        """The Theil–Sen lines."""
        return Slopes(self.slope, self.intercept, self.low, self.high)


def mann_kendall(
    values: ArrayLike, years: ArrayLike, *, correction: Correction = "hamed-rao", decimals: int | None = None
) -> TrendTests:
    """Mann–Kendall tests for a monotonic trend, with tie-corrected variance and continuity correction.

    With `decimals`, values that are equal when rounded to so many decimals are ties, as 0.1 + 0.2 is with 0.3.
    `correction` is `none`, `hamed-rao` or `first-order`; see `comity.analysis.trends.serial_correlation`. The series
    is detrended over the actual years; lags count observations, so that a gap counts as one step. Raises ValueError
    where shapes do not fit, years do not rise or a value is infinite.
    Source: Mann (1945), Econometrica 13; Kendall (1975), Rank Correlation Methods.
    """
    return measures(values, years, decimals=decimals).tests(correction)


def theil_sen(values: ArrayLike, years: ArrayLike, alpha: float = 0.05, *, decimals: int | None = None) -> Slopes:
    """Theil–Sen lines over the actual years, with the interval of the slope at the level 1 − alpha.

    The slope is the median over all pairs of the difference in value by the difference in years, so that a gap does not
    steepen it; the line goes through the medians of values and of years. The interval is for values independent of each
    other. `decimals` and errors as for `mann_kendall`.
    Source: Theil (1950), Proceedings KNAW 53; Sen (1968), Journal of the American Statistical Association 63.
    """
    return measures(values, years, alpha=alpha, decimals=decimals).slopes()


def measures(values: ArrayLike, years: ArrayLike, *, alpha: float = 0.05, decimals: int | None = None) -> Measures:
    """All measures of all series in one pass; arguments and errors as for `mann_kendall` and `theil_sen`."""
    if not 0 < alpha < 1:
        raise ValueError(f"alpha lies between 0 and 1, not at {alpha}")
    table, year = checked(values, years, decimals)
    columns = np.full((len(_BLOCK_COLUMNS), len(table)), np.nan)
    columns[_BLOCK_COLUMNS.index("s")] = 0
    for rows, x, t in blocks(table, year):
        columns[:, rows] = _block(x, t, alpha)
    return Measures(np.count_nonzero(~np.isnan(table), axis=1), *columns)


_BLOCK_COLUMNS = tuple(name for name in Measures.__dataclass_fields__ if name != "n")


def _block(x: Floats, t: Floats, alpha: float) -> tuple[Floats, ...]:
    """The measures after `n`, in their order, of values and years as (observation, series), none missing."""
    n = len(x)
    slopes = pairwise_slopes(x, t)
    s = np.count_nonzero(slopes > 0, axis=1) - np.count_nonzero(slopes < 0, axis=1)
    slope = _median_of_ordered(slopes)
    residuals = x - (t - t[0] + 1) * slope
    correlation = noise_correlation(x)
    first_order = first_order_factor(correlation, n)
    untied, ties = n * (n - 1) * (2 * n + 5), tie_term(x)
    sigma = np.sqrt(1 / 18 * (untied - ties))
    return (
        s,
        (untied - ties) / 18,
        hamed_rao_factor(residuals),
        correlation,
        first_order,
        slope,
        np.median(x, axis=0) - slope * np.median(t, axis=0),
        *_interval(slopes, sigma, alpha),
        *_interval(slopes, sigma * np.sqrt(first_order), alpha),
    )


def pairwise_slopes(x: Floats, t: Floats) -> Floats:
    """Change a year between all pairs of observations, as (series, pair), in order of size."""
    n = len(x)
    slopes = np.empty((n * (n - 1) // 2, x.shape[1]))
    begin = 0
    for i in range(n - 1):
        end = begin + n - 1 - i
        np.divide(x[i + 1 :] - x[i], t[i + 1 :] - t[i], out=slopes[begin:end])
        begin = end
    return np.sort(slopes.T, axis=1)


def _median_of_ordered(rows: Floats) -> Floats:
    size = rows.shape[1]
    median: Floats = (rows[:, (size - 1) // 2] + rows[:, size // 2]) / 2
    return median


def _interval(slopes: Floats, sigma: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Bounds of the slope among its ordered pairs, Sen (1968), equation 2.6; `sigma` is the deviation of S.

    NaN where `sigma` is.
    """
    pairs = slopes.shape[1]
    reach = -NormalDist().inv_cdf(alpha / 2) * np.nan_to_num(sigma)
    upper = np.minimum(np.round((pairs + reach) / 2), pairs - 1).astype(np.int64)
    lower = np.maximum(np.round((pairs - reach) / 2) - 1, 0).astype(np.int64)
    rows = np.arange(len(slopes))
    known = ~np.isnan(sigma)
    return np.where(known, slopes[rows, lower], np.nan), np.where(known, slopes[rows, upper], np.nan)


def two_sided_p(z: Floats) -> Floats:
    """Probability that a standard normal value lies at least as far from 0, on either side; NaN stays NaN."""
    root = math.sqrt(2)
    return np.array([math.erfc(abs(value) / root) for value in z.tolist()], dtype=np.float64)


def exact_p(s: int, n: int) -> float:
    """Exact two-sided p of S for n independent observations without ties: share of all orders with |S| no smaller.

    Source: Kendall (1975), the distribution by recurrence over n. Offered beside the normal approximation, which the
    tests use: it has no ties and no correlation.
    """
    pairs = n * (n - 1) // 2
    if n < 1 or abs(s) > pairs or (pairs - s) % 2:
        raise ValueError(f"S of {n} observations without ties cannot be {s}")
    inversions = (pairs - abs(s)) // 2
    return min(1.0, 2 * float(_inversions(n)[: inversions + 1].sum()))


@cache
def _inversions(n: int) -> Floats:
    """Probability of each number of inversions of n observations in random order."""
    distribution = np.ones(1)
    for size in range(2, n + 1):
        distribution = np.convolve(distribution, np.full(size, 1 / size))
    return distribution
