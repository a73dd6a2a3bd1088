"""The quality of what is held of a State, by data set and indicator, in four dimensions with the numbers behind each.

The dimensions are those of official statistics: completeness, timeliness, consistency (coherence within the data) and
comparability. Levels are words for bands of a number and no marks: nothing is added up over dimensions, and States
are counted by level and never put in an order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from comity.areas.gazetteer import Gazetteer
from comity.statistics.quality.findings import QualityFinding, judged
from comity.statistics.quality.observed_rows import Observed, in_time, observe
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import speaking

NOT_STATED = "not stated"

COMPLETE, PARTIAL = 0.9, 0.5
"""From these shares of the expected years on a series is `complete` or `partial`; below it is `sparse`."""

CURRENT, LATE = 24, 48
"""Up to these months from the end of the last year to the day asked about, it is `current` or `late`; then `old`."""

FEW_FINDINGS = 5.0
"""Errors and warnings per 100 observations up to which they are `few`."""

_COMPARABILITY = ("break", "definition-differs", "source-changes", "definition-changes", "coverage-changes")


@dataclass(frozen=True)
class Completeness:
    """Years with a value, of the years from `first` to `last` that are expected.

    `series` is the number of series (offence, sex, age and so on) that the State has in the data set, `series_used`
    that of all States together; what the questionnaire asked is not known from published tables (`cells_asked`).
    """

    first: int
    last: int
    years: tuple[int, ...]
    missing: tuple[int, ...]
    share: float
    series: int
    series_used: int
    cells_asked: str = NOT_STATED

    @property
    def level(self) -> str:
        """`complete`, `partial` or `sparse`."""
        return "complete" if self.share >= COMPLETE else "partial" if self.share >= PARTIAL else "sparse"


@dataclass(frozen=True)
class Timeliness:
    """Whole months from the end of the last year with a value to the release's publication, and to the day asked."""

    last_period: str
    published: date
    months_to_publication: int
    months_to_as_at: int
    last_place: str

    @property
    def level(self) -> str:
        """`current`, `late` or `old`, by the months to the day asked about."""
        return "current" if self.months_to_as_at <= CURRENT else "late" if self.months_to_as_at <= LATE else "old"


@dataclass(frozen=True)
class Consistency:
    """What the rules found, by severity, among a number of observations; `per_100` counts errors and warnings."""

    observations: int
    errors: int
    warnings: int
    notes: int
    per_100: float

    @property
    def level(self) -> str:
        """`nothing found`, `few` or `many`."""
        if not self.errors + self.warnings:
            return "nothing found"
        return "few" if self.per_100 <= FEW_FINDINGS else "many"


@dataclass(frozen=True)
class Comparability:
    """What is known of comparability over time and with the international definition.

    Periods of stated breaks, and of changes of source, definition and territory; `sources` and `definitions` are what
    the origin states, `not stated` where it states nothing. Only the origin's notes tell a national definition.
    """

    breaks: tuple[str, ...]
    source_changes: tuple[str, ...]
    definition_changes: tuple[str, ...]
    coverage_changes: tuple[str, ...]
    sources: tuple[str, ...]
    definitions: tuple[str, ...]

    @property
    def level(self) -> str:
        """`changes known`, `no change known`, or `not stated` where the origin says nothing of the definition."""
        if self.breaks or self.source_changes or self.definition_changes or self.coverage_changes:
            return "changes known"
        return NOT_STATED if self.definitions == (NOT_STATED,) else "no change known"


@dataclass(frozen=True)
class QualityProfile:
    """The quality of one State's observations of one indicator in one data set, with the findings behind it."""

    area: str
    name: str
    dataset: str
    release: str
    indicator: str
    completeness: Completeness
    timeliness: Timeliness
    consistency: Consistency
    comparability: Comparability
    findings: tuple[QualityFinding, ...]

    def as_at(self, day: date) -> "QualityProfile":
        """The same on another day on which the same releases are known: only how long ago the last year is, differs."""
        months = _months_after(self.timeliness.last_period, day)
        return replace(self, timeliness=replace(self.timeliness, months_to_as_at=months))

    def levels(self) -> dict[str, str]:
        """The level of each dimension."""
        return {name: getattr(self, name).level for name in DIMENSIONS}

    def as_json(self) -> dict[str, Any]:
        """The profile in JSON's own types."""
        keys = {key: getattr(self, key) for key in ("area", "name", "dataset", "release", "indicator")}
        parts = {name: {"level": getattr(self, name).level, **asdict(getattr(self, name))} for name in DIMENSIONS}
        parts["timeliness"]["published"] = self.timeliness.published.isoformat()
        return {**keys, **parts, "findings": [one.as_json() for one in self.findings]}


DIMENSIONS = ("completeness", "timeliness", "consistency", "comparability")


def profile(
    releases: Sequence[Release],
    area: str | None,
    as_at: date,
    names: Gazetteer,
    *,
    indicator: str | None = None,
    span: tuple[int, int] | None = None,
) -> list[QualityProfile]:
    """The quality of a State's observations, or of every area's where `area` is None, as known on a day.

    `span` gives the first and last year that are expected; without it they are those in which any area has a value of
    the indicator in the data set. Releases published after the day are left out.
    """
    known = [release for release in releases if release.published <= as_at]
    if not known:
        return []
    extents = _extents(speaking(in_time(known)))
    with observe(known, names, area) as observed:
        found = _by_series(judged(observed, area=area, indicator=indicator))
        rows = [row for row in _rows(observed) if area in (None, row["area"]) and indicator in (None, row["indicator"])]
        return [_profile(row, observed, extents, span, found, as_at) for row in rows]


