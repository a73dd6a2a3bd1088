"""What anybody changes behind the chain's back is named, by whatever hand: in the database, in files, in both."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import DatabaseError, connection, models, transaction

from comity.areas.models import AreaRecord
from comity.evidence import store
from comity.evidence.chain import anchors, audit, events, guards, keys, ledger
from comity.evidence.chain.discrepancies import ERROR, Discrepancy
from comity.evidence.errors import WorkspaceError
from comity.evidence.figures import canonical
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.models import AuditEvent, Origin, recorded_models
from comity.evidence.store import Source
from comity.evidence.workspaces import binding, workspace

HEADINGS = b"code,iso2,iso3,kind,exists_from,exists_to,verified,note\n"
FIRST = HEADINGS + b"250,FR,FRA,state,,,1,\n076,BR,BRA,state,,,1,\n004,AF,AFG,state,,,1,\n"
SECOND = HEADINGS + b"250,FR,FRA,state,,,1,corrected\n076,BR,BRA,state,,,1,\n"
FORGER = Ed25519PrivateKey.generate()
Capture = Callable[..., Any]


@pytest.fixture
def acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture, db: None
) -> Capture:
    """A workspace with a short history: areas brought in, then one of them corrected and another removed."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))

    def committed() -> Any:
        return django_capture_on_commit_callbacks(execute=True)

    with committed():
        binding.bind()
        store.begin_signing("a test")
    for data in (FIRST, SECOND):
        with committed():
            bring_in(data)
    return committed


def bring_in(data: bytes) -> None:
    source = Source(file="areas/areas.csv", title="Areas", kind=Origin.Kind.TABLE, publisher="United Nations")
    importer, plan, described = plan_import("areas/areas.csv", data, source)
    carry_out(importer, plan, described, data, actor="ada")


def faults() -> list[Discrepancy]:
    """What verifying finds, beside the guards that a forgery of these tests does without."""
    return [fault for fault in audit.verify().discrepancies if fault.kind != "guard"]


def named(found: Sequence[Discrepancy]) -> str:
    return "\n".join(str(fault) for fault in found)


def forge(*statements: str, values: Sequence[Any] = ()) -> None:
    """Run statements as one who may do everything in the database, so that no trigger stands in the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement, values or None)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_an_honest_history_holds_and_names_nothing(acts: Capture) -> None:
    assert audit.verify().discrepancies == []
    assert audit.verify().chain.key == keys.pinned().key
    assert [event.act for event in store.events()] == ["begin", "import", "import"]


@pytest.mark.parametrize(
    "statement, where, what",
    [
        ("UPDATE areas_arearecord SET iso3 = 'QQQ' WHERE code = '076'", "areas_arearecord", "not as event 2 wrote it"),
        ("DELETE FROM areas_arearecord WHERE code = '076'", "areas_arearecord", "gone: event 2 wrote it"),
        (
            "INSERT INTO areas_arearecord (code, iso2, iso3, kind, verified, note, place, recorded_at, known_from, "
            "closed_because, origin_id) SELECT 'ATL', iso2, iso3, kind, verified, note, place, recorded_at, "
            "known_from, '', origin_id FROM areas_arearecord WHERE code = '076'",
            "areas_arearecord",
            "no event wrote it",
        ),
        (
            "UPDATE areas_arearecord SET closed_at = recorded_at, closed_from = known_from WHERE code = '076'",
            "areas_arearecord",
            "no event closed it",
        ),
        (
            "UPDATE areas_arearecord SET closed_at = NULL, closed_from = NULL, closed_because = '' WHERE code = '004'",
            "areas_arearecord",
            "no longer closed, as event 3 closed it",
        ),
        ("UPDATE areas_arearecord SET closed_because = 'x' WHERE code = '004'", "areas_arearecord", "event 3 closed"),
        ("UPDATE areas_arearecord SET replaced_by_id = NULL WHERE code = '250'", "areas_arearecord", "event 3 closed"),
        ("UPDATE evidence_origin SET publisher = 'Nobody'", "evidence_origin", "not as event 2 wrote it"),
        ("UPDATE evidence_origin SET title = 'Other'", "evidence_origin", "not as event 3 wrote it"),
        ("UPDATE evidence_identity SET value = 'another'", "evidence_identity", "not as event 1 wrote it"),
        ("UPDATE evidence_auditevent SET actor = 'Secretary-General' WHERE number = 2", "event 2", "it was changed"),
        ("UPDATE evidence_auditevent SET signature = NULL WHERE number = 3", "event 3", "not signed"),
        ("UPDATE evidence_auditevent SET records = '{}' WHERE number = 2", "event 2", "what it signed"),
        ("UPDATE evidence_auditevent SET records = NULL WHERE number = 2", "event 2", "what it signed"),
        ("UPDATE evidence_auditevent SET records = 'no JSON' WHERE number = 2", "event 2", "what it signed"),
        ("DELETE FROM evidence_auditevent WHERE number = 2", "event 3", "the events between are gone"),
        ("DELETE FROM evidence_auditevent WHERE number = 3", "event 3", "gone from the chain"),
        ("DELETE FROM evidence_auditevent", "event 1", "gone from the chain"),
        ("UPDATE evidence_auditevent SET subject = '[]' WHERE number = 1", "event 1", ""),
        ("UPDATE evidence_auditevent SET subject = '7' WHERE number = 2", "event 2", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_written_into_the_database_behind_the_chain_is_named(
    acts: Capture, statement: str, where: str, what: str
) -> None:
    forge(statement)
    found = named(faults())
    assert any(line.startswith(where) and what in line for line in found.splitlines()), found


def _another(field: Any, value: Any) -> Any:
    """A value of a column's kind that is not the one it has."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateField):
        return value + timedelta(days=1) if value else store.now().date()
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.JSONField):
        return json.dumps({"other": 1})
    return f"{value or ''}x"[-min(field.max_length or 99, 99) :]


