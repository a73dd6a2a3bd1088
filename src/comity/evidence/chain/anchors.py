"""Heads of the audit chain anchored outside the database: a file of the workspace to which each act adds a line.

A chain that is cut or put back to an earlier state is whole in itself; beside the anchors it is seen to be behind. A
line holds number, hash and signature of an event; it is written once the act is committed, so that what is stopped in
between leaves the database ahead of its anchors and never behind them. The next act writes what is missing.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count, pairwise
from pathlib import Path

from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import own_files, workspace

_LONGEST_LINE = 4096


@dataclass(frozen=True)
class Anchor:
    """An event of the chain as it was anchored: its number, its hash, and the signature over both."""

    number: int
    hash: str
    signature: str


class DamagedAnchors(WorkspaceError):
    """A line of the anchors that is none."""


def path() -> Path:
    """Where the anchors lie."""
    return workspace.anchors() / "heads.jsonl"


def last() -> Anchor | None:
    """The last anchor; None where nothing is anchored. Raises DamagedAnchors where its line is none."""
    try:
        with own_files.opened(path()) as stream:
            return _last(stream.fileno())
    except FileNotFoundError:
        return None


def all() -> Sequence[Anchor]:
    """Every anchor by number; none where nothing is anchored. Raises DamagedAnchors that names a line that is none, or
    that does not come after the one before it."""
    try:
        lines = own_files.bytes_of(path()).split(b"\n")
    except FileNotFoundError:
        return ()
    # What follows the last end of a line is one that a power cut left unfinished: it was never an anchor.
    return _in_order(_read(line, number) for number, line in enumerate(lines[:-1], start=1))


def add(coming: Callable[[int], Iterable[Anchor]]) -> None:
    """Add the anchors of all events after the last one that is anchored, which `coming` gives by that one's number.

    Several processes may call it at once: each adds what is missing then, in order, and what is added outlives a power
    cut. Raises WorkspaceError where the file cannot be written.
    """
    try:
        with _held() as file:
            anchored = _last(file)
            added = coming(anchored.number if anchored else 0)
            if data := b"".join(_line(anchor) for anchor in added):
                os.write(file, data)
                os.fsync(file)
    except OSError as error:
        raise WorkspaceError(f"{path()}: the act is recorded, but not its anchor: {error.strerror}") from None


ADOPTING = ".anchors-adopting"
"""The folder in which an adoption makes anchors and pin, before they take the place of those that were there."""


def take_place() -> None:
    """Put what an adoption made in the place of the anchors and the pin, in one step where the system can."""
    made, folder = workspace.home() / ADOPTING, path().parent
    if not (folder.exists() and workspace.exchange(made, folder)):
        _keep_aside(folder)
        made.rename(folder)
    workspace.sync(folder.parent)


def keep_what_was_there() -> None:
    """Keep under a name of its own what lies in the folder of an adoption and is none of it any more."""
    _keep_aside(workspace.home() / ADOPTING)


def _keep_aside(folder: Path) -> None:
    if folder.exists():
        names = (folder.with_name(f"anchors-{number}") for number in count(1))
        folder.rename(next(name for name in names if not name.exists()))
        workspace.sync(folder.parent)


@contextmanager
def _held() -> Iterator[int]:
    """The file, open for this process alone, without what a power cut left of a line."""
    is_new = not path().exists()
    workspace.folder(workspace.anchors().name)
    file = os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        if is_new:
            workspace.sync(path().parent)
            workspace.sync(path().parent.parent)
        end = _end(file)
        if end < os.fstat(file).st_size:
            os.ftruncate(file, end)
        yield file
    finally:
        os.close(file)


def _tail(file: int) -> tuple[int, bytes]:
    """Where the last bytes of the file begin, and these bytes: more than its longest line."""
    start = max(0, os.fstat(file).st_size - 2 * _LONGEST_LINE)
    return start, os.pread(file, 2 * _LONGEST_LINE, start)


def _end(file: int) -> int:
    """Where the last whole line ends."""
    start, tail = _tail(file)
    return start + tail.rfind(b"\n") + 1


def _last(file: int) -> Anchor | None:
    start, tail = _tail(file)
    lines = tail.split(b"\n")[1 if start else 0 : -1]
    found = _in_order(_read(line, None) for line in lines)
    return found[-1] if found else None


def _in_order(found: Iterable[Anchor]) -> Sequence[Anchor]:
    """The anchors as they lie: each was added behind those before it, and none of an earlier event ever is."""
    lying = list(found)
    for before, anchor in pairwise(lying):
        if anchor.number <= before.number:
            raise DamagedAnchors(f"{path()}: event {anchor.number} stands behind event {before.number}")
    return lying


def _line(anchor: Anchor) -> bytes:
    return json.dumps(asdict(anchor)).encode() + b"\n"


def _read(line: bytes, number: int | None) -> Anchor:
    try:
        read: Anchor | None = Anchor(**own_files.parsed(line))
    except (ValueError, TypeError):
        read = None
    if read is None or not isinstance(read.number, int) or not isinstance(read.hash, str):
        where = "last line" if number is None else f"line {number}"
        raise DamagedAnchors(f"{path()}, {where}: no anchor of the audit chain")
    return read
