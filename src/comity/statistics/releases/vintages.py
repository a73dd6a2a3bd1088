"""What speaks before and after a release, side by side: how many observations changed, and which, a page at a time.

What `revisions.between` gives whole is here counted and cut in the Parquet files, so that a release of a million rows
is compared without being read into memory. Value and status count; sources and places may differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from comity.observations.observation import COLUMNS, KEY, UNREPEATED, Observation
from comity.statistics.releases import query
from comity.statistics.releases.confidential_rows import untold_sql
from comity.statistics.releases.files import Release
from comity.statistics.releases.revisions import ROUNDING, Revision

KINDS = ("changed", "removed", "added")


@dataclass(frozen=True)
class Difference:
    """How many observations a release changed, no longer has, added and left as they were."""

    changed: int
    removed: int
    added: int
    unchanged: int

    def of(self, kinds: Sequence[str]) -> int:
        """The number of those of some kinds together."""
        return sum(int(getattr(self, kind)) for kind in kinds)


def _joined(before: Sequence[Release], after: Sequence[Release]) -> str:
    earlier, later = _told(before, after), query.source_sql(after)
    same_key = " AND ".join(f"b.{column} = a.{column}" for column in KEY)
    kind = (
        "CASE WHEN b.area IS NULL THEN 'added' WHEN a.area IS NULL THEN 'removed' "
        f"WHEN a.status <> b.status OR NOT ({_same_number()}) THEN 'changed' ELSE 'unchanged' END"
    )
    columns = (*COLUMNS, "release")
    cells = ", ".join(f"{half}.{column} AS {half}_{column}" for half in ("b", "a") for column in columns)
    return f"(SELECT {kind} AS kind, {cells} FROM {earlier} b FULL OUTER JOIN {later} a ON {same_key})"  # noqa: S608


def _told(releases: Sequence[Release], after: Sequence[Release]) -> str:
    """What stands in releases, without what others that come after them hide."""
    untold = untold_sql(after)
    without = f" ANTI JOIN {untold} AS untold USING ({', '.join(UNREPEATED)})" if untold else ""
    return f"(SELECT * FROM {query.source_sql(releases)} AS stated{without})"  # noqa: S608


def _same_number() -> str:
    """The same in SQL as `revisions.same` says of two values."""
    return f"coalesce(abs(a.value - b.value) <= {ROUNDING} * abs(b.value), a.value IS NOT DISTINCT FROM b.value)"


@lru_cache(maxsize=256)
def difference(before: tuple[Release, ...], after: tuple[Release, ...], area: str = "") -> Difference:
    """What became of the observations that spoke once others speak, of all areas or of one."""
    sql = f"SELECT kind, count(*) FROM {_joined(before, after)} WHERE {_of_area(area)} GROUP BY kind"  # noqa: S608
    found = dict(query.run(sql, [area, area] if area else []))
    return Difference(*(int(found.get(kind, 0)) for kind in (*KINDS, "unchanged")))


def _of_area(area: str) -> str:
    return "(b_area = ? OR a_area = ?)" if area else "true"


def revised(
    before: Sequence[Release],
    after: Sequence[Release],
    kinds: Sequence[str],
    area: str = "",
    *,
    limit: int,
    offset: int = 0,
) -> Iterator[Revision]:
    """The revisions of some kinds in the order of their keys, from the `offset`th on, at most `limit` of them."""
    order = ", ".join(f"coalesce(a_{column}, b_{column})" for column in KEY)
    wanted = ", ".join("?" * len(kinds))
    sql = (
        f"SELECT * EXCLUDE (kind) FROM {_joined(before, after)} WHERE kind IN ({wanted}) AND {_of_area(area)} "  # noqa: S608
        f"ORDER BY {order} LIMIT {int(limit)} OFFSET {int(offset)}"
    )
    half = len(COLUMNS) + 1
    for row in query.run(sql, [*kinds, *([area, area] if area else [])]):
        (old, old_in), (new, new_in) = _stated(row[:half], before), _stated(row[half:], after)
        yield Revision(old, new, old_in, new_in)


def _stated(cells: Sequence[Any], releases: Sequence[Release]) -> tuple[Observation | None, Release | None]:
    """An observation and the release that states it; neither where the vintage does not have it."""
    *columns, number = cells
    return (None, None) if number is None else (Observation(*columns), releases[number])
