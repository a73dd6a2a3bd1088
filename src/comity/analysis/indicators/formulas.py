"""The formulas of indicators: for each key a value, or the reason why there is none.

Low and high are the bounds of a 95 per cent interval of chance variation: exact Poisson for counts and rates, Fay
and Feuer's for standardized rates. Shares and ratios of full counts have none. They say nothing of what was not
recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.analysis.indicators.declared import EACH, Indicator, Term
from comity.analysis.indicators.keys import Key
from comity.analysis.indicators.standard_population import standard_population
from comity.analysis.intervals import Interval, poisson_interval, weighted_interval
from comity.areas.gazetteer import Succession
from comity.evidence.rounding import rounded
from comity.evidence.wording import gettext as _
from comity.observations.denominators import Absent, Ages, Denominator, Populations, ages
from comity.observations.numbers import upper_bound
from comity.observations.observation import (
    BREAK,
    CANNOT_EXIST,
    ESTIMATED,
    NORMAL,
    NOT_COLLECTED,
    PERCENT,
    SUPPRESSED,
    TOTAL,
    UNKNOWN,
    Observation,
)

LOW_COUNT, SMALL_POPULATION = 5, 100_000
PUBLISHED = "published"
"""The flag of a rate that is the source's own."""


@dataclass(frozen=True)
class Outcome:
    """A value with all that a reader needs to judge it, or the reason why there is none.

    `value` is not rounded, `printed` is. `reason` is a sentence, `reason_kind` its kind for programs. `flags` are
    among `published`, `low-count`, `small-population`, `interpolated-denominator`, `ages-unknown`, `break`,
    `estimate`.
    `denominator_period` says in words of which year the population is.
    """

    key: Key
    value: float | None = None
    printed: str = ""
    count: float | None = None
    population: float | None = None
    low: float | None = None
    high: float | None = None
    flags: tuple[str, ...] = ()
    status: str = NORMAL
    reason_kind: str = ""
    reason: str = ""
    denominator_period: str = ""
    inputs: tuple[Observation, ...] = ()


class _Refused(Exception):
    """Why there is no value; caught where the outcome is made."""

    def __init__(self, kind: str, reason: str, **known: Any):
        self.kind, self.reason, self.known = kind, reason, known
        super().__init__(reason)


def outcome_of(
    indicator: Indicator,
    key: Key,
    observations: Iterable[Observation],
    populations: Sequence[Populations] = (),
    successions: Iterable[Succession] = (),
) -> Outcome:
    """The value of an indicator for one key, or the reason why it has none.

    `observations` are those of numerator and denominator, any number of them; `populations` are asked in their order.
    """
    rows = [one for one in observations if one.area == key.area]
    work: _Work = _FORMULAS[indicator.kind](indicator, key, rows, populations)
    try:
        work.refuse_split(tuple(successions))
        return work.outcome()
    except _Refused as refused:
        known = {"inputs": tuple(work.inputs), "status": work.status, **refused.known}
        return Outcome(key, reason_kind=refused.kind, reason=refused.reason, **known)


def split_in(area: str, year: str, successions: Iterable[Succession]) -> Succession | None:
    """The succession by which an area split, merged or changed its code within a year, or None.

    It concerns the predecessor and the State that continues it or that another merged into: of these it is open which
    territory a figure of that year covers. A part that separated is the same territory before and after. What happens
    on 1 January divides no year.
    """
    for one in successions:
        concerned = area == one.predecessor or (area == one.successor and one.relation in ("continuation", "merger"))
        if concerned and str(one.date.year) == year and (one.date.month, one.date.day) != (1, 1):
            return one
    return None


