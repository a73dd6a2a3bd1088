"""The key that signs the audit chain: made once, pinned beside the anchors, and never made anew in silence.

Signatures are Ed25519 (RFC 8032). The pin says which key signs, and from which event on each must be signed; it lies
outside the database, as the anchors do, and the event that begins the signed chain says the same inside it.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

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

from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import own_files, workspace


@dataclass(frozen=True)
class Pin:
    """The key that signs the chain, by its fingerprint and whole, and the first event that it signed."""

    key: str
    public_key: str
    since: int


def path() -> Path:
    """Where the private key lies."""
    return workspace.home() / "keys" / "audit.pem"


def pin_path() -> Path:
    """Where the pin lies."""
    return workspace.anchors() / "key.json"


def pinned() -> Pin | None:
    """The key as it is pinned; None where none is. Raises WorkspaceError where the pin cannot be read."""
    try:
        pin = Pin(**own_files.parsed(own_files.bytes_of(pin_path())))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        pin = None
    if pin is None or key_fingerprint(pin.public_key) != pin.key or not isinstance(pin.since, int):
        raise WorkspaceError(f"{pin_path()}: expected the fingerprint of the key that signs the audit chain, its PEM")
    return pin


def keep_pin(public_key: str, since: int) -> None:
    """Pin a key as the one that signs, from an event on."""
    pin = Pin(key_fingerprint(public_key), public_key, since)
    workspace.write_whole(pin_path(), (json.dumps(asdict(pin), indent=1) + "\n").encode())


def key_fingerprint(public_key: str) -> str:
    """The SHA-256 of a public key's 32 bytes, by which it is known; empty where the text is no such key in PEM."""
    try:
        key = load_pem_public_key(public_key.encode())
    except (ValueError, AttributeError):
        return ""
    return sha256(key.public_bytes_raw()).hexdigest() if isinstance(key, Ed25519PublicKey) else ""


def make() -> None:
    """Make the key where there is none; call it only where nothing was ever signed."""
    if not path().exists():
        made = Ed25519PrivateKey.generate()
        data = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        workspace.write_whole(path(), data, private=True)


def private_key() -> Ed25519PrivateKey:
    """The key that signs. Raises WorkspaceError where it is missing, no such key, or another than the one pinned."""
    try:
        key = load_pem_private_key(own_files.bytes_of(path()), password=None)
    except FileNotFoundError:
        raise WorkspaceError(
            f"{path()}: the key that signs the audit chain is missing; put it back from where it was copied to, since "
            "no other can take its place"
        ) from None
    except (ValueError, TypeError):
        raise WorkspaceError(f"{path()}: expected an Ed25519 key in PEM, without a password") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise WorkspaceError(f"{path()}: expected an Ed25519 key")
    pin, own = pinned(), key_fingerprint(public_of(key))
    if pin is not None and pin.key != own:
        raise WorkspaceError(f"{path()}: expected the key that is pinned, {pin.key}; this one is {own}")
    return key


def public_of(key: Ed25519PrivateKey) -> str:
    """The public part of a key, in PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_key() -> str:
    """The public key that reports and readers are given: the pinned one, or of the key at hand where none is."""
    pin = pinned()
    return pin.public_key if pin else public_of(private_key())


def sign(number: int, value: str) -> str:
    """The signature over an event's number and hash. Raises as `private_key` does."""
    return private_key().sign(_signed(number, value)).hex()


def is_signed(number: int, value: str, signature: str, public_key: str) -> bool:
    """Whether a signature over an event's number and hash is of a public key in PEM."""
    try:
        key = load_pem_public_key(public_key.encode())
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(bytes.fromhex(signature), _signed(number, value))
    except (InvalidSignature, ValueError, TypeError, AttributeError):
        return False
    return True


def _signed(number: int, value: str) -> bytes:
    return f"{number}:{value}".encode()
