"""`comity indicator`: an indicator of areas and years, computed from observations."""

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
    Year,
    areas_asked,
    known_at,
    years_asked,
)
from comity.cli.terminal.printing import Format, print_some
from comity.cli.terminal.readiness import make_ready

COMPUTED = ("area", "name", "indicator", "on", "printed", "unit", "low", "high", "dataset", "denominator", "reason")


def indicator(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code of an indicator, as homicide-rate.")],
    area: Areas = None,
    period: Period = "",
    on: Year = "",
    dataset: Dataset = None,
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """An indicator of areas and years, computed from observations, with its interval and denominator.

    Example: comity indicator homicide-rate --area Brazil --period 2010:2012 --as-at 2014-12-31
    """
    make_ready()
    from comity.analysis.indicators.ask import indicator_values, record
    from comity.analysis.indicators.declared import DIMENSIONS

    years, known = years_asked(on, period), known_at(as_at)
    values = indicator_values(
        known, code, areas=areas_asked(area, known.names), first=years.first, last=years.last, dataset=dataset
    )
    print_some([record(value, known.names) for value in values], form, (*COMPUTED, *DIMENSIONS))
