"""Many series as blocks that numpy computes at once: checked, closed up over missing values, bounded in memory."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Pairs of observations in a block: 2 MB an array, which a processor keeps near itself.
PAIRS_A_BLOCK = 250_000


def checked(values: ArrayLike, years: ArrayLike, decimals: int | None = None) -> tuple[Floats, Floats]:
    """Values of the shape (series, years) and years as floats, values rounded to `decimals` where given.

    Raises ValueError where shapes do not fit, years do not rise or a value is infinite.
    """
    table, year = np.asarray(values, dtype=np.float64), np.asarray(years, dtype=np.float64)
    if table.ndim != 2 or year.ndim != 1 or table.shape[1] != len(year):
        raise ValueError(
            f"values have the shape {table.shape} and years {year.shape}, not (series, years) and (years,)"
        )
    if not np.isfinite(year).all() or np.any(np.diff(year) <= 0):
        raise ValueError("years must rise, each standing once")
    if np.isinf(table).any():
        raise ValueError("values must be finite, or NaN where one is missing")
    return (table if decimals is None else np.round(table, decimals)), year


def blocks(table: Floats, year: Floats) -> Iterator[tuple[Integers, Floats, Floats]]:
    """Series of equal number of observations, at least two: their rows, and values and years as (observation, series).

    Observations are closed up in order of time, so that no value of a block is missing.
    """
    present = ~np.isnan(table)
    counts = np.count_nonzero(present, axis=1)
    for n in np.unique(counts[counts > 1]):
        rows_of_length = np.flatnonzero(counts == n)
        step = max(1, int(PAIRS_A_BLOCK // (n * (n - 1) // 2)))
        for begin in range(0, len(rows_of_length), step):
            rows = rows_of_length[begin : begin + step]
            places = np.nonzero(present[rows])[1].reshape(len(rows), n)
            observed = np.take_along_axis(table[rows], places, axis=1)
            yield rows, np.ascontiguousarray(observed.T), np.ascontiguousarray(year[places].T)


def summed(rows: Floats) -> Floats:
    """The sum of the rows, added one by one, so that no last digit depends on how many series stand side by side."""
    total: Floats = sum(rows[1:], start=rows[0].copy())
    return total


def left_beside(x: Floats, basis: Floats) -> Floats:
    """What orthonormal terms leave of series as (observation, series), term by term."""
    left = x.copy()
    for term in basis.T[:, :, None]:
        left -= term * summed(term * x)
    return left
