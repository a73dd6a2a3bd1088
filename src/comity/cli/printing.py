"""What the commands print: records as JSON, CSV or a table, the first of many lines, and sentences on the way."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

SHOWN_LINES = 40
"""How many differences or findings a terminal is shown before it is told how many more there are."""


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def say(sentence: str) -> None:
    """Say a sentence on the way, on stderr, at once."""
    print(sentence, file=sys.stderr, flush=True)


def print_json(value: Any) -> None:
    """Print a value as indented JSON, in its own letters."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_records(records: Sequence[Mapping[str, Any]], form: Format, *, columns: Sequence[str] = ()) -> None:
    """Print records of one shape: as JSON whole, as CSV or table the named columns (all where none are named)."""
    if form is Format.JSON:
        print_json(list(records))
        return
    names = list(columns) or (list(records[0]) if records else [])
    if form is Format.CSV:
        stream = io.StringIO()
        writer = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        sys.stdout.write(stream.getvalue())
        return
    print_table(names, ([shown(record.get(name)) for name in names] for record in records))


def shown(value: Any) -> str:
    """A value as a cell of a table shows it."""
    return "" if value is None else str(value)


def print_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text under their columns' names, folded to the terminal, or 240 wide where there is none."""
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


def print_first(lines: Sequence[str], elsewhere: str, *, indent: str = "") -> None:
    """Print the first of many lines, and how many more there are and what lists them."""
    for line in first_lines(lines, elsewhere):
        print(f"{indent}{line}")


def first_lines(lines: Sequence[str], elsewhere: str) -> list[str]:
    """The first `SHOWN_LINES` lines, and where there are more, a line that says how many and what lists them."""
    more = len(lines) - SHOWN_LINES
    return [*lines[:SHOWN_LINES], *([f"… and {more} more; {elsewhere}"] if more > 0 else [])]
