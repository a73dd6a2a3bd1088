"""What releases hold, as facts: counted in the releases' own files."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from comity.areas.store import gazetteer
from comity.evidence.figures import Fact, supplies
from comity.observations.observation import WITHOUT_VALUE
from comity.statistics import store
from comity.statistics.catalogue import Contents, coverages
from comity.statistics.figures import release_fact
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection

_COVERAGE = """
SELECT area, count(*), list(DISTINCT left(period, 4)::INTEGER)
FROM {source} WHERE status NOT IN {without} GROUP BY area ORDER BY area
"""


@supplies("data-sets")
@supplies("data-sets-held")
@supplies("observations-held")
@supplies("states-with-data")
def contents(*, as_at: date) -> Sequence[Fact[Contents]]:
    """What each data set's release holds, by the release that speaks at a state of knowledge."""
    return [release_fact(release, contents_of(release, as_at)) for release in store.current(as_at)]


@lru_cache(maxsize=64)
def contents_of(release: Release, as_at: date) -> Contents:
    """What a release holds of each area. A year without a value because there is none to have does not count."""
    names = gazetteer(as_at)
    members = {area.code for area in names.members(release.published)}
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
