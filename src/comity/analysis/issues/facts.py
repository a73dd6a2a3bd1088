"""What releases hold on the emerging issues, as facts: counted in the releases' own files."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from comity.analysis.issues.declared import emerging_issues
from comity.analysis.issues.figures import CategoryHeld
from comity.areas.store import gazetteer
from comity.evidence.figures import Fact, supplies
from comity.observations.observation import WITHOUT_VALUE
from comity.statistics import store
from comity.statistics.figures import release_fact
from comity.statistics.releases import query
from comity.statistics.releases.files import Release

Held = tuple[CategoryHeld, ...]


@supplies("emerging-issues")
@supplies("issues-measured")
def _held(*, as_at: date) -> Sequence[Fact[Held]]:
    """A fact for each release that speaks at a state of knowledge, those included that hold nothing of it."""
    return [release_fact(release, held_in(release, as_at)) for release in store.current(as_at)]


@lru_cache(maxsize=64)
def held_in(release: Release, as_at: date) -> Held:
    """What a release holds under the issues' categories. A year that has no value to be had does not count."""
    codes = sorted({issue.iccs for issue in emerging_issues()})
    members = {area.code for area in gazetteer(as_at).members(release.published)}
    sql = (
        f"SELECT iccs, area, count(*), min(period), max(period) FROM {query.source_sql([release])} "  # noqa: S608
        f"WHERE status NOT IN {WITHOUT_VALUE} AND ({' OR '.join('starts_with(iccs, ?)' for _code in codes)}) "
        "GROUP BY iccs, area ORDER BY iccs, area"
    )
    return tuple(
        CategoryHeld(iccs, area, area in members, count, int(first), int(last))
        for iccs, area, count, first, last in query.run(sql, codes)
    )
