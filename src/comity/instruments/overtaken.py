"""Statements of actions that a later publication has overtaken, whichever of the two is brought in first.

What is stated of an action is ordered by publication, and the later statement stands. An earlier one that comes after
it is kept as known until the later one was published, where nothing else was known in that time; else it is not stored.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.models import Origin
from comity.evidence.registers import Entry
from comity.evidence.store import now
from comity.instruments.actions_file import ReadFile
from comity.instruments.models import ActionRecord

ACTION_KEY = ("instrument", "participant", "action", "number")


@dataclass(frozen=True)
class Overtaken:
    """A statement, the record of a later publication that says otherwise, and the days in which the first was known.

    The days run from `since` up to, and without, `until`.
    """

    entry: Entry
    record: ActionRecord
    since: date
    until: date

    @property
    def is_kept(self) -> bool:
        """Whether there is a day on which the statement was known and no other of its action was."""
        return self.since < self.until


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
) -> list[Overtaken]:
    """The statements, published on a day, of which a standing record of a later publication says otherwise.

    A record that the file supersedes whenever it was published, as the next state of its own table, overtakes nothing.
    """
    later = {
        key_of(vars(record)): record for record in standing if published(record.origin) > day and not supersedes(record)
    }
    found = [
        (entry, record)
        for entry in entries
        if (record := later.get(key_of(entry.values))) and _differing(entry, record)
    ]
    closed = _closed_until() if found else {}
    return [
        Overtaken(
            entry, record, max([entry.known_from, *closed.get(key_of(entry.values), ())]), published(record.origin)
        )
        for entry, record in found
    ]


def _closed_until() -> dict[tuple[Any, ...], list[date]]:
    """The days on which statements of each action were closed."""
    days: dict[tuple[Any, ...], list[date]] = {}
    for *key, day in ActionRecord.objects.exclude(closed_at=None).values_list(*ACTION_KEY, "closed_from"):
        days.setdefault(tuple(key), []).append(day)
    return days


def _differing(entry: Entry, record: ActionRecord) -> list[str]:
    return [name for name, value in entry.values.items() if getattr(record, name) != value]


def doubt_overtaken(read: ReadFile, overtaken: Iterable[Overtaken]) -> None:
    """Warn of each row that says what a later publication has corrected already, and say what becomes of it."""
    for one in overtaken:
        differing = _differing(one.entry, one.record)
        said = {
            "held": "; ".join(f"{name}: {getattr(one.record, name) or '–'}" for name in differing),
            "file": one.record.origin.file,
            "day": one.until,
        }
        expected = (
            _("%(held)s, as %(file)s says, published later, on %(day)s; the row counts only as known before that day")
            if one.is_kept
            else _("%(held)s, as %(file)s says, published later, on %(day)s; the row is not stored")
        )
        line = int(one.entry.place.partition(":")[0])
        value = str(one.entry.values[differing[0]] or "")
        read.note("overtaken", line, differing[0], value, expected % said, "warning")


def keep_overtaken(overtaken: Iterable[Overtaken], origin: Origin) -> None:
    """Store each statement for the days in which it was known, inside the caller's transaction.

    The record that stands said for these days too what was published only after them. It is closed from its first day,
    and says the same anew from its publication on.
    """
    at = now()
    kept = [one for one in overtaken if one.is_kept]
    anew = ActionRecord.objects.bulk_create(
        ActionRecord(
            **{name: getattr(one.record, name) for name in one.entry.values},
            origin=one.record.origin,
            place=one.record.place,
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
            closed_because=f"replaced by {one.record.origin.file}, {one.record.place}",
            replaced_by=record,
        )
        for one, record in zip(kept, anew, strict=True)
    )
    _close(kept, stated, origin)


def _close(kept: Sequence[Overtaken], stated: Sequence[ActionRecord], origin: Origin) -> None:
    for one, statement in zip(kept, stated, strict=True):
        record = one.record
        record.closed_at, record.closed_from, record.replaced_by = statement.recorded_at, record.known_from, statement
        record.closed_because = f"known from its publication only; before it stands {origin.file}, {statement.place}"
    columns = ["closed_at", "closed_from", "closed_because", "replaced_by"]
    ActionRecord.objects.bulk_update([one.record for one in kept], columns, batch_size=200)
