"""What analysis shows of a State: its headline figures, each with its year and source."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.analysis.headlines.page import rule_in_words, state_headlines
from comity.analysis.trends.page import offered
from comity.areas.panels import Panel
from comity.statistics import store


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The headline figures of an area, as known on a day."""
    known = store.known_on(as_at)
    tested = {(one.dataset, one.indicator) for one in offered(known.speaking)}
    rows = [
        {**row, "trend": _trend_address(row, as_at) if (row["dataset"], row["code"]) in tested else ""}
        for row in state_headlines(area, known.names, as_at)
    ]
    values = {"rows": rows, "rule": rule_in_words()}
    return Panel("headlines", _("Crime and justice in figures"), "analysis/headlines_panel.html", values)


def _trend_address(row: Mapping[str, Any], as_at: date) -> str:
    """The page of the trend of a headline's series, as known on the same day."""
    asked = {"area": row["area"], "indicator": row["code"], "dataset": row["dataset"], "as_at": as_at.isoformat()}
    return f"{reverse('trends')}?{urlencode(asked)}"
