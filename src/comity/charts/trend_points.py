"""Series over years: what was observed, how sure it is, where a line must not run on, and the whole in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Literal

from django.utils.translation import gettext as _

from comity.charts.languages import DECIMALS, Language
from comity.charts.parts.description import described, listed

PointStatus = Literal["observed", "provisional", "interpolated", "carried", "imputed"]
STATUSES: tuple[PointStatus, ...] = ("observed", "provisional", "interpolated", "carried", "imputed")
"""In the order of the key."""
FILLED_IN = frozenset({"interpolated", "carried", "imputed"})
"""Statuses of points that nobody observed; a line from or to one is broken."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The value of a year, the bounds of its uncertainty where they are known, and how it came about.

    Raises ValueError for a value that is no number or below zero, and for bounds that do not hold the value.
    """

    year: int
    value: float
    low: float | None = None
    high: float | None = None
    status: PointStatus = "observed"

    def __post_init__(self) -> None:
        check_interval(self.value, self.low, self.high)


@dataclass(frozen=True)
class Trend:
    """A series over years: its label, its points, and the years that a break begins.

    A year of `breaks` is the first that is counted in a new way: it cannot be compared with the years before it.
    Raises ValueError for two points in one year.
    """

    label: str
    points: Sequence[TrendPoint]
    breaks: Sequence[int] = ()

    def __post_init__(self) -> None:
        years = [point.year for point in self.points]
        if len(set(years)) < len(years):
            raise ValueError(f"{self.label} has more than one point in a year")


@dataclass(frozen=True)
class Level:
    """A value that a series is held against from a year on, such as a baseline, and its label.

    Raises ValueError for a value that is no number or below zero.
    """

    value: float
    label: str
    since: int

    def __post_init__(self) -> None:
        check_interval(self.value, None, None)


def check_interval(value: float, low: float | None, high: float | None) -> None:
    """Raises ValueError unless 0 ≤ low ≤ value ≤ high, all of them finite; a bound may be absent."""
    bounds = [0.0 if low is None else low, value, value if high is None else high]
    if not all(map(isfinite, bounds)) or not 0 <= bounds[0] <= value <= bounds[2]:
        raise ValueError(f"the value {value} lies outside its bounds {low} and {high}, or one of them is below zero")


def stretches(trend: Trend) -> list[list[TrendPoint]]:
    """The points in the runs that a line may join: without a missing year, nor a break, between two of them."""
    runs: list[list[TrendPoint]] = []
    for point in sorted(trend.points, key=lambda point: point.year):
        before = runs[-1][-1] if runs else None
        joined = before is not None and point.year - before.year == 1
        if joined and before and not any(before.year < year <= point.year for year in trend.breaks):
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def missing_years(trend: Trend) -> list[int]:
    """The years between the first point and the last that have none."""
    years = sorted(point.year for point in trend.points)
    return [year for before, after in pairwise(years) for year in range(before + 1, after)]


def describe_trends(trends: Sequence[Trend], *, unit: str, language: Language) -> str:
    """What a chart of trends says, in plain words: first, last and highest value, gaps and breaks of each series."""
    sentences = [unit]
    for trend in trends:
        points = sorted(trend.points, key=lambda point: point.year)
        if not points:
            sentences.append(f"{trend.label}: {_('no data')}")
            continue
        highest = max(points, key=lambda point: point.value)
        told = [(language.year(point.year), language.number(point.value, DECIMALS)) for point in points[:1]]
        if len(points) > 1:
            told.append((language.year(points[-1].year), language.number(points[-1].value, DECIMALS)))
        if highest not in (points[0], points[-1]):
            peak = f"{_('highest')}, {language.year(highest.year)}"
            told.append((peak, language.number(highest.value, DECIMALS)))
        if gaps := missing_years(trend):
            told.append((_("no data"), year_spans(gaps, language)))
        if trend.breaks:
            told.append((_("break in series"), ", ".join(map(language.year, sorted(trend.breaks)))))
        filled = sum(point.status in FILLED_IN for point in points)
        if filled:
            told.append((_("not observed but filled in"), language.number(filled)))
        sentences.append(f"{trend.label} – {listed(told)}")
    return described("", sentences)


def year_spans(years: Sequence[int], language: Language) -> str:
    """Years as single ones and spans: 2001, 2003–2005."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year - spans[-1][-1] == 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    words = [language.year(span[0]) + (f"–{language.year(span[-1])}" if len(span) > 1 else "") for span in spans]
    return ", ".join(words)
