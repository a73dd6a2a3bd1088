"""Texts that a spreadsheet program would run as formulas, and the one mark that keeps them texts in our CSV.

Such a program takes `=`, `+`, `-` or `@` at the beginning of a cell for a formula, those of full width too in some
languages, and may leave out before it what is blank, quotes or marks that nobody sees; some begin a cell at a tab or
line end. What is marked already is marked once more, so that taking one apostrophe off gives every text back.
"""

import re
from collections.abc import Iterable

MARK = "'"
SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›′″＂＇"
_UNSEEN = (
    (0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x1680, 0x1680),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800),
    (0x3000, 0x3000), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Blanks, control characters and marks without a shape of their own, by their code points."""


def _class(characters: Iterable[str], ranges: Iterable[tuple[int, int]] = ()) -> str:
    """A class of characters that Python and RE2, which DuckDB speaks, read alike."""
    return "[" + "".join([*map(re.escape, characters), *(f"{_literal(a)}-{_literal(b)}" for a, b in ranges)]) + "]"


def _literal(code: int) -> str:
    return chr(code) if code > 0xFF else f"\\x{code:02x}"


STARTS = f"(?:{_class(_QUOTES, _UNSEEN)}*{_class(SIGNS)}|'*[\\t\\r\\n])"
"""How a text begins that would be run; and a whole number, which would not be."""
NUMBER = " *[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)? *"

_starts = re.compile(STARTS)
_number = re.compile(NUMBER)
_cell_of_a_line = re.compile(f"(?<=[,;\t])(?={STARTS})")


def runs(text: str) -> bool:
    """Whether a spreadsheet program would run the text, were it a cell of a CSV."""
    return _starts.match(text) is not None and _number.fullmatch(text) is None


def inert(text: str) -> str:
    """The text as a cell of a CSV, behind an apostrophe where it would be run."""
    return MARK + text if runs(text) else text


def bare(cell: str) -> str:
    """The text that was written as a cell of a CSV."""
    return cell[1:] if cell.startswith(MARK) and runs(cell[1:]) else cell


def inert_line(line: str) -> str:
    """A line of prose in a CSV, which a spreadsheet program parts at commas: each part that would be run is marked."""
    return _cell_of_a_line.sub(MARK, inert(line))
