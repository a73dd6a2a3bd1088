"""Heads of the audit chain are anchored in a file outside the database."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.db import transaction

from comity.evidence import store
from comity.evidence.chain import anchors
from comity.evidence.chain.anchors import Anchor, DamagedAnchors
from comity.evidence.importing import rehearsal


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    return tmp_path


def chain_of(count: int) -> Callable[[int], Iterator[Anchor]]:
    return lambda after: (Anchor(number, f"{number:064}", "ab" * 64) for number in range(after + 1, count + 1))


def numbers(held: Sequence[Anchor]) -> list[int]:
    return [anchor.number for anchor in held]


def test_nothing_is_anchored_in_a_new_workspace(home: Path) -> None:
    assert anchors.last() is None
    assert anchors.all() == ()
    assert not (home / "anchors").exists()


def test_what_is_missing_before_an_act_is_anchored_with_it() -> None:
    anchors.add(chain_of(1))
    anchors.add(chain_of(4))
    assert numbers(anchors.all()) == [1, 2, 3, 4]
    assert anchors.last() == Anchor(4, f"{4:064}", "ab" * 64)


def test_what_is_anchored_already_is_not_anchored_again() -> None:
    anchors.add(chain_of(3))
    anchors.add(chain_of(2))
    assert numbers(anchors.all()) == [1, 2, 3]


def test_an_anchor_is_synced_once_it_is_written_with_the_folders_that_it_was_made_in(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[Path, int]] = []

    def noted(descriptor: int) -> None:
        synced.append((Path(f"/proc/self/fd/{descriptor}").resolve(), os.fstat(descriptor).st_size))

    monkeypatch.setattr(os, "fsync", noted)
    anchors.add(chain_of(2))
    assert {home, home / "anchors"} <= {path for path, _size in synced}
    assert synced[-1] == (anchors.path(), anchors.path().stat().st_size)


@pytest.mark.parametrize("left", [b'{"num', b'{"number": 3, "hash": "00"}', b"\n"[:0]])
def test_a_line_that_a_power_cut_left_unfinished_is_no_anchor_and_is_written_anew(left: bytes) -> None:
    anchors.add(chain_of(2))
    with anchors.path().open("ab") as stream:
        stream.write(left)
    assert anchors.last() == anchors.all()[-1] == Anchor(2, f"{2:064}", "ab" * 64)
    anchors.add(chain_of(3))
    assert numbers(anchors.all()) == [1, 2, 3]


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"number": "1", "hash": "", "signature": ""}', b"\xff", b"7"])
def test_a_damaged_line_is_named(line: bytes) -> None:
    anchors.add(chain_of(2))
    with anchors.path().open("ab") as stream:
        stream.write(line + b"\n")
    with pytest.raises(DamagedAnchors, match=r"heads\.jsonl, last line"):
        anchors.last()
    with pytest.raises(DamagedAnchors, match=r"heads\.jsonl, line 3"):
        anchors.all()


@pytest.mark.parametrize("again", [1, 2, 3])
def test_an_anchor_behind_a_later_one_is_named_wherever_it_lies(again: int) -> None:
    anchors.add(chain_of(3))
    lines = anchors.path().read_bytes().splitlines(keepends=True)
    anchors.path().write_bytes(b"".join([*lines, lines[again - 1]]))
    for ask in (anchors.last, anchors.all):
        with pytest.raises(DamagedAnchors, match=f"event {again} stands behind event 3"):
            ask()
    anchors.path().write_bytes(
        b"".join(
            [*lines[::-1], *(b'{"number": %d, "hash": "", "signature": ""}\n' % number for number in range(4, 400))]
        )
    )
    assert anchors.last().number == 399  # the first lines are looked at where all are
    with pytest.raises(DamagedAnchors):
        anchors.all()


def test_processes_that_add_at_once_leave_each_anchor_once_and_in_order() -> None:
    adding = [multiprocessing.get_context("fork").Process(target=_add_each, args=(40,)) for _ in range(4)]
    for process in adding:
        process.start()
    for process in adding:
        process.join()
    assert numbers(anchors.all()) == list(range(1, 41))


def _add_each(count: int) -> None:
    for number in range(1, count + 1):
        anchors.add(chain_of(number))


@pytest.mark.django_db
def test_an_act_is_anchored_when_it_is_committed(django_capture_on_commit_callbacks: Callable[..., object]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        event = store.record_event("ada", "import", {}, at=store.now())
        assert anchors.last() is None
    assert anchors.last() == Anchor(event.number, event.hash, event.signature)


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_or_rehearsed_is_not_anchored(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            store.record_event("ada", "import", {}, at=store.now())
            transaction.set_rollback(True)
        with rehearsal():
            store.record_event("ada", "import", {}, at=store.now())
    assert anchors.last() is None
