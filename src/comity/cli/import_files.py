"""`comity import`: the way in for files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.terminal.inputs import OutputFormat, actor, read_file
from comity.cli.terminal.printing import (
    LISTED_ELSEWHERE,
    Format,
    first_lines,
    print_first,
    print_json,
    print_records,
    say,
    tell,
)
from comity.cli.terminal.readiness import make_ready

if TYPE_CHECKING:
    from comity.evidence.errors import BadInput
    from comity.evidence.findings import Finding
    from comity.evidence.importing import Plan
    from comity.evidence.store import Source


FINDING_COLUMNS = ("rule", "severity", "file", "place", "value", "expected", "message", "rejected", "rows")


def import_(
    files: Annotated[list[Path], typer.Argument(help="Files of any kind that Comity knows by their content.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; store nothing.")] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which the files were published, as YYYY-MM-DD.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="TEXT", help="Who published them.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Their title. Default: the file's name.")] = None,
    url: Annotated[str | None, typer.Option(metavar="TEXT", help="The address from which they come.")] = None,
    licence: Annotated[str | None, typer.Option(metavar="TEXT", help="The terms on which they may be used.")] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What they speak of, for kinds of file that do not say.")
    ] = None,
    replaces: Annotated[
        bool,
        typer.Option(
            "--replaces",
            help="They replace what is held of their data set or symbol, also where they hold less or another text.",
        ),
    ] = False,
    withheld: Annotated[bool, typer.Option("--held", help="Mark them as held, for kinds of file that ask.")] = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Bring in files: each is recognised by its content, checked whole, and stored whole or not at all.

    What is said of their source holds for every file of the call.

    Example: comity import actions.csv --dry-run
    """
    make_ready()
    from comity.evidence.importing import source_as_said

    said = {
        "published": published,
        "publisher": publisher,
        "title": title,
        "url": url,
        "licence": licence,
        "subject": subject,
        "held": "true" if withheld else None,
        "replaces": "true" if replaces else None,
    }
    source = source_as_said({name: text for name, text in said.items() if text is not None})
    import_files(files, form, dry_run=dry_run, source=source)


def import_files(files: Sequence[Path], form: Format, *, dry_run: bool, source: Source | None = None) -> None:
    """Bring in files one by one, each whole or not at all; exit status 2 where one is refused.

    What was done is printed also where the next file meets an error, so that nobody has to guess what is stored.
    `source` is what was said of them all; each adds its name. A dry run of several rehearses them: what one would store
    counts for the next.
    """
    plans: list[Plan] = []
    try:
        for plan, fate in _imported(files, dry_run=dry_run, source=source):
            plans.append(plan)
            for line in first_lines([str(finding.fault()) for finding in plan.errors], LISTED_ELSEWHERE):
                say(line)
            if form is Format.TABLE:
                tell_plan(plan, fate)
            elif len(files) > 1:
                say(f"{plan.file}: {fate}")
    finally:
        results = [plan.as_json() for plan in plans] if form is not Format.TABLE else []
        if form is Format.JSON and results:
            print_json(results[0] if len(files) == 1 else results)
        elif form is Format.CSV:
            findings = [finding for result in results for finding in result["findings"]]
            print_records(findings, form, columns=FINDING_COLUMNS)
    if any(plan.errors for plan in plans):
        raise typer.Exit(1 if all(plan.failed_check for plan in plans if plan.errors) else 2)


def _imported(files: Sequence[Path], *, dry_run: bool, source: Source | None) -> Iterator[tuple[Plan, str]]:
    """What importing each file does and whether it is stored, each within the budget of a file."""
    from comity.evidence.files import budget
    from comity.evidence.importing import rehearsal

    rehearses = dry_run and len(files) > 1

    def work(paths: Sequence[Path]) -> Iterator[tuple[Plan, str]]:
        with ExitStack() as rehearsed:
            if rehearses:
                with budget.waiting():
                    rehearsed.enter_context(rehearsal())
            for path in paths:
                yield _import_file(path, dry_run=dry_run, rehearses=rehearses, source=source)

    for path, outcome in budget.each(files, work, together=rehearses):
        if isinstance(outcome, budget.Spent):
            yield _refused(path, outcome.refusal(_name(path)), dry_run=dry_run)
        else:
            yield outcome


def _import_file(path: Path, *, dry_run: bool, rehearses: bool, source: Source | None) -> tuple[Plan, str]:
    """What importing a file does, and in a few words whether it is stored."""
    from comity.evidence.errors import BadInput
    from comity.evidence.files import budget
    from comity.evidence.importing import carry_out, plan_import, record_refusal

    name = _name(path)
    named = source and replace(source, file=name, title=source.title or name)
    try:
        data = read_file(path)
        importer, plan, described = plan_import(name, data, named)
        budget.it_is_known()
        if not plan.errors and (rehearses or not dry_run):
            stored = carry_out(importer, plan, described, data, actor=actor())
            if not dry_run:
                return plan, "stored" if stored else "held already; nothing is stored"
    except BadInput as error:
        return _refused(path, error, dry_run=dry_run)
    if not plan.errors:
        return plan, "dry run; nothing is stored"
    if not dry_run:
        record_refusal(plan, data, actor=actor())
    return plan, _nothing_stored(plan)


def _refused(path: Path, error: BadInput, *, dry_run: bool) -> tuple[Plan, str]:
    """The plan of a file that cannot be read; the audit chain keeps that it was refused, where it has bytes."""
    from comity.evidence.errors import BadInput
    from comity.evidence.importing import record_refusal, refusal

    plan = refusal(_name(path), error)
    if not dry_run:
        with suppress(BadInput):
            record_refusal(plan, read_file(path), actor=actor())
    return plan, _nothing_stored(plan)


def _nothing_stored(plan: Plan) -> str:
    return f"{len(plan.errors)} errors; nothing is stored"


def _name(path: Path) -> str:
    """A file's name for readers."""
    return os.fsencode(path.name or str(path)).decode("utf-8", "replace")


def tell_plan(plan: Plan, fate: str) -> None:
    """Print what a plan does, and what its rules noticed without keeping the file out, the most useful first."""
    from comity.evidence.findings import most_useful_first

    tell(f"{plan.file}: {plan.kind or 'of no kind that can be read'}, ", end="")
    tell(f"{plan.rows} rows, {plan.rejected} of them rejected")
    for word, sign, count, lines in (
        ("adds", "+", plan.added, plan.adds),
        ("changes", "~", plan.changed, plan.changes),
        ("removed", "-", plan.gone, plan.removed),
    ):
        tell(f"  {word}: {count}")
        print_first([f"{sign} {line}" for line in lines], LISTED_ELSEWHERE, indent="    ")
    tell(f"  unchanged: {plan.unchanged}")
    told = {id(finding) for finding in plan.errors}
    noticed = most_useful_first(finding for finding in plan.findings if id(finding) not in told)
    print_first([f"{one.severity}: {_placed(one)}" for one in noticed], LISTED_ELSEWHERE, indent="  ")
    tell(f"  {fate}")


def _placed(finding: Finding) -> str:
    """What a finding says, with its place where it does not begin with that itself."""
    if not finding.place or finding.message.startswith(finding.place):
        return finding.message
    return f"{finding.place}: {finding.message}"