def summary(profiles: Iterable[QualityProfile]) -> list[dict[str, Any]]:
    """How many areas have each level of each dimension, by data set and indicator: counts, and no order of States."""
    counted: dict[tuple[str, str], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for one in profiles:
        for dimension, level in one.levels().items():
            counted[one.dataset, one.indicator][dimension][level] += 1
    return [
        {
            "dataset": dataset,
            "indicator": indicator,
            "areas": sum(levels["completeness"].values()),
            **{name: dict(sorted(levels[name].items())) for name in DIMENSIONS},
        }
        for (dataset, indicator), levels in sorted(counted.items())
    ]


Key = tuple[str, str, str]


def _by_series(findings: Iterable[QualityFinding]) -> dict[Key, list[QualityFinding]]:
    grouped: dict[Key, list[QualityFinding]] = defaultdict(list)
    for one in findings:
        grouped[one.dataset, one.area, one.indicator].append(one)
    return grouped


def _extents(releases: Sequence[Release]) -> dict[tuple[str, str], tuple[int, int, int]]:
    """By release and indicator: the first and last year with a value of any area, and the number of series in use."""
    rows = query.run(
        "SELECT release, indicator, min(left(period, 4)), max(left(period, 4)), "  # noqa: S608
        "count(DISTINCT (iccs, sex, age, citizenship, breakdown, unit)) "
        f"FROM {query.source_sql(releases)} WHERE value IS NOT NULL GROUP BY ALL"
    )
    return {
        (releases[number].id, indicator): (int(first), int(last), series)
        for number, indicator, first, last, series in rows
    }


# What a profile needs of the observations, each with its expression in SQL.
_ASKED = {
    "release": "release",
    "area": "area",
    "indicator": "indicator",
    "observations": "count(*)",
    "years": "list_sort(list(DISTINCT year))",
    "last_period": "max(period)",
    "last_place": "arg_max(place, period)",
    "series": "count(DISTINCT (iccs, sex, age, citizenship, breakdown, unit))",
    "sources": "list_sort(list(DISTINCT source) FILTER (source <> ''))",
    "notes": "list_sort(list(DISTINCT note) FILTER (note <> ''))",
}


def _rows(observed: Observed) -> list[dict[str, Any]]:
    rows = observed.rows(
        f"""SELECT {", ".join(_ASKED.values())} FROM current WHERE value IS NOT NULL AND measure <> 'population'
        GROUP BY release, area, indicator ORDER BY release, area, indicator"""  # noqa: S608
    )
    return [dict(zip(_ASKED, row, strict=True)) for row in rows]


def _profile(
    row: dict[str, Any],
    observed: Observed,
    extents: dict[tuple[str, str], tuple[int, int, int]],
    span: tuple[int, int] | None,
    found: dict[Key, list[QualityFinding]],
    as_at: date,
) -> QualityProfile:
    release = observed.releases[row["release"]]
    first, last, series_used = extents[release.id, row["indicator"]]
    here = found.get((release.dataset, row["area"], row["indicator"]), [])
    return QualityProfile(
        area=row["area"],
        name=observed.names.label(row["area"]),
        dataset=release.dataset,
        release=release.id,
        indicator=row["indicator"],
        completeness=_completeness(row, span or (first, last), series_used),
        timeliness=Timeliness(
            row["last_period"],
            release.published,
            _months_after(row["last_period"], release.published),
            _months_after(row["last_period"], as_at),
            row["last_place"],
        ),
        consistency=_consistency(row["observations"], here),
        comparability=_comparability(row, here),
        findings=tuple(here),
    )


def _completeness(row: dict[str, Any], span: tuple[int, int], series_used: int) -> Completeness:
    expected = range(span[0], span[1] + 1)
    years = tuple(year for year in row["years"] if year in expected)
    missing = tuple(year for year in expected if year not in years)
    return Completeness(*span, years, missing, len(years) / max(len(expected), 1), row["series"], series_used)


def _months_after(period: str, day: date) -> int:
    """Whole months from the end of a calendar year to a day."""
    return (day.year - int(period[:4]) - 1) * 12 + day.month - 1


def _consistency(observations: int, findings: Sequence[QualityFinding]) -> Consistency:
    # Stated breaks and known changes are told under comparability: an origin that states them is not less consistent.
    severities = Counter(one.finding.severity for one in findings if one.finding.rule not in _COMPARABILITY)
    errors, warnings = severities["error"], severities["warning"]
    per_100 = 100 * (errors + warnings) / observations
    return Consistency(observations, errors, warnings, severities["note"], per_100)


def _comparability(row: dict[str, Any], findings: Sequence[QualityFinding]) -> Comparability:
    def periods(*rules: str) -> tuple[str, ...]:
        return tuple(sorted({one.period for one in findings if one.finding.rule in rules}))

    return Comparability(
        breaks=periods("break"),
        source_changes=periods("source-changes"),
        definition_changes=periods("definition-changes", "definition-differs"),
        coverage_changes=periods("coverage-changes"),
        sources=tuple(row["sources"] or (NOT_STATED,)),
        definitions=tuple(row["notes"] or (NOT_STATED,)),
    )
