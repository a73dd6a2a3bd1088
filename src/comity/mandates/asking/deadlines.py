"""When what is asked falls due: a session, a day, a time counted from another."""

import re
from collections.abc import Iterable
from operator import itemgetter

from comity.mandates.asking.binding_words import binding_words
from comity.mandates.asking.counted_times import COUNT, COUNTED, KIND, UNIT, time
from comity.mandates.asking.held_sessions import Adoption
from comity.mandates.asking.past_acts import PAST
from comity.mandates.resolution import Ask
from comity.mandates.vocabulary.days import MONTH, parse_date
from comity.mandates.vocabulary.ordinals import ORDINAL, session_numbers

# “its 80th session”.
_NUMERAL = r"\d{1,3}(?:st|nd|rd|th)"
# “its sixty-eighth session”, “its 68th session”.
_SESSION = rf"(?:{ORDINAL}|{_NUMERAL})"
# “at its sixty-eighth session”, “no later than its resumed thirtieth and thirty-first sessions”.
_SESSION_DUE = re.compile(
    rf"\b(?:at|during|before|before the end of|prior to|in advance of|ahead of|in time for|no later than|not later than"
    rf"|by|to|for|of|until) (?:its|the|their|his) (?P<which>(?:resumed |reconvened |the )*{_SESSION}"
    rf"(?:(?:,| and|,? and its|,? and at its) {_SESSION})*)(?: (?:annual|regular|substantive|resumed"
    rf"|reconvened))*(?P<special>(?: emergency)? special)? sessions?\b",
    re.IGNORECASE,
)
# "the convening of the eighth session of the Commission" is no day by which anything is due.
_OF_A_BODY = re.compile(r" of the (?:Conference|Commission|Committee|Council|Working)\b", re.IGNORECASE)
# “by 2015”, “not later than on 1 May”, “at the latest by June 2016”.
_BY = (
    r"by|before|until|till|prior to|ahead of|in advance of|(?:no|not) later than(?: on)?|at (?:the )?latest (?:by|on)"
    r"|on or before|not after"
)
# “30 June 2015”, “June 30th, 2015”, “30.6.2015”, “the 1st of May 2015”, “June 2015”, “2015”.
_DAY = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d"
    rf"|(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?(?:{MONTH},? )?(?:19|20)\d\d)"
)
# “31 June 2015” names a day, and “June 2015” none.
_OF_A_MONTH = re.compile(rf"\d (?:of )?{MONTH},? |{MONTH} \d{{1,2}}\D|\d\.")
# “the 1st of May 2015” as “1 May 2015”.
_OF_A_DAY = re.compile(r"(?<=\d)(?:st|nd|rd|th)?(?: of)?(?= [A-Z])|^the ")
# “the first quarter of 2016”, “the second half of 2016”.
_PART_OF_A_YEAR = r"(?:first|second|third|fourth|last) (?:quarter|half) of (?:19|20)\d\d"
# “by the end of 2015”, “before mid-2015”, “on 1 May 2015 at the latest”.
_DAY_DUE = re.compile(
    rf"\b(?:{_BY}) (?:(?:the )?(?:end|close|beginning|start|middle) of (?:the year )?|mid-|early |late )?"
    rf"(?P<day>{_DAY})\b"
    rf"|\bon (?P<latest>{_DAY}),? at (?:the )?latest\b",
    re.IGNORECASE,
)
# “by the end of the first half of 2016”, “within the last quarter of 2016”.
_PART_DUE = re.compile(
    rf"\b(?:{_BY}|within|during) (?:the )?(?:(?:end|close|beginning|start|middle) of the )?"
    rf"(?P<part>{_PART_OF_A_YEAR})\b",
    re.IGNORECASE,
)
# "ninety days before the seventy-first session", "two weeks after 1 May 2016": a time counted from another one.
_OTHER_ANCHOR = (
    r"(?:the|its|their|each|every|any) (?:[A-Za-z-]+ ){0,4}?(?:sessions?|meetings?|Congress|Conference|elections?"
    r"|expiry|expiration|deadline|date)\b"
)
# “ninety days before the opening of its thirtieth session”, “two weeks after 1 May 2016”.
_TIME_COUNTED = re.compile(
    rf"\b{COUNTED} (?:(?P<before>before|prior to|in advance of|ahead of)|after|following|from) "
    r"(?:the (?:start|opening|beginning|commencement|convening|holding|date|close|closing|conclusion|end) of )?"
    rf"(?:(?:the|its|their|his|her) (?P<which>(?:resumed |next )*{_SESSION})"
    r"(?: (?:annual|regular|substantive|resumed|reconvened))*(?P<special>(?: emergency)? special)? session\b"
    rf"|(?:the )?(?P<day>{_DAY})\b|(?P<what>(?<=before ){_OTHER_ANCHOR}|(?<=prior to ){_OTHER_ANCHOR}))",
    re.IGNORECASE,
)
# “within one year thereafter”, “two years later”.
_THEREAFTER = re.compile(rf"\b(?:within )?{COUNTED} (?:thereafter|later|after that date)\b", re.IGNORECASE)
# “within ninety days”, “in two years’ time”, “in three months.”, “six months after adoption”.
_TIME_DUE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:within|(?:no|not) (?:later|more) than|at (?:the )?latest)"
        r" (?:a (?:maximum )?(?:period|limit) of |a maximum of |at most |the (?:next|following|coming|first) )?"
        rf"(?P<count>{COUNT})[- ](?:\(\d{{1,4}}\) )?(?:{KIND} )?(?P<unit>{UNIT})s?\b"
        r"(?! (?:before|prior|in advance|ahead|thereafter|later|after that date)\b)",
        rf"\b(?:in|within) (?P<count>{COUNT}) (?:{KIND} )?(?P<unit>{UNIT})s?[’'] time\b",
        rf"\bin (?!an? )(?P<count>{COUNT}) (?:{KIND} )?(?P<unit>{UNIT})s?(?=[,;.]|$)",
        rf"\b(?P<count>{COUNT}) (?:{KIND} )?(?P<unit>{UNIT})s? (?:after|from|following) (?:the |its |their )?"
        r"(?:date|day|adoption|entry|receipt|publication|conclusion|close|end|completion|issuance|present|submission)\b",
    )
)
# Without these no time or day can be named: looking for them first spares most of the searches.
_YEAR = re.compile(r"(?:19|20)\d\d")
# “ninety days”: any of the units.
_COUNTS_TIME = re.compile(r"(?:day|week|month|year)s?\b")
# A number whose hyphen stood at the end of a line, and got a space after it in an export.
_DIVIDED = re.compile(r"(?<=ty)- (?=[a-z])")


