"""Revisions: what differs between two vintages of a data set, by how much."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.statistics import querying
from comity.statistics.observation import KEY, Observation
from comity.statistics.querying import Selection
from comity.statistics.releases import Release

_KEY = len(KEY)


@dataclass(frozen=True, slots=True)
class Revision:
    """One key in two vintages; `before` or `after` is None where that vintage does not have it."""

    before: Observation | None
    after: Observation | None

    @property
    def key(self) -> Observation:
        """The observation that tells the key: the later one where there are two."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a revision of nothing")
        return found

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def absolute(self) -> float | None:
        """How much the value grew; None where either vintage has none."""
        before, after = (one.value if one else None for one in (self.before, self.after))
        return None if before is None or after is None else after - before

    @property
    def relative(self) -> float | None:
        """How much the value grew as a share of the earlier; None where that is zero or there is none."""
        before = self.before.value if self.before else None
        return None if self.absolute is None or not before else self.absolute / before

    def __str__(self) -> str:
        one = self.key
        what = ", ".join(part for part in one[1:7] if part not in ("", "_T"))
        return f"{one.area} {one.period} ({what}): {_shown(self.before)} → {_shown(self.after)}"


def _shown(observation: Observation | None) -> str:
    if observation is None:
        return "–"
    status = "" if observation.status == "A" else f" {observation.status}"
    return f"{observation.text or '–'}{status}"


@dataclass(frozen=True)
class Revisions:
    """What a vintage changes in the one before it. Keys that are added are counted, and not listed one by one."""

    added: int = 0
    unchanged: int = 0
    changes: tuple[Revision, ...] = ()
    removals: tuple[Revision, ...] = ()

    @property
    def changed(self) -> int:
        """How many keys have another value or status."""
        return len(self.changes)

    @property
    def removed(self) -> int:
        """How many keys the later vintage does not have."""
        return len(self.removals)


def same(before: Observation, after: Observation) -> bool:
    """Whether two vintages state the same: value and status; sources and places may differ."""
    return (before.value, before.status) == (after.value, after.status)


def against(observations: Iterable[Observation], before: Release | None) -> Revisions:
    """What observations that are not stored yet change in a release; all of them are added where there is none."""
    earlier: dict[tuple[object, ...], Observation] = {}
    if before is not None:
        earlier = {one.observation[:_KEY]: one.observation for one in querying.select([before], Selection())}
    added = unchanged = 0
    changes = []
    for observation in observations:
        known = earlier.pop(observation[:_KEY], None)
        if known is None:
            added += 1
        elif same(known, observation):
            unchanged += 1
        else:
            changes.append(Revision(known, observation))
    removals = tuple(Revision(one, None) for one in earlier.values())
    return Revisions(added, unchanged, tuple(changes), removals)


def between(before: Release, after: Release, selection: Selection | None = None) -> list[Revision]:
    """All revisions between two releases, in the order of their keys."""
    asked = selection or Selection()
    earlier = {one.observation[:_KEY]: one.observation for one in querying.select([before], asked)}
    later = {one.observation[:_KEY]: one.observation for one in querying.select([after], asked)}
    found = []
    for key in sorted(earlier.keys() | later.keys()):
        old, new = earlier.get(key), later.get(key)
        if old is None or new is None or not same(old, new):
            found.append(Revision(old, new))
    return found
