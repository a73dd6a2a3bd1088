"""A report that is no longer what was built is named by its file, and building the same again records nothing."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.evidence import store
from comity.evidence.chain import keys
from comity.evidence.chain.discrepancies import Chain, Discrepancy
from comity.evidence.models import AuditEvent
from comity.evidence.workspaces import workspace
from comity.reports.build import OURS, Build, build
from comity.reports.checks import audit

pytestmark = pytest.mark.django_db
ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)


@pytest.fixture
def latest(built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The report as it lies in a workspace."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    return shutil.copytree(built.directory, tmp_path / "home" / "reports" / "latest")


def chain_with(**subject: str) -> Chain:
    """The chain as it stands, its events saying more."""
    told = tuple(replace(event, subject={**event.subject, **subject}) for event in store.events())
    return Chain(told, "", "", 1)


def faults(since: int = 1) -> list[Discrepancy]:
    return list(audit.check(Chain(tuple(store.events()), "", "", since)))


def test_a_report_as_it_was_built_has_no_fault(latest: Path) -> None:
    assert faults() == []


@pytest.mark.parametrize("name", OURS)
def test_a_file_that_was_changed_or_is_gone_is_named(latest: Path, name: str) -> None:
    path = latest / name
    path.write_bytes(path.read_bytes() + b" ")
    assert [fault.where for fault in faults()] == [f"reports/latest/{name}"]
    path.unlink()
    assert [fault.what.split(":")[0] for fault in faults()] == ["missing"]


def test_a_report_that_is_gone_is_named(latest: Path) -> None:
    (event,) = AuditEvent.objects.filter(act="report")
    built = chain_with(folder="latest")
    shutil.rmtree(latest)
    assert [str(fault) for fault in audit.check(built)] == [f"reports/latest: gone: event {event.number} built it"]


def test_what_lies_beside_the_reports_is_told(latest: Path) -> None:
    (latest.parent / ".latest.left").mkdir()
    (latest.parent / "notes.txt").write_text("", encoding="utf-8")
    assert [(fault.where, fault.severity) for fault in faults()] == [
        ("reports/.latest.left", "warning"),
        ("reports/notes.txt", "warning"),
    ]


def test_a_pipe_in_the_place_of_a_file_is_named_and_not_waited_for(latest: Path) -> None:
    (latest / "report.pdf").unlink()
    os.mkfifo(latest / "report.pdf")
    assert [str(fault) for fault in faults()] == ["reports/latest/report.pdf: cannot be read: Not a regular file"]


@pytest.mark.parametrize("said", ["{" * 100_000, '{"head": {"number": Infinity}}', '{"head": {"number": {}}}', "7"])
def test_what_a_foreign_report_says_of_itself_ends_no_check(latest: Path, said: str) -> None:
    other = latest.with_name("other")
    other.mkdir()
    (other / "report.json").write_text(said, encoding="utf-8")
    assert [fault.where for fault in faults()] == ["reports/other"]


def test_a_file_beside_those_that_were_built_is_named(latest: Path) -> None:
    (latest / "more.html").write_text("more", encoding="utf-8")
    assert [fault.where for fault in faults()] == ["reports/latest/more.html"]


def test_a_report_that_no_act_built_is_named_whatever_it_says_of_itself(latest: Path) -> None:
    for name in OURS:
        (latest / name).write_bytes((latest / name).read_bytes() + b" ")
    said = json.loads((latest / "report.json").read_text(encoding="utf-8"))
    said["head"]["number"] = 0
    (latest / "report.json").write_text(json.dumps(said), encoding="utf-8")
    for since in (1, 10**6):
        assert [(str(fault), fault.severity) for fault in faults(since)] == [
            ("reports/latest: no act built this report", "error")
        ]


def test_a_report_from_before_the_first_signature_is_held_against_its_event(latest: Path) -> None:
    assert faults(since=10**6) == []
    (latest / "report.html").write_bytes((latest / "report.html").read_bytes() + b" ")
    assert [(fault.where, fault.severity) for fault in faults(since=10**6)] == [("reports/latest/report.html", "error")]
    shutil.rmtree(latest)
    events = replace(chain_with(folder="latest"), since=10**6)
    assert [(fault.where, fault.severity) for fault in audit.check(events)] == [("reports/latest", "warning")]


def test_an_earlier_report_in_a_folder_of_its_own_is_held_against_its_own_event(
    two: tuple[Path, Path], small: Path
) -> None:
    shutil.copytree(two[0].parent.parent.parent / "earlier", two[0].with_name("annual"))
    assert faults() == []
    (event,) = [event for event in store.events() if event.subject.get("folder") == "other"]
    fewer = {name: digest for name, digest in event.subject["files"].items() if name != "changes.json"}
    shutil.copytree(two[1], two[0].with_name("sent"))
    (two[0].with_name("sent") / "changes.json").unlink()
    said = replace(event, number=event.number - 1, subject={**event.subject, "files": fewer, "folder": ""})
    events = tuple(said if one.number == said.number else one for one in store.events())
    assert not [fault for fault in audit.check(Chain(events, "", "", 1)) if "sent" in fault.where]


def test_what_is_kept_of_the_last_report_is_held_against_it_too(latest: Path) -> None:
    last = latest.with_name(".last")
    last.mkdir()
    for name in ("figures.json", "inputs.json", "report.json"):
        shutil.copy(latest / name, last)
    assert faults() == []
    (last / "inputs.json").write_text("{}", encoding="utf-8")
    assert [fault.where for fault in faults()] == ["reports/.last/inputs.json"]


def test_the_same_report_built_again_is_recorded_once(
    built: Build, small: Path, tmp_path: Path, first_built: Build
) -> None:
    recorded = AuditEvent.objects.filter(act="report").count()
    again = build(tmp_path / "again", on=ON, as_at=AS_AT, source=small)
    assert again.files["report.html"] == built.files["report.html"]
    assert AuditEvent.objects.filter(act="report").count() == recorded


def _build_in_workspace(name: str, on: date, small: Path) -> Path:
    folder = workspace.folder("reports") / name
    build(folder, on=on, as_at=AS_AT, source=small)
    return folder


@pytest.fixture
def two(register: None, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two reports in a workspace: `latest`, built twice, and another one; the first of `latest` lies in `earlier`."""
    shutil.copytree(workspace.home(), tmp_path / "home", ignore=shutil.ignore_patterns("reports", "releases"))
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    latest = _build_in_workspace("latest", date(2013, 1, 1), small)
    shutil.copytree(latest, tmp_path / "earlier")
    _build_in_workspace("latest", ON, small)
    return latest, _build_in_workspace("other", date(2012, 12, 20), small)


