"""Bringing in the register of instruments, each known from its adoption, which is a public act."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files.cells import RowCells, into
from comity.evidence.files.headed_tables import has_headings, register_rows
from comity.evidence.importing import Plan
from comity.evidence.models import Origin
from comity.evidence.registers import Entry, apply, compare, describe, of_same_table, repeated
from comity.evidence.store import Source, now
from comity.instruments import store
from comity.instruments.actions.action import WithdrawalRule
from comity.instruments.models import InstrumentRecord

INSTRUMENT_HEADINGS = (
    "code", "title", "short_title", "collection_reference", "unts", "adopted", "place", "depositary", "parent",
    "falls_with_parent", "set", "number", "entry_into_force", "trigger_count", "trigger_days", "later_days",
    "withdrawal_rule", "organizations", "participation", "recomputation", "status_data", "verified", "note",
    "other_codes",
)  # fmt: skip
_BEFORE_OTHER_CODES = INSTRUMENT_HEADINGS[:-1]
"""The headings of a register that says nothing of other codes."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""A code stands in addresses and between the points and commas of a figure's id."""
_MOST_DAYS = 10_000
"""A generation: no rule of entry into force waits longer, and every day that follows from one is in the calendar."""
SETS = ("organized-crime", "corruption", "cybercrime", "drugs", "counter-terrorism")


class InstrumentsImporter:
    """Reads the register of instruments."""

    kind = "instruments"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file begins with the register's headings."""
        return has_headings(data, INSTRUMENT_HEADINGS) or has_headings(data, _BEFORE_OTHER_CODES)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Read every row and compare it with the register."""
        before = has_headings(data, _BEFORE_OTHER_CODES)
        rows = register_rows(source.file, data, _BEFORE_OTHER_CODES if before else INSTRUMENT_HEADINGS)
        faults: list[Fault] = []
        standing = list(InstrumentRecord.objects.standing().prefetch_related("origin"))
        held = {record.code: record.other_codes for record in standing}
        cells = [RowCells(source.file, row, into(faults)) for row in rows]
        entries = [_instrument_entry(row, held.get(row.text("code"), "") if before else None) for row in cells]
        if faults:
            raise BadInput(faults)
        codes = {entry.values["code"] for entry in entries} | set(held)
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
        removable = of_same_table(source) if source.kind == Origin.Kind.TABLE else lambda _record: False
        describe(plan, compare(InstrumentRecord, ["code"], entries, standing, removable))
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan."""
        apply(plan.steps, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read the status of every instrument that was added or changed as pages do."""
        entries = [*plan.steps.adds, *(entry for _record, entry in plan.steps.changes)]
        return store.read_back((int(entry.place.partition(":")[0]), entry.values["code"]) for entry in entries)


def _instrument_entry(cells: RowCells, other_codes: str | None = None) -> Entry:
    """A row of the register as the record it asks for; what is wrong in a cell is noted.

    `other_codes` are those that are held, where the file has no column for them.
    """

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
        "other_codes": cells.text("other_codes") if other_codes is None else other_codes,
    }
    if any(not _CODE.fullmatch(code) for code in str(values["other_codes"]).split()):
        cells.refuse("other_codes", _("codes of letters, digits and hyphens, with a space between them"))
    return Entry(values, cells.place("code"), adopted or date.max, f"{values['code']}: {values['short_title']}")
