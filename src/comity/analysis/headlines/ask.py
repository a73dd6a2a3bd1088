"""The one answer to a question from what is known, and what other data sets, vintages and methods say beside it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from comity.analysis.estimates import ask as estimating
from comity.analysis.estimates.arithmetic import Estimate, printed
from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.estimates.published import difference, published
from comity.analysis.headlines.rule import (
    Series,
    headline_data_sets,
    headline_method,
    is_estimated,
)
from comity.analysis.indicators import ask as indicators
from comity.analysis.indicators.coverage import Coverage, coverage_of
from comity.analysis.indicators.declared import EACH, Indicator, declared
from comity.analysis.indicators.figures import IndicatorValue
from comity.analysis.trends import families as trends
from comity.analysis.trends.families import SeriesTrend
from comity.areas.gazetteer import Gazetteer
from comity.evidence.wording import gettext as _
from comity.evidence.wording import language as active
from comity.observations.denominators import is_year
from comity.observations.indicators_observed import is_own_unit
from comity.observations.observation import ESTIMATED, TOTAL, UNKNOWN, Observation
from comity.statistics.headlines import Spoken
from comity.statistics.releases.files import Release
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection, run, source_sql

Kind = Literal["headline", "data-set", "vintage", "denominator", "method"]
"""The headline itself, or by what an answer beside it differs: another data set, an earlier vintage of the same one,
another population below the same count, another method of estimation."""


@dataclass(frozen=True)
class Answer:
    """A number with its date, its source and the state of knowledge that it rests on.

    `source` is the title of the data set, or the name of the method of estimation; `release` the release that states
    it, blank where it is estimated; `published` the day of that release. Without a value `reason` says why.
    """

    kind: Kind
    indicator: str
    area: str
    on: str
    value: float | None
    printed: str
    unit: str
    low: float | None
    high: float | None
    source: str
    release: str
    published: date | None
    as_at: date
    figure: str
    denominator: str = ""
    reason: str = ""
    told: str = ""
    """What the holder of the data itself printed as its estimate; `told_source` where, `told_note` why they differ."""
    told_source: str = ""
    told_note: str = ""


def speaking_for(known: Known, code: str) -> Mapping[Series, str]:
    """The data set that speaks for each series of a declared indicator; raises UnknownName."""
    return _speaking_for(known.speaking, declared()[code].code)


@lru_cache(maxsize=128)
def _speaking_for(releases: tuple[Release, ...], code: str) -> Mapping[Series, str]:
    """Kept, since a release never changes."""
    indicator = declared()[code]
    found = (
        (series._replace(indicator=indicator.code, age=_age(indicator, series.age)), dataset)
        for selection in indicator.selections()
        for series, dataset in _held(releases, selection)
        if indicator.kind != "standardized" or series.age not in (TOTAL, UNKNOWN)
    )
    return headline_data_sets(list(found), _published(releases))


def _age(indicator: Indicator, age: str) -> str:
    return TOTAL if indicator.kind == "standardized" else age


def speaking_for_observations(known: Known, selection: Selection) -> Mapping[Series, str]:
    """The data set that speaks for each series of observations that a selection asks for, whatever its years."""
    return _speaking_for_observations(known.speaking, replace(selection, statuses=(), first="", last=""))


@lru_cache(maxsize=16)
def _speaking_for_observations(releases: tuple[Release, ...], selection: Selection) -> Mapping[Series, str]:
    """Kept, since a release never changes."""
    return headline_data_sets(list(_held(releases, selection)), _published(releases))


def _published(releases: Iterable[Release]) -> dict[str, date]:
    """The day on which each data set was last published."""
    return {one.dataset: one.published for one in releases}


def _held(releases: tuple[Release, ...], selection: Selection) -> Iterator[tuple[Series, str]]:
    if not releases:
        return
    where, values = selection.where()
    columns = ", ".join(Series._fields)
    sql = f"SELECT DISTINCT release, unit, {columns} FROM {source_sql(releases)} WHERE {where} AND value IS NOT NULL"  # noqa: S608
    for number, unit, *series in run(sql, values):
        found = Series(*series)
        if is_own_unit(found.indicator, unit):
            yield found, releases[number].dataset


def coverage(known: Known, code: str) -> Coverage | None:
    """What the headline series of an indicator hold together, under the release that gives most of them; None where
    there is none."""
    return _coverage(known.speaking, code)


@lru_cache(maxsize=128)
def _coverage(releases: tuple[Release, ...], code: str) -> Coverage | None:
    indicator, chosen = declared()[code], _speaking_for(releases, code)
    years: dict[str, set[str]] = {}
    of_release: Counter[str] = Counter()
    for selection in indicator.selections() if chosen else ():
        where, values = selection.where()
        columns = ", ".join(Series._fields)
        asked = f"SELECT DISTINCT release, period, {columns} FROM {source_sql(releases)} "  # noqa: S608
        for number, period, *series in run(f"{asked} WHERE {where} AND value IS NOT NULL", values):
            found = Series(*series)._replace(indicator=code)
            found = found._replace(age=_age(indicator, found.age))
            if chosen.get(found) == releases[number].dataset:
                years.setdefault(period, set()).add(found.area)
                of_release[releases[number].id] += 1
    if not years:
        return None
    most = max(of_release, key=lambda identifier: of_release[identifier])
    main = next(one for one in releases if one.id == most)
    areas = set().union(*years.values())
    return Coverage(main, len(areas), {period: len(found) for period, found in sorted(years.items())})


def headline_values(
    known: Known, code: str, *, areas: Sequence[str] = (), first: str = "", last: str = ""
) -> list[IndicatorValue]:
    """The values of an indicator for areas and years that are of its headline series."""
    headlines = Headlines(known)
    found = indicators.indicator_values(known, code, areas=areas, first=first, last=last)
    return [one for one in found if headlines.has_value(one)]


def series_of(one: Observation) -> Series:
    """The series that an observation belongs to."""
    return Series(*(getattr(one, name) for name in Series._fields))


class Headlines:
    """Says of observations and values whether they are of the headline series, by what is known on a day."""

    def __init__(self, known: Known):
        self.known = known
        self._current = {release.id for release in known.speaking}
        self._of_selection: dict[Selection, Mapping[Series, str]] = {}

    def has_value(self, value: IndicatorValue) -> bool:
        """Whether a value of a declared indicator is the headline one."""
        key = value.outcome.key
        series = Series(key.area, value.indicator.code, key.iccs, key.sex, key.age, key.citizenship, key.breakdown)
        return self.has_series(series, value.dataset)

    def has_series(self, series: Series, dataset: str) -> bool:
        """Whether a data set speaks for a series of an indicator, declared or observed."""
        if self._is_estimated(series):
            return False
        if series.indicator in declared().indicators:
            return speaking_for(self.known, series.indicator).get(series) == dataset
        return self._speaking_for(Selection(indicators=(series.indicator,))).get(series) == dataset

    def has_observation(self, found: Released, selection: Selection) -> bool:
        """Whether an observation that a selection asked for is of the headline series."""
        series = series_of(found.observation)
        if found.release.id not in self._current or self._is_estimated(series):
            return False
        own = is_own_unit(series.indicator, found.observation.unit)
        return own and self._speaking_for(selection).get(series) == found.release.dataset

    def _speaking_for(self, selection: Selection) -> Mapping[Series, str]:
        if selection not in self._of_selection:
            self._of_selection[selection] = speaking_for_observations(self.known, selection)
        return self._of_selection[selection]

    def _is_estimated(self, series: Series) -> bool:
        return is_estimated(series.indicator) and _is_region(self.known.names, series.area)


def trend_records(known: Known, found: Sequence[SeriesTrend], language: str = "en") -> list[dict[str, Any]]:
    """Trends as records that say which is that of the headline series; these come first."""
    headlines = Headlines(known)
    records = [
        {**trends.record(one, known.names, language), "headline": headlines.has_series(_series(one), one.dataset)}
        for one in found
    ]
    return sorted(records, key=lambda record: not record["headline"])


def _series(of: SeriesTrend) -> Series:
    one = of.detail
    return Series(of.area, of.indicator, one.iccs, one.sex, one.age, one.citizenship, one.breakdown)


def _is_region(names: Gazetteer, code: str) -> bool:
    """Whether a code is that of the world, a region or a group, and of no State or area."""
    area = names.areas.get(code)
    return area.kind == "region" if area else not code.isdecimal()


def judge(known: Known, selection: Selection) -> Callable[[Released], bool]:
    """What tells of observations that a selection asks for whether they are of the headline series."""
    headlines = Headlines(known)
    return lambda found: headlines.has_observation(found, selection)


def spoken(known: Known, selection: Selection) -> list[Spoken]:
    """For how many States and areas of a selection each data set speaks, by indicator and ICCS category.

    Regions whose headline is estimated are not among them.
    """
    areas: dict[tuple[str, str, str], set[str]] = {}
    for series, dataset in speaking_for_observations(known, selection).items():
        if not (is_estimated(series.indicator) and _is_region(known.names, series.area)):
            areas.setdefault((series.indicator, series.iccs, dataset), set()).add(series.area)
    return [Spoken(*key, len(found)) for key, found in sorted(areas.items())]


def value_records(known: Known, values: Sequence[IndicatorValue], language: str = "en") -> list[dict[str, Any]]:
    """Values of an indicator as records that say which is the headline one; of one question the headline comes first.

    `published_on` is the day on which what is stated was published, `as_at` the state of knowledge.
    """
    headlines = Headlines(known)
    judged = [(one, headlines.has_value(one)) for one in values]
    judged.sort(key=lambda pair: (pair[0].outcome.key, not pair[1], pair[0].dataset))
    return [
        {
            **indicators.record(one, known.names, language),
            "headline": headline,
            "published_on": _day_of(one),
            "as_at": known.as_at.isoformat(),
        }
        for one, headline in judged
    ]


def _day_of(value: IndicatorValue) -> str | None:
    release = _release_of(value)
    return release.published.isoformat() if release else None


def _release_of(value: IndicatorValue) -> Release | None:
    """The release that states what the value is of; not that of the population below it."""
    return next((one.release for one in value.inputs if one.release.dataset == value.dataset), None)


def estimate_records(
    made: Sequence[Estimate], names: Gazetteer, as_at: date, language: str = "en"
) -> list[dict[str, Any]]:
    """Estimates as records that say which is the headline one, and on which state of knowledge each rests.

    Of a State it never is one: its headline is what it reported.
    """
    return [
        {
            **estimating.record(one, names, language),
            "headline": _is_region(names, one.area) and one.method.partition(":")[0] == headline_method(),
            "as_at": _knowledge(one.method, as_at).isoformat(),
        }
        for one in made
    ]


def _knowledge(method: str, as_at: date) -> date:
    return estimating.knowledge(estimation().method(method), as_at)


def records_of(
    knowing: Callable[[date], Known],
    code: str,
    *,
    areas: Sequence[str] = (),
    first: str = "",
    last: str = "",
    dataset: str | None = None,
    as_at: date | None = None,
    today: date,
) -> list[dict[str, Any]]:
    """The values of an indicator for areas and years as records, the headline one of each question first.

    Of regions and the world, where they are named and no data set is, the estimates of the years that are asked for
    stand before what data sets say of them; of the latest, where no years are asked for. Raises UnknownName.
    """
    known = knowing(as_at or today)
    values = indicators.indicator_values(known, code, areas=areas, first=first, last=last, dataset=dataset)
    regions = [area for area in areas if _is_region(known.names, area)]
    if not regions or dataset or not is_estimated(code):
        return value_records(known, values)
    years = list(map(str, range(int(first), int(last) + 1))) if first and last else [last or first]
    made = [
        one
        for year in years
        for one in estimating.estimates(knowing, code, on=year, areas=regions, as_at=as_at, today=today)
    ]
    return [*map(_in_full, estimate_records(made, known.names, as_at or today)), *value_records(known, values)]


def _in_full(record: dict[str, Any]) -> dict[str, Any]:
    """An estimate's record with the fields that those of data sets have."""
    whole = dict.fromkeys(("sex", "age", "citizenship", "breakdown"), TOTAL)
    iccs = declared()[record["indicator"]].numerator.iccs
    known = {"iccs": iccs, **whole, "dataset": "", "denominator": "", "status": ESTIMATED, "reason_kind": ""}
    return {**known, "published_on": None, **record}


