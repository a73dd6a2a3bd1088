"""A workspace and its database: nothing is set up, changed or taken for gone by a command that finds another one."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import workspaces
from workspaces import Workspace

pytestmark = pytest.mark.database

READING = [
    ("status", "UNTOC"),
    ("figure", "parties.UNTOC.2012-12-20"),
    ("release", "list"),
    ("release", "check"),
    ("release", "publish", "homicide@2014-10-06"),
    ("query", "homicide", "--area", "BRA"),
    ("quality", "homicide"),
    ("revisions", "homicide"),
    ("indicator", "homicide-rate", "--area", "BRA"),
    ("estimate", "homicide"),
    ("trends",),
    ("flows",),
    ("resolution", "confirm", "A/RES/67/189#op21", "deadline", "null"),
    ("report", "build", "-o", "report"),
    ("report", "verify", "report"),
    ("audit", "verify"),
    ("import", "made.csv"),
    ("import", "made.csv", "--dry-run"),
    ("serve", "--port", "9"),
]


@pytest.fixture(params=READING, ids=" ".join)
def command(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """A command other than `up`; the file that it may ask for lies in the folder."""
    given: tuple[str, ...] = request.param
    return given


@pytest.fixture
def home(workspace: Callable[[Path], Workspace], tmp_path: Path) -> Iterator[Workspace]:
    """A workspace that is set up."""
    made = workspace(tmp_path / "workspace")
    yield made
    made.end()


@pytest.fixture
def other(workspace: Callable[[Path], Workspace], tmp_path: Path) -> Workspace:
    """A copy of the same workspace: its database is the same one in an earlier state, once the first goes on."""
    return workspace(tmp_path / "other")


def with_database_of(home: Workspace, other: Workspace) -> Workspace:
    """The workspace of one with the database of the other."""
    if "DATABASE_URL" in other.environment:
        return Workspace(home.home, {**home.environment, "DATABASE_URL": other.environment["DATABASE_URL"]})
    for ending in ("", "-wal", "-shm"):
        (home.home / f"comity.sqlite3{ending}").unlink(missing_ok=True)
    if (other.home / "comity.sqlite3").exists():
        shutil.copy(other.home / "comity.sqlite3", home.home)
    return Workspace(home.home, home.environment)


def made(folder: Path, number: int = 1) -> str:
    """The name of a file of statistics that is written into a folder."""
    rows = "\n".join(f"{area},recorded-offences-count,0401,{number}" for area in ("008", "076", "250"))
    text = f"# dataset: made\n# title: Made by rule\narea,indicator,iccs,2012\n{rows}\n"
    (folder / f"made-{number}.csv").write_text(text, encoding="utf-8")
    return f"made-{number}.csv"


def held(home: Workspace) -> dict[str, bytes]:
    """The files of the releases and origins of a workspace by their names, and its quarantine's."""
    kept = (path for name in ("releases", "origins", "quarantine") for path in (home.home / name).rglob("*"))
    return {str(path.relative_to(home.home)): path.read_bytes() for path in kept if path.is_file()}


def test_no_command_but_up_makes_a_workspace(command: tuple[str, ...], tmp_path: Path) -> None:
    nowhere = workspaces.empty(tmp_path)
    assert "`comity up --no-serve` makes one" in nowhere.ask(*command, expect=1).stderr
    nowhere.end()
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_of_another_version_is_brought_to_this_one_by_up_alone(home: Workspace) -> None:
    path = home.home / "workspace.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"state": "', '"state": "0'), encoding="utf-8")
    before = path.read_bytes()
    assert "another version" in home.ask("status", "UNTOC", expect=1).stderr
    assert path.read_bytes() == before
    assert home.set_up() == ""
    home.ask("status", "UNTOC")


def test_another_database_is_refused_and_nothing_moves(
    command: tuple[str, ...], home: Workspace, tmp_path: Path
) -> None:
    before = held(home)
    astray = with_database_of(home, workspaces.empty(tmp_path / "empty"))
    assert "does not belong to the database" in astray.ask(*command, expect=1).stderr
    assert "does not belong to the database" in astray.ask("up", "--no-serve", expect=1).stderr
    astray.end()
    assert held(home) == before
    assert not (home.home / "quarantine").exists()


@pytest.mark.skipif(not workspaces.DATABASE, reason="only where a server is in use can its address be left out")
def test_a_workspace_of_postgresql_is_not_given_to_sqlite(home: Workspace) -> None:
    before = held(home)
    alone = Workspace(home.home, {name: value for name, value in home.environment.items() if name != "DATABASE_URL"})
    assert "does not belong to the database" in alone.ask("status", "UNTOC", expect=1).stderr
    alone.end()
    assert held(home) == before


