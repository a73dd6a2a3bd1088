"""One of every kind of chart for statistics, small but with all that it may have to show."""

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from comity.charts import drawing
from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.parts.layout import text_width
from comity.charts.specifications import Corridor, Estimate, Reference, Trend, TrendPoint

UNIT = "Victims of intentional homicide per 100,000 population"
JAMAICA = Trend(
    "Jamaica",
    [
        TrendPoint(2005, 61.0, 58.2, 63.9),
        TrendPoint(2006, 48.6, 46.0, 51.3),
        TrendPoint(2007, 57.1, status="interpolated"),
        TrendPoint(2010, 51.4, 49.0, 54.2),
        TrendPoint(2011, 40.0, 37.6, 42.5),
        TrendPoint(2012, 38.8, 36.5, 41.2, status="provisional"),
    ],
    breaks=[2011],
)
TRINIDAD = Trend(
    "Trinidad and Tobago",
    [
        TrendPoint(2005, 29.8),
        TrendPoint(2006, 28.5, status="imputed"),
        TrendPoint(2007, 29.9, status="carried"),
        TrendPoint(2008, 41.6),
    ],
)
AREAS = [
    Estimate("Ecuador", 5.8, 5.5, 6.2),
    Estimate("Venezuela (Bolivarian Republic of)", 56.3, 55.5, 57.2),
    Estimate("Montserrat", 19.9, 0.3, 110.9, low_count=True),
    Estimate("Brazil", 30.5),
]
REGIONS = [
    Estimate("Latin America and the Caribbean", 21.5, 20.9, 22.4, observed_share=0.93),
    Estimate("Asia", 2.9, 2.4, 3.8, observed_share=0.62),
    Estimate("Europe", 3.0, 2.9, 3.1, observed_share=0.998),
]
RATES = {"076": 30.5, "218": 5.8, "388": 57.0, "250": 1.3, "392": 0.2, "462": 0.8, "710": 35.7, "124": 1.8, "156": 0.6}
CORRIDORS = [
    Corridor("566", "380", 9200),
    Corridor("566", "250", 300),
    Corridor("642", "276", 3100),
    Corridor("804", "616", 900),
    Corridor("320", "484", 450),
    Corridor("380", "566", 20),
]
NAMES = {
    "566": "Nigeria",
    "380": "Italy",
    "250": "France",
    "642": "Romania",
    "276": "Germany",
    "804": "Ukraine",
    "616": "Poland",
    "320": "Guatemala",
    "484": "Mexico",
    "388": "Jamaica",
}


def statistics_charts(code: str = "en", width: float = 720) -> dict[str, dict[str, Any]]:
    """The charts by name."""
    common: dict[str, Any] = {"language": language(code), "width": width}
    return {
        "trends": charts.trend_lines([JAMAICA, TRINIDAD], title="Homicide", unit=UNIT, **common),
        "ranking": charts.ranking(
            AREAS,
            title="Homicide",
            unit=UNIT,
            low_count_note="fewer than 20 victims counted",
            **common,
        ),
        "regions": charts.bars_with_intervals(
            REGIONS, title="Homicide", unit=UNIT, reference=Reference(6.1, "World"), **common
        ),
        "rates": charts.rates_map(RATES, title="Homicide", unit=UNIT, no_data_label="No data", names=NAMES, **common),
        "multiples": charts.small_multiples([JAMAICA, TRINIDAD] * 3, title="Homicide", unit=UNIT, **common),
        "flows": charts.flows(
            CORRIDORS,
            NAMES,
            title="Trafficking in persons",
            unit="Detected victims",
            origins_label="Citizenship",
            destinations_label="Where they were found",
            others_label="Others",
            largest=4,
            **common,
        ),
        "flow map": charts.flow_map(
            CORRIDORS, NAMES, title="Trafficking in persons", unit="Detected victims", largest=4, **common
        ),
    }


def texts(spec: dict[str, Any]) -> list[str]:
    return [
        row["text"] for layer in spec["layer"] if layer["mark"]["type"] == "text" for row in layer["data"]["values"]
    ]


def rows(spec: dict[str, Any], kind: str, *fields: str) -> list[dict[str, Any]]:
    """The rows of all layers of a mark that hold the fields."""
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind and "values" in layer["data"] and isinstance(layer["data"]["values"], list)
        for row in layer["data"]["values"]
        if all(field in row for field in fields)
    ]


def channel(spec: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    """A channel of the first layer of a mark that has it."""
    found: dict[str, Any] = next(
        layer["encoding"][name]
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind and name in layer["encoding"]
    )
    return found


@dataclass(frozen=True)
class Box:
    """A text as it is drawn, and the pixels that it takes from the picture's own left and top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        """Whether more than a hairline of one lies on the other."""
        beside = self.right <= other.left + 1 or other.right <= self.left + 1
        return not (beside or self.bottom <= other.top + 1 or other.bottom <= self.top + 1)


def boxes(spec: dict[str, Any]) -> list[Box]:
    """The texts of the picture, placed as the drawer placed them and measured as `layout` measures them."""
    return list(_boxes(etree.fromstring(drawing.draw_svg(spec).encode()), 0.0, 0.0))


def _boxes(element: etree._Element, x: float, y: float) -> Any:
    if moved := re.match(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", "")):
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag.endswith("}text") and element.text:
        size = float(element.get("font-size", "12").removesuffix("px"))
        wide = text_width(element.text, size, bold=element.get("font-weight") == "bold")
        left = x - wide * {"end": 1.0, "middle": 0.5}.get(element.get("text-anchor", "start"), 0.0)
        yield Box(element.text, left, left + wide, y - size * 0.72, y + size * 0.2)
    for child in element:
        yield from _boxes(child, x, y)
