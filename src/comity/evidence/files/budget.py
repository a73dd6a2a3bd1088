"""A budget for every file: what people bring is read in a process of its own, which ends where it takes too much.

A forked child does the work and sends what comes of it; its parent only waits, and holds no open database meanwhile. So
a file on which a reader does not come to an end, or takes all memory, is refused as any other, with the limit that it
met. The kernel holds its processor time, and on Linux its memory; its parent holds the wall clock, on which the time
does not count that others had the processor: a busy machine refuses no file that an idle one takes.
"""

import ctypes
import gc
import os
import pickle
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from comity.evidence.errors import BadInput, Fault, WorkspaceError
from comity.evidence.files.traceback_places import keep_frames
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces.acts import let_go_of_the_database

SECONDS = 25
"""Of the wall clock until it is known what a file says, and of the processor until it is stored: with what a command
needs to begin and to say what came of it, 30."""
MEBIBYTES = 1024
"""Of memory that the process holds, what it had before it began among them."""

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_LENGTH = struct.Struct("!Q")
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl(2)


@dataclass(frozen=True)
class Budget:
    """What reading one file may take."""

    seconds: int
    mebibytes: int


def of_a_file() -> Budget:
    """The budget, by `COMITY_FILE_SECONDS` and `COMITY_FILE_MEBIBYTES` where an operator gives another."""
    return Budget(_given("COMITY_FILE_SECONDS", SECONDS), _given("COMITY_FILE_MEBIBYTES", MEBIBYTES))


def _given(name: str, usual: int) -> int:
    said = os.environ.get(name) or str(usual)
    if not (said.isascii() and said.isdigit() and 0 < int(said) < 1_000_000):
        raise BadInput(Fault(_("environment"), name, said, _("a whole number above zero")))
    return int(said)


class Spent(Exception):
    """What a file took more of than its budget holds; `value` and `expected` are those of a fault."""

    def __init__(self, value: str, expected: str):
        self.value, self.expected = value, expected
        super().__init__(value, expected)

    def refusal(self, file: str) -> BadInput:
        """The refusal of a file of this name."""
        return BadInput(Fault(file, "", self.value, self.expected))


def _too_long(budget: Budget) -> Spent:
    said = {"count": budget.seconds}
    return Spent(_("more than %(count)d seconds") % said, _("a file that is read within %(count)d seconds") % said)


def _too_much_work(budget: Budget) -> Spent:
    said = {"count": budget.seconds}
    expected = _("a file whose reading takes at most %(count)d seconds of the processor")
    return Spent(_("more than %(count)d seconds of the processor") % said, expected % said)


def _too_large(budget: Budget) -> Spent:
    said = {"count": budget.mebibytes}
    expected = _("a file whose reading takes at most %(count)d MiB of memory")
    return Spent(_("more than %(count)d MiB of memory") % said, expected % said)


def _too_deep() -> Spent:
    return Spent(_("parts that are nested too deep"), _("a file whose parts are nested less than a thousand deep"))


def _too_many_digits() -> Spent:
    said = {"count": f"{sys.get_int_max_str_digits():,}"}
    expected = _("a file whose numbers have at most %(count)s digits") % said
    return Spent(_("a number of more than %(count)s digits") % said, expected)


def _ended(signal_number: int) -> Spent:
    try:
        said = signal.Signals(signal_number).name
    except ValueError:
        said = str(signal_number)
    found = _("a file at which its reader ended (%(signal)s)") % {"signal": said}
    return Spent(found, _("a file that can be read to its end"))


def within(file: str, work: Callable[[], Outcome]) -> Outcome:
    """What some work on a file gives, done within the budget; raises BadInput that names the limit it met.

    What the work raises is raised here, and what it gives is sent: both must be values that can be pickled.
    """
    [(_file, outcome)] = each([file], lambda _files: iter([work()]))
    if isinstance(outcome, Spent):
        raise outcome.refusal(file)
    return outcome


