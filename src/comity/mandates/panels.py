"""What the resolutions that are held ask of a State."""

from datetime import date

from django.utils.translation import gettext as _

from comity.areas.panels import Panel
from comity.mandates import store
from comity.mandates.mandate import MandateParagraph
from comity.mandates.wording import sayings

ADDRESSED = ("Member States", "States parties", "all States", "States")


def state_panel(area: str, on: date, as_at: date) -> Panel:
    """The operative paragraphs adopted by a day that address States, by resolution, the newest first."""
    held = [one for one in store.documents(as_at) if one.adopted is None or one.adopted <= on]
    newest_first = sorted(held, key=lambda one: one.adopted or date.min, reverse=True)
    asked = [(document, _addressing(document.symbol, as_at)) for document in newest_first]
    values = {"documents": [(document, paragraphs) for document, paragraphs in asked if paragraphs]}
    return Panel("asked", _("What the Assembly asks of States"), "mandates/panel.html", values)


def _addressing(symbol: str, as_at: date) -> list[tuple[MandateParagraph, list[tuple[str, str]]]]:
    return [
        (paragraph, sayings(paragraph.asks))
        for paragraph in store.paragraphs(symbol, as_at)
        if paragraph.kind == "operative" and any(name.startswith(ADDRESSED) for name in paragraph.addressees)
    ]
