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


def range_of(name: str) -> str:
    """The method that gives the other end of a count's range, which windows leave open."""
    return "not-party-at-least" if name == "not-party" else f"{name}-at-most"


def count_of(name: str) -> str:
    """The method of the count that a method gives the other end of; any other method itself."""
    return "not-party" if name == "not-party-at-least" else name.removesuffix("-at-most")


@method(
    "parties",
    version=2,
    label=gettext_noop("Parties"),
    phrase=gettext_noop("Parties to the %(instrument)s"),
    unit=PARTICIPANTS,
)
def parties(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Parties to an instrument by deposit on a day: States and regional economic integration organizations.

    A participant is counted from the day on which it deposited its consent to be bound (ratification, acceptance,
    approval, accession, succession, definitive signature, formal confirmation or consent to be bound) until the day on
    which a withdrawal has effect. Where the day of deposit is known only as a window, it is counted from the window's
    end; `parties-at-most` counts it from the beginning. Territorial applications and provisional application are never
    counted. UN status lists count in this way.
    """
    return len(FigureInputs.of(values).parties(instrument, on))


@method(
    "states",
    version=2,
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
    "parties-at-most",
    version=1,
    label=gettext_noop("Parties at most"),
    phrase=gettext_noop("Parties to the %(instrument)s at most"),
    unit=PARTICIPANTS,
)
def parties_at_most(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Participants that possibly are parties to an instrument by deposit on a day, those that surely are among them.

    One whose day of deposit is known only as a window is counted from the window's beginning, also where the window has
    no end; `parties` counts those that surely are. The two are the same where no window leaves it open on the day.
    """
    return len(FigureInputs.of(values).parties_at_most(instrument, on))


@method(
    "states-at-most",
    version=1,
    label=gettext_noop("States parties at most"),
    phrase=gettext_noop("States parties to the %(instrument)s at most"),
    unit=STATES,
)
def states_at_most(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """States that possibly are parties to an instrument by deposit on a day, regional organizations left out.

    See the method `parties-at-most` for when one is counted.
    """
    inputs = FigureInputs.of(values)
    return len(inputs.parties_at_most(instrument, on) - status.organizations(inputs.actions))


@method(
    "signatories",
    version=2,
    label=gettext_noop("Signatories"),
    phrase=gettext_noop("Signatories to the %(instrument)s"),
    unit=PARTICIPANTS,
)
def signatories(values: Sequence[Any], *, instrument: str, on: date) -> int | None:
    """Participants that have signed an instrument by a day, those among them that have become parties since included.

    UN status lists count signatories in this way, and no longer one whose withdrawal has taken effect: they put its
    signature in brackets. Definitive signatures count as consent to be bound, not here. One whose day of signature is
    known only as a window is counted from the window's end. Blank where no signature is held of an instrument of which
    consents are.
    """
    inputs = FigureInputs.of(values)
    acts = inputs.on(instrument)
    return len(status.signatories(acts, on, inputs.spells(instrument))) if acts or not inputs.instruments else None


@method(
    "signatories-at-most",
    version=1,
    label=gettext_noop("Signatories at most"),
    phrase=gettext_noop("Signatories to the %(instrument)s at most"),
    unit=PARTICIPANTS,
)
def signatories_at_most(values: Sequence[Any], *, instrument: str, on: date) -> int | None:
    """Participants that possibly have signed an instrument by a day, those that surely have among them.

    One whose day of signature is known only as a window is counted from the window's beginning. Blank where
    `signatories` is.
    """
    inputs = FigureInputs.of(values)
    acts = inputs.on(instrument)
    counted = status.signatories_at_most(acts, on, inputs.spells(instrument))
    return len(counted) if acts or not inputs.instruments else None


@method(
    "in-force-for",
    version=2,
    label=gettext_noop("In force for"),
    phrase=gettext_noop("Participants for which the %(instrument)s is in force"),
    unit=PARTICIPANTS,
)
def in_force_for(values: Sequence[Any], *, instrument: str, on: date) -> int | None:
    """Participants for which an instrument is in force on a day, regional organizations among them.

    The effective date of each participant is the one its source gives, else the later of the instrument's own entry
    into force and the day that its rule sets after the deposit. A succession has effect from the succession of the
    State where that day is held, which is before its deposit. A withdrawal ends it on the day on which it has effect.
    Where the day of deposit is known only as a window, a participant is counted once that of the window's end has
    effect. Nought where the instrument has not entered into force and fewer have deposited than that takes. Blank where
    the effective date of a participant follows neither from its source nor from a rule that is held.
    """
    counted = FigureInputs.of(values).count_in_force(instrument, on)
    return counted[0] if counted else None


@method(
    "in-force-for-at-most",
    version=1,
    label=gettext_noop("In force for at most"),
    phrase=gettext_noop("Participants for which the %(instrument)s is in force, at most"),
    unit=PARTICIPANTS,
)
def in_force_for_at_most(values: Sequence[Any], *, instrument: str, on: date) -> int | None:
    """Participants for which an instrument is possibly in force on a day, those for which it surely is among them.

    One whose day of deposit is known only as a window is counted once a deposit at the window's beginning would have
    effect. Blank where `in-force-for` is.
    """
    counted = FigureInputs.of(values).count_in_force(instrument, on)
    return counted[1] if counted else None


@method(
    "not-party",
    version=2,
    label=gettext_noop("Member States not yet party"),
    phrase=gettext_noop("Member States not party to the %(instrument)s"),
    unit=gettext_noop("Member States"),
)
def not_party(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Member States of the United Nations that are not parties to an instrument by deposit on a day.

    Other possible participants (the Holy See, the State of Palestine, the Cook Islands, Niue, regional organizations)
    are left out. The denominator is the Member States of that day. One that is possibly a party, its day of deposit
    being known only as a window, is counted; `not-party-at-least` leaves it out.
    """
    inputs = FigureInputs.of(values)
    return len(inputs.members(on) - inputs.parties(instrument, on))


@method(
    "not-party-at-least",
    version=1,
    label=gettext_noop("Member States surely not yet party"),
    phrase=gettext_noop("Member States surely not party to the %(instrument)s"),
    unit=gettext_noop("Member States"),
)
def not_party_at_least(values: Sequence[Any], *, instrument: str, on: date) -> int:
    """Member States of the United Nations that surely are not parties to an instrument by deposit on a day.

    Those that possibly are, their day of deposit being known only as a window, are left out; `not-party` counts them.
    """
    inputs = FigureInputs.of(values)
    return len(inputs.members(on) - inputs.parties_at_most(instrument, on))


@method(
    "coverage",
    version=2,
    label=gettext_noop("Member States party, per cent"),
    phrase=gettext_noop("Member States party to the %(instrument)s, per cent"),
    unit=gettext_noop("per cent"),
)
def coverage(values: Sequence[Any], *, instrument: str, on: date) -> float | None:
    """Member States of the United Nations that are parties by deposit, per cent of all Member States of that day.

    Not rounded. Parties that are not Member States count neither above nor below the line. See the method `parties` for
    when one is counted.
    """
    inputs = FigureInputs.of(values)
    members = inputs.members(on)
    return 100 * len(members & inputs.parties(instrument, on)) / len(members) if members else None


@method(
    "coverage-at-most",
    version=1,
    label=gettext_noop("Member States party at most, per cent"),
    phrase=gettext_noop("Member States party to the %(instrument)s at most, per cent"),
    unit=gettext_noop("per cent"),
)
def coverage_at_most(values: Sequence[Any], *, instrument: str, on: date) -> float | None:
    """Member States of the United Nations that possibly are parties, per cent of all Member States of that day.

    Not rounded. See the method `parties-at-most` for when one is counted.
    """
    inputs = FigureInputs.of(values)
    members = inputs.members(on)
    return 100 * len(members & inputs.parties_at_most(instrument, on)) / len(members) if members else None


@method(
    "joined",
    version=2,
    label=gettext_noop("New parties in the year"),
    phrase=gettext_noop("New parties to the %(instrument)s"),
    unit=PARTICIPANTS,
)
def joined(values: Sequence[Any], *, instrument: str, since: date, until: date) -> int:
    """Participants that became party to an instrument after `since` and up to and including `until`, by deposit.

    A participant that had withdrawn and consents again is counted; one that consents twice in between counts once. One
    whose day of deposit is known only as a window is counted where the whole window lies in that time.
    """
    return len(status.joined(FigureInputs.of(values).spells(instrument), since, until))


@method(
    "joined-at-most",
    version=1,
    label=gettext_noop("New parties in the year at most"),
    phrase=gettext_noop("New parties to the %(instrument)s at most"),
    unit=PARTICIPANTS,
)
def joined_at_most(values: Sequence[Any], *, instrument: str, since: date, until: date) -> int:
    """Participants that possibly became party to an instrument after `since` and up to and including `until`.

    One whose day of deposit is known only as a window is counted where any of the window lies in that time; `joined`
    counts those that surely became party in it.
    """
    return len(status.joined_at_most(FigureInputs.of(values).spells(instrument), since, until))
