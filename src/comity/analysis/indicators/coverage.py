"""What is held of a declared indicator: by data set and year, how many States and areas have its numerator."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from comity.analysis.indicators.declared import Indicator, declared, place_among
from comity.observations.observation import TOTAL, UNKNOWN
from comity.statistics.releases.files import Release
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import run, source_sql

LARGE_PART = 0.5
"""A year is shown unasked where it has at least this part of the States that the fullest year has."""


@dataclass(frozen=True)
class Coverage:
    """The observations of an indicator's numerator that a release holds."""

    release: Release
    areas: int
    years: Mapping[str, int]

    @property
    def first(self) -> str:
        """The first year with a value."""
        return min(self.years)

    @property
    def last(self) -> str:
        """The last year with a value."""
        return max(self.years)

    @property
    def year(self) -> str:
        """The latest year that has at least half as many States and areas as the fullest one."""
        most = max(self.years.values())
        return max(year for year, areas in self.years.items() if areas >= LARGE_PART * most)


def coverage_of(known: Known, indicator: Indicator) -> list[Coverage]:
    """What each data set holds of an indicator, in the order in which its headline series is looked for."""

    def place(coverage: Coverage) -> tuple[int, int, str]:
        return place_among(indicator.datasets, coverage.release.dataset, coverage.release.published)

    return sorted(_coverage(known.speaking, indicator.code), key=place)


@lru_cache(maxsize=256)
def _coverage(releases: tuple[Release, ...], code: str) -> tuple[Coverage, ...]:
    """Kept, since a release never changes."""
    if not releases:
        return ()
    indicator = declared()[code]
    terms = [selection.where() for selection in indicator.selections()]
    where = "(" + " OR ".join(f"({term})" for term, _values in terms) + ")"
    values = [value for _term, of_term in terms for value in of_term]
    if indicator.kind == "standardized":
        where += f" AND age NOT IN ('{TOTAL}', '{UNKNOWN}')"
    asked = (
        f"SELECT release, area, period FROM {source_sql(releases)} "  # noqa: S608
        f"WHERE {where} AND value IS NOT NULL GROUP BY ALL"
    )
    years: dict[int, dict[str, int]] = {}
    areas: dict[int, set[str]] = {}
    for number, area, period in run(asked, values):
        by_year = years.setdefault(number, {})
        by_year[period] = by_year.get(period, 0) + 1
        areas.setdefault(number, set()).add(area)
    return tuple(Coverage(releases[number], len(areas[number]), years[number]) for number in sorted(years))
