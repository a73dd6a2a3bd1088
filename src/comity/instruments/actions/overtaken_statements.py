"""Statements of actions beside those that are held: which a later publication has overtaken, and what then stands.

All that origins state of an action is remembered, also what only confirms what is held. An earlier statement that comes
after a later one is kept as known until the later one was published, where nothing else was known in that time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.evidence.models import Origin
from comity.evidence.registers import Difference, Entry
from comity.evidence.store import now
from comity.instruments.actions.action import ActionType
from comity.instruments.actions.csv_file import ReadFile
from comity.instruments.actions.statements import DAYS, Statement, first_otherwise, said_of, stand
from comity.instruments.models import ActionRecord, StatementRecord

ACTION_KEY = ("instrument", "participant", "action", "number")
_DAYS = (*DAYS, "effective")
_LAST = float("inf")
Key = tuple[Any, ...]
Columns = Callable[[Origin], frozenset[str]]
"""Gives the columns that an origin of actions has: of what it has none for, it says nothing."""


@dataclass(frozen=True)
class OvertakenStatement:
    """A statement, the record of its action, and the later one that says otherwise; `values` are those that stand.

    The statement was known from `since` up to, and without, the day on which the later one was published. Where
    something is stated of an action earlier than it, `has_earlier`.
    """

    entry: Entry
    record: ActionRecord
    said: Mapping[str, Any]
    values: Mapping[str, Any]
    later: Statement
    since: date
    has_earlier: bool

    @property
    def is_kept(self) -> bool:
        """Whether there is a day on which the statement was known and no other of its action was."""
        return self.since < self.later.published

    @property
    def differing(self) -> list[str]:
        """The columns in which another value stands."""
        return [name for name, value in self.said.items() if self.values[name] != value]


@dataclass(frozen=True)
class Beside:
    """What the entries of a file are beside all that is stated.

    `standing` are the entries as they come to stand, `overtaken` those of which something else stands, and `stated`
    what each of the other entries says that makes no record of its own just as it says it.
    """

    standing: Sequence[Entry]
    overtaken: Sequence[OvertakenStatement]
    stated: Sequence[tuple[Entry, Mapping[str, Any]]]


def key_of(values: Any) -> Key:
    """What tells an action from every other, out of its values."""
    return tuple(values[name] for name in ACTION_KEY)


def published(origin: Origin) -> date:
    """The day on which an origin was published; the day on which it was brought in where it does not say."""
    return origin.published or origin.recorded_at.date()


def set_beside(
    read: ReadFile,
    entries: Iterable[Entry],
    records: Mapping[Key, ActionRecord],
    day: date,
    supersedes: Callable[[ActionRecord], bool],
    columns: Columns,
) -> Beside:
    """Set entries of a file, published on a day, beside all that is stated of their actions.

    `records` are those that stand. What the file supersedes whenever it was published, as the next state of its own
    table, states nothing beside it. What would have effect before its own day is written into the file's findings.
    """
    held = [(entry, records.get(key_of(entry.values))) for entry in entries]
    differing = {key_of(entry.values) for entry, record in held if record and _differing(entry.values, record)}
    stated_of = _stated(differing, supersedes, columns) if differing else {}
    closed = _closed_until() if differing else {}
    standing: list[Entry] = []
    overtaken: list[OvertakenStatement] = []
    stated: list[tuple[Entry, Mapping[str, Any]]] = []
    for entry, record in held:
        kind = ActionType(entry.values["action"])
        said = said_of(entry.values, read.headings, kind)
        if record is None or not _differing(entry.values, record):
            standing.append(entry)
            if record is not None and not supersedes(record):
                stated.append((entry, said))
            continue
        others = stated_of.get(key_of(entry.values), [])
        own = Statement(day, _LAST, said)
        values = {**entry.values, **stand([*others, own])}
        _refuse_effect_before(read, entry, values, kind)
        later = first_otherwise(others, own)
        if later is None:
            standing.append(replace(entry, values=values))
            continue
        has_earlier = any(one.published <= day for one in others)
        first = max(day, entry.known_from) if has_earlier else entry.known_from
        since = max([first, *closed.get(key_of(entry.values), ())])
        one = OvertakenStatement(entry, record, said, values, later, since, has_earlier)
        overtaken.append(one)
        if not one.is_kept:
            standing.append(replace(entry, values=values))
            stated.append((entry, said))
    return Beside(standing, overtaken, stated)


def _differing(values: Mapping[str, Any], record: ActionRecord) -> list[str]:
    return [name for name, value in values.items() if getattr(record, name) != value]


def _refuse_effect_before(read: ReadFile, entry: Entry, values: Mapping[str, Any], kind: ActionType) -> None:
    day = values["date"] or values["not_before"]
    if values["effective"] and values["effective"] < day and kind is not ActionType.SUCCESSION:
        expected = _("a day that is not before the date of the action, %s; only a succession reaches back")
        line = int(entry.place.partition(":")[0])
        read.note("effective", line, "effective", values["effective"].isoformat(), expected % day)


def _stated(keys: set[Key], supersedes: Callable[[ActionRecord], bool], columns: Columns) -> dict[Key, list[Statement]]:
    """All that is stated of the actions, by the records and by the statements that are remembered beside them."""
    of_instruments = {"instrument__in": {key[0] for key in keys}}
    found: dict[tuple[Key, str, str], Statement] = {}
    for record in ActionRecord.objects.filter(**of_instruments).select_related("origin").order_by("pk"):
        key = key_of(vars(record))
        removed = record.closed_at is not None and record.replaced_by_id is None
        if key in keys and not removed and not supersedes(record):
            said = said_of(vars(record), columns(record.origin), ActionType(record.action))
            found.setdefault((key, record.origin_id, record.place), _statement(record, said))
    for one in StatementRecord.objects.filter(**of_instruments).select_related("origin").order_by("pk"):
        if (key := key_of(vars(one))) in keys:
            found[key, one.origin_id, one.place] = _statement(one, _decoded(one.said))
    by_key: dict[Key, list[Statement]] = defaultdict(list)
    for (key, _origin, _place), statement in found.items():
        by_key[key].append(statement)
    return {key: _of_latest_tables(statements) for key, statements in by_key.items()}


def _statement(record: ActionRecord | StatementRecord, said: Mapping[str, Any]) -> Statement:
    brought_in = record.origin.recorded_at.timestamp()
    return Statement(published(record.origin), brought_in, said, record.origin, record.place)


def _of_latest_tables(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, of a table that ships those of its last state alone."""
    last: dict[str, Origin] = {}
    for one in statements:
        if one.origin.kind == Origin.Kind.TABLE:
            before = last.setdefault(one.origin.file, one.origin)
            last[one.origin.file] = max(before, one.origin, key=lambda origin: origin.recorded_at)
    return [one for one in statements if last.get(one.origin.file, one.origin) == one.origin]


