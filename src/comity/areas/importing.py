"""The room's four reference tables, read row by row and compared with what stands.

When a row is known: areas and names from the Charter's entry into force, since they are the words in which facts of
any day are read, and a report as at 2014 must understand them whenever this installation learned them. A membership
is known from its first day and a succession from its date, both public acts.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from django.utils.translation import gettext as _

from comity.areas import store
from comity.areas.gazetteer import Form, Kind
from comity.areas.models import AreaRecord, MembershipRecord, NameRecord, SuccessionRecord
from comity.evidence.errors import Fault
from comity.evidence.files.cells import Note, RowCells
from comity.evidence.files.headed_tables import has_headings, register_rows
from comity.evidence.findings import Finding
from comity.evidence.importing import Plan, register_importer, register_reference_table
from comity.evidence.languages import CODES
from comity.evidence.models import Origin, StoredFact
from comity.evidence.registers import Difference, Entry, apply_planned, compare, describe, of_same_table, repeated
from comity.evidence.store import Source

ALWAYS = date(1945, 10, 24)
M49_SCHEMES = ("m49-region", "m49-subregion", "m49-intermediate")
REGIONAL_SCHEMES = ("regional-group", "regional-group-also")
REGIONAL_GROUPS = ("africa", "asia-pacific", "eastern-europe", "latin-america-caribbean", "western-europe-other")
SCHEMES = ("un-member", *REGIONAL_SCHEMES, *M49_SCHEMES, "part-of", "ldc", "lldc", "sids")
RELATIONS = ("continuation", "dissolution", "separation", "merger")

_CODE = re.compile(r"\d{3}|[A-Z][A-Z0-9_]{1,15}")
_ISO2, _ISO3 = re.compile(r"([A-Z]{2})?"), re.compile(r"([A-Z]{3})?")
_NAME = re.compile(r"(?=.*\w).{1,120}")


@dataclass
class AreaCells(RowCells):
    """A row of one of the tables; `codes` are those of the table of areas."""

    codes: Collection[str] = ()

    def area(self, column: str) -> str:
        """A cell that holds the code of an area in the table of areas."""
        text = self.text(column)
        if text not in self.codes:
            self.refuse(column, _("a code that stands in the table of areas"), "unknown-area")
        return text


def read_area(row: AreaCells) -> Entry:
    """A row of the table of areas."""
    values = {
        "code": row.matching("code", _CODE, _("three digits of M49, or a code of capital letters")),
        "iso2": row.matching("iso2", _ISO2, _("two capital letters, or nothing")),
        "iso3": row.matching("iso3", _ISO3, _("three capital letters, or nothing")),
        "kind": row.one_of("kind", get_args(Kind)),
        **row.spell("exists_from", "exists_to"),
        "verified": row.flag("verified"),
        "note": row.text("note"),
    }
    return Entry(values, row.place("code"), ALWAYS, f"{values['code']} {values['iso3']}".strip())


def read_name(row: AreaCells) -> Entry:
    """A row of the table of names."""
    values = {
        "area": row.area("area"),
        "language": row.one_of("language", CODES),
        "form": row.one_of("form", get_args(Form)),
        "name": row.matching("name", _NAME, _("a name of at most 120 characters")),
        **row.spell("valid_from", "valid_to"),
        "verified": row.flag("verified"),
        "note": row.text("note"),
    }
    return Entry(values, row.place("name"), ALWAYS, f"{values['area']} {values['language']} {values['name']}")


def read_membership(row: AreaCells) -> Entry:
    """A row of the table of memberships."""
    scheme = row.one_of("scheme", SCHEMES)
    values = {
        "area": row.area("area"),
        "scheme": scheme,
        "value": _group_value(row, scheme),
        **row.spell("valid_from", "valid_to"),
        "verified": row.flag("verified"),
        "note": row.text("note"),
    }
    begins = values["valid_from"]
    place = row.place("valid_from" if begins else "value")
    known_from = begins if isinstance(begins, date) else ALWAYS
    return Entry(values, place, known_from, f"{values['area']} {scheme} {values['value']}")


def _group_value(row: AreaCells, scheme: str) -> str:
    if scheme in (*M49_SCHEMES, "part-of"):
        return row.area("value")
    if scheme in REGIONAL_SCHEMES:
        return row.one_of("value", REGIONAL_GROUPS)
    return row.one_of("value", ("member",) if scheme == "un-member" else ("yes",))


def read_succession(row: AreaCells) -> Entry:
    """A row of the table of successions."""
    day = row.day("date")
    if day is None:
        row.required("date", _("a day as YYYY-MM-DD"))
    values = {
        "predecessor": row.area("predecessor"),
        "successor": row.area("successor"),
        "date": day,
        "relation": row.one_of("relation", RELATIONS),
        "verified": row.flag("verified"),
        "note": row.text("note"),
    }
    label = f"{values['predecessor']} → {values['successor']}"
    return Entry(values, row.place("successor"), day or ALWAYS, label)


Values = Mapping[str, Any]
Misfit = tuple[Entry, str, str]
"""A row, the column in which it does not fit in among all others, and what was expected there."""


def _shared_codes(own: Sequence[Entry], everything: Sequence[Values]) -> Iterator[Misfit]:
    """Codes of an area that stands by which another one is known already: no page would find either by them.

    ISO gives the codes of States that have ended to others.
    """
    bearers: dict[str, list[str]] = defaultdict(list)
    for one in everything:
        for code in {one["code"], one["iso2"], one["iso3"]} if one["exists_to"] is None else ():
            bearers[code].append(one["code"])
    for entry in own:
        for column in ("code", "iso2", "iso3") if entry.values["exists_to"] is None else ():
            others = [code for code in bearers[entry.values[column]] if code != entry.values["code"]]
            if entry.values[column] and others:
                expected = _("a code that no other area has; %(area)s has it")
                yield entry, column, expected % {"area": others[0]}


def _circles(own: Sequence[Entry], everything: Sequence[Values]) -> Iterator[Misfit]:
    """Successions by which an area follows itself, so that nobody could say which one goes on."""
    following = {one["predecessor"]: one["successor"] for one in everything if one["relation"] == "continuation"}
    for entry in own:
        code, passed = entry.values["successor"], set[str]()
        while entry.values["relation"] == "continuation" and code in following and code not in passed:
            passed.add(code)
            code = following[code]
        if entry.values["predecessor"] in {code, *passed}:
            yield entry, "successor", _("an area that does not go on in the one that it follows")


def _into(findings: list[Finding]) -> Note:
    return lambda rule, fault: findings.append(_finding(rule, fault))


def _finding(rule: str, fault: Fault) -> Finding:
    message = _("“%(value)s” is not %(expected)s") % {"value": fault.value, "expected": fault.expected}
    return Finding(rule, "error", fault.file, fault.place, fault.value, fault.expected, message, rejected=True)


@dataclass
class TableImporter:
    """The importer of one of the room's tables, known by its exact headings.

    `misfits` finds what does not fit in among all rows, those that stand and those of the file.
    """

    kind: str
    table: str
    model: type[StoredFact]
    headings: tuple[str, ...]
    key: tuple[str, ...]
    read: Callable[[AreaCells], Entry]
    misfits: Callable[[Sequence[Entry], Sequence[Values]], Iterable[Misfit]] = lambda _own, _everything: ()

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file begins with the table's headings."""
        return has_headings(data, self.headings)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Check every row, and compare those that are sound with the records that stand."""
        rows = register_rows(source.file, data, self.headings)
        codes = self._codes()
        plan = Plan(source.file, self.kind, rows=len(rows))
        entries = []
        for row in rows:
            findings: list[Finding] = []
            entry = self.read(AreaCells(source.file, row, _into(findings), codes=codes))
            plan.findings += findings
            if not findings:
                entries.append(entry)
        plan.findings += repeated(source.file, entries, self.key)
        plan.findings += self._misfits(source.file, entries)
        plan.rejected = len({finding.place.partition(":")[0] for finding in plan.findings})
        if not plan.errors:
            standing = self.model.objects.standing().prefetch_related("origin")
            describe(plan, compare(self.model, self.key, entries, standing, of_same_table(source)))
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan."""
        apply_planned(plan, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read the areas of every row that was added or changed as pages do."""
        difference: Difference = plan.steps
        for entry in (*difference.adds, *(entry for _record, entry in difference.changes)):
            yield entry.place, entry.label
            for column in ("code", "area", "predecessor", "successor"):
                if column in entry.values:
                    store.read_back(entry.values[column])

    def _misfits(self, file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
        rows = [vars(record) for record in self.model.objects.standing()] + [entry.values for entry in entries]
        everything = {tuple(row[name] for name in self.key): row for row in rows}
        for entry, column, expected in self.misfits(entries, list(everything.values())):
            value, place = str(entry.values[column]), f"{entry.place.partition(':')[0]}:{column}"
            yield _finding("misfit", Fault(file, place, value, expected))

    def _codes(self) -> Collection[str]:
        if self.model is AreaRecord:
            return ()
        return set(AreaRecord.objects.standing().values_list("code", flat=True))


_SPELL = ("valid_from", "valid_to", "verified", "note")
IMPORTERS = (
    TableImporter(
        "areas",
        "areas.csv",
        AreaRecord,
        ("code", "iso2", "iso3", "kind", "exists_from", "exists_to", "verified", "note"),
        ("code",),
        read_area,
        _shared_codes,
    ),
    TableImporter(
        "area names",
        "names.csv",
        NameRecord,
        ("area", "language", "form", "name", *_SPELL),
        ("area", "language", "form", "name"),
        read_name,
    ),
    TableImporter(
        "memberships",
        "memberships.csv",
        MembershipRecord,
        ("area", "scheme", "value", *_SPELL),
        ("area", "scheme", "value", "valid_from"),
        read_membership,
    ),
    TableImporter(
        "successions",
        "succession.csv",
        SuccessionRecord,
        ("predecessor", "successor", "date", "relation", "verified", "note"),
        ("predecessor", "successor"),
        read_succession,
        _circles,
    ),
)


def register() -> None:
    """Make the four tables known to imports, and let the shipped ones be brought in, areas first."""
    tables = Path(__file__).parent / "tables"
    for importer in IMPORTERS:
        register_importer(importer)
        register_reference_table(tables / importer.table)
