"""The look of charts, and the design tokens that pages, charts and documents share.

A specification is coloured with the light values. Drawing turns them into classes for pages, where the stylesheet made
here decides between light, dark and print, and into the values of one mode where there is no stylesheet.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Mode = Literal["light", "dark", "print"]

TABLES = Path(__file__).parent / "tables"
CHART_FONT = "Noto Sans, sans-serif"
SCRIPT_FONTS = {
    "arabic": "Noto Sans Arabic, Noto Naskh Arabic, sans-serif",
    "han": "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
}
"""Typefaces of the texts that Noto Sans does not cover; Chinese comes from the system."""
FONT_STACKS = {
    "font-text": '"Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", '
    '"Microsoft YaHei", system-ui, sans-serif',
    "font-heading": '"Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", '
    '"SimSun", Georgia, serif',
}
TEXT_SIZE = 12
SMALL_SIZE = 11


@dataclass(frozen=True, slots=True)
class Token:
    """A colour with a meaning: its value on light paper, on dark, and in print, as `#rrggbb`."""

    name: str
    light: str
    dark: str
    print: str
    purpose: str

    def value(self, mode: Mode) -> str:
        """The colour in one mode."""
        return {"light": self.light, "dark": self.dark, "print": self.print}[mode]


@cache
def tokens() -> Mapping[str, Token]:
    """The table of tokens by name, in its order."""
    with (TABLES / "tokens.csv").open(encoding="utf-8", newline="") as stream:
        return MappingProxyType({row["name"]: Token(**row) for row in csv.DictReader(stream)})


def colour(name: str) -> str:
    """The light value of a token, as specifications carry it; raises KeyError for a token that is not in the table."""
    return tokens()[name].light


def series(index: int) -> str:
    """The token of the line or group at `index` (from 0); after the sixth they begin again."""
    return f"series-{index % 6 + 1}"


def configuration(separators: Mapping[str, Any]) -> dict[str, Any]:
    """Vega-Lite's `config`: no frames, hairline grid, one typeface. `separators` is d3's locale of numbers."""
    return {
        "font": CHART_FONT,
        "background": None,
        "view": {"stroke": None},
        "locale": {"number": dict(separators)},
        "axis": {
            "labelFontSize": TEXT_SIZE,
            "labelColor": colour("ink-soft"),
            "labelPadding": 6,
            "gridColor": colour("rule"),
            "gridWidth": 1,
            "domain": False,
            "ticks": False,
            "title": None,
        },
        "text": {"fontSize": TEXT_SIZE, "color": colour("ink")},
        "line": {"strokeWidth": 2, "strokeCap": "round"},
        "rule": {"color": colour("outline")},
    }


def _properties(mode: Mode, indent: str) -> str:
    return "".join(f"{indent}--{token.name}: {token.value(mode)};\n" for token in tokens().values())


def _classes() -> str:
    fills = "".join(f".cf-{name} {{ fill: var(--{name}); }}\n" for name in tokens())
    strokes = "".join(f".cs-{name} {{ stroke: var(--{name}); }}\n" for name in tokens())
    return fills + strokes


def stylesheet() -> str:
    """The text of `static/charts/tokens.css`: custom properties by mode, and the classes of charts."""
    fonts = "".join(f"  --{name}: {stack};\n" for name, stack in FONT_STACKS.items())
    return (
        "/* Made from tables/tokens.csv by comity.charts.theme.stylesheet; change the table, not this file. */\n"
        f":root {{\n  color-scheme: light dark;\n{fonts}{_properties('light', '  ')}}}\n"
        "@media (prefers-color-scheme: dark) {\n"
        f'  :root:not([data-theme="light"]) {{\n{_properties("dark", "    ")}  }}\n}}\n'
        f':root[data-theme="light"] {{ color-scheme: light; }}\n'
        f':root[data-theme="dark"] {{\n  color-scheme: dark;\n{_properties("dark", "  ")}}}\n'
        f'@media print {{\n  :root, :root[data-theme="dark"], :root:not([data-theme="light"]) {{\n'
        f"    color-scheme: light;\n{_properties('print', '    ')}  }}\n}}\n"
        ".chart svg { display: block; max-width: 100%; height: auto; }\n"
        ".chart-narrow { display: none; }\n"
        "@media (max-width: 639.98px) {\n  .chart-wide { display: none; }\n  .chart-narrow { display: block; }\n}\n"
        f"{_classes()}"
    )
