"""Where in the code a failure came from, as the log keeps it: places alone, no words and no values."""

import re
from traceback import walk_tb

MOST_FRAMES = 60
_PACKAGES = re.compile(r".*/(?=comity/|site-packages/|python3)", re.DOTALL)


def frames_of(error: BaseException) -> list[str]:
    """The places in the code that an error passed, the innermost last; where one called itself on, the last ones.

    Those of another process, from which the error was sent, stand behind those of this one.
    """
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    here = [f"{_PACKAGES.sub('', code.co_filename)}:{line} {code.co_qualname}" for code, line in frames]
    return [*here, *getattr(error, "frames_elsewhere", ())][-MOST_FRAMES:]


def keep_frames(error: BaseException, of: BaseException) -> None:
    """Let an error that is sent to another process tell there where it came from."""
    error.frames_elsewhere = frames_of(of)  # type: ignore[attr-defined]
