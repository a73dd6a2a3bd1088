"""The facts of the catalogue: what the releases that speak hold, each counted in its own file."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from comity.areas.gazetteer import Gazetteer
from comity.evidence.figures import Fact, supplies
from comity.observations.observation import WITHOUT_VALUE
from comity.statistics.catalogue import Contents, coverages
from comity.statistics.figures import release_fact
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection
from comity.statistics.store import known_on

_COVERAGE = """
SELECT area, count(*), list(DISTINCT left(period, 4)::INTEGER)
FROM {source} WHERE status NOT IN {without} GROUP BY area ORDER BY area
"""


@supplies("data-sets", "data-sets-held", "observations-held", "states-with-data")
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
