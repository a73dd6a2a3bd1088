"""Charts as Vega-Lite specifications: plain data and words in, a plain dict out.

Every string that a reader sees is an argument, so the same chart speaks any language. Each specification carries its
title, a description that holds the numbers (for readers who do not see it) and its whole size in pixels, margins
included. Bars start at zero, lines are labelled where they end, and classes differ in lightness as well as in hue.
Below `layout.NARROW` pixels a chart is laid out for a telephone.

Rows of bars, keys and labels run from right to left in Arabic; time runs from left to right in every language.
"""

from comity.charts.bars import grouped_bars, stacked_share_bars
from comity.charts.choropleth import choropleth, map_note
from comity.charts.columns import columns
from comity.charts.lines import Line, cumulative_lines
from comity.charts.parts import Bar, Kind, Spec
from comity.charts.timeline import Milestone, timeline

__all__ = [
    "Bar",
    "Kind",
    "Line",
    "Milestone",
    "Spec",
    "choropleth",
    "columns",
    "cumulative_lines",
    "grouped_bars",
    "map_note",
    "stacked_share_bars",
    "timeline",
]
