"""Lines of up to six series over years, interrupted at gaps and breaks, with the marks of how values came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from comity.charts.languages import DECIMALS, Language
from comity.charts.parts.axes import decimals_of, measure_axis, place_of_year, unit_label, value_axis, year_axis
from comity.charts.parts.description import described
from comity.charts.parts.end_labels import MARKERS, LineEnd, depth, end_label, end_labels
from comity.charts.parts.frame import EDGE, Margins, specification
from comity.charts.parts.key import SIGN, Sign, key
from comity.charts.parts.layout import NARROW, text_width, wrapped
from comity.charts.parts.marks import Spec, layer, pixels, rectangles_at, texts_at
from comity.charts.parts.whiskers import whiskers
from comity.charts.theme import SMALL_SIZE, colour, series
from comity.charts.trend_points import (
    FILLED_IN,
    STATUSES,
    Level,
    PointStatus,
    Trend,
    TrendPoint,
    describe_trends,
    stretches,
)


@dataclass(frozen=True)
class _Plot:
    """The room of the lines: its width and height, years and ticks."""

    width: float
    height: float
    first: int
    last: int
    ticks: Sequence[float]

    def x(self, year: float) -> float:
        """Pixels from the left of a year."""
        return place_of_year(year, self.first, self.last, self.width)

    def y(self, value: float) -> float:
        """Pixels from the top of a value."""
        return self.height - value / self.ticks[-1] * self.height

    @property
    def years(self) -> Spec:
        """The channel of years."""
        return year_axis(self.first, self.last, self.width)

    def measure(self, field: str = "value") -> Spec:
        """The channel of values."""
        return measure_axis(field, self.ticks, self.height)


def trend_lines(
    trends: Sequence[Trend], *, title: str, unit: str, language: Language, width: float, level: Level | None = None
) -> Spec:
    """One to six series over years, each labelled with name and last value where it ends.

    A line joins points of following years only: it stops at a missing year and at a break in series, which a broken
    upright rule marks. It is broken where an end was filled in, and each status of a point has a mark of its own, named
    in a key. Bounds are a band along a line, and whiskers where a point stands alone. The vertical axis begins at zero.
    A `level` is a broken rule across, from its year on, with its label in the key. `unit` says what is
    measured. Raises ValueError for no point at all, or more than six series.
    """
    points = [point for trend in trends for point in trend.points]
    if not points:
        raise ValueError("a chart of trends needs at least one point")
    if len(trends) > len(MARKERS):
        raise ValueError(f"a chart of trends holds at most {len(MARKERS)} series, not {len(trends)}")
    first, last = min(point.year for point in points), max(point.year for point in points)
    labels = {index: _end_label(trend, last, language, width) for index, trend in enumerate(trends) if trend.points}
    height = max(240.0 if width < NARROW else min(400.0, width * 0.4), sum(map(depth, labels.values())))
    highest = max(p.value if p.high is None else p.high for p in points)
    ticks = value_axis(max(highest, level.value if level else 0.0), height, whole=False)[1]
    tick_width = max(text_width(language.number(tick, decimals_of(ticks))) for tick in ticks)
    left = max(30.0, tick_width + 10)
    right = max(text_width(text, bold=True) for label in labels.values() for text in label) + 18
    plot = _Plot(width - left - right, height, first, last, ticks)
    breaks, head = _break_rules(trends, plot)
    layers = [*breaks, *([_level(level, plot)] if level else [])]
    for index, trend in enumerate(trends):
        layers += _uncertainty(trend, index, plot)
    for index, trend in enumerate(trends):
        layers += [*_lines(trend, index, plot), *_marks(trend, index, plot)]
    layers += end_labels(
        [_line_end(trends[index], index, label, plot) for index, label in labels.items()], plot.width, height
    )
    unit_rows = wrapped(unit, width - 4)
    unit_top = -head - 14 - 15 * (len(unit_rows) - 1)
    layers += [unit_label(row, left - EDGE, unit_top + 15 * number) for number, row in enumerate(unit_rows)]
    entries = [*_key(trends), *([(level.label, _level_sign)] if level else [])]
    style = {"color": colour("ink-soft"), "fontSize": SMALL_SIZE}
    below, taken = key(entries, width=width - 2 * EDGE, language=language, top=height + 30, left=EDGE - left, **style)
    return specification(
        [*layers, *below],
        title=title,
        description=described(title, [describe_trends(trends, unit=unit, language=language), *_told(level, language)]),
        language=language,
        inner=(plot.width, height),
        margins=Margins(left, right, 10 - unit_top, 28 + taken),
    )


def _level(level: Level, plot: _Plot) -> Spec:
    """The rule of a level; its label is in the key, where no line runs through it."""
    x, y = plot.x(max(level.since, plot.first)), plot.y(level.value)
    ends = {"x": {"value": x}, "x2": {"value": plot.x(plot.last)}, "y": {"value": y}, "y2": {"value": y}}
    return layer([{"level": level.value}], {"type": "rule", **_RULE}, **ends)


_RULE: Spec = {"color": colour("ink-soft"), "strokeDash": [6, 3], "strokeWidth": 1.4}


def _told(level: Level | None, language: Language) -> list[str]:
    return [f"{level.label}: {language.number(level.value, DECIMALS)}"] if level else []


def _last(trend: Trend) -> TrendPoint:
    return max(trend.points, key=lambda point: point.year)


def _end_label(trend: Trend, last: int, language: Language, width: float) -> list[str]:
    """Name and last value of a series, with its year where it ends before the others."""
    end = _last(trend)
    year = f" ({language.year(end.year)})" if end.year < last else ""
    room = width * (0.26 if width < NARROW else 0.3)
    return end_label(trend.label, language.number(end.value, DECIMALS) + year, room)


def _line_end(trend: Trend, index: int, label: Sequence[str], plot: _Plot) -> LineEnd:
    end = _last(trend)
    return LineEnd(plot.x(end.year) + 6, plot.y(end.value), label, series(index), early=end.year < plot.last)


def _break_rules(trends: Sequence[Trend], plot: _Plot) -> tuple[list[Spec], float]:
    """Upright rules before the first year of each new way of counting, their words in rows that do not overlap."""
    marks = sorted(
        (year, index)
        for index, trend in enumerate(trends)
        for year in trend.breaks
        if plot.first < year <= plot.last and trend.points
    )
    layers: list[Spec] = []
    levels: list[list[tuple[float, float]]] = []
    for year, index in marks:
        shared = len(trends) == 1 or sum(at == year for at, _index in marks) > 1
        trend, token = trends[index], "ink-soft" if shared else series(index)
        words = _("break in series") if len(trends) == 1 else f"{trend.label}: {_('break in series')}"
        x, room = plot.x(year - 0.5), text_width(words, SMALL_SIZE)
        turned = x + 4 + room > plot.width + 4 and x - 4 - room > -plot.x(plot.first) - 20
        span = (x - 4 - room, x) if turned else (x, x + 4 + room)
        level = next(
            (
                number
                for number, taken in enumerate(levels)
                if all(span[1] + 6 <= low or high + 6 <= span[0] for low, high in taken)
            ),
            len(levels),
        )
        if level == len(levels):
            levels.append([])
        levels[level].append(span)
        y = -10 - 14.0 * level
        rule = {"type": "rule", "color": colour(token), "strokeDash": [4, 3], "strokeWidth": 1.2}
        ends = {"y": {"value": y - 6}, "y2": {"value": plot.height}}
        layers.append(layer([{"year": year - 0.5, "begins": year}], rule, x=plot.years, **ends))
        place = {"x": x - 4 if turned else x + 4, "y": y, "text": words}
        layers.append(texts_at([place], align="right" if turned else "left", color=colour(token), fontSize=SMALL_SIZE))
    return layers, 14.0 * len(levels) + (6 if levels else 2)


def _uncertainty(trend: Trend, index: int, plot: _Plot) -> list[Spec]:
    """Bounds as a band along each stretch that has them, and as whiskers where a point stands alone."""
    banded: list[dict[str, Any]] = []
    alone: list[dict[str, Any]] = []
    for number, stretch in enumerate(stretches(trend)):
        bounded = groupby(stretch, lambda point: point.low is not None and point.high is not None)
        for part, run in enumerate([list(points) for known, points in bounded if known]):
            rows = [{"year": point.year, "low": point.low, "high": point.high} for point in run]
            if len(run) > 1:
                banded += [{**row, "part": f"{number}.{part}"} for row in rows]
            else:
                alone += rows
    layers: list[Spec] = []
    if banded:
        layers.append(
            layer(
                banded,
                {"type": "area", "color": colour(series(index)), "opacity": 0.16, "line": False},
                x=plot.years,
                y=plot.measure("low"),
                y2={"field": "high"},
                detail={"field": "part", "type": "nominal"},
            )
        )
    return [*layers, *whiskers(alone, plot.measure, plot.years, series(index), upright=True, width=1.2, caps=6)]


def _lines(trend: Trend, index: int, plot: _Plot) -> list[Spec]:
    """Pieces of line between neighbours: whole between what was observed, broken from or to what was filled in."""
    pieces: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    part = 0
    for stretch in stretches(trend):
        before: bool | None = None
        for begin, end in pairwise(stretch):
            filled = begin.status in FILLED_IN or end.status in FILLED_IN
            if filled != before:
                part, before = part + 1, filled
                pieces[filled].append({"year": begin.year, "value": begin.value, "part": part})
            pieces[filled].append({"year": end.year, "value": end.value, "part": part})
        part += 1
    whole = {"type": "line", "color": colour(series(index)), "strokeCap": "butt"}
    part_of = {"field": "part", "type": "nominal"}
    return [
        layer(rows, mark, x=plot.years, y=plot.measure(), detail=part_of)
        for rows, mark in ((pieces[False], whole), (pieces[True], {**whole, "strokeDash": [4, 3]}))
        if rows
    ]


def status_mark(status: PointStatus, shape: str, size: float, shade: str) -> Spec:
    """The mark of a point: its series' shape where observed, hollow where provisional, a sign where filled in."""
    if status == "observed":
        return {"shape": shape, "size": size, "fill": shade, "stroke": colour("paper"), "strokeWidth": 1}
    if status == "provisional":
        return {"shape": shape, "size": size, "fill": colour("paper"), "stroke": shade, "strokeWidth": 1.8}
    if status == "interpolated":
        return {"shape": "circle", "size": 10, "fill": shade, "stroke": None}
    if status == "carried":
        onward = "M-0.6,-0.8L0.8,0L-0.6,0.8Z"
        return {"shape": onward, "size": 64, "fill": colour("paper"), "stroke": shade, "strokeWidth": 1.4}
    cross = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8"
    return {"shape": cross, "size": 56, "fill": None, "stroke": shade, "strokeWidth": 2}


