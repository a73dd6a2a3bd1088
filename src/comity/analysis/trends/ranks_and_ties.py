"""Ranks and ties of many series at once, each a column: arrays here have the shape (observation, series)."""

import numpy as np

from comity.analysis.trends.series_blocks import Floats


def ranks(x: Floats) -> Floats:
    """Ranks from 1 within each series, the mean rank for ties."""
    rank = np.full(x.shape, (len(x) + 1) / 2)
    for i in range(len(x) - 1):
        half = np.sign(x[i + 1 :] - x[i]) / 2
        rank[i + 1 :] += half
        rank[i] -= half.sum(axis=0)
    return rank


def tie_term(x: Floats) -> Floats:
    """Σ t(t − 1)(2t + 5) over the groups of t tied values of each series (Kendall 1975)."""
    ordered = np.sort(x, axis=0)
    term = np.zeros(x.shape[1])
    tied = np.flatnonzero((ordered[1:] == ordered[:-1]).any(axis=0))
    columns = x[:, tied]
    for value in columns:
        size = np.count_nonzero(columns == value, axis=0)
        # Each of the t values of a group adds (t − 1)(2t + 5).
        term[tied] += (size - 1) * (2 * size + 5)
    return term
