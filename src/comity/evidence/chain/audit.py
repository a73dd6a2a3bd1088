"""What `comity audit verify` checks: that all that is stored is what the audit chain says was stored.

Each check gives every fault that it finds and goes on. A later room adds its own in its `AppConfig.ready`; the rows of
its tables are checked here, since its models are `Recorded`. Nothing is written: a copy that may only be read will do.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DataError, Error, OperationalError, connection, transaction
from django.db.models import Model

from comity.evidence.chain import anchors, guards, keys, ledger
from comity.evidence.chain import events as chain
from comity.evidence.chain.events import Event
from comity.evidence.chain.stored_forms import deformed
from comity.evidence.errors import WorkspaceError
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.store import BEGINNINGS, events, head, now
from comity.evidence.workspaces import binding, own_files, workspace

ERROR, WARNING = "error", "warning"
CLOCKS_DIFFER = timedelta(minutes=5)
"""What clocks of several machines may differ by."""


@dataclass(frozen=True)
class Fault:
    """Something that is not as the chain says: where, what is wrong, and the event that says otherwise.

    A warning is what an act that was stopped halfway leaves too, or a clock that was wrong.
    """

    kind: str
    where: str
    what: str
    event: int | None = None
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"

    def as_json(self) -> dict[str, Any]:
        """The fault as `comity audit verify --format json` lists it."""
        return dict(vars(self))


@dataclass(frozen=True)
class Chain:
    """The chain as the checks are given it: its events, the key that signs it, and from which event on."""

    events: tuple[Event, ...]
    key: str
    public_key: str
    since: int
    anchored: int = 0
    """The last event that was anchored before the chain was read."""

    def is_signed(self, event: Event) -> bool:
        """Whether an event bears a signature of the key."""
        return event.signature is not None and keys.is_signed(
            event.number, event.hash, event.signature, self.public_key
        )

    def of_act(self, act: str) -> list[Event]:
        """The signed events of an act, in order."""
        return [event for event in self.events if event.act == act and event.number >= self.since]


Check = Callable[[Chain], Iterable[Fault]]
_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Let a room check what it stores beside its tables: files, and what follows from others."""
    _checks[name] = check


@dataclass
class Audit:
    """What verifying found: the chain, every fault, and number and hash of the last event that was there."""

    chain: Chain
    faults: list[Fault] = field(default_factory=list)
    head: tuple[int, str] = (0, "")

    @property
    def holds(self) -> bool:
        """Whether nothing was found but warnings."""
        return not any(fault.severity == ERROR for fault in self.faults)


