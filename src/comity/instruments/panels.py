"""What the register of treaties shows of a State."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.panels import Panel
from comity.instruments import status, store
from comity.instruments.actions.action import Instrument


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The standing of an area to every instrument whose actions are held, on a day."""
    register = store.register(as_at)
    held = [fact.value for fact in register.instruments.values() if fact.value.status_data]
    days = (register.complete_through(item.code) for item in held)
    values = {
        "rows": [_row(item, register.timelines[item.code].get(area), on) for item in held],
        "without": [fact.value for fact in register.instruments.values() if not fact.value.status_data],
        "complete_through": min((day for day in days if day), default=None),
        "area": area,
    }
    return Panel("treaties", _("Treaties"), "instruments/panel.html", values)


def _row(item: Instrument, line: status.Timeline | None, on: date) -> dict[str, Any]:
    standing = line.at(on) if line else status.NONE
    return {
        "instrument": item,
        "standing": standing,
        "table": f"status-table.{item.code}.{on}",
        "signature_column": f"{item.code}-signature",
        "consent_column": f"{item.code}-consent",
    }
