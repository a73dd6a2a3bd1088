"""What is changed behind a release's back is named: its folder, its files, its rows, and what notebooks read."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from examples.statistics import keep, observation

from comity.areas.store import gazetteer
from comity.evidence import store
from comity.evidence.chain import audit
from comity.evidence.chain.discrepancies import Discrepancy
from comity.evidence.models import AuditEvent
from comity.evidence.workspaces import binding, workspace
from comity.statistics import publishing
from comity.statistics import store as statistics
from comity.statistics.releases import areas_for_notebooks, holdings
from comity.statistics.releases.holdings import Holdings


@pytest.fixture
def releases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any], db: None
) -> Path:
    """The folder of a workspace's releases: one published, one corrected in its date, one held and then published."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    with django_capture_on_commit_callbacks(execute=True):
        binding.bind()
        store.begin_signing("a test")
    with django_capture_on_commit_callbacks(execute=True):
        keep("2013-01-01", observation())
    with django_capture_on_commit_callbacks(execute=True):
        keep("2014-01-01", observation(value=2.0), withhold=True)
        publishing.publish("homicide@2014-01-01", "ada")
    with django_capture_on_commit_callbacks(execute=True):
        publishing.redate("homicide@2013-01-01", store.now().date().replace(year=2012), "ada")
        store.record_event("ada", "redate", {}, at=store.now())
    with django_capture_on_commit_callbacks(execute=True):
        keep("2015-01-01", observation(value=3.0), withhold=True)
        publishing.say_it_replaces("homicide@2015-01-01")
        store.record_event("ada", "replace", {}, at=store.now())
    statistics.write_current()
    return tmp_path / "releases"


def faults() -> list[Discrepancy]:
    return [fault for fault in audit.verify().discrepancies if fault.kind != "guard"]


def named() -> str:
    return "\n".join(str(fault) for fault in faults())


def forge(statement: str) -> None:
    """Run a statement as one whom no trigger stops."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_releases_published_redated_held_and_replacing_hold(releases: Path) -> None:
    assert audit.verify().discrepancies == []


def test_publishing_is_recorded_with_what_is_published(releases: Path) -> None:
    said = AuditEvent.objects.get(act="publish").subject
    release = statistics.all_releases().release("homicide@2014-01-01")
    assert (said["digest"], said["publisher"], said["held"]) == (release.digest, release.publisher, False)


@pytest.mark.parametrize(
    "forgery, expected",
    [
        (lambda folder: shutil.rmtree(folder), "releases/homicide@2014-01-01: a file of homicide@2014-01-01 cannot be"),
        (lambda folder: (folder / "observations.parquet").unlink(), "observations.parquet: a file of homicide@2014"),
        (lambda folder: (folder / "observations.parquet").write_bytes(b"x"), "parquet: no longer what homicide@2014"),
        (lambda folder: (folder / "findings.json").write_bytes(b"[]"), "findings.json: no longer what homicide@2014"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"{}"), "manifest.json: no longer the manifest of"),
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json: a file of homicide@2014-01-01 cannot be"),
        (lambda folder: (folder / "more.parquet").write_bytes(b"x"), "more.parquet: no file of homicide@2014-01-01"),
        (lambda folder: shutil.rmtree(folder.parent), "releases/homicide@2013-01-01: a file of homicide@2013-01-01"),
    ],
)
def test_what_is_done_to_the_files_of_a_release_is_named(
    releases: Path, forgery: Callable[[Path], object], expected: str
) -> None:
    forgery(releases / "homicide@2014-01-01")
    assert expected in named()
    assert not audit.verify().holds


@pytest.mark.parametrize(
    "statement, expected",
    [
        ("UPDATE statistics_releaserecord SET publisher = 'Nobody'", "statistics_releaserecord homicide@2014-01-01"),
        ("UPDATE statistics_releaserecord SET title = 'Other'", "title is not what the manifest of homicide@2014"),
        ("UPDATE statistics_releaserecord SET digest = '00'", "no longer the manifest of homicide@2013-01-01"),
        ("UPDATE statistics_releaserecord SET observations = 0, rejected = 1", "not as event"),
        ("UPDATE statistics_publicationrecord SET actor = 'eve'", "statistics_publicationrecord homicide@2014-01-01"),
        ("DELETE FROM statistics_publicationrecord", "statistics_publicationrecord homicide@2014-01-01: gone: event"),
        ("DELETE FROM statistics_redatingrecord", "statistics_redatingrecord"),
        ("UPDATE statistics_redatingrecord SET published = '2001-01-01'", "statistics_redatingrecord"),
        ("UPDATE statistics_extentrecord SET whole = NOT whole", "statistics_extentrecord"),
        ("DELETE FROM statistics_extentrecord WHERE replaces", "statistics_extentrecord"),
        (
            "INSERT INTO statistics_publicationrecord (release_id, actor, recorded_at) "
            "SELECT identifier, 'eve', recorded_at FROM statistics_releaserecord WHERE identifier LIKE '%2015%'",
            "homicide@2015-01-01 (homicide@2015-01-01 published by eve): no event wrote it",
        ),
        (
            "INSERT INTO statistics_redatingrecord (release_id, identifier, published, sequence, actor, recorded_at) "
            "SELECT identifier, 'homicide@2001-01-01', '2001-01-01', 1, 'eve', recorded_at "
            "FROM statistics_releaserecord WHERE identifier LIKE '%2014%'",
            "(homicide@2014-01-01 is homicide@2001-01-01): no event wrote it",
        ),
        (
            "INSERT INTO statistics_extentrecord (release_id, whole, replaces, recorded_at) "
            "SELECT identifier, false, false, recorded_at FROM statistics_releaserecord WHERE identifier LIKE '%2014%'",
            "(homicide@2014-01-01 is a part): no event wrote it",
        ),
    ],
)
def test_what_is_done_to_the_rows_of_releases_is_named(releases: Path, statement: str, expected: str) -> None:
    forge(statement)
    assert expected in named()
    assert not audit.verify().holds


def test_a_folder_that_no_act_recorded_is_told_and_is_no_fault(releases: Path) -> None:
    (releases / "homicide@2020-01-01").mkdir()
    found = audit.verify()
    assert [str(fault) for fault in found.discrepancies] == [
        "releases/homicide@2020-01-01: no act recorded this folder"
    ]
    assert found.holds


def test_what_notebooks_read_is_held_against_the_releases(releases: Path) -> None:
    path = releases / "CURRENT.json"
    held = path.read_bytes()
    for damaged in (held.replace(b'"Made by hand"', b'"Made by eve"', 1), held[:-1], held[:20], b""):
        path.write_bytes(damaged)
        assert named() == "releases/CURRENT.json: damaged: it is not as it was written"
    other = Holdings(tuple(replace(one, publisher="Eve") for one in statistics.published()))
    path.write_bytes(holdings.current_state(other, areas_for_notebooks.snapshot(gazetteer()), store.head()))
    assert named() == "releases/CURRENT.json: it says otherwise than the releases and tables that are held"
    path.write_bytes(holdings.current_state(other, {}, (99, "0" * 64)))
    assert named() == "releases/CURRENT.json: it speaks of an event that is not in the chain"
    path.unlink()
    assert [fault.severity for fault in faults()] == ["warning"]


def test_what_notebooks_read_may_be_behind_the_chain(releases: Path) -> None:
    store.record_event("ada", "import", {}, at=store.now())
    assert {fault.severity for fault in faults()} == {"warning"}
    assert "releases/CURRENT.json: it speaks of an earlier event" in named()
    assert workspace.home() == releases.parent
