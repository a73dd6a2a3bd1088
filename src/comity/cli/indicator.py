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
    day,
    known_at,
    today,
    years_asked,
)
from comity.cli.terminal.printing import Format, print_some
from comity.cli.terminal.readiness import make_ready

COMPUTED = (
    "area",
    "name",
    "indicator",
    "on",
    "printed",
    "headline",
    "unit",
    "low",
    "high",
    "method",
    "dataset",
    "published_on",
    "denominator",
    "reason",
)


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
    """An indicator of areas and years with its interval and denominator; `headline` marks the one that speaks.

    Example: comity indicator homicide-rate --area Brazil --period 2010:2012 --as-at 2014-12-31
    """
    make_ready()
    from comity.analysis.headlines.ask import records_of
    from comity.analysis.indicators.declared import DIMENSIONS
    from comity.statistics.store import known_on

    # A method of estimation may have a day of knowledge of its own, from which it speaks where none is given.
    years, known, known_by = years_asked(on, period), known_at(as_at), day(as_at, "--as-at") if as_at else None
    found = records_of(
        known_on,
        code,
        areas=areas_asked(area, known.names),
        first=years.first,
        last=years.last,
        dataset=dataset,
        as_at=known_by,
        today=today(),
    )
    print_some(found, form, (*COMPUTED, *DIMENSIONS))
