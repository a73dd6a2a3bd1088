"""The `comity` command: parses, calls, prints. No rule of the field stands here.

Exit status: 0 done, 1 a check failed, 2 bad input. Results go to stdout, everything said on the way to stderr.
"""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
resolution_app = typer.Typer(no_args_is_help=True, help="Read, compare and correct resolutions.")
report_app = typer.Typer(no_args_is_help=True, help="Build and verify the report.")
audit_app = typer.Typer(no_args_is_help=True, help="The audit chain.")
app.add_typer(resolution_app, name="resolution")
app.add_typer(report_app, name="report")
app.add_typer(audit_app, name="audit")


FINDING_COLUMNS = ("rule", "severity", "file", "place", "value", "expected", "message", "rejected")
SHOWN_LINES = 40
"""How many differences a terminal is shown before it is told how many more there are."""


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class TextFormat(StrEnum):
    """How a resolution is printed."""

    TEXT = "text"
    JSON = "json"
    AKN = "akn"


OutputFormat = Annotated[Format, typer.Option("--format", help="How to print.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The date the figure speaks of. Default: today.")]
AsAt = Annotated[str | None, typer.Option("--as-at", metavar="DATE", help="The state of knowledge. Default: today.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")]


def _today() -> date:
    from comity.evidence.store import now

    return now().date()


def _day(text: str, option: str) -> date:
    from comity.evidence.dates import read_date

    return read_date(text, "command line", option)


def _or_today(text: str | None, option: str) -> date:
    return _today() if text is None else _day(text, option)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _django() -> None:
    """Load the rooms; done only by commands that need them, so that `--help` answers at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    import django

    django.setup()


def _workspace(*, as_it_is: bool = False) -> None:
    """Load the rooms and make the workspace ready where it is not, saying so.

    With `as_it_is` one that was ever set up is left alone: a check must not bring in what it is to find.
    """
    _django()
    from comity.evidence import workspace
    from comity.site import setup

    if not (setup.is_ready() or (as_it_is and setup.was_made())):
        _say(f"Setting up the workspace {workspace.home()}")
        setup.prepare(_say)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_records(records: Sequence[Mapping[str, Any]], form: Format, *, columns: Sequence[str] = ()) -> None:
    """Print records of one shape: as JSON whole, as CSV or table the named columns (all where none are named)."""
    if form is Format.JSON:
        _print_json(list(records))
        return
    names = list(columns) or (list(records[0]) if records else [])
    if form is Format.CSV:
        stream = io.StringIO()
        writer = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        sys.stdout.write(stream.getvalue())
        return
    _print_table(names, ([_shown(record.get(name)) for name in names] for record in records))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _print_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = 240
    console.print(table)


def _print_first(lines: Sequence[str], elsewhere: str) -> None:
    for line in _first(lines, elsewhere):
        print(line)


def _first(lines: Sequence[str], elsewhere: str) -> list[str]:
    more = len(lines) - SHOWN_LINES
    return [*lines[:SHOWN_LINES], *([f"… and {more} more; {elsewhere}"] if more > 0 else [])]


def _read(path: Path) -> bytes:
    """A file's bytes; a missing one is bad input."""
    from comity.evidence.errors import BadInput, Fault

    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(Fault(str(path), "", error.strerror or "", "a file that can be read")) from None


def _write(path: Path, text: str) -> None:
    """Write a file that the user named; where that cannot be, it is bad input."""
    from comity.evidence.errors import BadInput, Fault

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(Fault(str(path), "", error.strerror or "", "a file that can be written")) from None


@app.command()
def up(
    port: Port = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Set up and build, then stop.")] = False,
    resolution: Annotated[Path | None, typer.Option(help="The official text of a resolution to import.")] = None,
) -> None:
    """Set up if needed, load the reference tables, build the report, serve the site.

    Example: comity up --port 8080
    """
    _django()
    from comity.evidence import workspace
    from comity.reports import build
    from comity.site import server, setup

    if not no_serve:
        server.require_free(port)
    _say(f"Workspace: {workspace.home()}")
    setup.prepare(_say)
    if resolution is not None:
        _import_files([resolution], Format.TABLE, dry_run=False)
    _say("Building the report")
    built = build.build(workspace.folder("reports") / "latest", as_at=_today())
    _say(f"  {built.directory}: {built.figures} figures, as at {built.on.isoformat()}")
    if no_serve:
        return
    _say(f"\nOpen http://localhost:{port}/ for the site, http://localhost:{port}/report/ for the report. Ctrl+C stops.")
    server.serve(port)


