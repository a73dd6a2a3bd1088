"""One column a year."""

from collections.abc import Mapping
from math import floor

from comity.charts.cartography.choropleth import NO_DATA
from comity.charts.languages import Language
from comity.charts.parts.axes import complete_rule, measure_axis, unit_label, value_axis
from comity.charts.parts.description import described, listed
from comity.charts.parts.frame import Margins, specification
from comity.charts.parts.layout import NARROW, text_width
from comity.charts.parts.marks import Spec, layer, texts
from comity.charts.theme import SMALL_SIZE, colour


def columns(
    values: Mapping[int, int],
    *,
    title: str,
    unit: str,
    language: Language,
    width: float,
    incomplete: Mapping[int, str] | None = None,
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
    step = inner / len(years)
    place = {
        "x": _year_axis(years, inner),
        "y": measure_axis("value", value_axis(max(values.values()), height)[1], height),
    }
    rows: list[Spec] = [{"year": year, "value": values.get(year, 0)} for year in years]
    whole = [row for row in rows if row["year"] not in partial]
    hatched = [row for row in rows if row["year"] in partial]
    counted = [{**row, "text": language.number(row["value"])} for row in rows if row["value"]]
    labels = [row for row in counted if text_width(row["text"], SMALL_SIZE) <= step]
    bar, outline = {"type": "bar", "color": colour("series-1")}, {"stroke": colour("series-1"), "strokeWidth": 1}
    layers = [
        layer(whole, bar, **place),
        layer(hatched, {**bar, "color": colour(NO_DATA), **outline}, **place),
        texts(labels, **place, align="center", fontSize=SMALL_SIZE, dy=-8),
        unit_label(unit, margins.left, -28),
    ]
    for year, words in partial.items():
        layers += complete_rule(step * years.index(year), height, words, inner)
    counts = listed(
        (language.year(row["year"]), row["text"] + (f" ({partial[row['year']]})" if row["year"] in partial else ""))
        for row in counted
    )
    return specification(
        layers,
        title=title,
        description=described(title, [unit, counts]),
        language=language,
        inner=(inner, height),
        margins=margins,
    )


def _year_axis(years: list[int], width: float) -> Spec:
    """The channel of years as bands, labelled as the width allows."""
    room = max(2, floor(width / 44))
    every = next((every for every in (1, 2, 5, 10, 20) if len(years) / every <= room), 50)
    return {
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
