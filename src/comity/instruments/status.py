"""Status of an instrument at a date, computed from actions as spells.

Rules of counting (UNTOC articles 36–38 and 40, UNCAC articles 67, 68 and 70; practice of MTDSG):
- a party is counted from the deposit of its consent to be bound; the instrument is in force for it from the effective
  date; both end on the day on which a withdrawal has effect;
- a regional economic integration organization is a party and not a State;
- territorial applications and exclusions are never counted.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.instruments.actions.action import Action, ActionType, Instrument


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a participant is a party: from deposit, in force from the effective date, until a withdrawal."""

    participant: str
    by: ActionType
    start_deposit: date
    start_effective: date | None
    end_deposit: date | None = None
    end_effective: date | None = None

    def is_party(self, on: date) -> bool:
        """Whether the participant is a party by deposit on a day."""
        return self.start_deposit <= on and not self.has_ended(on)

    def is_in_force(self, on: date) -> bool:
        """Whether the instrument is in force for the participant on a day."""
        return self.start_effective is not None and self.start_effective <= on and not self.has_ended(on)

    def has_ended(self, on: date) -> bool:
        """Whether a withdrawal has taken effect by a day."""
        return self.end_effective is not None and self.end_effective <= on


Spells = Mapping[str, tuple[Spell, ...]]


def spells(actions: Iterable[Action], instrument: Instrument | None = None) -> dict[str, tuple[Spell, ...]]:
    """The spells of each participant of one instrument, by area code, in order of deposit.

    A consent opens a spell, a withdrawal closes it, a new consent after that opens another. A further consent while a
    spell is open changes nothing. A State that dissolves is no party from then on. A withdrawal from the parent of an
    instrument closes the spell as one's own does, so give only those that do. Without the instrument, effective dates
    are only those that the actions give, and a withdrawal has effect at once.
    """
    turning = [action for action in actions if action.type.binds or action.type is ActionType.WITHDRAWAL]
    # A deposit of the day on which a withdrawal is received follows it.
    turning.sort(key=lambda action: (action.date, action.type is not ActionType.WITHDRAWAL))
    found: dict[str, list[Spell]] = defaultdict(list)
    for action in turning:
        own = found[action.participant]
        is_open = bool(own) and own[-1].end_deposit is None
        if action.type.binds and not is_open:
            effective = instrument.effective(action) if instrument else action.effective
            own.append(Spell(action.participant, action.type, action.date, effective, end_effective=action.dissolved))
        elif action.type is ActionType.WITHDRAWAL and is_open:
            last = own[-1]
            ends = instrument.withdrawal_effective(action) if instrument else action.effective or action.date
            own[-1] = Spell(last.participant, last.by, last.start_deposit, last.start_effective, action.date, ends)
    return {participant: tuple(own) for participant, own in found.items() if own}


def bearing(actions: Iterable[Action], instrument: Instrument) -> list[Action]:
    """The actions that bear on an instrument's status: its own, and withdrawals from a parent with which it falls."""
    return [
        action
        for action in actions
        if action.instrument == instrument.code
        or (
            instrument.falls_with_parent
            and action.instrument == instrument.parent
            and action.type is ActionType.WITHDRAWAL
        )
    ]


def signatures(actions: Iterable[Action]) -> dict[str, date]:
    """The day on which each signatory signed, by area code; succession to a signature counts as one."""
    signed: dict[str, date] = {}
    for action in actions:
        if action.type.signs:
            signed[action.participant] = min(action.date, signed.get(action.participant, action.date))
    return signed


def signatories(actions: Iterable[Action], on: date) -> frozenset[str]:
    """Participants that have signed by a day, those that have consented since among them, as MTDSG counts them.

    States that have dissolved by then are left out.
    """
    return frozenset(
        action.participant
        for action in actions
        if action.type.signs and action.date <= on and (action.dissolved is None or action.dissolved > on)
    )


def parties(of: Spells, on: date) -> frozenset[str]:
    """Participants that are parties by deposit on a day, regional organizations among them."""
    return frozenset(participant for participant, own in of.items() if any(spell.is_party(on) for spell in own))


def in_force_for(of: Spells, on: date) -> frozenset[str]:
    """Participants for which the instrument is in force on a day."""
    return frozenset(participant for participant, own in of.items() if any(spell.is_in_force(on) for spell in own))


def count_in_force(of: Spells, on: date) -> int | None:
    """How many participants the instrument is in force for; None where the effective date of a party is not known."""
    unknown = any(spell.start_effective is None and spell.is_party(on) for own in of.values() for spell in own)
    return None if unknown else len(in_force_for(of, on))


