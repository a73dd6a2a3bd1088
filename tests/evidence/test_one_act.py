"""Imports, publications and set-up at the same moment, in many processes: each is done once, whole, and in turn."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import workspaces
from django.db import connection
from matrices import PROOF
from workspaces import PATIENCE, Workspace, wait_until

from comity.evidence.workspaces import acts

pytestmark = [pytest.mark.database, pytest.mark.slow]

AT_ONCE = 32 if PROOF else 12

HOLDING = """
import os, sys, time
from pathlib import Path
from comity.cli import main
from comity.cli.terminal.readiness import load_rooms
from comity.evidence.workspaces import workspace
from comity.statistics.releases import files

load_rooms()
written = files.write_release
hold, free_of_files = Path(sys.argv[1]), sys.argv[2] == "database"
if free_of_files:
    from contextlib import nullcontext
    workspace.alone = lambda what: nullcontext()
if hold.suffix == ".hold":
    def write_release(*given):
        digest = written(*given)
        hold.with_suffix(".written").touch()
        while hold.exists():
            time.sleep(0.02)
        return digest
    files.write_release = write_release
sys.argv = ["comity", *sys.argv[3:]]
main()
"""
"""Runs the command, and stops it between the folder of its release and its commit for as long as a file is there."""


AMIDST = """
import subprocess, sys
from comity.cli import main
from comity.cli.terminal.readiness import load_rooms
load_rooms()
from comity.evidence.chain import audit

def afterwards(done):
    def then(*given):
        found = list(done(*given))
        if names:
            subprocess.run([comity, "import", names.pop()], check=True, stdout=subprocess.DEVNULL)
        return found if done is not read else (tuple(found[0]), found[1])
    return then

comity, names, read = sys.argv[1], sys.argv[2:], audit._events
audit._events = afterwards(read)
for name, check in audit._OWN.items():
    audit._OWN[name] = afterwards(check)
sys.argv = ["comity", "audit", "verify"]
main()
"""
"""Verifies, and imports one of the files after each of what is read and checked, as another process may."""


def file_of(folder: Path, dataset: str, number: int) -> str:
    """The name of a file of statistics that no other has the values of."""
    rows = "\n".join(f"{area},recorded-offences-count,0401,{number}" for area in ("008", "076", "250"))
    text = f"# dataset: {dataset}\n# title: Made by rule\narea,indicator,iccs,2012\n{rows}\n"
    (folder / f"{dataset}-{number}.csv").write_text(text, encoding="utf-8")
    return f"{dataset}-{number}.csv"


def anew(home: Workspace) -> Workspace:
    """The same workspace, whose commands run in a process of their own."""
    return Workspace(home.home, home.environment)


def agreed(home: Workspace) -> dict[str, str]:
    """The releases that people brought in, by their files, once folders, rows, chain and pages were seen to agree."""
    found = json.loads(home.ask("release", "list", "--format", "json").stdout)
    home.ask("release", "check")
    home.ask("audit", "verify")
    folders = {entry.name for entry in (home.home / "releases").iterdir() if entry.is_dir()}
    assert folders == {one["id"] for one in found}
    assert not (home.home / "quarantine").exists()
    return {one["file"]: one["id"] for one in found if not one["shipped"]}


@pytest.fixture
def home(workspace: Callable[[Path], Workspace], tmp_path: Path) -> Iterator[Workspace]:
    """A workspace that is set up."""
    made = workspace(tmp_path)
    yield made
    made.end()


def test_imports_at_the_same_moment_are_all_there_once(home: Workspace) -> None:
    names = [file_of(home.home, f"set-{number % 3}", number) for number in range(AT_ONCE)]
    # Half of them are given twice, so that the same bytes come from two sides at once.
    given = [(name, f"2020-01-{1 + place:02}") for place, name in enumerate(names)]
    given += given[: AT_ONCE // 2]
    asking = [(anew(home), ("import", name, "--published", day)) for name, day in given]
    with ThreadPoolExecutor(len(asking)) as together:
        list(together.map(lambda one: one[0].ask(*one[1]), asking))
    for one, _arguments in asking:
        one.end()
    assert set(agreed(home)) == set(names)
    acts = home.rows("SELECT subject FROM evidence_auditevent WHERE act = 'import'")
    subjects = [json.loads(one) if isinstance(one, str) else one for (one,) in acts]
    assert sorted(one["file"] for one in subjects if one["file"] in names) == sorted(names)


def holding(home: Workspace, hold: Path, locks: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a command that stops between its release's folder and its commit while a file `….hold` is there."""
    within = {"env": home.environment, "cwd": home.home}
    return subprocess.Popen([sys.executable, "-c", HOLDING, str(hold), locks, *arguments], **within)  # type: ignore[call-overload,no-any-return]


