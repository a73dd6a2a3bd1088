"""What analysis shows of a State: its headline figures, each with its year and source."""

from datetime import date

from django.utils.translation import gettext as _

from comity.analysis.headlines.page import rule_in_words, state_headlines
from comity.areas.panels import Panel
from comity.statistics import store


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The headline figures of an area, as known on a day."""
    known = store.known_on(as_at)
    values = {"rows": state_headlines(area, known.names, as_at), "rule": rule_in_words()}
    return Panel("headlines", _("Crime and justice in figures"), "analysis/headlines_panel.html", values)
