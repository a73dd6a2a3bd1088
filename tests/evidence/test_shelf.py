"""The shelf of kept files: made once, bounded, and never half a file."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.workspaces.bounded_cache import Shelf, TakesLong, only_quick


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf of a hundred bytes in a workspace of its own."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    return Shelf("made", 100)


def writes(data: bytes) -> Callable[[BinaryIO], object]:
    """Something that writes a file of these bytes."""
    return lambda stream: stream.write(data)


def names(shelf: Shelf) -> set[str]:
    """The names of the files that are kept."""
    return {path.name for path in shelf.folder.iterdir() if not path.name.startswith(".")}


def aged(shelf: Shelf, *oldest_first: str) -> None:
    """Make it so that files were used last in this order, all of them long ago."""
    for number, name in enumerate(oldest_first):
        os.utime(shelf.folder / name, (1_000 + number, 1_000 + number))


def test_what_another_is_making_still_is_no_room_to_be_had(shelf: Shelf) -> None:
    def make(stream: BinaryIO) -> None:
        stream.write(b"half")
        stream.flush()
        shelf.made("other", writes(b"x" * 200))
        stream.write(b" whole")

    assert shelf.made("one", make).read_bytes() == b"half whole"


def test_a_file_is_made_once_however_many_ask_for_it(shelf: Shelf) -> None:
    calls: list[int] = []

    def make(stream: BinaryIO) -> None:
        calls.append(1)
        stream.write(b"whole")

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _number: shelf.made("one", make).read_bytes(), range(20)))
    assert (found, len(calls)) == ([b"whole"] * 20, 1)


def test_what_was_used_longest_ago_goes_first(shelf: Shelf) -> None:
    for name in ("a", "b", "c"):
        shelf.keep(name, b"x" * 30)
    aged(shelf, "a", "b", "c")
    shelf.find("a")
    shelf.keep("d", b"x" * 30)
    assert names(shelf) == {"a", "c", "d"}


def test_a_file_larger_than_the_shelf_is_given_and_stands_alone(shelf: Shelf) -> None:
    shelf.keep("small", b"x")
    aged(shelf, "small")
    assert len(shelf.made("large", writes(b"x" * 500)).read_bytes()) == 500
    assert names(shelf) == {"large"}


def test_what_fails_halfway_leaves_nothing_and_is_made_anew(shelf: Shelf) -> None:
    def fail(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        shelf.made("one", fail)
    assert names(shelf) == set()
    assert shelf.made("one", writes(b"whole")).read_bytes() == b"whole"


def test_nothing_long_is_begun_where_only_what_is_quick_may_be(shelf: Shelf) -> None:
    with only_quick(), pytest.raises(TakesLong):
        shelf.made("one", writes(b"whole"))
    shelf.made("one", writes(b"whole"))
    with only_quick():
        assert shelf.made("one", writes(b"other")).read_bytes() == b"whole"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=30))
def test_the_shelf_never_holds_more_than_it_may(
    tmp_path_factory: pytest.TempPathFactory, kept: list[tuple[int, int]]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("home")))
        shelf = Shelf("made", 100)
        for name, size in kept:
            shelf.made(str(name), writes(b"x" * size))
            assert shelf.find(str(name))
            assert sum(path.stat().st_size for path in shelf.folder.iterdir()) <= 100
