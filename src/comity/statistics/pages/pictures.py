"""The map of a data set's page: which States it covers, and how recently."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.page_drawing import WIDE, Drawing, drawn
from comity.charts.specifications import Kind, Spec, choropleth
from comity.evidence.figures import Figure
from comity.statistics.catalogue import RECENT, Coverage

EACH, SOME, EARLIER = "each", "some", "earlier"


def kind_of(coverage: Coverage) -> str:
    """How recently an area has data: for each of the data set's last years, for some of them, or for earlier ones."""
    if coverage.recent >= RECENT:
        return EACH
    return SOME if coverage.recent else EARLIER


def coverage_map(figure: Figure, areas: Iterable[Coverage], title: str, words: str) -> Drawing:
    """The world by how recently each State or area has data in a release."""
    classes = {one.area: kind_of(one) for one in areas}

    def specification(width: int, spoken: Language) -> Spec:
        return choropleth(classes, kinds(), title=title, no_data_label=_("no data"), language=spoken, width=width)

    return drawn(title, words, WIDE, specification, figure)


def kinds() -> list[Kind]:
    """The three classes with their words and colours."""
    return [
        Kind(EACH, _("data for each of the last five years"), "class-5"),
        Kind(SOME, _("for some of them"), "class-3"),
        Kind(EARLIER, _("for earlier years only"), "class-1"),
    ]
