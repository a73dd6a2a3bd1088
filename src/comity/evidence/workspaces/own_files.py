"""Files of the workspace as they are read again: whoever may write there may have put anything in their place.

A pipe or a device is refused and not waited for, what is nested too deep is no JSON of ours, and what is far larger
than anything that Comity writes is not read to its end: a file may say of itself that it has as many bytes as it likes.
"""

import errno
import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from comity.evidence.files import regular_files


def opened(path: Path) -> io.BufferedReader:
    """A regular file, open for reading. Raises OSError where it is none or cannot be read."""
    return os.fdopen(regular_files.opened(path), "rb")


def appended(path: Path) -> io.BufferedWriter:
    """A regular file, open to be written at its end, and made where there is none. Raises OSError where it is none."""
    return os.fdopen(regular_files.opened(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab")


MOST_READ, MOST_HASHED = 2**28, 2**30
"""Bytes of a file that is read whole, and of one that is only hashed. A source has at most 128 MB, what is made of it
is smaller, and a line of the anchors has some 250 bytes."""


def bytes_of(path: Path, *, most: int = MOST_READ) -> bytes:
    """The bytes of a regular file; raises OSError as `opened` does, and where there are more than `most`."""
    with _no_larger_than(most, path):
        return regular_files.bytes_of(path, most)


def digest_of(path: Path, *, most: int = MOST_HASHED) -> str:
    """The SHA-256 of a regular file; raises OSError as `bytes_of` does."""
    with _no_larger_than(most, path), opened(path) as stream:
        regular_files.check_size(os.fstat(stream.fileno()).st_size, path, most)
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _no_larger_than(most: int, path: Path) -> Iterator[None]:
    """Within it a file that is too large is one that Comity did not write."""
    try:
        yield
    except regular_files.TooLarge:
        said = f"Larger than anything that Comity writes there, {most // 2**20} MB"
        raise OSError(errno.EFBIG, said, str(path)) from None


def parsed(text: str | bytes) -> Any:
    """What JSON says; raises ValueError where it is none, or is nested too deep."""
    with suppress(RecursionError):
        return json.loads(text)
    raise ValueError("nested too deep")
