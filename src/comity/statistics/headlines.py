"""Which data set speaks for a series of observations: the rule is of a later room, which registers it here.

`analysis.headlines` holds it; pages and files of this room ask, so that they mark the same series as all others do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection


@dataclass(frozen=True)
class Spoken:
    """How many States and areas a data set speaks for, of an indicator and an ICCS category (blank where none)."""

    indicator: str
    iccs: str
    dataset: str
    areas: int


@dataclass(frozen=True)
class Rule:
    """The rule: what tells whether an observation is of the headline series, what data sets speak for, and in words."""

    judge: Callable[[Known, Selection], Callable[[Released], bool]]
    spoken: Callable[[Known, Selection], list[Spoken]]
    in_words: Callable[[], str]


_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    """Let the later room say which series is the headline one."""
    _rules[:] = [rule]


def judge(known: Known, selection: Selection) -> Callable[[Released], bool]:
    """What tells of observations that a selection asks for whether they are of the headline series."""
    return _rules[0].judge(known, selection) if _rules else lambda _found: False


def spoken(known: Known, selection: Selection) -> list[Spoken]:
    """For how much of a selection each data set speaks."""
    return _rules[0].spoken(known, selection) if _rules else []


def in_words() -> str:
    """The rule as pages and files state it; blank where none is registered."""
    return _rules[0].in_words() if _rules else ""


def lines(known: Known, selection: Selection) -> tuple[str, ...]:
    """What a file of observations says of the headline series: the rule, and the data set of each indicator."""
    found = spoken(known, selection)
    return (in_words(), *map(_line, found)) if found else ()


def _line(one: Spoken) -> str:
    what = " ".join(filter(None, (one.indicator, one.iccs)))
    return f"{what}: {one.dataset} ({one.areas})"
