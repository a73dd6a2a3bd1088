"""What is held of a State's statistics."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.addresses import address_code
from comity.areas.panels import Panel
from comity.observations.observation import WHOLE
from comity.statistics import labels, store
from comity.statistics.catalogue_facts import contents_of
from comity.statistics.figures import address
from comity.statistics.quality.kept_profiles import profiles_of
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection

HOMICIDE = ("homicide-count", "homicide-rate")


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The data held of an area, as known on a day: years and observations by data set, homicide, what rules found."""
    known = store.known_on(as_at)
    rows = [
        {"release": release, "of": coverage}
        for release in known.speaking
        for coverage in contents_of(release, known.names).areas
        if coverage.area == area
    ]
    values = {
        "area": area,
        "code": address_code(known.names, area),
        "rows": rows,
        "homicide": [_headline(found) for found in _latest(known.speaking, area)] if rows else [],
        "findings": _findings(known, area) if rows else 0,
    }
    return Panel("data", _("Data"), "statistics/panel.html", values)


def _findings(known: Known, area: str) -> int:
    profiles = profiles_of(known.releases.judged(known.as_at), area, known.as_at)
    return sum(len(profile.findings) for profile in profiles)


def _latest(releases: tuple[Release, ...], area: str) -> list[Released]:
    """The latest number and rate of victims of intentional homicide, of all sexes and ages, where they are held."""
    asked = Selection(areas=(area,), indicators=HOMICIDE, sexes=WHOLE, ages=WHOLE, citizenships=WHOLE, breakdowns=WHOLE)
    latest: dict[str, Released] = {}
    for found in query.select(releases, asked):
        one = found.observation
        held = latest.get(one.indicator)
        if one.value is not None and (held is None or held.observation.period < one.period):
            latest[one.indicator] = found
    return [latest[indicator] for indicator in HOMICIDE if indicator in latest]


def _headline(released: Released) -> dict[str, Any]:
    one = released.observation
    return {
        "words": labels.indicator_label(one.indicator),
        "value": labels.value_label(one.value, one.text),
        "unit": labels.unit_label(one.unit),
        "period": one.period,
        "status": labels.status_label(one.status) if one.status != "A" else "",
        "figure": address(released),
        "release": released.release,
    }
