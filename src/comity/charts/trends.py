"""Values year by year: what was observed, how sure it is, and where a line must not run on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any, Literal

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.parts.axes import (
    cut_axis,
    decimals_of,
    measure_axis,
    place_of_year,
    unit_label,
    value_axis,
    year_axis,
)
from comity.charts.parts.end_labels import LABEL_LINE, MARKERS, block, leader
from comity.charts.parts.layout import NARROW, SWATCH, key_height, key_places, stacked, text_width, wrapped
from comity.charts.parts.put_together import (
    EDGE,
    Margins,
    Spec,
    described,
    layer,
    listed,
    note_lines,
    pixels,
    rectangles,
    rules_at,
    specification,
    start_side,
    texts_at,
)
from comity.charts.theme import SMALL_SIZE, colour, series

PointStatus = Literal["observed", "provisional", "interpolated", "carried", "imputed"]
STATUSES: tuple[PointStatus, ...] = ("observed", "provisional", "interpolated", "carried", "imputed")
"""In the order of the key."""
FILLED_IN = frozenset({"interpolated", "carried", "imputed"})
"""Statuses of points that nobody observed; a line from or to one is broken."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The value of a year, the bounds of its uncertainty where they are known, and how it came about.

    Raises ValueError for a value that is no number or below zero, and for bounds that do not hold the value.
    """

    year: int
    value: float
    low: float | None = None
    high: float | None = None
    status: PointStatus = "observed"

    def __post_init__(self) -> None:
        check_interval(self.value, self.low, self.high)


@dataclass(frozen=True)
class Trend:
    """A series over years: its label, a shorter one for narrow charts, points, and the years that a break begins.

    A year of `breaks` is the first that is counted in a new way: it cannot be compared with the years before it.
    Raises ValueError for two points in one year.
    """

    label: str
    points: Sequence[TrendPoint]
    short: str = ""
    breaks: Sequence[int] = ()

    def __post_init__(self) -> None:
        years = [point.year for point in self.points]
        if len(set(years)) < len(years):
            raise ValueError(f"{self.label} has more than one point in a year")


def check_interval(value: float, low: float | None, high: float | None) -> None:
    """Raises ValueError unless 0 ≤ low ≤ value ≤ high, all of them finite; a bound may be absent."""
    bounds = [0.0 if low is None else low, value, value if high is None else high]
    if not all(map(isfinite, bounds)) or not 0 <= bounds[0] <= value <= bounds[2]:
        raise ValueError(f"the value {value} lies outside its bounds {low} and {high}, or one of them is below zero")


def stretches(trend: Trend, every: int = 1) -> list[list[TrendPoint]]:
    """The points in the runs that a line may join: without a missing year, nor a break, between two of them.

    `every` is the distance of years in which a series without gaps has its points.
    """
    runs: list[list[TrendPoint]] = []
    for point in sorted(trend.points, key=lambda point: point.year):
        before = runs[-1][-1] if runs else None
        joined = before is not None and point.year - before.year <= every
        if joined and before and not any(before.year < year <= point.year for year in trend.breaks):
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def missing_years(trend: Trend, every: int = 1) -> list[int]:
    """The years between the first point and the last that have none."""
    years = sorted(point.year for point in trend.points)
    return [year for one, next_one in pairwise(years) for year in range(one + every, next_one, every)]


def describe_trends(
    trends: Sequence[Trend], *, unit: str, language: Language, decimals: int = 1, every: int = 1
) -> str:
    """What a chart of trends says, in plain words: first, last and highest value, gaps and breaks of each series."""
    sentences = [unit]
    for trend in trends:
        points = sorted(trend.points, key=lambda point: point.year)
        if not points:
            sentences.append(f"{trend.label}: {_('no data')}")
            continue
        highest = max(points, key=lambda point: point.value)
        told = [(language.year(point.year), language.number(point.value, decimals)) for point in points[:1]]
        if len(points) > 1:
            told.append((language.year(points[-1].year), language.number(points[-1].value, decimals)))
        if highest not in (points[0], points[-1]):
            peak = f"{_('highest')}, {language.year(highest.year)}"
            told.append((peak, language.number(highest.value, decimals)))
        if gaps := missing_years(trend, every):
            told.append((_("no data"), year_spans(gaps, language, every)))
        if trend.breaks:
            told.append((_("break in series"), ", ".join(map(language.year, sorted(trend.breaks)))))
        filled = sum(point.status in FILLED_IN for point in points)
        if filled:
            told.append((_("not observed but filled in"), language.number(filled)))
        sentences.append(f"{trend.label} – {listed(told)}")
    return described("", sentences)


def year_spans(years: Sequence[int], language: Language, every: int = 1) -> str:
    """Years as single ones and spans: 2001, 2003–2005."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year - spans[-1][-1] <= every:
            spans[-1].append(year)
        else:
            spans.append([year])
    words = [language.year(span[0]) + (f"–{language.year(span[-1])}" if len(span) > 1 else "") for span in spans]
    return ", ".join(words)