def headline(
    knowing: Callable[[date], Known], code: str, area: str, *, on: str = "", as_at: date | None = None, today: date
) -> Answer | None:
    """The one answer to: what is an indicator of an area, in a year or in the latest that the headline series has?

    `knowing` gives what is known on a day. None where nothing is held of it; raises UnknownName for no such indicator.
    """
    indicator, known = declared()[code], knowing(as_at or today)
    if is_estimated(code) and _is_region(known.names, area):
        return _estimated(knowing, code, area, on, as_at, today)
    headlines = Headlines(known)
    values = [one for one in _totals(known, indicator, area, on) if headlines.has_value(one)]
    spoken = [one for one in values if one.outcome.value is not None] or values
    last = max(spoken, key=lambda one: one.outcome.key.period, default=None)
    return _answer(last, "headline", known) if last else _silent(known, indicator, area, on)


def _silent(known: Known, indicator: Indicator, area: str, on: str) -> Answer | None:
    """That the headline series has nothing for a year, where it has something for others; else None."""
    dataset = next((of for series, of in speaking_for(known, indicator.code).items() if series.area == area), None)
    if dataset is None or not on:
        return None
    release = [one for one in known.speaking if one.dataset == dataset][-1]
    reason = _("The headline series has no value for this year.")
    of = (indicator.code, area, on, None, "", indicator.unit, None, None)
    return Answer("headline", *of, release.title, release.id, release.published, known.as_at, "", reason=reason)


