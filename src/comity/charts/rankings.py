"""Rows of values with their intervals: a ranking of areas, and bars of regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from comity.charts.languages import DECIMALS, Language
from comity.charts.parts.axes import decimals_of, value_axis
from comity.charts.parts.description import described, extremes
from comity.charts.parts.frame import EDGE, note_lines, specification
from comity.charts.parts.layout import NARROW, text_width, wrapped
from comity.charts.parts.marks import Spec, end_side, layer, start_side, texts, texts_at
from comity.charts.parts.rows import Rows
from comity.charts.parts.whiskers import whiskers
from comity.charts.theme import SMALL_SIZE, colour
from comity.charts.trend_points import check_interval

MARK = "*"
"""What stands after a value that rests on few cases."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of an area or region, with its bounds where they are known.

    `low_count` says that it rests on few cases. `observed_share` is the part of the population, from 0 to 1, for which
    values were observed and not filled in. Raises ValueError for a value below zero, outside its bounds, or a share
    outside 0 to 1.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    low_count: bool = False
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


def describe_estimates(estimates: Sequence[Estimate], *, unit: str, language: Language) -> str:
    """What a ranking says, in plain words: how many areas, the three highest and lowest, the middle, the few cases."""
    ranked = _ranked(estimates)
    told = [(estimate.label, language.number(estimate.value, DECIMALS)) for estimate in ranked]
    middle = language.number(median(estimate.value for estimate in ranked), DECIMALS)
    sentences = [unit, f"{_('areas')}: {language.number(len(ranked))}", *extremes(told), f"{_('median')}: {middle}"]
    if few := sum(estimate.low_count for estimate in ranked):
        sentences.append(f"{_('few cases')}: {language.number(few)}")
    return described("", sentences)


def _ranked(estimates: Sequence[Estimate]) -> list[Estimate]:
    return sorted(estimates, key=lambda estimate: -estimate.value)


def ranking(
    estimates: Sequence[Estimate],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    low_count_note: str = "",
) -> Spec:
    """Areas from the highest value to the lowest: a dot each over an axis from zero, with its interval.

    A dot is hollow, and its number marked, where the value rests on few cases; `low_count_note` says how few. The axis
    reaches as far as all values and the intervals of those that rest on enough cases; where another goes on beyond, it
    ends in an open head and a line says so. Raises ValueError where there is no area.
    """
    ranked = _ranked(estimates)
    plot = _plot(ranked, unit, language, width, padding=7)
    few = low_count_note if any(estimate.low_count for estimate in ranked) else ""
    return plot.finished(
        [_stripes(plot.rows), *plot.scale(), *plot.intervals("series-1"), _dots(plot), *plot.rows.named()],
        title=title,
        description=[describe_estimates(ranked, unit=unit, language=language), few],
        notes=[f"{MARK} {few}" if few else ""],
    )


def bars_with_intervals(
    estimates: Sequence[Estimate],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    reference: Reference | None = None,
) -> Spec:
    """Estimates of regions as bars from zero with whiskers, in the order given; below each name its observed share.

    Raises ValueError where there is no region.
    """
    details = [_share(estimate.observed_share, language) for estimate in estimates]
    plot = _plot(estimates, unit, language, width, padding=12, details=details, reference=reference)
    bar = {"type": "bar", "orient": "horizontal", "size": 18, "color": colour("class-3")}
    told = [
        f"{estimate.label} – {_told(estimate, language)}" + (f"; {detail}" if detail else "")
        for estimate, detail in zip(estimates, details, strict=True)
    ]
    if reference:
        told.append(f"{reference.label}: {language.number(reference.value, DECIMALS)}")
    return plot.finished(
        [
            *plot.scale(),
            layer(plot.values(), bar, x={**plot.rows.along(), "stack": None}, y=plot.rows.across()),
            *plot.reference_rule(),
            *plot.intervals("ink"),
            *plot.rows.named(),
        ],
        title=title,
        description=[unit, *told],
    )


def _told(estimate: Estimate, language: Language) -> str:
    value = language.number(estimate.value, DECIMALS)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({language.number(estimate.low, DECIMALS)}–{language.number(estimate.high, DECIMALS)})"


