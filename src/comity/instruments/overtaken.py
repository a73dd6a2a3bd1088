"""Statements of actions that a later publication has overtaken, whichever of the two is brought in first.

What is stated of an action is ordered by publication, and the later statement stands. A source that states what the
register holds already confirms it, and that is remembered. An earlier statement that comes after a later one is kept as
known until the later one was published, where nothing else was known in that time; else it is not stored.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.models import Origin
from comity.evidence.registers import Difference, Entry
from comity.evidence.store import now
from comity.instruments.actions import ActionType
from comity.instruments.actions_file import ReadFile
from comity.instruments.merging import DETAILS, happens_once
from comity.instruments.models import ActionRecord, ConfirmationRecord

ACTION_KEY = ("instrument", "participant", "action", "number")
Columns = Callable[[Origin], frozenset[str]]
"""Gives the columns that an origin of actions has: of what it has none for, it says nothing."""


@dataclass(frozen=True)
class Later:
    """Where and when an origin states of an action what the register holds."""

    origin: Origin
    place: str

    @property
    def day(self) -> date:
        """The day on which it was published."""
        return published(self.origin)


@dataclass(frozen=True)
class Overtaken:
    """A statement, the record that says otherwise, the later publication that does, and what that leaves unsaid.

    The statement was known from `since` up to, and without, the day of `later`. Before `since` the record speaks where
    it was published before the statement and only confirmed after it. `unsaid` holds details of the statement of which
    the later publication says nothing.
    """

    entry: Entry
    record: ActionRecord
    later: Later
    since: date
    unsaid: Mapping[str, Any]

    @property
    def until(self) -> date:
        """The day from which the later publication stands."""
        return self.later.day

    @property
    def is_kept(self) -> bool:
        """Whether there is a day on which the statement was known and no other of its action was."""
        return self.since < self.until

    @property
    def differing(self) -> list[str]:
        """The columns in which the record says otherwise."""
        return [name for name in _differing(self.entry, self.record) if name not in self.unsaid]


def key_of(values: Any) -> tuple[Any, ...]:
    """What tells an action from every other, out of its values."""
    return tuple(values[name] for name in ACTION_KEY)


def published(origin: Origin) -> date:
    """The day on which an origin was published; the day on which it was brought in where it does not say."""
    return origin.published or origin.recorded_at.date()


def find_overtaken(
    entries: Iterable[Entry],
    standing: Iterable[ActionRecord],
    day: date,
    supersedes: Callable[[ActionRecord], bool],
    columns: Columns,
) -> list[Overtaken]:
    """The statements, published on a day, of which a later publication says otherwise.

    A record that the file supersedes whenever it was published, as the next state of its own table, overtakes nothing.
    """
    records = {key_of(vars(record)): record for record in standing if not supersedes(record)}
    found = [
        (entry, record)
        for entry in entries
        if (record := records.get(key_of(entry.values))) and _differing(entry, record)
    ]
    confirmed = _confirmed_after(day) if found else {}
    closed = _closed_until() if found else {}
    overtaken = []
    for entry, record in found:
        stated = Later(record.origin, record.place)
        later = stated if stated.day > day else confirmed.get(key_of(entry.values))
        if later is None:
            continue
        first = entry.known_from if later is stated else max(day, record.known_from)
        since = max([first, *closed.get(key_of(entry.values), ())])
        one = Overtaken(entry, record, later, since, _unsaid(entry, record, columns(later.origin)))
        if one.differing:
            overtaken.append(one)
    return overtaken


def _differing(entry: Entry, record: ActionRecord) -> list[str]:
    return [name for name, value in entry.values.items() if getattr(record, name) != value]


def _unsaid(entry: Entry, record: ActionRecord, columns: frozenset[str]) -> dict[str, Any]:
    """The details of a statement for which the record is blank because its origin has no column for them.

    A declaration without its text is no statement that it had none.
    """
    silent = set(DETAILS) - columns | (set() if happens_once(ActionType(record.action)) else {"text"})
    return {name: entry.values[name] for name in silent if entry.values[name] and not getattr(record, name)}


def _confirmed_after(day: date) -> dict[tuple[Any, ...], Later]:
    """The first confirmation of each action that was published after a day."""
    origins = [origin for origin in Origin.objects.all() if published(origin) > day]
    confirmations = ConfirmationRecord.objects.filter(origin__in=origins).select_related("origin")
    ordered = sorted(confirmations, key=lambda one: (published(one.origin), -one.pk), reverse=True)
    return {key_of(vars(one)): Later(one.origin, one.place) for one in ordered}


def _closed_until() -> dict[tuple[Any, ...], list[date]]:
    """The days on which statements of each action were closed."""
    days: dict[tuple[Any, ...], list[date]] = {}
    for *key, day in ActionRecord.objects.exclude(closed_at=None).values_list(*ACTION_KEY, "closed_from"):
        days.setdefault(tuple(key), []).append(day)
    return days


def doubt_overtaken(read: ReadFile, overtaken: Iterable[Overtaken]) -> None:
    """Warn of each row that says what a later publication has corrected already, and say what becomes of it."""
    for one in overtaken:
        said = {
            "held": "; ".join(f"{name}: {getattr(one.record, name) or '–'}" for name in one.differing),
            "file": one.later.origin.file,
            "day": one.until,
        }
        expected = (
            _("%(held)s, as %(file)s says, published later, on %(day)s; the row counts only as known before that day")
            if one.is_kept
            else _("%(held)s, as %(file)s says, published later, on %(day)s; the row is not stored")
        )
        line = int(one.entry.place.partition(":")[0])
        value = str(one.entry.values[one.differing[0]] or "")
        read.note("overtaken", line, one.differing[0], value, expected % said, "warning")


def doubt_same_day(read: ReadFile, actions: Difference, day: date, supersedes: Callable[[ActionRecord], bool]) -> None:
    """Warn of each row that changes what another origin of the same day states: neither is the later one."""
    for record, entry in actions.changes:
        if not isinstance(record, ActionRecord) or published(record.origin) != day or supersedes(record):
            continue
        differing = _differing(entry, record)
        held = "; ".join(f"{name}: {getattr(record, name) or '–'}" for name in differing)
        expected = _("%(held)s, as %(file)s says, published on the same day, %(day)s; what is brought in last stands")
        said = {"held": held, "file": record.origin.file, "day": day}
        line, value = int(entry.place.partition(":")[0]), str(entry.values[differing[0]] or "")
        read.note("same-day", line, differing[0], value, expected % said, "warning")


def keep_overtaken(overtaken: Iterable[Overtaken], origin: Origin) -> None:
    """Store each statement for the days in which it was known, inside the caller's transaction.

    The record that stands said for these days too what was published only before or after them. It is closed where they
    begin, from its first day on where it was published after them, and says the same anew from the later publication.
    """
    at = now()
    kept = [one for one in overtaken if one.is_kept]
    anew = ActionRecord.objects.bulk_create(
        ActionRecord(
            **{name: getattr(one.record, name) for name in one.entry.values} | dict(one.unsaid),
            origin=one.later.origin,
            place=one.later.place,
            recorded_at=at,
            known_from=one.until,
        )
        for one in kept
    )
    stated = ActionRecord.objects.bulk_create(
        ActionRecord(
            **one.entry.values,
            origin=origin,
            place=one.entry.place,
            recorded_at=at,
            known_from=one.since,
            closed_at=at,
            closed_from=one.until,
            closed_because=f"replaced by {one.later.origin.file}, {one.later.place}",
            replaced_by=record,
        )
        for one, record in zip(kept, anew, strict=True)
    )
    _close(kept, stated, origin)


def _close(kept: Sequence[Overtaken], stated: Sequence[ActionRecord], origin: Origin) -> None:
    for one, statement in zip(kept, stated, strict=True):
        record = one.record
        before = published(record.origin) < one.until
        record.closed_at, record.replaced_by = statement.recorded_at, statement
        record.closed_from = one.since if before else record.known_from
        record.closed_because = (
            f"replaced by {origin.file}, {statement.place}"
            if before
            else f"known from its publication only; before it stands {origin.file}, {statement.place}"
        )
    columns = ["closed_at", "closed_from", "closed_because", "replaced_by"]
    ActionRecord.objects.bulk_update([one.record for one in kept], columns, batch_size=200)


def find_confirmed(entries: Iterable[Entry], standing: Iterable[ActionRecord], day: date) -> list[Entry]:
    """The statements, published on a day, of what a record of an earlier publication says already."""
    records = {key_of(vars(record)): record for record in standing if published(record.origin) < day}
    return [
        entry
        for entry in entries
        if (record := records.get(key_of(entry.values))) is not None and not _differing(entry, record)
    ]


def keep_confirmed(confirmed: Iterable[Entry], actions: Difference, origin: Origin) -> None:
    """Remember what an origin confirms, inside the caller's transaction.

    A record of a later publication that it only completes confirms what then stands, in its turn.
    """
    stated = [(entry, Later(origin, entry.place)) for entry in confirmed]
    for record, entry in actions.changes:
        later = Later(record.origin, record.place)
        if later.day > published(origin):
            stated.append((entry, later))
    ConfirmationRecord.objects.bulk_create(
        ConfirmationRecord(**dict(zip(ACTION_KEY, key_of(entry.values), strict=True)), **vars(statement))
        for entry, statement in stated
    )
