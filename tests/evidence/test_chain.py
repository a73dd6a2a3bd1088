"""The audit chain shows any change to what was recorded."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from comity.evidence import chain, store
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
