"""What every page knows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.evidence.store import faults

OTHER_PAGES = {
    "data-sets": ("observations", "quality", "indicators", "trends", "flows", "baselines", "issues"),
}
"""Pages that are reached from an entry of the navigation and lie beside the one it leads to."""


@dataclass(frozen=True)
class Language:
    """A language of the site: its code, own name, the address of the present page in it, whether it is shown now."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Link:
    """An entry of the main navigation."""

    url: str
    name: str
    current: bool


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Values for the base template: the languages with this page's address in each, the main navigation, and what the
    page leaves out as damaged, which is looked for only where a page shows it."""
    left_out = faults if request.resolver_match else ()
    return {"languages": languages(request), "navigation": navigation(request), "faults": left_out}


def languages(request: HttpRequest) -> list[Language]:
    """The six languages, each leading to this very page; from a page that does not exist, to the front page."""
    here = request.get_full_path()
    try:
        resolve(request.path_info)
    except Resolver404:
        here = reverse("home")
    current = get_language()
    return [Language(code, name, translate_url(here, code), code == current) for code, name in settings.LANGUAGES]


def navigation(request: HttpRequest) -> list[Link]:
    """The rooms of the public site in the order of the loop."""
    rooms = [
        ("resolutions", _("Mandates")),
        ("instruments", _("Treaties")),
        ("data-sets", _("Data")),
        ("states", _("States")),
        ("report", _("Report")),
        ("methods", _("Methods")),
        ("sources", _("Sources")),
        ("about", _("About")),
    ]
    return [Link(reverse(name), title, _is_within(request.path, name)) for name, title in rooms]


def _is_within(path: str, room: str) -> bool:
    """Whether a page belongs to an entry of the navigation: it lies below the entry's page or one of its others."""
    return any(path.startswith(reverse(name)) for name in (room, *OTHER_PAGES.get(room, ())))
