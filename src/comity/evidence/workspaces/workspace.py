"""The workspace: the folder that holds database, origins, reports and keys of one installation."""

import ctypes
import errno
import fcntl
import json
import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from comity.evidence.errors import WorkspaceError
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces import own_files

KEYS = "keys"
"""The folder of what nobody else may read."""
FOLDER, FILE, PRIVATE_FOLDER, PRIVATE_FILE = 0o775, 0o664, 0o700, 0o600
"""Who may do what with that which is made; the umask takes away from it and never adds."""

_rehearsed: ContextVar[Path | None] = ContextVar("rehearsed", default=None)


def home() -> Path:
    """`COMITY_HOME`, or `comity-data` in the current folder; within a rehearsal the folder that it is played in."""
    return _rehearsed.get() or _real_home()


def _real_home() -> Path:
    named = os.environ.get("COMITY_HOME") or "comity-data"
    try:
        folder = Path(named).resolve()
    except RuntimeError:
        raise _circle(named) from None
    try:
        folder.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:  # from Python 3.13 a circle is left as it is, and not refused
            raise _circle(named) from None
    return folder


def _circle(named: str) -> WorkspaceError:
    return WorkspaceError(_("%(path)s: its links lead in a circle") % {"path": named})


_anchors: ContextVar[str] = ContextVar("anchors", default="anchors")


def anchors() -> Path:
    """The folder of the anchors and of the pinned key."""
    return home() / _anchors.get()


@contextmanager
def anchors_in(name: str) -> Iterator[None]:
    """Within it the anchors and the pin are those of another folder of the workspace."""
    before = _anchors.set(name)
    try:
        yield
    finally:
        _anchors.reset(before)


def description() -> dict[str, Any]:
    """What `workspace.json` says of the workspace: its database and what set-up brought in. Empty where none is."""
    try:
        said = own_files.parsed(own_files.bytes_of(home() / "workspace.json"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def describe(**said: Any) -> None:
    """Write into `workspace.json` what is given, and leave what else it says."""
    text = json.dumps({**description(), **said}, indent=1)
    write_whole(home() / "workspace.json", text.encode())


_held = threading.local()


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Within it no other process or thread that asks for the same lock of the workspace goes on; they wait in turn.

    Within one's own it is held already. The system lets go of it when its process ends, however that is. Raises
    OSError where something else than a file lies in the place of the lock.
    """
    held: set[str] = vars(_held).setdefault("locks", set())
    if what in held:
        yield
        return
    folder = _real_home()
    folder.mkdir(parents=True, exist_ok=True)
    with own_files.appended(folder / f".{what}.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held.add(what)
        try:
            yield
        finally:
            held.discard(what)


@contextmanager
def rehearsed() -> Iterator[None]:
    """Within it the workspace is a folder that goes when it ends, with links to what lies in the folders of its own.

    The database is none of it: see `importing.rehearsal`.
    """
    real = home()
    with tempfile.TemporaryDirectory(prefix="comity-rehearsal-") as place:
        for inside in real.iterdir() if real.is_dir() else ():
            if inside.is_dir():
                (Path(place) / inside.name).mkdir()
                for entry in inside.iterdir():
                    (Path(place) / inside.name / entry.name).symlink_to(entry)
        before = _rehearsed.set(Path(place))
        try:
            yield
        finally:
            _rehearsed.reset(before)


def folder(name: str) -> Path:
    """A folder of the workspace, made when first asked for."""
    path = home() / name
    _make_folder(path, private=name == KEYS)
    return path


def signature(path: Path) -> tuple[int, int] | None:
    """When a file was changed last, and its size; None where there is none. It tells that a file has changed."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it is either there whole or not at all, also when the machine stops in between.

    Several may write the same file at once, in threads or processes: each has a name of its own aside. What is private
    is so from its first moment, and its folder too: others than the user who runs Comity can neither read nor list it.
    """
    _make_folder(path.parent, private=private)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE if private else FILE)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync(path.parent)


_AT_WORKING_FOLDER, _EXCHANGE = -100, 2  # AT_FDCWD, and RENAME_EXCHANGE of Linux's renameat2(2)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; gives whether the system can, and nothing was done where it cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_WORKING_FOLDER, os.fsencode(one), _AT_WORKING_FOLDER, os.fsencode(other), _EXCHANGE)
    return done == 0


def sync(path: Path) -> None:
    """Have what stands in a file, or which names stand in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(path: Path, *, private: bool) -> None:
    if not path.is_dir():
        _make_folder(path.parent, private=False)
        path.mkdir(mode=PRIVATE_FOLDER if private else FOLDER, exist_ok=True)
        if os.access(path.parent, os.R_OK):
            sync(path.parent)
    if private and path.stat().st_mode & 0o077:
        path.chmod(PRIVATE_FOLDER)
