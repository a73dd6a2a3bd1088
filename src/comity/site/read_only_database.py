"""A workspace that may only be read: how its SQLite database is opened without a byte being written beside it.

So is one on a disk that has no room left, where nobody has it open: what SQLite writes to read alone has none either.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

_copies: list[tempfile.TemporaryDirectory[str]] = []


def may_be_written(path: Path) -> bool:
    """Whether a database may be written; where nobody is allowed to, an administrator is not meant to either."""
    return all(os.access(one, os.W_OK) and one.stat().st_mode & 0o222 for one in (path.parent, path))


_TO_READ = 2**16
"""Bytes that must be free for reading: what SQLite keeps of its log beside the database takes half of them at first."""


def is_without_room(path: Path) -> bool:
    """Whether a database cannot be opened in the usual way since its disk is full. One that others have open can."""
    if path.with_name(f"{path.name}-shm").exists():
        return False
    disk = os.statvfs(path.parent)
    return (disk.f_bavail if os.geteuid() else disk.f_bfree) * disk.f_frsize < _TO_READ


def connection(path: Path) -> dict[str, Any]:
    """The settings by which Django opens a database that may only be read.

    What was committed last may lie in a log beside it, which cannot be read without writing: then a copy is opened,
    which goes when the process ends.
    """
    log = path.with_name(f"{path.name}-wal")
    options = {"uri": True, "init_command": "PRAGMA query_only=1"}
    if log.exists() and log.stat().st_size:
        folder = tempfile.TemporaryDirectory(prefix="comity-copy-")
        _copies.append(folder)
        for one in (path, log):
            shutil.copyfile(one, Path(folder.name) / one.name)
        return _settings(f"file:{quote(str(Path(folder.name) / path.name))}", options)
    return _settings(f"file:{quote(str(path))}?immutable=1", options)


def _settings(name: str, options: dict[str, Any]) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
