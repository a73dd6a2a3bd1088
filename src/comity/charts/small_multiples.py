"""Many areas at a glance: small charts of one scale, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from comity.charts.languages import DECIMALS, Language
from comity.charts.parts.axes import decimals_of, value_axis, year_domain
from comity.charts.parts.description import described, listed
from comity.charts.parts.frame import EDGE, Margins, note_lines, specification
from comity.charts.parts.layout import text_width, wrapped
from comity.charts.parts.marks import Spec, layer, pixels, rules_at, start_side, texts_at
from comity.charts.theme import SMALL_SIZE, colour
from comity.charts.trend_points import FILLED_IN, Trend, stretches

PANEL = 150
"""Least width of a small chart, in pixels."""
NAME_ROW, PLOT, FOOT, GAP, BELOW = 15.0, 64.0, 18.0, 18.0, 16.0

Row = dict[str, Any]


@dataclass(frozen=True)
class _Panel:
    """One small chart: its place, the width of its lines, and the scales that it shares with all others."""

    trend: Trend
    number: int
    left: float
    top: float
    width: float
    years: tuple[int, int]
    largest: float

    def x(self, year: int) -> float:
        low, high = year_domain(*self.years)
        return self.left + 2 + (year - low) / (high - low) * (self.width - 2)

    def y(self, value: float) -> float:
        return self.top + PLOT - value / self.largest * PLOT

    def points(self) -> Iterator[Row]:
        """Each point at its place, with the piece of line that it belongs to and its value."""
        for number, stretch in enumerate(stretches(self.trend)):
            for point in stretch:
                yield {
                    "x": self.x(point.year),
                    "y": self.y(point.value),
                    "part": f"{self.number}.{number}",
                    "panel": self.number,
                    "year": point.year,
                    "value": point.value,
                    "filled_in": point.status in FILLED_IN,
                    "alone": len(stretch) == 1,
                }

    def breaks(self) -> list[Row]:
        """Upright strokes before the first year of each new way of counting."""
        places = [self.x(year) - (self.x(year) - self.x(year - 1)) / 2 for year in self.trend.breaks]
        return [{"x": x, "x2": x, "y": self.top, "y2": self.top + PLOT} for x in places if x > self.left]

    def frame(self) -> list[Row]:
        """The zero line and the top of the scale."""
        return [
            {"x": self.left, "x2": self.left + self.width, "y": y, "y2": y, "value": value}
            for y, value in ((self.top + PLOT, 0.0), (self.top, self.largest))
        ]


def small_multiples(
    trends: Sequence[Trend],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
) -> Spec:
    """A small line chart for each area, all over the same years and the same scale from zero, which a line states.

    Lines stop at gaps and breaks; what was filled in is a hollow dot. The last value stands at the end of its line.
    Raises ValueError where there is no point at all.
    """
    points = [point for trend in trends for point in trend.points]
    if not points:
        raise ValueError("a chart of small multiples needs at least one point")
    width -= 2 * EDGE
    top, ticks = value_axis(max(point.value for point in points), 220, whole=False)
    stated = _("All panels from 0 to %(top)s: %(unit)s") % {
        "top": language.number(top, decimals_of(ticks)),
        "unit": unit,
    }
    heads, head_height = note_lines(stated, top=0, left=0, width=width, language=language)
    signs, sign_height = note_lines(_signs(trends), top=head_height, left=0, width=width, language=language)
    head_height += sign_height
    years = min(point.year for point in points), max(point.year for point in points)
    number_room = max(text_width(language.number(p.value, DECIMALS), SMALL_SIZE, bold=True) for p in points) + 7
    panels, names, bottom = _panels(trends, width, head_height + 8, number_room, years, top, language)
    layers = [*heads, *signs, *names, *_frames(panels, language), *_curves(panels, language)]
    return specification(
        layers,
        title=title,
        description=described(title, [stated, _last_values(trends, language)]),
        language=language,
        inner=(width, bottom),
        margins=Margins(),
    )


def _signs(trends: Sequence[Trend]) -> str:
    """What the signs that occur in the panels mean; nothing where there are none."""
    found = []
    if any(point.status in FILLED_IN for trend in trends for point in trend.points):
        found.append(_("Hollow dots: not observed but filled in."))
    if any(trend.breaks for trend in trends):
        found.append(_("Broken upright lines: break in series."))
    return " ".join(found)


def _last_values(trends: Sequence[Trend], language: Language) -> str:
    """The last value of each area with its year."""
    ends = [(trend.label, max(trend.points, key=lambda point: point.year)) for trend in trends if trend.points]
    return listed((f"{label}, {language.year(e.year)}", language.number(e.value, DECIMALS)) for label, e in ends)


def _panels(
    trends: Sequence[Trend],
    width: float,
    y: float,
    number_room: float,
    years: tuple[int, int],
    top: float,
    language: Language,
) -> tuple[list[_Panel], list[Spec], float]:
    """The panels in rows from the side where reading begins, their names above them, and where the last row ends."""
    across = max(1, min(len(trends), int((width + GAP) // (PANEL + GAP))))
    room = (width - GAP * (across - 1)) / across
    lines = [wrapped(trend.label, room, SMALL_SIZE, bold=True) for trend in trends]
    panels, names = [], []
    for row in range(ceil(len(trends) / across)):
        members = range(row * across, min((row + 1) * across, len(trends)))
        head = NAME_ROW * max(len(lines[number]) for number in members) + 4
        for number in members:
            column = number % across
            left = (across - 1 - column if language.mirrored else column) * (room + GAP)
            panels.append(_Panel(trends[number], number, left, y + head, room - number_room, years, top))
            x = left + room if language.mirrored else left
            first = y + head - 4 - NAME_ROW * (len(lines[number]) - 0.5)
            names += [{"x": x, "y": first + NAME_ROW * at, "text": text} for at, text in enumerate(lines[number])]
        y += head + PLOT + FOOT + BELOW
    style = {"align": start_side(language), "fontWeight": "bold", "fontSize": SMALL_SIZE}
    return panels, [texts_at(names, **style)], y - BELOW + 4


def _frames(panels: Sequence[_Panel], language: Language) -> list[Spec]:
    """Zero lines, tops of the scale, rules of breaks, and the first and last year below each panel."""
    frames = [panel.frame() for panel in panels]
    years = [
        {"x": panel.left + place * panel.width, "y": panel.top + PLOT + 10, "text": language.year(year), "end": place}
        for panel in panels
        for place, year in enumerate(panel.years)
        if place == 0 or year > panel.years[0]
    ]
    small = {"color": colour("ink-soft"), "fontSize": SMALL_SIZE}
    return [
        rules_at([frame[0] for frame in frames], color=colour("outline")),
        rules_at([frame[1] for frame in frames], color=colour("rule")),
        rules_at([row for panel in panels for row in panel.breaks()], color=colour("ink-soft"), strokeDash=[3, 2]),
        texts_at([row for row in years if not row["end"]], align="left", **small),
        texts_at([row for row in years if row["end"]], align="right", **small),
    ]


def _curves(panels: Sequence[_Panel], language: Language) -> list[Spec]:
    """Lines, dots of what stands alone or was filled in, and the last value of each panel."""
    drawn = [list(panel.points()) for panel in panels]
    rows = [row for own in drawn for row in own]
    ends = [own[-1] for own in drawn if own]
    shade = colour("series-1")
    dots = [row for row in rows if (row["alone"] or row in ends) and not row["filled_in"]]
    hollow = [row for row in rows if row["filled_in"]]
    words = [{"x": end["x"] + 5, "y": end["y"], "text": language.number(end["value"], DECIMALS)} for end in ends]
    point = {"type": "point", "shape": "circle", "opacity": 1, "stroke": shade}
    place = {"x": pixels("x"), "y": pixels("y")}
    line = {"type": "line", "color": shade, "strokeWidth": 1.6, "strokeCap": "butt"}
    order = {"field": "year", "type": "quantitative"}
    return [
        layer(rows, line, **place, detail={"field": "part", "type": "nominal"}, order=order),
        layer(dots, {**point, "fill": shade, "size": 18}, **place),
        layer(hollow, {**point, "fill": colour("paper"), "size": 16, "strokeWidth": 1.2}, **place),
        texts_at(words, align="left", fontWeight="bold", fontSize=SMALL_SIZE),
    ]
