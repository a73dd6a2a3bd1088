"""Baselines: the value of an indicator in a year that is fixed, and how far later values have moved from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.analysis.comparability import compare_periods
from comity.evidence.wording import gettext as _
from comity.statistics.releases.query import Released

HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Step:
    """A value after the baseline. `change` is in the unit of the value, `index` has the baseline as 100.

    Both are None where the value cannot be compared with the baseline, and `reasons` says why; where it can be with a
    remark, `reasons` holds that.
    """

    period: str
    value: float | None
    change: float | None
    index: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline and what followed it, in order of the periods; `value` is None, with a reason, where there is none."""

    period: str
    value: float | None
    reason: str
    steps: tuple[Step, ...]


def follow(series: Sequence[Released], baseline: str) -> Baseline:
    """The value of a series in the year `baseline`, and each later value against it.

    The baseline is the value of that very year: where none is held, there is no baseline, and no other year takes its
    place. A value beyond a break, of another counting unit or definition has neither change nor index; the index is
    undefined on a baseline of zero. Of a period that is stated twice with different values none is taken.
    """
    by_period: dict[str, list[Released]] = {}
    for found in series:
        by_period.setdefault(found.observation.period, []).append(found)
    start, reason = _value(by_period.get(baseline, []))
    later = sorted(period for period in by_period if period > baseline)
    if start is None:
        return Baseline(baseline, None, reason, tuple(_unmoved(period, by_period[period]) for period in later))
    return Baseline(baseline, start, "", tuple(_step(series, baseline, start, period, by_period) for period in later))


def _value(founds: Sequence[Released]) -> tuple[float | None, str]:
    """The one value that is stated, or None and why."""
    if not founds:
        return None, _("No value is held for the year.")
    if len({found.observation.value for found in founds}) > 1:
        return None, _("The year is stated with several values; none is chosen.")
    value = founds[0].observation.value
    return value, "" if value is not None else _("The origin states no value for the year.")


def _unmoved(period: str, founds: Sequence[Released]) -> Step:
    value, reason = _value(founds)
    return Step(period, value, None, None, (reason or _("There is no baseline."),))


def _step(
    series: Sequence[Released], baseline: str, start: float, period: str, by_period: dict[str, list[Released]]
) -> Step:
    value, reason = _value(by_period[period])
    if value is None:
        return Step(period, None, None, None, (reason,))
    comparison = compare_periods(series, baseline, period)
    if comparison.refused:
        return Step(period, value, None, None, comparison.sentences)
    index = value / start * HUNDRED if start else None
    remarks = comparison.sentences if start else (*comparison.sentences, _("The baseline is zero."))
    return Step(period, value, value - start, index, remarks)
