"""The cells of a row, each read as what its column holds: a text, a word, a code, a day, a number, a yes or no.

What is wrong with a cell is noted with file, place, value and what was expected, and reading goes on, so that a person
is told of everything at once. What is noted of a cell belongs to a rule, a short name by which findings are counted.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from comity.evidence.dates import exact_day
from comity.evidence.errors import Fault
from comity.evidence.files.text_tables import Row
from comity.evidence.wording import gettext as _

T = TypeVar("T")

Note = Callable[[str, Fault], object]
"""Takes the rule that a cell breaks, and what is wrong with it."""


@dataclass
class RowCells:
    """A row of a text table, whose cells are read one by one.

    A column that the table lacks is blank in every row. `blank_means` says what a blank cell stands for, by column.
    """

    file: str
    row: Row
    note: Note
    blank_means: Mapping[str, str] = field(default_factory=dict)

    def place(self, column: str) -> str:
        """Where a cell of the row stands."""
        return f"{self.row.line}:{column}"

    def text(self, column: str) -> str:
        """A cell as it stands, without the spaces around it."""
        return self.row.cells.get(column, "").strip() or self.blank_means.get(column, "")

    def required(self, column: str, expected: str, rule: str = "form") -> str:
        """A cell that is not blank."""
        text = self.text(column)
        if not text:
            self.refuse(column, expected, rule)
        return text

    def matching(self, column: str, pattern: re.Pattern[str], expected: str) -> str:
        """A cell that matches a pattern whole."""
        text = self.text(column)
        if not pattern.fullmatch(text):
            self.refuse(column, expected)
        return text

    def at_most(self, column: str, longest: int, rule: str = "form") -> str:
        """A cell of so many characters and no more."""
        text = self.text(column)
        if len(text) > longest:
            self.refuse(column, _("at most %d characters") % longest, rule)
        return text

    def one_of(self, column: str, words: Collection[str]) -> str:
        """A cell that holds one of some words."""
        text = self.text(column)
        if text not in words:
            self.refuse(column, _("one of: %s") % ", ".join(words), "vocabulary")
        return text

    def flag(self, column: str) -> bool:
        """A cell that holds 0 or 1, for no or yes."""
        return self.one_of(column, ("0", "1")) == "1"

    def day(self, column: str, expected: str = "", rule: str = "day") -> date | None:
        """A cell that holds a day as YYYY-MM-DD, or nothing."""
        return self.read(column, exact_day, None, expected or _("a day as YYYY-MM-DD, or nothing"), rule)

    def spell(self, begins: str, ends: str) -> dict[str, date | None]:
        """Two cells that hold a half-open spell; its end comes after its beginning."""
        first, last = self.day(begins), self.day(ends)
        if first and last and last <= first:
            self.refuse(ends, _("a day after %s") % first.isoformat(), "spell")
        return {begins: first, ends: last}

    def whole_number(self, column: str, least: int, most: int, expected: str) -> int | None:
        """A cell that holds a whole number between two, in digits alone, or nothing."""

        def convert(text: str) -> int:
            # int() reads the digits of every script, and the longer a text is the longer it takes.
            if not (text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER and least <= int(text) <= most):
                raise ValueError(text)
            return int(text)

        return self.read(column, convert, None, expected)

    def read(self, column: str, convert: Callable[[str], T], blank: T, expected: str, rule: str = "form") -> T:
        """A cell as `convert` gives it; `blank` for a blank one, and for one of which `convert` raises ValueError."""
        text = self.text(column)
        if not text:
            return blank
        try:
            return convert(text)
        except ValueError:
            self.refuse(column, expected, rule)
            return blank

    def refuse(self, column: str, expected: str, rule: str = "form") -> None:
        """Note that a cell is not what was expected."""
        self.note(rule, Fault(self.file, self.place(column), self.text(column), expected))


_LONGEST_NUMBER = 20


def into(faults: list[Fault]) -> Note:
    """What adds all that is noted to a list of faults."""
    return lambda _rule, fault: faults.append(fault)
