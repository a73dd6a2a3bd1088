"""What a chart needs to know of a language: its direction, and how it writes numbers."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from comity.charts.theme import TABLES

_EUROPEAN = "0123456789"
DECIMALS = 1
"""Decimals of rates and other measures, as charts print them."""


@dataclass(frozen=True, slots=True)
class Language:
    """Direction of writing, marks of numbers, and the ten digits where they are not the European ones."""

    code: str
    direction: Literal["ltr", "rtl"]
    decimal: str
    thousands: str
    digits: str = _EUROPEAN

    @property
    def mirrored(self) -> bool:
        """Whether rows of bars, keys and labels run from right to left. Time runs from left to right in all six."""
        return self.direction == "rtl"

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language prints it."""
        marks = {",": self.thousands, ".": self.decimal, **dict(zip(_EUROPEAN, self.digits, strict=True))}
        return "".join(marks.get(letter, letter) for letter in f"{value:,.{decimals}f}")

    def year(self, value: int) -> str:
        """A year, without a mark of thousands."""
        return "".join(self.digits[int(digit)] for digit in str(value))

    def separators(self) -> dict[str, Any]:
        """The same marks as d3's locale of numbers."""
        return {
            "decimal": self.decimal,
            "thousands": self.thousands,
            "grouping": [3],
            "currency": ["", ""],
            "numerals": list(self.digits),
        }


@cache
def _table() -> dict[str, Language]:
    with (TABLES / "languages.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["language"]: Language(
                row["language"], "rtl" if row["direction"] == "rtl" else "ltr", row["decimal"], row["thousands"]
            )
            for row in csv.DictReader(stream)
        }


def language(code: str) -> Language:
    """The language of a code such as `ar` or `zh-hans`; raises KeyError for one that is not among the six."""
    return _table()[code]
