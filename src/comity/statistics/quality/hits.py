"""What a rule notices: an observation, and the words for it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from comity.statistics.quality.observed_rows import Observed
from comity.statistics.quality.rule_table import Rule


class Hit(NamedTuple):
    """An observation, by its `id` in `observed`, that a rule notices; `expected` says what, and where that stands.

    `message` says what is wrong, without the place, which is set before it. `size` is how many times the expected
    number the one that is found is, or the other way round: 1 where neither is a number.
    """

    id: int
    expected: str
    message: str
    size: float = 1.0


def apart(one: float, other: float) -> float:
    """How many times the smaller of two numbers the larger one is; that many more than nothing, where one is zero."""
    smaller, larger = sorted((abs(one), abs(other)))
    return larger / smaller if smaller else 1 + larger


Check = Callable[[Observed, Rule], Iterable[Hit]]
"""What checks a rule on the observations of releases."""
