"""A baseline and what followed it: each later value against the one that was fixed, where the two can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from comity.analysis.comparability import compare_periods
from comity.analysis.comparing import numerators
from comity.analysis.indicators.figures import IndicatorValue
from comity.evidence.wording import gettext as _
from comity.statistics.releases.revisions import same_number

HUNDRED = 100.0


class Question(NamedTuple):
    """What a baseline is of: an indicator, an area and a category as it stands in a figure's address."""

    indicator: str
    area: str
    detail: str

    @property
    def row(self) -> str:
        """The key of the baseline's row in the table of all."""
        return ":".join(self)


@dataclass(frozen=True)
class Baseline:
    """A baseline as it was set: the value of a year in one data set, not rounded and as printed, as known on a day."""

    of: Question
    period: str
    value: float
    printed: str
    dataset: str
    as_at: date


@dataclass(frozen=True)
class Standing:
    """Where an observation behind a baseline stood when the baseline was set."""

    release: str
    text: str
    label: str
    origin: str
    file: str
    place: str
    recorded_at: datetime
    known_from: date


@dataclass(frozen=True)
class Held:
    """A baseline with what is known of the act that set it, and of where its value stood."""

    baseline: Baseline
    evidence: tuple[Standing, ...]
    by: str
    set_at: datetime
    origin: str
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """The value of a year from the baseline's on; `change` in the unit of the value, `index` with the baseline as 100.

    Both are None where the value cannot be compared with the baseline, and `reason` says why; where it can be with a
    remark, `reason` holds that.
    """

    period: str
    value: float | None
    printed: str
    change: float | None
    index: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Now:
    """What is held now of the baseline's own year: the value, None where it was withdrawn; whether it was revised."""

    value: float | None
    printed: str
    revised: bool

    @property
    def withdrawn(self) -> bool:
        """Whether the year has no value any more."""
        return self.value is None


def now(values: Sequence[IndicatorValue], baseline: Baseline) -> Now:
    """What the values that are held say of the baseline's year."""
    found = next((one.outcome for one in values if one.outcome.key.period == baseline.period), None)
    if found is None or found.value is None:
        return Now(None, "", revised=False)
    return Now(found.value, found.printed, revised=not same_number(found.value, baseline.value))


def steps(values: Sequence[IndicatorValue], baseline: Baseline) -> list[Step]:
    """The year of the baseline and each later one that is held, in order, against the value that was fixed.

    `values` are those of one area, category and data set. A value beyond a break, of another counting unit or
    definition has neither change nor index; the index is undefined on a baseline of zero. Where the year of the
    baseline has no value any more, nothing is measured against it.
    """
    held = now(values, baseline)
    later = [one for one in values if one.outcome.key.period >= baseline.period]
    return [_step(one, values, baseline, held) for one in sorted(later, key=lambda one: one.outcome.key.period)]


def _step(shown: IndicatorValue, values: Sequence[IndicatorValue], baseline: Baseline, held: Now) -> Step:
    period, value, printed = shown.outcome.key.period, shown.outcome.value, shown.outcome.printed
    if value is None:
        return Step(period, None, "", None, None, shown.outcome.reason)
    if held.withdrawn:
        return Step(period, value, printed, None, None, remark(held, baseline))
    comparison = compare_periods(numerators(values), baseline.period, period)
    if comparison.refused:
        return Step(period, value, printed, None, None, " ".join(comparison.sentences))
    said = [*comparison.sentences, remark(held, baseline), "" if baseline.value else _("The baseline is zero.")]
    index = value / baseline.value * HUNDRED if baseline.value else None
    return Step(period, value, printed, value - baseline.value, index, " ".join(filter(None, said)))


def remark(found: Now, baseline: Baseline) -> str:
    """What is to be said beside a baseline: that the value of its year was revised or withdrawn since; blank if not."""
    if found.value is None:
        words = _("The value of %(year)s has since been withdrawn: nothing is measured against it.")
        return words % {"year": baseline.period}
    if not found.revised:
        return ""
    words = _("The value of the baseline year has since been revised from %(then)s to %(now)s.")
    if baseline.printed == found.printed:  # a revision that no printed digit shows
        return words % {"then": f"{baseline.value:.6g}", "now": f"{found.value:.6g}"}
    return words % {"then": baseline.printed, "now": found.printed}
