"""Asking releases for observations: a selection becomes SQL over their Parquet files, run in process."""

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import duckdb

from comity.evidence.errors import WorkspaceError
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces.patience import TookTooLong, stoppable
from comity.observations.observation import COLUMNS, TOTAL, UNREPEATED, WHOLE, Observation
from comity.statistics.releases.confidential_rows import rows_shown
from comity.statistics.releases.files import Release, relation

if TYPE_CHECKING:
    import pyarrow

IN_WHOLE = f"IN {WHOLE!r}"
"""SQL behind the column of a dimension: the row is of no part of it."""

_local = threading.local()
_left_to_parents: list[duckdb.DuckDBPyConnection] = []


def _begin_anew() -> None:
    """Leave a connection to the process that was forked: its threads are none of this one, which would wait for them"""
    if (held := getattr(_local, "connection", None)) is not None:
        _left_to_parents.append(held)
        del _local.connection


os.register_at_fork(after_in_child=_begin_anew)


def connection() -> duckdb.DuckDBPyConnection:
    """This thread's connection; it keeps the releases' Parquet footers in memory, since a release never changes."""
    held: duckdb.DuckDBPyConnection | None = getattr(_local, "connection", None)
    if held is None:
        held = _local.connection = duckdb.connect(config={"memory_limit": "512MB", "preserve_insertion_order": True})
        held.execute("SET parquet_metadata_cache = true")
    return held


@contextmanager
def readable() -> Iterator[None]:
    """Say in a sentence, as WorkspaceError, that releases cannot be read, and why; as TookTooLong, that it was time."""
    try:
        yield
    except duckdb.InterruptException:
        raise TookTooLong(_("The answer takes longer than is given to one; please ask for less at once.")) from None
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise WorkspaceError(_("The releases cannot be read: %(why)s") % {"why": said}) from None


@dataclass(frozen=True)
class Selection:
    """Which observations are asked for. A blank field asks for all.

    Each of `areas` to `statuses` lists codes of its column; an ICCS code that ends in `*` takes in what lies below it.
    `first` and `last` are years, both included.
    """

    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    iccs: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first: str = ""
    last: str = ""

    def where(self) -> tuple[str, list[str]]:
        """The condition in SQL, with the values of its parameters in order."""
        columns = {
            "area": self.areas,
            "indicator": self.indicators,
            "sex": self.sexes,
            "age": self.ages,
            "citizenship": self.citizenships,
            "breakdown": self.breakdowns,
            "status": self.statuses,
        }
        terms: list[str] = []
        values: list[str] = []
        for column, wanted in columns.items():
            if wanted:
                terms.append(f"{column} IN ({', '.join('?' * len(wanted))})")
                values += wanted
        if self.iccs:
            terms.append(
                "(" + " OR ".join("starts_with(iccs, ?)" if c.endswith("*") else "iccs = ?" for c in self.iccs) + ")"
            )
            values += [code.rstrip("*") for code in self.iccs]
        for column, sign, bound in (("period", ">=", self.first), ("period", "<=", self.last)):
            if bound:
                terms.append(f"{column} {sign} ?")
                values.append(bound)
        return " AND ".join(terms) or "true", values


@dataclass(frozen=True, slots=True)
class Released:
    """An observation together with the release that states it."""

    observation: Observation
    release: Release


def source_sql(releases: Sequence[Release]) -> str:
    """The releases as one SQL relation: the columns of an observation, and `release`, the number in the sequence.

    Rows that are not free are left out, unless a release is given in full. What later partial releases state in a
    release's stead is left out of it, whether these rows are free or not: what was overtaken is not shown as though it
    still stood. A missing value of theirs takes the place of no value.
    """
    parts = [
        f"SELECT {', '.join(COLUMNS)}, {number} AS release "  # noqa: S608
        f"FROM {rows_shown(release)} AS own{_without(release)}"
        for number, release in enumerate(releases)
    ]
    return "(" + " UNION ALL ".join(parts) + ")"