def observed_percent(share: float) -> int:
    """The share of a figure that was observed, in per cent; a share below one is never rounded up to the whole."""
    return int(share * 100) if share > 0.99 else round(share * 100)


def _share(share: float | None, language: Language) -> str:
    """The words under the name of a region."""
    if share is None:
        return ""
    return _("%(share)s per cent observed") % {"share": language.number(observed_percent(share))}


def _plot(
    estimates: Sequence[Estimate],
    unit: str,
    language: Language,
    width: float,
    *,
    padding: float,
    details: Sequence[str] = (),
    reference: Reference | None = None,
) -> "_Plot":
    """How the rows of a chart stand, and the scale of their values."""
    if not estimates:
        raise ValueError("a chart of estimates needs at least one area")
    inner = width - 2 * EDGE
    names = [estimate.label for estimate in estimates]
    widest = max(*map(text_width, names), *(text_width(detail, SMALL_SIZE) for detail in details), 0)
    column = ceil(min(inner * (0.38 if width < NARROW else 0.3), widest + 2))
    numbers = [language.number(estimate.value, DECIMALS) + MARK for estimate in estimates]
    end = ceil(max(map(text_width, numbers)) + 12)
    largest = max(
        *(estimate.value if estimate.high is None or estimate.low_count else estimate.high for estimate in estimates),
        reference.value if reference else 0.0,
    )
    top, ticks = value_axis(largest, min((inner - column - 12 - end) * 1.2, 340.0), whole=False)
    rows = Rows(names, top, language, width, column, end, padding, details=details)
    return _Plot(estimates, rows, ticks, wrapped(unit, inner), reference)


