"""Trends in words: the reason of a verdict, and the sentence that says what a series did, for reading aloud."""

import math
from collections.abc import Mapping
from typing import Any

from comity.analysis.trends.trend_tests import LEAST_FOR_A_TEST
from comity.analysis.trends.verdicts import LEAST_FOR_A_VERDICT, Ground, Verdict
from comity.evidence.languages import ENGLISH, Language, language_of
from comity.evidence.rounding import printed_number
from comity.evidence.wording import gettext as _
from comity.evidence.wording import language, ngettext

MINUS, NO_BREAK = "\u2212", "\u00a0"
# Kendall's tau and p need no more for reading.
DECIMALS_OF_TAU, DECIMALS_OF_P = 2, 3


class Wording:
    """The sentences of trends in the active language, looked up once for all series of a question."""

    def __init__(self, stable_within: float) -> None:
        self.marks = language_of(language())
        self.reasons = reasons()
        self.moves = moves()
        self.extremes = extremes()
        self.speed = speed()
        self.ends = ends()
        self.turned_ends = turned_ends()
        self.broken = _("The series breaks before %(first)d; only what follows is tested.")
        self.bound = per_cent(stable_within, self.marks, signed=False)

    def told(self, ground: Ground, known: Mapping[str, Any], turn_sign: float) -> tuple[str, str]:
        """Why the verdict is what it is, and what the series did, how fast, and what may be said of it.

        `turn_sign` is 1 where a turn that is named is from rise to fall, and −1 where it is from fall to rise.
        """
        words = _Words(known, self)
        reason = (too_few(known["n"]) if ground is Ground.FEW else self.reasons[ground]) % words
        end = self._end(ground, reason, words, turn_sign)
        parts = [reason] if known["n"] < 2 else [*self._course(known, words), end]
        if known["broken"]:
            parts.append(self.broken % words)
            reason += " " + parts[-1]
        return reason, " ".join(parts)

    def _course(self, known: Mapping[str, Any], words: Mapping[str, Any]) -> list[str]:
        change = known["change"]
        parts = [self.moves[(change > 0) - (change < 0)] % words]
        inner = tuple(known[f"{end}_year"] not in (known["first"], known["last"]) for end in ("highest", "lowest"))
        if any(inner) and known["highest"] != known["lowest"]:
            parts.append(self.extremes[inner] % words)
        if known["n"] >= LEAST_FOR_A_TEST:
            parts.append(self.speed % words)
        return parts

    def _end(self, ground: Ground, reason: str, words: Mapping[str, Any], turn_sign: float) -> str:
        if ground.verdict is Verdict.NONE:
            return f"{self.ends[Ground.UNDECIDED]} {reason}"
        return self.turned_ends.get((ground, turn_sign), self.ends[ground]) % words


class _Words(dict[str, Any]):
    """The words of a series that a sentence has places for, each written out when a sentence asks for it."""

    def __init__(self, known: Mapping[str, Any], wording: Wording) -> None:
        super().__init__({name: known[name] for name in WHOLE})
        self.known, self.wording = known, wording
        self.decimals = _decimals(known)

    def __missing__(self, name: str) -> Any:
        known, marks = self.known, self.wording.marks
        if name == "least":
            word: Any = LEAST_FOR_A_VERDICT
        elif name == "bound":
            word = self.wording.bound
        elif name == "p":
            word = _probability(known["p_adjusted"], marks)
        elif name == "tau":
            word = number(known["tau"], DECIMALS_OF_TAU, marks, signed=True)
        elif name == "change":
            word = number(known["change"], self.decimals, marks, signed=True)
            if known["change_percent"] is not None:
                word += "; " + per_cent(known["change_percent"] / 100, marks)
        elif name in A_YEAR:
            word = a_year(known[name], known["slope"], known["low"], known["high"])
        else:
            word = number(known[name], self.decimals, marks)
        self[name] = word
        return word


WHOLE = ("n", "first", "last", "highest_year", "lowest_year", "turn_year", "shift_year")
A_YEAR = frozenset({"slope", "low", "high", "stable_low", "stable_high"})


def number(value: float | None, decimals: int, marks: Language, *, signed: bool = False) -> str:
    """A number with the marks of a language; blank where there is none. With `signed`, a plus before one above 0."""
    if value is None:
        return ""
    text = printed_number(abs(value), decimals)
    sign = MINUS if value < 0 else "+" if signed else ""
    if sign and not text.strip("0,."):
        sign = ""
    if marks is not ENGLISH:
        text = text.translate({ord(","): marks.thousands, ord("."): marks.decimal})
    return sign + text


def per_cent(share: float, marks: Language, *, signed: bool = True) -> str:
    """A share in whole per cent, below one per cent with a decimal."""
    return number(100 * share, 0 if abs(share) >= 0.01 or share == 0 else 1, marks, signed=signed) + NO_BREAK + "%"


def a_year(value: float | None, slope: float | None, low: float | None, high: float | None) -> str:
    """A change a year, wherever it is shown: the slope of a series, a bound of its interval or a wider bound.

    All three have the same decimals: two digits of the wider bound, and up to two decimals more where a slope or bound
    that is not 0 would read as 0, so that the side of 0 on which an interval lies is seen. In the active language.
    """
    sizes = [abs(one) for one in (slope, low, high) if one]
    decimals = _decimals_of(max(sizes, default=None))
    first_digit = max((_decimals_of(size) - 1 for size in sizes), default=0)
    return number(value, min(max(decimals, first_digit), decimals + 2), language_of(language()), signed=True)


def _probability(p: float | None, marks: Language) -> str:
    if p is None:
        return ""
    least = 10**-DECIMALS_OF_P
    if p < least:
        return _("below %(least)s") % {"least": number(least, DECIMALS_OF_P, marks)}
    return number(p, DECIMALS_OF_P, marks)


