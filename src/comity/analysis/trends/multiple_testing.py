"""Probabilities adjusted for the number of tests that are read together."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from comity.analysis.trends.series_blocks import Floats

Adjustment = Literal["storey", "benjamini-hochberg", "benjamini-yekutieli", "none"]
ADJUSTMENTS: tuple[Adjustment, ...] = ("storey", "benjamini-hochberg", "benjamini-yekutieli", "none")
UNCHANGED = 0.5


def adjusted_p(p: ArrayLike, adjustment: Adjustment = "storey") -> Floats:
    """Adjusted p of one family of tests; NaN stays NaN and does not count among the tests.

    Calling those below alpha findings holds the expected share of false findings among them at alpha: with
    `benjamini-hochberg` for tests that are independent or positively dependent (Benjamini and Hochberg 1995, Journal of
    the Royal Statistical Society B 57), with `benjamini-yekutieli` for any dependence (Benjamini and Yekutieli 2001,
    Annals of Statistics 29). `storey` multiplies that of Benjamini and Hochberg by the share of series without change,
    estimated as (1 + number of p above one half) ÷ half the number of tests and at most 1 (Storey, Taylor and Siegmund
    2004, Journal of the Royal Statistical Society B 66), but gives no less than p itself. `none` gives p itself.
    """
    if adjustment not in ADJUSTMENTS:
        raise ValueError(f"the adjustment is one of {', '.join(ADJUSTMENTS)}, not {adjustment}")
    given = np.asarray(p, dtype=np.float64)
    tested = np.flatnonzero(~np.isnan(given))
    adjusted = given.copy()
    if adjustment == "none" or not len(tested):
        return adjusted
    order = tested[np.argsort(given[tested], kind="stable")]
    count = np.arange(1, len(order) + 1)
    penalty = (1 / count).sum() if adjustment == "benjamini-yekutieli" else 1.0
    scaled = given[order] * (penalty * len(order)) / count
    adjusted[order] = np.minimum(1, np.minimum.accumulate(scaled[::-1])[::-1])
    if adjustment == "storey":
        unchanged = min(1.0, (1 + np.count_nonzero(given[tested] > UNCHANGED)) / (UNCHANGED * len(tested)))
        adjusted[order] = np.maximum(given[order], unchanged * adjusted[order])
    return adjusted
