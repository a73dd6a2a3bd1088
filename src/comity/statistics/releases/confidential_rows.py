"""Which rows of releases anyone may see: rows that are not marked as free are left out of all that is asked.

The marks are those of an observation (`observation.FREE_MARKS`). What the public is told of a release by this rule, its
counts, findings and title, is in `visibility`.
"""

from collections.abc import Sequence

from comity.observations.observation import FREE_MARKS, UNREPEATED
from comity.statistics.releases.files import Release, relation

IS_FREE = f"coalesce(confidentiality, '') IN {FREE_MARKS}"
"""The condition in SQL that anyone may see a row."""


def rows_shown(release: Release) -> str:
    """The rows of a release as one SQL relation: the free ones, unless it is given in full or all of it is free."""
    rows = relation([release.data])
    return rows if release.in_full or release.wholly_free else f"(SELECT * FROM {rows} WHERE {IS_FREE})"  # noqa: S608


def untold_sql(releases: Sequence[Release]) -> str:
    """The keys as one SQL relation, without their number, of which a part that speaks has a row that is not free and is
    not shown; empty where there can be none.

    Of them nothing is said where vintages are compared. A part retires nothing, so that what it removed would be what
    it hides; what a whole vintage hides is removed as what it does not have, and is told as that.
    """
    paths = dict.fromkeys(
        path
        for release in releases
        if not release.in_full
        for path in ((() if release.wholly_free or release.whole else (release.data,)) + release.overtaken_by)
    )
    if not paths:
        return ""
    return f"(SELECT DISTINCT {', '.join(UNREPEATED)} FROM {relation(tuple(paths))} WHERE NOT {IS_FREE})"  # noqa: S608
