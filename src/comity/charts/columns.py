"""One column a year."""

from collections.abc import Mapping
from math import floor

from comity.charts.cartography.choropleth import NO_DATA
from comity.charts.languages import Language
from comity.charts.parts.axes import complete_rule, count_axis, unit_label, value_axis
from comity.charts.parts.layout import NARROW, text_width
from comity.charts.parts.put_together import Margins, Spec, described, layer, listed, specification, texts_at
from comity.charts.theme import SMALL_SIZE, colour


def columns(
    values: Mapping[int, int],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    incomplete: Mapping[int, str] | None = None,
    fill: str = "series-1",
) -> Spec:
    """One column a year from zero, each with its count where it fits; a year without a value counts none.

    `incomplete` names years for which the register is not complete, with the words to print above them; their columns
    are hatched. Raises ValueError where there is no year.
    """
    if not values:
        raise ValueError("a chart of columns needs at least one year")
    narrow, partial = width < NARROW, incomplete or {}
    years = list(range(min({*values, *partial}), max({*values, *partial}) + 1))
    margins = Margins(32, 8, 40, 26)
    inner, height = width - margins.left - margins.right, 200.0 if narrow else min(320.0, width * 0.36)
    top, ticks = value_axis(max(values.values()), height)
    step = inner / len(years)
    room = max(2, floor(inner / 44))
    every = next((every for every in (1, 2, 5, 10, 20) if len(years) / every <= room), 50)
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": years, "paddingInner": 0.2, "paddingOuter": 0.1},
        "axis": {
            "values": [year for year in years if year % every == 0],
            "labelExpr": "format(datum.value, 'd')",
            "labelAngle": 0,
            "domain": True,
            "domainColor": colour("outline"),
        },
    }
    layers = []
    for shown, mark in (
        ([year for year in years if year not in partial], {"color": colour(fill)}),
        (
            [year for year in years if year in partial],
            {"color": colour(NO_DATA), "stroke": colour(fill), "strokeWidth": 1},
        ),
    ):
        rows = [{"year": year, "value": values.get(year, 0)} for year in shown]
        if rows:
            layers.append(layer(rows, {"type": "bar", **mark}, x=x, y=count_axis("value", top, ticks, height)))
    labels = [
        {
            "x": step * (number + 0.5),
            "y": height - values[year] / top * height - 8,
            "text": language.number(values[year]),
        }
        for number, year in enumerate(years)
        if values.get(year) and text_width(language.number(values[year]), SMALL_SIZE) <= step
    ]
    layers.append(texts_at(labels, align="center", fontSize=SMALL_SIZE))
    layers.append(unit_label(unit, margins.left, -28))
    for year, words in partial.items():
        at = step * (years.index(year) + 0.5)
        layers += complete_rule(at - step / 2, height, words, inner)
    counts = listed(
        (language.year(year), language.number(values[year]) + (f" ({partial[year]})" if year in partial else ""))
        for year in years
        if values.get(year)
    )
    return specification(
        layers,
        title=title,
        description=described(title, [unit, counts]),
        language=language,
        inner=(inner, height),
        margins=margins,
    )
