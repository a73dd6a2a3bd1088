"""The check of every row against the digests that the audit chain signed: written and closed as an event says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DataError, Error, OperationalError, transaction
from django.db.models import Model

from comity.evidence.chain import events as chain
from comity.evidence.chain import ledger
from comity.evidence.chain.discrepancies import Chain, Discrepancy
from comity.evidence.models import AuditEvent, recorded_models
from comity.evidence.workspaces import own_files

UNREADABLE = (DataError, OperationalError, ValueError, TypeError, AttributeError, RecursionError)
"""What reading something fails with that its column cannot hold."""


@dataclass(frozen=True)
class _Said:
    """What an event says of a row: its digest."""

    digest: str
    event: int


_Expected = dict[tuple[str, str], dict[str, list[_Said]]]


def check_rows(held: Chain) -> Iterator[Discrepancy]:
    """Every row of every table: written and closed by one event each, and as it says; none beside them, none gone."""
    expected, faults = _expected(held)
    yield from faults
    for model in recorded_models():
        table = model._meta.db_table
        wrote, closed = expected.pop((ledger.WROTE, table), {}), expected.pop((ledger.CLOSED, table), {})
        yield from _rows(model, wrote, closed)
        yield from _gone(table, wrote, "gone: event %d wrote it")
        yield from _gone(table, closed, "no longer closed, as event %d closed it")
    for (_what, table), rows in expected.items():
        yield Discrepancy("row", table, f"the table is not known, though events wrote {len(rows)} rows of it")


def _expected(held: Chain) -> tuple[_Expected, list[Discrepancy]]:
    """What the signed events say of each row, from the one on that vouches for all before it."""
    expected: _Expected = {}
    faults = []
    subjects = {event.number: event.subject for event in held.events}
    kept = AuditEvent.objects.filter(number__gte=held.since).order_by("number").values_list("number", "records")
    for number, records in kept.iterator():
        signed = subjects.get(number, {}).get(chain.RECORDS)
        if (chain.digest_of_records(records) if records is not None else None) != signed:
            what = "what it says of the rows that it wrote is not what it signed"
            faults.append(Discrepancy("chain", f"event {number}", what, number))
        for what, tables in _read(records).items():
            for table, rows in tables.items():
                for key, digest in rows.items():
                    expected.setdefault((what, table), {}).setdefault(key, []).append(_Said(digest, number))
    return expected, faults


def _read(records: str | None) -> ledger.Digests:
    try:
        read = own_files.parsed(records or "{}")
        return {what: {table: dict(rows) for table, rows in tables.items()} for what, tables in read.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _rows(model: type[Model], wrote: dict[str, list[_Said]], closed: dict[str, list[_Said]]) -> Iterator[Discrepancy]:
    table = model._meta.db_table
    for row in _readable(model):
        key = str(row["pk"])
        where = f"{table} {key}"
        if "unreadable" in row:
            wrote.pop(key, None), closed.pop(key, None)
            yield Discrepancy("row", where, f"cannot be read: {row['unreadable']}")
            continue
        try:
            yield from _row(model, row, ledger.WROTE, where, wrote.pop(key, []))
            if ledger.is_closed(row) or key in closed:
                yield from _row(model, row, ledger.CLOSED, where, closed.pop(key, []))
        except UNREADABLE as error:
            yield Discrepancy("row", where, f"cannot be read: {error}")


def _row(model: type[Model], row: Mapping[str, Any], what: str, where: str, said: list[_Said]) -> Iterator[Discrepancy]:
    if what == ledger.CLOSED and not ledger.is_closed(row):
        yield Discrepancy("row", where, f"no longer closed, as event {said[0].event} closed it", said[0].event)
    elif not said:
        yield Discrepancy("row", _named(model, row, where), f"no event {what} it")
    else:
        digest = ledger.digest(model, row, what)
        for one in said:
            if one.digest != digest:
                yield Discrepancy("row", _named(model, row, where), f"not as event {one.event} {what} it", one.event)


def _named(model: type[Model], row: Mapping[str, Any], where: str) -> str:
    """Table and key of a row, and what it is in words."""
    try:
        words = str(model(**{name: value for name, value in row.items() if name != "pk"}))
    except (Error, ValueError, TypeError, LookupError, AttributeError):
        return where
    return f"{where} ({words[:120]})"


def _gone(table: str, left: Mapping[str, list[_Said]], what: str) -> Iterator[Discrepancy]:
    for key, said in left.items():
        yield Discrepancy("row", f"{table} {key}", what % said[0].event, said[0].event)


def _readable(model: type[Model]) -> Iterator[Mapping[str, Any]]:
    """Every row; one in which something stands that its column cannot hold is given with `unreadable` alone."""
    try:
        with transaction.atomic():
            found = list(ledger.rows(model))
        yield from found
        return
    except UNREADABLE:
        keys_ = list(model._base_manager.order_by().values_list("pk", flat=True))
    for key in keys_:
        try:
            with transaction.atomic():
                found = list(ledger.rows_of(model, [key]))
            yield from found
        except UNREADABLE as error:
            yield {"pk": key, "unreadable": str(error)}
