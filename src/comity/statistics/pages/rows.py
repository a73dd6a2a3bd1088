"""What tables of observations show: keys in words, values with their status, and the addresses they lead to."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.areas.addresses import address_code
from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.observations.observation import NORMAL, Observation
from comity.statistics import labels
from comity.statistics.figures import address
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Released
from comity.statistics.releases.question import values_held
from comity.statistics.releases.revisions import Revision


def change(revision: Revision) -> dict[str, str]:
    """The difference of two values for reading, with its sign; blank where one is not there."""
    relative = "" if revision.relative is None else _("%(number)s %%") % {"number": _signed(100 * revision.relative)}
    return {
        "absolute": _signed(revision.absolute),
        "relative": relative,
    }


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + labels.value_label(abs(value), "")


def stated(observation: Observation | None, release: Release, *, overtaken: bool = False) -> dict[str, Any] | None:
    """A value as a release states it, with the addresses of its figure and its place.

    The figure is that of the release's day, and leads to a release of the same day that came after; then there is none.
    """
    if observation is None:
        return None
    return {
        "text": labels.value_label(observation.value, observation.text),
        "status": observation.status if observation.status != NORMAL else "",
        "status_words": labels.status_label(observation.status),
        "figure": "" if overtaken else figure_address(Released(observation, release), release.published),
        "place": observation.place,
        "place_address": place_address(release, observation.place),
        "file": release.file,
    }


def is_overtaken(release: Release, among: Iterable[Release]) -> bool:
    """Whether a later release of the same data set and day may speak in its stead on that day."""
    here = (release.dataset, release.published)
    return any((one.dataset, one.published) == here and one.sequence > release.sequence for one in among)


def place_address(release: Release, place: str) -> str:
    """The page of a place in a release's origin; that of the origin where there is no place."""
    return reverse("place", args=[release.origin, place]) if place else reverse("origin", args=[release.origin])


def figure_address(released: Released, as_at: date | None) -> str:
    """The page of an observation's figure, as known on a day where one is given."""
    path = reverse("figure", args=[address(released)])
    return f"{path}?{urlencode({'as_at': as_at.isoformat()})}" if as_at else path


def key_words(observation: Observation, names: Gazetteer) -> dict[str, Any]:
    """What tells observations apart, in words of the page's language."""
    return {
        "code": address_code(names, observation.area),
        "name": names.label(observation.area, tongue()),
        "indicator": labels.indicator_label(observation.indicator),
        "what": labels.what(observation, names),
        "unit": labels.unit_label(observation.unit),
        "period": observation.period,
    }


def area_names(releases: tuple[Release, ...], names: Gazetteer) -> list[str]:
    """The names of the States and areas that releases speak of, in their order."""
    found = [names.label(code, tongue()) for code in values_held(releases, "area")]
    return sorted(found, key=lambda name: sort_key(name, tongue()))
