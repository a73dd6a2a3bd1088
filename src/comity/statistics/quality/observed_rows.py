"""The observations of releases as one table in memory, which every rule asks."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from comity.areas.gazetteer import Gazetteer
from comity.observations.denominators import POPULATION, ages
from comity.observations.observation import COLUMNS, TOTAL, UNREPEATED
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import speaking
from comity.statistics.releases.query import IN_WHOLE, source_sql

OF_TOTALS = f"sex {IN_WHOLE} AND age {IN_WHOLE} AND citizenship = '{TOTAL}' AND breakdown = '{TOTAL}'"
"""SQL of the rows of `observed` and `current` that are no parts of others."""


@dataclass(frozen=True)
class Observed:
    """Tables of one connection: `observed`, with all rows, and `current`, what is compared within and across data sets.

    `releases` are in the order of publication. `observed` has the columns of an observation, `release` (a number in
    `releases`), `id`, `base` and `measure` (the indicator in two: `homicide`, `count`), `dimension` and `category` (the
    breakdown in two) and `year`. `current` is limited to the latest release of each data set and to keys with one value
    there. `ages(age, first, last)` bounds each age code in completed years (999: no upper end), `parts(part, state)`
    names areas that are part of a State.
    """

    connection: duckdb.DuckDBPyConnection
    releases: Sequence[Release]
    names: Gazetteer

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        return self.connection.execute(sql, list(values)).fetchall()


def in_time(releases: Iterable[Release]) -> list[Release]:
    """Releases in the order of their publication."""
    return sorted(releases, key=lambda one: (one.published, not one.shipped, one.sequence))


@contextmanager
def observe(releases: Sequence[Release], names: Gazetteer, area: str | None = None) -> Iterator[Observed]:
    """The observations of releases, of all areas or of one with its parts and the State that it is part of."""
    known = in_time(releases)
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as connection:
        parts = [(one.area, one.value) for one in names.memberships() if one.scheme == "part-of"]
        connection.execute("CREATE TABLE parts (part VARCHAR, state VARCHAR)")
        if parts:
            connection.executemany("INSERT INTO parts VALUES (?, ?)", parts)
        _fill(connection, known, _with_parts(area, parts))
        yield Observed(connection, known, names)


def _with_parts(area: str | None, parts: list[tuple[str, str]]) -> list[str] | None:
    if area is None:
        return None
    return [area, *(part for part, state in parts if state == area), *(state for part, state in parts if part == area)]


def _fill(connection: duckdb.DuckDBPyConnection, releases: list[Release], areas: list[str] | None) -> None:
    source = source_sql(releases) if releases else _NOTHING
    wanted = "true" if areas is None else f"area IN ({', '.join('?' * len(areas))})"
    connection.execute(
        f"""CREATE TABLE observed AS SELECT row_number() OVER () AS id, *,
        regexp_replace(indicator, '-(count|rate|percent)$', '') AS base,
        CASE WHEN indicator = '{POPULATION}' THEN 'population'
             ELSE regexp_extract(indicator, '-(count|rate|percent)$', 1) END AS measure,
        split_part(breakdown, ':', 1) AS dimension, split_part(breakdown, ':', 2) AS category,
        try_cast(left(period, 4) AS INTEGER) AS year
        FROM {source} WHERE {wanted}""",  # noqa: S608
        areas or [],
    )
    _keep_what_overtakes(connection, releases, wanted, areas or [])
    # A table, since a view would be spelled out, release by release, several times in each of the rules’ questions.
    connection.execute(f"CREATE TABLE current AS {_current(releases)}")
    _bound_ages(connection)


def _keep_what_overtakes(
    connection: duckdb.DuckDBPyConnection, releases: Sequence[Release], wanted: str, areas: list[str]
) -> None:
    """What data sets of several parts state, also in rows that are not shown: what they overtake stands no longer."""
    in_parts = {one.dataset for one in releases if not one.whole}
    stating = [replace(one, in_full=True) for one in releases if one.dataset in in_parts]
    number = f"[{', '.join(str(place) for place, one in enumerate(releases) if one.dataset in in_parts)}][release + 1]"
    names = ", ".join(UNREPEATED)
    connection.execute(
        f"CREATE TABLE stated AS SELECT {names}, value IS NOT NULL AS valued, {number if stating else 0} AS release "  # noqa: S608
        f"FROM {source_sql(stating) if stating else _NOTHING} WHERE {wanted}",
        areas,
    )


def _current(releases: Sequence[Release]) -> str:
    """The observations of the releases that speak, each without what a later partial release states in its stead."""
    numbers = {release.data: number for number, release in enumerate(releases)}
    same = " AND ".join(f"later.{name} = one.{name}" for name in UNREPEATED)
    parts = []
    for release in speaking(releases):
        own = f"SELECT * FROM observed AS one WHERE repeat = 0 AND release = {numbers[release.data]}"  # noqa: S608
        for paths, gives_way in (
            (release.overtaken_by, "(later.valued OR one.value IS NULL)"),
            (release.adds_to, "later.valued AND one.value IS NULL"),
        ):
            if paths:
                listed = ", ".join(str(numbers[path]) for path in paths)
                stated = f"later.release IN ({listed}) AND {same} AND {gives_way}"
                own += f" AND NOT EXISTS (SELECT 1 FROM stated AS later WHERE {stated})"  # noqa: S608
        parts.append(own)
    return " UNION ALL ".join(parts) or "SELECT * FROM observed WHERE false"


def _bound_ages(connection: duckdb.DuckDBPyConnection) -> None:
    codes = [code for (code,) in connection.execute("SELECT DISTINCT age FROM observed WHERE age <> '_T'").fetchall()]
    bounded = [(code, bounds.first, bounds.end - 1) for code in codes if (bounds := ages(code))]
    connection.execute("CREATE TABLE ages (age VARCHAR, first INTEGER, last INTEGER)")
    if bounded:
        connection.executemany("INSERT INTO ages VALUES (?, ?, ?)", bounded)


_TYPES = {"value": "DOUBLE", "repeat": "UTINYINT"}
_COLUMNLESS = ", ".join(f"NULL::{_TYPES.get(name, 'VARCHAR')} AS {name}" for name in COLUMNS)
_NOTHING = f"(SELECT {_COLUMNLESS}, 0 AS release WHERE false)"
