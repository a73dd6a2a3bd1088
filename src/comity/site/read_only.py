"""A workspace that may only be read: how its SQLite database is opened without a byte being written beside it."""

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
