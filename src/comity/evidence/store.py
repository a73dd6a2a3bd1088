"""Origins and the audit chain, kept and brought back."""

import csv
import functools
import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from comity.evidence.audience import opening_of
from comity.evidence.chain import anchors, keys, ledger
from comity.evidence.chain import events as chain
from comity.evidence.errors import BadInput, Fault, UnknownName, WorkspaceError
from comity.evidence.figures import Fact, canonical
from comity.evidence.files.refused_formats import is_web_text, is_zip, other_format
from comity.evidence.files.texts import decode
from comity.evidence.models import AuditEvent, Identity, Origin, StoredFact, recorded_models
from comity.evidence.places import CellPlace, Place, Text
from comity.evidence.workbooks.workbook import Workbook, as_texts, is_workbook, of_texts, read_workbook
from comity.evidence.workspaces import own_files, workspace
from comity.evidence.workspaces.acts import lock_chain
from comity.evidence.workspaces.bounded_cache import Shelf


@dataclass(frozen=True)
class Source:
    """What is known of a file before it is read: who published it, when, under which terms."""

    file: str
    title: str
    kind: str = Origin.Kind.FILE
    publisher: str = ""
    published: date | None = None
    url: str = ""
    symbol: str = ""
    licence: str = ""
    complete_through: date | None = None
    verified: bool = False
    note: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def now() -> datetime:
    """The moment, in UTC: the one clock of the rooms' stores."""
    return datetime.now(UTC)


def fingerprint(data: bytes) -> str:
    """SHA-256 of a file's bytes, as hexadecimal text: the name under which an origin is kept."""
    return hashlib.sha256(data).hexdigest()


def keep_origin(data: bytes, source: Source, *, at: datetime) -> Origin:
    """Keep a file's bytes by their hash and its description; the same bytes again give the origin kept before."""
    sha256 = fingerprint(data)
    workspace.write_whole(workspace.folder("origins") / sha256, data)
    origin, _made = Origin.objects.get_or_create(
        sha256=sha256,
        defaults={
            "kind": source.kind,
            "file": source.file,
            "size": len(data),
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published,
            "url": source.url,
            "symbol": source.symbol,
            "licence": source.licence,
            "complete_through": source.complete_through,
            "verified": source.verified,
            "note": source.note,
            "recorded_at": at,
        },
    )
    return origin


def public_origins(hashes: Iterable[str] | None = None) -> list[Origin]:
    """The origins that who asks may know of, of some hashes or all, in the order in which they were recorded.

    Of one that is not open as a whole title and note are those that may be shown; do not save what is given.
    """
    found = Origin.objects.all() if hashes is None else Origin.objects.filter(pk__in=set(hashes))
    return [origin for origin in map(_as_public, found) if origin is not None]


def public_origin(sha256: str) -> Origin:
    """The same of one origin; raises UnknownName where there is none that who asks may know of."""
    held = Origin.objects.filter(pk=sha256).first()
    shown = _as_public(held) if held is not None else None
    if shown is None:
        raise UnknownName(sha256, _("the SHA-256 of an origin that is held"))
    return shown


def _as_public(origin: Origin) -> Origin | None:
    opening = opening_of(origin.sha256)
    if opening is not None:
        origin.title, origin.note = opening.title, opening.note
    return origin if opening is None or opening.listed else None


def origin_bytes(sha256: str) -> bytes:
    """The bytes of an origin, checked against its hash.

    Raises UnknownName where no origin has the hash, WorkspaceError where the kept file is missing or was changed.
    """
    origin = Origin.objects.filter(pk=sha256).first()
    if origin is None:
        raise UnknownName(sha256, _("the SHA-256 of an origin that is held"))
    path = _kept_in(sha256)
    if not path.exists():
        raise WorkspaceError(f"{path}: the kept bytes of {origin.file} are missing from the workspace")
    data = own_files.bytes_of(path)
    if fingerprint(data) != sha256:
        raise WorkspaceError(f"{path}: the kept bytes of {origin.file} are no longer those whose hash names them")
    return data


