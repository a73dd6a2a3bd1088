"""What the addresses of the pages of analysis ask for; what is not understood is said in a sentence."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import group_label, tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import listed
from comity.statistics.releases.question import Reader, areas_asked, one_of, read_year

MOST_AREAS = 6
"""How many series one chart over years tells apart."""

_SCHEMES = ("m49-region", "m49-subregion", "regional-group")


def asked_year(fields: Mapping[str, str], field: str) -> str:
    """The year that a field of the address holds, blank where it holds none. Raises BadInput for any other text."""
    return _read(fields, field, read_year, "")


def asked_one_of(fields: Mapping[str, str], field: str, allowed: Sequence[str], otherwise: str = "") -> str:
    """The value of a field that must be among some. Raises UnknownName."""
    return _read(fields, field, partial(one_of, allowed), otherwise)


def _read(fields: Mapping[str, str], field: str, reading: Callable[[str], str], otherwise: str) -> str:
    reader = Reader(_("address of the page"))
    meant = reader.read(field, reading, fields.get(field, "").strip(), otherwise)
    reader.require_all_understood()
    return meant


def asked_areas(fields: Mapping[str, str], names: Gazetteer) -> tuple[str, ...]:
    """The codes of the areas that the address lists, `areas=BRA,COL`, and the one it adds by name.

    Raises UnknownName for a name that nothing bears, BadInput for more than six.
    """
    added = fields.get("add", "").strip()
    texts = (*listed(fields.get("areas", "")), *([added] if added else []))
    codes = areas_asked(names, texts, _("address of the page"), "areas")
    if len(codes) > MOST_AREAS:
        wanted = _("at most %(number)d States or areas") % {"number": MOST_AREAS}
        raise BadInput(Fault(_("address of the page"), "areas", str(len(codes)), wanted))
    return codes


def regions_offered(names: Gazetteer, on: date) -> dict[str, tuple[str, frozenset[str]]]:
    """The groups by which areas can be chosen: regions and subregions of M49, and regional groups of the United
    Nations; by code the label and the areas, in the order of these and then of their labels."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for scheme in _SCHEMES:
        groups = {value: areas for value, areas in names.groups(scheme, on).items() if value != "none"}
        labelled = [(code, region_label(code, names)) for code in groups]
        for code, label in sorted(labelled, key=lambda pair: sort_key(pair[1], tongue())):
            found[code] = (label, frozenset(area.code for area in groups[code]))
    return found


def region_label(code: str, names: Gazetteer) -> str:
    """A region of M49 or a regional group by its name in the page's language."""
    return names.label(code, tongue()) if code in names.areas else group_label(code)


def cited(request: HttpRequest, as_at: date, **fields: str) -> str:
    """The query of the present address with its date of knowledge, so that it can be cited."""
    given = {key: value for key, value in request.GET.items() if value and key != "format"}
    return urlencode({**given, **fields, "as_at": as_at.isoformat()})
