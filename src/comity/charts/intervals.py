"""Rows of values with their intervals: a ranking of areas, and bars of regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from comity.charts.languages import Language
from comity.charts.parts.axes import decimals_of, value_axis
from comity.charts.parts.layout import NARROW, text_width, wrapped
from comity.charts.parts.put_together import (
    EDGE,
    Margins,
    Spec,
    described,
    layer,
    listed,
    note_lines,
    paths_at,
    pixels,
    rectangles,
    rules_at,
    specification,
    start_side,
    texts_at,
)
from comity.charts.theme import SMALL_SIZE, colour
from comity.charts.trends import check_interval

LABEL_ROW, DETAIL_ROW = 15.0, 14.0
MARK = "*"
"""What stands after a value that rests on few cases."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of an area or region, with its bounds where they are known.

    `low_count` says that it rests on few cases, `emphasized` that a reader looks for it. `observed_share` is the part
    of the population, from 0 to 1, for which values were observed and not filled in. Raises ValueError for a value
    below zero, outside its bounds, or a share outside 0 to 1.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    low_count: bool = False
    emphasized: bool = False
    observed_share: float | None = None

    def __post_init__(self) -> None:
        check_interval(self.value, self.low, self.high)
        if self.observed_share is not None and not 0 <= self.observed_share <= 1:
            raise ValueError(f"the observed share {self.observed_share} of {self.label} lies outside 0 to 1")


@dataclass(frozen=True)
class Reference:
    """A value that all rows are held against, such as that of the world, and its label."""

    value: float
    label: str


@dataclass(frozen=True)
class _Rows:
    """Rows of a chart: the column of labels, the room of the values, the column of numbers; tops and middles."""

    width: float
    column: float
    end: float
    ticks: Sequence[float]
    labels: Sequence[Sequence[str]]
    details: Sequence[str]
    top: float
    padding: float
    mirrored: bool

    @property
    def heights(self) -> list[float]:
        return [
            LABEL_ROW * len(lines) + (DETAIL_ROW if detail else 0) + self.padding
            for lines, detail in zip(self.labels, self.details, strict=True)
        ]

    @property
    def middles(self) -> list[float]:
        ends = accumulate(self.heights, initial=self.top)
        return [start + height / 2 for start, height in zip(ends, self.heights, strict=False)]

    @property
    def bottom(self) -> float:
        return self.top + sum(self.heights)

    def turned(self, x: float) -> float:
        """A place counted from the side where reading begins, in pixels from the left."""
        return self.width - x if self.mirrored else x

    def along(self, value: float) -> float:
        """Pixels from the left of a value."""
        room = self.width - self.column - 12 - self.end
        return self.turned(self.column + 12 + value / self.ticks[-1] * room)


def describe_estimates(
    estimates: Sequence[Estimate],
    *,
    unit: str,
    language: Language,
    decimals: int = 1,
    reference: Reference | None = None,
) -> str:
    """What a ranking says, in plain words: how many areas, the three highest and lowest, the middle, the reference."""
    ranked = _ranked(estimates)
    told = [(estimate.label, language.number(estimate.value, decimals)) for estimate in ranked]
    middle = language.number(median(estimate.value for estimate in ranked), decimals)
    sentences = [unit, f"{_('areas')}: {language.number(len(ranked))}", *extremes(told)]
    sentences.append(f"{_('median')}: {middle}")
    if reference:
        sentences.append(f"{reference.label}: {language.number(reference.value, decimals)}")
    if few := sum(estimate.low_count for estimate in ranked):
        sentences.append(f"{_('few cases')}: {language.number(few)}")
    return described("", sentences)


def extremes(ranked: Sequence[tuple[str, str]]) -> list[str]:
    """The three first and last of areas from the highest down, or all of them where they are few, as sentences."""
    if len(ranked) <= 6:
        return [listed(ranked)]
    return [f"{_('highest')} – {listed(ranked[:3])}", f"{_('lowest')} – {listed(ranked[-3:])}"]


def _ranked(estimates: Sequence[Estimate]) -> list[Estimate]:
    return sorted(estimates, key=lambda estimate: -estimate.value)