def test_each_column_of_each_row_is_covered(acts: Capture) -> None:
    for row in (AreaRecord.objects.exclude(replaced_by=None).get(), Origin.objects.first()):
        model = type(row)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) or field.primary_key:
                continue
            other = _another(field, getattr(row, field.attname))
            table, key = model._meta.db_table, model._meta.pk.column
            with transaction.atomic():
                forge(f'UPDATE {table} SET "{field.column}" = %s WHERE {key} = %s', values=[other, row.pk])  # noqa: S608
                assert f"{table} {row.pk}" in named(faults()), field.column
                transaction.set_rollback(True)


def test_a_row_that_cannot_be_read_is_named_beside_others(acts: Capture) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL holds nothing that its columns cannot")
    forge("UPDATE areas_arearecord SET recorded_at = '2012-99-99 00:00:00', iso3 = 'QQQ' WHERE code = '076'")
    forge("UPDATE areas_arearecord SET iso3 = 'QQQ' WHERE code = '004'")
    found = named(faults())
    assert "cannot be read" in found
    assert "not as event 2 wrote it" in found


BRAZIL = "UPDATE areas_arearecord SET {} WHERE code = '076'"
DEFORMED = [
    ("closed_at = '', closed_from = ''", "areas_arearecord"),
    ("known_from = replace(known_from, '-', '')", "areas_arearecord"),
    ("recorded_at = recorded_at || '+00:00'", "areas_arearecord"),
    ("exists_to = ''", "areas_arearecord"),
    ("iso3 = CAST('BRA' AS BLOB)", "areas_arearecord"),
]


