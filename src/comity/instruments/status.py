"""Status of an instrument at a date, computed from actions as spells.

Rules of counting (UNTOC articles 36–38 and 40, UNCAC articles 67, 68 and 70; practice of MTDSG):
- a party is counted from the deposit of its consent to be bound; the instrument is in force for it from the effective
  date; both end on the day on which a withdrawal has effect;
- where the day of an act is known only as a window, what follows from it is sure from the window's end and possible
  from its beginning: a count says how many surely are, and beside it how many at most;
- a regional economic integration organization is a party and not a State;
- territorial applications and exclusions are never counted, and provisional application makes no party.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.instruments.actions.action import Action, ActionType, Instrument

Day = date  # a class below has a field of that name


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a participant is a party: from its consent, in force from the effective date, until a withdrawal.

    `start_effective` and `end_effective` are the days on which the instrument is in force for the participant, and on
    which that ends; the earliest possible ones where the act's day is known as a window only. From `surely_effective`
    and `surely_ended` it is sure. None where it has not come about, and where it does not follow from what is held.
    """

    consent: Action
    start_effective: date | None = None
    surely_effective: date | None = None
    withdrawal: Action | None = None
    end_effective: date | None = None
    surely_ended: date | None = None

    @property
    def participant(self) -> str:
        """The area code of the participant."""
        return self.consent.participant

    @property
    def by(self) -> ActionType:
        """The kind of the consent."""
        return self.consent.type

    def is_party(self, on: date) -> bool:
        """Whether the participant surely is a party by deposit on a day."""
        return self.consent.is_done(on) and not _begun(self.end_effective, on)

    def may_be_party(self, on: date) -> bool:
        """Whether the participant possibly is a party by deposit on a day."""
        return self.consent.may_be_done(on) and not self.has_ended(on)

    def is_in_force(self, on: date) -> bool:
        """Whether the instrument surely is in force for the participant on a day."""
        return _begun(self.surely_effective, on) and not _begun(self.end_effective, on)

    def may_be_in_force(self, on: date) -> bool:
        """Whether the instrument possibly is in force for the participant on a day."""
        return _begun(self.start_effective, on) and not self.has_ended(on)

    def has_ended(self, on: date) -> bool:
        """Whether a withdrawal has surely taken effect by a day."""
        return _begun(self.surely_ended, on)


def _begun(day: date | None, on: date) -> bool:
    return day is not None and day <= on


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
    turning.sort(key=lambda action: (action.earliest, action.type is not ActionType.WITHDRAWAL))
    found: dict[str, list[Spell]] = defaultdict(list)
    for action in turning:
        own = found[action.participant]
        is_open = bool(own) and own[-1].withdrawal is None
        if action.type.binds and not is_open:
            own.append(_opened(action, instrument))
        elif action.type is ActionType.WITHDRAWAL and is_open:
            own[-1] = _closed(own[-1], action, instrument)
    return {participant: tuple(own) for participant, own in found.items() if own}


def _opened(consent: Action, instrument: Instrument | None) -> Spell:
    def effective(deposit: date | None) -> date | None:
        return instrument.effective(consent, deposit) if instrument else consent.effective

    ended = consent.dissolved
    first, last = effective(consent.earliest), effective(consent.latest)
    return Spell(consent, first, last, end_effective=ended, surely_ended=ended)


def _closed(spell: Spell, withdrawal: Action, instrument: Instrument | None) -> Spell:
    def effective(received: date | None) -> date | None:
        if instrument:
            return instrument.withdrawal_effective(withdrawal, received)
        return withdrawal.effective or received

    first, last = effective(withdrawal.earliest), effective(withdrawal.latest)
    return Spell(spell.consent, spell.start_effective, spell.surely_effective, withdrawal, first, last)


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


def signatures(actions: Iterable[Action]) -> dict[str, Action]:
    """The act by which each signatory first signed, by area code; succession to a signature counts as one."""
    signed: dict[str, Action] = {}
    for action in actions:
        if action.type.signs:
            signed[action.participant] = min(action, signed.get(action.participant, action), key=_earliest)
    return signed


def _earliest(action: Action) -> date:
    return action.earliest


def signatories(actions: Iterable[Action], on: date, of: Spells) -> frozenset[str]:
    """Participants that surely have signed by a day, those that have consented since among them, as MTDSG counts them.

    States that have dissolved by then are left out, and so is who has withdrawn, as the spells `of` say: MTDSG puts the
    signature in brackets with the consent.
    """
    signed = (action.participant for action in actions if _signs(action, on) and action.is_done(on))
    return frozenset(signed) - _of_any(
        of, lambda spell: spell.withdrawal is not None and _begun(spell.end_effective, on)
    )


