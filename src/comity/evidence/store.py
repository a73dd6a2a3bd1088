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

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.db import connection, transaction
from django.utils.translation import gettext as _

from comity.evidence import anchors, chain, workspace
from comity.evidence.acts import lock_chain
from comity.evidence.errors import BadInput, Fault, UnknownName, WorkspaceError
from comity.evidence.figures import Fact
from comity.evidence.models import AuditEvent, Identity, Origin, StoredFact
from comity.evidence.other_formats import is_zip, other_format
from comity.evidence.places import CellPlace, Place, Text
from comity.evidence.shelf import Shelf
from comity.evidence.texts import decode
from comity.evidence.workbook import Workbook, as_texts, is_workbook, of_texts, read_workbook


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


def origin_bytes(sha256: str) -> bytes:
    """The bytes of an origin, checked against its hash.

    Raises UnknownName where no origin has the hash, WorkspaceError where the kept file is missing or was changed.
    """
    origin = Origin.objects.filter(pk=sha256).first()
    if origin is None:
        raise UnknownName(sha256, "the SHA-256 of an origin that is held")
    path = _kept_in(sha256)
    if not path.exists():
        raise WorkspaceError(f"{path}: the kept bytes of {origin.file} are missing from the workspace")
    data = path.read_bytes()
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
    return _content(sha256, str(path), path.stat().st_mtime_ns if path.exists() else 0)


@functools.lru_cache(maxsize=ORIGINS_HELD)
def _content(sha256: str, path: str, changed: int) -> Workbook | Text:
    data = origin_bytes(sha256)
    if is_workbook(data):
        return read_workbook(data, Origin.objects.get(pk=sha256).file)
    if (other := other_format("", data)) is not None:
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
        with path.open("rb") as stream:
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


def origin_workbook(sha256: str) -> Workbook:
    """An origin that is a workbook, by its cells; raises BadInput for another file."""
    content = origin_content(sha256)
    if isinstance(content, Text):
        expected = _("an .xlsx workbook; save it as .xlsx")
        raise BadInput(Fault(Origin.objects.get(pk=sha256).file, "", content.text[:40], expected))
    return content


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
    """Append an act to the audit chain; call it inside the transaction of the act itself."""
    with transaction.atomic():
        lock_chain()
        last = AuditEvent.objects.order_by("-number").first()
        number, previous = (last.number + 1, last.hash) if last else (1, chain.GENESIS)
        value = chain.event_hash(number, at, actor, act, subject, previous)
        transaction.on_commit(lambda: anchors.add(_signed_after))
        return AuditEvent.objects.create(
            number=number,
            at=at,
            actor=actor,
            act=act,
            subject=subject,
            previous=previous,
            hash=value,
            signature=_private_key().sign(f"{number}:{value}".encode()).hex(),
        )


def _signed_after(number: int) -> Iterator[anchors.Anchor]:
    signed = AuditEvent.objects.filter(number__gt=number).exclude(signature=None).order_by("number")
    return (anchors.Anchor(one.number, one.hash, str(one.signature)) for one in signed)


def database_name() -> str:
    """The connected database in a word: the file, or the server's name for it."""
    return str(connection.settings_dict["NAME"])


def identity() -> str | None:
    """Which database is connected; None where nothing was set up in it, or only by a version that did not ask."""
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


def events() -> Iterator[chain.Event]:
    """The audit chain from its beginning."""
    for event in AuditEvent.objects.order_by("number").iterator():
        yield chain.Event(event.number, event.at, event.actor, event.act, event.subject, event.previous, event.hash)


def _private_key() -> Ed25519PrivateKey:
    path = workspace.folder("keys") / "audit.pem"
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        secret = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        workspace.write_whole(path, secret, private=True)
        public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        workspace.write_whole(path.with_suffix(".pub"), public)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise WorkspaceError(f"{path}: expected an Ed25519 key in PEM, without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise WorkspaceError(f"{path}: expected an Ed25519 key")
    return key


def signed_head() -> dict[str, Any]:
    """The chain's head with this workspace's signature over it: `{number, hash, signature, public_key}`."""
    number, value = head()
    key = _private_key()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return {
        "number": number,
        "hash": value,
        "signature": key.sign(f"{number}:{value}".encode()).hex(),
        "public_key": public,
    }


def head_is_signed(signed: dict[str, Any]) -> bool:
    """Whether a signed head's signature fits its public key, number and hash."""
    try:
        key = load_pem_public_key(signed["public_key"].encode())
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(bytes.fromhex(signed["signature"]), f"{signed['number']}:{signed['hash']}".encode())
    except (InvalidSignature, ValueError, LookupError, TypeError, AttributeError):
        return False
    return True
