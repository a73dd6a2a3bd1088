"""Small treaties and actions to compute with, and a register with the shipped tables for those who need it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction

from comity.evidence.importing import Plan, carry_out, plan_import
from comity.evidence.store import Source
from comity.instruments.actions.action import Action, ActionType, Instrument, WithdrawalRule

TODAY = date(2026, 11, 23)


def make_instrument(code: str = "UNTOC", **changed: object) -> Instrument:
    """An instrument with the rule of the Organized Crime Convention, unless told otherwise."""
    values: dict[str, object] = {
        "code": code,
        "title": code,
        "short_title": code,
        "collection_reference": "XVIII-12",
        "unts": "39574",
        "adopted": date(2000, 11, 15),
        "place": "New York",
        "depositary": "Secretary-General of the United Nations",
        "parent": "",
        "falls_with_parent": False,
        "set": "organized-crime",
        "number": None,
        "entry_into_force": date(2003, 9, 29),
        "trigger_count": 40,
        "trigger_days": 90,
        "later_days": 30,
        "withdrawal_rule": WithdrawalRule.ONE_YEAR,
        "organizations": True,
        "participation": "States and regional economic integration organizations",
        "recomputation": "",
        "status_data": True,
        "verified": True,
    }
    return Instrument(**{**values, **changed})  # type: ignore[arg-type]


def make_action(participant: str, action: str, day: str, effective: str = "", **changed: object) -> Action:
    """An action on UNTOC, unless told otherwise; days as ISO text."""
    values: dict[str, object] = {
        "instrument": "UNTOC",
        "participant": participant,
        "type": ActionType.parse(action),
        "date": date.fromisoformat(day),
        "effective": date.fromisoformat(effective) if effective else None,
        "participant_name": participant,
    }
    return Action(**{**values, **changed})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def treaty() -> Callable[..., Instrument]:
    """Makes an instrument; what differs from the Organized Crime Convention is named."""
    return make_instrument


@pytest.fixture(scope="session")
def act() -> Callable[..., Action]:
    """Makes an action of a participant by its name and ISO day."""
    return make_action


@pytest.fixture(scope="module")
def shipped(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, load_tables: Callable[[], None]
) -> Iterator[None]:
    """A database with the tables that ship, for all tests of a module; nothing of it stays.

    Tests that use it are marked `django_db`, and what they change is undone behind each of them.
    """
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_tables()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan_of(shipped: None, db: None) -> Callable[..., Plan]:
    """What bringing in a text would do."""

    def plan(text: str | bytes, file: str = "new.csv") -> Plan:
        return plan_import(file, text if isinstance(text, bytes) else text.encode())[1]

    return plan


@pytest.fixture
def bring_in(shipped: None, db: None) -> Callable[..., Plan]:
    """Bring in a text as a user does, or as a table that ships."""

    def import_text(text: str | bytes, file: str = "new.csv", source: Source | None = None) -> Plan:
        data = text if isinstance(text, bytes) else text.encode()
        importer, plan, described = plan_import(file, data, source)
        carry_out(importer, plan, described, data, actor="test")
        return plan

    return import_text