def _totals(known: Known, indicator: Indicator, area: str, on: str) -> list[IndicatorValue]:
    """The values of an area, of calendar years and of the whole of each dimension that the indicator leaves open."""
    return [one for one in _of_area(known, indicator.code, area) if on in ("", one.outcome.key.period)]


@lru_cache(maxsize=64)
def _of_area(known: Known, code: str, area: str) -> tuple[IndicatorValue, ...]:
    """Kept, since a headline and what stands beside it are asked for one after the other."""
    indicator = declared()[code]
    open_in = [
        name for name in ("sex", "age", "citizenship", "breakdown") if getattr(indicator.numerator, name) == EACH
    ]
    return tuple(
        one
        for covered in coverage_of(known, indicator)
        for one in indicators.indicator_values(known, code, areas=(area,), dataset=covered.release.dataset)
        if is_year(one.outcome.key.period) and all(getattr(one.outcome.key, name) == TOTAL for name in open_in)
    )


def _answer(value: IndicatorValue, kind: Kind, known: Known) -> Answer:
    outcome, release = value.outcome, _release_of(value)
    return Answer(
        kind,
        value.indicator.code,
        outcome.key.area,
        outcome.key.period,
        outcome.value,
        outcome.printed,
        value.indicator.unit,
        outcome.low,
        outcome.high,
        source=release.title if release else value.dataset,
        release=release.id if release else "",
        published=release.published if release else None,
        as_at=known.as_at,
        figure=indicators.address(value),
        denominator=value.denominator,
        reason=outcome.reason,
    )


