"""By how much correlation in time changes the variance of Mann–Kendall's S; arrays are (observation, series)."""

import math
from statistics import NormalDist

import numpy as np

from comity.analysis.trends.ranks_and_ties import ranks
from comity.analysis.trends.series_blocks import Floats

# Hamed and Rao's level, whatever level a caller tests at.
SIGNIFICANT = NormalDist().inv_cdf(0.975)
LEAST_FOR_HAMED_RAO = 3
LEAST_FOR_FIRST_ORDER = 5
STRONGEST = 0.95
# Share of a series' largest value below which residuals differ by floating arithmetic only.
ARITHMETIC_NOISE = 1e-9


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
    if n < LEAST_FOR_HAMED_RAO:
        return np.full(residuals.shape[1], np.nan)
    correlations = rank_correlations(residuals)[1:]
    return _weighted(np.where(np.abs(correlations) <= SIGNIFICANT / math.sqrt(n), 0, correlations), n)


def first_order_factor(residuals: Floats, scale: Floats) -> Floats:
    """Factor of the variance for values that follow each other as a process of first order, never below 1.

    The correlation of first order r of the ranks of the residuals is corrected for what detrending takes from it, as
    (n·r + 2) ÷ (n − 4), and held between 0 and 0.95; its powers stand for the correlations of all lags in the sum of
    Hamed and Rao (1998). The correction turns round ρ − (2 + 4ρ) ÷ n, the mean of r about a fitted line to the first
    order of 1 ÷ n. The whole is our choice, made for its error rates, which docs/trends.md gives.
    `scale` is the largest value of each series: residuals that differ by arithmetic alone are ties.
    """
    n = len(residuals)
    if n < LEAST_FOR_FIRST_ORDER:
        return np.full(residuals.shape[1], np.nan)
    grain = np.where(scale > 0, scale, 1) * ARITHMETIC_NOISE
    r = np.nan_to_num(rank_correlations(np.round(residuals / grain))[1])
    corrected = np.clip((n * r + 2) / (n - 4), 0, STRONGEST)
    return _weighted(np.cumprod(np.broadcast_to(corrected, (n - 1, len(corrected))), axis=0), n)
