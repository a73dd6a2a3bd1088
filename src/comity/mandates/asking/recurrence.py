"""Whether an ask recurs, by its words: “continue”, “annually”, “every two years”."""

import re
from collections.abc import Iterable

from comity.mandates.asking.binding_words import binding_words
from comity.mandates.resolution import Ask

# “continues to support”, “report annually”, “every two years”, “at each session”, “on a regular basis”.
_RECURRENCE = re.compile(
    r"\bcontinu(?:e|es|ing)\b|\b(?:annually|biennially|triennially|quadrennially|quinquennially|biannually"
    r"|semi-?annually|quarterly|yearly|monthly|regularly|periodically)\b"
    r"|\b(?:annual|biennial|biannual|triennial|quadrennial|quinquennial|regular|periodic|yearly|quarterly)"
    r" (?:reports?|basis|review|update|briefing|collection|meeting|session)s?\b"
    r"|\bevery (?:(?:two|three|four|five|six|ten|second|third|fourth|fifth|other|[2-9]|1\d) )?(?:years?"
    r"|months|sessions?)\b|\b(?:once|twice|once every) (?:a|each|per|two|three) years?\b|\beach year\b"
    r"|\bat (?:each|every)(?: one)? (?:of its |regular |annual )*sessions?\b"
    r"|\bon an? (?:annual|regular|biennial|biannual|triennial|yearly|quarterly|continuing|ongoing|periodic) basis\b",
    re.IGNORECASE,
)


def recurrence_of(asks: tuple[Ask, ...], below: Iterable[str] = ()) -> str:
    """The words that make an ask recur ("continue", "annually", "every two years"), empty where none do.

    `below` are the points below such an ask.
    """
    for text, _asked in binding_words(asks, below):
        match = _RECURRENCE.search(text)
        if match is not None:
            return match.group().lower()
    return ""
