"""Correspondence tables as a register: brought in row by row, each row with its place and what it replaced."""

from collections.abc import Iterator
from datetime import date

from comity.classifications.correspondence import (
    HEADINGS,
    Correspondence,
    Match,
    condition_text,
    read_condition,
    read_correspondence,
)
from comity.classifications.models import CorrespondenceRecord
from comity.evidence.files.headed_tables import has_headings
from comity.evidence.importing import Plan, register_importer
from comity.evidence.models import Origin
from comity.evidence.registers import Entry, apply_planned, compare, describe, of_same_table
from comity.evidence.store import Source, now

KEY = ("system", "national_code", "iccs", "condition", "valid_from")


class CorrespondenceImporter:
    """The importer of correspondence tables, known by their exact headings."""

    kind = "correspondence of national codes with the ICCS"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file begins with the headings of a correspondence table."""
        return has_headings(data, HEADINGS)

    def plan(self, data: bytes, source: Source) -> Plan:
        """Check the table whole, and compare it with the rows that stand. Raises BadInput with every fault."""
        read = read_correspondence(data, source.file)
        known_from = source.published or now().date()
        entries = [_entry(match, known_from) for match in read.matches]
        plan = Plan(source.file, self.kind, rows=len(entries))
        standing = CorrespondenceRecord.objects.standing().select_related("origin")
        describe(plan, compare(CorrespondenceRecord, KEY, entries, standing, of_same_table(source)))
        return plan

    def apply(self, plan: Plan, origin: Origin) -> None:
        """Carry out a plan."""
        apply_planned(plan, origin)

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Read every row of the correspondence as pages do."""
        for record in CorrespondenceRecord.objects.standing():
            yield record.place, f"{record.system} {record.national_code}"
            _match(record)


def _entry(match: Match, known_from: date) -> Entry:
    values = {name: getattr(match, name) for name in HEADINGS} | {"condition": condition_text(match.condition)}
    return Entry(
        values, f"{match.line}:national_code", known_from, f"{match.system} {match.national_code} → {match.iccs}"
    )


def correspondence(as_at: date) -> Correspondence:
    """The correspondence of national codes with the ICCS as known on a day."""
    records = CorrespondenceRecord.objects.as_at(as_at).order_by("system", "national_code", "valid_from", "iccs")
    return Correspondence(tuple(_match(record) for record in records))


def _match(record: CorrespondenceRecord) -> Match:
    values = {name: getattr(record, name) for name in HEADINGS} | {"condition": read_condition(record.condition)}
    return Match(**values, line=int(record.place.partition(":")[0]))


def register() -> None:
    """Make correspondence tables known to `comity import`."""
    register_importer(CorrespondenceImporter())
