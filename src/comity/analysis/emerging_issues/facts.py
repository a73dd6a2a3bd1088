"""The facts of the emerging issues: what the releases that speak hold under their categories, each in its own file."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from comity.analysis.emerging_issues.declared import emerging_issues
from comity.analysis.emerging_issues.figures import CategoryHeld
from comity.areas.gazetteer import Gazetteer
from comity.classifications import iccs
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.observations.observation import WITHOUT_VALUE
from comity.statistics.figures import release_fact
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.store import known_on


@supplies("emerging-issues", "issues-measured")
def _held(*, as_at: date) -> Sequence[Fact[tuple[CategoryHeld, ...]]]:
    """A fact for each release that speaks at a state of knowledge, those included that hold nothing of it."""
    known = known_on(as_at)
    return [release_fact(release, held_in(release, known.names)) for release in known.speaking]


@supplies("observations-under", "states-under")
def _under(*, as_at: date, category: str) -> Sequence[Fact[tuple[CategoryHeld, ...]]]:
    """The same of one category and those below it. Raises UnknownName for a code that the classification has not."""
    if category not in iccs.load():
        raise UnknownName(category, _("a code of the International Classification of Crime for Statistical Purposes"))
    known = known_on(as_at)
    return [release_fact(release, _under_codes(release, known.names, (category,))) for release in known.speaking]


def held_in(release: Release, names: Gazetteer) -> tuple[CategoryHeld, ...]:
    """What a release holds under the issues' categories. A year that has no value to be had does not count."""
    return _under_codes(release, names, tuple(sorted({issue.iccs for issue in emerging_issues()})))


def _under_codes(release: Release, names: Gazetteer, codes: tuple[str, ...]) -> tuple[CategoryHeld, ...]:
    return _held_in(release, frozenset(area.code for area in names.members(release.published)), codes)


@lru_cache(maxsize=64)
def _held_in(release: Release, members: frozenset[str], codes: tuple[str, ...]) -> tuple[CategoryHeld, ...]:
    """Kept by all that it depends on: a release never changes, and who was a Member State may be corrected."""
    sql = (
        f"SELECT iccs, area, count(*), min(period), max(period) FROM {query.source_sql([release])} "  # noqa: S608
        f"WHERE status NOT IN {WITHOUT_VALUE} AND ({' OR '.join('starts_with(iccs, ?)' for _code in codes)}) "
        "GROUP BY iccs, area ORDER BY iccs, area"
    )
    return tuple(
        CategoryHeld(code, area, area in members, count, int(first), int(last))
        for code, area, count, first, last in query.run(sql, list(codes))
    )
