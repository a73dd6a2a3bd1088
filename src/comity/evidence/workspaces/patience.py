"""How long an answer may take: what works on it is told to stop once its time is over."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from comity.evidence.errors import ComityError

_AGAIN = 0.2
"""Seconds until what did not stop is told so again: what is told before it has begun does not hear it."""
_WORKING_AT_ONCE = 8
"""Of what was announced, as many may be at work still; one begins when another has done its part."""


class TookTooLong(ComityError):
    """Raised in place of an answer whose time was over; nothing is wrong with what it was made from."""


_stops: ContextVar[deque[Callable[[], object]] | None] = ContextVar("stops", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within it whatever `stoppable` announces is stopped once these seconds are over, until the block ends."""
    stops: deque[Callable[[], object]] = deque(maxlen=_WORKING_AT_ONCE)
    done = threading.Event()

    def watch() -> None:
        left = seconds
        while not done.wait(left):
            left = _AGAIN
            for stop in list(stops):
                with suppress(Exception):  # of what is closed by now there is nothing to stop
                    stop()

    token = _stops.set(stops)
    threading.Thread(target=watch, name="patience", daemon=True).start()
    try:
        yield
    finally:
        _stops.reset(token)
        done.set()


def stoppable(stop: Callable[[], object]) -> None:
    """Announce what stops some work that begins; it is called in another thread, also when that work is done."""
    if (stops := _stops.get()) is not None:
        stops.append(stop)
