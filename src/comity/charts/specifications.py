"""Charts as Vega-Lite specifications: plain data and words in, a plain dict out.

Every string that a reader sees is an argument, so the same chart speaks any language. Each specification carries its
title, a description that holds the numbers (for readers who do not see it) and its whole size in pixels, margins
included. Bars and rates start at zero, lines are labelled where they end and stop where data are missing, and classes
differ in lightness as well as in hue.
Below `layout.NARROW` pixels a chart is laid out for a telephone.

Rows of bars, keys and labels run from right to left in Arabic; time runs from left to right in every language.
"""

from comity.charts.cartography.choropleth import choropleth, map_note
from comity.charts.cartography.flows import flow_map
from comity.charts.cartography.rates import describe_map, quantile_limits, rates_map
from comity.charts.columns import columns
from comity.charts.cumulative_lines import Line, cumulative_lines
from comity.charts.divided_bars import Bar, stacked_share_bars
from comity.charts.flows import Corridor, describe_flows, flows
from comity.charts.parts.key import Kind
from comity.charts.parts.marks import Spec
from comity.charts.rankings import Estimate, Reference, bars_with_intervals, describe_estimates, ranking
from comity.charts.small_multiples import small_multiples
from comity.charts.trend_lines import trend_lines
from comity.charts.trend_points import Level, PointStatus, Trend, TrendPoint, describe_trends

__all__ = [
    "Bar",
    "Corridor",
    "Estimate",
    "Kind",
    "Level",
    "Line",
    "PointStatus",
    "Reference",
    "Spec",
    "Trend",
    "TrendPoint",
    "bars_with_intervals",
    "choropleth",
    "columns",
    "cumulative_lines",
    "describe_estimates",
    "describe_flows",
    "describe_map",
    "describe_trends",
    "flow_map",
    "flows",
    "map_note",
    "quantile_limits",
    "ranking",
    "rates_map",
    "small_multiples",
    "stacked_share_bars",
    "trend_lines",
]
