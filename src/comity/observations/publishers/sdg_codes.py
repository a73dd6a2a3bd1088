"""The codes of the SDG Global Database: its series on crime and justice, units, sexes, ages and times."""

import re
from functools import lru_cache
from typing import NamedTuple

from comity.observations.observation import (
    NOT_APPLICABLE,
    TOTAL,
    UNKNOWN,
    slug,
)
from comity.observations.shipped_tables import rows_of
from comity.observations.words.ages import code_of_age
from comity.observations.words.days import calendar_day, months_in
from comity.observations.words.parts_of_year import names_part_of_year

UNITS = {"PT": "PERCENT"}
TOTALS = frozenset({"", TOTAL, "_Z", "All areas", "TOTAL", "ALLAREA", "ALLAGE", "BOTHSEX", "NOTAP"})
SEXES = {
    **{"BOTHSEX": TOTAL, "FEMALE": "F", "MALE": "M", TOTAL: TOTAL, "F": "F", "M": "M"},
    **{"_O": "O", "_U": UNKNOWN, "_X": NOT_APPLICABLE, "_Z": NOT_APPLICABLE},
}
_AGES = {"ALLAGE": TOTAL, TOTAL: TOTAL, "": TOTAL, "_U": UNKNOWN}
_SDMX_AGE = re.compile(r"Y(?:(?P<first>\d{1,3})T(?P<last>\d{1,3})|_GE\d{1,3}|_LT\d{1,3}|\d{1,3})")
"""Y0T17, Y_GE18."""
DIMENSIONS = frozenset(
    map(
        slug,
        (
            *("Location", "Cities", "Cause of death", "Disability status", "Education level", "Ethnicity"),
            *("Migratory status", "Population Group", "Type of occupation", "Custom Breakdown"),
        ),
    )
)
"""Dimensions of the export beside sex and age, which are known without the brackets about their headings too."""
_PART_OF_A_YEAR = re.compile(
    r"\d{4}[-/]?(?:[SHT][1-3]|Q[1-4]|M?(?:0[1-9]|1[0-2])(?:-\d\d)?(?:-M?\d\d)?|W\d\d)|\d{4}/[1-9]|P[1-3]Q"
    r"|half|quarterly|monthly|weekly|semest(?:er|ral)|semi-?annual(?:ly)?|half-?yearly|partial(?: year)?|полугодие"
    r"|[QSMHW]|(?:[1-9]|1[01]) ?months?",
    re.IGNORECASE,
)
"""A half, quarter, month, week or day of a year."""
_AMOUNT = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P?(?=\w)(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}W)?(?:{_AMOUNT}D)?(?:T(?:{_AMOUNT}H)?.*)?", re.IGNORECASE
)
"""A length of time (ISO 8601), by years, months, weeks, days and hours."""
_DAYS = (365, 30.5, 7, 1, 1 / 24)
_LEAST_OF_A_YEAR = 360
"""Days; a year of 52 weeks has 364."""
_DATES = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])(?!\d)")
"""2015-01-01, 20150101."""
_WHOLE_YEAR = re.compile(r"\d{4}-(?:01-01|12-31)|\d{4}-?M?01-M?12")
_YEAR_TO = re.compile(r"^(?:the )?(?:fiscal )?year (?:ending|ended|to)\b", re.IGNORECASE)
"""What names all of a year by its ends, or by its last month."""
NATURES_ESTIMATED = ("E", "M")
PLAIN_NATURES = ("", "C", "NA")
# Groups of the database that are no regions of M49: least developed, landlocked and small island countries, and regions
# that were made for the Goals.
GROUPS = frozenset({"62", "199", "432", "513", "514", "515", "543", "722", "747", "753"})


class Series(NamedTuple):
    """A series of the database: our indicator, unit, offence, the code of its units, and the part that it is of."""

    indicator: str
    unit: str
    iccs: str
    units: str
    breakdown: str


@lru_cache(maxsize=1)
def known_series() -> dict[str, Series]:
    """The series on crime and justice, by their codes."""
    return {
        row["series"]: Series(row["indicator"], row["unit"], row["iccs"], row["units"], row["breakdown"] or TOTAL)
        for row in rows_of("sdg_series.csv")
    }


@lru_cache(maxsize=256)
def is_of_part_of_year(text: str) -> bool:
    """Whether a detail of the time, or its length, is of less than a year: `2015-S1`, `Jun 2015`, `P6M`."""
    if _WHOLE_YEAR.fullmatch(text):
        return False
    days = [day for found in _DATES.findall(text) if (day := calendar_day(*found))]
    if len(days) == 2:
        return (days[1] - days[0]).days + 1 < _LEAST_OF_A_YEAR
    if match := _DURATION.fullmatch(text.rpartition("/")[2]):
        given = [float(amount.replace(",", ".")) if amount else 0 for amount in match.groups()]
        if any(given):
            return sum(amount * days for amount, days in zip(given, _DAYS, strict=True)) < _LEAST_OF_A_YEAR
    if _PART_OF_A_YEAR.fullmatch(text) or names_part_of_year(text):
        return True
    return len({*months_in(text)}) == 1 and not _YEAR_TO.search(text)


@lru_cache(maxsize=256)
def age_of(text: str) -> str | None:
    """The code of CL_AGE for an age of the export (`<18Y`, `18+`, `15-24`) or of SDMX (`Y0T17`, `Y_GE18`), or None."""
    if text in _AGES:
        return _AGES[text]
    match = _SDMX_AGE.fullmatch(text)
    if match and match["first"]:
        return code_of_age(f"{match['first']}-{match['last']}")
    return text if match else code_of_age(text.upper().removesuffix("Y"))
