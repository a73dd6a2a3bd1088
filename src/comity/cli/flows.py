"""`comity flows`: corridors from origin to destination."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli.terminal.inputs import AsAt, Confidential, OutputFormat, Period, Year, day_or_today, years_asked
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
    from comity.analysis.flows import facts as flow_store
    from comity.analysis.flows import figures as pure
    from comity.areas.store import gazetteer

    known = day_or_today(as_at, "--as-at")
    years = years_asked(on, period)
    found = flow_store.flows_of(what, first=years.first, last=years.last, as_at=known)
    if found.reason:
        say(found.reason)
    print_some(pure.records(found, gazetteer(known), largest), form, FLOWS)
