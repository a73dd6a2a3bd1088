"""Trends of many series, each with its measures, a verdict in words and the reason for it."""

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.analysis.trends.breaks import last_segments
from comity.analysis.trends.change_points import pettitt
from comity.analysis.trends.changes import average_annual_change
from comity.analysis.trends.courses import courses
from comity.analysis.trends.multiple_testing import Adjustment, adjusted_p
from comity.analysis.trends.sentences import Wording
from comity.analysis.trends.series_blocks import Floats, Integers, checked
from comity.analysis.trends.spans import spans
from comity.analysis.trends.trend_tests import measures
from comity.analysis.trends.verdicts import (
    LEAST_FOR_A_VERDICT,
    Evidence,
    Ground,
    Verdict,
    any_change_p,
    grounds,
    turns_named,
)

# A share of the median a year. Our choice: ten per cent in ten years is what a reader would still call a change.
STABLE_WITHIN = 0.01


@dataclass(frozen=True)
class Trend:
    """The trend of the last unbroken segment of a series; None where a measure is not defined.

    The segment has `n` observations from the year `first` to `last`; `broken` says that a break begins it. `change` and
    `change_percent` lead from `first_value` to `last_value`; `highest` and `lowest` are the values of the latest such
    year, `level` is the median. `s`, its variance `var`, `z` and `p` are Mann–Kendall's under the correction of Hamed
    and Rao, `tau` is S by the number of pairs. `slope` is the Theil–Sen change a year, from `low` to `high` for
    independent values; `stable_low` and `stable_high` are the wider bounds by which stability is judged.

    `correlation` is how closely what is left beside the course of the series follows the year before. With it,
    `trend_p` is Mann–Kendall's p, `turn_p` that of a turn and `shift_p` that of a shift of the level; the verdict rests
    on `p_verdict`, made of all three, and within its family on `p_adjusted`. `turn_year` is the year of a turn that the
    verdict names; `shift_year`, `shift_before`, `shift_after` and `shift` are the first year of the new level, the
    medians before and from then on, and their difference, where the verdict is a level shift. `change_year` and
    `change_p` are Pettitt's; `average_annual_change` is a share. `reason` is why the verdict is given; `sentence` says
    what the series did.
    """

    s: int
    var: float | None
    z: float | None
    p: float | None
    tau: float | None
    correlation: float | None
    trend_p: float | None
    turn_p: float | None
    shift_p: float | None
    p_verdict: float | None
    p_adjusted: float | None
    slope: float | None
    intercept: float | None
    low: float | None
    high: float | None
    stable_low: float | None
    stable_high: float | None
    level: float | None
    n: int
    first: int | None
    last: int | None
    first_value: float | None
    last_value: float | None
    change: float | None
    change_percent: float | None
    highest: float | None
    highest_year: int | None
    lowest: float | None
    lowest_year: int | None
    broken: bool
    turn_year: int | None
    shift_year: int | None
    shift_before: float | None
    shift_after: float | None
    shift: float | None
    change_year: int | None
    change_p: float | None
    average_annual_change: float | None
    verdict: Verdict
    reason: str
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """The record as `comity trends --format json` lists it."""
        return {**asdict(self), "verdict": self.verdict.value}


@dataclass(frozen=True)
class TrendTable:
    """The trends of many series as arrays, one element a series, NaN where a measure is not defined.

    The fields are those of `Trend`; `turn_sign` is 1 for a turn from rise to fall and −1 for one from fall to rise,
    `ground` is the `Ground` of the verdict.
    """

    s: Integers
    var: Floats
    z: Floats
    p: Floats
    tau: Floats
    correlation: Floats
    trend_p: Floats
    turn_p: Floats
    shift_p: Floats
    p_verdict: Floats
    p_adjusted: Floats
    slope: Floats
    intercept: Floats
    low: Floats
    high: Floats
    stable_low: Floats
    stable_high: Floats
    level: Floats
    n: Integers
    first: Floats
    last: Floats
    first_value: Floats
    last_value: Floats
    change: Floats
    change_percent: Floats
    highest: Floats
    highest_year: Floats
    lowest: Floats
    lowest_year: Floats
    broken: NDArray[np.bool_]
    turn_year: Floats
    turn_sign: Floats
    shift_year: Floats
    shift_before: Floats
    shift_after: Floats
    shift: Floats
    change_year: Floats
    change_p: Floats
    average_annual_change: Floats
    ground: Integers


