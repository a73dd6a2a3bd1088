"""The days on which editions were published that files name by a year alone: one publication has one date."""

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "tables" / "publications.csv"


class Edition(NamedTuple):
    """An edition of a data set: its title and the day of its publication."""

    title: str
    published: date


@lru_cache(maxsize=1)
def all_editions() -> dict[tuple[str, int], Edition]:
    """The editions of `publications.csv`, by data set and the year in their names."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {
            (row["dataset"], int(row["edition"])): Edition(row["title"], date.fromisoformat(row["published"]))
            for row in csv.DictReader(table)
        }


def edition(dataset: str, year: int) -> Edition | None:
    """The edition of a data set that a year names; None where its day is not held."""
    return all_editions().get((dataset, year))
