"""The bytes of files that people name: of regular files alone, and of no more than can be read."""

import os
import stat
from pathlib import Path

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _

MOST_BYTES = 128 * 2**20
"""Of a file; a text of so many is more than can be read within a file's memory."""
_PIECE = 2**20


def bytes_of(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """A file's bytes.

    Raises BadInput where there is no such file, it cannot be read, it holds more than `most` bytes, or is none that has
    an end of its own: a folder, a device, a pipe. None of these is waited for.
    """
    if "\0" in str(path):
        raise BadInput(Fault(ascii(str(path)), "", "\\0", _("a file that can be read")))
    try:
        # Opened so, a pipe that nobody writes to does not hold up; and what is judged is what was opened.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            return _read(descriptor, str(path), most)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise BadInput(Fault(str(path), "", error.strerror or "", _("a file that can be read"))) from None


def _read(descriptor: int, name: str, most: int) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(Fault(name, "", _kind(found.st_mode), _("a file of its own; save what it holds in one")))
    if found.st_size > most:
        raise _too_large(name, found.st_size, most)
    pieces, size = [], 0
    while piece := os.read(descriptor, _PIECE):
        size += len(piece)
        if size > most:  # it grows as it is read, or says of itself that it is empty, as those of /proc
            raise _too_large(name, size, most)
        pieces.append(piece)
    return b"".join(pieces)


def _too_large(name: str, size: int, most: int) -> BadInput:
    expected = _("a file of at most %(count)s MB") % {"count": most // 2**20}
    return BadInput(Fault(name, "", _("%(count)s MB") % {"count": f"{size / 2**20:,.1f}"}, expected))


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: _("a folder"),
        stat.S_IFIFO: _("a pipe"),
        stat.S_IFSOCK: _("a socket"),
    }
    return kinds.get(stat.S_IFMT(mode), _("a device"))
