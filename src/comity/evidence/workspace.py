"""The workspace: the folder that holds database, origins, reports and keys of one installation."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_rehearsed: ContextVar[Path | None] = ContextVar("rehearsed", default=None)


def home() -> Path:
    """`COMITY_HOME`, or `comity-data` in the current folder."""
    return _rehearsed.get() or Path(os.environ.get("COMITY_HOME") or "comity-data").resolve()


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
    path.mkdir(parents=True, exist_ok=True)
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either there whole or not at all, also when the machine stops in between.

    Several may write the same file at once, in threads or processes: each has a name of its own aside.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with aside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