class _Work:
    """The making of one value; keeps what it has used, so that a refusal too can show its inputs."""

    def __init__(self, indicator: Indicator, key: Key, rows: Sequence[Observation], populations: Sequence[Populations]):
        self.indicator, self.key, self.rows, self.populations = indicator, key, rows, populations
        self.inputs: list[Observation] = []
        self.status = NORMAL
        self.flags: list[str] = []

    def outcome(self) -> Outcome:
        """The value; raises _Refused."""
        raise NotImplementedError

    def refuse_split(self, successions: Sequence[Succession]) -> None:
        split = split_in(self.key.area, self.key.period, successions)
        if split is not None:
            self.inputs += self.taken(self.indicator.numerator)
            reason = _("The State split or was joined on %(day)s: which territory the year's figure covers is open.")
            raise _Refused("split", reason % {"day": split.date.isoformat()})

    def taken(self, term: Term, key: Key | None = None) -> list[Observation]:
        """The observations of a term in the key's year, at the categories of the key, or of another one."""
        at = term.at(key or self.key)
        return [one for one in self.rows if one.period == self.key.period and at.takes(one)]

    def single(self, term: Term) -> Observation:
        """The one observation of a term that has a value; raises _Refused."""
        found = self.taken(term)
        self.inputs += found
        if not found:
            raise _Refused("no-data", _("No observation is held."))
        return self.valued(found)

    def valued(self, observations: Sequence[Observation]) -> Observation:
        """The first of observations that state the same, with a value that is not negative; raises _Refused."""
        first = observations[0]
        if len({(one.value, one.status) for one in observations}) > 1:
            raise _Refused("two-values", _("The origin states several values for one key; none is chosen."))
        self.status = first.status
        if first.status == BREAK:
            self.flag("break")
        if first.value is None:
            raise self.valueless(first)
        if first.value < 0:
            raise _Refused("negative", _("The value is negative, and no count is."), count=first.value)
        return first

    def valueless(self, observation: Observation) -> _Refused:
        if observation.status == SUPPRESSED:
            bound = upper_bound(observation.text)
            reason = _("The origin masks the value: “%(text)s”.") % {"text": observation.text}
            return _Refused("masked", reason, **(self.bounds(bound) if bound is not None else {}))
        reasons = {
            CANNOT_EXIST: _("The origin states that the value is not applicable."),
            NOT_COLLECTED: _("The origin states that the value is not known."),
        }
        return _Refused("no-value", reasons.get(observation.status, _("The origin states no value.")))

    def bounds(self, most: float) -> dict[str, float]:
        """What low and high can be said where a count is masked and is at most `most`."""
        return {}

    def population(self, sex: str, age: str) -> Denominator:
        """The population of the key's area and year; raises _Refused."""
        absent = Absent("denominator-missing", _("No population is held for the area."))
        for index, held in enumerate(self.populations):
            found = held.of(self.key.area, self.key.period, sex, age)
            if isinstance(found, Denominator):
                self.inputs += found.inputs
                if found.interpolated:
                    self.flag("interpolated-denominator")
                return found
            absent = absent if index and found.kind == "denominator-missing" else found
        raise _Refused(absent.kind, absent.reason)

    def flag(self, flag: str) -> None:
        if flag not in self.flags:
            self.flags.append(flag)

    def flag_small(self, count: float, population: float | None = None) -> None:
        if count < LOW_COUNT:
            self.flag("low-count")
        if population is not None and population < SMALL_POPULATION:
            self.flag("small-population")

    def done(self, value: float, interval: Interval | None = None, **known: Any) -> Outcome:
        """The outcome of a value that can be; raises _Refused for one above the ceiling."""
        ceiling = self.indicator.ceiling
        if ceiling is not None and value > ceiling:
            shown = {"value": printed(value, self.indicator.unit), "ceiling": f"{ceiling:,.0f}"}
            raise _Refused("above-ceiling", _("The value would be %(value)s, and none is above %(ceiling)s.") % shown)
        if self.status == ESTIMATED:
            # An estimate is no count of cases, so that chance alone says nothing of how far it may be off.
            interval = None
            self.flag("estimate")
        status = ESTIMATED if "interpolated-denominator" in self.flags and self.status == NORMAL else self.status
        low, high = interval or (None, None)
        return Outcome(
            self.key,
            value=value,
            printed=printed(value, self.indicator.unit),
            low=low,
            high=high,
            flags=tuple(self.flags),
            status=status,
            inputs=tuple(dict.fromkeys(self.inputs)),
            **known,
        )


class _Count(_Work):
    """The count itself."""

    def outcome(self) -> Outcome:
        count = _number(self.single(self.indicator.numerator))
        self.flag_small(count)
        return self.done(count, poisson_interval(count), count=count)

    def bounds(self, most: float) -> dict[str, float]:
        return {"low": 0.0, "high": most}


class _Published(_Work):
    """The value that the origin states; nothing is computed."""

    def outcome(self) -> Outcome:
        return self.done(_number(self.single(self.indicator.numerator)))


class _Rate(_Work):
    """The rate as published, else count ÷ population of the same area, year, sex and age × factor."""

    def outcome(self) -> Outcome:
        stated = self.stated()
        if stated is not None:
            return self.as_published(*stated)
        count = _number(self.single(self.indicator.numerator))
        below = self.population(self.key.sex, self.key.age)
        self.flag_small(count, below.value)
        scale = self.indicator.factor / below.value
        return self.done(
            count * scale,
            poisson_interval(count).scaled(scale),
            count=count,
            population=below.value,
            denominator_period=below.period(self.key.period),
        )

    def stated(self) -> tuple[float, Observation] | None:
        """The one rate that is published for the key, where there is one."""
        term = self.indicator.published
        found = [one for one in (self.taken(term) if term else ()) if one.value is not None and one.value >= 0]
        if len({(one.value, one.status) for one in found}) != 1:
            return None
        return _number(found[0]), found[0]

    def as_published(self, rate: float, stated: Observation) -> Outcome:
        """A published rate; chance is that of the count it was made of, where that is published too."""
        self.inputs.append(stated)
        self.flag(PUBLISHED)
        count: float | None = None
        try:
            count = _number(self.single(self.indicator.numerator))
            self.flag_small(count)
        except _Refused:
            self.inputs = [stated]
        self.status = stated.status
        if stated.status == BREAK:
            self.flag("break")
        interval = poisson_interval(count).scaled(rate / count) if count else None
        return self.done(rate, interval, count=count)

    def bounds(self, most: float) -> dict[str, float]:
        try:
            below = self.population(self.key.sex, self.key.age)
        except _Refused:
            return {}
        return {"low": 0.0, "high": most * self.indicator.factor / below.value, "population": below.value}


