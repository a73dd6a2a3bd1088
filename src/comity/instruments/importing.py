"""Bringing in instruments and actions: what a file would add, change and leave, and then exactly that.

A file of actions adds and corrects, and never removes. Only the table of actions that ships speaks for the whole: an
action that has gone from it is closed. What is stated of an action is ordered by publication: the later statement
stands, whichever is brought in first.

An action is known from the day of its deposit, an instrument from its adoption: both are public acts. A correction is
known from the day on which its source was published.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from comity.areas import store as areas
from comity.areas.gazetteer import NAMED_NEAREST, PARTICIPANTS, Area, Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.files.cells import RowCells, into
from comity.evidence.files.headed_tables import has_headings, register_rows
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan, register_importer, register_reference_table
from comity.evidence.models import Origin, StoredFact
from comity.evidence.registers import (
    Difference,
    Entry,
    apply,
    compare,
    describe,
    of_same_table,
    repeated,
    require_keepable,
)
from comity.evidence.store import Source, fingerprint, now, origin_text
from comity.evidence.workspaces.keeping import unkeepable
from comity.instruments import store
from comity.instruments.actions.action import Instrument, WithdrawalRule
from comity.instruments.actions.file import (
    NoParticipant,
    ReadFile,
    Resolve,
    columns_of,
    looks_like,
    read_actions,
)
from comity.instruments.actions.merging import Held, Numbered, doubt_dates_past_completeness, merge
from comity.instruments.actions.overtaken import (
    ACTION_KEY,
    Beside,
    doubt_overtaken,
    doubt_same_day,
    is_stated_by,
    keep,
    key_of,
    published,
    set_beside,
)
from comity.instruments.models import ActionRecord, CompletenessRecord, InstrumentRecord

INSTRUMENT_HEADINGS = (
    "code", "title", "short_title", "collection_reference", "unts", "adopted", "place", "depositary", "parent",
    "falls_with_parent", "set", "number", "entry_into_force", "trigger_count", "trigger_days", "later_days",
    "withdrawal_rule", "organizations", "participation", "recomputation", "status_data", "verified", "note",
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""A code stands in addresses and between the points and commas of a figure's id."""
_MOST_DAYS = 10_000
"""A generation: no rule of entry into force waits longer, and every day that follows from one is in the calendar."""
SETS = ("organized-crime", "corruption", "drugs", "counter-terrorism")


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
        own = of_same_table(source) if whole else lambda _record: False
        held = [Held(store.action_of(record, gazetteer), record.number, own(record)) for record in standing]
        numbered = merge(read, held, instruments)
        complete_through = read.complete_through or source.complete_through
        doubt_dates_past_completeness(read, complete_through)
        if not plan.errors:
            entries = [action_entry(item) for item in numbered]
            require_keepable(ActionRecord, entries)
            if faults := list(unkeepable(Origin, {"publisher": read.publisher}, source.file, "")):
                raise BadInput(faults)
            records = {key_of(vars(record)): record for record in standing}
            beside = set_beside(read, entries, records, day, own, _columns_of)
            doubt_overtaken(read, beside.overtaken)
            actions = _compare(plan, beside, standing, own)
            doubt_same_day(read, actions, day, own)
            plan.steps = ActionSteps(actions, beside, _completeness(read, complete_through), read)
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
        return _read_back((one.line, one.action.instrument) for one in steps.read.actions)


def _compare(
    plan: Plan, beside: Beside, standing: Sequence[ActionRecord], removable: Callable[[StoredFact], bool]
) -> Difference:
    """What the statements that come to stand do to the records that stand, as the plan then says it."""
    kept = {key_of(one.entry.values) for one in beside.overtaken if one.is_kept}
    others = [record for record in standing if key_of(vars(record)) not in kept]
    found = compare(ActionRecord, ACTION_KEY, beside.standing, others, removable)
    describe(plan, found)
    plan.unchanged += len(kept)
    return found


