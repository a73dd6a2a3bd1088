"""What each method of the room is given: the facts that its value depends on, and no others."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from comity.areas import store as areas
from comity.areas.gazetteer import Membership, holds
from comity.evidence.figures import Fact, listed, supplies
from comity.instruments.actions.action import Action, ActionType
from comity.instruments.figures.inputs import M49_REGIONS, MEMBER_STATES, NO_GROUP, REGIONAL_GROUPS
from comity.instruments.figures.tables import COUNTER_TERRORISM
from comity.instruments.store import Facts, Register, register

# What each method is given: the facts that its value depends on, and no others.


def _pick(held: Register, code: str, wanted: Callable[[Action], bool]) -> Facts:
    """Actions that bear on an instrument's status and are wanted, and the instrument where its rule is needed."""
    item = held.fact(code)
    own = [fact for fact in held.actions.get(item.value.code, ()) if wanted(fact.value)]
    if item.value.falls_with_parent:
        own += [
            fact
            for fact in held.actions.get(item.value.parent, ())
            if fact.value.type is ActionType.WITHDRAWAL and wanted(fact.value)
        ]
    return [*own, item] if any(fact.value.type is ActionType.WITHDRAWAL for fact in own) else list(own)


def _turns_by(on: date) -> Callable[[Action], bool]:
    return lambda action: (action.type.binds or action.type is ActionType.WITHDRAWAL) and action.may_be_done(on)


def _memberships(as_at: date, on: date, schemes: Iterable[str]) -> list[Fact[Membership]]:
    """The memberships of a day. Those of a State that another continues are that other's, where it has none itself."""
    gazetteer = areas.gazetteer(as_at)
    found = []
    for scheme in schemes:
        known = areas.membership_facts(as_at, scheme)
        of_day = [fact for fact in known if holds(fact.value.valid_from, fact.value.valid_to, on)]
        own = {fact.value.area for fact in of_day}
        for fact in of_day:
            code = gazetteer.continuing(fact.value.area)
            if code == fact.value.area:
                found.append(fact)
            elif code not in own:
                found.append(replace(fact, value=replace(fact.value, area=code), about=code))
    return found


@supplies("parties", "parties-at-most", "states", "states-at-most")
def _for_parties(*, as_at: date, instrument: str, on: date) -> Facts:
    return _pick(register(as_at), instrument, _turns_by(on))


@supplies("signatories", "signatories-at-most")
def _for_signatories(*, as_at: date, instrument: str, on: date) -> Facts:
    """The signatures, and what ends one: consents and withdrawals of who has withdrawn. The instrument where consents
    alone are held of it, and who signed is not known."""
    held, turns = register(as_at), _turns_by(on)
    withdrawn = {
        fact.value.participant
        for fact in _pick(held, instrument, turns)
        if isinstance(fact.value, Action) and fact.value.type is ActionType.WITHDRAWAL
    }

    def wanted(action: Action) -> bool:
        return action.may_be_done(on) and (action.type.signs or (action.participant in withdrawn and turns(action)))

    picked = _pick(held, instrument, wanted)
    return picked if held.knows_signatures(instrument) else [held.fact(instrument)]


@supplies("in-force-for", "in-force-for-at-most")
def _for_in_force(*, as_at: date, instrument: str, on: date) -> Facts:
    held = register(as_at)

    def wanted(action: Action) -> bool:
        begun = action.may_be_done(on) or (action.effective is not None and action.effective <= on)
        return begun and (action.type.binds or action.type is ActionType.WITHDRAWAL)

    picked = _pick(held, instrument, wanted)
    item = held.fact(instrument)
    return picked if item in picked else [*picked, item]


@supplies("not-party", "not-party-at-least", "coverage", "coverage-at-most")
def _for_members(*, as_at: date, instrument: str, on: date) -> Facts:
    return [*_for_parties(as_at=as_at, instrument=instrument, on=on), *_memberships(as_at, on, [MEMBER_STATES])]


