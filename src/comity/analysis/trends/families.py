"""Trends of the series that releases hold: what a series is made of, and the families over which p is adjusted.

A family is fixed by the question: all series that a data set holds of an indicator, in one category of offences where
it has them, in a period. Which of them are shown beside each other changes no verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from comity.analysis.indicators.declared import Indicator, declared
from comity.analysis.indicators.figures import keys
from comity.analysis.indicators.formulas import outcome_of
from comity.analysis.indicators.keys import Key
from comity.areas.gazetteer import Gazetteer, Succession
from comity.evidence.errors import UnknownName
from comity.evidence.figures import figure_id
from comity.evidence.wording import gettext as _
from comity.observations.denominators import POPULATION, Populations, is_year
from comity.observations.observation import BREAK, FREE, WHOLE, Observation
from comity.statistics.figures import Detail, parse_detail
from comity.statistics.releases.query import Released, Selection

if TYPE_CHECKING:
    from comity.analysis.trends.series_trends import Trend


@dataclass(frozen=True)
class Family:
    """The series of one question: an indicator of a data set in a period, of which `areas` are shown, or all.

    Without `detail` each ICCS category that is held makes a family of its own, of totals in all other dimensions.
    """

    dataset: str
    indicator: str
    iccs: str
    areas: tuple[str, ...]
    first: str
    last: str
    detail: Detail | None = None

    @property
    def series(self) -> str:
        """The series as an address gives them: `homicide-rate`, `offences-count~0401`, `homicide-rate:076,250`."""
        iccs = f"~{self.iccs}" if self.iccs else ""
        return f"{self.indicator}{iccs}" + (f":{','.join(self.areas)}" if self.areas else "")

    def selection(self) -> Selection:
        """The whole family as a question to releases, whichever areas are shown."""
        if self.detail is not None:
            of: dict[str, Any] = self.detail.selection()
            return Selection(indicators=(self.indicator,), **of, **self._years())
        return Selection(
            indicators=(self.indicator,),
            iccs=(self.iccs,) if self.iccs else (),
            sexes=WHOLE,
            ages=WHOLE,
            citizenships=WHOLE,
            breakdowns=WHOLE,
            **self._years(),
        )

    def shows(self, area: str) -> bool:
        """Whether the series of an area is among those that are shown."""
        return not self.areas or area in self.areas

    def takes(self, key: Key) -> bool:
        """Whether a value of an indicator belongs to the family."""
        detail = Detail(key.iccs, key.sex, key.age, key.citizenship, key.breakdown)
        if self.detail is not None:
            return detail == self.detail
        return self.iccs in ("", key.iccs)

    def _years(self) -> dict[str, Any]:
        return {"first": self.first, "last": self.last}


def parse_family(dataset: str, series: str, first: str, last: str) -> Family:
    """The family that the arguments of a figure `trends` name; raises UnknownName."""
    named, _colon, areas = series.partition(":")
    indicator, _tilde, iccs = named.partition("~")
    _require_years(first, last)
    return Family(dataset, indicator, iccs, tuple(filter(None, areas.split(","))), first, last)


def family_of_one(dataset: str, indicator: str, area: str, period: str, detail: str) -> Family:
    """The family of the one series that the arguments of a figure `trend` name; raises UnknownName or BadInput."""
    first, _hyphen, last = period.partition("-")
    _require_years(first, last)
    asked = parse_detail(detail)
    whole = {asked.sex, asked.age, asked.citizenship, asked.breakdown} <= set(WHOLE)
    return Family(dataset, indicator, asked.iccs, (area,), first, last, None if whole else asked)


def _require_years(first: str, last: str) -> None:
    if not (is_year(first) and is_year(last) and first <= last):
        raise UnknownName(f"{first}-{last}", _("first and last year of a series"))


@dataclass(frozen=True, eq=False)
class Series:
    """A series of yearly values. A year of `conflicting` has several values that differ, and takes no part.

    `breaks` are the years before which it breaks.
    """

    area: str
    detail: Detail
    unit: str
    values: Mapping[int, float]
    breaks: frozenset[int]
    conflicting: tuple[int, ...]


def series_of(observations: Iterable[Observation]) -> list[Series]:
    """The series that observations of one indicator make, in the order of their areas.

    A value that is masked or missing takes no part, nor does what is not of a calendar year.
    """
    rows: dict[tuple[str, Detail], list[Observation]] = defaultdict(list)
    for one in observations:
        if is_year(one.period):
            rows[one.area, _detail(one)].append(one)
    return [_series(area, detail, rows[area, detail]) for area, detail in sorted(rows, key=str)]


def _detail(observation: Observation) -> Detail:
    return Detail(observation.iccs, observation.sex, observation.age, observation.citizenship, observation.breakdown)


def _series(area: str, detail: Detail, rows: Sequence[Observation]) -> Series:
    stated: dict[int, set[float]] = defaultdict(set)
    for one in rows:
        if one.value is not None:
            stated[int(one.period)].add(one.value)
    return Series(
        area,
        detail,
        rows[0].unit,
        {year: next(iter(values)) for year, values in sorted(stated.items()) if len(values) == 1},
        frozenset(int(one.period) for one in rows if one.status == BREAK),
        tuple(sorted(year for year, values in stated.items() if len(values) > 1)),
    )


def observed(values: Iterable[Observation | Succession], indicator: str) -> list[Observation]:
    """The observations of an indicator: those that are published, else what its declaration makes of the others.

    Successions say where a State split, in which year there is no value.
    """
    given = list(values)
    rows = [one for one in given if isinstance(one, Observation)]
    published = [one for one in rows if one.indicator == indicator]
    if published or indicator not in declared().indicators:
        return published
    return _computed(declared()[indicator], rows, [one for one in given if isinstance(one, Succession)])


def _computed(
    indicator: Indicator, rows: Sequence[Observation], successions: Sequence[Succession]
) -> list[Observation]:
    of_area: dict[str, list[Observation]] = defaultdict(list)
    for one in rows:
        of_area[one.area].append(one)
    people = [one for one in rows if one.indicator.startswith(POPULATION)]
    populations = [Populations(people)] if people else []
    outcomes = [
        outcome_of(indicator, key, of_area[key.area], populations, successions) for key in keys(indicator, rows)
    ]
    return [
        Observation(
            **one.key._asdict(),
            indicator=indicator.code,
            unit=indicator.unit,
            repeat=0,
            value=one.value,
            text="",
            status=one.status,
            confidentiality=FREE,
            source="",
            note=one.reason,
            place="",
        )
        for one in outcomes
    ]


def row_names(observations: Iterable[Observation]) -> dict[tuple[str, Detail], str]:
    """The row of each series in a family's table: its area, and its other dimensions where the area has several."""
    keys = {(one.area, _detail(one)) for one in observations if is_year(one.period)}
    areas = [area for area, _of in keys]
    return {key: key[0] if areas.count(key[0]) == 1 else f"{key[0]}~{key[1]}" for key in keys}