def each(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Iterator[Outcome]], *, together: bool = False
) -> Iterator[tuple[Item, Outcome | Spent]]:
    """What comes of some work on each item in turn, or what it spent of its budget; work goes on with the next one.

    `work` gives an outcome for each item that it is given. Where an item is left out for its budget, a new child goes
    on behind it; with `together` that one goes through those before it again, as an item may depend on them.
    """
    passed: list[Item] = []
    left = list(items)
    while left:
        again = len(passed) if together else 0
        with _Child(work, [*passed[:again], *left], of_a_file()) as child:
            try:
                for _item in range(again):
                    child.outcome()
                while left:
                    yield left[0], child.outcome()
                    passed.append(left.pop(0))
            except Spent as spent:
                yield left.pop(0), spent


# ---- the parent ----


class _Child:
    """The process that does the work, as its parent sees it; it is gone when the block ends."""

    def __init__(self, work: Callable[[Sequence[Any]], Iterator[Any]], items: Sequence[Any], budget: Budget):
        self._work, self._items, self._budget = work, items, budget

    def __enter__(self) -> "_Child":
        let_go_of_the_database()  # a child that used its parent's connection would end it
        self._folder = tempfile.mkdtemp(prefix="comity-reading-")
        self._ours, theirs = socket.socketpair()
        gc.freeze()  # what is here already is not looked through in the child, which would copy it
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            self._ours.close()
            _be_child(self._work, self._items, theirs, self._budget, self._folder, parent)
        gc.unfreeze()
        theirs.close()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._ours.close()
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def outcome(self) -> Any:
        """What came of the next item; raises what its work raised, or Spent."""
        deadline: float | None = time.monotonic() + self._budget.seconds
        self._held_up, self._storing = _held_up(self._process), False
        while True:
            kind, value = self._receive(deadline)
            if kind == _KNOWN:
                deadline = None
                self._ours.sendall(_KNOWN)
            elif kind == _STORING:
                self._storing = True
            elif kind == _BEGUN:
                deadline = time.monotonic() + self._budget.seconds
                self._held_up = _held_up(self._process)
            elif kind == _GIVEN:
                return value
            elif kind == _SPENT:
                raise _too_large(self._budget)
            elif kind == _DEEP:
                raise _too_deep()
            elif kind == _DIGITS:
                raise _too_many_digits()
            else:
                raise value

    def _receive(self, deadline: float | None) -> tuple[bytes, Any]:
        kind = self._bytes(1, deadline)
        (length,) = _LENGTH.unpack(self._bytes(_LENGTH.size, deadline))
        data = self._bytes(length, deadline)
        return bytes(kind), pickle.loads(data) if data else None  # noqa: S301 - our own process sent it

    def _bytes(self, count: int, deadline: float | None) -> bytearray:
        held = bytearray()
        while len(held) < count:
            self._wait(deadline)
            piece = self._ours.recv(min(count - len(held), 2**20))
            if not piece:
                raise self._why_it_ended()
            held += piece
        return held

    def _wait(self, deadline: float | None) -> None:
        """Wait until the child sends something; raises Spent once its time is over."""
        while True:
            held_up = _held_up(self._process) - self._held_up
            left = None if deadline is None else deadline + held_up - time.monotonic()
            if select.select([self._ours], [], [], left and max(0.0, left))[0]:
                return
            if left is not None and left <= 0:
                raise _too_long(self._budget)

    def _why_it_ended(self) -> Exception:
        signal_number = -self._end()
        if self._storing:
            return WorkspaceError(_("The process that stored the file ended before it said so: see what is held."))
        if signal_number == signal.SIGXCPU:
            return _too_much_work(self._budget)
        # Where a library finds no memory it ends the process.
        return _too_large(self._budget) if signal_number == signal.SIGABRT else _ended(signal_number)

    def _end(self) -> int:
        """End the child with all that it began, once; gives its exit code, below zero for the signal that ended it."""
        if self._process:
            ended = os.waitpid(self._process, os.WNOHANG)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process, signal.SIGKILL)
            status = (ended if ended[0] else os.waitpid(self._process, 0))[1]
            self._process, self._code = 0, os.waitstatus_to_exitcode(status)
        return self._code


