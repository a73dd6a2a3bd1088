"""Series of States beside each other: what may be drawn in one chart, and what keeps them apart, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from comity.analysis.comparability import Comparison, compare_periods, compare_series
from comity.analysis.indicators.figures import IndicatorValue
from comity.charts.specifications import PointStatus, Trend, TrendPoint
from comity.observations.denominators import is_year
from comity.observations.observation import BREAK
from comity.statistics.releases.query import Released

_STATUSES: Mapping[str, PointStatus] = {"P": "provisional", "I": "imputed"}


@dataclass(frozen=True)
class Apart:
    """One thing that keeps series apart, of whom it is true, and whether it refuses the comparison."""

    sentence: str
    of: tuple[str, ...]
    refuses: bool


@dataclass(frozen=True)
class Beside:
    """Chosen series: those that may be drawn in one chart, those that may not, and what keeps series apart."""

    drawn: tuple[Trend, ...]
    refused: tuple[str, ...]
    apart: tuple[Apart, ...]


def numerators(values: Sequence[IndicatorValue]) -> list[Released]:
    """The observations that values rest on, by period: those of the numerator, else the rates as published."""
    found = [one for value in values for one in _stated(value)]
    return sorted(dict.fromkeys(found), key=lambda one: one.observation.period)


def _stated(value: IndicatorValue) -> list[Released]:
    counts = [one for one in value.inputs if value.indicator.numerator.takes(one.observation)]
    return counts or [one for one in value.inputs if value.indicator.takes(one.observation)]


def beside(series: Mapping[str, Sequence[IndicatorValue]]) -> Beside:
    """Series by label, set beside each other: one that may not be compared with those before it is not drawn."""
    held = {label: found for label, values in series.items() if (found := numerators(values))}
    compared: dict[tuple[str, ...], Comparison] = {
        (one, other): compare_series(held[one], held[other]) for one, other in combinations(held, 2)
    }
    drawn: list[str] = []
    for label in held:
        if not any(compared[other, label].refused for other in drawn):
            drawn.append(label)
    within: dict[tuple[str, ...], Comparison] = {(label,): _ends(found) for label, found in held.items()}
    return Beside(
        drawn=tuple(trend for label in drawn if (trend := line(label, series[label])).points),
        refused=tuple(label for label in held if label not in drawn),
        apart=tuple(_apart({**within, **compared})),
    )


def _ends(rows: Sequence[Released]) -> Comparison:
    return compare_periods(rows, rows[0].observation.period, rows[-1].observation.period)


def _apart(compared: Mapping[tuple[str, ...], Comparison]) -> list[Apart]:
    of: dict[tuple[str, bool], list[str]] = {}
    for labels, comparison in compared.items():
        for difference in comparison.differences:
            of.setdefault((difference.sentence, difference.refuses), []).append(" – ".join(labels))
    found = [Apart(sentence, tuple(labels), refuses) for (sentence, refuses), labels in of.items()]
    return sorted(found, key=lambda one: not one.refuses)


def line(label: str, values: Sequence[IndicatorValue]) -> Trend:
    """The values of an area over years as a line, interrupted before each year with the status of a break."""
    points = {}
    breaks = []
    for value in values:
        outcome = value.outcome
        if not is_year(outcome.key.period):
            continue
        year = int(outcome.key.period)
        if outcome.status == BREAK or "break" in outcome.flags:
            breaks.append(year)
        if outcome.value is not None:
            status = _STATUSES.get(outcome.status, "observed")
            points[year] = TrendPoint(year, outcome.value, outcome.low, outcome.high, status)
    return Trend(label, [points[year] for year in sorted(points)], breaks=sorted(breaks))
