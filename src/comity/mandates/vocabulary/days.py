"""The forms in which people write days, and the day that each of them names."""

import re
from datetime import date

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
MONTH = "(?:" + "|".join(_MONTHS) + ")"
# “20 December 2012”.
DATE = re.compile(rf"\b(?P<day>\d{{1,2}})\s(?P<month>{MONTH})\s(?P<year>\d{{4}})(?!\d)")


def parse_date(text: str) -> date | None:
    """The first day that a text names in any form that has one reading, None where none is or it does not exist."""
    match = first_day_in(text)
    return day_named(match) if match is not None else None


_NUMBER_OF_MONTH = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
# Words in which only the first three letters stand for sure: "Dec.", "Sept.".
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_ANY_MONTH = rf"(?P<month>{MONTH}|{_SHORT_MONTH})"
DAY_FORMS = (
    DATE,
    re.compile(DATE.pattern.replace(MONTH, MONTH.upper())),
    re.compile(rf"\b{_ANY_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?{_ANY_MONTH},?[\s-](?P<year>\d{{4}})(?!\d)"),
    re.compile(r"(?<![\w/-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])"),
    re.compile(
        r"(?<![\w/.])(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w/])"
    ),
)
"""The forms in which people write days; that of UN documents, “20 December 2012”, stands first."""


def first_day_in(text: str) -> re.Match[str] | None:
    """The first day that a text names in any of the forms."""
    return next((found for form in DAY_FORMS if (found := form.search(text))), None)


def day_named(match: re.Match[str]) -> date | None:
    """The day that one of the forms names; None where it does not exist, or day and month may be either number."""
    said = match.groupdict()
    if "first" in said:
        first, second = int(said["first"]), int(said["second"])
        if first != second and first <= 12 and second <= 12 and said["mark"] == "/":
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day, name = int(said["day"]), said["month"]
        month = int(name) if name.isdigit() else _NUMBER_OF_MONTH[name[:3].lower()]
    try:
        return date(int(said["year"]), month, day)
    except ValueError:
        return None
