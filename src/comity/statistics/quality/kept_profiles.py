"""Profiles as pages ask for them: computed once for a month and kept until something happens in the audit chain."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from comity.areas.store import gazetteer
from comity.evidence.store import head
from comity.statistics.quality.profiles import QualityProfile, profile, summary
from comity.statistics.releases.files import Release


def profiles_of(releases: tuple[Release, ...], area: str, as_at: date) -> tuple[QualityProfile, ...]:
    """The quality of an area's data as known on a day, its findings in the page's language."""
    return _profiles(head()[1], releases, area, end_of_month(as_at), get_language() or "en")


def summary_of(releases: tuple[Release, ...], as_at: date) -> list[dict[str, Any]]:
    """How many areas stand at each level as known on a day, by data set and indicator."""
    return _summary(head()[1], releases, end_of_month(as_at))


def end_of_month(day: date) -> date:
    """The last day of a day's month: a profile depends on the month alone, and pages of one month share it."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=64)
def _summary(_head: str, releases: tuple[Release, ...], month: date) -> list[dict[str, Any]]:
    return summary(one.as_at(month) for one in _of_all(_head, releases))


@lru_cache(maxsize=2)
def _of_all(_head: str, releases: tuple[Release, ...]) -> tuple[QualityProfile, ...]:
    """The profiles of all areas, judged once for all months in which the same releases are known."""
    return tuple(profile(releases, None, date.max, gazetteer()))


@lru_cache(maxsize=256)
def _profiles(
    _head: str, releases: tuple[Release, ...], area: str, month: date, _language: str
) -> tuple[QualityProfile, ...]:
    return tuple(profile(releases, area, month, gazetteer()))