def signatories_at_most(actions: Iterable[Action], on: date, of: Spells) -> frozenset[str]:
    """Participants that possibly have signed by a day, those that surely have among them."""
    signed = (action.participant for action in actions if _signs(action, on) and action.may_be_done(on))
    return frozenset(signed) - _of_any(of, lambda spell: spell.withdrawal is not None and spell.has_ended(on))


def _signs(action: Action, on: date) -> bool:
    return action.type.signs and (action.dissolved is None or action.dissolved > on)


def _of_any(of: Spells, holds: Callable[[Spell], bool]) -> frozenset[str]:
    return frozenset(participant for participant, own in of.items() if any(map(holds, own)))


def parties(of: Spells, on: date) -> frozenset[str]:
    """Participants that surely are parties by deposit on a day, regional organizations among them."""
    return _of_any(of, lambda spell: spell.is_party(on))


def parties_at_most(of: Spells, on: date) -> frozenset[str]:
    """Participants that possibly are parties by deposit on a day, those that surely are among them."""
    return _of_any(of, lambda spell: spell.may_be_party(on))


def in_force_for(of: Spells, on: date) -> frozenset[str]:
    """Participants for which the instrument surely is in force on a day."""
    return _of_any(of, lambda spell: spell.is_in_force(on))


def in_force_for_at_most(of: Spells, on: date) -> frozenset[str]:
    """Participants for which the instrument possibly is in force on a day, those for which it surely is among them."""
    return _of_any(of, lambda spell: spell.may_be_in_force(on))


def count_in_force(of: Spells, on: date, instrument: Instrument | None) -> tuple[int, int] | None:
    """How many participants the instrument surely is in force for, and at most; None where the effective date of a
    party follows neither from its source nor from a rule that is held.

    An instrument that has not entered into force, and of which fewer than it takes have deposited, binds nobody.
    """
    if _of_any(of, lambda spell: spell.start_effective is None and spell.may_be_party(on)):
        return (0, 0) if instrument is not None and _is_short_of_force(of, on, instrument) else None
    return len(in_force_for(of, on)), len(in_force_for_at_most(of, on))


def _is_short_of_force(of: Spells, on: date, instrument: Instrument) -> bool:
    needed = instrument.trigger_count
    return instrument.entry_into_force is None and needed is not None and len(parties_at_most(of, on)) < needed


def joined(of: Spells, since: date, until: date) -> frozenset[str]:
    """Participants that surely became party after `since` and up to and including `until`, by deposit."""
    return _of_any(of, lambda spell: since < spell.consent.earliest and spell.consent.is_done(until))


def joined_at_most(of: Spells, since: date, until: date) -> frozenset[str]:
    """Participants that possibly became party after `since` and up to and including `until`, by deposit."""
    return _of_any(of, lambda spell: spell.consent.may_be_done(until) and not spell.consent.is_done(since))


def organizations(actions: Iterable[Action]) -> frozenset[str]:
    """The regional economic integration organizations among the participants."""
    return frozenset(action.participant for action in actions if action.organization)