def ranking(
    estimates: Sequence[Estimate],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    reference: Reference | None = None,
    low_count_note: str = "",
    decimals: int = 1,
    note: str = "",
) -> Spec:
    """Areas from the highest value to the lowest: a dot each over an axis from zero, with its interval.

    A dot is hollow, and its number marked, where the value rests on few cases; `low_count_note` says how few. The axis
    reaches as far as all values and the intervals of those that rest on enough cases; where another goes on beyond, it
    ends in an open head and a line says so. Raises ValueError where there is no area.
    """
    ranked = _ranked(estimates)
    rows = _rows(ranked, [""] * len(ranked), language, width, decimals, reference, unit, padding=7)
    middles = rows.middles
    stripes = [
        {"x": 0, "x2": rows.width, "y": middle - height / 2, "y2": middle + height / 2}
        for number, (middle, height) in enumerate(zip(middles, rows.heights, strict=True))
        if number % 2 == 0
    ]
    layers = [rectangles(stripes, "surface"), *_axis(rows, unit, language)]
    layers += _reference_rule(rows, reference, language, decimals)
    layers += _whiskers(ranked, rows, "series-1", middles)
    layers += _dots(ranked, rows, middles)
    layers += [*_names(ranked, rows, language), *_numbers(ranked, rows, language, decimals)]
    few = f"{MARK} {low_count_note}" if low_count_note and any(e.low_count for e in ranked) else ""
    words = describe_estimates(ranked, unit=unit, language=language, decimals=decimals, reference=reference)
    notes = [few, _beyond(ranked, rows), note]
    return _finished(layers, rows, title, [words, few.removeprefix(f"{MARK} "), note], notes, language, reference)


def bars_with_intervals(
    estimates: Sequence[Estimate],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    reference: Reference | None = None,
    decimals: int = 1,
    note: str = "",
) -> Spec:
    """Estimates of regions as bars from zero with whiskers, in the order given; below each name its observed share.

    Raises ValueError where there is no region.
    """
    details = [_share(estimate.observed_share, language) for estimate in estimates]
    rows = _rows(estimates, details, language, width, decimals, reference, unit, padding=12)
    thickness, middles = 18.0, rows.middles
    bars = []
    for estimate, middle in zip(estimates, middles, strict=True):
        low, high = sorted((rows.along(0), rows.along(estimate.value)))
        bars.append(
            {"x": low, "x2": high, "y": middle - thickness / 2, "y2": middle + thickness / 2, "value": estimate.value}
        )
    layers = [
        *_axis(rows, unit, language),
        rectangles(bars, "class-3"),
        *_reference_rule(rows, reference, language, decimals),
        *_whiskers(estimates, rows, "ink", middles),
        *_names(estimates, rows, language),
        *_numbers(estimates, rows, language, decimals),
    ]
    told = [
        f"{estimate.label} – {_told(estimate, language, decimals)}" + (f"; {detail}" if detail else "")
        for estimate, detail in zip(estimates, details, strict=True)
    ]
    if reference:
        told.append(f"{reference.label}: {language.number(reference.value, decimals)}")
    notes = [_beyond(estimates, rows), note]
    return _finished(layers, rows, title, [unit, *told, note], notes, language, reference)


def _told(estimate: Estimate, language: Language, decimals: int) -> str:
    value = language.number(estimate.value, decimals)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({language.number(estimate.low, decimals)}–{language.number(estimate.high, decimals)})"


def _share(share: float | None, language: Language) -> str:
    """The words under the name of a region; a share below one is never rounded up to the whole."""
    if share is None:
        return ""
    percent = int(share * 100) if share > 0.99 else round(share * 100)
    return _("%(share)s per cent observed") % {"share": language.number(percent)}