@pytest.mark.parametrize(("change", "where"), DEFORMED)
def test_what_only_seems_to_be_as_it_was_written_is_named(acts: Capture, change: str, where: str) -> None:
    """SQLite takes anything: what our reader takes for the same is another thing where rows are compared."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL holds nothing that its columns cannot")
    forge(BRAZIL.format(change))
    column = change.partition(" ")[0]
    assert re.search(rf"^{where} \d+.*(its {column} does not stand|cannot be read)", named(faults()), re.M), faults()


def test_a_name_that_stands_twice_in_json_is_named(acts: Capture) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps one of them alone")
    forge("""UPDATE evidence_auditevent SET subject = '{"kind": "none", ' || substr(subject, 2) WHERE number = 2""")
    assert "its subject does not stand as it was written" in named(faults())


def test_a_fact_closed_by_a_row_that_is_none_is_named(acts: Capture) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL asks for the row at once")
    with transaction.atomic():
        forge(BRAZIL.format("replaced_by_id = 0"))
        assert "no event closed it" in named(faults())
        transaction.set_rollback(True)


@pytest.mark.parametrize("column", ["subject", "records"])
def test_an_event_that_is_nested_without_end_ends_no_check(acts: Capture, column: str) -> None:
    # No deeper is valid JSON to SQLite, nor to PostgreSQL's reader.
    depth = 50_000 if column == "records" else 5_000 if connection.vendor == "postgresql" else 995
    deep = "[" * depth + "]" * depth
    forge(f"UPDATE evidence_auditevent SET {column} = %s WHERE number = 2", values=[deep])  # noqa: S608
    assert "event 2" in named(faults())


def _append(number: int, previous: str, **said: Any) -> None:
    """Append an event that follows from those before it, signed by another key or by none."""
    event = {"at": store.now(), "actor": "Secretary-General", "act": "import", "subject": {}, **said}
    value = events.event_hash(number, event["at"], event["actor"], event["act"], event["subject"], previous)
    signature = FORGER.sign(f"{number}:{value}".encode()).hex()
    forge()
    AuditEvent.objects.create(number=number, previous=previous, hash=value, **{"signature": signature, **event})


@pytest.mark.parametrize("signature", [None, "", "00" * 64, "no hex", "signed by another"])
def test_an_event_appended_without_the_key_is_named(acts: Capture, signature: str | None) -> None:
    own = {} if signature == "signed by another" else {"signature": signature}
    _append(4, store.head()[1], at=store.now().replace(year=1999), **own)
    found = named(faults())
    assert "event 4: it is not signed by the workspace's key" in found
    assert "event 4: its moment, 1999" in found


def test_a_chain_rewritten_whole_by_another_key_is_named_by_what_lies_outside(acts: Capture) -> None:
    public_key = keys.public_of(FORGER)
    held = list(store.events())
    said = {event.number: event.subject for event in held}
    said[1] = {**said[1], "key": keys.key_fingerprint(public_key), "public_key": public_key}
    records = dict(AuditEvent.objects.values_list("number", "records"))
    forge("DELETE FROM evidence_auditevent")
    previous = events.GENESIS
    for event in held:
        _append(
            event.number,
            previous,
            at=event.at,
            act=event.act,
            subject=said[event.number],
            records=records[event.number],
        )
        previous = store.head()[1]
    assert events.first_break(store.events()) is None
    found = named(faults())
    assert all(f"event {number}: it is not signed by the workspace's key" in found for number in (1, 2, 3))
    assert "event 2: it is another than anchors/heads.jsonl says" in found


def test_a_fact_changed_together_with_what_its_event_says_of_it_is_named_by_the_event(acts: Capture) -> None:
    forge("UPDATE areas_arearecord SET iso3 = 'QQQ' WHERE code = '076'")
    row = next(row for row in ledger.rows(AreaRecord) if row["code"] == "076")
    records = json.loads(AuditEvent.objects.get(number=2).records)
    records["wrote"]["areas_arearecord"][str(row["pk"])] = ledger.digest(AreaRecord, row, ledger.WROTE)
    forge("UPDATE evidence_auditevent SET records = %s WHERE number = 2", values=[canonical(records)])
    assert named(faults()) == "event 2: what it says of the rows that it wrote is not what it signed"
    subject = {**AuditEvent.objects.get(number=2).subject, events.RECORDS: events.digest_of_records(canonical(records))}
    forge("UPDATE evidence_auditevent SET subject = %s WHERE number = 2", values=[json.dumps(subject)])
    assert named(faults()).startswith("event 2: it was changed")


def _origin(home: Path) -> Path:
    return home / "origins" / store.fingerprint(FIRST)


def _edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def _another_key(home: Path) -> None:
    data = FORGER.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (home / "keys" / "audit.pem").write_bytes(data)


def _another_pin(home: Path) -> None:
    keys.keep_pin(keys.public_of(FORGER), 1)


def _later_pin(home: Path) -> None:
    keys.keep_pin(keys.public_key(), 3)


ENDLESS = 200 * 2**30
"""Bytes that a file says it has, and that are nowhere: to read them would take the memory, or hours."""


@pytest.mark.parametrize(
    "forgery, expected",
    [
        (lambda home: _origin(home).unlink(), "missing: the bytes of areas/areas.csv"),
        (lambda home: _edit(_origin(home), lambda data: data + b"x"), "changed: the bytes of areas/areas.csv"),
        (lambda home: _edit(_origin(home), lambda data: data.replace(b"FRA", b"QQQ")), "changed: the bytes of areas"),
        (lambda home: shutil.rmtree(home / "origins"), "missing: the bytes of areas/areas.csv"),
        (lambda home: (home / "keys" / "audit.pem").unlink(), "audit.pem: the key that signs the audit chain"),
        (_another_key, "expected the key that is pinned"),
        (lambda home: (home / "keys" / "audit.pem").write_text("no key"), "expected an Ed25519 key"),
        (_another_pin, "event 1: the event that begins the signed chain with the key"),
        (_later_pin, "event 3: the event that begins the signed chain with the key"),
        (lambda home: keys.pin_path().unlink(), "anchors/key.json: missing"),
        (lambda home: keys.pin_path().write_text("{}"), "anchors/key.json: expected the fingerprint"),
        (lambda home: anchors.path().unlink(), "anchors/heads.jsonl: missing or empty"),
        (lambda home: anchors.path().write_bytes(b""), "anchors/heads.jsonl: missing or empty"),
        (lambda home: _edit(anchors.path(), lambda data: data.split(b"\n", 1)[1]), "event 1: it is not anchored"),
        (lambda home: _edit(anchors.path(), lambda data: b"{}\n" + data), "heads.jsonl, line 1: no anchor"),
        (lambda home: _edit(anchors.path(), lambda data: data.replace(b'"signature": "', b'"signature": "0', 1)),
         "event 1: it is another"),
        (lambda home: (home / "workspace.json").unlink(), "workspace.json: missing, or it does not name"),
        (lambda home: os.truncate(_origin(home), ENDLESS), "changed: the bytes of areas/areas.csv are said to be"),
        (lambda home: os.truncate(keys.pin_path(), ENDLESS), "anchors/key.json: Larger than anything"),
        (lambda home: os.truncate(anchors.path(), ENDLESS), "anchors/heads.jsonl"),
        (lambda home: os.truncate(keys.path(), ENDLESS), "keys/audit.pem: Larger than anything"),
        (lambda home: os.truncate(home / "workspace.json", ENDLESS), "workspace.json: missing, or it does not name"),
        (lambda home: workspace.describe(database_id="another"), "does not belong to the database that is connected"),
    ],
)  # fmt: skip
def test_what_is_done_to_files_alone_is_named(
    acts: Capture, tmp_path: Path, forgery: Callable[[Path], object], expected: str
) -> None:
    forgery(tmp_path)
    found = audit.verify()
    assert expected in named(found.discrepancies)
    assert not found.holds


def test_all_is_named_and_not_only_the_first(acts: Capture, tmp_path: Path) -> None:
    _origin(tmp_path).unlink()
    forge("UPDATE areas_arearecord SET iso3 = 'QQQ'", "DELETE FROM evidence_origin WHERE size > 200")
    anchors.path().unlink()
    assert {fault.kind for fault in faults()} >= {"origin", "row", "anchor"}
    assert sum("not as event" in line for line in named(faults()).splitlines()) == AreaRecord.objects.count()


def test_a_missing_key_stops_an_act_and_is_never_made_anew(acts: Capture, tmp_path: Path) -> None:
    (tmp_path / "keys" / "audit.pem").unlink()
    for act in (lambda: store.begin_signing("a test"), lambda: bring_in(FIRST + b"008,AL,ALB,state,,,1,\n")):
        with pytest.raises(WorkspaceError, match=r"audit\.pem: the key that signs the audit chain is missing"):
            act()
    assert not (tmp_path / "keys" / "audit.pem").exists()


def test_another_key_signs_nothing(acts: Capture, tmp_path: Path) -> None:
    _another_key(tmp_path)
    with pytest.raises(WorkspaceError, match=r"audit\.pem: expected the key that is pinned"):
        store.record_event("ada", "import", {}, at=store.now())


def test_the_key_is_private_from_birth(acts: Capture) -> None:
    assert keys.path().stat().st_mode & 0o777 == 0o600


def test_a_lost_pin_is_written_again_where_the_key_is_the_one_that_began(acts: Capture, tmp_path: Path) -> None:
    pin = keys.pinned()
    keys.pin_path().unlink()
    store.begin_signing("a test")
    assert keys.pinned() == pin
    keys.pin_path().unlink()
    _another_key(tmp_path)
    with pytest.raises(WorkspaceError, match="expected the key that signed event 1"):
        store.begin_signing("a test")


def test_what_was_there_before_signatures_is_vouched_for_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture, db: None
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    binding.bind()
    bring_in(FIRST)
    bring_in(SECOND)
    forge("UPDATE evidence_auditevent SET signature = NULL, records = NULL")
    with django_capture_on_commit_callbacks(execute=True):
        store.begin_signing("a test")
    assert [event.act for event in store.events()] == ["import", "import", "sign"]
    assert faults() == []
    for forgery in (
        "UPDATE areas_arearecord SET iso3 = 'QQQ' WHERE code = '076'",
        "UPDATE evidence_auditevent SET actor = 'eve' WHERE number = 1",
        "UPDATE evidence_auditevent SET signature = NULL WHERE number = 3",
    ):
        with transaction.atomic():
            forge(forgery)
            assert faults() != []
            transaction.set_rollback(True)


def test_an_act_that_was_stopped_before_its_anchor_is_no_fault(acts: Capture) -> None:
    store.record_event("ada", "import", {}, at=store.now())
    found = audit.verify()
    assert found.holds
    assert "event 4: it is not anchored" in named(found.discrepancies)
    with acts():
        store.record_event("ada", "import", {}, at=store.now())
    assert audit.verify().discrepancies == []


def test_a_clock_that_was_put_back_stops_nothing_and_is_told(acts: Capture) -> None:
    with acts():
        store.record_event("ada", "import", {}, at=store.now() + timedelta(days=400))
        after = store.record_event("ada", "import", {}, at=store.now())
    assert "clock" in after.subject
    found = audit.verify()
    assert found.holds
    assert "event 4: its moment" in named(found.discrepancies)
    assert "has not come yet" in named(found.discrepancies)


def test_a_database_that_the_workspace_takes_is_vouched_for_as_it_stands(acts: Capture, tmp_path: Path) -> None:
    forge(
        "DELETE FROM evidence_auditevent WHERE number = 3",
        "DELETE FROM areas_arearecord",
        "DELETE FROM evidence_origin",
    )
    assert faults() != []
    with acts():
        binding.adopt("comity up --adopt")
    assert [str(fault) for fault in faults() if fault.severity == ERROR] == []
    assert (tmp_path / "anchors-1" / "heads.jsonl").exists()


class Stopped(BaseException):
    """What ends a process between two of its steps."""


STEPS = ["keys.keep_pin", "anchors.add", "anchors.take_place", "binding.bind", "anchors.keep_what_was_there"]


def _adopt_and_stop(acts: Capture, monkeypatch: pytest.MonkeyPatch, step: str, *, behind: bool) -> None:
    named, name = step.split(".")
    module = {"keys": keys, "anchors": anchors, "binding": binding}[named]
    done = getattr(module, name)
    calls = []

    def stop(*given: Any, **said: Any) -> None:
        if behind:
            done(*given, **said)
        if name != "keep_what_was_there" or calls:  # an adoption begins with it too
            raise Stopped
        calls.append(name)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, stop)
        with pytest.raises(Stopped), acts():
            binding.adopt("comity up --adopt")


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("step", STEPS)
def test_an_adoption_that_was_stopped_leaves_warnings_and_is_finished_by_the_next(
    acts: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, behind: bool
) -> None:
    before = anchors.path().read_bytes()
    _adopt_and_stop(acts, monkeypatch, step, behind=behind)
    assert [str(fault) for fault in faults() if fault.severity == ERROR] == []
    binding.finish()
    binding.check()
    with acts():
        store.record_event("x", "act", {}, at=store.now())
    assert [str(fault) for fault in faults() if fault.severity == ERROR] == []
    with acts():
        binding.adopt("comity up --adopt")
    assert faults() == []
    assert not binding.is_left_unfinished()
    assert before in [path.read_bytes()[: len(before)] for path in tmp_path.glob("anchors-*/heads.jsonl")]


def _a_file(place: Path) -> None:
    place.write_text("x", encoding="utf-8")


def _a_folder_with_a_pipe(place: Path) -> None:
    place.mkdir()
    os.mkfifo(place / "key.json")


def _a_folder_nested_without_end(place: Path) -> None:
    place.mkdir()
    (place / "key.json").write_text("[" * 100_000, encoding="utf-8")


@pytest.mark.parametrize("lay", [_a_file, os.mkfifo, os.mkdir, _a_folder_with_a_pipe, _a_folder_nested_without_end])
def test_what_is_none_of_an_adoption_is_told_and_put_aside_by_the_next_act(
    acts: Capture, tmp_path: Path, lay: Callable[[Path], None]
) -> None:
    lay(tmp_path / anchors.ADOPTING)
    assert [(fault.where, fault.severity) for fault in faults()] == [(anchors.ADOPTING, "warning")]
    binding.finish()
    assert faults() == []
    assert os.path.lexists(tmp_path / "anchors-1")


@pytest.mark.parametrize("step", STEPS)
def test_an_adoption_of_another_database_is_finished_once_it_is_recorded_or_must_be_asked_for_again(
    acts: Capture, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    workspace.describe(database_id="another")
    anchors.path().write_text(json.dumps({"number": 99, "hash": "0", "signature": "0"}) + "\n", encoding="utf-8")
    _adopt_and_stop(acts, monkeypatch, step, behind=False)
    binding.finish()
    if step in ("keys.keep_pin", "anchors.add"):
        with pytest.raises(WorkspaceError, match="up --adopt"):
            binding.check()
        with acts():
            binding.adopt("comity up --adopt")
    binding.check()
    assert faults() == []


def test_a_trigger_that_is_gone_or_changed_is_named(acts: Capture) -> None:
    assert list(guards.unguarded(connection, [AreaRecord, Origin, AuditEvent])) == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("DROP TRIGGER areas_arearecord_guard ON areas_arearecord")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION evidence_origin_guard() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ "
                "LANGUAGE plpgsql"
            )
        else:
            cursor.execute("DROP TRIGGER areas_arearecord_keep")
            cursor.execute("DROP TRIGGER evidence_origin_fix")
            cursor.execute("CREATE TRIGGER evidence_origin_fix BEFORE UPDATE ON evidence_origin BEGIN SELECT 1; END")
    assert [fault.where for fault in audit.verify().discrepancies if fault.kind == "guard"] == [
        "areas_arearecord",
        "evidence_origin",
    ]


HOLLOW = [
    "BEFORE UPDATE OR DELETE ON areas_arearecord FOR EACH ROW WHEN (false)",
    "BEFORE INSERT ON areas_arearecord FOR EACH ROW",
    "BEFORE UPDATE OR DELETE ON areas_namerecord FOR EACH ROW",
    "BEFORE UPDATE OF place OR DELETE ON areas_arearecord FOR EACH ROW",
    "AFTER UPDATE OR DELETE ON areas_arearecord FOR EACH ROW",
]


@pytest.mark.parametrize("when", HOLLOW)
def test_a_trigger_that_no_longer_guards_is_named(acts: Capture, when: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the text of a trigger is all of it")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TRIGGER areas_arearecord_guard ON areas_arearecord")
        cursor.execute(f"CREATE TRIGGER areas_arearecord_guard {when} EXECUTE FUNCTION areas_arearecord_guard()")
    assert ("guard", "areas_arearecord") in [(fault.kind, fault.where) for fault in audit.verify().discrepancies]


def test_where_no_trigger_runs_every_table_is_named(acts: Capture) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such setting")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    assert len(list(guards.unguarded(connection, [AreaRecord, Origin, AuditEvent]))) == 3


def test_a_trigger_that_is_called_another_thing_is_named(acts: Capture) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps them apart")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TRIGGER swallow BEFORE INSERT ON areas_namerecord BEGIN SELECT RAISE(IGNORE); END")
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("UPDATE sqlite_master SET type = 'triggeR' WHERE name = 'swallow'")
        cursor.execute("PRAGMA writable_schema = OFF")
    assert [fault.where for fault in audit.verify().discrepancies if fault.kind == "guard"] == ["swallow"]


def test_an_index_that_lacks_what_its_table_holds_is_named(acts: Capture) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "UPDATE pg_index SET indisvalid = false "
                "WHERE NOT indisprimary AND indrelid = 'areas_arearecord'::regclass"
            )
        else:
            cursor.execute('CREATE INDEX "lying" ON "areas_arearecord" (code) WHERE 0')
            cursor.execute("PRAGMA writable_schema = ON")
            cursor.execute("UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '') WHERE name = 'lying'")
            cursor.execute("PRAGMA writable_schema = RESET")
    assert [fault.kind for fault in audit.verify().discrepancies] != []
    assert {fault.kind for fault in audit.verify().discrepancies} == {"index"}


def test_a_view_or_another_table_in_the_place_of_ours_is_named(acts: Capture) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite a table has one place")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE SCHEMA elsewhere")
        cursor.execute("ALTER TABLE areas_namerecord SET SCHEMA elsewhere")
        cursor.execute("CREATE VIEW areas_namerecord AS SELECT * FROM elsewhere.areas_namerecord")
        cursor.execute("ALTER TABLE areas_arearecord ENABLE ROW LEVEL SECURITY")
    found = {fault.where for fault in audit.verify().discrepancies if fault.kind == "guard"}
    assert {"areas_namerecord", "areas_arearecord"} <= found


def test_an_act_whose_rows_the_database_swallows_is_not_recorded(acts: Capture) -> None:
    row = Origin.objects.first()
    ledger.begin()
    ledger.note([row, Origin(sha256="0" * 64)], ledger.WROTE)
    with pytest.raises(WorkspaceError, match="1 rows that were written into evidence_origin are not there"):
        ledger.taken()


def test_a_trigger_or_rule_that_is_none_of_ours_is_named(acts: Capture) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("CREATE RULE swallow AS ON INSERT TO areas_namerecord DO INSTEAD NOTHING")
        else:
            cursor.execute("CREATE TRIGGER swallow BEFORE INSERT ON areas_namerecord BEGIN SELECT RAISE(IGNORE); END")
    assert [fault.where for fault in audit.verify().discrepancies if fault.kind == "guard"] == ["swallow"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_origin SET title = 'Other'",
        "DELETE FROM evidence_origin",
        "UPDATE evidence_auditevent SET records = '{}'",
        "UPDATE evidence_auditevent SET signature = ''",
        "UPDATE evidence_identity SET value = 'another'",
        "DELETE FROM evidence_identity",
        "UPDATE areas_arearecord SET note = 'x'",
    ],
)
def test_the_database_refuses_to_change_or_delete_what_is_permanent(acts: Capture, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"nothing (changes|is deleted)|closed once"), transaction.atomic():
        _run(statement)


@pytest.mark.parametrize("table", [*sorted(model._meta.db_table for model in recorded_models()), "evidence_auditevent"])
def test_the_database_refuses_to_write_over_or_empty_a_table(acts: Capture, table: str) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="nothing is deleted"), transaction.atomic():
            _run("SET CONSTRAINTS ALL IMMEDIATE")
            _run(f"TRUNCATE {table} CASCADE")
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        if not cursor.fetchone()[0]:
            return
    with pytest.raises(DatabaseError, match="nothing is deleted"), transaction.atomic():
        _run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE OR REPLACE areas_arearecord SET rowid = (SELECT max(id) FROM areas_arearecord) WHERE code = '076'",
        "UPDATE OR REPLACE evidence_origin SET rowid = 1 WHERE rowid = 2",
        "UPDATE OR REPLACE areas_arearecord SET closed_at = recorded_at, closed_from = known_from, "
        "replaced_by_id = (SELECT max(replaced_by_id) FROM areas_arearecord) WHERE code = '076'",
        "REPLACE INTO evidence_auditevent SELECT 99, at, actor, act, subject, previous, hash, signature, records "
        "FROM evidence_auditevent WHERE number = 2",
        "INSERT INTO evidence_origin SELECT * FROM evidence_origin WHERE true ON CONFLICT DO UPDATE SET title = 'x'",
    ],
)
def test_sqlite_refuses_to_let_one_row_take_the_place_of_another(acts: Capture, statement: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("only SQLite replaces what is in the way")
    with pytest.raises(DatabaseError, match=r"nothing (changes|is deleted)"), transaction.atomic():
        _run(statement)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@dataclass
class _Modes:
    """What may be done with a folder and what lies in it, put back at the end."""

    home: Path

    def forbid(self) -> None:
        for place in (self.home, *self.home.rglob("*")):
            place.chmod(0o555 if place.is_dir() else 0o444)

    def allow(self) -> None:
        for place in (self.home, *self.home.rglob("*")):
            place.chmod(0o755 if place.is_dir() else 0o644)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[_Modes]:
    modes = _Modes(tmp_path)
    yield modes
    modes.allow()


def test_verifying_writes_nothing(acts: Capture, tmp_path: Path, read_only: _Modes) -> None:
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    read_only.forbid()
    assert [fault for fault in faults() if fault.severity == ERROR] == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert os.access(tmp_path, os.R_OK)


MEANT_BY_NAMES = [
    (
        "CREATE FUNCTION evil(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT false'; "
        "CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = evil)",
        {"evil(character varying,character varying)", "=(character varying,character varying)"},
    ),
    (
        "CREATE SCHEMA other; CREATE FUNCTION other.lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        {"other.lower(text)"},
    ),
    ("CREATE CAST (jsonb AS bytea) WITH INOUT", {"jsonb AS bytea"}),
    ("CREATE COLLATION backwards FROM \"C\"", {"backwards"}),
    ("CREATE DOMAIN day AS date", {"day"}),
    (
        "CREATE FUNCTION compared(text, text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0'; CREATE OPERATOR CLASS "
        "ours FOR TYPE text USING btree AS OPERATOR 3 pg_catalog.=, FUNCTION 1 compared(text, text)",
        {"compared(text,text)", "ours"},
    ),
    ("CREATE TABLE more () INHERITS (areas_arearecord)", {"more"}),
    (
        "CREATE TRIGGER evidence_origin_guard BEFORE INSERT ON areas_namerecord FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        {"evidence_origin_guard"},
    ),
    (
        "CREATE SCHEMA other; CREATE TABLE other.areas_namerecord (code text); CREATE TRIGGER areas_namerecord_guard "
        "BEFORE UPDATE ON other.areas_namerecord FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        {"areas_namerecord_guard"},
    ),
    (
        "CREATE FUNCTION areas_namerecord_guard(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        {"areas_namerecord_guard(integer)"},
    ),
    ("ALTER FUNCTION areas_namerecord_guard() SET search_path = other", {"areas_namerecord"}),
    ("ALTER FUNCTION areas_namerecord_guard() SECURITY DEFINER", {"areas_namerecord"}),
]  # fmt: skip


@pytest.mark.parametrize("statements, named_", MEANT_BY_NAMES)
def test_what_a_name_could_be_resolved_to_is_named(acts: Capture, statements: str, named_: set[str]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite resolves names to its own alone")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements.split("; "):
            cursor.execute(statement)
    assert {fault.where for fault in audit.verify().discrepancies if fault.kind == "guard"} == named_


HONEST = (
    "citext",
    "pg_trgm",
    "btree_gist",
    "btree_gin",
    "hstore",
    "intarray",
    "ltree",
    "pgcrypto",
    "cube",
    "isn",
    "tcn",
)


def test_what_an_extension_brings_is_not_named(acts: Capture) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no extensions in a database")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(HONEST)])
        for (name,) in cursor.fetchall():
            cursor.execute(f"CREATE EXTENSION {name}")
    assert audit.verify().discrepancies == []


PASSING_AS_AN_EXTENSIONS = [
    (
        "CREATE FUNCTION evil(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT false'; "
        "CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = evil)",
        ["OPERATOR public.= (varchar, varchar)", "FUNCTION evil(varchar, varchar)"],
        {"=(character varying,character varying)"},
    ),
    (
        "CREATE FUNCTION evil(date, date) RETURNS boolean LANGUAGE sql AS 'SELECT false'; "
        "CREATE OPERATOR public.<= (LEFTARG = date, RIGHTARG = date, FUNCTION = evil)",
        ["OPERATOR public.<= (date, date)", "FUNCTION evil(date, date)"],
        {"public.<=(date,date)"},
    ),
    (
        "CREATE FUNCTION evil(varchar, anyelement) RETURNS boolean LANGUAGE sql AS 'SELECT false'; "
        "CREATE OPERATOR public.<> (LEFTARG = varchar, RIGHTARG = anyelement, FUNCTION = evil)",
        ["OPERATOR public.<> (varchar, anyelement)", "FUNCTION evil(varchar, anyelement)"],
        {"<>(character varying,anyelement)"},
    ),
    (
        "CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT $1::text'",
        ["FUNCTION lower(varchar)"],
        {"lower(character varying)"},
    ),
    (
        "CREATE FUNCTION lower(varchar, int DEFAULT 1) RETURNS text LANGUAGE sql AS 'SELECT $1::text'",
        ["FUNCTION lower(varchar, int)"],
        {"lower(character varying,integer)"},
    ),
    ("CREATE CAST (jsonb AS bytea) WITH INOUT", ["CAST (jsonb AS bytea)"], {"jsonb AS bytea"}),
    (
        "CREATE FUNCTION evil() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; "
        "CREATE EVENT TRIGGER evils ON ddl_command_end EXECUTE FUNCTION evil()",
        ["EVENT TRIGGER evils", "FUNCTION evil()"],
        {"evils"},
    ),
]


@pytest.mark.parametrize("statements, added, named_", PASSING_AS_AN_EXTENSIONS)
def test_what_comes_before_the_systems_own_is_named_though_it_passes_as_an_extensions(
    acts: Capture, statements: str, added: list[str], named_: set[str]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no extensions in a database")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in ["CREATE EXTENSION pg_trgm", *statements.split("; ")]:
            cursor.execute(statement)
        for one in added:
            cursor.execute(f"ALTER EXTENSION pg_trgm ADD {one}")
    assert {fault.where for fault in audit.verify().discrepancies if fault.kind == "guard"} == named_


@pytest.mark.parametrize(
    "setting", ["search_path = public", "datestyle = 'German'", "timezone = 'Asia/Tokyo'", "synchronous_commit = off"]
)
def test_a_session_that_is_set_otherwise_is_named(acts: Capture, setting: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such setting")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting}")
    assert [line.split(" = ")[0] for line in guards.loose(connection)] == [setting.split(" = ")[0]]


SCHEMA = [
    ("trigger", "evil", "CREATE/**/TRIGGER evil BEFORE INSERT ON areas_namerecord BEGIN SELECT RAISE(IGNORE); END"),
    ("table", "areas_namerecord", "CREATE/**/TRIGGER a BEFORE INSERT ON areas_namerecord BEGIN SELECT 1; END"),
    ("trigger", "areas_namerecord_keep", "CREATE/**/TRIGGER a BEFORE INSERT ON areas_namerecord BEGIN SELECT 1; END"),
    ("index", "evil", "CREATE -- INDEX\nTRIGGER evil BEFORE INSERT ON areas_namerecord BEGIN SELECT 1; END"),
    ("view", "evil", "CREATE VIEW evil AS SELECT 1"),
    ("anything", "evil", ""),
    ("anything", "evil", None),
]  # fmt: skip


@pytest.mark.parametrize("kind, name, text", SCHEMA)
def test_whatever_stands_in_the_schema_and_is_none_of_ours_is_named(
    acts: Capture, kind: str, name: str, text: str | None
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the schema of SQLite is a table")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
            "VALUES (%s, %s, 'areas_namerecord', 0, %s)",
            [kind, name, text],
        )
        cursor.execute("PRAGMA writable_schema = OFF")
    found = [stranger.name for stranger in guards.unknown(connection, [*recorded_models(), AuditEvent])]
    assert found == [name]


def test_an_index_that_somebody_added_is_told(acts: Capture) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            pytest.skip("an index of PostgreSQL holds what its table holds, or is said to be not valid")
        cursor.execute('CREATE INDEX "areas_namerecord_more" ON "areas_namerecord" ("place")')
    assert [(fault.where, fault.severity) for fault in audit.verify().discrepancies] == [
        ("areas_namerecord_more", "warning")
    ]


PLAIN_INDEXES = [
    "create index my_idx on areas_namerecord(place)",
    "CREATE INDEX IF NOT EXISTS My_idx ON areas_namerecord (id, place DESC)",
    'CREATE INDEX [my idx] ON `areas_namerecord` ( "place" COLLATE NOCASE )',
]


@pytest.mark.parametrize("statement", PLAIN_INDEXES)
def test_an_index_of_columns_is_told_however_it_is_spelled(acts: Capture, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement if connection.vendor == "sqlite" else PLAIN_INDEXES[0])
    told = [("index", "warning")] if connection.vendor == "sqlite" else []
    assert [(fault.kind, fault.severity) for fault in audit.verify().discrepancies] == told


@pytest.mark.parametrize(
    "what", ["(lower(place))", "(place) WHERE id > 0", "(place || 'x')", "(place) WHERE place LIKE 'x'"]
)
def test_an_index_that_may_leave_rows_out_is_named(acts: Capture, what: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL says whether an index is valid")
    _run(f"CREATE INDEX my_idx ON areas_namerecord {what}")
    assert [(fault.kind, fault.severity) for fault in audit.verify().discrepancies] == [("guard", "error")]


def test_no_setting_of_the_database_reaches_a_session_of_ours(acts: Capture) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such setting")
    other = connection.copy()
    name = connection.settings_dict["NAME"]
    settings = (
        "search_path = evil",
        "datestyle = 'German, DMY'",
        "extra_float_digits = -10",
        "timezone = 'Asia/Tokyo'",
        "synchronous_commit = off",
    )
    try:
        with other.cursor() as cursor:
            for setting in settings:
                cursor.execute(f'ALTER DATABASE "{name}" SET {setting}')
        other.close()
        with other.cursor():
            assert list(guards.loose(other)) == []
    finally:
        with other.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{name}" RESET ALL')
        other.close()


def test_who_may_not_enter_the_folder_of_the_key_can_verify_all_else(
    acts: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a user meets to whom the folder does not belong; an administrator, as who the tests may run, enters all."""
    opened, stat, folder = os.open, Path.stat, keys.path().parent

    def refuse(path: Any) -> None:
        if Path(path).parent == folder:
            raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.open", lambda path, *how, **said: (refuse(path), opened(path, *how, **said))[1])
    monkeypatch.setattr(Path, "stat", lambda path, **said: (refuse(path), stat(path, **said))[1])
    assert [(fault.where, fault.severity) for fault in audit.verify().discrepancies] == [("keys/audit.pem", "warning")]