def _estimated(
    knowing: Callable[[date], Known], code: str, area: str, on: str, as_at: date | None, today: date
) -> Answer | None:
    made = estimating.estimates(knowing, code, on=on, areas=(area,), as_at=as_at, today=today)
    return _of_estimate(made[0], "headline", knowing(as_at or today).names, as_at or today) if made else None


def _of_estimate(made: Estimate, kind: Kind, names: Gazetteer, as_at: date) -> Answer:
    told = published(made)
    return Answer(
        kind,
        made.indicator,
        made.area,
        made.on,
        made.value,
        made.printed,
        made.unit,
        made.low,
        made.high,
        source=made.method,
        release="",
        published=None,
        as_at=_knowledge(made.method, as_at),
        figure=estimating.address(made),
        reason=estimating.reason_of(made, names, active()),
        told=printed(told.value, made.unit) if told else "",
        told_source=told.source if told else "",
        told_note=difference(made),
    )


def others(knowing: Callable[[date], Known], of: Answer, *, as_at: date | None = None, today: date) -> list[Answer]:
    """What stands beside a headline: the same question answered by other data sets, earlier vintages and methods.

    A vintage that prints the same is left out; so is what has no value.
    """
    known = knowing(as_at or today)
    found = [*_by_methods(knowing, of, as_at, today), *_by_data_sets(known, of), *_by_vintages(known, of)]
    return [one for one in found if one.value is not None]


def _by_methods(knowing: Callable[[date], Known], of: Answer, as_at: date | None, today: date) -> Iterator[Answer]:
    if not is_estimated(of.indicator) or (of.release and of.value is not None):
        return
    names = knowing(as_at or today).names
    for name, rules in estimation().methods.items():
        after = rules.as_at is not None and int(of.on) > rules.as_at.year
        if after or (of.release and name != headline_method()) or name == of.source.partition(":")[0]:
            continue
        made = estimating.estimates(
            knowing, of.indicator, method=name, on=of.on, areas=(of.area,), as_at=as_at, today=today
        )
        yield from (_of_estimate(one, "method", names, as_at or today) for one in made)


def _by_data_sets(known: Known, of: Answer) -> Iterator[Answer]:
    indicator = declared()[of.indicator]
    headlines = Headlines(known)
    for one in _totals(known, indicator, of.area, of.on):
        if not headlines.has_value(one):
            yield _answer(one, "data-set", known)
    if of.release and indicator.published:
        computed = indicators.indicator_values(
            known,
            of.indicator,
            areas=(of.area,),
            first=of.on,
            last=of.on,
            dataset=of.release.partition("@")[0],
            as_published=False,
        )
        for one in computed:
            if one.outcome.printed != of.printed:
                yield replace(_answer(one, "denominator", known), figure="")


def _by_vintages(known: Known, of: Answer) -> Iterator[Answer]:
    """What earlier vintages said that no longer speak, the latest first; each print but once."""
    indicator = declared()[of.indicator]
    speaking = {release.id for release in known.speaking}
    said = {(of.release.partition("@")[0], of.printed)}
    holding = {one.release.dataset for one in coverage_of(known, indicator)}
    for release in reversed(known.releases.vintages(known.as_at).releases):
        if release.id in speaking or release.dataset not in holding:
            continue
        then = replace(known, as_at=release.published)
        for one in _totals(then, indicator, of.area, of.on):
            if one.dataset == release.dataset and (one.dataset, one.outcome.printed) not in said:
                said.add((one.dataset, one.outcome.printed))
                yield _answer(one, "vintage", then)
