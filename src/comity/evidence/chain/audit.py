"""What `comity audit verify` checks: that all that is stored is what the audit chain says was stored.

Each check gives every fault that it finds and goes on. A later room adds its own in its `AppConfig.ready`; the rows of
its tables are checked here, since its models are `Recorded`. Nothing is written: a copy that may only be read will do.
"""

from collections.abc import Collection, Iterator, MutableMapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import Error, connection, connections, transaction

from comity.evidence.chain import anchors, keys, own_checks
from comity.evidence.chain.discrepancies import ERROR, Chain, Check, Discrepancy, said_by, shown
from comity.evidence.chain.events import Event
from comity.evidence.chain.row_checks import UNREADABLE, check_rows
from comity.evidence.errors import WorkspaceError
from comity.evidence.models import AuditEvent
from comity.evidence.store import BEGINNINGS, events, head

_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Let a room check what it stores beside its tables: files, and what follows from others."""
    _checks[name] = check


@dataclass
class Audit:
    """What verifying found: the chain, every fault, and number and hash of the last event that was there."""

    chain: Chain
    discrepancies: list[Discrepancy] = field(default_factory=list)
    head: tuple[int, str] = (0, "")

    @property
    def holds(self) -> bool:
        """Whether nothing was found but warnings."""
        return not any(fault.severity == ERROR for fault in self.discrepancies)


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
    audit.discrepancies += (fault for faults in found.values() for fault in faults)
    audit.discrepancies = list(dict.fromkeys(audit.discrepancies))
    return audit


def _verified(asked: Collection[str]) -> tuple[Audit, dict[str, list[Discrepancy]]]:
    """The chain, with what is wrong with its reading, and the faults that some of the checks give."""
    found: dict[str, list[Discrepancy]] = {}
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


def _checked(name: str, check: Check, held: Chain) -> list[Discrepancy]:
    try:
        # Within a transaction what the database refuses ends no check but its own; outside of one each answer is newer.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return list(check(held))
    except _FAILING as error:
        return [Discrepancy(name, name, f"cannot be checked: {said_by(error)}")]


def _last_anchored() -> int:
    try:
        return max((anchor.number for anchor in anchors.all()), default=0)
    except _FAILING:
        return 0  # the check of the anchors says so


@contextmanager
def _one_moment() -> Iterator[None]:
    """Within it the database is read as it is at one moment; nothing is locked that an act asks for."""
    connected = connections[connection.alias]
    # PostgreSQL keeps no cursor meanwhile: one that goes with what was taken back spoils all that is read after it.
    without_cursors = _set(connected.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    with _set(vars(connected), "transaction_mode", "DEFERRED"), without_cursors:
        if connection.in_atomic_block:
            yield
            return
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _set(settings: MutableMapping[str, Any], name: str, value: object) -> Iterator[None]:
    """Within it a setting has another value."""
    before = settings.get(name)
    settings[name] = value
    try:
        yield
    finally:
        settings[name] = before


def _pinned() -> tuple[keys.Pin | None, list[Discrepancy]]:
    try:
        return keys.pinned(), []
    except (WorkspaceError, OSError) as error:
        return None, [Discrepancy("key", shown(keys.pin_path()), said_by(error))]


def _events() -> tuple[tuple[Event, ...], list[Discrepancy]]:
    """The events that can be read, and a fault for each other one."""
    try:
        with transaction.atomic():
            held = tuple(events())
        if all(isinstance(event.subject, dict) and isinstance(event.at, datetime) for event in held):
            return held, []
    except UNREADABLE:
        pass
    found, faults = [], []
    for number in AuditEvent.objects.order_by("number").values_list("number", flat=True):
        try:
            with transaction.atomic():
                (event,) = events(number)
            event.at.isoformat()
            found.append(replace(event, subject=dict(event.subject)))
        except UNREADABLE as error:
            faults.append(Discrepancy("chain", f"event {number}", f"cannot be read: {error}", number))
    return tuple(found), faults


def _chain(held: tuple[Event, ...], pin: keys.Pin | None) -> Chain:
    """The chain with the key that is pinned; where none is, with the one that began it."""
    began = next((event for event in reversed(held) if event.act in BEGINNINGS and event.signature), None)
    if pin is not None:
        return Chain(held, pin.key, pin.public_key, pin.since)
    public_key = str(began.subject.get("public_key", "")) if began else ""
    return Chain(held, keys.key_fingerprint(public_key), public_key, began.number if began else 1)


_BINDING = "database"
_OWN: dict[str, Check] = {
    _BINDING: own_checks.check_binding,
    "key": own_checks.check_key,
    "chain": own_checks.check_chain,
    "anchors": own_checks.check_anchors,
    "rows": check_rows,
    "forms": own_checks.check_forms,
    "guards": own_checks.check_guards,
    "indexes": own_checks.check_indexes,
    "origins": own_checks.check_origins,
}
