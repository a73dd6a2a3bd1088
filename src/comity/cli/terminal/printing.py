"""What the commands print: records as JSON, CSV or a table, the first of many lines, and sentences on the way."""

import codecs
import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import Any

from comity.evidence.files.control_characters import UNPRINTED, harmless
from comity.evidence.files.formula_signs import inert
from comity.evidence.rounding import rounded

LISTED_ELSEWHERE = "--format json lists them all"
STATED_DIGITS = 12
"""More digits than these no source states; a value that has them was computed."""
SHOWN_DIGITS = 4
"""Digits of a computed value in a table; JSON and CSV have them all."""
SHOWN_LINES = 40
"""How many differences or findings a terminal is shown before it is told how many more there are."""


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_PARTING = str.maketrans({"\n": "\\n", "\t": "\\t"})


def on_one_line(text: str) -> str:
    """A text with its line feeds and tabs spelled out too: a name that holds one never looks like a line of ours."""
    return harmless(text).translate(_PARTING)


def _as_json(text: str) -> str:
    """JSON with the same characters spelled out in its own way."""
    return UNPRINTED.sub(lambda found: json.dumps(found[0])[1:-1], text)


class HarmlessStream(io.TextIOWrapper):
    """Standard error for all that is said on the way, by us or by the packages we use: no control characters."""

    def write(self, text: str) -> int:
        """Write a text with its control characters spelled out."""
        super().write(harmless(text))
        return len(text)


def say(sentence: str) -> None:
    """Say a sentence on the way, on stderr, at once; it is one line."""
    print(on_one_line(sentence), file=sys.stderr, flush=True)


def tell(sentence: str, end: str = "\n") -> None:
    """Print a sentence as a result, on stdout; it is one line."""
    print(on_one_line(sentence), end=end)


def tell_text(text: str, end: str = "\n") -> None:
    """Print a text of several lines as a result, on stdout."""
    print(harmless(text), end=end)


class Printed:
    """Standard output for what is written as UTF-8 in pieces, its control characters spelled out."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: bytes) -> int:
        """Print a piece."""
        sys.stdout.write(harmless(self._decoder.decode(data)))
        return len(data)


def print_line_of_json(value: Any, before: str) -> None:
    """Print a value as JSON on a line of its own, behind what stands before it."""
    sys.stdout.write(f"{before}\n{_as_json(json.dumps(value, ensure_ascii=False))}")


def print_json(value: Any) -> None:
    """Print a value as indented JSON, in its own letters."""
    print(_as_json(json.dumps(value, ensure_ascii=False, indent=2)))


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
        writer.writerows({name: _cell(value) for name, value in record.items()} for record in records)
        sys.stdout.write(harmless(stream.getvalue()))
        return
    print_table(names, ([shown(record.get(name)) for name in names] for record in records))


def _cell(value: Any) -> Any:
    return inert(value) if isinstance(value, str) else value


def shown(value: Any) -> str:
    """A value as a cell of a table shows it: what was computed to many digits, to those that a person reads."""
    if isinstance(value, float) and isfinite(value):
        spelled = Decimal(repr(value))
        if len(spelled.as_tuple().digits) > STATED_DIGITS:
            return f"{rounded(spelled, max(SHOWN_DIGITS - 1 - spelled.adjusted(), 0)):f}"
    return "" if value is None else str(value)


def print_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text under their columns' names, folded to the terminal, or 240 wide where there is none."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(on_one_line(name.replace("_", " ")), overflow="fold")
    for row in rows:
        table.add_row(*map(on_one_line, row))
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 240
    console.print(table)


def print_first(lines: Sequence[str], elsewhere: str, *, indent: str = "") -> None:
    """Print the first of many lines, and how many more there are and what lists them."""
    for line in first_lines(lines, elsewhere):
        tell(f"{indent}{line}")


def first_lines(lines: Sequence[str], elsewhere: str) -> list[str]:
    """The first `SHOWN_LINES` lines, and where there are more, a line that says how many and what lists them."""
    more = len(lines) - SHOWN_LINES
    return [*lines[:SHOWN_LINES], *([f"… and {more} more; {elsewhere}"] if more > 0 else [])]


def for_audience(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Records as they are printed: those that an operator asked for say whom they may be shown."""
    from comity.evidence.audience import audience_of, is_operator

    marked = {"audience": audience_of(confidential=True)} if is_operator() else {}
    return [{**record, **marked} for record in records]


def with_audience(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of a table, with that of the audience where an operator asked."""
    from comity.evidence.audience import is_operator

    return (*columns, "audience") if is_operator() else tuple(columns)


def print_some(records: Sequence[Mapping[str, Any]], form: Format, columns: Sequence[str]) -> None:
    """All records as JSON or CSV; of a table the first, and how many more there are."""
    records = for_audience(records)
    if form is not Format.TABLE:
        print_records(records, form)
        return
    print_records(records[:SHOWN_LINES], form, columns=with_audience(columns))
    tell_more(len(records) - SHOWN_LINES)


def tell_more(number: int) -> None:
    """Say how many records of a table were not printed, and what lists them; nothing where all were."""
    if number > 0:
        tell(f"… and {number} more; {LISTED_ELSEWHERE}")


def print_streamed(records: Iterable[Mapping[str, Any]]) -> None:
    """Print a list as JSON, a record a line, as its records come."""
    before = "["
    for record in records:
        print_line_of_json(record, before)
        before = ","
    tell_text("[]" if before == "[" else "\n]")
