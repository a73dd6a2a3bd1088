"""Who asks: the public, unless an operator says otherwise; and what the public may see of an origin.

Everything is made for the public by default. A command that was given `--confidential` asks within `operator`, and the
rooms' stores then give what is confidential or withheld too, marked as such. Which origins are not open as a whole, a
later room says by `register_judge`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from comity.evidence.places import row_of

_operator: ContextVar[bool] = ContextVar("operator", default=False)


@contextmanager
def operator(asks: bool = True) -> Iterator[None]:
    """Within it an operator asks, who has said that confidential and withheld data shall be shown."""
    token = _operator.set(asks)
    try:
        yield
    finally:
        _operator.reset(token)


def is_operator() -> bool:
    """Whether confidential and withheld data may be shown to who asks."""
    return _operator.get()


def audience_of(*, confidential: bool) -> str:
    """The audience of something as its records bear it: the strictest of what it is made of."""
    return "operators" if confidential else "public"


def _nothing(_rows: Sequence[str]) -> Mapping[str, bool]:
    return {}


@dataclass(frozen=True)
class Opening:
    """What the public may see of an origin that is not open as a whole.

    One that is not `listed` is for the public as if it were not there. `title` and `note` are what may be said of the
    others. `facts_in` gives, for rows (as `places.row_of` names them), the places of the facts there, each with whether
    it is free; of a row without one that is free nothing is shown.
    """

    listed: bool = False
    title: str = ""
    note: str = ""
    facts_in: Callable[[Sequence[str]], Mapping[str, bool]] = _nothing


class Shown:
    """Which cells of some rows may be shown of an origin; all of them where it is open as a whole."""

    def __init__(self, opening: Opening | None, rows: Sequence[str]):
        self.facts = None if opening is None else opening.facts_in(rows)

    def _of(self, row: str) -> dict[str, bool]:
        return {place: free for place, free in (self.facts or {}).items() if row_of(place) == row}

    def whole(self, row: str) -> bool:
        """Whether the row may be shown whole: all facts of it are free, and there is one."""
        found = self._of(row)
        return self.facts is None or (bool(found) and all(found.values()))

    def cells(self, row: str, places: Sequence[str]) -> list[bool]:
        """Whether each cell of a row may be shown, by their places in order.

        Of a row with a fact that is not free those are shown that are, and what stands before the first fact and says
        of what they are; of a row without a free fact nothing.
        """
        if self.whole(row):
            return [True] * len(places)
        found = self._of(row)
        if not any(found.values()):
            return [False] * len(places)
        first = next((index for index, place in enumerate(places) if place in found), 0)
        return [found.get(place, index < first) for index, place in enumerate(places)]

    def is_heading(self, row: str) -> bool:
        """Whether a row holds no fact, as a row of headings."""
        return not self._of(row)


Judge = Callable[[str], Opening | None]
_judges: list[Judge] = []


def register_judge(judge: Judge) -> None:
    """Let a later room say of an origin, by its SHA-256, what the public may see of it; None where all of it."""
    _judges.append(judge)


def opening_of(sha256: str) -> Opening | None:
    """What may be shown of an origin to who asks; None where all of it."""
    if is_operator():
        return None
    return next((found for judge in _judges if (found := judge(sha256)) is not None), None)
