"""Files of the workspace as they are read again: whoever may write there may have put anything in their place.

A pipe or a device is refused and not waited for, what is nested too deep is no JSON of ours, and what is far larger
than anything that Comity writes is not read to its end: a file may say of itself that it has as many bytes as it likes.
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
    return os.fdopen(_regular(path, os.O_RDONLY), "rb")


def appended(path: Path) -> io.BufferedWriter:
    """A regular file, open to be written at its end, and made where there is none. Raises OSError where it is none."""
    return os.fdopen(_regular(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab")


def _regular(path: Path, how: int) -> int:
    descriptor = os.open(path, how | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY, 0o666)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    return descriptor


MOST_READ, MOST_HASHED = 2**28, 2**30
"""Bytes of a file that is read whole, and of one that is only hashed. A source has at most 128 MB, what is made of it
is smaller, and a line of the anchors has some 250 bytes."""


def bytes_of(path: Path, *, most: int = MOST_READ) -> bytes:
    """The bytes of a regular file; raises OSError as `opened` does, and where there are more than `most`."""
    with opened(path) as stream:
        _check_size(stream, path, most)
        data = stream.read(most + 1)
    if len(data) > most:  # it grew meanwhile
        raise _too_large(path, most)
    return data


def digest_of(path: Path, *, most: int = MOST_HASHED) -> str:
    """The SHA-256 of a regular file; raises OSError as `bytes_of` does."""
    with opened(path) as stream:
        _check_size(stream, path, most)
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_size(stream: io.BufferedReader, path: Path, most: int) -> None:
    if os.fstat(stream.fileno()).st_size > most:
        raise _too_large(path, most)


def _too_large(path: Path, most: int) -> OSError:
    return OSError(errno.EFBIG, f"Larger than anything that Comity writes there, {most // 2**20} MB", str(path))


def parsed(text: str | bytes) -> Any:
    """What JSON says; raises ValueError where it is none, or is nested too deep."""
    with suppress(RecursionError):
        return json.loads(text)
    raise ValueError("nested too deep")
