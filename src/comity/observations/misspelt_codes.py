"""Codes of series that are not read and may be meant as one that is: left out as unread, and not as another series."""

from collections.abc import Collection, Iterable
from functools import lru_cache

MOST_LETTERS = 2
"""So many letters may be added, left out or written otherwise in a code that is meant as another."""


def may_be_meant(code: str, read: Iterable[str], other_series: Collection[str] = ()) -> bool:
    """Whether a code may be meant as one of those that are read; `others` are series of their own, near as they are."""
    return code not in other_series and any(_is_near(code, one) for one in read)


@lru_cache(maxsize=4096)
def _is_near(code: str, meant: str) -> bool:
    if abs(len(code) - len(meant)) > MOST_LETTERS:
        return False
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(code, start=1):
        before, row = row, [at]
        for place, beside in enumerate(meant):
            row.append(min(before[place] + (letter != beside), before[place + 1] + 1, row[place] + 1))
    return row[-1] <= MOST_LETTERS
