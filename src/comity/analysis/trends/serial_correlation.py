"""By how much correlation in time changes the variance of Mann–Kendall's S; arrays are (observation, series)."""

import math
from functools import cache
from statistics import NormalDist

import numpy as np

from comity.analysis.trends.ranks_and_ties import ranks
from comity.analysis.trends.series_blocks import Floats, left_beside, summed

# Hamed and Rao's level, whatever level a caller tests at.
SIGNIFICANT = NormalDist().inv_cdf(0.975)
LEAST_FOR_A_FACTOR = 3
LEAST_FOR_FIRST_ORDER = 5
# What follows the year before more closely than this is taken for movement of the level itself, which is a change.
STRONGEST = 0.5
# Share of a series' largest value below which residuals differ by floating arithmetic only.
ARITHMETIC_NOISE = 1e-9
# From how many observations on a smooth curve has three and four terms; a line has two.
THREE_TERMS, FOUR_TERMS = 16, 24
# Of the squares that the curve leaves, the share that a step must not pass to be the nearer of both: its place is
# chosen among all years, which lets it come nearer by chance.
NEARER = 0.6


def rank_correlations(residuals: Floats) -> Floats:
    """Correlations of the ranks with themselves, for lags 0 to n − 1; NaN for a series without variation."""
    n = len(residuals)
    deviations = ranks(residuals) - (n + 1) / 2
    covariances = np.array([(deviations[lag:] * deviations[: n - lag]).sum(axis=0) for lag in range(n)])
    with np.errstate(invalid="ignore"):
        found: Floats = covariances / covariances[0]
    return found


def _weighted(correlations: Floats, n: int) -> Floats:
    """1 + 2 ÷ (n(n − 1)(n − 2)) · Σ (n − k)(n − k − 1)(n − k − 2) ρ(k), for the lags k from 1 to n − 1."""
    lags = np.arange(1, n)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    # Added lag by lag, so that the last digit does not depend on how many series stand beside each other.
    total: Floats = sum(weight * correlation for weight, correlation in zip(weights, correlations, strict=True))
    return 1 + 2 / (n * (n - 1) * (n - 2)) * total


def hamed_rao_factor(residuals: Floats) -> Floats:
    """Factor of the variance by the significant correlations of the detrended series' ranks.

    Source: Hamed and Rao (1998), A modified Mann–Kendall trend test for autocorrelated data, Journal of Hydrology 204,
    182–196: all lags whose correlation passes the bounds of 95 per cent for independent values. It may be below 1, and
    even negative, since few observations give uncertain correlations; NaN for a series that is exactly a line.
    """
    n = len(residuals)
    if n < LEAST_FOR_A_FACTOR:
        return np.full(residuals.shape[1], np.nan)
    correlations = rank_correlations(residuals)[1:]
    return _weighted(np.where(np.abs(correlations) <= SIGNIFICANT / math.sqrt(n), 0.0, correlations), n)


def noise_correlation(x: Floats) -> Floats:
    """How closely what is left of each series beside its course follows the observation before: ρ from 0 to 0.5.

    The course is the smooth curve of least squares (a line, from 16 observations on a parabola, from 24 on a cubic), or
    the one step that comes nearer, so that neither curvature nor a shift of the level passes for correlation. Fitting p
    terms draws the correlation r of neighbours down to ρ − (p + (p + 2)ρ) ÷ n in the mean, to the first order of
    1 ÷ n (Marriott and Pope 1954, Biometrika 41, for the mean alone, p = 1), which (n·r + p) ÷ (n − p − 2) turns round.
    NaN below five observations; 0 where the course leaves nothing. The bound of 0.5 is our choice; docs/trends.md gives
    the error rates of the whole.
    """
    n = len(x)
    if n < LEAST_FOR_FIRST_ORDER:
        return np.full(x.shape[1], np.nan)
    curve = _basis(n)
    terms = curve.shape[1]
    centred = x - summed(x) / n
    smooth, step = left_beside(centred, curve), _beside_best_step(centred)
    left, left_by_step = summed(smooth**2), summed(step**2)
    grain = n * (np.abs(x).max(axis=0) * ARITHMETIC_NOISE) ** 2
    residuals = np.where(left_by_step < NEARER * left, step, smooth)
    squares, products = summed(residuals**2), summed(residuals[1:] * residuals[:-1])
    r = np.divide(products, squares, out=np.zeros_like(squares), where=squares > grain)
    corrected: Floats = np.where(squares > grain, np.clip((n * r + terms) / (n - terms - 2), 0, STRONGEST), 0)
    return corrected


def first_order_factor(correlation: Floats, n: int) -> Floats:
    """Factor of the variance of S where each value follows the one before with a correlation, never below 1.

    The powers of the correlation stand for those of all lags in the sum of Hamed and Rao (1998).
    """
    if n < LEAST_FOR_A_FACTOR:
        return np.full(correlation.shape, np.nan)
    return _weighted(powers(correlation, n - 1), n)


def powers(correlation: Floats, highest: int) -> Floats:
    """ρ, ρ², … up to a power, as (power, series)."""
    found: Floats = np.multiply.accumulate(np.repeat(correlation[None, :], highest, axis=0), axis=0)
    return found


@cache
def _basis(n: int) -> Floats:
    """Orthonormal terms of the smooth curve through n observations in their order."""
    terms = 2 if n < THREE_TERMS else 3 if n < FOUR_TERMS else 4
    basis: Floats = np.linalg.qr(np.vander(np.linspace(-1, 1, n), terms))[0]
    return basis


def _beside_best_step(centred: Floats) -> Floats:
    """What one step leaves of series about their means, two observations at least on either side of it."""
    n = len(centred)
    before = np.arange(2, n - 1)[:, None]
    sums = np.cumsum(centred, axis=0)[1 : n - 2]
    best = np.argmax(sums**2 / (before * (n - before)), axis=0)
    sum_before, count = sums[best, np.arange(len(best))], before[best, 0]
    early = np.arange(n)[:, None] < count
    step: Floats = centred - np.where(early, sum_before / count, -sum_before / (n - count))
    return step
