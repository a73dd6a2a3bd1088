"""Trends of many series: our time beside the peer's, in one run of `python -m benchmarks.trends`."""

import os
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks.timing import median_of

SERIES, YEARS, SAMPLE = 10_000, 20, 300


def series_of_every_length() -> np.ndarray:
    """Ten thousand series of twenty years, of correlated values with and without trend and of tied counts."""
    random = np.random.default_rng(67189)
    noise = random.standard_normal((SERIES, YEARS))
    slopes = random.uniform(-0.2, 0.2, (SERIES, 1)) * np.arange(YEARS)
    counts = random.poisson(5, (SERIES, YEARS)).astype(float)
    return np.where(np.arange(SERIES)[:, None] % 3 == 0, counts, 100 + noise + slopes)


def trends_of_ten_thousand_series() -> float:
    """Mann–Kendall under Hamed and Rao, Theil–Sen slope and its interval of 10,000 series of 20 years, warm."""
    from comity.analysis.trends.trend_tests import measures

    values, years = series_of_every_length(), np.arange(2000, 2000 + YEARS)
    return median_of(7, lambda: measures(values, years).tests())


def verdicts_on_ten_thousand_series() -> float:
    """The same with change points, adjusted p, verdicts and their sentences, a tenth of the values missing."""
    from comity.analysis.trends.series_trends import trends

    values, years = series_of_every_length(), np.arange(2000, 2000 + YEARS)
    values[np.random.default_rng(1).random(values.shape) < 0.1] = np.nan
    return median_of(3, lambda: trends(values, years))


def peer_on_ten_thousand_series() -> float:
    """pymannkendall's Hamed–Rao test and Sen's slope on 300 of the series, times as many as there are more."""
    import pymannkendall

    sample = series_of_every_length()[:SAMPLE]

    def act() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            for series in sample:
                pymannkendall.hamed_rao_modification_test(series)
                pymannkendall.sens_slope(series)

    return median_of(3, act) * SERIES / SAMPLE


BENCHMARKS: list[tuple[str, Callable[[], float], float]] = [
    ("trend tests and slopes of 10,000 series of 20 years", trends_of_ten_thousand_series, 0.150),
    ("verdicts on 10,000 series with gaps", verdicts_on_ten_thousand_series, 1.5),
]


def main() -> None:
    """Print our time, the peer's by extrapolation from 300 series, and how many times faster ours is."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    django.setup()
    ours, whole, peer = (
        trends_of_ten_thousand_series(),
        verdicts_on_ten_thousand_series(),
        peer_on_ten_thousand_series(),
    )
    print(f"ours, tests, slopes and intervals of {SERIES:,} series: {ours * 1000:,.1f} ms")
    print(f"ours, with verdicts, sentences and gaps: {whole * 1000:,.1f} ms")
    print(f"pymannkendall, extrapolated from {SAMPLE} series: {peer:,.2f} s, {peer / ours:,.0f} times ours")


if __name__ == "__main__":
    main()
