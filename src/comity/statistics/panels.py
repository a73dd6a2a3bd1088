"""What is held of a State's statistics."""

from datetime import date

from django.utils.translation import gettext as _

from comity.areas.addresses import address_code
from comity.areas.panels import Panel
from comity.statistics import store
from comity.statistics.catalogue_facts import contents_of
from comity.statistics.quality.kept_profiles import profiles_of
from comity.statistics.releases.known import Known


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The data held of an area, as known on a day: years and observations by data set, and what rules found."""
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
        "findings": _findings(known, area) if rows else 0,
    }
    return Panel("data", _("Data"), "statistics/panel.html", values)


def _findings(known: Known, area: str) -> int:
    profiles = profiles_of(known.releases.judged(known.as_at), area, known.as_at)
    return sum(len(profile.findings) for profile in profiles)