def waiting(home: Workspace, locks: str) -> int:
    """How many processes wait for the workspace's lock, or sessions of its database for that of the database."""
    if locks == "database":
        return len(home.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))
    lock = (home.home / ".act.lock").stat().st_ino
    waits = [line.split() for line in Path("/proc/locks").read_text(encoding="ascii").splitlines() if "->" in line]
    return sum(line[6].endswith(f":{lock}") for line in waits)


@pytest.mark.parametrize("locks", ["workspace", "database"])
def test_an_import_waits_for_the_one_that_has_written_but_not_recorded_its_release(home: Workspace, locks: str) -> None:
    if locks == "database" and not workspaces.DATABASE:
        pytest.skip("SQLite has one writer in any case")
    if locks == "workspace" and not os.access("/proc/locks", os.R_OK):
        pytest.skip("this system does not tell who waits for a lock")
    first, second, third = (file_of(home.home, name, 1) for name in ("first", "second", "third"))
    hold = home.home / "first.hold"
    hold.touch()
    slow = holding(home, hold, locks, "import", first)
    wait_until(hold.with_suffix(".written").exists, "the other processes")
    others = [holding(home, Path("none"), locks, "import", name) for name in (second, third)]
    wait_until(
        lambda: any(other.poll() is not None for other in others) or waiting(home, locks) == len(others),
        "the other processes",
    )
    assert [other.poll() for other in others] == [None, None]
    hold.unlink()
    assert [one.wait(PATIENCE) for one in (slow, *others)] == [0, 0, 0]
    assert set(agreed(home)) == {first, second, third}


def test_what_a_killed_import_left_is_set_aside_by_the_next_and_nothing_is_lost(home: Workspace) -> None:
    first, second = file_of(home.home, "first", 1), file_of(home.home, "second", 1)
    hold = home.home / "first.hold"
    hold.touch()
    slow = holding(home, hold, "workspace", "import", first, "--published", "2020-01-01")
    wait_until(hold.with_suffix(".written").exists, "the other processes")
    slow.kill()
    slow.wait()
    home.wait_until_left()
    left = (home.home / "releases" / "first@2020-01-01" / "manifest.json").read_bytes()
    home.ask("import", second, "--published", "2020-01-01")
    (aside,) = (home.home / "quarantine" / "releases").glob("first@2020-01-01.*")
    assert (aside / "manifest.json").read_bytes() == left
    assert len(home.rows("SELECT 1 FROM evidence_auditevent WHERE act = 'quarantine'")) == 1
    home.ask("import", first, "--published", "2020-01-01")
    home.ask("release", "check")
    home.ask("audit", "verify")


def test_several_may_set_up_the_same_workspace_at_once(tmp_path: Path) -> None:
    nowhere = workspaces.empty(tmp_path)
    started = [nowhere.start_set_up() for _number in range(3)]
    said = [child.communicate(timeout=PATIENCE)[0] for child in started]
    assert [child.returncode for child in started] == [0, 0, 0], said
    assert sum("Preparing the database" in text for text in said) == 1
    imports = nowhere.rows("SELECT count(*), count(DISTINCT hash) FROM evidence_auditevent")
    assert imports[0][0] == imports[0][1]
    assert "head" in nowhere.ask("audit", "verify").stdout
    nowhere.end()


@pytest.mark.django_db
def test_set_up_holds_its_lock_apart_from_the_connection_that_files_are_read_without() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no locks of a session")
    another = connection.copy()
    try:
        with another.cursor() as cursor:

            def is_free() -> bool:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [acts._CHAIN + 1])
                return bool(cursor.fetchone()[0])

            with acts.set_up_alone(), acts.set_up_alone():  # `up` holds it around set-up, which takes it too
                assert not is_free()
                with connection.cursor() as own:
                    own.execute("SELECT pg_advisory_unlock_all()")
                assert not is_free()
            # The server gives up a closed connection's lock in its own time: wait for it, but not for ever.
            cursor.execute("SET lock_timeout = %s", [f"{PATIENCE}s"])
            cursor.execute("SELECT pg_advisory_lock(%s)", [acts._CHAIN + 1])
    finally:
        another.close()


def test_what_is_recorded_while_all_is_verified_is_no_fault(home: Workspace) -> None:
    names = [file_of(home.home, f"amidst-{number}", number) for number in range(6)]
    command = [sys.executable, "-c", AMIDST, str(workspaces.COMITY), *names]
    done = subprocess.run(command, env=home.environment, cwd=home.home, capture_output=True, text=True)  # type: ignore[call-overload]
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    assert set(agreed(home)) == set(names)
