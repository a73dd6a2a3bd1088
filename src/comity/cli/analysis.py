"""`comity estimate`, `comity indicator`, `comity trends`, `comity flows`: what is computed from observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.inputs import AsAt, Confidential, OutputFormat, day, day_or_today, for_audience, with_audience
from comity.cli.printing import SHOWN_LINES, Format, print_records, say, tell
from comity.cli.workspace import make_ready

if TYPE_CHECKING:
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
    from comity.analysis.estimates import facts
    from comity.analysis.estimates.ask import of_m49
    from comity.areas.store import gazetteer

    # A method may have a day of knowledge of its own, from which it speaks where none is given.
    known = None if as_at is None else day(as_at, "--as-at")
    names = gazetteer(known)
    found = facts.estimates(what, method=method, on=on, as_at=known)
    _print([facts.record(one, names) for one in of_m49(found)], form, ESTIMATED)


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
    from comity.analysis.indicators import facts as indicator_store
    from comity.areas.store import gazetteer

    known = day_or_today(as_at, "--as-at")
    years, names = _years(on, period), gazetteer(known)
    found = indicator_store.indicator_values(
        code, of_areas=_areas(area, known), first=years.first, last=years.last, dataset=dataset, as_at=known
    )
    _print([indicator_store.record(one, names) for one in found], form, (*COMPUTED, *DETAILED))


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
    from comity.analysis.trends import facts as trend_store
    from comity.analysis.trends import figures
    from comity.areas.store import gazetteer
    from comity.evidence.errors import BadInput, Fault

    if area and all_areas:
        raise BadInput(Fault("command line", "--all", "--all", "either --all or --area"))
    known = day_or_today(as_at, "--as-at")
    years, names = _years("", period), gazetteer(known)
    found = trend_store.trends_of(
        code,
        areas=_areas(area, known),
        dataset=dataset,
        iccs=iccs_code,
        first=years.first,
        last=years.last,
        as_at=known,
    )
    _print([figures.record(one, names) for one in found], form, TRENDS)


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
    from comity.analysis.flows import facts as flow_store
    from comity.analysis.flows import figures as pure
    from comity.areas.store import gazetteer

    known = day_or_today(as_at, "--as-at")
    years = _years(on, period)
    found = flow_store.flows_of(what, first=years.first, last=years.last, as_at=known)
    if found.reason:
        say(found.reason)
    _print(pure.records(found, gazetteer(known), largest), form, FLOWS)


def _areas(texts: Sequence[str] | None, known: date) -> tuple[str, ...]:
    from comity.areas.store import gazetteer
    from comity.statistics.releases import question

    return question.areas_asked(gazetteer(known), texts or (), "command line")


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
