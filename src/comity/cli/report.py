"""`comity report`: build and verify the report."""

from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli.terminal.inputs import AsAt, OutputFormat, actor, day, day_or_today
from comity.cli.terminal.printing import Format, print_first, print_records, say
from comity.cli.terminal.readiness import make_ready

report = typer.Typer(no_args_is_help=True, help="Build and verify the report.")


@report.command("build")
def report_build(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Default: the workspace's.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", help="Default: for each treaty the day through which its list is complete."
        ),
    ] = None,
    as_at: AsAt = None,
    source: Annotated[
        Path | None, typer.Option(help="A report source of your own; default: the one that ships.")
    ] = None,
) -> None:
    """Build the report as HTML, DOCX and PDF, and list every figure that differs from the build before.

    Example: comity report build --on 2012-12-20 -o report/
    """
    make_ready()
    from comity.evidence.files import budget
    from comity.evidence.workspaces import workspace
    from comity.reports import build

    if source:
        budget.within(source.name, lambda: build.try_to_read(source))
    options: dict[str, Any] = {"actor": actor(), **({"source": source} if source else {})}
    directory = output or workspace.folder("reports") / "latest"
    built = build.build(
        directory, on=None if on is None else day(on, "--on"), as_at=day_or_today(as_at, "--as-at"), **options
    )
    on = f"on {built.on.isoformat()}" if built.on else "each treaty on the day through which its list is complete"
    say(f"{built.directory}: {built.figures} figures, {on}, as at {built.as_at.isoformat()}")
    lines = [f"{change.figure}: {change.before} → {change.after} ({change.why})" for change in built.changes]
    print_first(lines, f"{built.directory / 'changes.json'} lists them all")


@report.command("verify")
def report_verify(directory: Annotated[Path, typer.Argument(metavar="DIR")], form: OutputFormat = Format.TABLE) -> None:
    """Recompute every figure of a built report from origins and tables; fail on any difference, naming it.

    Example: comity report verify comity-data/reports/latest
    """
    make_ready(as_it_is=True)
    from comity.reports.checks import verify

    differences = verify.verify(directory)
    if form is not Format.TABLE:
        print_records([difference.as_json() for difference in differences], form)
    else:
        print_first([str(difference) for difference in differences], "--format json or csv lists them all")
    if differences:
        say(f"{directory}: {len(differences)} differences")
        raise typer.Exit(1)
    say(f"{directory}: every figure is as its sources give it")