def _without(release: Release) -> str:
    """Leave out what gives way to other releases: a value to later values, a missing one to whatever they state.

    Missing values are few, and their keys are looked for in the others and not the other way round.
    """
    names = ", ".join(UNREPEATED)
    later, earlier = relation(release.overtaken_by), relation(release.adds_to)
    without = ""
    hiding_blanks = []
    if later:
        without = f" ANTI JOIN (SELECT {names} FROM {later} WHERE value IS NOT NULL) AS later USING ({names})"  # noqa: S608
        hiding_blanks.append(f"SELECT {names}, true AS blank FROM {later} WHERE value IS NULL")  # noqa: S608
    if earlier:
        blanks = f"SELECT {names} FROM {relation([release.data])} WHERE value IS NULL"  # noqa: S608
        hiding_blanks.append(
            f"SELECT {names}, true AS blank FROM (SELECT * FROM {earlier} WHERE value IS NOT NULL) AS earlier "  # noqa: S608
            f"SEMI JOIN ({blanks}) AS blanks USING ({names})"
        )
    if hiding_blanks:
        same = " AND ".join(f"own.{name} = other.{name}" for name in UNREPEATED)
        hidden = " UNION ALL ".join(hiding_blanks)
        without += f" ANTI JOIN ({hidden}) AS other ON {same} AND (own.value IS NULL) = other.blank"
    return without


# A reader looks for the total of a dimension before its parts.
_DIMENSIONS = ", ".join(f"{name} <> '{TOTAL}', {name}" for name in ("sex", "age", "citizenship", "breakdown"))
ORDERS = {
    "area": f"area, indicator, iccs, {_DIMENSIONS}, unit, period, repeat, release",
    "period": f"period DESC, area, indicator, iccs, {_DIMENSIONS}, unit, repeat, release",
    "value": f"value DESC NULLS LAST, area, period, indicator, iccs, {_DIMENSIONS}, repeat, release",
}


def select(
    releases: Iterable[Release], selection: Selection, *, order: str = "area", limit: int | None = None, offset: int = 0
) -> Iterator[Released]:
    """The observations that a selection asks of some releases, in a stable order, streamed.

    `order` is a key of ORDERS.
    """
    asked = list(releases)
    if not asked:
        return
    sql, values = _ordered(asked, selection, order)
    bounds = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
    cursor = _execute(sql + bounds, values)
    while rows := _fetched(cursor):
        for *columns, release in rows:
            yield Released(Observation(*columns), asked[release])


def _ordered(releases: Sequence[Release], selection: Selection, order: str) -> tuple[str, list[str]]:
    where, values = selection.where()
    return f"SELECT * FROM {source_sql(releases)} WHERE {where} ORDER BY {ORDERS[order]}", values  # noqa: S608


def _fetched(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    with readable():
        return cursor.fetchmany(10_000)


def _all(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    cursor = _execute(sql, values)
    with readable():  # what is asked is worked on as it is fetched
        return cursor.fetchall()


def _execute(sql: str, values: Sequence[Any]) -> duckdb.DuckDBPyConnection:
    cursor = connection().cursor()
    stoppable(cursor.interrupt)
    with readable():
        return cursor.execute(sql, list(values))


def count(releases: Iterable[Release], selection: Selection) -> int:
    """How many observations a selection asks for."""
    asked = list(releases)
    if not asked:
        return 0
    where, values = selection.where()
    [(counted,)] = _all(f"SELECT count(*) FROM {source_sql(asked)} WHERE {where}", values)  # noqa: S608
    return int(counted)


def choices(releases: Iterable[Release], selection: Selection, column: str) -> list[tuple[str, int]]:
    """The values that a column takes among the selected observations, each with its number, in their order."""
    asked = list(releases)
    if not asked:
        return []
    if column not in COLUMNS:
        raise KeyError(column)
    where, values = selection.where()
    sql = f"SELECT {column}, count(*) FROM {source_sql(asked)} WHERE {where} GROUP BY 1 ORDER BY 1"  # noqa: S608
    return _all(sql, values)


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement of our own over `source_sql`."""
    return _all(sql, values)


def stream(releases: Iterable[Release], selection: Selection) -> Iterator[Released]:
    """All observations of a selection in the order of areas, so that memory holds no more than those of one area."""
    asked = list(releases)
    for area, _number in choices(asked, selection, "area"):
        yield from select(asked, replace(selection, areas=(area,)))


def arrow(releases: Sequence[Release], selection: Selection) -> "pyarrow.Table":
    """What `stream` gives as one table of Arrow: the columns of an observation, and `release`, its number among them.

    Needs pyarrow, and at least one release.
    """
    from pyarrow import concat_tables

    def of(narrowed: Selection) -> "pyarrow.Table":
        sql, values = _ordered(releases, narrowed, "area")
        cursor = connection().cursor()
        stoppable(cursor.interrupt)
        with readable():
            return cursor.sql(sql, params=values).to_arrow_table()

    areas = choices(releases, selection, "area")
    return concat_tables([of(replace(selection, areas=(area,))) for area, _number in areas] or [of(selection)])
