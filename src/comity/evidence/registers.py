"""Registers: tables of keyed rows that are brought in again and again, and what each time changes in them.

Any room with a reference table uses this: it reads the table's rows into entries, compares them with the records that
stand, shows the difference in a plan and applies it. A row whose key stands with other values replaces the record; a
row whose key is new is added; a record whose row has vanished is closed. Nothing is ever deleted.

When a fact is known:
- a new fact from the day that the room gives in its entry (a treaty action: the day of deposit);
- a fact that replaces another from the day on which its origin was published, today where that is unknown, and the
  replaced fact is closed from that same day, so that at each state of knowledge exactly one of the two is seen.

The key should name a thing and not a circumstance that corrections change: where a date is part of the key, its
correction is one fact closed and another one added.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan
from comity.evidence.models import Origin, StoredFact
from comity.evidence.store import Source, now
from comity.evidence.workspaces.keepable import unkeepable


@dataclass(frozen=True)
class Entry:
    """A row as the record that it asks for.

    `values` holds the model's own columns by attribute name (`area`, `instrument_id`), each of the type that the
    database gives back; `place` is where the row stands, `label` the words by which a plan lists it.
    """

    values: Mapping[str, Any]
    place: str
    known_from: date
    label: str


@dataclass(frozen=True)
class Difference:
    """What bringing in the entries would do to the records of `model`, which `key` identifies."""

    model: type[StoredFact]
    key: tuple[str, ...]
    adds: tuple[Entry, ...]
    changes: tuple[tuple[StoredFact, Entry], ...]
    removed: tuple[StoredFact, ...]
    unchanged: int


def repeated(file: str, entries: Iterable[Entry], key: Sequence[str]) -> list[Finding]:
    """An error for each entry whose key an earlier entry of the file has already."""
    first: dict[tuple[Any, ...], Entry] = {}
    findings = []
    for entry in entries:
        earlier = first.setdefault(_key(entry.values, key), entry)
        if earlier is not entry:
            expected = _("one row for each %(key)s; it stands already at %(place)s") % {
                "key": ", ".join(key),
                "place": earlier.place,
            }
            findings.append(Finding("repeated", "error", file, entry.place, entry.label, expected, expected, True))
    return findings


def of_same_table(source: Source) -> Callable[[StoredFact], bool]:
    """Whether a record came from an earlier state of the table that `source` describes; fetch its origin with it."""
    return lambda record: record.origin.kind == source.kind and record.origin.file == source.file


def compare(
    model: type[StoredFact],
    key: Sequence[str],
    entries: Sequence[Entry],
    standing: Iterable[StoredFact],
    removable: Callable[[StoredFact], bool] = lambda _record: True,
) -> Difference:
    """Compare entries with the records that stand.

    A standing record without an entry is removed where `removable` says so: give `of_same_table(source)` where records
    may also come from other files, and `lambda _: False` where the entries are additions and not the whole table.
    Raises BadInput for entries that cannot be kept.
    """
    require_keepable(model, entries)
    held = {_key(vars(record), key): record for record in standing}
    adds, changes, unchanged = [], [], 0
    for entry in entries:
        record = held.pop(_key(entry.values, key), None)
        if record is None:
            adds.append(entry)
        elif any(getattr(record, name) != value for name, value in entry.values.items()):
            changes.append((record, entry))
        else:
            unchanged += 1
    removed = [record for record in held.values() if removable(record)]
    return Difference(model, tuple(key), tuple(adds), tuple(changes), tuple(removed), unchanged)


def require_keepable(model: type[StoredFact], entries: Iterable[Entry]) -> None:
    """Raise BadInput for values that records of the model cannot keep; whoever knows the file adds its name."""
    faults: list[Fault] = []
    for entry in entries:
        faults += unkeepable(model, entry.values, "", entry.place)
        faults += unkeepable(model, {"place": entry.place}, "", "")
    if faults:
        raise BadInput(faults)


def describe(plan: Plan, difference: Difference) -> None:
    """Write a difference into a plan, in words for the person who is about to import; `steps` becomes the difference.

    Records that vanish are listed by their `str`.
    """
    plan.adds += [entry.label for entry in difference.adds]
    plan.removed += [str(record) for record in difference.removed]
    plan.unchanged += difference.unchanged
    for record, entry in difference.changes:
        changed = [
            f"{name}: {getattr(record, name) or '–'} → {value or '–'}"
            for name, value in entry.values.items()
            if getattr(record, name) != value
        ]
        plan.changes.append(f"{entry.label} ({'; '.join(changed)})")
    plan.steps = difference


def apply(difference: Difference, origin: Origin) -> None:
    """Carry out a difference inside the caller's transaction.

    The model must have no unique constraint on its key: for a moment the replaced and the replacing record both stand.
    """
    at = now()
    day = origin.published or at.date()
    model = difference.model

    def record_of(entry: Entry, known_from: date) -> StoredFact:
        return model(**entry.values, origin=origin, place=entry.place, recorded_at=at, known_from=known_from)

    closed = _closed_until(difference)
    model.objects.bulk_create(
        record_of(entry, max([entry.known_from, *closed.get(_key(entry.values, difference.key), ())]))
        for entry in difference.adds
    )
    days = [max(day, record.known_from) for record, _entry in difference.changes]
    replacing = model.objects.bulk_create(
        record_of(entry, known_from) for (_record, entry), known_from in zip(difference.changes, days, strict=True)
    )
    closing = []
    for (record, _entry), replacement, closed_from in zip(difference.changes, replacing, days, strict=True):
        record.replaced_by = replacement
        closing.append(_close(record, at, closed_from, f"replaced by {origin.file}, {replacement.place}"))
    for record in difference.removed:
        closing.append(_close(record, at, max(day, record.known_from), f"no longer in {origin.file}"))
    model.objects.bulk_update(closing, ["closed_at", "closed_from", "closed_because", "replaced_by"], batch_size=200)


def apply_planned(plan: Plan, origin: Origin) -> None:
    """Carry out the difference that `describe` wrote into a plan; nothing where none was."""
    if isinstance(plan.steps, Difference):
        apply(plan.steps, origin)


def _key(values: Mapping[str, Any], key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(values[name] for name in key)


def _close(record: StoredFact, at: datetime, closed_from: date, because: str) -> StoredFact:
    record.closed_at, record.closed_from, record.closed_because = at, closed_from, because
    return record


def _closed_until(difference: Difference) -> dict[tuple[Any, ...], list[date]]:
    """The last closing day of each key that was closed before; a fact that comes back is known from then at most."""
    if not difference.adds:
        return {}
    closed = difference.model.objects.exclude(closed_at=None).values_list(*difference.key)
    return {tuple(row[:-1]): [row[-1]] for row in closed.annotate(until=Max("closed_from"))}
