"""The audit chain: each event carries the hash of the one before, so that none can be changed or taken out unseen.

Method: linked hashing as in Haber and Stornetta (1991); signatures of the head are Ed25519 (RFC 8032).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.evidence.figures import canonical

GENESIS = "0" * 64


@dataclass(frozen=True)
class Event:
    """One act: its number from 1, moment, who acted, what was done and to what."""

    number: int
    at: datetime
    actor: str
    act: str
    subject: dict[str, Any]
    previous: str
    hash: str


def event_hash(number: int, at: datetime, actor: str, act: str, subject: dict[str, Any], previous: str) -> str:
    """SHA-256 of the event's canonical JSON together with the hash of the event before it."""
    return hashlib.sha256(canonical([number, at.isoformat(), actor, act, subject, previous]).encode()).hexdigest()


def first_break(events: Iterable[Event]) -> int | None:
    """The number of the first event that does not follow from those before it, or None where the chain holds."""
    previous = GENESIS
    for number, event in enumerate(events, start=1):
        expected = event_hash(event.number, event.at, event.actor, event.act, event.subject, previous)
        if event.number != number or event.previous != previous or event.hash != expected:
            return event.number
        previous = event.hash
    return None
