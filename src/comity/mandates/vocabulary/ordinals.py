"""Ordinals in words, by which sessions are named: “sixty-seventh”."""

import re

_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()  # noqa: SIM905
_TENS_STEMS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


def _ordinals() -> dict[str, int]:
    known = {word: number for number, word in enumerate(_UNITS, start=1)}
    for tens, word in enumerate(_TENS, start=2):
        known[word] = tens * 10
    for tens, stem in enumerate(_TENS_STEMS, start=2):
        known |= {f"{stem}-{unit}": tens * 10 + number for number, unit in enumerate(_UNITS[:9], start=1)}
    hundreds = {"hundredth": 100, "one hundredth": 100}
    return known | hundreds | {f"one hundred and {word}": 100 + number for word, number in known.items()}


ORDINALS = _ordinals()
ORDINAL = "(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + ")"


def session_numbers(text: str) -> list[int]:
    """The sessions that a text names by ordinals ("its eightieth and eighty-first sessions")."""
    return [ORDINALS[match.lower()] for match in re.findall(rf"\b{ORDINAL}\b", text, re.IGNORECASE)]
