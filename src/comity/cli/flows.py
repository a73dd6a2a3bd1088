"""`comity flows`: corridors from origin to destination."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.terminal.inputs import AsAt, Confidential, OutputFormat, Period, Year, known_at, years_asked
from comity.cli.terminal.printing import Format, print_some, say
from comity.cli.terminal.readiness import make_ready

FLOWS = ("origin_name", "destination_name", "kind", "value", "low", "high", "period")


def flows(
    what: Annotated[str, typer.Argument(metavar="[victims|arms]", help="What flows are of.")] = "victims",
    on: Year = "",
    period: Period = "",
    as_at: AsAt = None,
    confidential: Confidential = False,
    largest: Annotated[
        int | None, typer.Option("--largest", min=1, metavar="N", help="The N largest corridors alone.")
    ] = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Corridors from origin to destination with bounds, the largest first; the latest year where none is named.

    Example: comity flows victims --on 2018 --largest 20
    """
    make_ready()
    from comity.analysis.flows.ask import flows_of
    from comity.analysis.flows.corridors import records

    years, known = years_asked(on, period), known_at(as_at)
    corridors = flows_of(known, what, first=years.first, last=years.last)
    if corridors.reason:
        say(corridors.reason)
    print_some(records(corridors, known.names, largest), form, FLOWS)
