"""The map and the lines of an instrument's page: from figures to specifications."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.page_drawing import WIDE, Drawing, drawn
from comity.charts.specifications import Kind, Line, Spec, choropleth, cumulative_lines
from comity.evidence.figures import Figure, Table
from comity.instruments.figures.tables import AT_MOST

POSSIBLY = "possibly-party"


def standings(table: Table, code: str) -> dict[str, str]:
    """How each area of a status table stands to one instrument: party, possibly-party, signatory or not-party."""
    state = table.columns.index(f"{code}-state")
    return {area: (cells[state] or "not-party").replace(" ", "-") for area, cells in table.rows.items()}


def kinds_of(classes: Mapping[str, str]) -> list[Kind]:
    """The standings with their words and colours; that a window leaves open only where some area has it."""
    possibly = Kind(POSSIBLY, _("Possibly party: the day of deposit is not known"), "series-2")
    return [*kinds()[:1], possibly, *kinds()[1:]] if POSSIBLY in classes.values() else kinds()


def status_map(figure: Figure, code: str, title: str, words: str) -> Drawing:
    """The world by standing to one instrument, from its status table."""
    classes = standings(figure.value, code)

    def specification(width: int, spoken: Language) -> Spec:
        return choropleth(
            classes, kinds_of(classes), title=title, no_data_label=_("no record"), language=spoken, width=width
        )

    return drawn(title, words, WIDE, specification, figure)


def kinds() -> list[Kind]:
    """The standings that every status table knows, with their words and colours."""
    return [
        Kind("party", _("Party"), "party"),
        Kind("signatory", _("Signatory, not party"), "signatory"),
        Kind("not-party", _("Neither signed nor party"), "not-party"),
    ]


def lines(figure: Figure, names: Mapping[str, str], title: str, words: str, complete_through: date | None) -> Drawing:
    """Parties over time, one line an instrument, from a table of years."""
    points = {
        code: _points(figure, index) for index, code in enumerate(figure.value.columns) if not code.endswith(AT_MOST)
    }
    until = max((on for own in points.values() for on, _count in own), default=date.min)

    def specification(width: int, spoken: Language) -> Spec:
        return cumulative_lines(
            [Line(names[code], own, code) for code, own in points.items()],
            title=title,
            unit=_("Parties"),
            language=spoken,
            width=width,
            begin=date(min(int(year) for year in figure.value.rows), 1, 1),
            until=until,
            complete_through=complete_through,
            complete_label=_("register complete"),
        )

    return drawn(title, words, WIDE, specification, figure)


def _points(figure: Figure, column: int) -> list[tuple[date, int]]:
    until = figure.arguments["until"]
    return [
        (min(date(int(year), 12, 31), until) if isinstance(until, date) else date(int(year), 12, 31), cells[column])
        for year, cells in figure.value.rows.items()
    ]