def row_of(names: Mapping[tuple[str, Detail], str], observation: Observation) -> str:
    """The row that an observation speaks of; its area where it is of no calendar year."""
    return names.get((observation.area, _detail(observation)), observation.area)


@dataclass(frozen=True)
class SeriesTrend:
    """The trend of a series, with the observations that it rests on.

    `figure` is the address of the series by itself, `family` that of all series that p was adjusted over; in its table
    the series is the row `row`.
    """

    area: str
    indicator: str
    detail: Detail
    dataset: str
    unit: str
    observed: tuple[Released, ...]
    trend: "Trend"
    figure: str
    family: str
    row: str


def trends_of_family(
    family: Family, found: Sequence[Released], successions: Sequence[Succession] = ()
) -> list[SeriesTrend]:
    """The trends of a family's series, p adjusted over all of them, with their reasons in words."""
    from comity.analysis.trends.series_trends import trends

    given = observed([*(one.observation for one in found), *successions], family.indicator)
    rows = row_names(given)
    of: dict[str, list[Released]] = defaultdict(list)
    for one in found:
        of[row_of(rows, one.observation)].append(one)
    address = family_address(family)
    tested: list[tuple[Series, Trend]] = []
    for series in families(given):
        values, years, breaks = arrays(series)
        tested += zip(series, trends(values, years, breaks=breaks), strict=True)
    return [
        SeriesTrend(
            one.area,
            family.indicator,
            one.detail,
            family.dataset,
            one.unit,
            tuple(of[rows[one.area, one.detail]]),
            replace(trend, reason=trend.reason + left_out(one), sentence=trend.sentence + left_out(one)),
            _address(family, one),
            address,
            rows[one.area, one.detail],
        )
        for one, trend in sorted(tested, key=lambda pair: (pair[0].area, str(pair[0].detail)))
        if family.shows(one.area)
    ]


