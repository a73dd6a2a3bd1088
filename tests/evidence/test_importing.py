"""The way in for files: what keeps one out, what a plan counts, and what is kept of its source."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from comity.evidence import importing
from comity.evidence.errors import BadInput, Fault
from comity.evidence.importing import Finding, Plan, carry_out, plan_import, source_as_said
from comity.evidence.models import AuditEvent, Origin
from comity.evidence.store import Source, fingerprint, now, record_event

DATA = b"lighthouse,height\nEddystone,49\n"


def finding(severity: str, *, rejected: bool = False) -> Finding:
    return Finding("a rule", severity, "l.csv", "2:height", "tall", "a number", "", rejected)  # type: ignore[arg-type]


@dataclass
class CountedPlan(Plan):
    """A plan that counts and has no line for each record."""

    count: int = 0

    @property
    def added(self) -> int:
        return self.count


class Lighthouses:
    """An importer that gives the plan it is told to, and keeps the origins with which it was applied."""

    kind = "lighthouses"

    def __init__(self, make: Callable[[Source], Plan]) -> None:
        self.make = make
        self.applied: list[Origin] = []

    def recognises(self, name: str, data: bytes) -> bool:
        return data.startswith(b"lighthouse,")

    def plan(self, data: bytes, source: Source) -> Plan:
        return self.make(source)

    def apply(self, plan: Plan, origin: Origin) -> None:
        self.applied.append(origin)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Source], Plan]], Lighthouses]:
    """Makes the one importer that there is."""

    def register(make: Callable[[Source], Plan]) -> Lighthouses:
        importer = Lighthouses(make)
        monkeypatch.setattr(importing, "_importers", [importer])
        return importer

    return register


def bring_in(source: Source | None = None) -> tuple[Plan, Origin | None]:
    importer, plan, described = plan_import("l.csv", DATA, source)
    return plan, carry_out(importer, plan, described, DATA, actor="a test")


def test_an_error_keeps_a_file_out_and_a_warning_does_not() -> None:
    error, warning = finding("error"), finding("warning", rejected=True)
    assert Plan("l.csv", "lighthouses", findings=[warning, error]).errors == [error]


def test_a_tolerant_plan_is_kept_out_only_by_errors_that_reject_no_row() -> None:
    row, whole = finding("error", rejected=True), finding("error")
    assert Plan("l.csv", "lighthouses", findings=[row], tolerant=False).errors == [row]
    assert Plan("l.csv", "lighthouses", findings=[row, whole], tolerant=True).errors == [whole]
    told = Plan("l.csv", "lighthouses", rows=2, rejected=1, findings=[row], tolerant=True).as_json()
    assert (told["observations"], told["rejected"], len(told["findings"])) == (1, 1, 1)


def test_counts_are_of_the_lines_unless_a_plan_holds_counts() -> None:
    lines = Plan("l.csv", "lighthouses", adds=["a", "b"], changes=["c"], removed=["d", "e", "f"], unchanged=4)
    told = lines.as_json()
    assert [told[word] for word in ("adds", "changes", "removed", "unchanged")] == [2, 1, 3, 4]
    assert CountedPlan("l.csv", "lighthouses", count=12_000_000).as_json()["adds"] == 12_000_000


@pytest.mark.parametrize("word", ["adds", "changes", "removed"])
def test_a_plan_changes_something_where_any_of_its_counts_does(word: str) -> None:
    assert Plan("l.csv", "lighthouses", **{word: ["Eddystone"]}).changes_anything
    assert not Plan("l.csv", "lighthouses", unchanged=3).changes_anything
    assert CountedPlan("l.csv", "lighthouses", count=1).changes_anything


@pytest.mark.django_db
def test_bytes_held_already_are_brought_in_again_only_where_the_plan_changes_something(
    reader: Callable[..., Lighthouses],
) -> None:
    counts = iter((1, 0, 1))
    importer = reader(lambda source: CountedPlan(source.file, "lighthouses", count=next(counts)))
    assert [origin is not None for _plan, origin in (bring_in(), bring_in(), bring_in())] == [True, False, True]
    assert len(importer.applied) == AuditEvent.objects.filter(act="import").count() == 2
    assert list(AuditEvent.objects.order_by("number").values_list("subject__adds", flat=True)) == [1, 1]


@pytest.mark.django_db
def test_an_option_that_an_importer_does_not_heed_is_named(reader: Callable[..., Lighthouses]) -> None:
    importer = reader(lambda source: Plan(source.file, "lighthouses", adds=["a"], findings=[finding("warning")]))
    said = Source("l.csv", "Lights", extra={"replaces": "true", "subject": "lights"})
    assert [(one.rule, one.value) for one in plan_import("l.csv", DATA, said)[1].findings] == [
        ("a rule", "tall"),
        ("option-without-effect", "--replaces"),
        ("option-without-effect", "--subject"),
    ]
    importer.heeds = frozenset({"replaces", "subject"})  # type: ignore[attr-defined]
    assert len(plan_import("l.csv", DATA, said)[1].findings) == 1
    table = replace(said, kind=Origin.Kind.TABLE, extra={"gaps": "many"})
    assert len(plan_import("l.csv", DATA, table)[1].findings) == 1


@pytest.mark.django_db
def test_a_date_for_bytes_that_are_held_is_named_where_it_is_not_corrected(reader: Callable[..., Lighthouses]) -> None:
    importer = reader(lambda source: Plan(source.file, "lighthouses", adds=["a"]))
    first, later = (Source("l.csv", "Lights", published=date(year, 5, 1)) for year in (2019, 2020))
    assert bring_in(first)[0].findings == []
    assert [one.value for one in plan_import("l.csv", DATA, later)[1].findings] == ["--published 2020-05-01"]
    assert plan_import("l.csv", DATA, first)[1].findings == []
    importer.heeds = frozenset({"published"})  # type: ignore[attr-defined]
    assert plan_import("l.csv", DATA, later)[1].findings == []


@pytest.mark.django_db
def test_a_plan_that_is_made_again_names_them_too(reader: Callable[..., Lighthouses]) -> None:
    reader(lambda source: Plan(source.file, "lighthouses", adds=["a"]))
    importer, plan, described = plan_import("l.csv", DATA, Source("l.csv", "Lights", extra={"held": "true"}))
    record_event("a test", "another act", {}, at=now())
    carry_out(importer, plan, described, DATA, actor="a test")
    assert [one.value for one in plan.findings] == ["--held"]


@pytest.mark.django_db
def test_a_tolerant_plan_is_carried_out_with_its_rejected_rows(reader: Callable[..., Lighthouses]) -> None:
    rejected = finding("error", rejected=True)
    importer = reader(lambda source: Plan(source.file, "lighthouses", adds=["a"], findings=[rejected], tolerant=True))
    plan, origin = bring_in()
    assert importer.applied == [origin]
    assert plan.findings == [rejected]


@pytest.mark.django_db
def test_a_plan_with_errors_is_refused_and_nothing_is_kept(reader: Callable[..., Lighthouses]) -> None:
    reader(lambda source: Plan(source.file, "lighthouses", adds=["a"], findings=[finding("error")]))
    with pytest.raises(BadInput, match="2:height"):
        bring_in()
    assert not Origin.objects.filter(pk=fingerprint(DATA)).exists()


@pytest.mark.django_db
def test_what_an_importer_learned_of_a_source_is_kept(reader: Callable[..., Lighthouses]) -> None:
    def make(source: Source) -> Plan:
        learned = replace(source, publisher=source.publisher or "Trinity House", published=date(2019, 5, 1))
        return Plan(source.file, "lighthouses", adds=["a"], source=learned)

    reader(make)
    assert plan_import("l.csv", DATA)[2].publisher == "Trinity House"
    origin = bring_in(Source("l.csv", "Lights", publisher="A mariner"))[1]
    assert origin is not None
    kept = Origin.objects.get(pk=fingerprint(DATA))
    assert (kept.publisher, kept.published, kept.title) == ("A mariner", date(2019, 5, 1), "Lights")


@pytest.mark.django_db
def test_a_plan_made_again_under_the_lock_keeps_the_source_learned_then(reader: Callable[..., Lighthouses]) -> None:
    days = iter((date(2019, 5, 1), date(2020, 5, 1)))
    reader(lambda source: Plan(source.file, "lighthouses", adds=["a"], source=replace(source, published=next(days))))
    importer, plan, described = plan_import("l.csv", DATA)
    record_event("another", "import", {}, at=now())
    carry_out(importer, plan, described, DATA, actor="a test")
    assert Origin.objects.get(pk=fingerprint(DATA)).published == date(2020, 5, 1)


def test_what_is_said_of_a_source_is_described_and_the_rest_is_for_the_importer() -> None:
    said = {"published": "2019-05-01", "publisher": "Trinity House", "title": "Lights", "licence": "OGL"}
    found = source_as_said({**said, "url": "https://example.org/", "held": "true", "subject": "lights"})
    assert (found.published, found.publisher, found.title) == (date(2019, 5, 1), "Trinity House", "Lights")
    assert (found.licence, found.url) == ("OGL", "https://example.org/")
    assert found.extra == {"held": "true", "subject": "lights"}
    assert source_as_said({}) == Source(file="", title="")


def test_a_file_may_be_published_today_and_not_tomorrow() -> None:
    today = now().date()
    assert source_as_said({"published": today.isoformat()}).published == today
    with pytest.raises(BadInput, match=r"--published.*not in the future"):
        source_as_said({"published": (today + timedelta(days=2)).isoformat()})


@pytest.mark.parametrize(
    ("name", "text"), [("title", "t" * 501), ("publisher", "p" * 256), ("licence", "\udcff"), ("subject", "\udcff")]
)
def test_text_that_cannot_be_kept_is_refused_with_its_option(name: str, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        source_as_said({name: text})
    assert [fault.place for fault in refused.value.faults] == [f"--{name}"]
    str(refused.value).encode()


@pytest.mark.django_db
def test_a_workbook_that_nothing_reads_is_called_a_workbook():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_row(0, 0, ["instrument", "participant", "action", "date"])
    with pytest.raises(BadInput) as refused:
        plan_import("actions.xlsx", stream.getvalue())
    [fault] = refused.value.faults
    assert (fault.place, fault.value, "save as CSV" in fault.expected) == ("", "a workbook (.xlsx)", True)


@pytest.mark.django_db
def test_where_a_table_that_ships_is_refused_nothing_of_the_others_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def register(name: str, data: bytes) -> Path:
        (tmp_path / f"{name}.source.yaml").write_text(f"title: {name}\n", encoding="utf-8")
        (tmp_path / f"{name}.csv").write_bytes(data)
        return tmp_path / f"{name}.csv"

    def plan(source: Source) -> Plan:
        broken = [finding("error")] if source.title == "broken" and not mended else []
        return CountedPlan(source.file, "lighthouses", rows=1, count=1, findings=broken)

    mended: list[bool] = []
    tables = [register(name, DATA + name.encode()) for name in ("first", "broken", "last")]
    monkeypatch.setattr(importing, "_reference_tables", tables)
    monkeypatch.setattr(importing, "_importers", [Lighthouses(plan)])
    before = Origin.objects.count(), AuditEvent.objects.count()
    with pytest.raises(BadInput):
        importing.load_reference_tables()
    assert (Origin.objects.count(), AuditEvent.objects.count()) == before
    mended.append(True)
    assert [one.rows for one in importing.load_reference_tables()] == [1, 1, 1]


class Unreadable(Lighthouses):
    """An importer whose second record no page could show."""

    def read_back(self, plan: Plan) -> Iterator[tuple[str, str]]:
        yield "2", "Eddystone"
        yield "3", "Bell Rock"
        raise ValueError("a height in feet")


@pytest.mark.django_db
def test_what_cannot_be_read_back_is_not_stored_and_named_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    importer = Unreadable(lambda source: Plan(source.file, "lighthouses", adds=["Eddystone"]))
    monkeypatch.setattr(importing, "_importers", [importer])
    events = AuditEvent.objects.count()
    with pytest.raises(BadInput, match=r"l\.csv, 3: found “Bell Rock”.*a height in feet"):
        carry_out(*plan_import("l.csv", DATA), DATA, actor="tester")
    assert importer.applied
    assert not Origin.objects.filter(pk=fingerprint(DATA)).exists()
    assert AuditEvent.objects.count() == events


@pytest.mark.django_db
def test_fault_without_a_file_is_named_with_the_file(reader: Callable[..., Lighthouses]) -> None:
    def fails(_source: Source) -> Plan:
        raise BadInput(Fault("", "2:height", "tall", "a number"))

    reader(fails)
    with pytest.raises(BadInput, match=r"l\.csv, 2:height"):
        plan_import("l.csv", DATA)
