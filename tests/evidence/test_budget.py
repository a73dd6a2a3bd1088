"""The budget of a file: what a child may take, what is said where it takes more, and what goes on after it."""

import faulthandler
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from comity.evidence.errors import BadInput, Fault, UnknownName, WorkspaceError
from comity.evidence.files import budget
from comity.evidence.files.traceback_places import frames_of


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget that is soon spent."""
    monkeypatch.setenv("COMITY_FILE_SECONDS", "1")
    monkeypatch.setenv("COMITY_FILE_MEBIBYTES", "700")


def endless() -> NoReturn:
    while True:
        pass


def end_by(number: int) -> NoReturn:
    faulthandler.disable()
    os.kill(os.getpid(), number)
    raise AssertionError("the signal ends the process")


def refused(work: object) -> str:
    with pytest.raises(BadInput) as refusal:
        budget.within("l.csv", work)  # type: ignore[arg-type]
    return str(refusal.value)


def test_what_the_work_gives_comes_back() -> None:
    mine = os.getpid()
    given, its = budget.within("l.csv", lambda: (["Eddystone", 49], os.getpid()))
    assert given == ["Eddystone", 49]
    assert its != mine


def test_an_error_of_the_work_comes_back_as_itself() -> None:
    def misread() -> NoReturn:
        raise UnknownName("Edystone", "a lighthouse", ["Eddystone"], "l.csv", "2:lighthouse")

    with pytest.raises(UnknownName) as raised:
        budget.within("l.csv", misread)
    assert raised.value.candidates == ("Eddystone",)
    assert raised.value.faults == UnknownName("Edystone", "a lighthouse", ["Eddystone"], "l.csv", "2:lighthouse").faults


def test_a_fault_of_ours_says_where_it_stands() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        budget.within("l.csv", lambda: 1 // 0)
    assert "test_budget.py" in "".join(raised.value.__notes__)


def test_where_a_fault_of_ours_stands_is_known_without_its_words() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        budget.within("l.csv", lambda: 1 // 0)
    assert "test_budget.py" in frames_of(raised.value)[-1]
    assert not any("division" in place for place in frames_of(raised.value))


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    class Odd(Exception):
        """None that another process could find."""

    def fail() -> NoReturn:
        raise Odd("of its own kind")

    with pytest.raises(RuntimeError, match="of its own kind"):
        budget.within("l.csv", fail)


@pytest.mark.usefixtures("little")
def test_work_without_end_is_refused_with_the_limit_of_time() -> None:
    assert "more than 1 seconds" in refused(endless)


@pytest.mark.usefixtures("little")
def test_work_that_waits_for_ever_is_refused_with_the_limit_of_time() -> None:
    assert refused(signal.pause) == "l.csv: found “more than 1 seconds”, expected a file that is read within 1 seconds"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel holds no limit of memory there")
@pytest.mark.usefixtures("little")
def test_work_that_takes_all_memory_is_refused_with_the_limit_of_memory() -> None:
    assert refused(lambda: len(bytearray(2**30))) == (
        "l.csv: found “more than 700 MiB of memory”, expected a file whose reading takes at most 700 MiB of memory"
    )


def test_a_number_of_endless_digits_is_refused_by_its_length() -> None:
    assert "more than 4,300 digits" in refused(lambda: int("1" * 5_000))


def test_work_that_goes_too_deep_is_refused() -> None:
    def deeper() -> object:
        return [deeper()]

    assert "nested too deep" in refused(deeper)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], object]]:
    """Waits in the child until the parent waits for it without a limit; where it never does, its limit is met."""
    read, write = os.pipe()
    really = select.select

    def selected(*given: Any) -> Any:
        if given[-1] is None:
            os.write(write, b".")
        return really(*given)

    monkeypatch.setattr("select.select", selected)
    yield lambda: os.read(read, 1)
    os.close(read)
    os.close(write)


@pytest.mark.usefixtures("little")
def test_the_time_that_others_are_waited_for_does_not_count(unlimited: Callable[[], object]) -> None:
    def wait_and_read() -> str:
        with budget.waiting():
            unlimited()
        return "read"

    assert budget.within("l.csv", wait_and_read) == "read"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (signal.SIGXCPU, "25 seconds of the processor"),
        (signal.SIGKILL, "a file at which its reader ended (SIGKILL)"),
        (signal.SIGABRT, "1024 MiB of memory"),
        (signal.SIGSEGV, "SIGSEGV"),
    ],
)
def test_a_reader_that_is_ended_is_a_refusal(number: int, said: str) -> None:
    assert said in refused(lambda: end_by(number))


def test_one_that_ends_while_it_stores_is_no_refusal() -> None:
    def store() -> None:
        budget.it_is_done()
        end_by(signal.SIGKILL)

    with pytest.raises(WorkspaceError, match="see what is held"):
        budget.within("l.csv", store)


def numbers(items: Sequence[int]) -> Iterator[int]:
    total = 0
    for item in items:
        if item < 0:
            end_by(signal.SIGKILL)
        total += item
        yield total


def test_what_is_left_out_for_its_budget_does_not_hold_up_the_next() -> None:
    outcomes = [
        (item, outcome if isinstance(outcome, int) else None) for item, outcome in budget.each([1, -1, 2], numbers)
    ]
    assert outcomes == [(1, 1), (-1, None), (2, 2)]


def test_items_that_belong_together_are_gone_through_again_without_what_is_left_out() -> None:
    outcomes = [
        (item, outcome if isinstance(outcome, int) else None)
        for item, outcome in budget.each([1, -1, 2, -2, 3], numbers, together=True)
    ]
    assert outcomes == [(1, 1), (-1, None), (2, 3), (-2, None), (3, 6)]


@pytest.mark.usefixtures("little")
def test_once_it_is_known_what_a_file_says_the_wall_clock_stops(unlimited: Callable[[], object]) -> None:
    def wait_for_others() -> str:
        budget.it_is_known()
        unlimited()
        return "stored"

    assert budget.within("l.csv", wait_for_others) == "stored"


@pytest.mark.usefixtures("little")
def test_once_all_is_done_no_limit_ends_what_follows() -> None:
    def commit() -> tuple[int, int]:
        budget.it_is_known()
        budget.it_is_done()
        return resource.getrlimit(resource.RLIMIT_CPU)[0], len(bytearray(2**30))

    _soft, most = resource.getrlimit(resource.RLIMIT_CPU)
    assert budget.within("l.csv", commit) == (most, 2**30)


def test_outside_a_child_nothing_is_said_or_lifted() -> None:
    budget.it_is_known()
    budget.it_is_done()


def test_the_child_ends_with_its_parent() -> None:
    script = (
        "import os, signal, sys\n"
        "from comity.evidence.files import budget\n"
        "def work():\n"
        "    os.write(int(sys.argv[1]), b'begun')\n"
        "    signal.pause()\n"
        "budget.within('l.csv', work)\n"
    )
    read, write = os.pipe()
    parent = subprocess.Popen([sys.executable, "-c", script, str(write)], pass_fds=[write])
    os.close(write)
    assert os.read(read, 5) == b"begun"
    parent.kill()
    parent.wait()
    assert os.read(read, 1) == b""  # the end that the child held open is closed
    os.close(read)


def test_what_the_child_leaves_lying_about_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def leave() -> NoReturn:
        import tempfile

        (Path(tempfile.mkdtemp()) / "cells").write_bytes(b"1")
        end_by(signal.SIGKILL)

    refused(leave)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("said", ["0", "-1", "ten", "1.5", "²"])
def test_a_budget_that_is_no_number_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_FILE_SECONDS", said)
    with pytest.raises(BadInput) as refusal:
        budget.of_a_file()
    [fault] = refusal.value.faults
    assert fault == Fault("environment", "COMITY_FILE_SECONDS", said, "a whole number above zero")