@app.command()
def serve(port: Port = 8000) -> None:
    """Serve the site from the workspace as it is.

    Example: comity serve --port 8080
    """
    _workspace()
    from comity.site import server

    server.require_free(port)
    _say(f"Open http://localhost:{port}/ — Ctrl+C stops.")
    server.serve(port)


@app.command()
def status(
    instrument: Annotated[
        str | None, typer.Argument(help="Its code, as UNTOC. All instruments where left out.")
    ] = None,
    on: On = None,
    as_at: AsAt = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Also list what changed since this date.")] = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """The status of a treaty at a date: signatories, parties, States, in force for, not yet party.

    Example: comity status UNTOC --on 2012-12-20 --format json
    """
    _workspace()
    from comity.instruments import store

    day, known = _or_today(on, "--on"), _or_today(as_at, "--as-at")
    from_day = None if since is None else _day(since, "--since")
    if instrument is None:
        if from_day is not None:
            raise typer.BadParameter("name the instrument whose changes are asked for", param_hint="--since")
        _print_records(store.summary(day, known), form)
        return
    found = store.status(instrument, day, known)
    record = found.as_json()
    if from_day is not None:
        record["changes"] = [change.as_json() for change in store.changes(instrument, from_day, day, known)]
    if form is Format.JSON:
        _print_json(record)
        return
    counts = ["signatories", "parties", "states", "in_force_for"]
    rows = [{"instrument": record["instrument"], "on": record["on"], **{key: record[key] for key in counts}}]
    if form is Format.CSV:
        _print_records(found.participants_json(), form)
        return
    _print_records(rows, form)
    if record["complete_through"] is None:
        print("No status data are held for this instrument.")
        return
    print(f"The register is complete through {record['complete_through']}.")
    names = ", ".join(entry["name"] for entry in record["not_party"])
    print(f"Member States not yet party ({len(record['not_party'])} of {record['members']}): {names}")
    for change in record.get("changes", ()):
        print(f"{change['date']}  {change['name']}  {change['action']}")


@app.command()
def figure(
    identifier: Annotated[str, typer.Argument(metavar="ID")], as_at: AsAt = None, form: OutputFormat = Format.TABLE
) -> None:
    """A figure with its method, arguments, and each input's origin and place.

    Example: comity figure parties.UNTOC.2012-12-20
    """
    _workspace()
    from comity.evidence.figures import figure as recompute

    record = recompute(identifier, as_at=_or_today(as_at, "--as-at")).as_json()
    if form is Format.JSON:
        _print_json(record)
        return
    if form is Format.CSV:
        _print_records(record["inputs"], form)
        return
    value = record["value"]
    print(f"{record['id']} = {value if not isinstance(value, dict) else 'a table, below'} ({record['unit']})")
    print(f"asked for by: {', '.join(record['asked_by']) or 'no paragraph'}")
    print(f"method {record['method']}, version {record['version']}:\n{record['docstring']}\n")
    if isinstance(value, dict):
        _print_table(["row", *value["columns"]], ([key, *map(_shown, cells)] for key, cells in value["rows"].items()))
    print(f"{len(record['inputs'])} inputs, digest {record['digest'][:16]}…")
    _print_records(record["inputs"], form, columns=["value", "label", "file", "place", "known_from"])


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Files of any kind that Comity knows by their content.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; store nothing.")] = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Bring in files: each is recognised by its content, checked whole, and stored whole or not at all.

    Example: comity import actions.csv --dry-run
    """
    _workspace()
    _import_files(files, form, dry_run=dry_run)


def _import_files(files: Sequence[Path], form: Format, *, dry_run: bool) -> None:
    """Bring in files one by one, each whole or not at all; exit status 2 where one is refused.

    What was done is printed also where the next file meets an error, so that nobody has to guess what is stored.
    """
    results: list[dict[str, Any]] = []
    try:
        for path in files:
            result, fate = _import_file(path, dry_run=dry_run)
            results.append(result)
            if form is Format.TABLE:
                _tell_plan(result, fate)
            elif len(files) > 1:
                _say(f"{result['file']}: {fate}")
    finally:
        if form is Format.JSON and results:
            _print_json(results[0] if len(files) == 1 else results)
        elif form is Format.CSV:
            findings = [finding for result in results for finding in result["findings"]]
            _print_records(findings, form, columns=FINDING_COLUMNS)
    if any(finding["severity"] == "error" for result in results for finding in result["findings"]):
        raise typer.Exit(2)


def _import_file(path: Path, *, dry_run: bool) -> tuple[dict[str, Any], str]:
    """What importing a file does, and in a few words whether it is stored; its errors are said on stderr."""
    from comity.evidence.errors import BadInput
    from comity.evidence.importing import carry_out, plan_import, refusal

    name = os.fsencode(path.name or str(path)).decode("utf-8", "replace")
    try:
        data = _read(path)
        importer, plan, source = plan_import(name, data)
    except BadInput as error:
        plan = refusal(name, error)
    if plan.errors:
        for line in _first([str(finding.fault()) for finding in plan.errors], "--format json lists them all"):
            _say(line)
        return plan.as_json(), f"{len(plan.errors)} errors; nothing is stored"
    if dry_run:
        return plan.as_json(), "dry run; nothing is stored"
    stored = carry_out(importer, plan, source, data, actor=_actor())
    return plan.as_json(), "stored" if stored else "held already; nothing is stored"


def _actor() -> str:
    import getpass

    try:
        return getpass.getuser()
    except OSError:
        return "command line"


def _tell_plan(result: Mapping[str, Any], fate: str) -> None:
    kind = result["kind"] or "of no kind that can be read"
    print(f"{result['file']}: {kind}, {result['rows']} rows, {result['rejected']} of them rejected")
    for word, sign in (("adds", "+"), ("changes", "~"), ("removed", "-")):
        lines = result["details"][word]
        print(f"  {word}: {result[word]}")
        for line in lines:
            print(f"    {sign} {line}")
    print(f"  unchanged: {result['unchanged']}")
    for finding in result["findings"]:
        if finding["severity"] != "error":
            print(f"  {finding['severity']}: {finding['place']} {finding['message']}")
    print(f"  {fate}")


@resolution_app.command("read")
def resolution_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text of a resolution.")],
    form: Annotated[TextFormat, typer.Option("--format")] = TextFormat.TEXT,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write here and not to stdout.")] = None,
) -> None:
    """Read a resolution: paragraphs, verbs, addressees, deadlines, references, footnotes. Nothing is stored.

    Example: comity resolution read 67-189.txt --format akn -o 67-189.xml
    """
    _django()
    from comity.mandates import akn, reader, resolution_json

    found = reader.read_bytes(_read(file), file.name)
    if form is TextFormat.JSON:
        text = json.dumps(resolution_json.to_json(found), ensure_ascii=False, indent=2) + "\n"
    elif form is TextFormat.AKN:
        text = akn.to_akn(found).decode("utf-8")
    else:
        text = resolution_json.to_text(found)
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text)


