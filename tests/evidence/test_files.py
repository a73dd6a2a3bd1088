"""The bytes of files that people name: regular ones alone, and not too many."""

import os
import socket
from pathlib import Path

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.files.size_limit import bytes_of


def refusal(path: Path, most: int = 100) -> str:
    with pytest.raises(BadInput) as raised:
        bytes_of(path, most=most)
    return str(raised.value)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes(b"lighthouse\n" * 9)
    assert bytes_of(tmp_path / "l.csv", most=99) == b"lighthouse\n" * 9


def test_a_link_to_a_file_is_the_file(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes(b"lighthouse\n")
    (tmp_path / "link").symlink_to(tmp_path / "l.csv")
    assert bytes_of(tmp_path / "link") == b"lighthouse\n"


def test_a_file_that_is_too_large_is_refused_with_the_bound(tmp_path: Path) -> None:
    with (tmp_path / "l.csv").open("wb") as stream:
        stream.truncate(2**40)
    assert "found “1,048,576.0 MB”, expected a file of at most 128 MB" in refusal(tmp_path / "l.csv", 128 * 2**20)


def test_what_has_no_end_is_not_read() -> None:
    assert "found “a device”" in refusal(Path("/dev/zero"))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="files that say they are empty stand there")
def test_a_file_that_says_it_is_empty_is_read_no_further_than_the_bound() -> None:
    assert "expected a file of at most 0 MB" in refusal(Path("/proc/self/maps"), 10)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "found “a pipe”" in refusal(tmp_path / "pipe")


def test_a_folder_and_a_socket_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "found “a folder”" in refusal(Path())
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s")
        assert "expected a file that can be read" in refusal(Path("s"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "m.csv").startswith(f"{tmp_path}/m.csv: found “No such file or directory”")
    assert "expected a file that can be read" in refusal(Path("m\0.csv"))
