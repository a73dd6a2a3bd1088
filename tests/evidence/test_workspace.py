"""Files of the workspace are there whole or not at all."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import workspace
from comity.evidence.workspaces.workspace import write_whole


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A process that takes nothing, the usual, or all from what it makes."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_what_is_private_is_so_from_birth_whatever_the_umask(
    tmp_path: Path, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    born: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: born.append(os.fstat(descriptor).st_mode))
    write_whole(tmp_path / "home" / "keys" / "secret", b"secret", private=True)
    files = [mode & 0o777 for mode in born if mode & 0o100000]
    assert files == [0o600]
    assert _mode(tmp_path / "home" / "keys" / "secret") == 0o600
    assert _mode(tmp_path / "home" / "keys") == 0o700


def test_what_is_not_private_is_never_writable_by_everyone_and_readable_as_the_umask_lets(
    tmp_path: Path, umask: int
) -> None:
    write_whole(tmp_path / "home" / "origins" / "file", b"text")
    for path in (tmp_path / "home" / "origins" / "file", tmp_path / "home" / "origins", tmp_path / "home"):
        assert _mode(path) & 0o002 == 0
        assert bool(_mode(path) & 0o004) == (umask != 0o077)


def test_a_folder_of_keys_that_others_could_list_is_closed(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o755)
    write_whole(tmp_path / "keys" / "secret", b"secret", private=True)
    assert _mode(tmp_path / "keys") == 0o700


def test_file_and_folder_are_synced_in_that_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(Path(f"/proc/self/fd/{descriptor}").resolve()))
    write_whole(tmp_path / "file", b"text")
    aside, folder = synced
    assert (aside.parent, aside != tmp_path / "file", folder) == (tmp_path, True, tmp_path)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "file", b"text")
    assert list(tmp_path.iterdir()) == []


def test_links_that_lead_in_a_circle_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "a"))
    with pytest.raises(WorkspaceError, match="circle"):
        workspace.home()


def test_many_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    texts = [str(number).encode() * 20_000 for number in range(10)]
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda data: write_whole(path, data), texts * 5))
    assert path.read_bytes() in texts
    assert [found.name for found in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("lay", [os.mkfifo, os.mkdir, lambda place: place.symlink_to("/dev/null")])
def test_what_is_no_file_in_the_place_of_a_lock_is_refused_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lay: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    lay(tmp_path / ".act.lock")
    with pytest.raises(OSError, match=r"\.act\.lock"), workspace.alone("act"):
        pass
