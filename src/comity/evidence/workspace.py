"""The workspace: the folder that holds database, origins, reports and keys of one installation."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """`COMITY_HOME`, or `comity-data` in the current folder."""
    return Path(os.environ.get("COMITY_HOME") or "comity-data").resolve()


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
