"""Changes of values in time: the average annual change.

It gives what is defined and says why the rest is not: `outcome` beside `value`, of the same shape.
"""

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.analysis.trends.series_blocks import Floats, checked
from comity.evidence.wording import gettext as _


class Outcome(IntEnum):
    """Why a change is defined or not."""

    DEFINED = 0
    MISSING_BASE = 1
    MISSING_VALUE = 2
    ZERO_BASE = 3
    NEGATIVE = 4
    SAME_YEAR = 5

    def sentence(self) -> str:
        """The outcome for a reader."""
        return {
            Outcome.DEFINED: _("The change is defined."),
            Outcome.MISSING_BASE: _("The value to compare with is missing."),
            Outcome.MISSING_VALUE: _("The value is missing."),
            Outcome.ZERO_BASE: _("The value to compare with is 0, and nothing can be compared with it in per cent."),
            Outcome.NEGATIVE: _("A value is negative, and no rate or count is."),
            Outcome.SAME_YEAR: _("There is one observation, and a change needs two."),
        }[self]


@dataclass(frozen=True)
class Changes:
    """Values, NaN where not defined, and the `Outcome` of each."""

    value: Floats
    outcome: NDArray[np.int64]


def average_annual_change(values: ArrayLike, years: ArrayLike) -> Changes:
    """(v(last) ÷ v(first)) to the power 1 ÷ years between, − 1, of each series' first and last observation.

    A share: 0.05 is five per cent a year. A last value of 0 gives −1, whatever the years between. `values` has the
    shape (series, years); errors as for `comity.analysis.trends.trend_tests.mann_kendall`.
    """
    table, year = checked(values, years)
    if not len(year):
        return Changes(np.full(len(table), np.nan), np.full(len(table), Outcome.MISSING_VALUE))
    present, rows = ~np.isnan(table), np.arange(len(table))
    first, last = np.argmax(present, axis=1), len(year) - 1 - np.argmax(present[:, ::-1], axis=1)
    span = year[last] - year[first]
    outcome = _outcomes(table[rows, first], table[rows, last])
    outcome[(outcome == Outcome.DEFINED) & (span == 0)] = Outcome.SAME_YEAR
    ratio = _ratios(table[rows, first], table[rows, last], outcome)
    roots = [growth ** (1 / gap) - 1 if gap > 0 else math.nan for growth, gap in zip(ratio.tolist(), span, strict=True)]
    return Changes(np.array(roots, dtype=np.float64), outcome)


def _outcomes(base: Floats, value: Floats) -> NDArray[np.int64]:
    return np.select(
        [np.isnan(value), np.isnan(base), (base < 0) | (value < 0), base == 0],
        [Outcome.MISSING_VALUE, Outcome.MISSING_BASE, Outcome.NEGATIVE, Outcome.ZERO_BASE],
        Outcome.DEFINED,
    ).astype(np.int64)


def _ratios(base: Floats, value: Floats, outcome: NDArray[np.int64]) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(outcome == Outcome.DEFINED, value / base, np.nan)