def families(observations: Iterable[Observation]) -> list[list[Series]]:
    """The series that observations of one indicator make, those of each category of offences together."""
    of: dict[str, list[Series]] = defaultdict(list)
    for series in series_of(observations):
        of[series.detail.iccs].append(series)
    return [of[iccs] for iccs in sorted(of)]


def left_out(series: Series) -> str:
    """Which years took no part since the source states several values for them, as a sentence; blank where none."""
    if not series.conflicting:
        return ""
    years = ", ".join(map(str, series.conflicting))
    return " " + _("Left out, since several values are stated that differ: %(years)s.") % {"years": years}


def arrays(series: Sequence[Series]) -> tuple[list[list[float]], list[int], list[list[bool]]]:
    """Values as (series, years), not a number where one is missing; the years; and where a break falls before one."""
    years = sorted({year for one in series for year in (*one.values, *one.breaks)})
    values = [[one.values.get(year, float("nan")) for year in years] for one in series]
    return values, years, [[year in one.breaks for year in years] for one in series]


def family_address(family: Family) -> str:
    """The address of a whole family's figure: `trends.homicide.homicide-rate.2003.2012`."""
    series = replace(family, areas=()).series
    return figure_id(
        "trends", {"dataset": family.dataset, "series": series, "first": family.first, "last": family.last}
    )


def _address(family: Family, series: Series) -> str:
    return figure_id(
        "trend",
        {
            "dataset": family.dataset,
            "indicator": family.indicator,
            "area": series.area,
            "period": f"{family.first}-{family.last}",
            "detail": str(series.detail),
        },
    )


RECORD = (
    "area",
    "iso3",
    "name",
    "indicator",
    "iccs",
    "dataset",
    "unit",
    "s",
    "var",
    "z",
    "p",
    "tau",
    "correlation",
    "trend_p",
    "turn_p",
    "shift_p",
    "p_verdict",
    "p_adjusted",
    "slope",
    "intercept",
    "low",
    "high",
    "stable_low",
    "stable_high",
    "level",
    "n",
    "first",
    "last",
    "first_value",
    "last_value",
    "change",
    "change_percent",
    "highest",
    "highest_year",
    "lowest",
    "lowest_year",
    "broken",
    "turn_year",
    "shift_year",
    "shift_before",
    "shift_after",
    "shift",
    "change_year",
    "change_p",
    "average_annual_change",
    "verdict",
    "reason",
    "sentence",
    "figure",
    "family",
)
"""The columns of a trend as the command and notebooks give it."""


def record(trend: SeriesTrend, names: Gazetteer, language: str = "en") -> dict[str, Any]:
    """A trend in the shape of `comity trends --format json`."""
    area = names.areas.get(trend.area)
    return {
        "area": trend.area,
        "iso3": area.iso3 if area else None,
        "name": names.label(trend.area, language),
        "indicator": trend.indicator,
        "iccs": trend.detail.iccs,
        "dataset": trend.dataset,
        "unit": trend.unit,
        **trend.trend.as_json(),
        "figure": trend.figure,
        "family": f"{trend.family}#{trend.row}",
    }