@resolution_app.command("schema")
def resolution_schema() -> None:
    """The JSON schema of what `resolution read --format json` prints.

    Example: comity resolution schema > resolution.schema.json
    """
    _django()
    from comity.mandates import resolution_json

    _print_json(resolution_json.schema())


@resolution_app.command("compare")
def resolution_compare(a: Path, b: Path, form: OutputFormat = Format.TABLE) -> None:
    """Compare two resolutions paragraph by paragraph: carried over, changed, new, dropped.

    Example: comity resolution compare 67-189.txt 78-223.txt
    """
    _django()
    from comity.mandates import compare, reader

    first, second = (reader.read_bytes(_read(path), path.name) for path in (a, b))
    comparison = compare.compare(first, second)
    if form is Format.JSON:
        _print_json(compare.to_json(comparison))
    elif form is Format.CSV:
        _print_records(compare.to_json(comparison)["pairs"], form, columns=["kind", "a", "b", "similarity"])
    else:
        sys.stdout.write(compare.to_text(comparison))


@resolution_app.command("confirm")
def resolution_confirm(
    paragraph: Annotated[str, typer.Argument(help="Its id, as A/RES/67/189#op21.")],
    field: Annotated[
        str, typer.Argument(help="line, asks, actors, conditions, deadline, recurrent, references or themes.")
    ],
    value: Annotated[
        str | None, typer.Argument(help="The right value as JSON; left out, what was read is confirmed.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who confirms.")] = "",
) -> None:
    """Confirm or correct what a rule inferred from a paragraph; it survives every re-reading.

    Example: comity resolution confirm 'A/RES/67/189#op21' deadline '"2014"' --by "A. Delegate"
    """
    _workspace()
    from comity.mandates import store

    store.confirm(paragraph, field, None if value is None else _json(value), by or _actor())
    _say(f"{paragraph}: {field} is {'confirmed' if value is None else 'corrected'} by {by or _actor()}")


