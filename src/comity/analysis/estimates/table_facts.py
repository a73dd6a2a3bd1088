"""The facts of tables of estimates: those that each of their estimates rests on."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from comity.analysis.estimates.facts import estimate_inputs, inputs_of
from comity.analysis.estimates.tables import REGIONS
from comity.areas.gazetteer import WORLD
from comity.evidence.figures import Fact, supplies
from comity.statistics import store


@supplies("estimates-by-region")
def _of_regions(*, as_at: date, indicator: str, on: str, method: str) -> Sequence[Fact[Any]]:
    return of_years(as_at, indicator, REGIONS, (on,), method)


@supplies("estimates-by-area")
def _of_the_world(*, as_at: date, indicator: str, on: str, method: str) -> Sequence[Fact[Any]]:
    return estimate_inputs(as_at=as_at, indicator=indicator, area=WORLD, on=on, method=method)


@supplies("estimates-over-time")
def _over_time(*, as_at: date, indicator: str, areas: str, first: int, last: int, method: str) -> Sequence[Fact[Any]]:
    return of_years(as_at, indicator, tuple(areas.split(",")), years(first, last), method)


def years(first: int, last: int) -> tuple[str, ...]:
    """The years from a first to a last one."""
    return tuple(map(str, range(first, last + 1)))


def of_years(
    as_at: date, indicator: str, areas: tuple[str, ...], of: tuple[str, ...], method: str
) -> Sequence[Fact[Any]]:
    """The facts of the estimates of areas and years, each once."""
    return _of_years(store.kept_for(), as_at, indicator, areas, of, method)


@lru_cache(maxsize=8)
def _of_years(
    _kept_for: str, as_at: date, indicator: str, areas: tuple[str, ...], of: tuple[str, ...], method: str
) -> Sequence[Fact[Any]]:
    return inputs_of(as_at, indicator, areas, of, method)
