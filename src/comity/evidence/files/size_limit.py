"""The bytes of files that people name: of regular files alone, and of no more than can be read."""

import stat
from pathlib import Path

from comity.evidence.errors import BadInput, Fault
from comity.evidence.files import regular_files
from comity.evidence.wording import gettext as _

MOST_BYTES = 128 * 2**20
"""Of a file; a text of so many is more than can be read within a file's memory."""


def bytes_of(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """A file's bytes.

    Raises BadInput where there is no such file, it cannot be read, it holds more than `most` bytes, or is none that has
    an end of its own: a folder, a device, a pipe. None of these is waited for.
    """
    if "\0" in str(path):
        raise BadInput(Fault(ascii(str(path)), "", "\\0", _("a file that can be read")))
    try:
        return regular_files.bytes_of(path, most)
    except regular_files.NotRegular as error:
        expected = _("a file of its own; save what it holds in one")
        raise BadInput(Fault(str(path), "", _kind(error.mode), expected)) from None
    except regular_files.TooLarge as error:
        expected = _("a file of at most %(count)s MB") % {"count": most // 2**20}
        value = _("%(count)s MB") % {"count": f"{error.size / 2**20:,.1f}"}
        raise BadInput(Fault(str(path), "", value, expected)) from None
    except OSError as error:
        raise BadInput(Fault(str(path), "", error.strerror or "", _("a file that can be read"))) from None


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: _("a folder"),
        stat.S_IFIFO: _("a pipe"),
        stat.S_IFSOCK: _("a socket"),
    }
    return kinds.get(stat.S_IFMT(mode), _("a device"))
