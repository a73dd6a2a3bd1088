"""Counts of participants, each a registered method: what a reader of a figure is shown is the docstring here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.evidence.figures import method
from comity.evidence.wording import gettext_noop
from comity.instruments import status
from comity.instruments.figures.inputs import FigureInputs

PARTICIPANTS = "participants"
STATES = "States"


@method(
    "parties",
    version=1,
    label=gettext_noop("Parties"),
    phrase=gettext_noop("Parties to the %(instrument)s"),
    unit=PARTICIPANTS,
)
def parties(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Parties to an instrument by deposit on a day: States and regional economic integration organizations.

    A participant is counted from the day on which it deposited its consent to be bound (ratification, acceptance,
    approval, accession, succession, definitive signature or formal confirmation) until the day on which a withdrawal
    has effect. Territorial applications are never counted. UN status lists count in this way.
    """
    return len(FigureInputs.of(values).parties(instrument, on))


@method(
    "states",
    version=1,
    label=gettext_noop("States parties"),
    phrase=gettext_noop("States parties to the %(instrument)s"),
    unit=STATES,
)
def states(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """States parties to an instrument by deposit on a day: parties without regional economic integration organizations.

    States that are not Members of the United Nations are counted too. See the method `parties` for when one is counted.
    """
    inputs = FigureInputs.of(values)
    return len(inputs.parties(instrument, on) - status.organizations(inputs.actions))


@method(
    "signatories",
    version=1,
    label=gettext_noop("Signatories"),
    phrase=gettext_noop("Signatories to the %(instrument)s"),
    unit=PARTICIPANTS,
)
def signatories(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Participants that have signed an instrument by a day, those among them that have become parties since included.

    UN status lists count signatories in this way. Definitive signatures count as consent to be bound, not here.
    """
    return len(status.signatories(FigureInputs.of(values).on(instrument), on))


@method(
    "in-force-for",
    version=1,
    label=gettext_noop("In force for"),
    phrase=gettext_noop("Participants for which the %(instrument)s is in force"),
    unit=PARTICIPANTS,
)
def in_force_for(values: Sequence[Any], *, instrument: str, on: date) -> int | None:
    """Participants for which an instrument is in force on a day, regional organizations among them.

    The effective date of each participant is the one its source gives, else the later of the instrument's own entry
    into force and the day that its rule sets after the deposit. A succession has effect from the succession of the
    State where that day is held, which is before its deposit. A withdrawal ends it on the day on which it has effect.
    Blank where the effective date of a participant follows neither from its source nor from a rule that is held.
    """
    return status.count_in_force(FigureInputs.of(values).spells(instrument), on)


@method(
    "not-party",
    version=1,
    label=gettext_noop("Member States not yet party"),
    phrase=gettext_noop("Member States not party to the %(instrument)s"),
    unit=gettext_noop("Member States"),
)
def not_party(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Member States of the United Nations that are not parties to an instrument by deposit on a day.

    Other possible participants (the Holy See, the State of Palestine, the Cook Islands, Niue, regional organizations)
    are left out. The denominator is the Member States of that day.
    """
    inputs = FigureInputs.of(values)
    return len(inputs.members(on) - inputs.parties(instrument, on))


@method(
    "coverage",
    version=1,
    label=gettext_noop("Member States party, per cent"),
    phrase=gettext_noop("Member States party to the %(instrument)s, per cent"),
    unit=gettext_noop("per cent"),
)
def coverage(values: Sequence[Any], *, instrument: str, on: date) -> float | None:
    """Member States of the United Nations that are parties by deposit, per cent of all Member States of that day.

    Not rounded. Parties that are not Member States count neither above nor below the line.
    """
    inputs = FigureInputs.of(values)
    members = inputs.members(on)
    return 100 * len(members & inputs.parties(instrument, on)) / len(members) if members else None


@method(
    "joined",
    version=1,
    label=gettext_noop("New parties in the year"),
    phrase=gettext_noop("New parties to the %(instrument)s"),
    unit=PARTICIPANTS,
)
def joined(values: Sequence[Any], *, instrument: str, since: date, until: date) -> int:
    """Participants that became party to an instrument after `since` and up to and including `until`, by deposit.

    A participant that had withdrawn and consents again is counted; one that consents twice in between counts once.
    """
    return len(status.joined(FigureInputs.of(values).spells(instrument), since, until))
