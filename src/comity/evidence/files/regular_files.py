"""Regular files, which have an end of their own: none other is opened or waited for, and none is read past a bound.

What is judged is what was opened, since another thing may lie in its place the moment after.
"""

import errno
import os
import stat
from pathlib import Path

_PIECE = 2**20


class NotRegular(OSError):
    """A folder, a pipe, a device or the like; `mode` is what the system says of it."""

    mode = 0


class TooLarge(OSError):
    """A file of more bytes than are read; `size` is how many it has, or had when it was given up."""

    size = 0


def opened(path: Path, how: int = os.O_RDONLY) -> int:
    """The descriptor of a regular file. Raises NotRegular where it is none, OSError where it cannot be opened."""
    # Opened so, a pipe that nobody writes to does not hold up.
    descriptor = os.open(path, how | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY, 0o666)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        error = NotRegular(errno.EINVAL, "Not a regular file", str(path))
        error.mode = mode
        raise error
    return descriptor


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of a regular file. Raises TooLarge where there are more than `most`, else as `opened` does."""
    descriptor = opened(path)
    try:
        check_size(os.fstat(descriptor).st_size, path, most)
        pieces, size = [], 0
        while piece := os.read(descriptor, _PIECE):
            size += len(piece)
            check_size(size, path, most)  # it grows as it is read, or says that it is empty, as those of /proc
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def check_size(size: int, path: Path, most: int) -> None:
    """Raises TooLarge where a file has more than `most` bytes."""
    if size > most:
        error = TooLarge(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        error.size = size
        raise error
