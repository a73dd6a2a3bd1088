"""The page of what participants declared, reserved, objected to and notified with regard to an instrument."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.areas import store as areas
from comity.areas.addresses import address_code
from comity.areas.labels import tongue
from comity.evidence.dates import asked_date
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact
from comity.evidence.store import now
from comity.instruments import store
from comity.instruments.actions.action import DECLARED, Action, ActionType

ON_A_PAGE = 60


def declared(code: str, as_at: date) -> Sequence[Fact[Action]]:
    """What is held of declarations and the like on an instrument, as known on a day, in the order of their days."""
    facts = store.register(as_at).actions.get(code, ())
    return [fact for fact in facts if fact.value.type in DECLARED]


def declared_counts(code: str, as_at: date) -> Sequence[tuple[ActionType, int]]:
    """How many of each kind are held on an instrument, in the order of the kinds."""
    counted = Counter(fact.value.type for fact in declared(code, as_at))
    return [(kind, counted[kind]) for kind in ActionType if kind in counted]


def declarations_page(request: HttpRequest, code: str) -> HttpResponse:
    """What is declared with regard to an instrument: all, or that of one participant (`area`) or kind (`kind`)."""
    as_at = asked_date(request.GET, "as_at", now().date())
    instrument = store.register(as_at).instrument(code)
    names = areas.gazetteer(as_at)
    area, kind = request.GET.get("area", "").strip(), request.GET.get("kind", "").strip()
    asked = names.resolve(area).code if area else ""
    held = declared(instrument.code, as_at)
    if kind and kind not in {one.value for one in DECLARED}:
        raise UnknownName(kind, _("a kind of declaration"), sorted(one.value for one in DECLARED))
    shown = [fact for fact in held if asked in ("", fact.value.participant) and kind in ("", fact.value.type.value)]
    pages = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "instrument": instrument,
        "as_at": as_at,
        "kinds": declared_counts(instrument.code, as_at),
        "kind": ActionType(kind) if kind else None,
        "area": names.label(asked, tongue()) if asked else "",
        "pages": pages,
        "rows": [_row(fact, names) for fact in pages],
    }
    return render(request, "instruments/declarations.html", context)


def _row(fact: Fact[Action], names: Any) -> dict[str, Any]:
    action = fact.value
    return {
        "action": action,
        "code": address_code(names, action.participant),
        "name": names.label(action.participant, tongue(), on=action.date),
        "origin": fact.origin,
        "place": fact.place,
    }
