"""Control characters of files, which reach no terminal and no page: they are spelled out, `\\x1b` for an escape."""

import re

# Ranges of characters that show nothing, for classes of regular expressions; all that name any are made of these.
_SOFT_HYPHEN, _ARABIC_LETTER_MARK = "\u00ad", "\u061c"
_WIDTHLESS = "\u200b\u2060-\u2064\ufeff"
_JOINERS = "\u200c\u200d"
_POINTING, _TURNING = "\u200e\u200f", "\u202a-\u202e\u2066-\u2069"

DIRECTIONS = _POINTING + _TURNING
"""Marks of direction: those that point what is beside them, and those that turn all that follows."""
INVISIBLE = _SOFT_HYPHEN + _ARABIC_LETTER_MARK + _WIDTHLESS + _JOINERS + DIRECTIONS
"""All that may stand in a name and shows nothing, as marks of direction and joining do before Arabic ones."""
UNPRINTED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_WIDTHLESS}\u2028\u2029{_TURNING}\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters but tab and line feed, other line ends, and marks that turn the direction of what follows."""
_IN_A_PAGE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
"""Those that HTML does not have, in UTF-8. A page sets the direction of texts apart itself, by `<bdi>`."""


def harmless(text: str) -> str:
    """A text with control characters spelled out: what files hold never steers a terminal."""
    return UNPRINTED.sub(lambda found: spelled(found[0]), text)


def harmless_page(page: bytes) -> bytes:
    """A page in UTF-8 with the control characters that HTML does not have spelled out."""
    return _IN_A_PAGE.sub(lambda found: spelled(found[0].decode()).encode(), page)


def spelled(control: str) -> str:
    """The visible sign of a control character."""
    return control.encode("unicode_escape").decode()


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold, and so no picture and no document for Word."""


def printable(text: str) -> str:
    """A text as pictures and documents hold it: a replacement character where a control character stands."""
    return UNPRINTABLE.sub("\ufffd", text)


def is_unicode(text: str) -> bool:
    """Whether a text can be written: half a surrogate pair alone cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
