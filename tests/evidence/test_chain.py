"""The audit chain shows any change to what was recorded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence import store
from comity.evidence.chain import events as chain
from comity.evidence.chain import keys
from comity.evidence.models import AuditEvent


def three() -> list[chain.Event]:
    events, previous = [], chain.GENESIS
    for number in (1, 2, 3):
        at = datetime(2026, 1, number, tzinfo=UTC)
        value = chain.event_hash(number, at, "ada", "import", {"rows": number}, previous)
        events.append(chain.Event(number, at, "ada", "import", {"rows": number}, previous, value))
        previous = value
    return events


def test_a_chain_as_recorded_holds() -> None:
    assert chain.first_break(three()) is None
    assert chain.first_break([]) is None


@pytest.mark.parametrize("change", [{"actor": "eve"}, {"subject": {"rows": 9}}, {"hash": "0" * 64}, {"act": "export"}])
def test_a_changed_event_is_named(change: dict[str, object]) -> None:
    events = three()
    events[1] = replace(events[1], **change)
    assert chain.first_break(events) == 2


def test_a_missing_event_is_named() -> None:
    events = three()
    assert chain.first_break([events[0], events[2]]) == 3


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_an_event() -> None:
    event = store.record_event("ada", "import", {"rows": 1}, at=store.now())
    with pytest.raises(DatabaseError, match="nothing changes"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(actor="eve")
    with pytest.raises(DatabaseError, match="nothing is deleted"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).delete()


@pytest.mark.django_db
def test_recorded_events_form_a_chain_and_its_head_is_signed() -> None:
    before = store.head()[0]
    for rows in (1, 2, 3):
        store.record_event("ada", "import", {"rows": rows}, at=store.now())
    assert chain.first_break(store.events()) is None
    signed = store.signed_head()
    assert signed["number"] == before + 3
    assert store.head_is_signed(signed)
    assert not store.head_is_signed({**signed, "number": 1})
    assert not store.head_is_signed({**signed, "signature": "00" * 64})


KEY = Ed25519PrivateKey.generate()
SUBJECTS = st.dictionaries(st.sampled_from(["file", "rows", "digest"]), st.text(max_size=5) | st.integers(), max_size=3)
ACTS = st.lists(st.tuples(st.text(max_size=5), st.sampled_from(["import", "publish", "redate"]), SUBJECTS), min_size=2)


def recorded(acts: Sequence[tuple[str, str, dict[str, object]]]) -> list[chain.Event]:
    """The signed chain of these acts, an hour apart."""
    events: list[chain.Event] = []
    for number, (actor, act, subject) in enumerate(acts, start=1):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        previous = events[-1].hash if events else chain.GENESIS
        events.append(signed(chain.Event(number, at, actor, act, subject, previous, ""), KEY))
    return events


def signed(event: chain.Event, key: Ed25519PrivateKey) -> chain.Event:
    """An event with a right hash and the signature of a key."""
    value = chain.event_hash(event.number, event.at, event.actor, event.act, event.subject, event.previous)
    return replace(event, hash=value, signature=key.sign(f"{event.number}:{value}".encode()).hex())


def is_signed(event: chain.Event) -> bool:
    public_key = keys.public_of(KEY)
    return event.signature is not None and keys.is_signed(event.number, event.hash, event.signature, public_key)


def flaws(events: Sequence[chain.Event]) -> list[chain.Flaw]:
    return list(chain.flaws(events, is_signed, since=1))


def _changed(events: list[chain.Event], index: int, name: str) -> list[chain.Event]:
    other = {
        "at": events[index].at - timedelta(days=9000),
        "actor": events[index].actor + "x",
        "act": "erase",
        "subject": {**events[index].subject, "rows": "other"},
        "previous": "0" * 63 + "1",
        "hash": "0" * 64,
        "signature": "00" * 64,
        "number": events[index].number + 7,
    }
    events[index] = replace(events[index], **{name: other[name]})
    return events


MUTATIONS: dict[str, Callable[[list[chain.Event], int], list[chain.Event]]] = {
    **{
        f"another {name}": lambda events, index, name=name: _changed(events, index, name)
        for name in ("at", "actor", "act", "subject", "previous", "hash", "signature", "number")
    },
    "unsigned": lambda events, index: [*events[:index], replace(events[index], signature=None), *events[index + 1 :]],
    "taken out": lambda events, index: (
        [*events[:index], *events[index + 1 :]] if index + 1 < len(events) else events[1:]
    ),
    "doubled": lambda events, index: [*events[: index + 1], *events[index:]],
    "in the place of another": lambda events, index: (
        [events[index], *(one for one in events if one is not events[index])] if index else [*events[1:], events[0]]
    ),
    "signed by another": lambda events, index: [
        *events[:index],
        signed(replace(events[index], actor="eve"), Ed25519PrivateKey.generate()),
        *events[index + 1 :],
    ],
    "appended": lambda events, index: [
        *events,
        signed(replace(events[-1], number=len(events) + 1, previous=events[-1].hash), Ed25519PrivateKey.generate()),
    ],
}


@settings(max_examples=examples(60))
@given(ACTS)
def test_a_chain_of_any_acts_has_no_flaw(acts: list[tuple[str, str, dict[str, object]]]) -> None:
    assert flaws(recorded(acts)) == []


@settings(max_examples=examples(200))
@given(ACTS, st.integers(0, 30), st.sampled_from(sorted(MUTATIONS)))
def test_any_change_to_a_chain_of_any_acts_is_named(
    acts: list[tuple[str, str, dict[str, object]]], where: int, mutation: str
) -> None:
    events = recorded(acts)
    assert flaws(MUTATIONS[mutation](events, where % len(events))) != []


def test_an_event_that_comes_before_the_one_before_it_is_named_though_it_is_signed() -> None:
    first, second = recorded([("ada", "import", {}), ("ada", "import", {})])
    early = signed(replace(second, at=first.at - timedelta(seconds=1)), KEY)
    assert [(flaw.number, "comes before" in flaw.what) for flaw in flaws([first, early])] == [(2, True)]
    assert flaws([first, signed(replace(second, at=first.at), KEY)]) == []


def test_events_from_before_signatures_need_none() -> None:
    first, second = recorded([("ada", "import", {}), ("ada", "sign", {})])
    old = replace(first, signature=None)
    assert list(chain.flaws([old, second], is_signed, since=2)) == []
    assert [flaw.number for flaw in chain.flaws([old, second], is_signed, since=1)] == [1]
