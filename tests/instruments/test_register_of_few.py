"""A register of one treaty, four acts and one statement: the very day of an act counts, and no day after the one asked.

It is written by hand into an empty database, so that each count can be made without the tables that ship.
"""

from datetime import date

import pytest

from comity.evidence.figures import figure
from comity.evidence.store import Source, keep_origin, now, record_event
from comity.instruments import store
from comity.instruments.models import ActionRecord, CompletenessRecord, InstrumentRecord

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SIGNATURES = {"076": date(2000, 12, 12), "250": date(2000, 12, 13)}
CONSENT = date(2002, 5, 1)
COMPLETE = date(2014, 7, 10)


@pytest.fixture(autouse=True)
def register() -> None:
    """Brazil and France sign on two days, Brazil ratifies; the register is complete through a day of 2014."""
    origin = keep_origin(b"made by hand", Source("few.csv", "Made by hand"), at=now())
    kept = {"origin": origin, "recorded_at": now()}
    InstrumentRecord.objects.create(
        code="UNTOC",
        title="Convention",
        short_title="Convention",
        adopted=date(2000, 11, 15),
        place_adopted="New York",
        depositary="Secretary-General",
        set="organized-crime",
        participation="States",
        status_data=True,
        place="2:code",
        known_from=date(2000, 11, 15),
        **kept,
    )
    acts = [(code, "signature", day) for code, day in SIGNATURES.items()] + [("076", "ratification", CONSENT)]
    for row, (code, action, day) in enumerate(acts, start=2):
        ActionRecord.objects.create(
            instrument="UNTOC",
            participant=code,
            participant_name=code,
            action=action,
            date=day,
            place=f"{row}:date",
            known_from=day,
            **kept,
        )
    CompletenessRecord.objects.create(
        instrument="UNTOC",
        through=COMPLETE,
        statement="# complete-through: 2014-07-10",
        place="1",
        known_from=COMPLETE,
        **kept,
    )
    record_event("test", "import", {}, at=now())  # what is read of the register is kept by the last event


@pytest.mark.parametrize(
    ("on", "signatories", "parties"),
    [
        (date(2000, 12, 11), 0, 0),
        (date(2000, 12, 12), 1, 0),
        (date(2000, 12, 13), 2, 0),
        (date(2002, 4, 30), 2, 0),
        (date(2002, 5, 1), 2, 1),
    ],
)
def test_an_act_counts_from_its_very_day_in_the_figures_and_in_the_status(
    on: date, signatories: int, parties: int
) -> None:
    found = figure(f"signatories.UNTOC.{on}", as_at=TODAY)
    assert (found.value, [fact.text for fact in found.inputs]) == (
        signatories,
        [day.isoformat() for day in SIGNATURES.values() if day <= on],
    )
    assert figure(f"parties.UNTOC.{on}", as_at=TODAY).value == parties
    status = store.status("UNTOC", on, TODAY)
    assert (status.signatories, status.parties) == (signatories, parties)


def test_a_table_of_status_rests_on_the_signatures_of_its_very_day() -> None:
    for on, texts in ((date(2000, 12, 12), ["2000-12-12"]), (date(2000, 12, 11), [])):
        assert [fact.text for fact in figure(f"status-table.UNTOC.{on}", as_at=TODAY).inputs] == texts


@pytest.mark.parametrize(
    ("as_at", "through"),
    [
        (date(2012, 12, 20), date(2012, 12, 20)),
        (date(2014, 7, 9), date(2014, 7, 9)),
        (date(2014, 7, 10), COMPLETE),
        (date(2014, 7, 11), COMPLETE),
        (TODAY, COMPLETE),
    ],
)
def test_the_register_is_complete_through_no_day_after_the_state_of_knowledge(as_at: date, through: date) -> None:
    assert store.register(as_at).complete_through("UNTOC") == through
    assert store.status("UNTOC", date(2001, 1, 1), as_at).complete_through == through