def _held_up(process: int) -> float:
    """Seconds that a process was ready to go on and others had the processor; 0 where the kernel does not tell."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


# ---- the child ----

_GIVEN, _RAISED, _SPENT, _DEEP, _DIGITS, _KNOWN, _BEGUN, _STORING = b"+", b"!", b"m", b"d", b"n", b"k", b"b", b"s"

_parent: socket.socket | None = None


def it_is_known() -> None:
    """Say that it is known what the file says: from here on its work may wait for others, and the wall clock stops."""
    if _parent is not None:
        _send(_KNOWN)
        if not _parent.recv(1):
            os._exit(1)


@contextmanager
def waiting() -> Iterator[None]:
    """Within it the wall clock does not count, since others are waited for."""
    it_is_known()
    yield
    if _parent is not None:
        _send(_BEGUN)


def it_is_done() -> None:
    """Lift the limits once all is done that could meet them: what follows, such as a commit, must not end midway."""
    if _parent is not None:
        _send(_STORING)
        _limit(resource.RLIMIT_CPU, resource.RLIM_INFINITY)
        _limit(resource.RLIMIT_DATA, resource.RLIM_INFINITY)


def _be_child(
    work: Callable[[Sequence[Any]], Iterator[Any]],
    items: Sequence[Any],
    theirs: socket.socket,
    budget: Budget,
    folder: str,
    parent: int,
) -> NoReturn:
    """Do the work as the child, and end: nothing of what the parent had begun is ended here a second time."""
    global _parent
    try:
        _stand_apart(parent, folder)
        _parent = theirs
        _send_each(work, items, budget)
    finally:
        os._exit(0)


def _stand_apart(parent: int, folder: str) -> None:
    """Be a process group of its own, so that it ends with all that it begins; say nothing; end with the parent."""
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    tempfile.tempdir = folder
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _send_each(work: Callable[[Sequence[Any]], Iterator[Any]], items: Sequence[Any], budget: Budget) -> None:
    try:
        _keep_within(budget)
        outcomes = iter(work(items))
        for _item in items:
            _keep_within(budget)
            _send(_GIVEN, next(outcomes))
        next(outcomes, None)
    except MemoryError:
        _send(_SPENT)
    except RecursionError:
        _send(_DEEP)
    except BaseException as error:
        # Python reads no longer number, since the time that it takes grows with the square of its digits.
        endless = isinstance(error, ValueError) and str(error).startswith("Exceeds the limit")
        _send(_DIGITS) if endless else _send(_RAISED, _sendable(error))


def _keep_within(budget: Budget) -> None:
    """Set the limits for the next item: what the process has used before it is not the item's."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + budget.seconds)
    if (held := _memory_held()) is not None:
        resident, mapped = held
        _limit(resource.RLIMIT_DATA, mapped + max(0, budget.mebibytes * 2**20 - resident))


def _memory_held() -> tuple[int, int] | None:
    """Bytes that this process holds in memory, and those of data that are mapped, touched or not; None but on Linux."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    resident, mapped = (int(said[name].split()[0]) * 1024 for name in ("VmRSS", "VmData"))
    return resident, mapped


def _limit(what: int, to: int) -> None:
    _soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (to if hard == resource.RLIM_INFINITY else min(to, hard) if to >= 0 else hard, hard))


def _send(kind: bytes, value: Any = None) -> None:
    data = b"" if value is None else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    if _parent is not None:
        _parent.sendall(kind + _LENGTH.pack(len(data)))
        _parent.sendall(data)


def _sendable(error: BaseException) -> BaseException:
    """An error as its parent can take it, with where it came from for whoever must mend a fault of ours."""
    keep_frames(error, of=error)
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made the moment before
    except Exception:
        told = RuntimeError("".join(traceback.format_exception(error)))
        keep_frames(told, of=error)
        return told
    return error