def _rows(
    estimates: Sequence[Estimate],
    details: Sequence[str],
    language: Language,
    width: float,
    decimals: int,
    reference: Reference | None,
    unit: str,
    *,
    padding: float,
) -> _Rows:
    """How the rows of a chart stand."""
    if not estimates:
        raise ValueError("a chart of estimates needs at least one area")
    narrow = width < NARROW
    width -= 2 * EDGE
    share = 0.38 if narrow else 0.3
    widest = max(text_width(estimate.label, bold=estimate.emphasized) for estimate in estimates)
    widest = max(widest, *(text_width(detail, SMALL_SIZE) for detail in details))
    column = min(width * share, widest + 2)
    numbers = [language.number(estimate.value, decimals) + MARK for estimate in estimates]
    end = max(map(text_width, numbers)) + 12
    largest = max(
        *(estimate.value if estimate.high is None or estimate.low_count else estimate.high for estimate in estimates),
        reference.value if reference else 0.0,
    )
    room = width - column - 12 - end
    _top, ticks = value_axis(largest, min(room * 1.2, 340.0), whole=False)
    return _Rows(
        width,
        column,
        end,
        ticks,
        [wrapped(estimate.label, column, bold=estimate.emphasized) for estimate in estimates],
        list(details),
        29 + 15 * len(wrapped(unit, width)),
        padding,
        language.mirrored,
    )


def _axis(rows: _Rows, unit: str, language: Language) -> list[Spec]:
    """Upright hairlines at the ticks with their numbers above, and above those what is measured."""
    places = decimals_of(rows.ticks)
    lines = [
        {"x": rows.along(t), "x2": rows.along(t), "y": rows.top - 3, "y2": rows.bottom, "value": t} for t in rows.ticks
    ]
    words = [{"x": rows.along(t), "y": rows.top - 12, "text": language.number(t, places)} for t in rows.ticks]
    begin = [{"x": rows.turned(0), "y": 9 + 15 * n, "text": text} for n, text in enumerate(wrapped(unit, rows.width))]
    return [
        rules_at(lines[1:], color=colour("rule")),
        rules_at(lines[:1], color=colour("outline")),
        texts_at(words, align="center", color=colour("ink-soft"), fontSize=SMALL_SIZE),
        texts_at(begin, align=start_side(language), color=colour("ink-soft")),
    ]


def _reference_rule(rows: _Rows, reference: Reference | None, language: Language, decimals: int) -> list[Spec]:
    """The value that all are held against: an upright broken rule with its words below, within the chart."""
    if reference is None:
        return []
    x = rows.along(reference.value)
    words = f"{reference.label}\u00a0{language.number(reference.value, decimals)}"
    half = text_width(words, SMALL_SIZE) / 2
    middle = min(max(x, half), max(rows.width - half, half))
    rule = {"x": x, "x2": x, "y": rows.top - 3, "y2": rows.bottom + 4, "value": reference.value}
    return [
        rules_at([rule], color=colour("series-2"), strokeDash=[5, 3], strokeWidth=1.4),
        texts_at(
            [{"x": middle, "y": rows.bottom + 12, "text": words}],
            align="center",
            color=colour("series-2"),
            fontSize=SMALL_SIZE,
        ),
    ]


def _whiskers(estimates: Sequence[Estimate], rows: _Rows, token: str, middles: Sequence[float]) -> list[Spec]:
    """From low to high with a stroke at each end, an open head where the interval goes on beyond the axis."""
    spans: list[dict[str, Any]] = []
    caps: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    top = rows.ticks[-1]
    for estimate, y in zip(estimates, middles, strict=True):
        if estimate.low is None or estimate.high is None:
            continue
        low, high = rows.along(estimate.low), rows.along(min(estimate.high, top))
        spans.append({"x": low, "x2": high, "y": y, "y2": y, "low": estimate.low, "high": estimate.high})
        caps.append({"x": low, "x2": low, "y": y - 4, "y2": y + 4})
        if estimate.high <= top:
            caps.append({"x": high, "x2": high, "y": y - 4, "y2": y + 4})
        else:
            back = high + (6 if rows.mirrored else -6)
            heads.append({"path": f"M{back:.1f},{y - 4:.1f}L{high:.1f},{y:.1f}L{back:.1f},{y + 4:.1f}"})
    stroke = {"strokeWidth": 1.4}
    layers = [rules_at(spans, color=colour(token), **stroke), rules_at(caps, color=colour(token), **stroke)]
    if heads:
        layers.append(paths_at(heads, filled=False, fill=None, stroke=colour(token), **stroke))
    return layers if spans else []


