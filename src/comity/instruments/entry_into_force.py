"""Entry into force by the treaty's own rule, recomputed from deposits and set beside the official date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from comity.evidence.wording import gettext_noop
from comity.instruments.actions.action import Action, ActionType, Instrument

# Reasons are part of a figure's value and so stay in one language there; a page translates them as it shows them.
NO_ACTIONS = gettext_noop("no actions are held for this instrument")
NO_RULE = gettext_noop("the rule of entry into force is not held")
TOO_FEW = gettext_noop("more deposits by States are needed")
UNKNOWN_DAY = gettext_noop("the day of a deposit that may count is not known")


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """The computed and the official day, the deposit that brought it about, and why nothing was computed if so."""

    computed: date | None
    official: date | None
    trigger_deposit: date | None
    trigger_participants: tuple[str, ...]
    reason: str

    @property
    def agrees(self) -> bool | None:
        """Whether the computed day is the official one; None where one of them is missing."""
        return None if self.computed is None or self.official is None else self.computed == self.official


def counted_deposits(actions: Iterable[Action], instrument: Instrument) -> list[Action]:
    """The deposits that count towards entry into force, in order: first consents of States, successions left out.

    An instrument deposited by a regional organization is not counted in addition to those of its members. One whose day
    is known as a window only stands at the end of it.
    """
    first: dict[str, Action] = {}
    for action in sorted(actions, key=lambda action: (action.latest or date.max, action.participant)):
        counts = action.type.binds and action.type is not ActionType.SUCCESSION and not action.organization
        if counts and action.instrument == instrument.code:
            first.setdefault(action.participant, action)
    return list(first.values())


def entry_into_force(instrument: Instrument, actions: Iterable[Action]) -> EntryIntoForce:
    """The day `trigger_days` after the deposit of instrument number `trigger_count`, beside the official day.

    `trigger_participants` are all that deposited on that day, since their order within it is not recorded. Nothing is
    computed where the register holds no rule or no status, or where deposits that counted are known to be absent.
    """

    def not_computed(reason: str) -> EntryIntoForce:
        return EntryIntoForce(None, instrument.entry_into_force, None, (), reason)

    if not instrument.status_data:
        return not_computed(NO_ACTIONS)
    if instrument.recomputation:
        return not_computed(instrument.recomputation)
    if instrument.trigger_count is None or instrument.trigger_days is None:
        return not_computed(NO_RULE)
    deposits = counted_deposits(actions, instrument)
    if sum(action.latest is not None for action in deposits) < instrument.trigger_count:
        return not_computed(TOO_FEW)
    day = deposits[instrument.trigger_count - 1].date
    if day is None or any(action.date is None and action.earliest <= day for action in deposits):
        return not_computed(UNKNOWN_DAY)
    return EntryIntoForce(
        day + timedelta(days=instrument.trigger_days),
        instrument.entry_into_force,
        day,
        tuple(action.participant for action in deposits if action.date == day),
        "",
    )