def _json(text: str) -> Any:
    """A value that stands on the command line as JSON."""
    from comity.evidence.errors import BadInput, Fault

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(Fault("command line", "VALUE", text, 'a value as JSON, such as "2014", true or []')) from None


@report_app.command("build")
def report_build(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Default: the workspace's.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Default: the register's completeness date.")
    ] = None,
    as_at: AsAt = None,
    source: Annotated[
        Path | None, typer.Option(help="A report source of your own; default: the one that ships.")
    ] = None,
) -> None:
    """Build the report as HTML, DOCX and PDF, and list every figure that differs from the build before.

    Example: comity report build --on 2012-12-20 -o report/
    """
    _workspace()
    from comity.evidence import workspace
    from comity.reports import build

    options: dict[str, Any] = {"source": source} if source else {}
    directory = output or workspace.folder("reports") / "latest"
    built = build.build(
        directory, on=None if on is None else _day(on, "--on"), as_at=_or_today(as_at, "--as-at"), **options
    )
    _say(f"{built.directory}: {built.figures} figures, on {built.on.isoformat()}, as at {built.as_at.isoformat()}")
    lines = [f"{change.figure}: {change.before} → {change.after} ({change.why})" for change in built.changes]
    _print_first(lines, f"{built.directory / 'changes.json'} lists them all")


@report_app.command("verify")
def report_verify(directory: Annotated[Path, typer.Argument(metavar="DIR")], form: OutputFormat = Format.TABLE) -> None:
    """Recompute every figure of a built report from origins and tables; fail on any difference, naming it.

    Example: comity report verify comity-data/reports/latest
    """
    _workspace(as_it_is=True)
    from comity.reports import verify

    differences = verify.verify(directory)
    if form is not Format.TABLE:
        _print_records([difference.as_json() for difference in differences], form)
    else:
        _print_first([str(difference) for difference in differences], "--format json or csv lists them all")
    if differences:
        _say(f"{directory}: {len(differences)} differences")
        raise typer.Exit(1)
    _say(f"{directory}: every figure is as its sources give it")


@audit_app.command("verify")
def audit_verify() -> None:
    """Recompute the audit chain from its beginning and name the first event that does not follow.

    Example: comity audit verify
    """
    _workspace(as_it_is=True)
    from comity.evidence import chain, store

    broken = chain.first_break(store.events())
    number, value = store.head()
    if broken is not None:
        _say(f"event {broken} does not follow from those before it")
        raise typer.Exit(1)
    print(f"{number} events, head {value}")


def _status_and_sentence(error: Exception) -> tuple[int, str] | None:
    """How an error that a person can mend ends the command, and what is said of it; None for any other."""
    from django.db import DatabaseError, InterfaceError, OperationalError

    from comity.evidence import workspace
    from comity.evidence.errors import BadInput, ComityError

    if isinstance(error, ComityError):
        return (2 if isinstance(error, BadInput) else 1), str(error)
    if isinstance(error, OSError) and error.strerror:
        named = error.filename if isinstance(error.filename, str | Path) else ""
        ours = not named or Path(named).is_relative_to(workspace.home())
        return (1 if ours else 2), f"{named or 'The workspace'}: {error.strerror}"
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        said = str(error).splitlines()[0].rstrip(".")
        return 1, f"The database of the workspace {workspace.home()} cannot be used: {said}."
    return None


def main(run: Callable[[], Any] = app) -> None:
    """Run the command; an error that a person can mend is a sentence on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        run()
    except Exception as error:
        ending = _status_and_sentence(error)
        if ending is None:
            raise
        status_, said = ending
        for line in _first(said.splitlines(), "mend these first"):
            _say(line)
        sys.exit(status_)
