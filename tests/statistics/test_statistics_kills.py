"""A machine that stops at any moment: what is recorded is there whole, and what is not leaves nothing that counts."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from matrices import PROOF
from workspaces import Workspace

from comity.statistics.releases.holdings import CURRENT

pytestmark = pytest.mark.slow

KILLS = 50 if PROOF else 3
YEARS = range(2000, 2020)


STOPPING = """
import mmap, os, signal, struct, sys
from pathlib import Path

from comity.cli import main
from comity.cli.terminal.readiness import load_rooms

load_rooms()
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

last, counted = int(sys.argv[1]), Path(sys.argv[2])
command, passed = os.getpid(), mmap.mmap(-1, 8)  # counted together with the processes that the command begins
WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link"}

def moment():
    (number,) = struct.unpack("q", passed[:])
    passed[:] = struct.pack("q", number + 1)
    if number + 1 == last:
        os.kill(command, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

def seen(event, given):
    if event in WRITES or (event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
        moment()

def before(done):
    def then(*given, **named):
        moment()
        return done(*given, **named)
    return then

for place, name in ((CursorWrapper, "execute"), (CursorWrapper, "executemany"), (BaseDatabaseWrapper, "commit")):
    setattr(place, name, before(getattr(place, name)))
sys.addaudithook(seen)
sys.argv = ["comity", *sys.argv[3:]]
try:
    main()
finally:
    if os.getpid() == command:
        counted.write_text(str(struct.unpack("q", passed[:])[0]))
"""
"""Runs the command, counts the moments at which it is about to write a file or to ask the database, and stops it whole
at one of them, or at none where that number is 0."""


def stopped(home: Workspace, last: int, *arguments: str) -> int:
    """Run the command up to a moment, or whole, and let the database notice; gives the number of moments passed."""
    counted = home.home / "moments"
    command = [sys.executable, "-c", STOPPING, str(last), str(counted), *arguments]
    done = subprocess.run(command, env=home.environment, cwd=home.home, capture_output=True, text=True)  # type: ignore[call-overload]
    assert done.returncode == (-signal.SIGKILL if last else 0), done.stderr
    home.wait_until_left()
    return last or int(counted.read_text(encoding="utf-8"))


def moment_of(number: int, moments: int) -> int:
    """The moment at which a kill comes: the kills lie evenly among the moments of a command that nobody stops."""
    return max(1, number * moments // (KILLS + 1))


def file_of(folder: Path, number: int) -> Path:
    """A file of statistics that no other has the values of."""
    headings = ",".join(["area", "indicator", "iccs", *map(str, YEARS)])
    rows = [
        ",".join([area, f"recorded-offences-{kind}-count", "0401", *(str(number * 1000 + year) for year in YEARS)])
        for area in ("008", "012", "076", "250")
        for kind in range(50)
    ]
    path = folder / f"made-{number}.csv"
    path.write_text("\n".join(["# dataset: made", "# title: Made by rule", headings, *rows, ""]), encoding="utf-8")
    return path


def day_after(day: str, number: int) -> str:
    """A day of publication for each file, since what is published on one day may not contradict itself."""
    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()


def listed(home: Workspace) -> dict[str, Any]:
    """The releases of the data set by the file that each was read from, those that are held back among them."""
    found = json.loads(home.ask("release", "list", "--confidential", "--format", "json").stdout)
    return {one["file"]: one for one in found}


def events(home: Workspace, act: str) -> list[dict[str, Any]]:
    """What the audit chain says of acts of a kind."""
    rows = home.rows("SELECT subject FROM evidence_auditevent WHERE act = %s", act)
    return [json.loads(subject) if isinstance(subject, str) else subject for (subject,) in rows]


def assert_agreement(home: Workspace) -> dict[str, Any]:
    """Releases, folders, the audit chain and the state for notebooks tell the same; gives the releases by file."""
    found = listed(home)
    home.ask("audit", "verify")
    home.ask("release", "check")
    imported = {event["origin"] for event in events(home, "import")}
    assert {one["origin"] for one in found.values()} <= imported
    state = json.loads((home.home / "releases" / CURRENT).read_text(encoding="utf-8"))
    assert {one["id"] for one in state["releases"]} == {one["id"] for one in found.values() if not one["held"]}
    acts = [event["file"] for event in events(home, "import") if event["file"].startswith("made-")]
    assert sorted(acts) == sorted(file for file in found if file.startswith("made-"))
    return found


@pytest.fixture(scope="module")
def home(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that is set up."""
    copied = workspace(tmp_path_factory.mktemp("killed"))
    copied.ask("release", "list")
    yield copied
    copied.end()


@pytest.fixture(scope="module")
def moments_of_import(home: Workspace) -> int:
    """Moments of an import that nobody stops."""
    return stopped(home, 0, "import", str(file_of(home.home, 0)), "--published", "2020-01-01")


@pytest.fixture(scope="module")
def moments_of_publication(home: Workspace) -> int:
    """Moments of a publication that nobody stops."""
    path = file_of(home.home, 1000)
    home.ask("import", str(path), "--published", "2022-01-01", "--held")
    return stopped(home, 0, "release", "publish", listed(home)[path.name]["id"])


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_an_import_that_is_killed_leaves_a_release_or_nothing(
    home: Workspace, moments_of_import: int, number: int
) -> None:
    path = file_of(home.home, number)
    arguments = ("import", str(path), "--published", day_after("2020-03-01", number))
    stopped(home, moment_of(number, moments_of_import), *arguments)
    assert_agreement(home)
    home.ask(*arguments)
    found = assert_agreement(home)
    assert found[path.name]["observations"] == 4 * 50 * len(YEARS)


def test_the_next_import_sweeps_what_a_killed_one_left(home: Workspace) -> None:
    left = home.home / "releases" / "made@1999-01-01"
    (left / "more").mkdir(parents=True)
    aside = home.home / "releases" / ".made@1999-01-01.0123456789abcdef"
    aside.mkdir()
    home.ask("import", str(file_of(home.home, 900)), "--published", "2020-02-01")
    folders = {entry.name for entry in (home.home / "releases").iterdir() if entry.is_dir()}
    assert folders == {one["id"] for one in listed(home).values()}


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_a_publication_that_is_killed_is_done_or_not(home: Workspace, moments_of_publication: int, number: int) -> None:
    path = file_of(home.home, 1000 + number)
    home.ask("import", str(path), "--published", day_after("2022-01-01", number), "--held")
    identifier = listed(home)[path.name]["id"]
    arguments = ("release", "publish", identifier)
    stopped(home, moment_of(number, moments_of_publication), *arguments)
    found = assert_agreement(home)
    published = [event["release"] for event in events(home, "publish")].count(identifier)
    assert published == (0 if found[path.name]["held"] else 1)
    home.ask(*arguments)
    assert assert_agreement(home)[path.name]["held"] is False
    assert [event["release"] for event in events(home, "publish")].count(identifier) == 1
