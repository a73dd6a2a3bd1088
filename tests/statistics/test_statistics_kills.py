"""A machine that stops at any moment: what is recorded is there whole, and what is not leaves nothing that counts."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from comity.statistics.holdings import CURRENT

pytestmark = pytest.mark.slow

COMITY = Path(sys.executable).with_name("comity")
KILLS = 50 if os.environ.get("COMITY_PROOF") else 3
YEARS = range(2000, 2020)


def start(*arguments: str, home: Path) -> subprocess.Popen[str]:
    """Start the command in a workspace, in a session of its own."""
    environment = {"COMITY_HOME": str(home), "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([COMITY, *arguments], env=environment, cwd=home, start_new_session=True, **pipes)  # type: ignore[call-overload,no-any-return]


def run(*arguments: str, home: Path) -> str:
    """What the command prints; it ends well."""
    child = start(*arguments, home=home)
    said, errors = child.communicate(timeout=300)
    assert child.returncode == 0, errors
    return said


def killed(*arguments: str, home: Path, after: float) -> None:
    """Kill the command some seconds after its start, unless it ended before."""
    child = start(*arguments, home=home)
    try:
        child.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


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


def listed(home: Path) -> dict[str, Any]:
    """The releases of the data set by the file that each was read from."""
    return {one["file"]: one for one in json.loads(run("release", "list", "--format", "json", home=home))}


def events(home: Path, act: str) -> list[dict[str, Any]]:
    """What the audit chain says of acts of a kind."""
    with closing(sqlite3.connect(home / "comity.sqlite3")) as database:
        rows = database.execute("SELECT subject FROM evidence_auditevent WHERE act = ?", [act]).fetchall()
    return [json.loads(subject) for (subject,) in rows]


def assert_agreement(home: Path) -> dict[str, Any]:
    """Releases, folders, the audit chain and the state for notebooks tell the same; gives the releases by file."""
    found = listed(home)
    run("audit", "verify", home=home)
    run("release", "check", home=home)
    imported = {event["origin"] for event in events(home, "import")}
    assert {one["origin"] for one in found.values()} <= imported
    state = json.loads((home / "releases" / CURRENT).read_text(encoding="utf-8"))
    assert {one["id"] for one in state["releases"]} == {one["id"] for one in found.values() if not one["held"]}
    acts = [event["file"] for event in events(home, "import") if event["file"].startswith("made-")]
    assert sorted(acts) == sorted(file for file in found if file.startswith("made-"))
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that is set up."""
    folder = tmp_path_factory.mktemp("killed")
    run("release", "list", home=folder)
    return folder


@pytest.fixture(scope="module")
def taken(home: Path) -> float:
    """Seconds that an import takes that nobody stops."""
    path = file_of(home, 0)
    begun = time.perf_counter()
    run("import", str(path), "--published", "2020-01-01", home=home)
    return time.perf_counter() - begun


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_an_import_that_is_killed_leaves_a_release_or_nothing(home: Path, taken: float, number: int) -> None:
    path = file_of(home, number)
    arguments = ("import", str(path), "--published", f"20{number % 20:02}-06-01")
    # The first half of a command is its start; what is written is written in the second.
    killed(*arguments, home=home, after=random.Random(number).uniform(0.5, 1.05) * taken)  # noqa: S311
    assert_agreement(home)
    run(*arguments, home=home)
    found = assert_agreement(home)
    assert found[path.name]["observations"] == 4 * 50 * len(YEARS)


def test_the_next_import_sweeps_what_a_killed_one_left(home: Path, taken: float) -> None:
    left = home / "releases" / "made@1999-01-01"
    (left / "more").mkdir(parents=True)
    aside = home / "releases" / ".made@1999-01-01.0123456789abcdef"
    aside.mkdir()
    run("import", str(file_of(home, 900)), "--published", "2020-02-01", home=home)
    folders = {entry.name for entry in (home / "releases").iterdir() if entry.is_dir()}
    assert folders == {one["id"] for one in listed(home).values()}


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_a_publication_that_is_killed_is_done_or_not(home: Path, taken: float, number: int) -> None:
    path = file_of(home, 1000 + number)
    run("import", str(path), "--published", "2021-01-01", "--held", home=home)
    identifier = listed(home)[path.name]["id"]
    arguments = ("release", "publish", identifier)
    killed(*arguments, home=home, after=random.Random(number).uniform(0.5, 1.05) * taken)  # noqa: S311
    found = assert_agreement(home)
    published = [event["release"] for event in events(home, "publish")].count(identifier)
    assert published == (0 if found[path.name]["held"] else 1)
    run(*arguments, home=home)
    assert assert_agreement(home)[path.name]["held"] is False
    assert [event["release"] for event in events(home, "publish")].count(identifier) == 1