def deadline_of(asks: tuple[Ask, ...], below: Iterable[str] = (), adoption: Adoption | None = None) -> str:
    """When what is asked falls due, empty where nothing says it; several are parted by "; ".

    "session 68", "special session 30", a day (ISO), a year, a time from what the paragraph names ("within 90 days"), a
    time before one of these ("90 days before session 71"), or a time after the one named before ("within 1 year
    thereafter"). Only asks that bind or invite have one, and the points `below` such an ask. A deadline lies after the
    `adoption`: a session at which something was adopted earlier, or that had been held, is none, nor is a day before.
    """
    due: list[str] = []
    adoption = adoption or Adoption()
    for words, asked in binding_words(asks, below):
        found = _found_due(_DIVIDED.sub("-", words), adoption, asked)
        due += [each for _place, each in sorted(found, key=itemgetter(0))]
    return "; ".join(dict.fromkeys(due))


def _found_due(text: str, adoption: Adoption, asked: Iterable[str]) -> list[tuple[int, str]]:
    """The deadlines that a text names, each with its place; what counts from a day or session is one with it."""
    counts_time, has_year = _COUNTS_TIME.search(text) is not None, _YEAR.search(text) is not None
    found: list[tuple[int, str]] = []
    for match in _TIME_COUNTED.finditer(text) if counts_time else ():
        if not _is_past(text, match):
            side = "before" if match["before"] else "after"
            found += [(match.start(), f"{time(match)} {side} {anchor}") for anchor in _anchors(match)]
    counted = [match.span() for match in _TIME_COUNTED.finditer(text)] if found else []
    for match in _SESSION_DUE.finditer(text) if "ession" in text else ():
        convened = match.group().lower().startswith("of ") and _OF_A_BODY.match(text, match.end())
        if not (_is_past(text, match) or convened or _is_within(match, counted)):
            to_come = [one for one in _sessions(match) if not _is_held(one, match, adoption, asked)]
            found += [(match.start(), session) for session in to_come]
    for match in _DAY_DUE.finditer(text) if has_year else ():
        if not _is_within(match, counted):
            days = _due_date(match["day"] or match["latest"])
            found += [(match.start(), day) for day in days if not adoption.is_before(day)]
    for match in _PART_DUE.finditer(text) if has_year else ():
        if not (_is_past(text, match) or adoption.is_before(match["part"])):
            found.append((match.start(), match["part"]))
    for match in (match for pattern in _TIME_DUE for match in pattern.finditer(text)) if counts_time else ():
        if not (_is_past(text, match) or _is_within(match, counted)):
            found.append((match.start(), f"within {time(match)}"))
    if found and counts_time:
        found += [
            (match.start(), f"within {time(match)} thereafter")
            for match in _THEREAFTER.finditer(text, min(place for place, _each in found))
        ]
    return found


def _anchors(match: re.Match[str]) -> list[str]:
    """What a time is counted from: "session 71", a day, or in the text's words what falls on no day that it names."""
    if match["what"]:
        return [match["what"]]
    if match["day"]:
        return _due_date(match["day"])
    return _sessions(match)


def _is_within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in spans)


def _is_past(text: str, match: re.Match[str]) -> bool:
    # “recommendations made by the expert group at …”: the clause before, and not the whole paragraph.
    return PAST.search(text[max(0, match.start() - 200) : match.start()]) is not None


def _is_held(session: str, match: re.Match[str], adoption: Adoption, asked: Iterable[str]) -> bool:
    kind, _word, number = session.rpartition("session ")
    return adoption.is_held(int(number), kind.strip(), match.string, match.span(), asked)


def _sessions(match: re.Match[str]) -> list[str]:
    """The sessions of "its eightieth and eighty-first sessions", of "its 80th session", of its special ones."""
    kind = f"{match['special'].strip().lower()} " if match["special"] else ""
    numbers = session_numbers(match["which"]) or [int(number) for number in re.findall(r"\d+", match["which"])]
    return [f"{kind}session {number}" for number in numbers]


def _due_date(text: str) -> list[str]:
    """A day (ISO), or a month or year as it stands; none where a day is named that does not exist."""
    text = _OF_A_DAY.sub("", text)
    day = parse_date(text)
    if day is not None:
        return [day.isoformat()]
    return [] if _OF_A_MONTH.search(text) else [text]