def _kept_in(sha256: str) -> Path:
    return workspace.home() / "origins" / sha256


def origin_path(sha256: str) -> Path:
    """Where the bytes of an origin lie, checked against its hash when first asked for and once the file has changed.

    Raises as `origin_bytes` does.
    """
    path = _kept_in(sha256)
    _checked(sha256, path, workspace.signature(path))
    return path


@functools.lru_cache(maxsize=1024)
def _checked(sha256: str, _path: Path, _signature: object) -> None:
    origin_bytes(sha256)


def origin_text(sha256: str) -> str:
    """The text of an origin that is a text file (UTF-8, with or without a mark)."""
    return decode(origin_bytes(sha256), sha256, western=True)


READ_APART = Shelf("workbooks", 256 * 2**20)
EDITION = 1
"""Raised when what a workbook is read into changes, so that those kept by an earlier edition are not taken for it."""
ORIGINS_HELD = 4
"""Origins held in memory once they are read apart, so that thousands of facts of one are looked up in it."""


def origin_content(sha256: str) -> Workbook | Text:
    """An origin read apart: a workbook by its cells, a text by its lines. Its bytes are checked when first read.

    The last few are held until their kept file changes; do not change what is given. Raises UnknownName and
    WorkspaceError as `origin_bytes` does, BadInput for a damaged workbook or what is no text either.
    """
    path = _kept_in(sha256)
    return _content(sha256, path, workspace.signature(path))


@functools.lru_cache(maxsize=ORIGINS_HELD)
def _content(sha256: str, _path: Path, _signature: object) -> Workbook | Text:
    data = origin_bytes(sha256)
    if is_workbook(data):
        return read_workbook(data, Origin.objects.get(pk=sha256).file)
    if (other := other_format("", data)) is not None and not is_web_text(data):
        raise BadInput(Fault(sha256, "", other.what, _("a text or a workbook")))
    return Text(decode(data, sha256, western=True))


def shown_content(sha256: str) -> Workbook | Text:
    """An origin read apart for pages: of a workbook the cells' texts, as they are kept since it was first read.

    A hostile workbook costs its reading once, and not at each page. Raises as `origin_content` does, and TakesLong.
    """
    path = _kept_in(sha256)
    return _shown(sha256, workspace.signature(path)) if _begins_as_zip(path) else origin_content(sha256)


def _begins_as_zip(path: Path) -> bool:
    try:
        with own_files.opened(path) as stream:
            return is_zip(stream.read(4))
    except OSError:
        return False


@functools.lru_cache(maxsize=ORIGINS_HELD)
def _shown(sha256: str, _signature: object) -> Workbook | Text:
    data = origin_bytes(sha256)
    if not is_workbook(data):
        return origin_content(sha256)
    file = Origin.objects.get(pk=sha256).file

    def write(stream: BinaryIO) -> None:
        texts = as_texts(read_workbook(data, file))
        stream.write(json.dumps(texts, ensure_ascii=False).encode(errors="surrogatepass"))

    kept = READ_APART.made(f"{sha256}-{EDITION}.json", write)
    return of_texts(file, json.loads(kept.read_bytes().decode(errors="surrogatepass")))


def text_at(content: Workbook | Text, place: str) -> str:
    """What stands at a place of an origin that was read apart. Raises KeyError where nothing stands, ValueError where
    the words name no place of such a file."""
    if isinstance(content, Workbook):
        return content.at(CellPlace.parse(place))
    return content.at(Place.parse(place))


def stands(fact: Fact[Any]) -> str | None:
    """Read what stands at a fact's place in its origin's kept bytes; None where nothing stands there."""
    try:
        return text_at(origin_content(fact.origin), fact.place)
    except (KeyError, ValueError, csv.Error):
        return None


def fact_of(record: StoredFact, value: Any, *, text: str, label: str, about: str) -> Fact[Any]:
    """A stored record as the fact that methods compute with. The record's origin must have been fetched with it."""
    return Fact(
        value=value,
        text=text,
        label=label,
        about=about,
        origin=record.origin.sha256,
        file=record.origin.file,
        place=record.place,
        recorded_at=record.recorded_at,
        known_from=record.known_from,
    )


