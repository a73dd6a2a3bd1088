"""Trends of many series, each with its measures, a verdict in words and the reason for it."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.analysis.trends.breaks import last_segments
from comity.analysis.trends.change_points import pettitt
from comity.analysis.trends.changes import average_annual_change
from comity.analysis.trends.multiple_testing import Adjustment, adjusted_p
from comity.analysis.trends.series_blocks import Floats, Integers, checked
from comity.analysis.trends.trend_tests import measures
from comity.analysis.trends.verdicts import LEAST_FOR_A_VERDICT, Ground, Verdict, grounds, sentences, too_few
from comity.evidence.wording import gettext as _

# A share of the median a year. Our choice: ten per cent in ten years is what a reader would still call a change.
STABLE_WITHIN = 0.01


@dataclass(frozen=True)
class Trend:
    """The trend of the last unbroken segment of a series; None where a measure is not defined.

    `s`, its variance `var`, `z` and `p` are Mann–Kendall's under the correction of Hamed and Rao. The verdict rests on
    `p_verdict`, and within its family on `p_adjusted`. `slope` is the Theil–Sen change a year, from `low` to `high` for
    independent values; `stable_low` and `stable_high` are the wider bounds by which stability is judged. The segment
    has `n` observations from the year `first` to `last`, with the median `level`; `broken` says that a break begins it.
    `change_year` and `change_p` are Pettitt's; `average_annual_change` is a share.
    """

    s: int
    var: float | None
    z: float | None
    p: float | None
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
    broken: bool
    change_year: int | None
    change_p: float | None
    average_annual_change: float | None
    verdict: Verdict
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The record as `comity trends --format json` lists it."""
        return {**asdict(self), "verdict": self.verdict.value}


@dataclass(frozen=True)
class TrendTable:
    """The trends of many series as arrays, one element a series, NaN where a measure is not defined.

    The fields are those of `Trend`; `ground` is the `Ground` of the verdict.
    """

    s: Integers
    var: Floats
    z: Floats
    p: Floats
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
    broken: NDArray[np.bool_]
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
    adjustment: Adjustment = "benjamini-hochberg",
    stable_within: float = STABLE_WITHIN,
) -> list[Trend]:
    """The trend of each series over its last unbroken segment, with verdict and reason.

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
    wording = sentences()
    return [_trend(dict(zip(names, row, strict=True)), wording, stable_within) for row in rows]


def trend_table(
    values: ArrayLike,
    years: ArrayLike,
    *,
    breaks: ArrayLike | None = None,
    alpha: float = 0.05,
    decimals: int | None = None,
    adjustment: Adjustment = "benjamini-hochberg",
    stable_within: float = STABLE_WITHIN,
) -> TrendTable:
    """What `trends` gives, as arrays and without sentences; arguments and errors as there."""
    if not stable_within >= 0:
        raise ValueError(f"the bound of stability is a share that is not negative, not {stable_within}")
    observed, year = checked(values, years, decimals)
    segment, broken = last_segments(observed, year, breaks)
    measured = measures(segment, year, alpha=alpha)
    hamed_rao, first_order = measured.tests("hamed-rao"), measured.tests("first-order")
    change = pettitt(segment, year)
    negative: NDArray[np.bool_] = np.any(segment < 0, axis=1)
    eligible = (measured.n >= LEAST_FOR_A_VERDICT) & ~negative
    # The larger of both, so that no verdict stands beside a printed p that speaks against it.
    p_verdict = np.where(eligible, np.fmax(hamed_rao.p, first_order.p), np.nan)
    p_adjusted = adjusted_p(p_verdict, adjustment)
    level = _medians(segment, measured.n)
    present = ~np.isnan(segment)
    return TrendTable(
        s=measured.s.astype(np.int64),
        var=hamed_rao.var,
        z=hamed_rao.z,
        p=hamed_rao.p,
        p_verdict=p_verdict,
        p_adjusted=p_adjusted,
        slope=measured.slope,
        intercept=measured.intercept,
        low=measured.low,
        high=measured.high,
        stable_low=measured.wide_low,
        stable_high=measured.wide_high,
        level=level,
        n=measured.n,
        first=_year(np.where(present, year, np.inf).min(axis=1, initial=np.inf)),
        last=_year(np.where(present, year, -np.inf).max(axis=1, initial=-np.inf)),
        broken=broken,
        change_year=change.year,
        change_p=change.p,
        average_annual_change=average_annual_change(segment, year).value,
        ground=grounds(
            n=measured.n,
            negative=negative,
            constant=np.all(~present | (segment == level[:, None]), axis=1),
            level=level,
            s=measured.s,
            p=p_adjusted,
            low=measured.low,
            high=measured.high,
            stable_low=measured.wide_low,
            stable_high=measured.wide_high,
            alpha=alpha,
            stable_within=stable_within,
        ),
    )


def _medians(table: Floats, counts: Integers) -> Floats:
    """Median of the observations of each row, NaN where it has none."""
    if not table.shape[1]:
        return np.full(len(table), np.nan)
    ordered, rows = np.sort(table, axis=1), np.arange(len(table))
    medians: Floats = (ordered[rows, np.maximum(counts - 1, 0) // 2] + ordered[rows, counts // 2]) / 2
    return medians


def _year(years: Floats) -> Floats:
    return np.where(np.isfinite(years), years, np.nan)


YEARS = ("first", "last", "change_year")


def _trend(row: dict[str, Any], wording: Mapping[Ground, str], stable_within: float) -> Trend:
    ground = Ground(row.pop("ground"))
    known: dict[str, Any] = {name: _known(value) for name, value in row.items()}
    known |= {name: int(known[name]) for name in YEARS if known[name] is not None}
    return Trend(**known, verdict=ground.verdict, reason=_reason(ground, known, wording, stable_within))


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _reason(ground: Ground, known: Mapping[str, Any], wording: Mapping[Ground, str], stable_within: float) -> str:
    sentence = too_few(known["n"]) if ground is Ground.FEW else wording[ground]
    shown = {name: _number(known[name]) for name in ("slope", "low", "high", "stable_low", "stable_high")}
    words = {
        **shown,
        "n": known["n"],
        "first": known["first"],
        "last": known["last"],
        "least": LEAST_FOR_A_VERDICT,
        "p": _probability(known["p_adjusted"]),
        "bound": f"{100 * stable_within:g}\u00a0%",
    }
    reason = sentence % words
    if known["broken"]:
        reason += " " + _("The series breaks before %(first)d; only what follows is tested.") % words
    return reason


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}".replace("-", "\u2212")


def _probability(p: float | None) -> str:
    if p is None:
        return ""
    return _("below 0.001") if p < 0.001 else f"{p:.3f}"
