"""`comity estimate`: estimates for the world and its regions, by a named method."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.terminal.inputs import Areas, AsAt, Confidential, OutputFormat, areas_asked, day
from comity.cli.terminal.printing import Format, print_some
from comity.cli.terminal.readiness import make_ready

ESTIMATED = (
    "area",
    "name",
    "on",
    "printed",
    "headline",
    "unit",
    "count",
    "population",
    "observed_share",
    "low",
    "high",
    "method",
    "as_at",
    "published",
    "published_source",
    "reason",
)


def estimate(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="homicide, or homicide-count.")],
    method: Annotated[
        str, typer.Option("--method", metavar="M", help="study-2019 (where left out), comity-1 or study-2013.")
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="YEAR", help="2017, or 1990:2017. The method's own year, else the latest.")
    ] = "",
    area: Areas = None,
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Estimates for the world and each region of M49, or for some States and areas, by a named method.

    Example: comity estimate homicide --method study-2013 --on 2012 --format json
    Example: comity estimate homicide-rate --on 2005 --area Kazakhstan
    """
    make_ready()
    from comity.analysis.estimates.ask import estimates, of_m49
    from comity.analysis.headlines.ask import estimate_records
    from comity.areas.store import gazetteer
    from comity.evidence.store import now
    from comity.statistics.store import known_on

    # A method may have a day of knowledge of its own, from which it speaks where none is given.
    known_by = None if as_at is None else day(as_at, "--as-at")
    names = gazetteer(known_by)
    wanted = areas_asked(area, names)
    made = estimates(known_on, what, method=method, on=on, areas=wanted, as_at=known_by, today=now().date())
    records = estimate_records(made if wanted else of_m49(made), names, known_by or now().date())
    print_some(records, form, ESTIMATED)
