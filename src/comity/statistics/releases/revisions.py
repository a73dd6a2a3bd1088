"""Revisions: what differs between two vintages of a data set, by how much."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from comity.areas.gazetteer import Gazetteer
from comity.observations.observation import KEY, UNREPEATED, Observation
from comity.statistics.figures import whole_number
from comity.statistics.releases import extents, query
from comity.statistics.releases.confidential_rows import untold_sql
from comity.statistics.releases.extents import Compared
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection

_KEY = len(KEY)

ROUNDING = 1e-14
"""Share by which a number may differ that a program saved with fifteen digits, as spreadsheet programs do."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One key in two vintages; `before` or `after` is None where that vintage does not have it.

    `before_in` and `after_in` are the releases that state them: a vintage may speak from several.
    """

    before: Observation | None
    after: Observation | None
    before_in: Release | None = None
    after_in: Release | None = None

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
    def blanks(self) -> bool:
        """Whether it puts a mark of a missing value in the place of a value."""
        before, after = self.before, self.after
        return bool(before and after and before.value is not None and after.value is None)

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
    compared: Compared = field(default_factory=Compared)
    """What the later vintage has of the keys of the one before, each once whatever the number of its values."""

    @property
    def changed(self) -> int:
        """How many keys have another value or status."""
        return len(self.changes)

    @property
    def removed(self) -> int:
        """How many keys the later vintage does not have."""
        return len(self.removals)


def as_part(whole: Revisions, observations: Iterable[Observation]) -> Revisions:
    """What a vintage changes as a part: nothing is removed, save that a key with several values is stated anew."""
    stated = {one[: len(UNREPEATED)] for one in observations}
    restated = tuple(one for one in whole.removals if one.key[: len(UNREPEATED)] in stated)
    return replace(whole, changes=whole.changes + restated, removals=())


def same(before: Observation, after: Observation) -> bool:
    """Whether two vintages state the same: value and status; sources and places may differ."""
    return before.status == after.status and same_number(before.value, after.value)


def same_number(one: float | None, other: float | None) -> bool:
    """Whether two numbers are one, apart from what a program that saves fifteen digits makes of it."""
    if one is None or other is None:
        return one == other
    return abs(one - other) <= ROUNDING * abs(one)


def against(observations: Sequence[Observation], before: Sequence[Release]) -> Revisions:
    """What observations that are not stored yet change in what speaks; all of them are added where nothing does."""
    earlier = {one.observation[:_KEY]: one for one in query.select(before, Selection())}
    standing = extents.keys_of(one.observation for one in earlier.values())
    compared = extents.compare(standing, extents.keys_of(observations))
    added = unchanged = 0
    changes = []
    for observation in observations:
        known = earlier.pop(observation[:_KEY], None)
        if known is None:
            added += 1
        elif same(known.observation, observation):
            unchanged += 1
        else:
            changes.append(Revision(known.observation, observation, known.release))
    removals = tuple(Revision(one.observation, None, one.release) for one in earlier.values())
    return Revisions(added, unchanged, tuple(changes), removals, compared)


def between(before: Sequence[Release], after: Sequence[Release], selection: Selection | None = None) -> list[Revision]:
    """All revisions between what spoke and what speaks then, in the order of their keys."""
    asked = selection or Selection()
    untold = _untold(after)
    found_before = query.select(before, asked)
    earlier = {one.observation[:_KEY]: one for one in found_before if one.observation[: len(UNREPEATED)] not in untold}
    later = {one.observation[:_KEY]: one for one in query.select(after, asked)}
    found = []
    for key in sorted(earlier.keys() | later.keys()):
        old, new = earlier.get(key), later.get(key)
        if old is None or new is None or not same(old.observation, new.observation):
            found.append(
                Revision(
                    old.observation if old else None,
                    new.observation if new else None,
                    old.release if old else None,
                    new.release if new else None,
                )
            )
    return found


RECORD = (
    "kind",
    "area",
    "iso3",
    "name",
    "indicator",
    "iccs",
    "sex",
    "age",
    "citizenship",
    "breakdown",
    "unit",
    "period",
    "repeat",
    "before",
    "after",
    "before_status",
    "after_status",
    "absolute",
    "relative",
    "before_release",
    "after_release",
)
"""The columns of a revision as commands and notebooks give it; `relative` is a share, 0.05 for five per cent."""


def records(
    revisions: Iterable[Revision], before: Release, after: Release, names: Gazetteer
) -> Iterator[tuple[Any, ...]]:
    """Revisions between two releases as rows under the columns of RECORD."""
    for revision in revisions:
        one, old, new = revision.key, revision.before, revision.after
        area = names.areas.get(one.area)
        yield (
            revision.kind,
            one.area,
            area.iso3 if area else None,
            names.label(one.area),
            *one[1 : len(KEY)],
            whole_number(old.value) if old else None,
            whole_number(new.value) if new else None,
            old.status if old else None,
            new.status if new else None,
            revision.absolute,
            revision.relative,
            (revision.before_in or before).id,
            (revision.after_in or after).id,
        )


def consecutive(
    releases: Iterable[Release], begins: str | date | None, ends: str | date | None
) -> list[tuple[Release, Release]]:
    """Each two vintages of a data set that follow one another, in order.

    `begins` and `ends` bound them, both included: the id of a release, or a day, which means the release that spoke on
    it (where none did yet, the first that came after).
    """
    pairs: list[tuple[Release, Release]] = []
    by_dataset = groupby(releases, key=lambda release: release.dataset)
    for _dataset, group in by_dataset:
        vintages = list(group)
        first, last = _place(vintages, begins, 0), _place(vintages, ends, len(vintages) - 1)
        if first is not None and last is not None:
            pairs += pairwise(vintages[max(first, 0) : last + 1])
    return pairs


def _place(vintages: Sequence[Release], bound: str | date | None, otherwise: int) -> int | None:
    if bound is None:
        return otherwise
    if isinstance(bound, date):
        return sum(release.published <= bound for release in vintages) - 1
    named = (place for place, release in enumerate(vintages) if bound == release.id or bound in release.aliases)
    return next(named, None)


def _untold(releases: Sequence[Release]) -> frozenset[tuple[Any, ...]]:
    """The keys of `untold_sql` as tuples."""
    relation = untold_sql(releases)
    return frozenset(query.run(f"SELECT * FROM {relation}")) if relation else frozenset()  # noqa: S608
