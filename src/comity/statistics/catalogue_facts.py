"""The facts of the catalogue: what the releases that speak hold, each counted in its own file."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from comity.areas.gazetteer import Gazetteer
from comity.evidence.figures import Fact, supplies
from comity.observations.denominators import POPULATION
from comity.observations.observation import COLUMNS, WITHOUT_VALUE, Observation
from comity.statistics.catalogue import Contents, coverages
from comity.statistics.figures import release_fact, whole_fact
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Released, Selection
from comity.statistics.store import known_on

_COVERAGE = """
SELECT area, count(*), list(DISTINCT left(period, 4)::INTEGER)
FROM {source} WHERE status NOT IN {without} GROUP BY area ORDER BY area
"""


@supplies("data-sets", "data-sets-held", "observations-held")
def contents(*, as_at: date) -> Sequence[Fact[Contents]]:
    """What each data set's release holds, by the release that speaks at a state of knowledge."""
    known = known_on(as_at)
    return [release_fact(release, contents_of(release, known.names)) for release in known.speaking]


def contents_of(release: Release, names: Gazetteer) -> Contents:
    """What a release holds of each area. A year without a value because there is none to have does not count."""
    return _contents(release, frozenset(area.code for area in names.members(release.published)))


@lru_cache(maxsize=64)
def _contents(release: Release, members: frozenset[str]) -> Contents:
    """Kept by all that it depends on: a release never changes, and who was a Member State may be corrected."""
    sql = _COVERAGE.format(source=query.source_sql([release]), without=WITHOUT_VALUE)
    return Contents(
        dataset=release.dataset,
        release=release.id,
        year=release.published.year,
        observations=query.count([release], Selection())
        if release.overtaken_by or release.adds_to
        else release.observations,
        rejected=release.rejected,
        members=len(members),
        areas=coverages((area, area in members, count, years) for area, count, years in query.run(sql)),
    )


_LATEST = """
SELECT release, {columns} FROM {source} WHERE status NOT IN {without}
QUALIFY row_number() OVER (PARTITION BY release, area ORDER BY left(period, 4) DESC, place) = 1
"""


@supplies("states-with-data")
def latest_of_states(*, as_at: date) -> Sequence[Fact[Observation]]:
    """The latest observation of each Member State in the data sets that are not on population: one fact a State.

    Of data sets that reach the same year the one published last tells it. Who was a Member State is told by the day on
    which the release was published.
    """
    known = known_on(as_at)
    sent = [one for one in known.speaking if not one.dataset.startswith(POPULATION)]
    releases = tuple(sorted(sent, key=lambda one: (one.published, one.id)))
    members = [frozenset(area.code for area in known.names.members(one.published)) for one in releases]
    latest: dict[str, tuple[int, Observation]] = {}
    for number, one in _latest(releases):
        before = latest.get(one.area)
        if one.area in members[number] and (before is None or one.period[:4] >= before[1].period[:4]):
            latest[one.area] = number, one
    return [whole_fact(Released(one, releases[number]), known.names) for _area, (number, one) in sorted(latest.items())]


@lru_cache(maxsize=8)
def _latest(releases: tuple[Release, ...]) -> list[tuple[int, Observation]]:
    """The latest observation of each area in each release, in the order of the releases; kept, since these never
    change."""
    if not releases:
        return []
    sql = _LATEST.format(columns=", ".join(COLUMNS), source=query.source_sql(releases), without=WITHOUT_VALUE)
    return sorted(((row[0], Observation(*row[1:])) for row in query.run(sql)), key=lambda pair: (pair[0], pair[1].area))
