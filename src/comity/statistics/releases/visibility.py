"""What the public may see of a release: the one rule, by which pages, files, figures, findings and counts go.

A row is free whose mark of confidentiality (SDMX CL_CONF_STATUS) is F or blank; a release that is held back has no free
row. What the public is given of a release counts its free rows alone and says nothing of the others. Of what was found
when the file was read, and of what is said of it as a whole, what may speak of the others is left out, whatever they
hold: what depended on their values would tell them to whoever guesses.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.evidence.errors import WorkspaceError
from comity.evidence.findings import Finding
from comity.evidence.places import row_of
from comity.statistics.releases import query
from comity.statistics.releases.confidential_rows import IS_FREE
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import source_sql

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Standing:
    """How many rows of a release are free and how many are not; `concealed` of those that gave no observation."""

    free: int
    hidden: int
    concealed: int

    @property
    def is_open(self) -> bool:
        """Whether all of it is free."""
        return not (self.hidden or self.concealed)


@lru_cache(maxsize=1024)
def standing(release: Release) -> Standing:
    """Counted in the release's files; kept, since it never changes. Raises WorkspaceError where they are damaged."""
    counts = f"count(*) FILTER (WHERE {IS_FREE}), count(*) FILTER (WHERE NOT {IS_FREE})"
    free, hidden = query.run(f"SELECT {counts} FROM {_all_rows(release)}")[0]  # noqa: S608
    concealed = sum(marked for _found, marked in release.read_marked_findings())
    return Standing(free, hidden, concealed)


def for_public(release: Release) -> Release | None:
    """A published release as the public is given it; None where no row of it is free.

    Of one whose files cannot be read nothing is known to be free: it stays in its place, counts nothing and bears the
    code of its data set for a title.
    """
    try:
        known = standing(release)
    except (WorkspaceError, OSError, ValueError):
        return replace(release, title=release.dataset, note="", rows=0, observations=0, rejected=0, findings=0)
    if known.is_open:
        return replace(release, wholly_free=True)
    return _in_part(release) if known.free else None


@lru_cache(maxsize=256)
def _in_part(release: Release) -> Release:
    found = findings_of(release)
    rejected, observations = sum(one.rows for one in found if one.rejected), standing(release).free
    return replace(
        release,
        title=release.dataset if _NUMBER.search(_YEAR.sub("", release.title)) else release.title,
        note="",
        rows=observations + rejected,
        observations=observations,
        rejected=rejected,
        findings=len(found),
    )


@lru_cache(maxsize=64)
def findings_of(release: Release) -> tuple[Finding, ...]:
    """What was found when a release's file was read, as far as its reader may know; kept, since it never changes.

    Of a release in part free those of rows alone that gave no observation: any other may speak of several rows, and
    which of them it does could only be told by what the hidden ones hold.
    """
    marked = release.read_marked_findings()
    if release.in_full or release.wholly_free or standing(release).is_open:
        return tuple(found for found, _marked in marked)
    sql = f"SELECT DISTINCT place FROM {_all_rows(release)} WHERE NOT {IS_FREE}"  # noqa: S608
    hidden = {row_of(place) for (place,) in query.run(sql)}
    return tuple(
        found for found, concealed in marked if found.rejected and not concealed and row_of(found.place) not in hidden
    )


_ROW_SQL = r"regexp_replace(place, '(?s)^([0-9]+)(:.*)?$|^(.*!)[A-Z]+([0-9]+)$', '\1\3\4')"
"""The same in SQL as `places.row_of` says of a place."""


def facts_in(release: Release, rows: Sequence[str]) -> Mapping[str, bool]:
    """The places in some rows of a release's file that it speaks of, each with whether what stands there is free."""
    asked = ", ".join("?" * len(rows))
    sql = f"SELECT place, bool_and({IS_FREE}) FROM {_all_rows(release)} WHERE {_ROW_SQL} IN ({asked}) GROUP BY place"  # noqa: S608
    found = dict(query.run(sql, list(rows)))
    shown = (one.place for one in findings_of(release) if one.rejected and row_of(one.place) in rows)
    concealed = (one.place for one, marked in release.read_marked_findings() if marked and row_of(one.place) in rows)
    return {**dict.fromkeys(shown, True), **found, **dict.fromkeys(concealed, False)}


def _all_rows(release: Release) -> str:
    return source_sql([replace(release, in_full=True, wholly_free=False, overtaken_by=(), adds_to=())])
