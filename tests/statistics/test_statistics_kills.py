"""A machine that stops at any moment: what is recorded is there whole, and what is not leaves nothing that counts."""

import json
import os
import random
import signal
import subprocess
import time
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


def killed(home: Workspace, *arguments: str, after: float) -> None:
    """Kill the command some seconds after its start, unless it ended before, and let the database notice."""
    child = home.start(*arguments)
    try:
        child.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    home.wait_until_left()


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
def taken(home: Workspace) -> float:
    """Seconds that an import takes that nobody stops."""
    path = file_of(home.home, 0)
    begun = time.perf_counter()
    home.run("import", str(path), "--published", "2020-01-01")
    return time.perf_counter() - begun


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_an_import_that_is_killed_leaves_a_release_or_nothing(home: Workspace, taken: float, number: int) -> None:
    path = file_of(home.home, number)
    arguments = ("import", str(path), "--published", day_after("2020-03-01", number))
    # The first half of a command is its start; what is written is written in the second.
    killed(home, *arguments, after=random.Random(number).uniform(0.5, 1.05) * taken)  # noqa: S311
    assert_agreement(home)
    home.ask(*arguments)
    found = assert_agreement(home)
    assert found[path.name]["observations"] == 4 * 50 * len(YEARS)


def test_the_next_import_sweeps_what_a_killed_one_left(home: Workspace, taken: float) -> None:
    left = home.home / "releases" / "made@1999-01-01"
    (left / "more").mkdir(parents=True)
    aside = home.home / "releases" / ".made@1999-01-01.0123456789abcdef"
    aside.mkdir()
    home.ask("import", str(file_of(home.home, 900)), "--published", "2020-02-01")
    folders = {entry.name for entry in (home.home / "releases").iterdir() if entry.is_dir()}
    assert folders == {one["id"] for one in listed(home).values()}


@pytest.mark.parametrize("number", range(1, KILLS + 1))
def test_a_publication_that_is_killed_is_done_or_not(home: Workspace, taken: float, number: int) -> None:
    path = file_of(home.home, 1000 + number)
    home.ask("import", str(path), "--published", day_after("2022-01-01", number), "--held")
    identifier = listed(home)[path.name]["id"]
    arguments = ("release", "publish", identifier)
    killed(home, *arguments, after=random.Random(number).uniform(0.5, 1.05) * taken)  # noqa: S311
    found = assert_agreement(home)
    published = [event["release"] for event in events(home, "publish")].count(identifier)
    assert published == (0 if found[path.name]["held"] else 1)
    home.ask(*arguments)
    assert assert_agreement(home)[path.name]["held"] is False
    assert [event["release"] for event in events(home, "publish")].count(identifier) == 1