@dataclass(frozen=True)
class _Plot:
    """The room of the lines: its width and height, years and ticks."""

    width: float
    height: float
    first: int
    last: int
    ticks: Sequence[float]

    def x(self, year: float) -> float:
        return place_of_year(year, self.first, self.last, self.width)

    def y(self, value: float) -> float:
        return self.height - (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]) * self.height

    @property
    def years(self) -> Spec:
        return year_axis(self.first, self.last, self.width)

    def measure(self, field: str = "value") -> Spec:
        return measure_axis(field, self.ticks, self.height)


def trend_lines(
    trends: Sequence[Trend],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    uncertainty: Literal["band", "whiskers"] = "band",
    from_zero: bool = True,
    decimals: int = 1,
    every: int = 1,
    note: str = "",
) -> Spec:
    """One to six series over years, each labelled with name and last value where it ends.

    A line joins points of following years only (`every` years apart): it stops at a missing year and at a break in
    series, which a broken upright rule marks. It is broken where an end was filled in, and each status of a point has
    a mark of its own, named in a key. Bounds are a band along a line, or `whiskers` at each point. The vertical axis
    begins at zero; with `from_zero` false it may begin elsewhere and says so. `note` stands below, such as what keeps
    two series apart. `unit` says what is measured. Raises ValueError for no point at all, or more than six series.
    """
    points = [point for trend in trends for point in trend.points]
    if not points:
        raise ValueError("a chart of trends needs at least one point")
    if len(trends) > len(MARKERS):
        raise ValueError(f"a chart of trends holds at most {len(MARKERS)} series, not {len(trends)}")
    first, last = min(point.year for point in points), max(point.year for point in points)
    labels = _end_labels(trends, last, language, width, decimals)
    deep = sum(map(_depth, labels))
    height = max(240.0 if width < NARROW else min(400.0, width * 0.4), deep)
    ticks = _ticks(points, height, from_zero=from_zero)
    tick_width = max(text_width(language.number(tick, decimals_of(ticks))) for tick in ticks)
    widest = max((text_width(text, bold=True) for label in labels for text in label), default=0)
    left, right = max(30.0, tick_width + 10), widest + 18
    plot = _Plot(width - left - right, height, first, last, ticks)
    breaks, head = _break_rules(trends, plot, width < NARROW)
    layers = list(breaks)
    for index, trend in enumerate(trends):
        layers += _uncertainty(trend, index, plot, every, band=uncertainty == "band")
    for index, trend in enumerate(trends):
        layers += [*_lines(trend, index, plot, every), *_marks(trend, index, plot)]
    layers += _ends(trends, labels, plot)
    words = unit if ticks[0] == 0 else f"{unit} – {_axis_notice(ticks, language)}"
    unit_rows = wrapped(words, width - 4)
    unit_top = -head - 14 - 15 * (len(unit_rows) - 1)
    layers += [unit_label(row, left - EDGE, unit_top + 15 * number) for number, row in enumerate(unit_rows)]
    under: dict[str, Any] = {"left": EDGE - left, "width": width - 2 * EDGE, "language": language}
    below, taken = _key(trends, top=height + 30, band=uncertainty == "band", **under)
    noted, note_height = note_lines(note, top=height + 30 + taken, **under)
    return specification(
        [*layers, *below, *noted],
        title=title,
        description=described(
            title,
            [describe_trends(trends, unit=words, language=language, decimals=decimals, every=every), note],
        ),
        language=language,
        inner=(plot.width, height),
        margins=Margins(left, right, 10 - unit_top, 28 + taken + note_height + (4 if note else 0)),
    )