def joined(of: Spells, since: date, until: date) -> frozenset[str]:
    """Participants that became party after `since` and up to and including `until`, by deposit."""
    return frozenset(
        participant for participant, own in of.items() if any(since < spell.start_deposit <= until for spell in own)
    )


def organizations(actions: Iterable[Action]) -> frozenset[str]:
    """The regional economic integration organizations among the participants."""
    return frozenset(action.participant for action in actions if action.organization)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one participant stands to one instrument on a day: `state` is party, withdrawn, signatory or none.

    `consented`, `by` and `effective` are those of the spell that stands, or of the last one where it has ended, on the
    day `ended`. `in_force` says whether the instrument is in force for the participant.
    """

    state: str
    signed: date | None = None
    consented: date | None = None
    by: ActionType | None = None
    effective: date | None = None
    ended: date | None = None
    in_force: bool = False

    def as_json(self) -> dict[str, str | bool | None]:
        """The standing in JSON's own types: days as ISO text, the action by its name."""
        return {
            "state": self.state,
            "signed": self.signed.isoformat() if self.signed else None,
            "consented": self.consented.isoformat() if self.consented else None,
            "by": self.by.value if self.by else None,
            "effective": self.effective.isoformat() if self.effective else None,
            "ended": self.ended.isoformat() if self.ended else None,
            "in_force": self.in_force,
        }


NONE = Standing("none")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The standings of one participant to one instrument, each from its day on."""

    days: tuple[date, ...]
    standings: tuple[Standing, ...]

    def at(self, on: date) -> Standing:
        """The standing on a day; the one named "none" before the first action."""
        index = bisect_right(self.days, on)
        return self.standings[index - 1] if index else NONE


def timeline(signed: date | None, own: Sequence[Spell]) -> Timeline:
    """All standings that a signature and spells give, each once, from the day on which it begins."""
    turning = {signed, *(day for spell in own for day in (spell.start_deposit, spell.start_effective))}
    turning |= {spell.end_effective for spell in own}
    days = sorted(day for day in turning if day is not None)
    return Timeline(tuple(days), tuple(_standing(signed, own, day) for day in days))


def _standing(signed: date | None, own: Sequence[Spell], on: date) -> Standing:
    seen = signed if signed is not None and signed <= on else None
    begun = [spell for spell in own if spell.start_deposit <= on or spell.is_in_force(on)]
    if not begun:
        return Standing("signatory", seen) if seen else NONE
    in_force = any(spell.is_in_force(on) for spell in own)
    standing = [spell for spell in own if spell.is_party(on)]
    last = (standing or begun)[-1]
    ended = last.end_effective if last.has_ended(on) else None
    # A succession has effect before its notification: in force, but no party by deposit yet.
    deposited = last.start_deposit <= on
    state = "withdrawn" if ended else "party" if deposited else "signatory" if seen else "none"
    return Standing(
        state, seen, last.start_deposit if deposited else None, last.by, last.start_effective, ended, in_force
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed in the status of an instrument: who, when, and what: signed, joined, left, in force.

    `name` is the participant's, in the language of whom the change is shown to; blank where it is not shown.
    """

    date: date
    participant: str
    what: str
    by: ActionType | None = None
    name: str = ""

    def as_json(self) -> dict[str, str | None]:
        """The change as `comity status --since` lists it; `action` is what joined by, or what else came about."""
        other = {"signed": "signature", "in force": "entry into force", "left": "withdrawal"}
        action = self.by.value if self.what == "joined" and self.by else other[self.what]
        return {"date": self.date.isoformat(), "area": self.participant, "name": self.name, "action": action}


def changes(actions: Sequence[Action], instrument: Instrument, since: date, until: date) -> list[Change]:
    """What changed after `since` and up to and including `until`, in order of date and area code."""
    found = [Change(day, participant, "signed") for participant, day in signatures(actions).items()]
    for own in spells(actions, instrument).values():
        for spell in own:
            found.append(Change(spell.start_deposit, spell.participant, "joined", spell.by))
            if spell.start_effective:
                found.append(Change(spell.start_effective, spell.participant, "in force", spell.by))
            if spell.end_effective:
                found.append(Change(spell.end_effective, spell.participant, "left", ActionType.WITHDRAWAL))
    within = [change for change in found if since < change.date <= until]
    return sorted(within, key=lambda change: (change.date, change.participant, change.what))
