"""Whether calamine takes the values of a sheet's cells as they are meant, judged by whole arrays of bytes."""

import re
from typing import Any

import numpy as np

from comity.evidence.files.binary64 import SURELY_KEPT, unkept
from comity.evidence.workbooks.byte_arrays import MASKS, Letter, Piece
from comity.evidence.workbooks.shown_texts import ESCAPED

_SPELLED_OUT = re.compile(ESCAPED.encode())
_TIMES = 0x0101010101010101
_ZEROS, _LOW, _HIGH, _TO_TEN = (np.uint64(_TIMES * byte) for byte in (Letter.ZERO, 0x7F, 0x80, 0x80 - 10))
_SEVEN, _BYTE, _LESS_WITHOUT_ZERO = np.uint64(7), np.uint64(0xFF), np.uint64(Letter.LESS ^ Letter.ZERO)


def _are_digits(words: Any) -> Any:
    """Of each eight bytes whether they are one to seven digits and then a `<`."""
    word = words ^ _ZEROS
    others = (((word & _LOW) + _TO_TEN) | word) & _HIGH
    first = (others & (~others + np.uint64(1))) >> _SEVEN  # 1 in the place of the first byte that is no digit
    return (first > 1) & ((word & (first * _BYTE)) == first * _LESS_WITHOUT_ZERO)


def values_are_plain(piece: Piece) -> bool:
    """Whether calamine takes the values of all cells as they are meant.

    It takes of a number what stands before a reference to a character, a comment or an element, of several values and
    formulas the last, for a text by its number the first text of all where that is no number.
    """
    first = piece.first
    value_at = piece.value_at
    # Behind the value its end and the end of its cell: nothing stands in it, and nothing after it.
    if len(value_at) and (value_at[-1] + 2 >= len(first) or not len(piece.cell_at) or value_at[0] < piece.cell_at[0]):
        return False
    if np.any(first[1:][value_at] != Letter.SLASH) or np.any(first[2:][value_at] != Letter.SLASH):
        return False
    if not _inline_is_plain(piece) or not _formulas_are_plain(piece):
        return False
    others = value_at[~_are_digits(piece.words[3:][piece.tags[value_at]])]
    if len(others) and (np.any(_types(piece, others, _TYPE_S)) or not _numbers_are_kept(piece, others)):
        return False
    if b"_" in piece.chunk and _SPELLED_OUT.search(piece.chunk):
        return False
    return b"&" not in piece.chunk or _references_are_plain(piece)


def _numbers_are_kept(piece: Piece, value_at: Any) -> bool:
    """Whether none of some values is a number that its double does not hold as it is spelled; see `unkept`.

    All that may be so are looked at by themselves: those with letters, as `1E-999`, and long ones that are whole or
    nearly so.
    """
    at = piece.tags[value_at] + len("<v>")
    lengths = piece.tags[1:][value_at] - at
    if np.any(piece.letters[at - 1] != Letter.GREATER):
        return False
    words = [piece.words[step:][at] & MASKS[np.clip(lengths - step, 0, 8)] for step in (0, 8, 16)]
    doubted = ((words[0] | words[1] | words[2]) & _OF_LETTERS != 0) | (lengths > 24)
    long = np.flatnonzero((lengths > SURELY_KEPT) & ~doubted)
    if len(long):
        first = np.stack((words[0][long], words[1][long]), axis=1).view(np.uint8)
        before = np.argmax(first == Letter.POINT, axis=1)
        behind, next_to_it = (piece.letters[at[long] + before + step] for step in (1, 2))
        near = (behind == next_to_it) & ((behind == Letter.ZERO) | (behind == Letter.ZERO + 9))
        # Whole numbers of up to eleven digits are parted by more than a fraction that begins neither with 00 nor 99.
        doubted[long] = near | (before > 11) | (first[np.arange(len(long)), before] != Letter.POINT)
    doubted[doubted] = ~_are_small(piece, at[doubted], at[doubted] + lengths[doubted])
    listed = zip(value_at[doubted].tolist(), at[doubted].tolist(), lengths[doubted].tolist(), strict=True)
    return not any(
        unkept(piece.chunk[start : start + length].decode("utf-8", "replace")) and _may_be_number(piece, number)
        for number, start, length in listed
    )


