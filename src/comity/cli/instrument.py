"""`comity instrument`: what a saved page of the depositary says of a treaty."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.terminal.inputs import OutputFormat, day, read_file
from comity.cli.terminal.printing import Format, first_lines, print_json, print_records, say, tell
from comity.cli.terminal.readiness import make_ready

if TYPE_CHECKING:
    from datetime import date

instrument = typer.Typer(no_args_is_help=True, help="Read the depositary's own pages of treaties.")
COLUMNS = ("participant", "participant_name", "action", "date", "ended")


@instrument.callback()
def of_instruments() -> None:
    """Read the depositary's own pages of treaties."""


@instrument.command("read")
def instrument_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A saved status page: HTML, a web archive, or XML.")],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of an XML source, which bears none, as YYYY-MM-DD.")
    ] = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Read a status page of the United Nations Treaty Collection, of any treaty. Nothing is stored.

    Exit status 1 where the page's rows do not give its own totals, or a cell cannot be read.

    Example: comity instrument read XVIII-12.html --format json
    """
    make_ready()
    from comity.evidence.files import budget

    of_day = None if published is None else day(published, "--published")
    record = budget.within(file.name, lambda: _as_read(file, of_day))
    if form is Format.JSON:
        print_json(record)
    elif form is Format.CSV:
        print_records(record["actions"], form, columns=COLUMNS)
    else:
        _tell(record)
    for line in first_lines(record["findings"], "--format json lists them all"):
        say(line)
    if not record["agrees"]:
        raise typer.Exit(1)


def _as_read(file: Path, of_day: date | None) -> dict[str, Any]:
    from comity.evidence.store import now
    from comity.instruments.depositary.as_json import as_json
    from comity.instruments.depositary.reading import read_page
    from comity.instruments.store import participant_codes

    page = read_page(read_file(file), file.name, now().date(), of_day)
    return as_json(page, participant_codes(page.as_at))


def _tell(record: dict[str, Any]) -> None:
    tell(f"{record['mtdsg'] or 'number not stated'}: {record['title']}")
    tell(f"status as at {record['as_at'] or 'a day that is not stated'}; in force: {record['entry_into_force_text']}")
    for what in ("signatories", "parties"):
        stated, counted = record[what], record["counted"][what]
        shown = "none stated" if stated is None else str(stated)
        tell(f"{what}: {shown}; the rows give {'none' if counted is None else counted}")
    print_records(record["actions"], Format.TABLE, columns=COLUMNS)
    for what in ("declarations", "objections", "notifications", "territorial"):
        for entry in record[what]:
            words = " ".join((entry.get("kind") or "", entry["text"])).strip()
            tell(f"{what}: {entry['participant_name']}, {entry['date'] or 'no day of its own'}: {words[:120]}")
    for note in record["notes"]:
        tell(f"note {note['number']}: {note['text'][:120]}")
    for rest in record["residue"]:
        tell(f"not understood, line {rest['line']}, {rest['where']}: {rest['text'][:120]}")
