"""The tables that ship with this room: what the words and codes of publishers mean in ours, row by row."""

import csv
from collections.abc import Iterator
from pathlib import Path

_TABLES = Path(__file__).parent / "tables"


def rows_of(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table such as `sdg_series.csv`, by their headings."""
    with (_TABLES / table).open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)