@supplies("joined", "joined-at-most")
def _for_joined(*, as_at: date, instrument: str, since: date, until: date) -> Facts:
    return _pick(register(as_at), instrument, _turns_by(until))


@supplies("status-table")
def _for_status_table(*, as_at: date, instruments: str, on: date) -> Facts:
    held, turns = register(as_at), _turns_by(on)

    def wanted(action: Action) -> bool:
        return turns(action) or (action.type.signs and action.may_be_done(on))

    picked = [fact for code in listed(instruments) for fact in _pick(held, code, wanted)]
    return [*_once(picked), *_memberships(as_at, on, [MEMBER_STATES])]


@supplies("not-party-list")
def _for_not_party_list(*, as_at: date, instrument: str, on: date) -> Facts:
    actions = _for_status_table(as_at=as_at, instruments=instrument, on=on)
    return [*actions, *_memberships(as_at, on, [REGIONAL_GROUPS, M49_REGIONS])]


@supplies("parties-by-group")
def _for_groups(*, as_at: date, instrument: str, on: date) -> Facts:
    return _by_group(as_at, instrument, on, REGIONAL_GROUPS)


@supplies("parties-by-region")
def _for_regions(*, as_at: date, instrument: str, on: date) -> Facts:
    return _by_group(as_at, instrument, on, M49_REGIONS)


def _by_group(as_at: date, instrument: str, on: date, scheme: str) -> Facts:
    """Each fact speaks of the group of its State, so that a row of the table finds its own inputs."""
    memberships = _memberships(as_at, on, [MEMBER_STATES])
    own = {fact.value.area for fact in memberships}
    groups = [fact for fact in _memberships(as_at, on, [scheme]) if fact.value.area in own]
    group_of = {fact.value.area: fact.value.value for fact in groups}
    actions = _for_parties(as_at=as_at, instrument=instrument, on=on)
    return [
        replace(fact, about=group_of.get(fact.about, NO_GROUP if fact.about in own else fact.about))
        for fact in [*actions, *memberships, *groups]
    ]


@supplies("parties-over-time")
def _for_years(*, as_at: date, instruments: str, since: int, until: date) -> Facts:
    held = register(as_at)
    return _once(fact for code in listed(instruments) for fact in _pick(held, code, _turns_by(until)))


@supplies("consents-by-year")
def _for_consents(*, as_at: date, instruments: str, since: int, until: date) -> Facts:
    """Each action speaks of its year, so that a row of the table finds its own inputs."""
    return [
        replace(fact, about=str(fact.value.earliest.year)) if isinstance(fact.value, Action) else fact
        for fact in _for_years(as_at=as_at, instruments=instruments, since=since, until=until)
    ]


@supplies("entry-into-force")
def _for_entry(*, as_at: date, instrument: str) -> Facts:
    held = register(as_at)
    item = held.fact(instrument)
    counted = [fact for fact in held.actions.get(item.value.code, ()) if fact.value.type.binds]
    # All of them bear on the row, which is the instrument's.
    return [item, *(replace(fact, about=item.value.code) for fact in counted)]


@supplies("counter-terrorism")
def _for_counter_terrorism(*, as_at: date, on: date) -> Facts:
    """Each action speaks of its instrument, which is the row of the table."""
    held = register(as_at)
    listed = [fact for fact in held.instruments.values() if fact.value.set == COUNTER_TERRORISM]
    actions = (fact for item in listed for fact in held.actions.get(item.value.code, ()))
    turns = _turns_by(on)
    return [*listed, *(replace(fact, about=fact.value.instrument) for fact in actions if turns(fact.value))]


@supplies("register-complete-through")
def _for_completeness(*, as_at: date, instrument: str) -> Facts:
    held = register(as_at)
    return list(held.complete.get(held.fact(instrument).value.code, ()))


def _once(facts: Iterable[Fact[Any]]) -> Facts:
    """Facts without repetition, in order: an instrument or a withdrawal may be picked for two instruments."""
    return list({(fact.origin, fact.place): fact for fact in facts}.values())