PARTY, POSSIBLY_PARTY, WITHDRAWN, SIGNATORY = "party", "possibly party", "withdrawn", "signatory"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one participant stands to one instrument on a day.

    `state` is party, possibly party (where a window leaves it open), withdrawn, signatory or none. `signature` and
    `consent` are the acts; the consent, `by` and `effective` are those of the spell that stands, or of the last one
    where it has ended, on the day `ended`. `in_force` says whether the instrument surely is in force for the
    participant; `effective` is blank where the day of the deposit is not known.
    """

    state: str
    signature: Action | None = None
    consent: Action | None = None
    by: ActionType | None = None
    effective: date | None = None
    ended: date | None = None
    in_force: bool = False

    @property
    def signed(self) -> date | None:
        """The day of signature; None where there is none, or none that is known."""
        return self.signature.date if self.signature else None

    @property
    def consented(self) -> date | None:
        """The day of the deposit; None where there is none, or none that is known."""
        return self.consent.date if self.consent else None

    @property
    def is_known(self) -> bool:
        """Whether any act of the participant is held by the day."""
        return self.signature is not None or self.by is not None

    def as_json(self) -> dict[str, str | bool | None]:
        """The standing in JSON's own types: days as ISO text, the action by its name, the consent's window beside."""
        consent = self.consent
        return {
            "state": self.state,
            "signed": _text(self.signed),
            "consented": _text(self.consented),
            "not_before": _text(consent.not_before) if consent else None,
            "not_after": _text(consent.not_after) if consent else None,
            "by": self.by.value if self.by else None,
            "effective": _text(self.effective),
            "ended": _text(self.ended),
            "in_force": self.in_force,
            "confidence": (consent.confidence.value or None) if consent else None,
            "basis": (consent.basis or None) if consent else None,
            "source": (consent.source or None) if consent else None,
        }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


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


def timeline(signature: Action | None, own: Sequence[Spell]) -> Timeline:
    """All standings that a signature and spells give, each once, from the day on which it begins."""
    turning = {day for spell in own for day in (spell.consent.earliest, spell.consent.latest)}
    turning |= {day for spell in own for day in (spell.start_effective, spell.surely_effective)}
    turning |= {day for spell in own for day in (spell.end_effective, spell.surely_ended)}
    turning |= {signature.earliest, signature.latest} if signature else set()
    days = sorted(day for day in turning if day is not None)
    return Timeline(tuple(days), tuple(_standing(signature, own, day) for day in days))


def timelines(actions: Sequence[Action], of: Spells) -> dict[str, Timeline]:
    """The standings of each participant that has signed or consented, by area code."""
    signed = signatures(actions)
    return {area: timeline(signed.get(area), of.get(area, ())) for area in {*signed, *of}}


def _standing(signature: Action | None, own: Sequence[Spell], on: date) -> Standing:
    seen = signature if signature is not None and signature.may_be_done(on) else None
    begun = [spell for spell in own if spell.consent.may_be_done(on) or spell.may_be_in_force(on)]
    if not begun:
        return Standing(SIGNATORY, seen) if seen else NONE
    in_force = any(spell.is_in_force(on) for spell in own)
    standing = [spell for spell in own if spell.may_be_party(on)]
    last = (standing or begun)[-1]
    ended = last.surely_ended if last.has_ended(on) else None
    # A succession has effect before its notification: in force, but no party by deposit yet.
    deposited = last.consent.may_be_done(on)
    if ended:
        state = WITHDRAWN
    elif deposited:
        state = PARTY if last.is_party(on) else POSSIBLY_PARTY
    else:
        state = SIGNATORY if seen else "none"
    effective = last.start_effective if last.start_effective == last.surely_effective else None
    return Standing(state, seen, last.consent if deposited else None, last.by, effective, ended, in_force)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed in the status of an instrument: who, when, and what: signed, joined, left, in force.

    `date` is None where the day is known only as a window, from `not_before` up to and including `not_after`, which is
    None where it may not have come about. `name` is the participant's, in the language of whom the change is shown to;
    blank where it is not shown. `act` is the act by which it came about.
    """

    date: date | None
    act: Action
    what: str
    not_before: Day | None = None
    not_after: Day | None = None
    name: str = ""

    @property
    def participant(self) -> str:
        """The area code of the participant."""
        return self.act.participant

    @property
    def by(self) -> ActionType:
        """The kind of the act by which it came about."""
        return self.act.type

    @property
    def earliest(self) -> Day:
        """The first day on which it can have come about."""
        return self.date or self.not_before or Day.min

    def as_json(self) -> dict[str, str | None]:
        """The change as `comity status --since` lists it; `action` is what joined by, or what else came about."""
        other = {"signed": "signature", "in force": "entry into force", "left": "withdrawal"}
        action = self.by.value if self.what == "joined" else other[self.what]
        days = {"date": _text(self.date), "not_before": _text(self.not_before), "not_after": _text(self.not_after)}
        act = self.act
        said = {"confidence": act.confidence.value or None, "basis": act.basis or None, "source": act.source or None}
        return {**days, "area": self.participant, "name": self.name, "action": action, **said}


def changes(actions: Sequence[Action], instrument: Instrument, since: date, until: date) -> list[Change]:
    """What surely or possibly changed after `since` and up to and including `until`, in order of date and area code."""
    found = [_change(act, "signed", act.earliest, act.latest) for act in signatures(actions).values()]
    for own in spells(actions, instrument).values():
        for spell in own:
            found.append(_change(spell.consent, "joined", spell.consent.earliest, spell.consent.latest))
            if spell.start_effective:
                found.append(_change(spell.consent, "in force", spell.start_effective, spell.surely_effective))
            if spell.end_effective:
                left_by = spell.withdrawal or spell.consent
                found.append(_change(left_by, "left", spell.end_effective, spell.surely_ended))
    within = [
        change for change in found if change.earliest <= until and (change.date or change.not_after or Day.max) > since
    ]
    return sorted(within, key=lambda change: (change.earliest, change.participant, change.what))


def _change(act: Action, what: str, first: Day, last: Day | None) -> Change:
    return Change(first, act, what) if first == last else Change(None, act, what, first, last)
