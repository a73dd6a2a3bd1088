"""The map and the lines of an instrument's page: from figures to specifications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comity.charts.drawing import draw_svg
from comity.charts.languages import Language, language
from comity.charts.specifications import Kind, Line, choropleth, cumulative_lines
from comity.evidence.figures import Figure, Table

WIDE, NARROW = 1100, 340


@dataclass(frozen=True)
class Picture:
    """A chart for a page: wide and narrow drawing, title and a sentence for readers, and the figure it draws."""

    title: str
    words: str
    wide: SafeString
    narrow: SafeString
    figure: Figure


def standings(table: Table, code: str) -> dict[str, str]:
    """How each area of a status table stands to one instrument: party, signatory or not-party, by area code."""
    consent, signature = table.columns.index(f"{code}-consent"), table.columns.index(f"{code}-signature")
    return {
        area: "party" if cells[consent] else "signatory" if cells[signature] else "not-party"
        for area, cells in table.rows.items()
    }


def status_map(figure: Figure, code: str, title: str, words: str, tongue: str) -> Picture:
    """The world by standing to one instrument, from its status table."""
    classes = standings(figure.value, code)

    def drawn(width: int) -> SafeString:
        return _safe(
            choropleth(classes, kinds(), title=title, no_data_label=_("no record"), language=_of(tongue), width=width)
        )

    return Picture(title, words, drawn(WIDE), drawn(NARROW), figure)


def kinds() -> list[Kind]:
    """The three standings with their words and colours."""
    return [
        Kind("party", _("Party"), "party"),
        Kind("signatory", _("Signatory, not party"), "signatory"),
        Kind("not-party", _("Neither signed nor party"), "not-party"),
    ]


def lines(
    figure: Figure, names: Mapping[str, str], title: str, words: str, tongue: str, complete_through: date | None
) -> Picture:
    """Parties over time, one line an instrument, from a table of years."""
    points = {code: _points(figure, index) for index, code in enumerate(figure.value.columns)}
    until = max((on for own in points.values() for on, _count in own), default=date.min)

    def drawn(width: int) -> SafeString:
        specification = cumulative_lines(
            [Line(names[code], own, code) for code, own in points.items()],
            title=title,
            unit=_("Parties"),
            language=_of(tongue),
            width=width,
            begin=date(min(int(year) for year in figure.value.rows), 1, 1),
            until=until,
            complete_through=complete_through,
            complete_label=_("register complete"),
        )
        return _safe(specification)

    return Picture(title, words, drawn(WIDE), drawn(NARROW), figure)


def _points(figure: Figure, column: int) -> list[tuple[date, int]]:
    until = figure.arguments["until"]
    return [
        (min(date(int(year), 12, 31), until) if isinstance(until, date) else date(int(year), 12, 31), cells[column])
        for year, cells in figure.value.rows.items()
    ]


def _of(tongue: str) -> Language:
    return language(tongue)


def _safe(specification: dict[str, object]) -> SafeString:
    return mark_safe(draw_svg(specification))  # noqa: S308 - our own drawing, cleaned of everything but shapes and text
