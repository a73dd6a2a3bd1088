"""What a page's acts mean beside those that are held: which it contradicts, which it confirms, which are new.

A page states, of every participant, its signature and the consent that holds on its day. So of the acts up to that day
it overtakes each that it does not show and that could not have been followed by what it shows. Earlier history is kept:
a participation that ended before the consent shown began stands in no table any more, and neither does what a State did
that no longer exists.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.instruments.actions.action import Action, ActionType, Confidence, Instrument
from comity.instruments.actions.merging import RegisteredAction
from comity.instruments.actions.statements import happens_once
from comity.instruments.depositary.stated_actions import Stated

Held = Sequence[RegisteredAction]


def of_the_table(kind: ActionType) -> bool:
    """Whether acts of the kind are those that the table of participants shows, or that end them."""
    return happens_once(kind) or kind is ActionType.PROVISIONAL_APPLICATION


@dataclass(frozen=True)
class Beside:
    """The acts held beside a page: those that it contradicts, and those that it has no word of and leaves standing."""

    contradicted: Held
    history: Held


def set_beside(stated: Iterable[Stated], held: Held, instrument: Instrument, as_at: date) -> Beside:
    """Sort the acts held up to the day of the page that it does not show."""
    shown: dict[str, list[Action]] = defaultdict(list)
    for one in stated:
        shown[one.action.participant].append(one.action)
    own: dict[str, list[RegisteredAction]] = defaultdict(list)
    for item in held:
        if of_the_table(item.action.type) and item.action.earliest <= as_at:
            own[item.action.participant].append(item)
    contradicted: list[RegisteredAction] = []
    history: list[RegisteredAction] = []
    for participant, items in own.items():
        if all(item.action.dissolved is not None for item in items) and participant not in shown:
            history += items
            continue
        contradicted += _signatures(items, shown[participant])
        refused, kept = _consents(items, shown[participant], instrument, as_at)
        contradicted += refused
        history += kept
    return Beside(contradicted, history)


def with_known_kinds(stated: Iterable[Stated], held: Held) -> list[Stated]:
    """Stated acts, a consent whose kind the page leaves open as the one of that very day that is held."""
    kinds = {(item.action.participant, item.action.date): item.action.type for item in held if item.action.type.binds}

    def known(one: Stated) -> Stated:
        if one.action.type is not ActionType.CONSENT_OF_UNKNOWN_KIND:
            return one
        kind = kinds.get((one.action.participant, one.action.date), one.action.type)
        return replace(one, action=replace(one.action, type=kind))

    return [known(one) for one in stated]


def _signatures(items: Held, shown: Sequence[Action]) -> list[RegisteredAction]:
    kinds = {action.type for action in shown}
    return [
        item
        for item in items
        if (item.action.type.signs or item.action.type is ActionType.PROVISIONAL_APPLICATION)
        and item.action.type not in kinds
    ]


def _consents(
    items: Held, shown: Sequence[Action], instrument: Instrument, as_at: date
) -> tuple[list[RegisteredAction], list[RegisteredAction]]:
    """The consents and withdrawals of one participant that the page contradicts, and those that ended before."""
    consent = next((action for action in shown if action.type.binds), None)
    withdrawn = any(action.type is ActionType.WITHDRAWAL for action in shown)
    spells = _spells(items)
    past = [spell for spell in spells if _is_history(spell[1], consent)]
    current = [spell for spell in spells if spell not in past]
    it = _shown_by(consent, current)
    contradicted = [item for spell in current if spell is not it for item in spell if item is not None]
    if it is not None and it[1] is not None and not withdrawn and not _is_to_come(it[1].action, instrument, as_at):
        contradicted.append(it[1])
    return contradicted, [item for spell in past for item in spell if item is not None]


Spell = tuple[RegisteredAction | None, RegisteredAction | None]
"""A consent and the withdrawal that follows it; a withdrawal that follows none stands alone."""


def _shown_by(consent: Action | None, spells: Sequence[Spell]) -> Spell | None:
    """The participation that the page shows: of its kind and day, else the last of its kind, whose day it corrects."""
    of_kind = [one for one in spells if one[0] and consent and one[0].action.type is consent.type]
    of_day = [one for one in of_kind if one[0] and consent and consent.date and one[0].action.may_be_on(consent.date)]
    return next(iter(of_day), of_kind[-1] if of_kind else None)


def _spells(items: Held) -> list[Spell]:
    """The consents of one participant with the withdrawal that follows each, in their order."""
    turning = [item for item in items if item.action.type.binds or item.action.type is ActionType.WITHDRAWAL]
    turning.sort(key=lambda item: (item.action.earliest, item.action.type is not ActionType.WITHDRAWAL))
    spells: list[Spell] = []
    for item in turning:
        if item.action.type.binds:
            spells.append((item, None))
        elif spells and spells[-1][1] is None:
            spells[-1] = (spells[-1][0], item)
        else:
            spells.append((None, item))
    return spells


def _is_history(ended: RegisteredAction | None, consent: Action | None) -> bool:
    """Whether a participation surely ended before the consent that the page shows, which shows the last alone."""
    if ended is None or consent is None or ended.action.latest is None:
        return False
    return consent.date is not None and ended.action.latest <= consent.date


def _is_to_come(withdrawal: Action, instrument: Instrument, as_at: date) -> bool:
    """Whether a withdrawal takes effect after the day of the page only, which then shows no bracket."""
    effective = instrument.withdrawal_effective(withdrawal, withdrawal.latest)
    return effective is None or effective > as_at


def numbered(stated: Sequence[Stated], held: Held, beside: Beside) -> list[tuple[Stated, int]]:
    """Each stated action under the number by which the register knows it or will, made whole from the one held.

    The page names no effective date and no notification: what is held of an act of the same day stays.
    """
    unmatched = {id(item) for item in (*beside.contradicted, *beside.history)}
    free: dict[tuple[str, ActionType], list[RegisteredAction]] = defaultdict(list)
    last: dict[tuple[str, ActionType], int] = defaultdict(int)
    for item in held:
        key = (item.action.participant, item.action.type)
        if id(item) not in unmatched:
            free[key].append(item)
        last[key] = max(last[key], item.number)
    found: list[tuple[Stated, int]] = []
    for same in (_word_for_word, _of_day, _of_window):
        left: list[Stated] = []
        for one in stated:
            fits = [item for item in free[one.action.participant, one.action.type] if same(one.action, item.action)]
            if fits:
                free[one.action.participant, one.action.type].remove(fits[0])
                found.append((replace(one, action=completed(one.action, fits[0].action)), fits[0].number))
            else:
                left.append(one)
        stated = left
    for one in sorted(stated, key=lambda one: (one.action.earliest, one.line)):
        key = (one.action.participant, one.action.type)
        last[key] += 1
        found.append((one, last[key]))
    return sorted(found, key=lambda pair: pair[0].line)


def _word_for_word(one: Action, held: Action) -> bool:
    same = (one.when, one.article, one.text) == (held.when, held.article, held.text)
    return same or (of_the_table(one.type) and one.when == held.when)


def _of_day(one: Action, held: Action) -> bool:
    """Whether one may be the other: of a day within the other's window, or a text where the other has none."""
    if of_the_table(one.type):
        return one.date is not None and held.may_be_on(one.date)
    return one.date == held.date and not held.text


def _of_window(one: Action, held: Action) -> bool:
    """Whether one corrects the other: acts that happen once, of whatever day; a window never corrects a day."""
    if not of_the_table(one.type):
        return False
    if one.type is ActionType.WITHDRAWAL:
        return held.earliest >= one.earliest and (one.date is not None or held.date is not None)
    return True


def completed(one: Action, held: Action) -> Action:
    """A stated act with what the page does not say and the register holds of the same day, under the name it lists.

    A window gives way to a day and never the other way round. A doubt about the act ends with the page.
    """
    if not of_the_table(one.type):
        return replace(
            one, effective=held.effective, notification=held.notification, participant_name=held.participant_name
        )
    if one.date is None and held.date is not None:
        return replace(held, effective=one.effective or held.effective)
    same = one.when == held.when
    kept = replace(held, date=one.date, not_before=one.not_before, not_after=one.not_after)
    kept = replace(kept, effective=one.effective or (held.effective if same else None))
    is_sure = held.confidence in (Confidence.HIGH, Confidence.UNSAID) and not held.basis
    return kept if same and is_sure else replace(kept, confidence=one.confidence, basis="", source="")