_FAILING = (WorkspaceError, OSError, Error, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What a check fails with where what it reads was never written by us."""


_TRIES = 5
"""How often what is found is looked at again where something was recorded meanwhile."""


def verify() -> Audit:
    """Check everything, and give every fault found; of a check that fails itself, that it did.

    What others record meanwhile is passed by: the database is read as of one moment. Files have no such moment, and
    what is an error beside them is looked at again where the chain went on.
    """
    audit, found = _verified(_OWN.keys() | _checks.keys())
    seen = audit.head
    for _try in range(_TRIES):
        failing = {name for name, faults in found.items() if any(fault.severity == ERROR for fault in faults)}
        if not failing or seen == (seen := head()):
            break
        found |= _verified(failing)[1]
    audit.faults += (fault for faults in found.values() for fault in faults)
    audit.faults = list(dict.fromkeys(audit.faults))
    return audit


def _verified(asked: Collection[str]) -> tuple[Audit, dict[str, list[Fault]]]:
    """The chain, with what is wrong with its reading, and the faults that some of the checks give."""
    found: dict[str, list[Fault]] = {}
    # What lies outside is read first: it can only be behind the database, which is what a stopped act leaves too.
    if _BINDING in asked:
        found[_BINDING] = _checked(_BINDING, _OWN[_BINDING], Chain((), "", "", 1))
    pin, unpinned = _pinned()
    known = _last_anchored()
    with _one_moment():
        read, unreadable = _events()
        held = replace(_chain(read, pin), anchored=known)
        audit = Audit(held, [*unpinned, *unreadable], head())
        for name, check in (*_OWN.items(), *_checks.items()):
            if name in asked and name != _BINDING:
                found[name] = _checked(name, check, held)
    return audit, found


def _checked(name: str, check: Check, held: Chain) -> list[Fault]:
    try:
        # Within a transaction what the database refuses ends no check but its own; outside of one each answer is newer.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return list(check(held))
    except _FAILING as error:
        return [Fault(name, name, f"cannot be checked: {_said(error)}")]


def _last_anchored() -> int:
    try:
        return max((anchor.number for anchor in anchors.all()), default=0)
    except _FAILING:
        return 0  # the check of the anchors says so


@contextmanager
def _one_moment() -> Iterator[None]:
    """Within it the database is read as it is at one moment; nothing is locked that an act asks for."""
    with _set(connection, "transaction_mode", "DEFERRED"), _without_cursors(connection.settings_dict):
        if connection.in_atomic_block:
            yield
            return
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _set(what: Any, name: str, value: object) -> Iterator[None]:
    before = getattr(what, name, None)
    setattr(what, name, value)
    try:
        yield
    finally:
        setattr(what, name, before)


@contextmanager
def _without_cursors(settings: dict[str, Any]) -> Iterator[None]:
    """Within it PostgreSQL keeps no cursor: one that goes with what was taken back spoils all that is read after it."""
    name = "DISABLE_SERVER_SIDE_CURSORS"
    before, settings[name] = settings.get(name, False), True
    try:
        yield
    finally:
        settings[name] = before


def _pinned() -> tuple[keys.Pin | None, list[Fault]]:
    try:
        return keys.pinned(), []
    except (WorkspaceError, OSError) as error:
        return None, [Fault("key", shown(keys.pin_path()), _said(error))]


def _said(error: Exception) -> str:
    """What an error says; of a file its name, and not the error's number."""
    if isinstance(error, OSError) and error.strerror:
        return f"{shown(Path(error.filename))}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__


_UNREADABLE = (DataError, OperationalError, ValueError, TypeError, AttributeError, RecursionError)
"""What reading something fails with that its column cannot hold."""


def _events() -> tuple[tuple[Event, ...], list[Fault]]:
    """The events that can be read, and a fault for each other one."""
    try:
        with transaction.atomic():
            held = tuple(events())
        if all(isinstance(event.subject, dict) and isinstance(event.at, datetime) for event in held):
            return held, []
    except _UNREADABLE:
        pass
    found, faults = [], []
    for number in AuditEvent.objects.order_by("number").values_list("number", flat=True):
        try:
            with transaction.atomic():
                (event,) = events(number)
            event.at.isoformat()
            found.append(replace(event, subject=dict(event.subject)))
        except _UNREADABLE as error:
            faults.append(Fault("chain", f"event {number}", f"cannot be read: {error}", number))
    return tuple(found), faults


def _chain(held: tuple[Event, ...], pin: keys.Pin | None) -> Chain:
    """The chain with the key that is pinned; where none is, with the one that began it."""
    began = next((event for event in reversed(held) if event.act in BEGINNINGS and event.signature), None)
    if pin is not None:
        return Chain(held, pin.key, pin.public_key, pin.since)
    public_key = str(began.subject.get("public_key", "")) if began else ""
    return Chain(held, keys.fingerprint(public_key), public_key, began.number if began else 1)


def _check_binding(_held: Chain) -> Iterator[Fault]:
    """That the database is the workspace's own, and no older state of it."""
    if not binding.is_bound():
        yield Fault("database", "workspace.json", "missing, or it does not name the workspace's own database")
    try:
        binding.check()
    except WorkspaceError as error:
        yield Fault("database", "database", str(error))


def _check_key(held: Chain) -> Iterator[Fault]:
    """The key: that it is there, is the one pinned, and the one that the chain says began it."""
    if not keys.pin_path().exists():
        yield Fault("key", shown(keys.pin_path()), "missing: nothing outside the database says which key signs")
    began = next((event for event in held.events if event.number == held.since), None)
    if began is None or began.act not in BEGINNINGS or began.subject.get("key") != held.key:
        what = f"the event that begins the signed chain with the key {held.key or '–'} is not there"
        yield Fault("key", f"event {held.since}", what, held.since)
    try:
        keys.private_key()
    except PermissionError:
        # Who verifies a copy is not meant to read the key: the pin and the chain say which one it is.
        yield Fault("key", shown(keys.path()), "may not be read, and was not checked", severity=WARNING)
    except WorkspaceError as error:
        yield Fault("key", shown(keys.path()), str(error))
    beside = keys.path().with_suffix(".pub")  # left by versions that wrote the public key there
    with suppress(FileNotFoundError, PermissionError):
        if keys.fingerprint(own_files.bytes_of(beside).decode(errors="replace")) != held.key:
            yield Fault("key", shown(beside), f"not the public key that is pinned, {held.key}")


def _check_chain(held: Chain) -> Iterator[Fault]:
    """The chain in itself: hashes, signatures, order in time, and what each event says it wrote."""
    for flaw in chain.flaws(held.events, held.is_signed, held.since):
        yield Fault("chain", f"event {flaw.number}", flaw.what, flaw.number)
    latest = now() + CLOCKS_DIFFER
    for event in held.events:
        if event.number >= held.since and event.at > latest:
            what = f"its moment, {event.at.isoformat()}, has not come yet by this machine's clock"
            severity = WARNING if held.is_signed(event) else ERROR
            yield Fault("chain", f"event {event.number}", what, event.number, severity)


def _check_anchors(held: Chain) -> Iterator[Fault]:
    """The chain against its anchors: what is anchored stands in it, and what stands in it is anchored."""
    of_file = shown(anchors.path())
    by_number = {event.number: event for event in held.events}
    # An event that was anchored before the chain was read is in it; what came later is none of its moment.
    until = max(held.anchored, max(by_number, default=0))
    anchored = {anchor.number: anchor for anchor in anchors.all() if anchor.number <= until}
    for number, anchor in anchored.items():
        event = by_number.get(number)
        if event is None:
            yield Fault("anchor", f"event {number}", f"it is anchored in {of_file}, and gone from the chain", number)
        elif (event.hash, event.signature) != (anchor.hash, anchor.signature):
            yield Fault("anchor", f"event {number}", f"it is another than {of_file} says", number)
    signed = [event.number for event in held.events if event.number >= held.since and event.signature]
    last = max(anchored, default=0)
    if binding.is_left_unfinished():
        what = "an adoption of the database was stopped; the next `comity up` or act finishes it"
        yield Fault("anchor", anchors.ADOPTING, what, severity=WARNING)
    if signed and not anchored:
        yield Fault("anchor", of_file, "missing or empty: nothing outside the database says what happened")
    for number in signed:
        if number not in anchored:
            severity = ERROR if number < last else WARNING
            yield Fault("anchor", f"event {number}", f"it is not anchored in {of_file}", number, severity)


@dataclass(frozen=True)
class _Said:
    """What an event says of a row: its digest."""

    digest: str
    event: int


_Expected = dict[tuple[str, str], dict[str, list[_Said]]]


def _check_rows(held: Chain) -> Iterator[Fault]:
    """Every row of every table: written and closed by one event each, and as it says; none beside them, none gone."""
    expected, faults = _expected(held)
    yield from faults
    for model in ledger.models():
        table = model._meta.db_table
        wrote, closed = expected.pop((ledger.WROTE, table), {}), expected.pop((ledger.CLOSED, table), {})
        yield from _rows(model, wrote, closed)
        yield from _gone(table, wrote, "gone: event %d wrote it")
        yield from _gone(table, closed, "no longer closed, as event %d closed it")
    for (_what, table), rows in expected.items():
        yield Fault("row", table, f"the table is not known, though events wrote {len(rows)} rows of it")


def _expected(held: Chain) -> tuple[_Expected, list[Fault]]:
    """What the signed events say of each row, from the one on that vouches for all before it."""
    expected: _Expected = {}
    faults = []
    subjects = {event.number: event.subject for event in held.events}
    kept = AuditEvent.objects.filter(number__gte=held.since).order_by("number").values_list("number", "records")
    for number, records in kept.iterator():
        signed = subjects.get(number, {}).get(chain.RECORDS)
        if (chain.digest_of(records) if records is not None else None) != signed:
            what = "what it says of the rows that it wrote is not what it signed"
            faults.append(Fault("chain", f"event {number}", what, number))
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


def _rows(model: type[Model], wrote: dict[str, list[_Said]], closed: dict[str, list[_Said]]) -> Iterator[Fault]:
    table = model._meta.db_table
    for row in _readable(model):
        key = str(row["pk"])
        where = f"{table} {key}"
        if "unreadable" in row:
            wrote.pop(key, None), closed.pop(key, None)
            yield Fault("row", where, f"cannot be read: {row['unreadable']}")
            continue
        try:
            yield from _row(model, row, ledger.WROTE, where, wrote.pop(key, []))
            if ledger.is_closed(row) or key in closed:
                yield from _row(model, row, ledger.CLOSED, where, closed.pop(key, []))
        except _UNREADABLE as error:
            yield Fault("row", where, f"cannot be read: {error}")


def _row(model: type[Model], row: Mapping[str, Any], what: str, where: str, said: list[_Said]) -> Iterator[Fault]:
    if what == ledger.CLOSED and not ledger.is_closed(row):
        yield Fault("row", where, f"no longer closed, as event {said[0].event} closed it", said[0].event)
    elif not said:
        yield Fault("row", _named(model, row, where), f"no event {what} it")
    else:
        digest = ledger.digest(model, row, what)
        for one in said:
            if one.digest != digest:
                yield Fault("row", _named(model, row, where), f"not as event {one.event} {what} it", one.event)


def _named(model: type[Model], row: Mapping[str, Any], where: str) -> str:
    """Table and key of a row, and what it is in words."""
    try:
        words = str(model(**{name: value for name, value in row.items() if name != "pk"}))
    except (Error, ValueError, TypeError, LookupError, AttributeError):
        return where
    return f"{where} ({words[:120]})"


def _gone(table: str, left: Mapping[str, list[_Said]], what: str) -> Iterator[Fault]:
    for key, said in left.items():
        yield Fault("row", f"{table} {key}", what % said[0].event, said[0].event)


def _readable(model: type[Model]) -> Iterator[Mapping[str, Any]]:
    """Every row; one in which something stands that its column cannot hold is given with `unreadable` alone."""
    try:
        with transaction.atomic():
            found = list(ledger.rows(model))
        yield from found
        return
    except _UNREADABLE:
        keys_ = list(model._base_manager.order_by().values_list("pk", flat=True))
    for key in keys_:
        try:
            with transaction.atomic():
                found = list(ledger.rows_of(model, [key]))
            yield from found
        except _UNREADABLE as error:
            yield {"pk": key, "unreadable": str(error)}


def _permanent() -> list[type[Model]]:
    """The models of which no row changes: those of facts, and the chain."""
    return [*ledger.models(), AuditEvent]


def _check_forms(_held: Chain) -> Iterator[Fault]:
    """That each value stands as we write it: what only seems to be the same is compared as another."""
    for model in _permanent():
        for key, column in deformed(model):
            yield Fault("row", f"{model._meta.db_table} {key}", f"its {column} does not stand as it was written")


def _check_guards(_held: Chain) -> Iterator[Fault]:
    """That the database still refuses to change, delete or write over what is permanent, and does nothing else."""
    for table in guards.unguarded(connection, _permanent()):
        yield Fault("guard", table, "the database no longer guards it: a trigger is missing or was changed")
    for setting in guards.loose(connection):
        yield Fault("guard", setting, "the session of the database is set otherwise than Comity sets it")
    for stranger in guards.unknown(connection, _permanent()):
        kind, severity = ("guard", ERROR) if stranger.may_harm else ("index", WARNING)
        what = f"{stranger.what}: it may change or swallow what is written or read"
        yield Fault(kind, stranger.name, what if stranger.may_harm else stranger.what, severity=severity)


def _check_indexes(_held: Chain) -> Iterator[Fault]:
    """That what is looked up by an index is what the tables hold: of a row that an index lacks nothing is shown."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            found = [said for (said,) in cursor.fetchall() if said != "ok"]
        else:
            cursor.execute(
                "SELECT indexrelid::regclass::text || ': the index is not valid' FROM pg_index "
                "WHERE NOT (indisvalid AND indisready AND indislive)"
            )
            found = [said for (said,) in cursor.fetchall()]
    for said in found:
        yield Fault("index", "database", said)


def _check_origins(_held: Chain) -> Iterator[Fault]:
    """The kept bytes of every origin against the hash that names them."""
    folder = workspace.home() / "origins"
    known = set()
    for sha256, file, size in Origin.objects.order_by("pk").values_list("sha256", "file", "size"):
        known.add(sha256)
        yield from _file(folder / sha256, sha256, f"the bytes of {file}", size)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            yield Fault("origin", shown(path), "no origin has these bytes", severity=WARNING)


def _file(path: Path, digest: str, what: str, size: int) -> Iterator[Fault]:
    # Its size is held against what was recorded first: a file of another is not ours, and may be endless.
    if (found := workspace.signature(path)) is None or found[1] == size:
        if fault := file_fault("origin", path, digest, what):
            yield fault
        return
    yield Fault("origin", shown(path), f"changed: {what} are said to be {size}, and are {found[1]}")


def file_fault(kind: str, path: Path, digest: str, what: str, event: int | None = None) -> Fault | None:
    """What is wrong with a file whose SHA-256 is known: missing, unreadable, or another; `what` says what it is."""
    try:
        held = own_files.digest_of(path)
    except FileNotFoundError:
        return Fault(kind, shown(path), f"missing: {what}", event)
    except OSError as error:
        return Fault(kind, shown(path), f"cannot be read: {error.strerror}", event)
    return None if held == digest else Fault(kind, shown(path), f"changed: {what} is no longer {digest}", event)


def shown(path: Path) -> str:
    """A path as seen from the workspace."""
    return str(path.relative_to(workspace.home())) if path.is_relative_to(workspace.home()) else str(path)


_BINDING = "database"
_OWN: dict[str, Check] = {
    _BINDING: _check_binding,
    "key": _check_key,
    "chain": _check_chain,
    "anchors": _check_anchors,
    "rows": _check_rows,
    "forms": _check_forms,
    "guards": _check_guards,
    "indexes": _check_indexes,
    "origins": _check_origins,
}