def _touched(read: ReadFile, instruments: Mapping[str, Instrument]) -> set[str]:
    """The instruments whose actions matter to a file that is no whole table: its own, and their parents."""
    named = {one.action.instrument for one in read.actions}
    return named | {instruments[code].parent for code in named}


def _columns_of(origin: Origin) -> frozenset[str]:
    return columns_of(origin_text(origin.pk))


def participant_resolver(gazetteer: Gazetteer) -> Resolve:
    """Find a participant by code, ISO code or name of its day; a State that another continues counts as that one.

    What is found raises UnknownName for a name that nobody bears, NoParticipant for an area that can be none.
    """
    seen: dict[tuple[str, date | None], str] = {}
    unknown: dict[tuple[str, date | None], UnknownName] = {}

    def resolve(text: str, on: date | None) -> str:
        asked = (text, on)
        if asked in unknown:
            raise unknown[asked].with_traceback(None)
        if asked not in seen:
            if len(unknown) >= NAMED_NEAREST and gazetteer.find(text, on=on) is None:
                raise UnknownName(text, _("the name or code of a State or area"))
            try:
                seen[asked] = gazetteer.continuing(_participant(gazetteer, text, on).code)
            except UnknownName as error:
                unknown[asked] = error
                raise
        return seen[asked]

    return resolve


def _participant(gazetteer: Gazetteer, text: str, on: date | None) -> Area:
    """The State or organization that a text means. Raises UnknownName, and NoParticipant for an area that is neither,
    was none on the day, or never one."""
    try:
        found = gazetteer.resolve(text, on=on, kinds=PARTICIPANTS)
    except UnknownName:
        area = gazetteer.find(text, on=on)
        if area is None:
            raise
        expected = _(
            "a State or an organization, which alone can be participants; %(area)s is an area and neither. The "
            "territorial application of an instrument stands under the State that makes it, with the area in the "
            "column “text”"
        )
        raise NoParticipant(text, expected % {"area": gazetteer.label(area.code, on=on)}) from None
    if on is not None and not _stood(gazetteer, found, on):
        expected = _("a State or an organization that existed on %(day)s; %(area)s did not")
        raise NoParticipant(text, expected % {"day": on, "area": gazetteer.label(found.code, on=on)})
    return found


def _stood(gazetteer: Gazetteer, found: Area, on: date) -> bool:
    """Whether on a day an area existed, or one that is the same State: the one before it, or that continues it."""
    if found.exists(on):
        return True
    code = gazetteer.continuing(found.code)
    return any(area.exists(on) and gazetteer.continuing(area.code) == code for area in gazetteer.areas.values())


def action_entry(item: Numbered) -> Entry:
    """A numbered action as the record that it asks for."""
    action = item.read.action
    values = {
        "instrument": action.instrument,
        "participant": action.participant,
        "action": action.type.value,
        "number": item.number,
        "participant_name": action.participant_name,
        "date": action.date,
        "effective": action.effective,
        "article": action.article,
        "text": action.text,
        "notification": action.notification,
        "note": action.note,
    }
    label = f"{action.participant_name}: {action.type.value} of {action.instrument}, {action.date.isoformat()}"
    return Entry(values, f"{item.read.line}:date", action.date, label)


def _in_order_of_file(finding: Finding) -> int:
    return int(finding.place.partition(":")[0] or 0)


def _completeness(read: ReadFile, through: date | None) -> Difference:
    """The statement of completeness for each instrument that the file speaks of; none where it makes none."""
    entries = []
    if through is not None and "complete-through" in read.details:
        said = read.details["complete-through"]
        for code in sorted({item.action.instrument for item in read.actions}):
            values = {"instrument": code, "through": through, "statement": said.statement}
            label = f"{code}: complete through {through.isoformat()}"
            entries.append(Entry(values, str(said.line), through, label))
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