def _encoded(said: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def _decoded(said: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: date.fromisoformat(text) if text and name in _DAYS else text for name, text in said.items()}


def _closed_until() -> dict[Key, list[date]]:
    """The days on which statements of each action were closed."""
    days: dict[Key, list[date]] = {}
    for *key, day in ActionRecord.objects.exclude(closed_at=None).values_list(*ACTION_KEY, "closed_from"):
        days.setdefault(tuple(key), []).append(day)
    return days


def doubt_overtaken(read: ReadFile, overtaken: Iterable[OvertakenStatement]) -> None:
    """Warn of each row of which a later publication says otherwise, and say what becomes of it."""
    for one in (one for one in overtaken if one.differing):
        said = {
            "held": "; ".join(f"{name}: {one.values[name] or '–'}" for name in one.differing),
            "file": one.later.origin.file,
            "day": one.later.published,
        }
        expected = (
            _("%(held)s, as %(file)s says, published later, on %(day)s; the row counts only as known before that day")
            if one.is_kept
            else _("%(held)s, as %(file)s says, published later, on %(day)s; the row is not stored")
        )
        line = int(one.entry.place.partition(":")[0])
        value = str(one.said[one.differing[0]] or "")
        read.note("overtaken", line, one.differing[0], value, expected % said, "warning")


def doubt_same_day(read: ReadFile, actions: Difference, day: date, supersedes: Callable[[ActionRecord], bool]) -> None:
    """Warn of each row that changes what another origin of the same day states: neither is the later one."""
    for record, entry in actions.changes:
        if not isinstance(record, ActionRecord) or published(record.origin) != day or supersedes(record):
            continue
        differing = _differing(entry.values, record)
        held = "; ".join(f"{name}: {getattr(record, name) or '–'}" for name in differing)
        expected = _("%(held)s, as %(file)s says, published on the same day, %(day)s; what is brought in last stands")
        said = {"held": held, "file": record.origin.file, "day": day}
        line, value = int(entry.place.partition(":")[0]), str(entry.values[differing[0]] or "")
        read.note("same-day", line, differing[0], value, expected % said, "warning")


def keep(beside: Beside, origin: Origin) -> None:
    """Store what was overtaken for the days in which it was known, and remember what else is stated, inside the
    caller's transaction.

    The record that stands said for these days too what was published only before or after them. It is closed where they
    begin, from its first day on where it was published after them, and says the same anew from the later publication.
    """
    kept = [one for one in beside.overtaken if one.is_kept]
    _keep_history(kept, origin)
    stated = [*beside.stated, *((one.entry, one.said) for one in kept)]
    StatementRecord.objects.bulk_create(
        StatementRecord(
            **dict(zip(ACTION_KEY, key_of(entry.values), strict=True)),
            origin=origin,
            place=entry.place,
            said=_encoded(said),
        )
        for entry, said in stated
    )


def _keep_history(kept: Sequence[OvertakenStatement], origin: Origin) -> None:
    at = now()
    anew = ActionRecord.objects.bulk_create(
        ActionRecord(
            **one.values,
            origin=one.later.origin,
            place=one.later.place,
            recorded_at=at,
            known_from=one.later.published,
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
            closed_from=one.later.published,
            closed_because=f"replaced by {one.later.origin.file}, {one.later.place}",
            replaced_by=record,
        )
        for one, record in zip(kept, anew, strict=True)
    )
    for one, statement in zip(kept, stated, strict=True):
        record = one.record
        record.closed_at, record.replaced_by = at, statement
        record.closed_from = one.since if one.has_earlier else record.known_from
        record.closed_because = (
            f"replaced by {origin.file}, {statement.place}"
            if one.has_earlier
            else f"known from its publication only; before it stands {origin.file}, {statement.place}"
        )
    columns = ["closed_at", "closed_from", "closed_because", "replaced_by"]
    ActionRecord.objects.bulk_update([one.record for one in kept], columns, batch_size=200)


def is_stated_by(sha256: str) -> bool:
    """Whether an origin of these bytes states an action already."""
    return any(model.objects.filter(origin_id=sha256).exists() for model in (ActionRecord, StatementRecord))
