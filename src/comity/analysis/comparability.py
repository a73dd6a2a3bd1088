"""What may be compared with what: two periods of a series, or two series, and what keeps them apart.

A comparison is refused where its two sides do not measure the same, and marked where they do but come from another
source or vintage. Each difference is a sentence for the reader, for below a chart and beside a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.evidence.wording import gettext as _
from comity.observations.observation import BREAK, DIFFERS, Observation
from comity.statistics.releases.query import Released

Kind = Literal["indicator", "definition", "unit", "break", "source", "data-set", "vintage"]
REFUSING: tuple[Kind, ...] = ("indicator", "definition", "unit", "break")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that keeps two sides of a comparison apart: its kind, and a sentence that says so."""

    kind: Kind
    sentence: str

    @property
    def refuses(self) -> bool:
        """Whether nothing is to be compared, and not only marked."""
        return self.kind in REFUSING


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two sides may be compared, and what keeps them apart."""

    differences: tuple[Difference, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing is to be said of a change or a difference."""
        return any(one.refuses for one in self.differences)

    @property
    def marked(self) -> bool:
        """Whether the comparison holds with a remark."""
        return bool(self.differences) and not self.refused

    @property
    def sentences(self) -> tuple[str, ...]:
        """What keeps the sides apart, in words, what refuses first."""
        return tuple(one.sentence for one in sorted(self.differences, key=lambda one: not one.refuses))


def compare_periods(series: Iterable[Released], first: str, last: str) -> Comparison:
    """Whether the values of one series in two periods may be compared.

    A break (status B) falls before its observation; status D says that its definition differs from the series'. Raises
    ValueError where the series has no observation in either period.
    """
    first, last = sorted((first, last))
    found = sorted(series, key=lambda one: one.observation.period)
    ends = [[one for one in found if one.observation.period == period] for period in (first, last)]
    if not all(ends):
        raise ValueError("the series has no observation in one of the periods")
    breaks = [one.observation for one in found if one.observation.status == BREAK]
    crossed = [one for one in breaks if first < one.period <= last]
    return Comparison((*_breaks(crossed), *_ends(ends[0][0], ends[1][0])))


def compare_series(rows: Sequence[Released], other: Sequence[Released]) -> Comparison:
    """Whether two series may be compared with each other, such as those of two States, year by year.

    Series of other sexes, ages or areas may be: that is what is compared. Raises ValueError for an empty series.
    """
    if not rows or not other:
        raise ValueError("a series without observations")
    differences = list(_ends(rows[0], other[0]))
    sources = [_sources(series) for series in (rows, other)]
    known = {difference.kind for difference in differences}
    if "source" not in known and sources[0] != sources[1] and all(sources):
        differences.append(_source(" / ".join(sorted(sources[0])), " / ".join(sorted(sources[1]))))
    return Comparison(tuple(differences))


def _sources(series: Iterable[Released]) -> frozenset[str]:
    return frozenset(found.observation.source for found in series if found.observation.source)


def _breaks(crossed: Sequence[Observation]) -> Iterable[Difference]:
    for one in crossed:
        sentence = _("The series breaks before %(period)s: values before and after it do not measure the same.")
        note = f" {one.note}" if one.note else ""
        yield Difference("break", sentence % {"period": one.period} + note)


def _ends(first: Released, second: Released) -> Iterable[Difference]:
    """What keeps two observations apart."""
    one, other = first.observation, second.observation
    if one.indicator != other.indicator:
        pair = {"one": one.indicator, "other": other.indicator}
        yield Difference("indicator", _("The indicators differ: %(one)s and %(other)s.") % pair)
    if one.iccs != other.iccs:
        pair = {"one": one.iccs or "–", "other": other.iccs or "–"}
        yield Difference("definition", _("The offences differ: ICCS %(one)s and %(other)s.") % pair)
    if (one.status == DIFFERS) != (other.status == DIFFERS):
        of = one if one.status == DIFFERS else other
        sentence = _("The definition of the value of %(period)s differs from the standard one.")
        yield Difference("definition", sentence % {"period": of.period})
    if one.unit != other.unit:
        pair = {"one": one.unit, "other": other.unit}
        yield Difference("unit", _("The counting units differ: %(one)s and %(other)s.") % pair)
    if one.source and other.source and one.source != other.source:
        yield _source(one.source, other.source)
    if first.release.dataset != second.release.dataset:
        pair = {"one": first.release.title, "other": second.release.title}
        yield Difference("data-set", _("The values come from two data sets: %(one)s; %(other)s.") % pair)
    elif first.release.id != second.release.id:
        pair = {"one": first.release.published.isoformat(), "other": second.release.published.isoformat()}
        sentence = _("The values come from two releases of one data set, of %(one)s and %(other)s, and may be revised.")
        yield Difference("vintage", sentence % pair)


def _source(one: str, other: str) -> Difference:
    return Difference("source", _("The sources differ: %(one)s; %(other)s.") % {"one": one, "other": other})
