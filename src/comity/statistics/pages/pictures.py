"""The map of a data set's page: which States it covers, and how recently."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comity.charts.drawing import draw_svg
from comity.charts.languages import language
from comity.charts.specifications import Kind, choropleth
from comity.evidence.figures import Figure
from comity.instruments.pictures import NARROW, WIDE, Picture
from comity.statistics.catalogue import RECENT, Coverage

EACH, SOME, EARLIER = "each", "some", "earlier"


def kind_of(coverage: Coverage) -> str:
    """How recently an area has data: for each of the data set's last years, for some of them, or for earlier ones."""
    if coverage.recent >= RECENT:
        return EACH
    return SOME if coverage.recent else EARLIER


def coverage_map(figure: Figure, areas: Iterable[Coverage], title: str, words: str, tongue: str) -> Picture:
    """The world by how recently each State or area has data in a release."""
    classes = {one.area: kind_of(one) for one in areas}

    def drawn(width: int) -> SafeString:
        specification = choropleth(
            classes, kinds(), title=title, no_data_label=_("no data"), language=language(tongue), width=width
        )
        return mark_safe(draw_svg(specification))  # noqa: S308 - our own drawing, cleaned of everything but shapes and text

    return Picture(title, words, drawn(WIDE), drawn(NARROW), figure)


def kinds() -> list[Kind]:
    """The three classes with their words and colours."""
    return [
        Kind(EACH, _("data for each of the last five years"), "class-5"),
        Kind(SOME, _("for some of them"), "class-3"),
        Kind(EARLIER, _("for earlier years only"), "class-1"),
    ]
