"""Whether a file is a vintage of its whole data set or a part of it: a part is never taken for the whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from comity.evidence.findings import Finding
from comity.statistics import querying
from comity.statistics.holdings import speaking
from comity.statistics.observation import UNREPEATED
from comity.statistics.releases import Release

WHOLE_FROM = 0.95
"""A file that holds this share of the keys that speak before it is the next whole vintage; one that holds fewer is a
part. Published vintages do drop some keys; none that is held drops one in twenty without being another table."""


LEFT_OUT_KNOWINGLY = frozenset({"not-a-rate", "aggregate", "other-variant", "unknown-series"})
"""Rules that leave whole columns or groups of rows out, which says nothing of whether the file was understood."""


def is_share_whole(kept: int, before: int, unread: Callable[[], int] = lambda: 0) -> bool:
    """Whether a file is a whole vintage that has so many of the keys that speak before it.

    `unread` gives the number of its rows that could not be read. Where they may be the keys that it lacks, it is not
    known to lack them: what cannot be read is not absent.
    """
    lacking = before - kept
    return kept >= WHOLE_FROM * before and (lacking == 0 or lacking > unread())


def is_release_whole(release: Release, kept: int, before: int) -> bool:
    """Whether a release is a whole vintage that has so many of the keys that speak before it; see `is_share_whole`."""
    return is_share_whole(kept, before, lambda: count_unread(release.read_findings()))


def count_unread(findings: Iterable[Finding]) -> int:
    """The rows that were rejected because they could not be read."""
    return sum(one.rejected and one.rule not in LEFT_OUT_KNOWINGLY for one in findings)


def judged(releases: Sequence[Release]) -> list[Release]:
    """The releases of one data set in order, each with whether it is whole, judged by those before it."""
    found: list[Release] = []
    for release in releases:
        whole = release.replaces or is_whole(speaking(found), release)
        found.append(replace(release, whole=whole))
    return found


def is_whole(before: Sequence[Release], release: Release) -> bool:
    """Whether a release is whole, coming after those that speak before it."""
    if not before:
        return True
    keys = ", ".join(UNREPEATED)
    sql = (
        f"WITH earlier AS (SELECT DISTINCT {keys} FROM {querying.source_sql(before)}), "  # noqa: S608
        f"kept AS (SELECT * FROM earlier SEMI JOIN {querying.source_sql([release])} AS later USING ({keys})) "
        "SELECT (SELECT count(*) FROM kept), (SELECT count(*) FROM earlier)"
    )
    kept, keys = querying.run(sql)[0]
    return is_release_whole(release, kept, keys)
