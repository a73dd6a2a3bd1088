"""A chart as pages show it: drawn for wide and for narrow screens, with its title and a sentence for readers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from comity.charts.drawing import draw_svg
from comity.charts.languages import Language, language
from comity.charts.specifications import Spec
from comity.evidence.figures import Figure

WIDE, NARROW = 1100, 340
"""The widths in pixels at which a chart is drawn for a page and for a telephone."""


@dataclass(frozen=True)
class Drawing:
    """A chart for a page: its title, a sentence below it, wide and narrow drawing, and the figure that it draws."""

    title: str
    words: str
    wide: SafeString
    narrow: SafeString
    figure: Figure | None = None


Drawer = Callable[[Figure], Drawing | None]
_drawers: dict[str, Drawer] = {}


def register_drawer(method: str, drawer: Drawer) -> None:
    """Let a later room draw the figures of a method wherever they are shown."""
    _drawers[method] = drawer


def is_drawn(method: str) -> bool:
    """Whether a room draws the figures of a method."""
    return method in _drawers


def drawing_of(figure: Figure) -> Drawing | None:
    """The chart of a figure, where its room draws such figures and there is something to draw."""
    return _drawers[figure.method](figure) if figure.method in _drawers else None


def drawn(
    title: str, words: str, wide: int, specification: Callable[[int, Language], Spec], figure: Figure | None = None
) -> Drawing:
    """A chart at both widths, in the page's language; `specification` gives it at a width in pixels."""
    spoken = language(get_language() or "en")

    def at(width: int) -> SafeString:
        return mark_safe(draw_svg(specification(width, spoken)))  # noqa: S308 - our own, cleaned of all but shapes

    return Drawing(title, words, at(wide), at(NARROW), figure)
