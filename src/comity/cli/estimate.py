"""`comity estimate`: estimates for the world and its regions, by a named method."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.terminal.inputs import AsAt, Confidential, OutputFormat, day
from comity.cli.terminal.printing import Format, print_some
from comity.cli.terminal.readiness import make_ready

ESTIMATED = ("area", "name", "on", "printed", "unit", "count", "population", "observed_share", "low", "high", "method", "headline", "as_at")


def estimate(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="homicide, or homicide-count.")],
    method: Annotated[
        str, typer.Option("--method", metavar="M", help="comity-1 (where left out), or study-2013.")
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="YEAR", help="The year. The method's own, else the latest.")] = "",
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Estimates for the world and each region of M49, by a named method.

    Example: comity estimate homicide --method study-2013 --on 2012 --format json
    """
    make_ready()
    from comity.analysis.estimates.ask import estimates, of_m49
    from comity.analysis.headlines.ask import estimate_records
    from comity.areas.store import gazetteer
    from comity.evidence.store import now
    from comity.statistics.store import known_on

    # A method may have a day of knowledge of its own, from which it speaks where none is given.
    known_by = None if as_at is None else day(as_at, "--as-at")
    made = estimates(known_on, what, method=method, on=on, as_at=known_by, today=now().date())
    records = estimate_records(of_m49(made), gazetteer(known_by), known_by or now().date())
    print_some(records, form, ESTIMATED)