def _ticks(points: Sequence[TrendPoint], height: float, *, from_zero: bool) -> list[float]:
    largest = max(point.value if point.high is None else point.high for point in points)
    if from_zero:
        return value_axis(largest, height, whole=False)[1]
    smallest = min(point.value if point.low is None else point.low for point in points)
    return cut_axis(smallest, largest, height)[2]


def _axis_notice(ticks: Sequence[float], language: Language) -> str:
    start = language.number(ticks[0], decimals_of(ticks))
    return _("the axis begins at %(value)s, not at zero") % {"value": start}


def _end_labels(trends: Sequence[Trend], last: int, language: Language, width: float, decimals: int) -> list[list[str]]:
    """Name and last value of each series, with its year where it ends before the others; nothing without points."""
    narrow = width < NARROW
    labels: list[list[str]] = []
    for trend in trends:
        if not trend.points:
            labels.append([])
            continue
        end = max(trend.points, key=lambda point: point.year)
        name = (trend.short or trend.label) if narrow else trend.label
        words = f"{name}\u00a0{language.number(end.value, decimals)}"
        if end.year < last:
            words += f" ({language.year(end.year)})"
        labels.append(wrapped(words, width * (0.26 if narrow else 0.3), bold=True))
    return labels


def _depth(label: Sequence[str]) -> float:
    """Pixels that a label takes with the space to the next."""
    return len(label) * LABEL_LINE + 3 if label else 0.0


def _ends(trends: Sequence[Trend], labels: Sequence[Sequence[str]], plot: _Plot) -> list[Spec]:
    """Labels beside the plot at heights where none covers another, with a hairline from where each line ends."""
    last = {
        index: max(trend.points, key=lambda point: point.year) for index, trend in enumerate(trends) if trend.points
    }
    shown = sorted(last, key=lambda index: plot.y(last[index].value))
    ends = [last[index] for index in shown]
    places = stacked([plot.y(end.value) for end in ends], [_depth(labels[index]) for index in shown], plot.height)
    layers = []
    for index, end, place in zip(shown, ends, places, strict=True):
        late = end.year == plot.last
        dash = {} if late else {"strokeDash": [1, 3]}
        start = plot.x(end.year) + 6
        layers.append(leader(start, plot.y(end.value), plot.width + 11, place, series(index), **dash))
        layers.append(block(labels[index], plot.width + 14, place, colour(series(index))))
    return layers


def _break_rules(trends: Sequence[Trend], plot: _Plot, narrow: bool) -> tuple[list[Spec], float]:
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
        name = (trend.short or trend.label) if narrow else trend.label
        words = _("break in series") if len(trends) == 1 else f"{name}: {_('break in series')}"
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
        rule = {"x": x, "y": y - 6, "x2": x, "y2": plot.height, "year": year}
        layers.append(rules_at([rule], color=colour(token), strokeDash=[4, 3], strokeWidth=1.2))
        place = {"x": x - 4 if turned else x + 4, "y": y, "text": words}
        layers.append(texts_at([place], align="right" if turned else "left", color=colour(token), fontSize=SMALL_SIZE))
    return layers, 14.0 * len(levels) + (6 if levels else 2)