class InstrumentsImporter:
    """Reads the register of instruments."""

    kind = "instruments"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file begins with the register's headings."""
        return has_headings(data, INSTRUMENT_HEADINGS)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Read every row and compare it with the register."""
        rows = register_rows(source.file, data, INSTRUMENT_HEADINGS)
        faults: list[Fault] = []
        entries = [_instrument_entry(RowCells(source.file, row, into(faults))) for row in rows]
        if faults:
            raise BadInput(faults)
        codes = {entry.values["code"] for entry in entries} | set(
            InstrumentRecord.objects.standing().values_list("code", flat=True)
        )
        unknown = [entry for entry in entries if entry.values["parent"] and entry.values["parent"] not in codes]
        if unknown:
            expected = _("the code of an instrument in the register")
            raise BadInput(
                [
                    Fault(source.file, f"{e.place.partition(':')[0]}:parent", e.values["parent"], expected)
                    for e in unknown
                ]
            )
        plan = Plan(source.file, self.kind, rows=len(rows), findings=repeated(source.file, entries, ["code"]))
        plan.rejected = len(plan.findings)
        standing = InstrumentRecord.objects.standing().prefetch_related("origin")
        removable = of_same_table(source) if source.kind == Origin.Kind.TABLE else lambda _record: False
        describe(plan, compare(InstrumentRecord, ["code"], entries, standing, removable))
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan."""
        apply(plan.steps, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read the status of every instrument that was added or changed as pages do."""
        entries = [*plan.steps.adds, *(entry for _record, entry in plan.steps.changes)]
        return _read_back((int(entry.place.partition(":")[0]), entry.values["code"]) for entry in entries)


def _read_back(named: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Read instruments as pages do; gives the first line that names each, and its code, before it is read."""
    first: dict[str, int] = {}
    for line, code in named:
        first.setdefault(code, line)
    for code, line in first.items():
        yield str(line), code
        store.read_back(code)


def _instrument_entry(cells: RowCells) -> Entry:
    """A row of the register as the record it asks for; what is wrong in a cell is noted."""

    def required(column: str) -> str:
        return cells.required(column, _("some text"))

    def count(column: str, least: int = 0) -> int | None:
        expected = _("a whole number from %(least)d to %(most)d, or nothing") % {"least": least, "most": _MOST_DAYS}
        return cells.whole_number(column, least, _MOST_DAYS, expected)

    def day(column: str) -> date | None:
        return cells.day(column, _("a day of the calendar as YYYY-MM-DD, or nothing"))

    adopted = day("adopted")
    cells.required("adopted", _("a day of the calendar as YYYY-MM-DD"))
    if adopted is not None and adopted > now().date():
        cells.refuse("adopted", _("a day that is not in the future"))
    if cells.text("code"):
        cells.matching("code", _CODE, _("a code of letters, digits and hyphens"))
    values = {
        "code": required("code"),
        "title": required("title"),
        "short_title": required("short_title"),
        "collection_reference": cells.text("collection_reference"),
        "unts": cells.text("unts"),
        "adopted": adopted,
        "place_adopted": cells.text("place"),
        "depositary": required("depositary"),
        "parent": cells.text("parent"),
        "falls_with_parent": cells.flag("falls_with_parent"),
        "set": cells.one_of("set", SETS),
        "number": count("number"),
        "entry_into_force": day("entry_into_force"),
        "trigger_count": count("trigger_count", least=1),
        "trigger_days": count("trigger_days"),
        "later_days": count("later_days"),
        "withdrawal_rule": cells.one_of("withdrawal_rule", ("", *(rule.value for rule in WithdrawalRule))),
        "organizations": cells.flag("organizations"),
        "participation": required("participation"),
        "recomputation": cells.text("recomputation"),
        "status_data": cells.one_of("status_data", ("held", "none")) == "held",
        "verified": cells.flag("verified"),
        "note": cells.text("note"),
    }
    return Entry(values, cells.place("code"), adopted or date.max, f"{values['code']}: {values['short_title']}")


def register() -> None:
    """Make both kinds of file known to imports, and let the shipped tables be brought in, instruments first."""
    tables = Path(__file__).parent / "tables"
    register_importer(InstrumentsImporter())
    register_importer(ActionsImporter())
    register_reference_table(tables / "instruments.csv")
    register_reference_table(tables / "actions.csv")
