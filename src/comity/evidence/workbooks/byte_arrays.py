"""A piece of a workbook's sheet as arrays of bytes: where its tags and attributes are, and whether they are plain."""

import re
from typing import Any

import numpy as np


class Letter:
    """The letters of mark-up that are looked for, as bytes."""

    SPACE, QUOTE, AMPERSAND, APOSTROPHE, POINT, SLASH, COLON, LESS, EQUALS, GREATER, QUESTION, EXCLAMATION = (
        b" \"&'./:<=>?!"
    )
    A, ZERO, C, E, F, H, I, L, M, N, O, R, S, T, V = b"A0cefhilmnorstv"  # noqa: E741 - as they are written
    EXPONENT, MINUS = b"E-"


_BEYOND = b" " * 32
"""What is set before and behind a piece so that what is looked up about a mark is there."""
MASKS = np.array([2 ** (8 * length) - 1 for length in range(9)], np.uint64)
"""By a number of bytes, what keeps so many of eight."""


def _words(letters: Any) -> Any:
    """At each place the eight bytes from there as a number, the first byte the lowest."""
    return np.ndarray((len(letters) - 7,), "<u8", letters.data, 0, (1,))


class Piece:
    """The places of a piece's tags, each with the letter behind its `<`, and of its attributes, each by its `=`."""

    def __init__(self, chunk: bytes):
        self.chunk = chunk
        letters = np.frombuffer(b"".join((_BEYOND, chunk, _BEYOND)), np.uint8)
        before = len(_BEYOND)
        self.letters = letters[before:]
        self.words = _words(self.letters)
        self.tags = np.flatnonzero(self.letters == Letter.LESS)
        self.first = self.letters[1:][self.tags]
        equals = np.flatnonzero(self.letters == Letter.EQUALS)
        self.name_ends = letters[before - 1 :][equals]
        ahead = letters[before - 2 :][equals]
        self.named = (ahead <= Letter.SPACE) | (ahead == Letter.QUOTE) | (ahead == Letter.APOSTROPHE)
        of_ns = equals[(ahead == Letter.N) & (self.name_ends == Letter.S)]  # `xmlns`, or `spans`, as most rows have it
        self.may_declare = bool(np.any(self.letters[of_ns - 3] == Letter.L) or np.any(self.name_ends <= Letter.SPACE))
        self.equals = equals
        self.types = self.attributes(Letter.T)
        self.type_letters = self.letters[3:][self.types]
        self.cell_at = self.of_name(Letter.C)
        self.cells = self.tags[self.cell_at]
        self.value_at = self.of_name(Letter.V)
        self.formula_at = self.of_name(Letter.F)
        self.inline_at = self.ended(self.beginning(b"is"), 3)
        self.row_at = self.ended(self.beginning(b"row"), 4)  # `<rowBreaks` is another name

    def ended(self, match: Any, length: int) -> Any:
        """Of the numbers of some tags those whose name ends after so many letters, the `<` among them."""
        return match[self.letters[self.tags[match] + length] <= Letter.GREATER]

    def of_name(self, letter: int) -> Any:
        """The numbers of the tags whose name is a letter."""
        found = np.flatnonzero(self.first == letter)
        after = self.letters[2:][self.tags[found]]
        return found[(after <= Letter.SPACE) | (after == Letter.GREATER) | (after == Letter.SLASH)]

    def beginning(self, name: bytes) -> Any:
        """The numbers of the tags whose name begins so, a `/` included."""
        found = np.flatnonzero(self.first == name[0])
        for at, letter in enumerate(name[1:], start=2):
            found = found[self.letters[at:][self.tags[found]] == letter]
        return found

    def attributes(self, letter: int) -> Any:
        """The places of the attributes, in tags and in what looks so, whose name is a letter."""
        return self.equals[(self.name_ends == letter) & self.named] - 1

    def count(self, letter: int) -> int:
        """How many attributes there are, or what looks so, whose name is a letter."""
        return int(np.count_nonzero((self.name_ends == letter) & self.named))

    def is_plain(self) -> bool:
        """Whether there are no comments, sections, instructions, prefixes, nor spaces about the `=` of attributes."""
        instructions = np.count_nonzero(self.first == Letter.QUESTION)
        if (
            instructions > self.chunk.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml ")
            or Letter.EXCLAMATION in self.first
        ):
            return False
        if b":" in self.chunk:
            after = self.letters[1:][np.flatnonzero(self.letters == Letter.COLON)]
            if _PREFIXES_END[after].any() and _PREFIXED.search(self.chunk):
                return False
        quotes = self.letters[2:][self.types]
        if not np.all((quotes == Letter.QUOTE) | (quotes == Letter.APOSTROPHE)):
            return False
        spaced = self.equals[self.name_ends <= Letter.SPACE]
        return not len(spaced) or not self._names_end_with_spaces(spaced)

    def _names_end_with_spaces(self, equals: Any) -> bool:
        """Whether the reference, style or type of a row or cell may have spaces between its name and an `=`."""
        names, before = self.letters[equals - 2], self.letters[equals - 3]
        begun = (before <= Letter.SPACE) | (before == Letter.QUOTE) | (before == Letter.APOSTROPHE)
        return bool(np.any((names <= Letter.SPACE) | (np.isin(names, (Letter.R, Letter.S, Letter.T)) & begun)))


# Form controls have rows with prefixes, without attributes, that are none of the sheet's.
_PREFIXED = re.compile(rb":(?:(?:c|v|f|t|is|sheetData)[\s/>]|(?:row|mergeCell)\s)")
_PREFIXES_END = np.isin(
    np.arange(256), (Letter.C, Letter.V, Letter.F, Letter.T, Letter.I, Letter.S, Letter.R, Letter.M)
)
