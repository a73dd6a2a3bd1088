"""What pages show of a headline: the number, its date, its source, and what others say beside it and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.analysis.address import region_label
from comity.analysis.estimates.arithmetic import printed as printed_estimate
from comity.analysis.headlines.ask import Answer, headline, others
from comity.analysis.headlines.rule import in_words, is_estimated
from comity.analysis.indicators.declared import declared
from comity.analysis.labels import bound_label, estimation_method_label, printed_label
from comity.areas.addresses import address_code
from comity.areas.gazetteer import WORLD, Gazetteer
from comity.areas.labels import tongue
from comity.evidence.dates import in_words as day_in_words
from comity.evidence.store import now
from comity.statistics import labels
from comity.statistics.store import known_on

SHOWN_OF_A_STATE = (
    "homicide-count",
    "homicide-rate",
    "unsentenced-share",
    "prison-occupancy",
    "robbery-rate",
    "assault-rate",
    "trafficking-victims-rate",
)
"""The indicators whose headlines stand on the page of a State, in their order."""


def headlines_of(
    code: str, areas: Iterable[str], names: Gazetteer, *, on: str = "", as_at: date | None = None
) -> list[dict[str, Any]]:
    """The headline of an indicator for each of some areas that has one, with what others say."""
    today = now().date()
    found = (headline(known_on, code, area, on=on, as_at=as_at, today=today) for area in areas)
    return [shown(one, names, others(known_on, one, as_at=as_at, today=today)) for one in found if one]


def state_headlines(area: str, names: Gazetteer, as_at: date) -> list[dict[str, Any]]:
    """The headlines of a State, each of the latest year that its series has."""
    return [row for code in SHOWN_OF_A_STATE for row in headlines_of(code, (area,), names, as_at=as_at)]


def first_areas(code: str, chosen: Sequence[str]) -> list[str]:
    """Whose headlines stand first on the page of an indicator: the world where it is estimated, and those chosen."""
    return [*([WORLD] if is_estimated(code) else []), *chosen]


def shown(of: Answer, names: Gazetteer, beside: Sequence[Answer] = ()) -> dict[str, Any]:
    """A headline in words of the page's language."""
    indicator = declared()[of.indicator]
    return {
        **_number(of),
        "title": indicator.title(tongue()),
        "unit": labels.unit_label(of.unit),
        "code": of.indicator,
        "name": region_label(of.area, names),
        "area": address_code(names, of.area) if of.release else "",
        "told": printed_label(of.told),
        "told_source": of.told_source,
        "told_note": of.told_note,
        "others": [{**_number(one), "why": _why(one)} for one in beside],
    }


def _number(of: Answer) -> dict[str, Any]:
    figure = f"{reverse('figure', args=[of.figure])}?{urlencode({'as_at': of.as_at.isoformat()})}" if of.figure else ""
    return {
        "printed": printed_label(of.printed),
        "low": _bound(of, of.low),
        "high": _bound(of, of.high),
        "on": of.on,
        "figure": figure,
        "source": of.source if of.release else estimation_method_label(of.source),
        "dataset": of.release.partition("@")[0],
        "release": of.release,
        "published": of.published,
        "as_at": of.as_at,
        "reason": of.reason,
    }


def _bound(of: Answer, value: float | None) -> str:
    """A bound as the value beside it is printed: an estimated count to the nearest 1,000, like the count."""
    if value is None or of.release:
        return bound_label(value, of.printed)
    return printed_label(printed_estimate(value, of.unit))


def _why(of: Answer) -> str:
    """Why an answer beside a headline is another."""
    if of.kind == "method":
        return _("another method of estimation")
    if of.kind == "denominator":
        return _("the same count, over another population: %(population)s") % {"population": of.denominator}
    day = day_in_words(of.published) if of.published else ""
    if of.kind == "vintage":
        return _("an earlier publication, of %(day)s, since revised") % {"day": day}
    return _("another publication, of %(day)s, with counts and populations of its own") % {"day": day}


def rule_in_words() -> str:
    """The rule by which a series is the headline one, as pages state it."""
    return in_words()
