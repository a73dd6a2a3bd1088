"""The rule by which each question has one answer: which data set, which method and which year speak for an indicator.

A State's series comes whole from one data set: the first of those that are declared for the indicator and hold the
series, else the one that was published last. Series are never spliced, so that a change between two years is never one
between two publications. Of regions and the world the default method of estimation speaks. The latest year is the last
in which the headline series has a value; of regions the last in which the method gives a figure for the world.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.indicators.declared import declared, place_among
from comity.evidence.wording import gettext as _
from comity.observations.observation import TOTAL


class Series(NamedTuple):
    """What the years of one series share."""

    area: str
    indicator: str
    iccs: str = ""
    sex: str = TOTAL
    age: str = TOTAL
    citizenship: str = TOTAL
    breakdown: str = TOTAL


def data_sets_of(indicator: str, iccs: str) -> tuple[str, ...]:
    """The data sets that are declared to be asked first for an indicator, declared or observed; blank where none are.

    An observed indicator is asked for as by the first declared one that is made of it.
    """
    known = declared().indicators
    if indicator in known:
        return known[indicator].datasets
    for one in known.values():
        for term in (one.numerator, one.published, one.denominator):
            if term and term.indicator == indicator and term.iccs in ("*", iccs):
                return one.datasets
    return ()


def headline_data_set(order: Sequence[str], published: Mapping[str, date]) -> str:
    """Of the data sets that hold a series, each with the day of its publication, the one that speaks.

    The first that `order` names; where it names none of them, the one published last, of one day the first by its code.
    Raises ValueError where there is none.
    """
    return min(published, key=lambda dataset: place_among(order, dataset, published[dataset]))


def headline_data_sets(held: Iterable[tuple[Series, str]], published: Mapping[str, date]) -> dict[Series, str]:
    """The data set that speaks for each series, by which data sets hold it."""
    holders: dict[Series, dict[str, date]] = {}
    for series, dataset in held:
        holders.setdefault(series, {})[dataset] = published[dataset]
    return {
        series: headline_data_set(data_sets_of(series.indicator, series.iccs), found)
        for series, found in holders.items()
    }


def headline_method() -> str:
    """The method of estimation that speaks for regions and the world: the default one."""
    return estimation().method().name


def is_estimated(indicator: str) -> bool:
    """Whether the headline of regions and the world is an estimate; else it is what is published of them."""
    return indicator in estimation().estimated


def in_words() -> str:
    """The rule in a sentence or two, as pages and files state it."""
    return _(
        "The headline series of a State comes whole from one data set: the first of those declared for the indicator "
        "that holds it, else the one published last. For regions and the world it is the estimate by the default "
        "method. Other data sets, vintages and methods stand beside it and are labelled."
    )
