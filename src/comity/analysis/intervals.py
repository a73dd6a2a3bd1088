"""Intervals of confidence of counts and rates: exact Poisson, and Fay and Feuer's for weighted sums.

Sources: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936);
M. P. Fay and E. J. Feuer, "Confidence intervals for directly standardized rates", Statistics in Medicine 16 (1997);
series and continued fraction of the incomplete gamma function: NIST Digital Library of Mathematical Functions, 8.11.4
and 8.9.2.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
_PRECISION = 1e-15
_TINY = 1e-300
_LAST_STEP = 1e-10
_NEXT_TO_NOTHING = 1e-12
"""Below this the first term of the series of P(a, x) is all of it."""


class Interval(NamedTuple):
    """The bounds of an interval, both included."""

    low: float
    high: float

    def scaled(self, factor: float) -> "Interval":
        """The interval in another unit."""
        return Interval(self.low * factor, self.high * factor)


@lru_cache(maxsize=65536)
def poisson_interval(count: float, confidence: float = CONFIDENCE) -> Interval:
    """The exact (Garwood) interval of the mean of a Poisson variable of which `count` was observed.

    Low is the quantile of the gamma distribution of shape `count`, half the inverse chi-square with 2 × count degrees
    of freedom; high that of shape count + 1. A count need not be whole. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    tail = (1 - confidence) / 2
    return Interval(gamma_quantile(count, tail) if count > 0 else 0.0, gamma_quantile(count + 1, 1 - tail))


def weighted_interval(terms: Iterable[tuple[float, float]], confidence: float = CONFIDENCE) -> Interval:
    """Fay and Feuer's gamma interval of a sum of Poisson counts, each times a weight: of a standardized rate.

    `terms` are pairs of count and weight. With a single term it is the exact Poisson interval.
    """
    pairs = list(terms)
    value = sum(count * weight for count, weight in pairs)
    variance = sum(count * weight * weight for count, weight in pairs)
    largest = max((weight for _count, weight in pairs), default=0.0)
    tail = (1 - confidence) / 2
    low = gamma_quantile(value * value / variance, tail) * variance / value if variance > 0 else 0.0
    above, spread = value + largest, variance + largest * largest
    high = gamma_quantile(above * above / spread, 1 - tail) * spread / above if spread > 0 else 0.0
    return Interval(low, high)


def gamma_quantile(shape: float, probability: float) -> float:
    """The value below which a gamma variable of a shape and scale 1 lies with a probability between 0 and 1.

    Newton's steps from Wilson and Hilferty's approximation, kept between bounds that close in by bisection.
    """
    if not 0 < probability < 1 or shape <= 0:
        raise ValueError("a shape is more than 0, and a probability between 0 and 1")
    low, high = 0.0, shape + 20 * math.sqrt(shape) + 200
    value = min(_approximate_quantile(shape, probability), high)
    if value < _NEXT_TO_NOTHING:
        return value
    for _step in range(200):
        difference = gamma_probability(shape, value) - probability
        low, high = (low, value) if difference > 0 else (value, high)
        density = math.exp((shape - 1) * math.log(value) - value - math.lgamma(shape))
        step = value - difference / density if density > 0 else low
        following = step if low < step < high else (low + high) / 2
        # Each of Newton's steps doubles the digits: behind one this small there is none that a number holds.
        if abs(following - value) <= (_LAST_STEP if following == step else 4e-16) * following or following == 0:
            return following
        value = following
    return value


def _approximate_quantile(shape: float, probability: float) -> float:
    """Wilson and Hilferty's cube of a normal variable; for small values the first term of the series."""
    z = NormalDist().inv_cdf(probability)
    cube = 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))
    if cube > 0.1:
        return shape * cube**3
    return math.exp((math.log(probability) + math.lgamma(shape + 1)) / shape)


def gamma_probability(shape: float, value: float) -> float:
    """The probability that a gamma variable of a shape and scale 1 is at most `value`: the regularized P(a, x)."""
    if value <= 0:
        return 0.0
    factor = math.exp(shape * math.log(value) - value - math.lgamma(shape))
    if value < shape + 1:
        term = total = 1 / shape
        divisor = shape
        while term > total * _PRECISION:
            divisor += 1
            term *= value / divisor
            total += term
        return min(1.0, factor * total)
    return max(0.0, 1 - factor * _upper_fraction(shape, value))


def _upper_fraction(shape: float, value: float) -> float:
    """The continued fraction of the upper incomplete gamma function, by Lentz's method."""
    term = value + 1 - shape
    ratio = 1 / _TINY
    inverse = 1 / term
    result = inverse
    step = 0
    while True:
        step += 1
        numerator = -step * (step - shape)
        term += 2
        inverse = 1 / (numerator * inverse + term or _TINY)
        ratio = term + numerator / ratio or _TINY
        change = inverse * ratio
        result *= change
        if abs(change - 1) <= _PRECISION:
            return result