def _exchange(one: Path, other: Path) -> None:
    aside = one.parent.parent / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def _copy_over(one: Path, other: Path) -> None:
    shutil.rmtree(one)
    shutil.copytree(other, one)


@pytest.mark.parametrize(
    "place, where",
    [
        (_exchange, {"latest", "other"}),
        (_copy_over, {"latest"}),
        (lambda one, _other: _copy_over(one, one.parent.parent.parent / "earlier"), {"latest"}),
    ],
)
def test_a_report_in_the_place_of_another_is_named(
    two: tuple[Path, Path], place: Callable[[Path, Path], None], where: set[str]
) -> None:
    assert faults() == []
    place(*two)
    found = faults()
    assert {fault.where.split("/")[1] for fault in found} == where
    assert {fault.severity for fault in found} == {"error"}


def test_a_report_built_again_over_another_is_recorded_again_and_then_no_more(
    two: tuple[Path, Path], small: Path
) -> None:
    for on in (date(2013, 1, 1), ON):  # as the fixture built them: the very same files
        _build_in_workspace("latest", on, small)
    assert faults() == []
    _build_in_workspace("latest", ON, small)
    recorded = AuditEvent.objects.filter(act="report").count()
    _build_in_workspace("latest", ON, small)
    assert AuditEvent.objects.filter(act="report").count() == recorded
    assert faults() == []


def test_a_workspace_that_was_copied_has_no_fault(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tmp_path / "home", tmp_path / "copied")
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "copied"))
    assert faults() == []


@pytest.mark.parametrize("name", ["latest", "new"])
def test_a_build_that_was_stopped_behind_its_event_is_told_and_swept_by_the_next(
    two: tuple[Path, Path], small: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def stop(*_folders: Path) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.evidence.workspaces.workspace.exchange", stop)
    monkeypatch.setattr("comity.reports.build._put_in_two_steps", stop)
    with pytest.raises(KeyboardInterrupt):
        _build_in_workspace(name, date(2014, 1, 1), small)
    monkeypatch.undo()
    monkeypatch.setenv("COMITY_HOME", str(two[0].parent.parent))
    found = faults()
    assert {fault.severity for fault in found} == {"warning"}
    assert f"reports/{name}" in {fault.where for fault in found}
    _build_in_workspace(name, date(2014, 1, 1), small)
    assert faults() == []


def _edited(latest: Path) -> None:
    (latest / "report.html").write_bytes((latest / "report.html").read_bytes() + b" ")


def _other_than_a_report(latest: Path) -> None:
    shutil.rmtree(latest)
    latest.mkdir()
    (latest / "more.html").write_text("more", encoding="utf-8")


def _earlier_and_more(latest: Path) -> None:
    _copy_over(latest, latest.parent.parent.parent / "earlier")
    (latest / "more.html").write_text("more", encoding="utf-8")


@pytest.mark.parametrize(
    "forge", [_edited, _other_than_a_report, _earlier_and_more, lambda place: _copy_over(place, place.parent / "other")]
)
def test_what_is_laid_in_the_place_of_a_report_is_named_though_the_report_lies_aside(
    two: tuple[Path, Path], forge: Callable[[Path], None]
) -> None:
    shutil.copytree(two[0], two[0].with_name(".latest.abcdefgh"))
    forge(two[0])
    assert {fault.where.split("/")[1] for fault in faults() if fault.severity == "error"} == {"latest"}


def test_a_file_without_end_in_the_place_of_a_report_is_named(latest: Path) -> None:
    os.truncate(latest / "report.pdf", 200 * 2**30)
    assert [fault.where for fault in faults()] == ["reports/latest/report.pdf"]


def test_the_report_prints_the_key_that_signs_the_chain(latest: Path) -> None:
    key = keys.key_fingerprint(json.loads((latest / "report.json").read_text(encoding="utf-8"))["head"]["public_key"])
    assert len(key) == 64
    assert key in (latest / "report.html").read_text(encoding="utf-8")
