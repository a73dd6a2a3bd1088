"""The acts of an instrument on the days when they were done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.charts.languages import Language
from comity.charts.parts.axes import complete_rule, place_in_time, time_axis
from comity.charts.parts.layout import LINE, NARROW, text_width
from comity.charts.parts.put_together import (
    Kind,
    Margins,
    Spec,
    described,
    layer,
    listed,
    pixels,
    rectangles,
    specification,
    start_side,
    texts_at,
)
from comity.charts.theme import colour


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that a chart marks with a rule, and the words beside it."""

    on: date
    label: str


def timeline(
    acts: Mapping[str, Sequence[date]],
    kinds: Sequence[Kind],
    milestones: Sequence[Milestone],
    *,
    title: str,
    language: Language,
    width: float,
    begin: date,
    until: date,
    complete_through: date | None = None,
    complete_label: str = "",
) -> Spec:
    """The acts of an instrument: a strip a kind with a stroke for every act, and rules for its milestones.

    `acts` are the days of deposit by kind; `milestones` such as adoption and entry into force are marked across all
    strips and labelled above. The chart ends at `until`, or at `complete_through` where the register ends before.
    Raises ValueError where there is no kind.
    """
    if not kinds:
        raise ValueError("a timeline needs at least one kind of act")
    narrow = width < NARROW
    last_day = min(until, complete_through) if complete_through else until
    counts = {kind.key: sum(begin <= on <= last_day for on in acts.get(kind.key, ())) for kind in kinds}
    heads = [f"{kind.label} {language.number(counts[kind.key])}" for kind in kinds]
    column = 0.0 if narrow else min(width * 0.32, max(map(text_width, heads)) + 14)
    side = column if language.mirrored else 0.0
    margins = Margins(max(18.0, 0 if language.mirrored else column), max(18.0, side), 8, 26)
    inner = width - margins.left - margins.right
    marks = sorted((mark for mark in milestones if begin <= mark.on <= last_day), key=lambda mark: mark.on)
    head = LINE * len(marks) + (26 if narrow else 12)
    strip, pitch = 22.0, (50.0 if narrow else 34.0)
    tops = [head + (pitch - strip if narrow else 0) + pitch * number for number in range(len(kinds))]
    height = tops[-1] + strip + 8
    time = time_axis(begin, last_day, inner)
    layers: list[Spec] = [rectangles([{"x": 0, "x2": inner, "y": top, "y2": top + strip} for top in tops], "surface")]
    for kind, top in zip(kinds, tops, strict=True):
        shown = [on for on in acts.get(kind.key, ()) if begin <= on <= last_day]
        layers.append(
            layer(
                [{"on": on.isoformat(), "y": top + 1, "y2": top + strip - 1} for on in sorted(shown)],
                {"type": "rule", "color": colour(kind.token), "strokeWidth": 1.5, "opacity": 0.75},
                x=time,
                y=pixels("y"),
                y2={"field": "y2"},
            )
        )
    layers += _timeline_heads(heads, tops, strip, inner, narrow=narrow, language=language)
    spans = [(top, top + strip) for top in tops] if narrow else [(tops[0], height)]
    for number, mark in enumerate(marks):
        layers += _milestone(mark, number, place_in_time(mark.on, begin, last_day, inner), inner, spans)
    if complete_through and complete_through < until:
        layers += complete_rule(inner, height if not narrow else tops[0] - 16, complete_label, inner, top=head)
    description = described(
        title,
        [
            listed((kind.label, language.number(counts[kind.key])) for kind in kinds),
            listed((mark.label, mark.on.isoformat()) for mark in marks),
        ],
    )
    return specification(
        layers, title=title, description=description, language=language, inner=(inner, height), margins=margins
    )


def _timeline_heads(
    heads: Sequence[str], tops: Sequence[float], strip: float, inner: float, *, narrow: bool, language: Language
) -> list[Spec]:
    """Names and counts of the strips: above them in a narrow chart, else beside them where reading begins."""
    if narrow:
        x, up, align = (inner if language.mirrored else 0), -10.0, start_side(language)
    else:
        x, up = (inner + 10 if language.mirrored else -10), strip / 2
        align = "left" if language.mirrored else "right"
    rows = [{"x": x, "y": top + up, "text": head} for head, top in zip(heads, tops, strict=True)]
    return [texts_at(rows, align=align)]


def _milestone(
    mark: Milestone, number: int, x: float, inner: float, spans: Sequence[tuple[float, float]]
) -> list[Spec]:
    """A rule across the strips with its words at a height of its own, turned to the side where there is room."""
    y = 8 + LINE * number
    if len(spans) == 1:
        spans = [(y, spans[0][1])]
    left = x + 6 + text_width(mark.label) > inner
    return [
        layer(
            [{"x": x, "y": y - 6, "y2": y + 8}, *({"x": x, "y": top, "y2": end} for top, end in spans)],
            {"type": "rule", "color": colour("ink"), "strokeWidth": 1},
            x=pixels("x"),
            y=pixels("y"),
            y2={"field": "y2"},
        ),
        texts_at([{"x": x - 6 if left else x + 6, "y": y, "text": mark.label}], align="right" if left else "left"),
    ]
