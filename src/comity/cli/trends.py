"""`comity trends`: the trend of each series, with its verdict."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.terminal.inputs import (
    Areas,
    AsAt,
    Confidential,
    Dataset,
    OutputFormat,
    Period,
    areas_asked,
    known_at,
    years_asked,
)
from comity.cli.terminal.printing import Format, print_some
from comity.cli.terminal.readiness import make_ready

TRENDS = (
    *(
        "area",
        "name",
        "headline",
        "iccs",
        "dataset",
        "first",
        "last",
        "n",
        "first_value",
        "last_value",
        "change_percent",
    ),
    *("tau", "slope", "low", "high", "p_adjusted", "verdict"),
)


def trends(
    code: Annotated[
        str, typer.Option("--indicator", metavar="I", help="Code of an indicator that observations are held of.")
    ] = "homicide-rate",
    area: Areas = None,
    all_areas: Annotated[bool, typer.Option("--all", help="All areas, as where none is named.")] = False,
    period: Period = "",
    dataset: Dataset = None,
    iccs_code: Annotated[str, typer.Option("--iccs", metavar="C", help="ICCS code, as 0401.")] = "",
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """The trend of each series: change, slope, verdict and a sentence, judged among all series of the data set.

    Example: comity trends --indicator homicide-rate --area Brazil --area France --period 2003:2012 --format json
    """
    make_ready()
    from comity.analysis.headlines.ask import trend_records
    from comity.analysis.trends.ask import trends_of
    from comity.evidence.errors import BadInput, Fault

    if area and all_areas:
        raise BadInput(Fault("command line", "--all", "--all", "either --all or --area"))
    years, known = years_asked("", period), known_at(as_at)
    found = trends_of(
        known,
        code,
        areas=areas_asked(area, known.names),
        dataset=dataset,
        iccs=iccs_code,
        first=years.first,
        last=years.last,
    )
    print_some(trend_records(known, found), form, TRENDS)
