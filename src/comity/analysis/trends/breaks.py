"""Breaks in series: a break falls before its observation, and nothing is compared across it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.analysis.trends.series_blocks import Floats, checked


def last_segments(
    values: ArrayLike, years: ArrayLike, breaks: ArrayLike | None = None
) -> tuple[Floats, NDArray[np.bool_]]:
    """Values of the last unbroken segment of each series, NaN elsewhere, and whether a break begins it.

    `values` has the shape (series, years), NaN where one is missing; `breaks` the same shape, true where the series
    breaks before that year. A break after the last observation, or with no observation before it, parts nothing. Errors
    as for `comity.analysis.trends.trend_tests.mann_kendall`.
    """
    table, _year = checked(values, years)
    present = ~np.isnan(table)
    before = np.cumsum(present, axis=1) - present
    after = present.sum(axis=1, keepdims=True) - before
    parting = _flags(table, breaks) & (before > 0) & (after > 0)
    later_breaks = np.cumsum(parting[:, ::-1], axis=1)[:, ::-1]
    # A year lies in the last segment when no break falls before a later year.
    in_last = np.concatenate([later_breaks[:, 1:], np.zeros((len(table), 1))], axis=1) == 0
    return np.where(in_last, table, np.nan), parting.any(axis=1)


def _flags(table: Floats, breaks: ArrayLike | None) -> NDArray[np.bool_]:
    flags = np.zeros(table.shape, dtype=bool) if breaks is None else np.asarray(breaks, dtype=bool)
    if flags.shape != table.shape:
        raise ValueError(f"breaks have the shape {flags.shape} and values {table.shape}, not the same")
    return flags
