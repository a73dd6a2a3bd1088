"""Times counted in days, weeks, months or years, in figures or words: “ninety days”."""

import re

# “three months”: the place in the list is the number less one.
_COUNTS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_COUNTED_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
# “90”, “a”, “one hundred and twenty”, “twenty-four”, “nine”.
COUNT = (
    r"\d{1,4}|an?|(?:one |a )?hundred(?: and [a-z-]+)?|"
    rf"(?:{'|'.join(_COUNTED_TENS)})(?:[- ](?:{'|'.join(_COUNTS[:9])}))?|{'|'.join(_COUNTS)}"
)
# “days”, “weeks”, “months”, “years”, without the plural.
UNIT = r"(?:day|week|month|year)"
# Working days are another unit, which no rule here turns into days; the other words change nothing.
KIND = r"(?:calendar|consecutive|full|(?P<working>working|business))"
# “ninety (90) calendar days”, “six months’”.
COUNTED = rf"(?P<count>{COUNT})[- ](?:\(\d{{1,4}}\) )?(?:{KIND} )?(?P<unit>{UNIT})s?[’']?"


def time(match: re.Match[str]) -> str:
    """A counted time in figures: "90 days", "30 working days"."""
    count, unit = _count(match["count"]), match["unit"].lower()
    kind = f"{match['working'].lower()} " if match["working"] else ""
    return f"{count} {kind}{unit}{'s' if count != 1 else ''}"


def _count(words: str) -> int:
    """A number in figures or words: "ninety", "twenty-four", "one hundred and twenty"."""
    if words.isdigit():
        return int(words)
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _COUNTS:
            total += _COUNTS.index(word) + 1
        elif word in _COUNTED_TENS:
            total += (_COUNTED_TENS.index(word) + 2) * 10
    return total or 1