def _uncertainty(trend: Trend, index: int, plot: _Plot, every: int, *, band: bool) -> list[Spec]:
    """Bounds as a band along each stretch, and as whiskers where asked or where a point stands alone."""
    banded: list[dict[str, Any]] = []
    alone: list[TrendPoint] = []
    for number, stretch in enumerate(stretches(trend, every)):
        bounded = _runs(stretch, lambda point: point.low is not None and point.high is not None)
        for part, run in enumerate(bounded):
            if band and len(run) > 1:
                banded += [
                    {"year": point.year, "low": point.low, "high": point.high, "part": f"{number}.{part}"}
                    for point in run
                ]
            else:
                alone += run
    shade = colour(series(index))
    layers: list[Spec] = []
    if banded:
        layers.append(
            layer(
                banded,
                {"type": "area", "color": shade, "opacity": 0.16, "line": False},
                x=plot.years,
                y=plot.measure("low"),
                y2={"field": "high"},
                detail={"field": "part", "type": "nominal"},
            )
        )
    if alone:
        rows = [{"year": point.year, "low": point.low, "high": point.high} for point in alone]
        stroke = {"type": "rule", "color": shade, "strokeWidth": 1.2}
        layers.append(layer(rows, stroke, x=plot.years, y=plot.measure("low"), y2={"field": "high"}))
        caps = [
            {"x": plot.x(point.year) - 3, "x2": plot.x(point.year) + 3, "y": plot.y(bound), "y2": plot.y(bound)}
            for point in alone
            for bound in (point.low, point.high)
            if bound is not None
        ]
        layers.append(rules_at(caps, color=shade, strokeWidth=1.2))
    return layers


def _runs(points: Sequence[TrendPoint], keep: Callable[[TrendPoint], bool]) -> list[list[TrendPoint]]:
    """The points to keep, in runs without one that is not."""
    runs: list[list[TrendPoint]] = [[]]
    for point in points:
        if keep(point):
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _lines(trend: Trend, index: int, plot: _Plot, every: int) -> list[Spec]:
    """Pieces of line between neighbours: whole between what was observed, broken from or to what was filled in."""
    pieces: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    part = 0
    for stretch in stretches(trend, every):
        kind: bool | None = None
        for one, other in pairwise(stretch):
            filled = one.status in FILLED_IN or other.status in FILLED_IN
            if filled != kind:
                part, kind = part + 1, filled
                pieces[filled].append({"year": one.year, "value": one.value, "part": part})
            pieces[filled].append({"year": other.year, "value": other.value, "part": part})
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


def _key(
    trends: Sequence[Trend], *, top: float, left: float, width: float, language: Language, band: bool
) -> tuple[list[Spec], float]:
    """A key of the marks that occur, where not all points are plain observations; and the pixels that it takes."""
    found = {point.status for trend in trends for point in trend.points}
    bounded = any(point.low is not None and point.high is not None for trend in trends for point in trend.points)
    statuses = [status for status in STATUSES if status in found] if found != {"observed"} else []
    labels = [status_words()[status] for status in statuses]
    if bounded:
        labels.append(_("range of uncertainty"))
    places = key_places(labels, width, language.mirrored)
    ink = colour("ink-soft")
    layers: list[Spec] = []
    for status, place in zip(statuses, places, strict=False):
        row = {"x": left + place.x + SWATCH / 2, "y": top + place.y}
        mark = {"type": "point", "opacity": 1, **status_mark(status, "circle", 44, ink)}
        layers.append(layer([row], mark, x=pixels("x"), y=pixels("y")))
    if bounded:
        x, y = left + places[-1].x, top + places[-1].y
        if band:
            layers.append(rectangles([{"x": x, "x2": x + SWATCH, "y": y - 6, "y2": y + 6}], "ink-soft", opacity=0.25))
        else:
            layers.append(rules_at([{"x": x + 6, "x2": x + 6, "y": y - 6, "y2": y + 6}], color=ink))
            caps = [{"x": x + 3, "x2": x + 9, "y": y + end, "y2": y + end} for end in (-6, 6)]
            layers.append(rules_at(caps, color=ink))
    rows = [
        {"x": left + place.text_x, "y": top + place.y, "text": label}
        for place, label in zip(places, labels, strict=True)
    ]
    if rows:
        layers.append(texts_at(rows, align=start_side(language), color=ink, fontSize=SMALL_SIZE))
    return layers, key_height(places)
