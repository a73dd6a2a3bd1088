"""What series of values span: their first and last, highest and lowest value with its year, and their median."""

from dataclasses import dataclass

import numpy as np

from comity.analysis.trends.series_blocks import Floats


@dataclass(frozen=True)
class Spans:
    """One element a series, NaN where it has no observation; of several highest or lowest years the last counts."""

    first: Floats
    last: Floats
    first_value: Floats
    last_value: Floats
    highest: Floats
    highest_year: Floats
    lowest: Floats
    lowest_year: Floats
    level: Floats

    def change_percent(self) -> Floats:
        """The change from the first to the last value in per cent of the first; NaN where that is not above 0."""
        rising = self.first_value > 0
        percent: Floats = np.divide(
            100 * (self.last_value - self.first_value),
            self.first_value,
            out=np.full_like(self.first_value, np.nan),
            where=rising,
        )
        return percent


def spans(table: Floats, year: Floats) -> Spans:
    """The spans of values of the shape (series, years), NaN where one is missing; `year` rises."""
    if not table.shape[1]:
        return Spans(*np.full((9, len(table)), np.nan))
    present, rows, last_column = ~np.isnan(table), np.arange(len(table)), table.shape[1] - 1
    backwards = table[:, ::-1]
    first = np.argmax(present, axis=1)
    last, highest, lowest = (
        last_column - np.argmax(columns, axis=1)
        for columns in (
            present[:, ::-1],
            np.where(present[:, ::-1], backwards, -np.inf),
            np.where(present[:, ::-1], -backwards, -np.inf),
        )
    )
    none = ~present.any(axis=1)
    years = [np.where(none, np.nan, year[place]) for place in (first, last, highest, lowest)]
    values = [table[rows, place] for place in (first, last, highest, lowest)]
    return Spans(
        years[0], years[1], values[0], values[1], values[2], years[2], values[3], years[3], _medians(table, present)
    )


def _medians(table: Floats, present: np.ndarray) -> Floats:
    counts = np.count_nonzero(present, axis=1)
    ordered, rows = np.sort(table, axis=1), np.arange(len(table))
    medians: Floats = (ordered[rows, np.maximum(counts - 1, 0) // 2] + ordered[rows, counts // 2]) / 2
    return medians
