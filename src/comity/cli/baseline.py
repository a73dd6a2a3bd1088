"""`comity baseline`: fix the value of an indicator in a year, and follow it from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.terminal.inputs import (
    AsAt,
    Dataset,
    OutputFormat,
    actor,
    areas_asked,
    day,
    day_or_today,
    known_at,
)
from comity.cli.terminal.printing import Format, print_some, say
from comity.cli.terminal.readiness import make_ready

if TYPE_CHECKING:
    from comity.analysis.baselines.path import Held

baseline = typer.Typer(
    no_args_is_help=True, help="Fix the value of an indicator in a year as a baseline, and follow it from there."
)
COLUMNS = ("indicator", "area", "name", "category", "on", "printed", "unit", "dataset", "as_at", "by", "remark")
PATH = ("indicator", "area", "name", "category", "baseline", "on", "printed", "change", "index", "unit", "reason")
WHERE = "command line"
Code = Annotated[str, typer.Argument(metavar="INDICATOR", help="Code of an indicator, as homicide-rate.")]
Anything = Annotated[str, typer.Argument(metavar="[INDICATOR]", help="Code of an indicator. All where left out.")]
Area = Annotated[str, typer.Option("--area", metavar="A", help="M49, ISO code, or name in any of the six languages.")]
Category = Annotated[
    str, typer.Option("--category", metavar="C", help="Which category is meant, where several have a value.")
]
By = Annotated[str, typer.Option("--by", help="Who does it, for the audit chain.")]


@baseline.command("set")
def baseline_set(
    indicator: Code,
    area: Area,
    on: Annotated[
        str, typer.Option("--on", metavar="YEAR", help="The year whose value is fixed; a day means its year.")
    ],
    as_at: AsAt = None,
    dataset: Dataset = None,
    category: Category = "",
    by: By = "",
    form: OutputFormat = Format.TABLE,
) -> None:
    """Fix the value of an indicator in a year, as known on a day, as a baseline; one set earlier is closed by it.

    Example: comity baseline set homicide-rate --area Brazil --on 2012 --as-at 2014-12-31
    """
    make_ready()
    from comity.analysis.baselines import ask, store

    known = known_at(None)
    [code] = areas_asked([area], known.names)
    wanted = ask.Wanted(indicator, code, _year(on), dataset, category)
    held = store.set_baseline(wanted, day_or_today(as_at, "--as-at"), by or actor(), WHERE)
    _print([held], form)


def _year(on: str) -> str:
    """The year that is meant, of a day the one in which it lies; raises BadInput for any other text."""
    from comity.statistics.releases.question import years_asked

    if len(on) > len("2012"):
        year = str(day(on, "--on").year).zfill(4)
        say(f"--on {on}: the value of {year} is taken, the year in which the day lies")
        return year
    return years_asked(on, "", WHERE).first


@baseline.command("list")
def baseline_list(
    as_at: AsAt = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """The baselines that stand, each with its value, whence it came, and whether its year was revised since.

    Example: comity baseline list --format json
    """
    make_ready()
    from comity.analysis.baselines import store

    _print(store.held(day_or_today(as_at, "--as-at")), form, as_at)


def _print(held: list[Held], form: Format, as_at: str | None = None) -> None:
    from comity.analysis.baselines import ask

    known = known_at(as_at)
    print_some([ask.record(one, ask.found_now(known, one), known.names) for one in held], form, COLUMNS)
    if not held:
        say("No baseline is set. “comity baseline set INDICATOR --area A --on YEAR” sets one.")


@baseline.command("follow")
def baseline_follow(
    indicator: Anything = "",
    area: Annotated[str, typer.Option("--area", metavar="A", help="Of this State or area alone.")] = "",
    as_at: AsAt = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Each later value against its baseline: the change, and an index with the baseline as 100.

    Example: comity baseline follow homicide-rate --area Brazil
    """
    make_ready()
    from comity.analysis.baselines import ask, store

    known = known_at(as_at)
    code = areas_asked([area], known.names)[0] if area else ""
    held = _followed(store.held_of(day_or_today(as_at, "--as-at"), indicator=_known_code(indicator), area=code))
    rows: list[dict[str, Any]] = [
        row for one in held for row in ask.step_records(one, ask.followed(known, one), known.names)
    ]
    print_some(rows, form, PATH)


def _followed(held: list[Held]) -> list[Held]:
    if not held:
        say("No baseline is set of this. “comity baseline set INDICATOR --area A --on YEAR” sets one.")
    return held


def _known_code(indicator: str) -> str:
    """The code of a declared indicator, or blank; raises UnknownName."""
    from comity.analysis.indicators.declared import declared

    return declared()[indicator].code if indicator else ""


@baseline.command("withdraw")
def baseline_withdraw(
    indicator: Code,
    area: Area,
    category: Category = "",
    by: By = "",
) -> None:
    """Withdraw a baseline: it is closed, and answers only as at a day on which it stood.

    Example: comity baseline withdraw homicide-rate --area Brazil
    """
    make_ready()
    from comity.analysis.baselines import store

    [code] = areas_asked([area], known_at(None).names)
    for one in store.withdraw_baseline(_known_code(indicator), code, category, by or actor(), WHERE):
        say(f"withdrawn: the baseline of {', '.join(one.baseline.of)}, {one.baseline.period}: {one.baseline.printed}")
