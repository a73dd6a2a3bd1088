"""What a rule notices: an observation, and the words for it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from comity.statistics.quality.observed_rows import Observed
from comity.statistics.quality.rule_table import Rule


class Hit(NamedTuple):
    """An observation, by its `id` in `observed`, that a rule notices; `expected` says what, and where that stands.

    `message` says what is wrong, without the place, which is set before it.
    """

    id: int
    expected: str
    message: str


Check = Callable[[Observed, Rule], Iterable[Hit]]
"""What checks a rule on the observations of releases."""