def record_event(actor: str, act: str, subject: dict[str, Any], *, at: datetime) -> AuditEvent:
    """Append an act to the audit chain, signed, with the digests of all that it wrote; call it at the end of the act,
    inside its transaction.

    An act never comes before the last one: where the clock was put back it has the moment of that one, and what the
    clock said beside it. Raises WorkspaceError where the key is missing or another than the one pinned.
    """
    with transaction.atomic():
        lock_chain()
        last = AuditEvent.objects.order_by("-number").defer("records").first()
        number, previous = (last.number + 1, last.hash) if last else (1, chain.GENESIS)
        if last and last.at > at:
            at, subject = last.at, {**subject, **({"clock": now().isoformat()} if last.at > now() else {})}
        records = canonical(written) if (written := ledger.taken()) else None
        if records is not None:
            subject = {**subject, chain.RECORDS: chain.digest_of_records(records)}
        value = chain.event_hash(number, at, actor, act, subject, previous)
        if last is None and keys.pinned() is None:
            keys.make()
        transaction.on_commit(_beside(lambda: anchors.add(_signed_after)))
        return AuditEvent.objects.create(
            number=number,
            at=at,
            actor=actor,
            act=act,
            subject=subject,
            previous=previous,
            hash=value,
            signature=keys.sign(number, value),
            records=records,
        )


BEGINNINGS = ("begin", "sign")
"""The acts with which the signed chain begins: in an empty database, or over what was there before."""


def begin_signing(actor: str, *, anew: bool = False) -> None:
    """See that every event is signed from now on: make the key and pin it, where nothing was ever signed.

    Events and rows from before are vouched for as they stand, by the event with which the signed chain begins; with
    `anew` also what another key signed. Raises WorkspaceError where anything was signed and the key is missing or
    another than the one that signed.
    """
    with workspace.alone("act"), transaction.atomic():
        lock_chain()
        ledger.begin()
        began = AuditEvent.objects.filter(act__in=BEGINNINGS).exclude(signature=None).order_by("-number")
        last = None if anew else began.defer("records").first()
        if last is None:
            _begin(actor, anew=anew)
        elif keys.pinned() is None and last.subject.get("key") == keys.key_fingerprint(keys.public_key()):
            keys.keep_pin(keys.public_key(), last.number)
        elif keys.pinned() is None:
            raise WorkspaceError(f"{keys.path()}: expected the key that signed event {last.number} of the audit chain")
        else:
            keys.private_key()


def _begin(actor: str, *, anew: bool) -> None:
    if anchors.last() is not None or keys.pinned() is not None:
        raise WorkspaceError(f"{anchors.path()}: the database holds nothing of the audit chain that is anchored here")
    if anew or not AuditEvent.objects.exclude(signature=None).exists():
        keys.make()
    public_key, since = keys.public_key(), _head()[0] + 1
    ledger.note_all(recorded_models())
    subject = {"key": keys.key_fingerprint(public_key), "public_key": public_key}
    transaction.on_commit(_beside(lambda: keys.keep_pin(public_key, since)))
    record_event(actor, BEGINNINGS[since > 1], subject, at=now())


def _beside(do: Callable[[], None]) -> Callable[[], None]:
    """The same once the act is committed, with the anchors and the pin in the folder in which they are now."""
    folder = workspace.anchors().name

    def done() -> None:
        with workspace.anchors_in(folder):
            do()

    return done


def is_begun_by(act: str, since: int, until: int) -> bool:
    """Whether the signed chain begins anew with a certain event, and an act follows up to another one."""
    began = AuditEvent.objects.filter(act__in=BEGINNINGS).exclude(signature=None).order_by("-number")
    if began.values_list("number", flat=True).first() != since:
        return False
    return AuditEvent.objects.filter(act=act, number__gt=since, number__lte=until).exists()


def _signed_after(number: int) -> Iterator[anchors.Anchor]:
    signed = AuditEvent.objects.filter(number__gt=number).exclude(signature=None).order_by("number").defer("records")
    return (anchors.Anchor(one.number, one.hash, str(one.signature)) for one in signed)


