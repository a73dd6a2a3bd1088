"""What the register of treaties shows on pages of other rooms: of a State, and as a chart beside its counts."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.panels import Panel
from comity.charts.page_drawing import Drawing
from comity.evidence.figures import Figure, Table
from comity.evidence.store import now
from comity.instruments import pictures, status, store
from comity.instruments.actions.action import DECLARED, Instrument
from comity.instruments.labels import short_title, when_in_words

MOST_LINES, LEAST_YEARS = 6, 2


def state_panel(area: str, on: date | None, as_at: date) -> Panel:
    """The standing of an area to every instrument whose actions are held, on a day.

    Without a day it is the one through which the actions on each instrument are complete.
    """
    register = store.register(as_at)
    held = [fact.value for fact in register.instruments.values() if fact.value.status_data]
    values = {
        "rows": [_row(item, area, on or register.asked_day([item.code]), register) for item in held],
        "without": [fact.value for fact in register.instruments.values() if not fact.value.status_data],
        "area": area,
        "is_asked": on is not None,
        "declared": _declared(register, area),
    }
    return Panel("treaties", _("Treaties"), "instruments/panel.html", values)


def _declared(register: store.Register, area: str) -> list[tuple[Instrument, int]]:
    """The instruments on which declarations and the like of an area are held, with how many."""
    counted = {
        code: sum(fact.value.type in DECLARED and fact.value.participant == area for fact in facts)
        for code, facts in register.actions.items()
    }
    return [(register.instruments[code].value, count) for code, count in counted.items() if count]


def _row(item: Instrument, area: str, on: date, register: store.Register) -> dict[str, Any]:
    line, through = register.timelines[item.code].get(area), register.complete_through(item.code)
    standing = line.at(on) if line else status.NONE
    return {
        "instrument": item,
        "standing": standing,
        "on": on,
        "complete_through": through,
        "is_past": through is not None and on > through,
        "signed": when_in_words(standing.signature.when) if standing.signature else "",
        "consented": when_in_words(standing.consent.when) if standing.consent else "",
        "doubt": standing.consent.doubt if standing.consent else None,
        "table": f"status-table.{item.code}.{on}",
        "signature_column": f"{item.code}-signature",
        "consent_column": f"{item.code}-consent",
    }


def parties_over_time(figure: Figure) -> Drawing | None:
    """The figure of parties over time as a chart, wherever it is shown: of its first six instruments, from two years
    on; None before."""
    first, until = figure.arguments["since"], figure.arguments["until"]
    if not isinstance(until, date) or len(figure.value.rows) < LEAST_YEARS:
        return None
    codes = figure.value.columns[:MOST_LINES]
    shown = replace(figure, value=Table(codes, {year: row[:MOST_LINES] for year, row in figure.value.rows.items()}))
    register = store.register(now().date())
    names = {code: short_title(register.instrument(code)) for code in codes}
    ends = [day for code in codes if (day := register.complete_through(code))]
    title = _("Parties by deposit, %(first)d to %(last)d") % {"first": first, "last": until.year}
    words = _("Counted at the end of each year; regional organizations are among the parties.")
    return pictures.lines(shown, names, title, words, min(ends, default=None))
