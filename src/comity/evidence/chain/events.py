"""The audit chain: each event carries the hash of the one before, so that none can be changed or taken out unseen.

Method: linked hashing as in Haber and Stornetta (1991); each event is signed by Ed25519 (RFC 8032) over number and
hash.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.evidence.figures import canonical

GENESIS = "0" * 64
RECORDS = "records"
"""The key in an event's subject under which the digest of what it wrote stands."""


@dataclass(frozen=True)
class Event:
    """One act: its number from 1, moment, who acted, what was done and to what; acts of old bear no signature."""

    number: int
    at: datetime
    actor: str
    act: str
    subject: dict[str, Any]
    previous: str
    hash: str
    signature: str | None = None


@dataclass(frozen=True)
class Flaw:
    """What is wrong with an event, by its number."""

    number: int
    what: str


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


def digest_of_records(records: str) -> str:
    """The SHA-256 of the digests of what an act wrote, as its subject has it."""
    return hashlib.sha256(records.encode()).hexdigest()


def flaws(events: Iterable[Event], is_signed: Callable[[Event], bool], since: int) -> Iterator[Flaw]:
    """All that shows a chain to be another than was recorded: numbers, hashes, signatures and order in time.

    From the event `since` on each must be signed, and none comes before the one before it; what was recorded before
    there were signatures is held by the hash that the first signed event carries.
    """
    before: Event | None = None
    for event in events:
        number, previous = (before.number + 1, before.hash) if before else (1, GENESIS)
        if event.number != number:
            yield Flaw(event.number, f"it follows upon event {number - 1}: the events between are gone")
        elif event.previous != previous:
            yield Flaw(event.number, "it does not follow from those before it")
        if event.hash != _hash_of(event):
            yield Flaw(event.number, "it was changed: its hash is another")
        if event.number >= since:
            if not is_signed(event):
                yield Flaw(event.number, "it is not signed by the workspace's key")
            if before is not None and before.at > event.at:
                yield Flaw(
                    event.number, f"its moment, {event.at.isoformat()}, comes before that of the event before it"
                )
        before = event


def _hash_of(event: Event) -> str:
    return event_hash(event.number, event.at, event.actor, event.act, event.subject, event.previous)