def _beyond(estimates: Sequence[Estimate], rows: _Rows) -> str:
    """The words that say what an open head means, where there is one."""
    cut = any(estimate.high is not None and estimate.high > rows.ticks[-1] for estimate in estimates)
    return _("An arrow: the interval goes on beyond the axis.") if cut else ""


def _dots(estimates: Sequence[Estimate], rows: _Rows, middles: Sequence[float]) -> list[Spec]:
    """A dot for each area, hollow where it rests on few cases, a diamond where a reader looks for it."""
    layers = []
    for few in (False, True):
        for emphasized in (False, True):
            placed = [
                {"x": rows.along(estimate.value), "y": y, "value": estimate.value}
                for estimate, y in zip(estimates, middles, strict=True)
                if (estimate.low_count, estimate.emphasized) == (few, emphasized)
            ]
            shade = colour("series-2" if emphasized else "series-1")
            mark = {
                "type": "point",
                "shape": "diamond" if emphasized else "circle",
                "size": 110 if emphasized else 56,
                "opacity": 1,
                "fill": colour("paper") if few else shade,
                "stroke": shade,
                "strokeWidth": 1.8,
            }
            if placed:
                layers.append(layer(placed, mark, x=pixels("x"), y=pixels("y")))
    return layers


def _names(estimates: Sequence[Estimate], rows: _Rows, language: Language) -> list[Spec]:
    """Names beside the rows in as many lines as they need, with the words below them."""
    names: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    small = []
    x = rows.turned(rows.column)
    for estimate, lines, detail, middle in zip(estimates, rows.labels, rows.details, rows.middles, strict=True):
        first = middle - (LABEL_ROW * len(lines) + (DETAIL_ROW if detail else 0)) / 2 + LABEL_ROW / 2
        names[estimate.emphasized] += [
            {"x": x, "y": first + LABEL_ROW * number, "text": line} for number, line in enumerate(lines)
        ]
        if detail:
            y = first + LABEL_ROW * (len(lines) - 1) + (LABEL_ROW + DETAIL_ROW) / 2
            small.append({"x": x, "y": y, "text": detail})
    align = "left" if language.mirrored else "right"
    layers = [texts_at(names[False], align=align)]
    if names[True]:
        layers.append(texts_at(names[True], align=align, fontWeight="bold"))
    if small:
        layers.append(texts_at(small, align=align, color=colour("ink-soft"), fontSize=SMALL_SIZE))
    return layers


def _numbers(estimates: Sequence[Estimate], rows: _Rows, language: Language, decimals: int) -> list[Spec]:
    """The values in a column of their own, the mark of few cases after them."""
    mark = text_width(MARK)
    edge = rows.turned(rows.width - mark - 1)
    align = "left" if language.mirrored else "right"
    numbers = [
        {"x": edge, "y": y, "text": language.number(estimate.value, decimals)}
        for estimate, y in zip(estimates, rows.middles, strict=True)
    ]
    marks = [
        {"x": rows.turned(rows.width), "y": y, "text": MARK}
        for estimate, y in zip(estimates, rows.middles, strict=True)
        if estimate.low_count
    ]
    layers = [texts_at(numbers, align=align, fontWeight="bold")]
    return [*layers, texts_at(marks, align=align)] if marks else layers


def _finished(
    layers: Sequence[Spec],
    rows: _Rows,
    title: str,
    told: Sequence[str],
    notes: Sequence[str],
    language: Language,
    reference: Reference | None,
) -> Spec:
    """The specification with its notes below the rows."""
    bottom = rows.bottom + (22 if reference else 6)
    below: list[Spec] = []
    for text in notes:
        lines, taken = note_lines(text, top=bottom, left=0, width=rows.width, language=language)
        below, bottom = [*below, *lines], bottom + taken
    return specification(
        [*layers, *below],
        title=title,
        description=described(title, told),
        language=language,
        inner=(rows.width, bottom + 2),
        margins=Margins(EDGE, EDGE, 2, 2),
    )
