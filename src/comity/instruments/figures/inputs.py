"""What the room's methods are given: actions, instruments and memberships of areas in groups, in one list of values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from comity.areas.gazetteer import Membership, holds
from comity.instruments import status
from comity.instruments.actions.action import Action, Instrument

MEMBER_STATES = "un-member"
REGIONAL_GROUPS = "regional-group"
M49_REGIONS = "m49-region"
NO_GROUP = "none"


@dataclass(frozen=True)
class FigureInputs:
    """The values of a figure's inputs, sorted by what they are."""

    actions: tuple[Action, ...]
    instruments: dict[str, Instrument]
    memberships: tuple[Membership, ...]

    @classmethod
    def of(cls, values: Iterable[Any]) -> "FigureInputs":
        """Sort values; raises TypeError for a value of another kind."""
        actions: list[Action] = []
        instruments: dict[str, Instrument] = {}
        memberships: list[Membership] = []
        for value in values:
            if isinstance(value, Action):
                actions.append(value)
            elif isinstance(value, Instrument):
                instruments[value.code] = value
            elif isinstance(value, Membership):
                memberships.append(value)
            else:
                raise TypeError(f"expected an action, an instrument or a membership, found {value!r}")
        return cls(tuple(actions), instruments, tuple(memberships))

    @cached_property
    def _by_instrument(self) -> dict[str, list[Action]]:
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.actions:
            found[action.instrument].append(action)
        return found

    def on(self, code: str) -> list[Action]:
        """The actions that bear on one instrument's status."""
        instrument = self.instruments.get(code)
        own = self._by_instrument.get(code, [])
        if instrument is None or not instrument.falls_with_parent:
            return own
        return status.bearing([*own, *self._by_instrument.get(instrument.parent, [])], instrument)

    def spells(self, code: str) -> status.Spells:
        """The spells of one instrument's participants."""
        return status.spells(self.on(code), self.instruments.get(code))

    def parties(self, code: str, on: date) -> frozenset[str]:
        """The participants that surely are parties to one instrument by deposit on a day."""
        return status.parties(self.spells(code), on)

    def parties_at_most(self, code: str, on: date) -> frozenset[str]:
        """The participants that possibly are parties to one instrument by deposit on a day."""
        return status.parties_at_most(self.spells(code), on)

    def count_in_force(self, code: str, on: date) -> tuple[int, int] | None:
        """For how many participants one instrument surely is in force on a day, and for how many at most."""
        return status.count_in_force(self.spells(code), on, self.instruments.get(code))

    def members(self, on: date) -> frozenset[str]:
        """The Member States of the United Nations on a day."""
        return frozenset(self._values(MEMBER_STATES, on))

    def group_of(self, scheme: str, on: date) -> dict[str, list[str]]:
        """The groups of each area in a scheme on a day."""
        return self._values(scheme, on)

    def _values(self, scheme: str, on: date) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for membership in self.memberships:
            if membership.scheme == scheme and holds(membership.valid_from, membership.valid_to, on):
                found[membership.area].append(membership.value)
        return found