def _are_small(piece: Piece, starts: Any, ends: Any) -> Any:
    """Of some values whether they are as programs write small fractions, `2.4000000000000001E-4`, which are kept."""
    letters = piece.letters
    behind = letters[starts + 1]
    headed = (letters[starts] - Letter.ZERO - 1 < 9) & ((behind == Letter.POINT) | (behind == Letter.EXPONENT))
    by_one = (
        (letters[ends - 3] == Letter.EXPONENT)
        & (letters[ends - 2] == Letter.MINUS)
        & (letters[ends - 1] - Letter.ZERO - 2 < 8)
    )
    by_two = (
        (letters[ends - 4] == Letter.EXPONENT)
        & (letters[ends - 3] == Letter.MINUS)
        & (letters[ends - 2] - Letter.ZERO - 1 < 9)
    )
    return headed & (by_one | by_two)


_OF_LETTERS = np.uint64(_TIMES * 0x40)
_TEXT_CELL = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")? t="(?:str|e)"(?: s="\d+")?>')


def _may_be_number(piece: Piece, value: int) -> bool:
    """Whether the cell of a value by the number of its tag does not surely hold a text."""
    return _TEXT_CELL.match(piece.chunk, piece.cells[np.searchsorted(piece.cell_at, value) - 1]) is None


def _formulas_are_plain(piece: Piece) -> bool:
    """Whether behind each formula its end stands, or the next tag where it is empty."""
    formula_at = piece.formula_at
    if len(formula_at) and formula_at[-1] + 1 == len(piece.first):
        return False
    behind = formula_at[piece.first[1:][formula_at] != Letter.SLASH] + 1
    return bool(np.all(piece.letters[piece.tags[behind] - 2] == Letter.SLASH))


def _inline_is_plain(piece: Piece) -> bool:
    """Whether the cells that say that their text stands in them have it so, in one `<t>`, and nothing after it."""
    first = piece.first
    of_inline = np.searchsorted(piece.tags, piece.types[piece.type_letters == Letter.I])
    if len(of_inline) and (
        of_inline[-1] == len(first) or np.any((first[of_inline] == Letter.V) | (first[of_inline] == Letter.F))
    ):
        return False
    begun = piece.inline_at
    if not len(begun):
        return True
    # Rich text is more than one `<t>`, of which the end, that of `<is>` and that of the cell come next.
    if begun[-1] + 4 >= len(first) or not np.array_equal(piece.of_name(Letter.T), begun + 1):
        return False
    lengths = (piece.tags[1:][begun + step] - piece.tags[begun + step] for step in (0, 2))
    if any(np.any(length != len("<is>")) for length in lengths):  # as long as `</t>`: no letters stand beside it
        return False
    return all(bool(np.all(first[begun + step] == Letter.SLASH)) for step in (2, 3, 4))


_TYPE_S, _TYPE_STR = b't="s"', b't="str"'


def _types(piece: Piece, value_at: Any, wanted: bytes) -> Any:
    """Of the cells of some values whether they state a type; those are, too, which seem to state several."""
    cell_at = value_at - 1
    if np.any(piece.first[cell_at] != Letter.C):
        cell_at = piece.cell_at[np.searchsorted(piece.cell_at, value_at) - 1]
    first = np.searchsorted(piece.types, piece.tags[cell_at])
    count = np.searchsorted(piece.types, piece.tags[1:][cell_at]) - first
    words = piece.words[np.append(piece.types, len(piece.chunk))[first]] & MASKS[len(wanted)]
    quoted, otherwise = (np.uint64(int.from_bytes(one, "little")) for one in (wanted, wanted.replace(b'"', b"'")))
    return (count > 1) | ((count == 1) & ((words == quoted) | (words == otherwise)))


def _references_are_plain(piece: Piece) -> bool:
    """Whether references to characters stand neither in the tags of rows and cells nor in values other than texts."""
    within = np.unique(np.searchsorted(piece.tags, np.flatnonzero(piece.letters == Letter.AMPERSAND)) - 1)
    if np.isin(within, np.append(piece.cell_at, piece.beginning(b"row"))).any():
        return False
    values = piece.value_at
    return bool(np.all(_types(piece, values[np.isin(values, within)], _TYPE_STR)))