def trends(
    values: ArrayLike,
    years: ArrayLike,
    *,
    breaks: ArrayLike | None = None,
    alpha: float = 0.05,
    decimals: int | None = None,
    adjustment: Adjustment = "storey",
    stable_within: float = STABLE_WITHIN,
) -> list[Trend]:
    """The trend of each series over its last unbroken segment, with verdict, reason and sentence.

    `values` has the shape (series, years), NaN where one is missing; `years` rise; `breaks`, of the shape of values, is
    true where a series breaks before that year. The series of one call are one family, over which p is adjusted;
    `adjustment="none"` takes each by itself. Values tie that are equal at `decimals`. A series is stable whose change a
    year lies within the share `stable_within` of its median. Raises ValueError where shapes do not fit, years do not
    rise, a value is infinite, or an option is out of range.
    """
    table = trend_table(
        values,
        years,
        breaks=breaks,
        alpha=alpha,
        decimals=decimals,
        adjustment=adjustment,
        stable_within=stable_within,
    )
    names = [field.name for field in fields(table)]
    rows = zip(*(getattr(table, name).tolist() for name in names), strict=True)
    wording = Wording(stable_within)
    return [_trend(dict(zip(names, row, strict=True)), wording) for row in rows]


def trend_table(
    values: ArrayLike,
    years: ArrayLike,
    *,
    breaks: ArrayLike | None = None,
    alpha: float = 0.05,
    decimals: int | None = None,
    adjustment: Adjustment = "storey",
    stable_within: float = STABLE_WITHIN,
) -> TrendTable:
    """What `trends` gives, as arrays and without sentences; arguments and errors as there."""
    if not stable_within >= 0:
        raise ValueError(f"the bound of stability is a share that is not negative, not {stable_within}")
    observed, year = checked(values, years, decimals)
    segment, broken = last_segments(observed, year, breaks)
    measured = measures(segment, year, alpha=alpha)
    hamed_rao, trend_p = measured.tests("hamed-rao"), measured.tests("first-order").p
    course = courses(segment, year, measured.correlation)
    pettitt_s = pettitt(segment, year)
    span = spans(segment, year)
    negative: NDArray[np.bool_] = np.any(segment < 0, axis=1)
    eligible = (measured.n >= LEAST_FOR_A_VERDICT) & ~negative
    any_change = any_change_p(measured.n, trend_p, course.turn_p, course.shift_p)
    p_verdict = np.where(eligible, any_change, np.nan)
    p_adjusted = adjusted_p(p_verdict, adjustment)
    evidence = Evidence(
        n=measured.n,
        negative=negative,
        constant=span.highest == span.lowest,
        level=span.level,
        p=p_adjusted,
        trend_p=trend_p,
        s=measured.s,
        tau=measured.tau,
        low=measured.low,
        high=measured.high,
        stable_low=measured.wide_low,
        stable_high=measured.wide_high,
        turn_p=course.turn_p,
        turn_sign=course.turn_sign,
        reversal=course.reversal,
        legs_p=course.legs_p,
        shift_p=course.shift_p,
        shift=course.after - course.before,
        stepwise=course.stepwise,
    )
    ground = grounds(evidence, alpha=alpha, stable_within=stable_within)
    shifted = np.isin(ground, (Ground.SHIFT_UP, Ground.SHIFT_DOWN))
    turned = turns_named(evidence, ground, alpha=alpha)
    return TrendTable(
        s=measured.s.astype(np.int64),
        var=hamed_rao.var,
        z=hamed_rao.z,
        p=hamed_rao.p,
        tau=measured.tau,
        correlation=measured.correlation,
        trend_p=trend_p,
        turn_p=course.turn_p,
        shift_p=course.shift_p,
        p_verdict=p_verdict,
        p_adjusted=p_adjusted,
        slope=measured.slope,
        intercept=measured.intercept,
        low=measured.low,
        high=measured.high,
        stable_low=measured.wide_low,
        stable_high=measured.wide_high,
        level=span.level,
        n=measured.n,
        first=span.first,
        last=span.last,
        first_value=span.first_value,
        last_value=span.last_value,
        change=span.last_value - span.first_value,
        change_percent=span.change_percent(),
        highest=span.highest,
        highest_year=span.highest_year,
        lowest=span.lowest,
        lowest_year=span.lowest_year,
        broken=broken,
        turn_year=np.where(turned, course.turn_year, np.nan),
        turn_sign=np.where(turned, course.turn_sign, np.nan),
        shift_year=np.where(shifted, course.shift_year, np.nan),
        shift_before=np.where(shifted, course.before, np.nan),
        shift_after=np.where(shifted, course.after, np.nan),
        shift=np.where(shifted, evidence.shift, np.nan),
        change_year=pettitt_s.year,
        change_p=pettitt_s.p,
        average_annual_change=average_annual_change(segment, year).value,
        ground=ground,
    )


YEARS = ("first", "last", "highest_year", "lowest_year", "turn_year", "shift_year", "change_year")


def _trend(row: dict[str, Any], wording: Wording) -> Trend:
    ground, turn_sign = Ground(row.pop("ground")), row.pop("turn_sign")
    # The difference of what is not a finite number with itself is not 0.
    known: dict[str, Any] = {name: value if value - value == 0 else None for name, value in row.items()}
    known |= {name: int(known[name]) for name in YEARS if known[name] is not None}
    reason, sentence = wording.told(ground, known, turn_sign)
    return Trend(**known, verdict=ground.verdict, reason=reason, sentence=sentence)
