"""Files that are kept to spare making them again: a folder of the workspace's cache, bounded in bytes.

What was used longest ago goes first. Nothing here is the only copy of anything, and the folder may be removed at any
time.
"""

import contextlib
import fcntl
import functools
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from comity.evidence.chain import keys
from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import own_files, workspace

_MAKING = 3600
"""Seconds after which nobody works any more on a file that is half made and was not written to."""


class TakesLong(Exception):
    """Raised instead of beginning something long where it would hold up what is quick; see `only_quick`."""


_only_quick: ContextVar[bool] = ContextVar("only_quick", default=False)


@contextlib.contextmanager
def only_quick() -> Iterator[None]:
    """Within it nothing long is begun: who asks for a file that is not on its shelf gets TakesLong."""
    token = _only_quick.set(True)
    try:
        yield
    finally:
        _only_quick.reset(token)


def is_only_quick() -> bool:
    """Whether nothing long may be begun."""
    return _only_quick.get()


@dataclass(frozen=True)
class Shelf:
    """A folder in the workspace's `cache/`, and how many bytes it may hold."""

    name: str
    most: int

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return workspace.home() / "cache" / self.name

    def find(self, name: str) -> Path | None:
        """A file that is kept, marked as used now; None where there is none."""
        path = self.folder / name
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file of these bytes."""
        workspace.write_whole(self.folder / name, data)
        self._make_room(self.folder / name)

    def find_sealed(self, name: str) -> bytes | None:
        """What `keep_sealed` kept; None where nothing is kept, or whoever wrote it did not have the workspace's key."""
        if (path := self.find(name)) is None or (key := _sealing_key()) is None:
            return None
        try:
            data = own_files.bytes_of(path)
        except OSError:
            return None
        data, seal = data[:-_SEAL], data[-_SEAL:]
        return data if hmac.compare_digest(seal, _seal(key, name, data)) else None

    def keep_sealed(self, name: str, data: bytes) -> None:
        """Keep these bytes with a seal: what a report prints of them must be what was made. Without the key of the
        workspace nothing is kept."""
        if (key := _sealing_key()) is not None:
            self.keep(name, data + _seal(key, name, data))

    def made(self, name: str, make: Callable[[BinaryIO], object]) -> Path:
        """A file that `make` writes where it is not kept. One maker at a time works at a name; what fails leaves none.

        Raises TakesLong where nothing long may be begun.
        """
        if found := self.find(name):
            return found
        if _only_quick.get():
            raise TakesLong
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone(name):
            return self.find(name) or self._make(name, make)

    def _make(self, name: str, make: Callable[[BinaryIO], object]) -> Path:
        path = self.folder / name
        aside = path.with_name(f".{name}.{secrets.token_hex(8)}")
        try:
            with aside.open("wb") as stream:
                make(stream)
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        self._make_room(path)
        return path

    @contextlib.contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Hold the lock of a name, also against other processes; the system takes it back from one that ended."""
        with (self.folder / f".lock-{name[:2]}").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_room(self, newest: Path) -> None:
        """Remove what was used longest ago until the rest fits; what was kept just now stays, however large."""
        try:
            kept = newest.stat()
        except FileNotFoundError:
            return  # another process makes room
        others = sorted(self._others(newest, kept.st_mtime), key=lambda entry: entry[1].st_mtime_ns)
        size = kept.st_size + sum(status.st_size for _path, status in others)
        for path, status in others:
            if size <= self.most:
                break
            path.unlink(missing_ok=True)
            size -= status.st_size

    def _others(self, newest: Path, now: float) -> Iterator[tuple[Path, os.stat_result]]:
        """All files but the newest, with what the system says of them; of those half made the ones whose maker ended.

        `now` is when the newest was kept.
        """
        for path in self.folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                being_made = path.name.startswith(".") and now - status.st_mtime < _MAKING
                if path != newest and not being_made and not path.name.startswith(".lock-"):
                    yield path, status


_SEAL = 32


def _seal(key: bytes, name: str, data: bytes) -> bytes:
    return hmac.digest(key, name.encode() + b"\0" + data, "sha256")


def _sealing_key() -> bytes | None:
    """A key that only who may sign can know; None for any other."""
    return _key_of(keys.path(), workspace.signature(keys.path()))


@functools.lru_cache(maxsize=4)
def _key_of(_path: Path, _signature: object) -> bytes | None:
    try:
        return hashlib.sha256(b"seal of what is kept" + keys.private_key().private_bytes_raw()).digest()
    except (WorkspaceError, OSError):
        return None
