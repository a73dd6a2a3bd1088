"""The facts of tables of estimates and of the trends of rates: those that each of their estimates rests on."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from comity.analysis.estimates.basis import WORLD
from comity.analysis.estimates.facts import estimate_inputs
from comity.analysis.estimates.methods import declared
from comity.analysis.estimates.tables import REGIONS
from comity.analysis.trends import rates  # noqa: F401 - registers its methods
from comity.evidence.figures import Fact, supplies
from comity.statistics import store


@supplies("estimates-by-region")
def _of_regions(*, as_at: date, indicator: str, on: str, method: str) -> Sequence[Fact[Any]]:
    return _of_years(store.kept_for(), as_at, indicator, REGIONS, (on,), method)


@supplies("estimates-by-area")
def _of_the_world(*, as_at: date, indicator: str, on: str, method: str) -> Sequence[Fact[Any]]:
    return estimate_inputs(as_at=as_at, indicator=indicator, area=WORLD, on=on, method=method)


@supplies("estimates-over-time")
def _over_time(*, as_at: date, indicator: str, areas: str, first: int, last: int, method: str) -> Sequence[Fact[Any]]:
    return _of_years(store.kept_for(), as_at, indicator, tuple(areas.split(",")), _years(first, last), method)


@supplies("rate-trends")
@supplies("trend-verdicts")
def _of_rates(*, as_at: date, indicator: str, first: int, last: int) -> Sequence[Fact[Any]]:
    """What the estimates by the method that looks at all observations of a year rest on, the rates among it."""
    filled = next(rules.name for rules in declared().methods.values() if rules.arithmetic == "filled")
    return _of_years(store.kept_for(), as_at, indicator, (WORLD,), _years(first, last), filled)


def _years(first: int, last: int) -> tuple[str, ...]:
    return tuple(map(str, range(first, last + 1)))


@lru_cache(maxsize=8)
def _of_years(
    _kept_for: str, as_at: date, indicator: str, areas: tuple[str, ...], years: tuple[str, ...], method: str
) -> Sequence[Fact[Any]]:
    return _once(
        fact
        for year in years
        for area in areas
        for fact in estimate_inputs(as_at=as_at, indicator=indicator, area=area, on=year, method=method)
    )


def _once(facts: Iterable[Fact[Any]]) -> list[Fact[Any]]:
    return list({(fact.origin, fact.place, fact.label): fact for fact in facts}.values())
