"""`comity estimate`, `comity indicator`, `comity trends`, `comity flows`: what is computed from observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.inputs import AsAt, Confidential, OutputFormat, day, day_or_today, for_audience, with_audience
from comity.cli.printing import SHOWN_LINES, Format, print_records, say, tell
from comity.cli.workspace import make_ready

if TYPE_CHECKING:
    from comity.statistics.releases.known import Known
    from comity.statistics.releases.question import Years

commands = typer.Typer()

Areas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="A", help="M49, ISO code, or name in any of the six languages; may be given again."),
]
Period = Annotated[str, typer.Option("--period", metavar="P", help="2012, 2010:2012, 2010: or :2012.")]
Year = Annotated[str, typer.Option("--on", metavar="YEAR", help="The one year that is meant.")]
Dataset = Annotated[str | None, typer.Option("--dataset", metavar="D", help="Code of a data set, or id of a release.")]

ESTIMATED = ("area", "name", "on", "printed", "unit", "count", "population", "observed_share", "low", "high", "method")
COMPUTED = ("area", "name", "indicator", "on", "printed", "unit", "low", "high", "dataset", "denominator", "reason")
DETAILED = ("iccs", "sex", "age", "citizenship", "breakdown")
TRENDS = ("area", "name", "iccs", "dataset", "first", "last", "n", "slope", "low", "high", "p_adjusted", "verdict")
FLOWS = ("origin_name", "destination_name", "kind", "value", "low", "high", "period")


@commands.command()
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
    from comity.analysis.estimates.ask import estimates, of_m49, record
    from comity.areas.store import gazetteer
    from comity.evidence.store import now
    from comity.statistics.store import known_on

    # A method may have a day of knowledge of its own, from which it speaks where none is given.
    known_by = None if as_at is None else day(as_at, "--as-at")
    made = estimates(known_on, what, method=method, on=on, as_at=known_by, today=now().date())
    names = gazetteer(known_by)
    _print([record(each, names) for each in of_m49(made)], form, ESTIMATED)


@commands.command()
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

    years, known = _years(on, period), _known(as_at)
    values = indicator_values(
        known, code, areas=_areas(area, known), first=years.first, last=years.last, dataset=dataset
    )
    _print([record(value, known.names) for value in values], form, (*COMPUTED, *DETAILED))


@commands.command()
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
    """The trend of each series, its verdict and the reason; the series asked for of a data set are one family.

    Example: comity trends --indicator homicide-rate --area Brazil --area France --period 2003:2012 --format json
    """
    make_ready()
    from comity.analysis.trends.ask import trends_of
    from comity.analysis.trends.figures import record
    from comity.evidence.errors import BadInput, Fault

    if area and all_areas:
        raise BadInput(Fault("command line", "--all", "--all", "either --all or --area"))
    years, known = _years("", period), _known(as_at)
    found = trends_of(
        known,
        code,
        areas=_areas(area, known),
        dataset=dataset,
        iccs=iccs_code,
        first=years.first,
        last=years.last,
    )
    _print([record(trend, known.names) for trend in found], form, TRENDS)


@commands.command()
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
    from comity.analysis.flows.figures import records

    years, known = _years(on, period), _known(as_at)
    corridors = flows_of(known, what, first=years.first, last=years.last)
    if corridors.reason:
        say(corridors.reason)
    _print(records(corridors, known.names, largest), form, FLOWS)


def _known(as_at: str | None) -> Known:
    from comity.statistics.store import known_on

    return known_on(day_or_today(as_at, "--as-at"))


def _areas(texts: Sequence[str] | None, known: Known) -> tuple[str, ...]:
    from comity.statistics.releases import question

    return question.areas_asked(known.names, texts or (), "command line")


def _years(on: str, period: str) -> Years:
    from comity.statistics.releases import question

    return question.years_asked(on, period, "command line")


def _print(records: Sequence[Mapping[str, Any]], form: Format, columns: Sequence[str]) -> None:
    """All records as JSON or CSV; of a table the first, and how many more there are."""
    records = for_audience(records)
    if form is not Format.TABLE:
        print_records(records, form)
        return
    print_records(records[:SHOWN_LINES], form, columns=with_audience(columns))
    if len(records) > SHOWN_LINES:
        tell(f"… and {len(records) - SHOWN_LINES} more; --format json lists them all")
