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
    day_or_today,
    years_asked,
)
from comity.cli.terminal.printing import Format, print_some
from comity.cli.terminal.readiness import make_ready

COMPUTED = ("area", "name", "indicator", "on", "printed", "unit", "low", "high", "dataset", "denominator", "reason")
DETAILED = ("iccs", "sex", "age", "citizenship", "breakdown")


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
    from comity.analysis.indicators import facts as indicator_store
    from comity.areas.store import gazetteer

    known = day_or_today(as_at, "--as-at")
    years, names = years_asked(on, period), gazetteer(known)
    found = indicator_store.indicator_values(
        code, of_areas=areas_asked(area, known), first=years.first, last=years.last, dataset=dataset, as_at=known
    )
    print_some([indicator_store.record(one, names) for one in found], form, (*COMPUTED, *DETAILED))
