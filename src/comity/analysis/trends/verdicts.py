"""What may be said of a trend, and on which grounds.

That no trend is found does not make a series stable: stability has to be shown too. The rules and their measured error
rates are in `docs/trends.md`.
"""

from enum import IntEnum, StrEnum

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from comity.analysis.trends.series_blocks import Floats, Integers
from comity.evidence.wording import gettext as _
from comity.evidence.wording import ngettext

LEAST_FOR_A_VERDICT = 8


class Verdict(StrEnum):
    """What is said of a trend; the value is what JSON holds."""

    INCREASE = "increase"
    DECREASE = "decrease"
    STABLE = "stable"
    NONE = "no verdict"

    def label(self) -> str:
        """The verdict for a reader."""
        return {
            Verdict.INCREASE: _("increase"),
            Verdict.DECREASE: _("decrease"),
            Verdict.STABLE: _("stable"),
            Verdict.NONE: _("no verdict"),
        }[self]


VERDICTS_COUNTED: dict[str, str | Promise] = {
    Verdict.INCREASE: gettext_lazy("Rose"),
    Verdict.DECREASE: gettext_lazy("Fell"),
    Verdict.STABLE: gettext_lazy("Stable"),
    Verdict.NONE: gettext_lazy("No verdict"),
    "no-verdict": gettext_lazy("No verdict"),
    "all": gettext_lazy("States and areas with a rate"),
}
"""What the rows of the figure `trend-verdicts` are called, which counts States and areas by verdict, in their order."""


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

    @property
    def verdict(self) -> Verdict:
        """The verdict that the ground gives."""
        return {
            Ground.CONSTANT: Verdict.STABLE,
            Ground.STABLE: Verdict.STABLE,
            Ground.INCREASE: Verdict.INCREASE,
            Ground.DECREASE: Verdict.DECREASE,
        }.get(self, Verdict.NONE)


def grounds(
    *,
    n: Integers,
    negative: NDArray[np.bool_],
    constant: NDArray[np.bool_],
    level: Floats,
    s: Floats,
    p: Floats,
    low: Floats,
    high: Floats,
    stable_low: Floats,
    stable_high: Floats,
    alpha: float,
    stable_within: float,
) -> Integers:
    """The `Ground` of each series, the first that holds in the order of the list.

    `p` is adjusted; `level` is the median of the values, of which `stable_within` is a share a year.
    """
    bound = stable_within * level
    held: list[tuple[Ground, NDArray[np.bool_]]] = [
        (Ground.NO_OBSERVATIONS, n == 0),
        (Ground.NEGATIVE, negative),
        (Ground.FEW, n < LEAST_FOR_A_VERDICT),
        (Ground.CONSTANT, constant),
        (Ground.INCREASE, (p < alpha) & (s > 0) & (low > 0)),
        (Ground.DECREASE, (p < alpha) & (s < 0) & (high < 0)),
        (Ground.ZERO_LEVEL, level == 0),
        (Ground.STABLE, (stable_low >= -bound) & (stable_high <= bound)),
    ]
    return np.select([holds for _ground, holds in held], [ground for ground, _holds in held], Ground.UNDECIDED)


def sentences() -> dict[Ground, str]:
    """The reason of each ground in the reader's language, with places for the words of a series.

    `FEW` is absent, since its wording depends on the number of observations: see `too_few`.
    """
    return {
        Ground.NO_OBSERVATIONS: _("There is no observation."),
        Ground.NEGATIVE: _("A value from %(first)d to %(last)d is negative, and no rate or count is."),
        Ground.CONSTANT: _("All %(n)d observations from %(first)d to %(last)d have the same value."),
        Ground.INCREASE: _(
            "The %(n)d observations from %(first)d to %(last)d rise by %(slope)s a year, between %(low)s and %(high)s, "
            "which is more than chance gives (adjusted p %(p)s)."
        ),
        Ground.DECREASE: _(
            "The %(n)d observations from %(first)d to %(last)d fall: the change a year is %(slope)s, between %(low)s "
            "and %(high)s, which is more than chance gives (adjusted p %(p)s)."
        ),
        Ground.STABLE: _(
            "The %(n)d observations from %(first)d to %(last)d show that the change a year lies between %(stable_low)s "
            "and %(stable_high)s, within %(bound)s of the median either way."
        ),
        Ground.ZERO_LEVEL: _(
            "No trend could be shown by the %(n)d observations from %(first)d to %(last)d, and as their median is 0, "
            "stability has no measure."
        ),
        Ground.UNDECIDED: _(
            "No trend could be shown by the %(n)d observations from %(first)d to %(last)d (adjusted p %(p)s), and "
            "neither could stability."
        ),
    }


def too_few(n: int) -> str:
    """The reason of `Ground.FEW`, with places for the words of a series."""
    return ngettext(
        "There is %(n)d observation, in %(first)d, and a verdict needs %(least)d.",
        "There are %(n)d observations, from %(first)d to %(last)d, and a verdict needs %(least)d.",
        n,
    )