class _Ratio(_Work):
    """Numerator ÷ denominator of the same area, year and category × factor.

    It has no interval: a part of a whole that was counted in full is no sample, and two counts of which neither is part
    of the other vary both.
    """

    def outcome(self) -> Outcome:
        part = _number(self.single(self.indicator.numerator))
        status, flags = self.status, list(self.flags)
        whole = self.whole()
        self.status = status if status != NORMAL else self.status
        self.flags = list(dict.fromkeys([*flags, *self.flags]))
        self.flag_small(part)
        return self.done(part / whole * self.indicator.factor, None, count=part, population=whole)

    def whole(self) -> float:
        term = self.indicator.denominator or Term("")
        if not self.taken(term):
            at = term.at(self.key)
            others = sorted({one.period for one in self.rows if at.takes(one)})
            if others:
                years = {"year": self.key.period, "first": others[0], "last": others[-1]}
                reason = _("The denominator is not held for %(year)s, only for other years from %(first)s to %(last)s.")
                raise _Refused("denominator-of-another-year", reason % years)
            raise _Refused("denominator-missing", _("The denominator is not held."))
        try:
            whole = _number(self.single(term))
        except _Refused as refused:
            raise _Refused(refused.kind, _("Of the denominator: %(reason)s") % {"reason": refused.reason}) from None
        if whole == 0:
            raise _Refused("zero-denominator", _("The denominator is zero."))
        return whole


class _Standardized(_Work):
    """Σ wᵢ (countᵢ ÷ populationᵢ) ÷ Σ wᵢ × factor over age groups i, w being the standard population's weights."""

    def outcome(self) -> Outcome:
        groups: dict[Ages, list[Observation]] = defaultdict(list)
        for one in self.taken(self.indicator.numerator, self.key._replace(age=EACH)):
            span = ages(one.age)
            if span is not None and one.age != TOTAL:
                groups[span].append(one)
            elif one.age == UNKNOWN and one.value:
                self.flag("ages-unknown")
        weights = self.weights(sorted(groups))
        count = population = 0.0
        years: dict[str, None] = {}
        pairs = []
        for span, weight in weights.items():
            found = groups[span]
            self.inputs += found
            deaths = _number(self.valued(found))
            below = self.population(self.key.sex, found[0].age)
            years[below.period(self.key.period)] = None
            count, population = count + deaths, population + below.value
            pairs.append((deaths, weight * self.indicator.factor / below.value))
        self.flag_small(count, population)
        value = sum(deaths * weight for deaths, weight in pairs)
        known: dict[str, Any] = {"count": count, "population": population, "denominator_period": "; ".join(years)}
        return self.done(value, weighted_interval(pairs), **known)

    def weights(self, spans: Sequence[Ages]) -> Mapping[Ages, float]:
        """The share of each age group in the standard population; raises _Refused unless they cover all ages."""
        standard = standard_population()
        end = max((span.end for span in standard), default=0)
        chosen, reached = {}, 0
        while reached < end:
            following = [span for span in spans if span.first == reached]
            if not following:
                raise _Refused("ages-incomplete", _("The age groups that are held do not cover all ages."))
            span = min(following, key=lambda one: one.end)
            chosen[span] = sum(w for part, w in standard.items() if span.first <= part.first and part.end <= span.end)
            reached = span.end
        whole = sum(chosen.values())
        return {span: weight / whole for span, weight in chosen.items()}


_FORMULAS: Mapping[str, type[_Work]] = {
    "count": _Count,
    "rate": _Rate,
    "share": _Ratio,
    "ratio": _Ratio,
    "published": _Published,
    "standardized": _Standardized,
}


def _number(observation: Observation) -> float:
    return observation.value if observation.value is not None else 0.0


def printed(value: float, unit: str) -> str:
    """A value as UN documents print it: rates and percentages with one decimal, counts whole, thousands by a comma."""
    has_decimal = unit == PERCENT or unit.startswith("per ") or not float(value).is_integer()
    return f"{rounded(value, 1 if has_decimal else 0):,}"
