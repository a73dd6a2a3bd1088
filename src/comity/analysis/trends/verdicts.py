"""What may be said of a trend, and on which grounds.

That no trend is found does not make a series stable: stability has to be shown too. The rules and their measured error
rates are in `docs/trends.md`.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from comity.analysis.trends.series_blocks import Floats, Integers
from comity.evidence.wording import gettext as _

LEAST_FOR_A_VERDICT = 8
LEAST_FOR_A_TURN = 12
# A series turned where the smaller movement is at least half of the larger; a turn is noted from a tenth on.
REVERSED, NOTED = 0.5, 0.1
# The p of either part of what turned, at most; the turn itself is tested at the level of the verdict.
BOTH_LEGS = 0.2
# Kendall's tau from which a series went one way, whatever it went back.
ONE_WAY = 0.5


class Verdict(StrEnum):
    """What is said of a trend; the value is what JSON holds."""

    INCREASE = "increase"
    DECREASE = "decrease"
    SHIFT = "level shift"
    TURNED = "turned"
    STABLE = "stable"
    NONE = "no verdict"

    def label(self) -> str:
        """The verdict for a reader."""
        return {
            Verdict.INCREASE: _("increase"),
            Verdict.DECREASE: _("decrease"),
            Verdict.SHIFT: _("level shift"),
            Verdict.TURNED: _("turned"),
            Verdict.STABLE: _("stable"),
            Verdict.NONE: _("no verdict"),
        }[self]


VERDICTS_COUNTED: dict[str, str | Promise] = {
    Verdict.INCREASE: gettext_lazy("Rose"),
    Verdict.DECREASE: gettext_lazy("Fell"),
    Verdict.SHIFT: gettext_lazy("Level shifted"),
    "level-shift": gettext_lazy("Level shifted"),
    Verdict.TURNED: gettext_lazy("Turned"),
    Verdict.STABLE: gettext_lazy("Stable"),
    Verdict.NONE: gettext_lazy("No verdict"),
    "no-verdict": gettext_lazy("No verdict"),
    "all": gettext_lazy("Series with an observation"),
}
"""What the rows of the figure `trend-verdicts` are called, which counts series by verdict, in their order."""


class Ground(IntEnum):
    """Why a verdict is given or withheld."""

    NO_OBSERVATIONS = 0
    NEGATIVE = 1
    FEW = 2
    CONSTANT = 3
    INCREASE = 4
    DECREASE = 5
    STABLE = 6
    ZERO_LEVEL = 7
    UNDECIDED = 8
    SHIFT_UP = 9
    SHIFT_DOWN = 10
    ROSE_THEN_FELL = 11
    FELL_THEN_ROSE = 12
    UNNAMED = 13

    @property
    def verdict(self) -> Verdict:
        """The verdict that the ground gives."""
        return {
            Ground.CONSTANT: Verdict.STABLE,
            Ground.STABLE: Verdict.STABLE,
            Ground.INCREASE: Verdict.INCREASE,
            Ground.DECREASE: Verdict.DECREASE,
            Ground.SHIFT_UP: Verdict.SHIFT,
            Ground.SHIFT_DOWN: Verdict.SHIFT,
            Ground.ROSE_THEN_FELL: Verdict.TURNED,
            Ground.FELL_THEN_ROSE: Verdict.TURNED,
        }.get(self, Verdict.NONE)

    @property
    def word(self) -> str:
        """The ground as figures hold it: `rose-then-fell`."""
        return self.name.lower().replace("_", "-")


CHANGED = (
    Ground.INCREASE,
    Ground.DECREASE,
    Ground.SHIFT_UP,
    Ground.SHIFT_DOWN,
    Ground.ROSE_THEN_FELL,
    Ground.FELL_THEN_ROSE,
)
"""Grounds that say how a series changed."""


@dataclass(frozen=True)
class Evidence:
    """What verdicts are judged by, one element a series.

    `p` is the adjusted p of any change; `trend_p`, `turn_p` and `shift_p` are those of its three kinds, each by itself.
    `level` is the median of the values. The other fields are those of `Trend`, `Measures` and `Courses`.
    """

    n: Integers
    negative: NDArray[np.bool_]
    constant: NDArray[np.bool_]
    level: Floats
    p: Floats
    trend_p: Floats
    s: Floats
    tau: Floats
    low: Floats
    high: Floats
    stable_low: Floats
    stable_high: Floats
    turn_p: Floats
    turn_sign: Floats
    reversal: Floats
    legs_p: Floats
    shift_p: Floats
    shift: Floats
    stepwise: NDArray[np.bool_]


def any_change_p(n: Integers, trend: Floats, turn: Floats, shift: Floats) -> Floats:
    """The p of any change, from those of a trend, a turn and a shift by the rule of Simes (1986), Biometrika 73.

    It is the least of 3 p₁, 3 p₂ ÷ 2 and p₃, in order of size; below 12 observations, where a turn has too few years on
    both sides, of 2 p₁ and p₂ of the other two.
    """
    two = np.sort([trend, shift], axis=0)
    three = np.sort([trend, turn, shift], axis=0)
    of_two = np.minimum(2 * two[0], two[1])
    of_three = np.minimum(np.minimum(3 * three[0], 1.5 * three[1]), three[2])
    found: Floats = np.minimum(1, np.where(n < LEAST_FOR_A_TURN, of_two, of_three))
    return found


def grounds(of: Evidence, *, alpha: float, stable_within: float) -> Integers:
    """The `Ground` of each series, the first that holds in the order of the list.

    `stable_within` is the share of the level that a stable series changes by in a year at most.
    """
    bound = stable_within * of.level
    shown = of.p < alpha
    shifted = shown & of.stepwise & (of.shift_p < alpha)
    turned = (
        shown
        & (of.n >= LEAST_FOR_A_TURN)
        & (of.turn_p < alpha)
        & (of.reversal >= REVERSED)
        & (of.legs_p < BOTH_LEGS)
        & (np.abs(of.tau) < ONE_WAY)
    )
    directed = shown & (of.trend_p < alpha)
    held: list[tuple[Ground, NDArray[np.bool_]]] = [
        (Ground.NO_OBSERVATIONS, of.n == 0),
        (Ground.NEGATIVE, of.negative),
        (Ground.FEW, of.n < LEAST_FOR_A_VERDICT),
        (Ground.CONSTANT, of.constant),
        (Ground.SHIFT_UP, shifted & (of.shift > 0)),
        (Ground.SHIFT_DOWN, shifted & (of.shift < 0)),
        (Ground.ROSE_THEN_FELL, turned & (of.turn_sign > 0)),
        (Ground.FELL_THEN_ROSE, turned & (of.turn_sign < 0)),
        (Ground.INCREASE, directed & (of.s > 0) & (of.low > 0)),
        (Ground.DECREASE, directed & (of.s < 0) & (of.high < 0)),
        # What moved in no other way that can be named, yet divides into two levels.
        (Ground.SHIFT_UP, shown & (of.shift_p < alpha) & (of.shift > 0)),
        (Ground.SHIFT_DOWN, shown & (of.shift_p < alpha) & (of.shift < 0)),
        (Ground.UNNAMED, shown),
        (Ground.ZERO_LEVEL, of.level == 0),
        (Ground.STABLE, (of.stable_low >= -bound) & (of.stable_high <= bound)),
    ]
    return np.select([holds for _ground, holds in held], [ground for ground, _holds in held], Ground.UNDECIDED)


def turns_named(of: Evidence, ground: Integers, *, alpha: float) -> NDArray[np.bool_]:
    """Whether the year of a turn is named: of what turned, and of an increase or decrease with a movement back.

    Such a movement makes up a tenth at least of the one before or after it, and both parts move by themselves.
    """
    backed = (of.turn_p < alpha) & (of.reversal >= NOTED) & (of.legs_p < alpha)
    turned = np.isin(ground, (Ground.ROSE_THEN_FELL, Ground.FELL_THEN_ROSE))
    named: NDArray[np.bool_] = turned | (np.isin(ground, (Ground.INCREASE, Ground.DECREASE)) & backed)
    return named
