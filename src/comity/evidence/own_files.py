"""Files of the workspace as they are read again: whoever may write there may have put anything in their place.

A pipe or a device is refused and not waited for, and what is nested too deep is no JSON of ours.
"""

import errno
import hashlib
import io
import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any


def opened(path: Path) -> io.BufferedReader:
    """A regular file, open for reading. Raises OSError where it is none or cannot be read."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    return os.fdopen(descriptor, "rb")


def bytes_of(path: Path) -> bytes:
    """The bytes of a regular file; raises OSError as `opened` does."""
    with opened(path) as stream:
        return stream.read()


def digest_of(path: Path) -> str:
    """The SHA-256 of a regular file; raises OSError as `opened` does."""
    with opened(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def parsed(text: str | bytes) -> Any:
    """What JSON says; raises ValueError where it is none, or is nested too deep."""
    with suppress(RecursionError):
        return json.loads(text)
    raise ValueError("nested too deep")
