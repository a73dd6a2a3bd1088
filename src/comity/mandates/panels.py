"""What the resolutions that are held ask of a State."""

from datetime import date

from django.utils.translation import gettext as _

from comity.areas.panels import Panel
from comity.mandates import store
from comity.mandates.wording import sayings

ADDRESSED = ("Member States", "States parties", "all States", "States")


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The operative paragraphs adopted by a day that address States; `area` is any State."""
    asked = [
        (paragraph, sayings(paragraph.asks))
        for document in store.documents(as_at)
        if document.adopted is None or document.adopted <= on
        for paragraph in store.paragraphs(document.symbol, as_at)
        if paragraph.kind == "operative" and any(name.startswith(ADDRESSED) for name in paragraph.addressees)
    ]
    return Panel("asked", _("What the Assembly asks of States"), "mandates/panel.html", {"paragraphs": asked})
