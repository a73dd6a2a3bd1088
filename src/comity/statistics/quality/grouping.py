"""Findings by series: one entry for a State's indicator, what is most worth a question first.

A focal point is asked of a series once, and not of each of its cells.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from comity.evidence.findings import SEVERITIES
from comity.statistics.quality.findings import QualityFinding

RECENT = 5
"""Years up to the publication of a release of which a focal point can best be asked: who compiled them is still
there."""

LARGE = 2.0
"""From this on a finding is large: what is found is twice what was expected, or half of it."""


@dataclass(frozen=True)
class SeriesFindings:
    """The findings on one indicator of one area in one data set, the most useful first.

    `area` is blank where they are of no State, and `indicator` where they are of whole rows or files. `population` is
    the area's, in persons, the last that is held; zero where none is.
    """

    dataset: str
    release: str
    area: str
    name: str
    indicator: str
    population: float
    findings: tuple[QualityFinding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, from the gravest on."""
        counted = Counter[str](one.finding.severity for one in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    @cached_property
    def severity(self) -> str:
        """The gravest severity."""
        return self.findings[0].finding.severity

    @property
    def rules(self) -> dict[str, int]:
        """How many findings there are by each rule, the most frequent first."""
        return dict(Counter(one.finding.rule for one in self.findings).most_common())

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the findings, in order."""
        return tuple(sorted({one.period for one in self.findings if one.period}))

    def as_json(self) -> dict[str, Any]:
        """The entry with all its findings, as `comity quality --grouped` gives it."""
        keys = {key: getattr(self, key) for key in ("dataset", "release", "area", "name", "indicator", "population")}
        counts = {"severity": self.severity, "count": len(self.findings), **_plural(self.counts), "rules": self.rules}
        periods = {"first": min(self.periods, default=""), "last": max(self.periods, default="")}
        return {**keys, **counts, **periods, "findings": [one.as_json() for one in self.findings]}


def _plural(counts: Mapping[str, int]) -> dict[str, int]:
    return {f"{severity}s": number for severity, number in counts.items()}


def grouped(findings: Iterable[QualityFinding], populations: Mapping[tuple[str, str], float]) -> list[SeriesFindings]:
    """Findings by data set, area and indicator, the most useful entry first.

    The order is declared, and is our own: errors before warnings before notes; then large findings (`LARGE`) before
    others; then those of recent years (`RECENT`) before older ones; then by the population of the State; then by size.
    What is of a State comes before what is of none. `populations` are in persons, by area and year.
    """
    last = _last(populations)
    by_series: dict[tuple[str, str, str], list[QualityFinding]] = defaultdict(list)
    for one in findings:
        by_series[one.dataset, one.area, one.indicator].append(one)
    entries = [
        SeriesFindings(
            dataset, of[0].release, area, of[0].name, indicator, last.get(area, 0.0), tuple(sorted(of, key=_use))
        )
        for (dataset, area, indicator), of in by_series.items()
    ]
    return sorted(entries, key=_order)


def in_order_of_use(entries: Iterable[SeriesFindings]) -> list[QualityFinding]:
    """The findings of entries, entry by entry."""
    return [finding for entry in entries for finding in entry.findings]


def _last(populations: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """The last population of each area."""
    return {area: value for (area, _period), value in sorted(populations.items())}


def _use(one: QualityFinding) -> tuple[object, ...]:
    grave = SEVERITIES.index(one.finding.severity)
    return grave, one.size < LARGE, not _is_recent(one), -one.size, one.period, one.detail, one.finding.place


def _is_recent(one: QualityFinding) -> bool:
    published = one.release.partition("@")[2][:4]
    return bool(one.period) and published.isdecimal() and int(one.period[:4]) >= int(published) - RECENT


def _order(entry: SeriesFindings) -> tuple[object, ...]:
    grave, small, old, size, *_rest = _use(entry.findings[0])
    return not entry.area, grave, small, old, -entry.population, size, entry.dataset, entry.area, entry.indicator
