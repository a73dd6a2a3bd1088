"""What a chart needs to know of a language: its direction, and how it writes numbers."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from comity.evidence.languages import LANGUAGES, language_of

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

    def across(self, x: float, width: float) -> float:
        """A place in pixels from the left edge of a width, told from its right edge where rows run from there."""
        return width - x if self.mirrored else x

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language prints it."""
        return self.marked(f"{value:,.{decimals}f}")

    def marked(self, english: str) -> str:
        """A number that is printed the English way, `1,234.5`, with the marks and digits of the language."""
        marks = {",": self.thousands, ".": self.decimal, **dict(zip(_EUROPEAN, self.digits, strict=True))}
        return "".join(marks.get(letter, letter) for letter in english)

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
    return {one.code: Language(one.site, one.direction, one.decimal, one.thousands) for one in LANGUAGES}


def language(code: str) -> Language:
    """The language of a code such as `ar` or `zh-hans`; raises KeyError for one that is not among the six."""
    return _table()[language_of(code).code]
