"""The checks of what the room itself keeps beside its rows: database, key, chain, anchors, guards, indexes, origins."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Model

from comity.evidence.chain import anchors, guards, keys
from comity.evidence.chain import events as chain
from comity.evidence.chain.discrepancies import ERROR, WARNING, Chain, Discrepancy, file_discrepancy, shown
from comity.evidence.chain.stored_forms import deformed
from comity.evidence.errors import WorkspaceError
from comity.evidence.models import AuditEvent, Origin, recorded_models
from comity.evidence.store import BEGINNINGS, now
from comity.evidence.workspaces import binding, own_files, workspace

CLOCKS_DIFFER = timedelta(minutes=5)
"""What clocks of several machines may differ by."""


def check_binding(_held: Chain) -> Iterator[Discrepancy]:
    """That the database is the workspace's own, and no older state of it."""
    if not binding.is_bound():
        yield Discrepancy("database", "workspace.json", "missing, or it does not name the workspace's own database")
    try:
        binding.check()
    except WorkspaceError as error:
        yield Discrepancy("database", "database", str(error))


def check_key(held: Chain) -> Iterator[Discrepancy]:
    """The key: that it is there, is the one pinned, and the one that the chain says began it."""
    if not keys.pin_path().exists():
        yield Discrepancy("key", shown(keys.pin_path()), "missing: nothing outside the database says which key signs")
    began = next((event for event in held.events if event.number == held.since), None)
    if began is None or began.act not in BEGINNINGS or began.subject.get("key") != held.key:
        what = f"the event that begins the signed chain with the key {held.key or '–'} is not there"
        yield Discrepancy("key", f"event {held.since}", what, held.since)
    try:
        keys.private_key()
    except PermissionError:
        # Who verifies a copy is not meant to read the key: the pin and the chain say which one it is.
        yield Discrepancy("key", shown(keys.path()), "may not be read, and was not checked", severity=WARNING)
    except WorkspaceError as error:
        yield Discrepancy("key", shown(keys.path()), str(error))
    beside = keys.path().with_suffix(".pub")  # left by versions that wrote the public key there
    with suppress(FileNotFoundError, PermissionError):
        if keys.key_fingerprint(own_files.bytes_of(beside).decode(errors="replace")) != held.key:
            yield Discrepancy("key", shown(beside), f"not the public key that is pinned, {held.key}")


def check_chain(held: Chain) -> Iterator[Discrepancy]:
    """The chain in itself: hashes, signatures, order in time, and what each event says it wrote."""
    for flaw in chain.flaws(held.events, held.is_signed, held.since):
        yield Discrepancy("chain", f"event {flaw.number}", flaw.what, flaw.number)
    latest = now() + CLOCKS_DIFFER
    for event in held.events:
        if event.number >= held.since and event.at > latest:
            what = f"its moment, {event.at.isoformat()}, has not come yet by this machine's clock"
            severity = WARNING if held.is_signed(event) else ERROR
            yield Discrepancy("chain", f"event {event.number}", what, event.number, severity)


def check_anchors(held: Chain) -> Iterator[Discrepancy]:
    """The chain against its anchors: what is anchored stands in it, and what stands in it is anchored."""
    of_file = shown(anchors.path())
    by_number = {event.number: event for event in held.events}
    # An event that was anchored before the chain was read is in it; what came later is none of its moment.
    until = max(held.anchored, max(by_number, default=0))
    anchored = {anchor.number: anchor for anchor in anchors.all() if anchor.number <= until}
    for number, anchor in anchored.items():
        event = by_number.get(number)
        if event is None:
            yield Discrepancy(
                "anchor", f"event {number}", f"it is anchored in {of_file}, and gone from the chain", number
            )
        elif (event.hash, event.signature) != (anchor.hash, anchor.signature):
            yield Discrepancy("anchor", f"event {number}", f"it is another than {of_file} says", number)
    signed = [event.number for event in held.events if event.number >= held.since and event.signature]
    last = max(anchored, default=0)
    if binding.is_left_unfinished():
        what = "an adoption of the database was stopped; the next `comity up` or act finishes it"
        yield Discrepancy("anchor", anchors.ADOPTING, what, severity=WARNING)
    if signed and not anchored:
        yield Discrepancy("anchor", of_file, "missing or empty: nothing outside the database says what happened")
    for number in signed:
        if number not in anchored:
            severity = ERROR if number < last else WARNING
            yield Discrepancy("anchor", f"event {number}", f"it is not anchored in {of_file}", number, severity)


def _permanent() -> list[type[Model]]:
    """The models of which no row changes: those of facts, and the chain."""
    return [*recorded_models(), AuditEvent]


def check_forms(_held: Chain) -> Iterator[Discrepancy]:
    """That each value stands as we write it: what only seems to be the same is compared as another."""
    for model in _permanent():
        for key, column in deformed(model):
            yield Discrepancy("row", f"{model._meta.db_table} {key}", f"its {column} does not stand as it was written")


def check_guards(_held: Chain) -> Iterator[Discrepancy]:
    """That the database still refuses to change, delete or write over what is permanent, and does nothing else."""
    for table in guards.unguarded(connection, _permanent()):
        yield Discrepancy("guard", table, "the database no longer guards it: a trigger is missing or was changed")
    for setting in guards.loose(connection):
        yield Discrepancy("guard", setting, "the session of the database is set otherwise than Comity sets it")
    for stranger in guards.unknown(connection, _permanent()):
        kind, severity = ("guard", ERROR) if stranger.may_harm else ("index", WARNING)
        what = f"{stranger.what}: it may change or swallow what is written or read"
        yield Discrepancy(kind, stranger.name, what if stranger.may_harm else stranger.what, severity=severity)


def check_indexes(_held: Chain) -> Iterator[Discrepancy]:
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
        yield Discrepancy("index", "database", said)


def check_origins(_held: Chain) -> Iterator[Discrepancy]:
    """The kept bytes of every origin against the hash that names them."""
    folder = workspace.home() / "origins"
    known = set()
    for sha256, file, size in Origin.objects.order_by("pk").values_list("sha256", "file", "size"):
        known.add(sha256)
        yield from _file(folder / sha256, sha256, f"the bytes of {file}", size)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            yield Discrepancy("origin", shown(path), "no origin has these bytes", severity=WARNING)


def _file(path: Path, digest: str, what: str, size: int) -> Iterator[Discrepancy]:
    # Its size is held against what was recorded first: a file of another is not ours, and may be endless.
    if (found := workspace.signature(path)) is None or found[1] == size:
        if fault := file_discrepancy("origin", path, digest, what):
            yield fault
        return
    yield Discrepancy("origin", shown(path), f"changed: {what} are said to be {size}, and are {found[1]}")