@dataclass(frozen=True)
class _Plot:
    """Estimates in rows over the ticks of their scale, with the lines of what is measured above."""

    estimates: Sequence[Estimate]
    rows: Rows
    ticks: Sequence[float]
    unit: Sequence[str]
    reference: Reference | None

    def placed(self) -> list[tuple[float, Estimate]]:
        """Each estimate with the middle of its row."""
        return [(self.rows.middle(number), estimate) for number, estimate in enumerate(self.estimates)]

    def values(self) -> list[dict[str, Any]]:
        """The value of each area or region at the middle of its row."""
        return [
            {"row": row, "label": estimate.label, "value": estimate.value, "low_count": estimate.low_count}
            for row, estimate in self.placed()
        ]

    def scale(self) -> list[Spec]:
        """Upright hairlines at the ticks with their numbers above, and above those what is measured."""
        rows, language, places = self.rows, self.rows.language, decimals_of(self.ticks)
        ticks = [{"value": tick, "text": language.number(tick, places)} for tick in self.ticks]
        start = {"x": rows.beyond(-rows.column - rows.gap), "align": start_side(language)}
        first = -20 - 15 * len(self.unit)
        soft = colour("ink-soft")
        words = [{"x": start["x"], "y": first + 15 * number, "text": line} for number, line in enumerate(self.unit)]
        shade = {"condition": {"test": "datum.value > 0", "value": colour("rule")}, "value": colour("outline")}
        stroke: Spec = {"y": {"value": -3}, "y2": {"value": rows.height}}
        return [
            layer(ticks, {"type": "rule"}, x=rows.along(), color=shade, **stroke),
            texts(ticks, x=rows.along(), y={"value": -12}, align="center", color=soft, fontSize=SMALL_SIZE),
            texts_at(words, align=start["align"], color=soft),
        ]

    def reference_rule(self) -> list[Spec]:
        """The value that all are held against: an upright broken rule with its words below, within the chart."""
        if self.reference is None:
            return []
        rows, shade = self.rows, colour("series-2")
        words = f"{self.reference.label}\u00a0{rows.language.number(self.reference.value, DECIMALS)}"
        half = text_width(words, SMALL_SIZE) / 2
        forward = self.reference.value / rows.largest * rows.room
        middle = min(max(forward, half - rows.column - rows.gap), rows.room + rows.end - half)
        place = {"x": rows.beyond(middle), "y": rows.height + 12, "text": words}
        rule = {"type": "rule", "color": shade, "strokeDash": [5, 3], "strokeWidth": 1.4}
        ends: Spec = {"y": {"value": -3}, "y2": {"value": rows.height + 4}}
        return [
            layer([{"label": self.reference.label, "value": self.reference.value}], rule, x=rows.along(), **ends),
            texts_at([place], align="center", color=shade, fontSize=SMALL_SIZE),
        ]

    def intervals(self, token: str) -> list[Spec]:
        """From low to high with a stroke at each end, an open head where the interval goes on beyond the axis."""
        rows, end = self.rows, self.ticks[-1]
        known: list[dict[str, Any]] = [
            {"row": row, "label": estimate.label, "low": estimate.low, "high": estimate.high}
            for row, estimate in self.placed()
            if estimate.low is not None and estimate.high is not None
        ]
        layers = whiskers(known, rows.along, rows.across(), token, end=end)
        if heads := [{**row, "end": end} for row in known if row["high"] > end]:
            back = rows.forward(-6)
            head = {"type": "point", "shape": f"M{back},-4L0,0L{back},4", "size": 4, "opacity": 1, "filled": False}
            head |= {"stroke": colour(token), "strokeWidth": 1.4}
            layers.append(layer(heads, head, x=rows.along("end"), y=rows.across()))
        return layers

    def numbers(self) -> list[Spec]:
        """The values in a column of their own, the mark of few cases after them."""
        rows, language = self.rows, self.rows.language
        edge = rows.room + rows.end
        column: Spec = {"y": rows.across(), "align": end_side(language)}
        values = [
            {"row": row, "value": estimate.value, "text": language.number(estimate.value, DECIMALS)}
            for row, estimate in self.placed()
        ]
        layers = [texts(values, x={"value": rows.beyond(edge - text_width(MARK) - 1)}, fontWeight="bold", **column)]
        if marks := [{"row": row, "text": MARK} for row, estimate in self.placed() if estimate.low_count]:
            layers.append(texts(marks, x={"value": rows.beyond(edge)}, **column))
        return layers

    def finished(
        self, layers: Sequence[Spec], *, title: str, description: Sequence[str], notes: Sequence[str] = ()
    ) -> Spec:
        """The specification with the numbers behind the rows and the notes below them."""
        rows, bottom = self.rows, self.rows.height + (22 if self.reference else 6)
        left = -rows.margins(0, 0).left + EDGE
        cut = any(estimate.high is not None and estimate.high > self.ticks[-1] for estimate in self.estimates)
        below: list[Spec] = []
        for text in (*notes, _("An arrow: the interval goes on beyond the axis.") if cut else ""):
            lines, taken = note_lines(text, top=bottom, left=left, width=rows.width - 2 * EDGE, language=rows.language)
            below, bottom = [*below, *lines], bottom + taken
        return specification(
            [*layers, *self.numbers(), *below],
            title=title,
            description=described(title, description),
            language=rows.language,
            inner=(rows.room, rows.height),
            margins=rows.margins(31 + 15 * len(self.unit), bottom - rows.height + 4),
        )


def _stripes(rows: Rows) -> Spec:
    """Every second row on a ground of its own, from side to side."""
    spans = [{"row": number, "end": number + 1} for number in range(0, len(rows.names), 2)]
    ends = {"x": {"value": rows.beyond(-rows.column - rows.gap)}, "x2": {"value": rows.beyond(rows.room + rows.end)}}
    return layer(spans, {"type": "rect", "color": colour("surface")}, y=rows.across(), y2={"field": "end"}, **ends)


def _dots(plot: _Plot) -> Spec:
    """A dot for each area, hollow where it rests on few cases."""
    shade = colour("series-1")
    mark = {"type": "point", "shape": "circle", "size": 56, "opacity": 1, "stroke": shade, "strokeWidth": 1.8}
    hollow = {"condition": {"test": "datum.low_count", "value": colour("paper")}, "value": shade}
    return layer(plot.values(), mark, x=plot.rows.along(), y=plot.rows.across(), fill=hollow)
