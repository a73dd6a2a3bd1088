"""Bringing in a table of treaty actions: what a file would add, change and leave, and then exactly that.

A file of actions adds and corrects, and never removes. Only the table of actions that ships speaks for the whole: an
action that has gone from it is closed. What is stated of an action is ordered by publication: the later statement
stands, whichever is brought in first.

An action is known from the day of its deposit: it is a public act. A correction is known from the day on which its
source was published.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from comity.areas import store as areas
from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput
from comity.evidence.files.texts import decode
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan
from comity.evidence.models import Origin, StoredFact
from comity.evidence.registers import Difference, Entry, apply, compare, describe, of_same_table, require_keepable
from comity.evidence.store import Source, fingerprint, now, origin_bytes
from comity.evidence.workspaces.keepable import unkeepable
from comity.instruments import store
from comity.instruments.actions.action import MADE_WITH_CONSENT, ActionType, Instrument
from comity.instruments.actions.csv_file import ReadFile, columns_of, looks_like, read_actions
from comity.instruments.actions.merging import Merged, Numbered, RegisteredAction, merge, refuse_past_completeness
from comity.instruments.actions.overtaken_statements import (
    ACTION_KEY,
    Beside,
    Key,
    doubt_overtaken,
    doubt_same_day,
    is_stated_by,
    keep,
    key_of,
    published,
    set_beside,
)
from comity.instruments.depositary.saved_forms import looks_like as is_status_page
from comity.instruments.depositary.superseding import of_the_table
from comity.instruments.importing.pages_held import PAGE_COLUMNS, days_of_pages
from comity.instruments.importing.participants import participant_resolver
from comity.instruments.models import ActionRecord, CompletenessRecord, InstrumentRecord


@dataclass(frozen=True)
class ActionSteps:
    """What bringing in a file of actions does: to the actions, to the statements of completeness, to its origin.

    `beside` is what the file states beside all that is stated already.
    """

    actions: Difference
    beside: Beside
    completeness: Difference
    read: ReadFile


class ActionsImporter:
    """Reads a CSV of treaty actions; its format is in docs/csv-of-treaty-actions.md."""

    kind = "treaty actions"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the first lines hold headings of a table of actions."""
        return looks_like(data)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Read the file, set it beside the register, and say what it would add, change and leave."""
        gazetteer = areas.gazetteer()
        instruments = {
            record.code: store.instrument_of(record) for record in InstrumentRecord.objects.standing().order_by("pk")
        }
        origin = Origin.objects.filter(pk=fingerprint(data)).first()
        read = read_actions(
            source.file,
            data,
            instruments=instruments,
            resolve=participant_resolver(gazetteer),
            name_of=lambda code, day: gazetteer.label(code, on=day),
            organizations=store.organizations(gazetteer),
            today=now().date(),
            published=origin.published if origin else source.published,
        )
        whole = source.kind == Origin.Kind.TABLE
        if not whole and is_stated_by(fingerprint(data)):
            # These very bytes were brought in before; what has been corrected since stays corrected.
            return Plan(source.file, self.kind, rows=read.rows, unchanged=read.rows)
        day = published(origin) if origin else source.published or read.published or now().date()
        if not (origin or source.published or read.published):
            expected = _("a line “# published: YYYY-MM-DD” or --published; without, it counts as published today, %s")
            read.note("undated", 1, "", source.file, expected % day, "warning")
        return self._plan(read, source, day, instruments, gazetteer)

    def _plan(
        self, read: ReadFile, source: Source, day: date, instruments: dict[str, Instrument], gazetteer: Gazetteer
    ) -> Plan:
        plan = Plan(source.file, self.kind, rows=read.rows, findings=read.findings, source=_described(source, read))
        whole = source.kind == Origin.Kind.TABLE
        records_of = {} if whole else {"instrument__in": _touched(read, instruments)}
        standing = list(ActionRecord.objects.standing().filter(**records_of).prefetch_related("origin").order_by("pk"))
        if whole:
            standing = _beyond_pages(read, standing)
        own = of_same_table(source) if whole else lambda _record: False
        held = [RegisteredAction(store.action_of(record, gazetteer), record.number, own(record)) for record in standing]
        merged = merge(read, held, instruments)
        complete_through = read.complete_through or source.complete_through
        refuse_past_completeness(read, complete_through)
        if not plan.errors:
            entries = [action_entry(item, day) for item in merged.numbered]
            require_keepable(ActionRecord, entries)
            if faults := list(unkeepable(Origin, {"publisher": read.publisher}, source.file, "")):
                raise BadInput(faults)
            records = {key_of(vars(record)): record for record in standing}
            beside = set_beside(read, entries, records, day, own, _columns_of)
            doubt_overtaken(read, beside.overtaken)
            actions = _compare(plan, beside, standing, own, _resolved(merged, records))
            plan.unchanged += len(merged.known)
            doubt_same_day(read, actions, day, own)
            plan.steps = ActionSteps(actions, beside, _completeness(read), read)
        plan.rejected = read.rejected
        plan.findings.sort(key=_in_order_of_file)
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan."""
        steps: ActionSteps = plan.steps
        apply(steps.actions, origin)
        keep(steps.beside, origin)
        apply(steps.completeness, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read the status of every instrument that the file has actions on as pages do."""
        steps: ActionSteps = plan.steps
        return store.read_back((one.line, one.action.instrument) for one in steps.read.actions)


def _resolved(merged: Merged, records: Mapping[Key, ActionRecord]) -> dict[Key, ActionRecord]:
    """The records that are held as a window of another kind, by the keys of the actions that give their days."""
    found = {}
    for item in merged.numbered:
        if (window := item.resolves) is not None:
            action = item.read.action
            held = (window.action.instrument, window.action.participant, window.action.type.value, window.number)
            found[action.instrument, action.participant, action.type.value, item.number] = records[held]
    return found


def _compare(
    plan: Plan,
    beside: Beside,
    standing: Sequence[ActionRecord],
    removable: Callable[[StoredFact], bool],
    resolved: Mapping[Key, ActionRecord],
) -> Difference:
    """What the statements that come to stand do to the records that stand, as the plan then says it.

    An action that gives the day of a window that is held takes its place, also where it is of another kind.
    """
    kept = {key_of(one.entry.values) for one in beside.overtaken if one.is_kept}
    kept |= {key_of(vars(record)) for record in resolved.values()}
    others = [record for record in standing if key_of(vars(record)) not in kept]
    found = compare(ActionRecord, ACTION_KEY, beside.standing, others, removable)
    given = {key_of(entry.values): entry for entry in found.adds if key_of(entry.values) in resolved}
    changes = tuple((resolved[key], entry) for key, entry in given.items())
    adds = tuple(entry for entry in found.adds if key_of(entry.values) not in given)
    found = replace(found, adds=adds, changes=(*found.changes, *changes))
    describe(plan, found)
    plan.unchanged += len(kept) - len(resolved)
    return found


def _beyond_pages(read: ReadFile, standing: Sequence[ActionRecord]) -> list[ActionRecord]:
    """The records that a table which ships speaks of; its rows are left those alone that none of the pages settles.

    A page of the depositary speaks for its treaty up to its day: a later state of the table takes nothing of it back.
    """
    days = days_of_pages()

    def is_settled(instrument: str, kind: ActionType, first: date) -> bool:
        return of_the_table(kind) and instrument in days and first <= days[instrument]

    read.actions = [
        one for one in read.actions if not is_settled(one.action.instrument, one.action.type, one.action.earliest)
    ]
    return [
        record
        for record in standing
        if not is_settled(record.instrument, ActionType(record.action), record.date or record.not_before or date.min)
    ]


def _touched(read: ReadFile, instruments: Mapping[str, Instrument]) -> set[str]:
    """The instruments whose actions matter to a file that is no whole table: its own, and their parents."""
    named = {one.action.instrument for one in read.actions}
    return named | {instruments[code].parent for code in named}


def _columns_of(origin: Origin) -> frozenset[str]:
    data = origin_bytes(origin.pk)
    return PAGE_COLUMNS if is_status_page(data) else columns_of(decode(data, origin.file, western=True))


def action_entry(item: Numbered, published: date) -> Entry:
    """A numbered action as the record that it asks for; one of which no day is known is known from its publication."""
    action = item.read.action
    values = {
        "instrument": action.instrument,
        "participant": action.participant,
        "action": action.type.value,
        "number": item.number,
        "participant_name": action.participant_name,
        "date": action.date,
        "not_before": action.not_before,
        "not_after": action.not_after,
        "effective": action.effective,
        "article": action.article,
        "text": action.text,
        "notification": action.notification,
        "note": action.note,
        "confidence": action.confidence.value,
        "basis": action.basis,
        "source": action.source,
    }
    label = f"{action.participant_name}: {action.type.value} of {action.instrument}, {action.when}"
    column = "date" if action.date or action.not_before is None else "not_before"
    is_undated = action.latest is None and action.type in MADE_WITH_CONSENT
    return Entry(values, f"{item.read.line}:{column}", published if is_undated else action.earliest, label)


def _in_order_of_file(finding: Finding) -> int:
    return int(finding.place.partition(":")[0] or 0)


def _completeness(read: ReadFile) -> Difference:
    """The statement of completeness for each instrument that the file speaks of; none where it makes none."""
    entries = []
    for code in sorted({*read.complete, *(item.action.instrument for item in read.actions)}):
        said = read.completeness_of(code)
        if said is not None and said.day is not None:
            values = {"instrument": code, "through": said.day, "statement": said.statement}
            label = f"{code}: complete through {said.day.isoformat()}"
            entries.append(Entry(values, str(said.line), said.day, label))
    standing = CompletenessRecord.objects.standing().prefetch_related("origin")
    return compare(CompletenessRecord, ("instrument", "through"), entries, standing, lambda _record: False)


def _described(source: Source, read: ReadFile) -> Source:
    """What is known of the file: what a person said of it first, then what the file says itself."""
    return replace(
        source,
        publisher=source.publisher or read.publisher,
        published=source.published or read.published,
        complete_through=source.complete_through or read.complete_through,
    )