def _decimals(known: Mapping[str, Any]) -> int:
    """Decimals for the values of a series: none for counts and from 1,000 on, one where that is exact, else two digits.

    Two digits are those of the largest value.
    """
    ends = [known[name] for name in ("first_value", "last_value", "highest", "lowest") if known[name] is not None]
    largest = max(map(abs, ends), default=0)
    if largest >= 1000 or all(end % 1 == 0 for end in ends):
        return 0
    if all(abs(end - round(end, 1)) < 1e-9 for end in ends):
        return 1
    return max(1, _decimals_of(largest))


def _decimals_of(value: float | None) -> int:
    """Decimals that show two digits of a value, up to six."""
    if value is None or value == 0:
        return 0
    return min(6, max(0, 1 - math.floor(math.log10(abs(value)))))


def moves() -> dict[int, str]:
    """What the first and the last value say, by the sign of the change."""
    return {
        1: _("Between %(first)d and %(last)d the value rose from %(first_value)s to %(last_value)s (%(change)s)."),
        -1: _("Between %(first)d and %(last)d the value fell from %(first_value)s to %(last_value)s (%(change)s)."),
        0: _("The value was %(first_value)s in %(first)d and again in %(last)d."),
    }


def extremes() -> dict[tuple[bool, ...], str]:
    """The highest and the lowest value, each where it lies within the years and not at an end."""
    return {
        (True, True): _("It was highest in %(highest_year)d (%(highest)s) and lowest in %(lowest_year)d (%(lowest)s)."),
        (True, False): _("It was highest in %(highest_year)d (%(highest)s)."),
        (False, True): _("It was lowest in %(lowest_year)d (%(lowest)s)."),
    }


def speed() -> str:
    """How fast a series changed, and how steadily."""
    return _("Sen\u2019s slope is %(slope)s a year (%(low)s to %(high)s), Kendall\u2019s tau %(tau)s.")


def turned_ends() -> dict[tuple[Ground, float], str]:
    """What an increase or a decrease says in which the year of a turn is named, by the sign of the turn."""
    return {
        (Ground.INCREASE, 1): _(
            "Verdict: increase, with a turn: it rose until about %(turn_year)d and has fallen since."
        ),
        (Ground.INCREASE, -1): _(
            "Verdict: increase, with a turn: it fell until about %(turn_year)d and has risen since."
        ),
        (Ground.DECREASE, 1): _(
            "Verdict: decrease, with a turn: it rose until about %(turn_year)d and has fallen since."
        ),
        (Ground.DECREASE, -1): _(
            "Verdict: decrease, with a turn: it fell until about %(turn_year)d and has risen since."
        ),
    }


def ends() -> dict[Ground, str]:
    """What each verdict says; that of `UNDECIDED` stands before the reason wherever there is none."""
    shift = _(
        "Verdict: level shift; the median was %(shift_before)s before %(shift_year)d and %(shift_after)s from then on."
    )
    return {
        Ground.UNDECIDED: _("No verdict."),
        Ground.CONSTANT: _("Verdict: stable."),
        Ground.STABLE: _("Verdict: stable."),
        Ground.INCREASE: _("Verdict: increase."),
        Ground.DECREASE: _("Verdict: decrease."),
        Ground.SHIFT_UP: shift,
        Ground.SHIFT_DOWN: shift,
        Ground.ROSE_THEN_FELL: _("Verdict: turned; it rose until about %(turn_year)d and fell after."),
        Ground.FELL_THEN_ROSE: _("Verdict: turned; it fell until about %(turn_year)d and rose after."),
    }


def reasons() -> dict[Ground, str]:
    """The reason of each ground in the reader's language, with places for the words of a series.

    `FEW` is absent, since its wording depends on the number of observations: see `too_few`.
    """
    shift = _(
        "The %(n)d observations from %(first)d to %(last)d lie on two levels: the median is %(shift_before)s before "
        "%(shift_year)d and %(shift_after)s from then on, further apart than chance gives (adjusted p %(p)s)."
    )
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
        Ground.SHIFT_UP: shift,
        Ground.SHIFT_DOWN: shift,
        Ground.ROSE_THEN_FELL: _(
            "The %(n)d observations from %(first)d to %(last)d rise until about %(turn_year)d and fall after, which is "
            "more than chance gives (adjusted p %(p)s)."
        ),
        Ground.FELL_THEN_ROSE: _(
            "The %(n)d observations from %(first)d to %(last)d fall until about %(turn_year)d and rise after, which is "
            "more than chance gives (adjusted p %(p)s)."
        ),
        Ground.UNNAMED: _(
            "The %(n)d observations from %(first)d to %(last)d move by more than chance gives (adjusted p %(p)s), but "
            "neither one direction, nor one turn, nor one shift of the level describes how."
        ),
        Ground.STABLE: _(
            "The %(n)d observations from %(first)d to %(last)d show that the change a year lies between %(stable_low)s "
            "and %(stable_high)s, within %(bound)s of the median either way."
        ),
        Ground.ZERO_LEVEL: _(
            "No change could be shown by the %(n)d observations from %(first)d to %(last)d, and as their median is 0, "
            "stability has no measure."
        ),
        Ground.UNDECIDED: _(
            "In the %(n)d observations from %(first)d to %(last)d no direction, turn or shift of the level stands out "
            "(adjusted p %(p)s), and stability could not be shown either."
        ),
    }


def too_few(n: int) -> str:
    """The reason of `Ground.FEW`, with places for the words of a series."""
    return ngettext(
        "There is %(n)d observation, in %(first)d, and a verdict needs %(least)d.",
        "There are %(n)d observations, from %(first)d to %(last)d, and a verdict needs %(least)d.",
        n,
    )
