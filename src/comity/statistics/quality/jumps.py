"""Changes of a series that stand out from its own changes and from chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import median

LEAST_CHANGES = 5
"""Of fewer changes the usual one cannot be told: their median and its deviation would lie with the one in question."""

MOST_LARGER = 0.25
"""Share of a series' changes that may be larger than one that stands out: where a series goes up and down by turns, the
median and its deviation are those of one direction alone."""

NORMAL_MAD = 1.4826
"""The median absolute deviation times this is the standard deviation of a normal distribution."""


@dataclass(frozen=True)
class Count:
    """A count of a series: its `id` in `observed`, its year and place, and whether the origin states a break there."""

    id: int
    year: int
    value: float
    place: str
    breaks: bool = False


@dataclass(frozen=True)
class Usual:
    """What a series' changes usually are, as logarithms of the ratio of successive counts.

    `middle` is their median, `spread` the median of their absolute deviations from it (MAD): half of the changes lie
    within `spread` of `middle`.
    """

    middle: float
    spread: float

    @property
    def bounds(self) -> tuple[float, float]:
        """The relative changes between which half of the changes lie: -0.03 and 0.08."""
        return exp(self.middle - self.spread) - 1, exp(self.middle + self.spread) - 1


@dataclass(frozen=True)
class Step:
    """A change from one year to the next. `usual` is None where the series is too short to tell what is usual.

    `back` is the count of the year after where it goes back: then both changes are one departure.
    """

    before: Count
    after: Count
    usual: Usual | None
    deviations: float
    back: Count | None = None

    @property
    def change(self) -> float:
        """The relative change: 0.25 for a quarter more."""
        return self.after.value / self.before.value - 1

    @property
    def size(self) -> float:
        """How many times the smaller count the larger one is, less one."""
        smaller, larger = sorted((self.before.value, self.after.value))
        return larger / smaller - 1


def usual(changes: Sequence[float]) -> Usual | None:
    """What changes usually are, by their median and its absolute deviation; None for fewer than `LEAST_CHANGES`."""
    if len(changes) < LEAST_CHANGES:
        return None
    middle = median(changes)
    return Usual(middle, median(abs(one - middle) for one in changes))


def steps(
    series: Sequence[Count], *, relative: float, absolute: float, deviations: float, by_chance: bool = True
) -> Iterator[Step]:
    """The changes of a series that stand out, in its order; see `jump` in `quality_rules.csv`.

    A change is the logarithm of the ratio of two counts above zero of successive years, of which the later one is no
    stated break. It stands out where it is by more than `deviations` standard deviations away from the median of all
    changes of the series. That deviation is of the series' own changes (1.4826 times their MAD) and of chance together:
    the variance of the logarithm of a Poisson count n is near 1/n. So few cases are no jump, however large their ratio
    is. Method: the modified z-score and its limit of 3.5 are those of Iglewicz and Hoaglin, How to Detect and Handle
    Outliers (1993). Besides, at most a quarter of the series' changes may be larger, and the counts must differ by
    `relative` of the earlier one and by `absolute`. Of a series too
    short to tell what is usual chance alone is the deviation; without `by_chance` none stands out, as of arms that are
    seized by the thousand at once, whose number is no Poisson count.
    """
    pairs = [(one, other) for one, other in pairwise(series) if _follows(one, other)]
    changes = [log(after.value / before.value) for before, after in pairs]
    own = usual(changes)
    if own is None and not by_chance:
        return
    middle, spread = (own.middle, NORMAL_MAD * own.spread) if own else (0.0, 0.0)
    found = []
    for (before, after), change in zip(pairs, changes, strict=True):
        away = abs(change - middle) / sqrt(spread**2 + 1 / before.value + 1 / after.value)
        step = Step(before, after, own, away)
        difference = abs(after.value - before.value)
        larger = sum(abs(one) > abs(change) for one in changes)
        if (
            away > deviations
            and larger <= MOST_LARGER * len(changes)
            and difference >= absolute
            and difference >= relative * before.value
        ):
            found.append(step)
    yield from _joined(found)


def _follows(before: Count, after: Count) -> bool:
    return after.year == before.year + 1 and min(before.value, after.value) > 0 and not after.breaks


def _joined(found: Sequence[Step]) -> Iterator[Step]:
    """Steps, one away and the next one back as one."""
    joined: Step | None = None
    for step in found:
        # What went back leads on from another count than the one that it departed to, so that it is joined once.
        if joined is not None and joined.after.id == step.before.id and _goes_back(joined, step):
            joined = Step(joined.before, joined.after, joined.usual, joined.deviations, back=step.after)
            continue
        if joined is not None:
            yield joined
        joined = step
    if joined is not None:
        yield joined


def _goes_back(away: Step, back: Step) -> bool:
    """Whether a change undoes at least half of the one before it, and no more than it and a half."""
    first, second = log(1 + away.change), log(1 + back.change)
    return first * second < 0 and abs(first + second) <= min(abs(first), abs(second)) / 2