def _marks(trend: Trend, index: int, plot: _Plot) -> list[Spec]:
    shape, size = MARKERS[index]
    crowded = plot.width / max(1, plot.last - plot.first) < 9
    layers = []
    for status in STATUSES:
        rows = [{"year": p.year, "value": p.value, "status": p.status} for p in trend.points if p.status == status]
        if rows:
            mark = status_mark(status, shape, size * (0.5 if crowded else 0.8), colour(series(index)))
            if crowded and status == "observed":
                # A halo round each of many marks would make a whole line look broken.
                mark["stroke"] = None
            layers.append(layer(rows, {"type": "point", "opacity": 1, **mark}, x=plot.years, y=plot.measure()))
    return layers


def status_words() -> dict[PointStatus, str]:
    """What the key calls each mark."""
    return {
        "observed": _("observed"),
        "provisional": _("provisional"),
        "interpolated": _("interpolated"),
        "carried": _("carried forward"),
        "imputed": _("imputed"),
    }


def _key(trends: Sequence[Trend]) -> list[tuple[str, Sign]]:
    """The marks that occur with their words, where not all points are plain observations."""
    points = [point for trend in trends for point in trend.points]
    statuses = {point.status for point in points}
    shown = [status for status in STATUSES if status in statuses] if statuses != {"observed"} else []
    entries: list[tuple[str, Sign]] = [(status_words()[status], _status_sign(status)) for status in shown]
    if any(point.low is not None and point.high is not None for point in points):
        entries.append((_("range of uncertainty"), _band_sign))
    return entries


def _status_sign(status: PointStatus) -> Sign:
    mark = {"type": "point", "opacity": 1, **status_mark(status, "circle", 44, colour("ink-soft"))}
    return lambda x, y: [layer([{"x": x, "y": y}], mark, x=pixels("x"), y=pixels("y"))]


def _level_sign(x: float, y: float) -> list[Spec]:
    half = SIGN / 2
    ends = {"x": {"value": x - half}, "x2": {"value": x + half}, "y": {"value": y}, "y2": {"value": y}}
    return [layer([{"level": 0}], {"type": "rule", **_RULE}, **ends)]


def _band_sign(x: float, y: float) -> list[Spec]:
    half = SIGN / 2
    row = {"x": x - half, "x2": x + half, "y": y - half, "y2": y + half}
    return [rectangles_at([row], "ink-soft", opacity=0.25)]