def database_name() -> str:
    """The connected database in a word: the file, or the server's name for it."""
    return str(connection.settings_dict["NAME"])


def identity() -> str | None:
    """Which database is connected; None where nothing was set up in it, or only by a version that did not ask."""
    is_file = connection.vendor == "sqlite" and not connection.settings_dict["OPTIONS"].get("uri")
    if is_file and connection.connection is None and not Path(database_name()).exists():
        return None  # asking would make one; one that may only be read is opened by an address, and never made
    if Identity._meta.db_table not in connection.introspection.table_names():
        return None
    return Identity.objects.values_list("value", flat=True).first()


def make_identity() -> str:
    """Which database is connected; one that never said so is given its identity."""
    return identity() or Identity.objects.create(value=uuid4().hex).value


def has_events() -> bool:
    """Whether anything ever happened in the connected database."""
    return AuditEvent._meta.db_table in connection.introspection.table_names() and AuditEvent.objects.exists()


def is_in_chain(number: int, value: str) -> bool:
    """Whether the chain has an event of this number and hash."""
    return AuditEvent.objects.filter(number=number, hash=value).exists()


_seen: ContextVar[list[tuple[int, str]] | None] = ContextVar("seen", default=None)


@contextmanager
def one_state() -> Iterator[None]:
    """Within it the chain's head is asked of the database once: for what only reads, and asks for it at every name.

    What is kept by the head is then of one state; what is asked of the database meanwhile may be newer.
    """
    token = _seen.set([])
    try:
        yield
    finally:
        _seen.reset(token)


def head() -> tuple[int, str]:
    """Number and hash of the chain's last event; 0 and zeros where nothing has happened yet."""
    seen = _seen.get()
    if seen is None:
        return _head()
    if not seen:
        seen.append(_head())
    return seen[0]


_shown_files: list[Callable[[], Iterable[Path]]] = []


def register_shown_files(files: Callable[[], Iterable[Path]]) -> None:
    """Let a room name the files that pages show beside the records of the database."""
    _shown_files.append(files)


_faults: list[Callable[[], Iterable[str]]] = []


def register_faults(faults: Callable[[], Iterable[str]]) -> None:
    """Let a room say what it leaves out of pages because it is damaged, a sentence each."""
    _faults.append(faults)


def faults() -> list[str]:
    """What the page that is being made leaves out because it is damaged."""
    return [sentence for of_room in _faults for sentence in of_room()]


def state() -> tuple[Hashable, ...]:
    """What all pages are made from, to compare: the chain's head, and of the files shown when and how they changed."""
    return (head(), *(workspace.signature(path) for files in _shown_files for path in files()))


def _head() -> tuple[int, str]:
    last = AuditEvent.objects.order_by("-number").values_list("number", "hash").first()
    return last or (0, chain.GENESIS)


def events(*numbers: int) -> Iterator[chain.Event]:
    """The audit chain from its beginning, or certain events of it."""
    names = ("number", "at", "actor", "act", "subject", "previous", "hash", "signature")
    asked = AuditEvent.objects.filter(number__in=numbers) if numbers else AuditEvent.objects.all()
    for values in asked.order_by("number").values_list(*names).iterator():
        yield chain.Event(*values)


def signed_head(*, apart_from: str = "") -> dict[str, Any]:
    """The chain's head with this workspace's signature over it: `{number, hash, signature, public_key}`.

    With `apart_from`, the last event that is no such act.
    """
    last = AuditEvent.objects.exclude(act=apart_from).order_by("-number")
    number, value, signature = last.values_list("number", "hash", "signature").first() or (0, chain.GENESIS, None)
    signature = signature or keys.sign(number, value)
    return {"number": number, "hash": value, "signature": signature, "public_key": keys.public_key()}


def head_is_signed(signed: dict[str, Any]) -> bool:
    """Whether a signed head's signature fits its public key, number and hash."""
    return keys.is_signed(signed["number"], signed["hash"], signed["signature"], signed["public_key"])
