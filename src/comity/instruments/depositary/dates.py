"""Days as the depositary prints them: `9 Apr 2013 a` in a cell, `6 August 1999` above texts, `03-02-2026` above all."""

import difflib
import re
from dataclasses import dataclass
from datetime import date

from comity.instruments.actions.action import Action, ActionType

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS = {name.casefold(): number for names in (_SHORT, _LONG) for number, name in enumerate(names, start=1)}
# Slips that stand on English pages; each can be one month alone.
_MONTHS |= {"sept": 9, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12}
_CLOSE = 0.8
_CELL = re.compile(
    r"(?P<open>\[?) ?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) ?(?P<mark>[A-Za-z]{0,3}) ?(?P<close>\]?)"
)
WORDS = r"(?P<day>\d{1,2})(?:st|nd|rd|th)? ?(?P<month>[A-Za-zé]+)\.?,? ?(?P<year>\d{4})"
"""A day in words, as a pattern for texts whose blanks are tidied."""
_WORDS = re.compile(WORDS)
_OF_PAGE = re.compile(r"(?<!\d)(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)")


@dataclass(frozen=True)
class Cell:
    """A cell of the table of participants: its day, its mark as it stands, whether it is in square brackets."""

    date: date
    mark: str
    bracketed: bool


def cell_of(text: str) -> Cell | None:
    """What a cell says whose blanks are tidied; None for anything that is not one day with at most one mark."""
    found = _CELL.fullmatch(text)
    if found is None or found["month"] not in _SHORT or bool(found["open"]) != bool(found["close"]):
        return None
    day = _day(found["year"], _MONTHS[found["month"].casefold()], found["day"])
    return None if day is None else Cell(day, found["mark"], bool(found["open"]))


def printed_act(action: Action) -> str:
    """What of an act stands on the line of its cell, blanks as one: its day; of a withdrawal the bracket that says it.

    Nothing of what is declared: the day of that stands elsewhere.
    """
    if action.type is ActionType.WITHDRAWAL:
        return "["
    own = action.type.signs or action.type.binds or action.type is ActionType.PROVISIONAL_APPLICATION
    return f"{action.date.day} {_SHORT[action.date.month - 1]} {action.date.year}" if own and action.date else ""


def day_in_words(text: str) -> date | None:
    """The day with which a tidied text begins, its month spelled out or cut short; None where it begins otherwise."""
    found = _WORDS.match(text)
    return day_of_match(found) if found else None


def is_day(text: str) -> bool:
    """Whether a tidied text is a day in words and nothing else, but for marks of a note around it."""
    bare = text.removeprefix("On ").strip("*[]() .:")
    found = _WORDS.fullmatch(bare)
    return found is not None and day_of_match(found) is not None


def day_of_match(found: re.Match[str]) -> date | None:
    """The day of a match of WORDS; None where there is no such day."""
    month = _month(found["month"].casefold().replace("é", "e"))
    return _day(found["year"], month, found["day"]) if month else None


def _month(name: str) -> int | None:
    """A month by its name in small letters, also one that is misspelt, such as “decmeber”, and like no other."""
    if name in _MONTHS or len(name) < len("march"):
        return _MONTHS.get(name)
    near = difflib.get_close_matches(name, [one.casefold() for one in _LONG], 2, _CLOSE)
    return _MONTHS[near[0]] if len(near) == 1 else None


def day_of_page(text: str) -> date | None:
    """The status date of a page, day before month; None where there is none."""
    found = _OF_PAGE.search(text)
    return _day(found[3], int(found[2]), found[1]) if found else None


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
