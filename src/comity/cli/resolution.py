"""`comity resolution`: read, compare and correct resolutions."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli.terminal.inputs import OutputFormat, actor, json_value, read_file, write_file
from comity.cli.terminal.printing import Format, print_json, print_records, say, tell_text
from comity.cli.terminal.readiness import load_rooms, make_ready

resolution = typer.Typer(no_args_is_help=True, help="Read, compare and correct resolutions.")


class TextFormat(StrEnum):
    """How a resolution is printed."""

    TEXT = "text"
    JSON = "json"
    AKN = "akn"


@resolution.command("read")
def resolution_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text of a resolution.")],
    form: Annotated[TextFormat, typer.Option("--format")] = TextFormat.TEXT,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write here and not to stdout.")] = None,
) -> None:
    """Read a resolution: paragraphs, verbs, addressees, deadlines, references, footnotes. Nothing is stored.

    Example: comity resolution read 67-189.txt --format akn -o 67-189.xml
    """
    load_rooms()
    from comity.evidence.files import budget

    text = budget.within(file.name, lambda: _as_read(file, form))
    if output is None:
        tell_text(text, end="")
    else:
        write_file(output, text)


def _as_read(file: Path, form: TextFormat) -> str:
    from comity.evidence.store import now
    from comity.mandates.formats import akn, resolution_json
    from comity.mandates.reading import reader

    found = reader.read_bytes(read_file(file), file.name, now().date())
    if form is TextFormat.JSON:
        return json.dumps(resolution_json.to_json(found), ensure_ascii=False, indent=2) + "\n"
    return akn.to_akn(found).decode("utf-8") if form is TextFormat.AKN else resolution_json.to_text(found)


@resolution.command("schema")
def resolution_schema() -> None:
    """The JSON schema of what `resolution read --format json` prints.

    Example: comity resolution schema > resolution.schema.json
    """
    load_rooms()
    from comity.mandates.formats import resolution_json

    print_json(resolution_json.schema())


@resolution.command("compare")
def resolution_compare(a: Path, b: Path, form: OutputFormat = Format.TABLE) -> None:
    """Compare two resolutions paragraph by paragraph: carried over, changed, new, dropped.

    Example: comity resolution compare 67-189.txt 78-223.txt
    """
    load_rooms()
    from comity.evidence.files import budget
    from comity.evidence.store import now
    from comity.mandates import compare
    from comity.mandates.reading import reader

    def compared() -> Any:
        today = now().date()
        first, second = (reader.read_bytes(read_file(path), path.name, today) for path in (a, b))
        found = compare.compare(first, second)
        return compare.to_text(found) if form is Format.TABLE else compare.to_json(found)

    comparison = budget.within(f"{a.name}, {b.name}", compared)
    if form is Format.JSON:
        print_json(comparison)
    elif form is Format.CSV:
        columns = ["kind", "change", "before", "after", "similarity"]
        print_records(comparison["paragraphs"], form, columns=columns)
    else:
        tell_text(comparison, end="")


@resolution.command("confirm")
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
    make_ready()
    from comity.mandates import store

    store.confirm(paragraph, field, None if value is None else json_value(value), by or actor())
    say(f"{paragraph}: {field} is {'confirmed' if value is None else 'corrected'} by {by or actor()}")