def test_an_older_state_of_the_database_is_refused_and_adopted_only_on_demand(
    home: Workspace, other: Workspace
) -> None:
    home.ask("import", made(home.home), "--published", "2020-01-01")
    home.ask("import", made(home.home, 2), "--published", "2021-01-01")
    home.end()
    before = held(home)
    older = with_database_of(home, other)
    for arguments in (("status", "UNTOC"), ("import", "made-1.csv"), ("up", "--no-serve")):
        assert "is an older state" in older.ask(*arguments, expect=1).stderr
    assert "gone from the chain" in older.ask("audit", "verify", expect=1).stderr
    assert held(home) == before
    assert older.set_up("adopt") == ""
    older.ask("import", made(home.home, 3), "--published", "2022-01-01")
    after = held(home)
    older.ask("audit", "verify")
    older.end()
    for name, data in before.items():
        if name.startswith("releases/made@"):
            folder, _slash, file = name.removeprefix("releases/").partition("/")
            aside = [kept for kept in after if kept.startswith(f"quarantine/releases/{folder}.")]
            assert [after[kept] for kept in aside if kept.endswith(file)] == [data]
        elif not name.endswith("CURRENT.json"):
            assert after[name] == data


def test_a_workspace_from_before_it_knew_its_database_knows_it_by_name(home: Workspace, tmp_path: Path) -> None:
    path = home.home / "workspace.json"
    database = home.environment.get("DATABASE_URL", str(home.home / "comity.sqlite3"))
    name = database if "://" not in database else database.partition("?")[0].rpartition("/")[2]
    path.write_text(f'{{"state": "0", "database": "{name}"}}', encoding="utf-8")
    assert home.set_up() == ""
    home.ask("status", "UNTOC")
    path.write_text('{"state": "0", "database": "another"}', encoding="utf-8")
    assert "does not belong to the database" in home.set_up()


def test_a_folder_that_holds_releases_is_given_no_empty_database(tmp_path: Path) -> None:
    found = workspaces.empty(tmp_path)
    (tmp_path / "releases" / "homicide@2014-10-06").mkdir(parents=True)
    assert "does not belong to the database" in found.ask("up", "--no-serve", expect=1).stderr
    found.end()
    assert (tmp_path / "releases" / "homicide@2014-10-06").is_dir()


def test_what_notebooks_read_is_put_right_by_the_next_command(home: Workspace) -> None:
    path = home.home / "releases" / "CURRENT.json"
    home.ask("import", made(home.home), "--published", "2020-01-01")
    right = path.read_bytes()
    for damaged in (b"", b"{}", right.replace(b'"head": [', b'"head": [1'), right[: len(right) // 2]):
        path.write_bytes(damaged)
        home.ask("status", "UNTOC")
        assert path.read_bytes() == right


def test_reading_commands_work_on_a_copy_that_may_only_be_read_and_acts_write_nothing(home: Workspace) -> None:
    if workspaces.DATABASE:
        pytest.skip("a server's database is no part of the copy")
    file = home.home / made(home.home)
    places = [home.home, *home.home.rglob("*")]
    modes = {place: place.stat().st_mode for place in places}
    for place in places:
        place.chmod(modes[place] & 0o555)
    try:
        before, changed = held(home), {place: place.stat().st_mtime_ns for place in places}
        assert home.run("status", "UNTOC").stdout
        home.run("release", "list")
        home.run("audit", "verify")
        for act in (("import", str(file)), ("up", "--no-serve"), ("up", "--no-serve", "--adopt")):
            assert "Read-only file system" in home.run(*act, expect=1).stderr
        assert held(home) == before
        assert {place: place.stat().st_mtime_ns for place in (home.home, *home.home.rglob("*"))} == changed
    finally:
        for place, mode in modes.items():
            place.chmod(mode)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which a workspace fits, and that can be filled."""
    place = tmp_path / "disk"
    place.mkdir()
    made_ = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", place], capture_output=True, check=False)
    if made_.returncode:
        pytest.skip("only an administrator can make a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_on_a_full_disk_what_only_reads_works_and_an_act_says_so(
    workspace: Callable[[Path], Workspace], full_disk: Path
) -> None:
    home = workspace(full_disk / "home")
    file = full_disk / made(full_disk)
    with (full_disk / "filled").open("wb", buffering=0) as filled, suppress(OSError):
        while True:
            filled.write(bytes(4096))
    before = held(home)
    assert home.run("status", "UNTOC").stdout
    home.run("release", "list")
    home.run("audit", "verify")
    for act in (
        ("import", str(file)),
        ("report", "build"),
        *([] if workspaces.DATABASE else [("serve", "--port", "9")]),
    ):
        assert "No space left on device" in home.run(*act, expect=1).stderr
    (full_disk / "filled").unlink()
    assert held(home) == before
    home.run("audit", "verify")
    home.run("import", str(file))


def test_faults_of_a_workspace_of_another_version_are_told_with_that(home: Workspace) -> None:
    next(path for path in (home.home / "origins").iterdir() if path.is_file()).unlink()
    assert "another version" not in home.ask("audit", "verify", expect=1).stderr
    path = home.home / "workspace.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"state": "', '"state": "0'), encoding="utf-8")
    assert "was set up by another version" in home.ask("audit", "verify", expect=1).stderr
