"""The one shape of every statistic, and the code lists of its dimensions.

Dimensions and statuses carry the codes of the SDMX cross-domain lists (CL_SEX, CL_AGE, CL_OBS_STATUS, CL_CONF_STATUS)
where these have one. `_T` is the total of a dimension, `_U` unknown, `_Z` not applicable: three different things.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from comity.observations.words.plain_text import is_sign

TOTAL, UNKNOWN, NOT_APPLICABLE = "_T", "_U", "_Z"
NATIONAL, FOREIGN = "NAT", "FOR"
"""Codes of citizenship: of the area itself, and of any other."""
WHOLE = (TOTAL, NOT_APPLICABLE)
"""Codes of a dimension that name no part: an observation with one of them is of all that its other codes mean."""

# Status of an observation (SDMX CL_OBS_STATUS 2.2).
NORMAL, BREAK, DIFFERS, ESTIMATED, FORECAST, IMPUTED = "A", "B", "D", "E", "F", "I"
NOT_COLLECTED, CANNOT_EXIST, NOT_SIGNIFICANT, MISSING = "L", "M", "N", "O"
PROVISIONAL, SUPPRESSED, LOW_RELIABILITY, UNVALIDATED = "P", "Q", "U", "V"
WITHOUT_VALUE = (NOT_COLLECTED, CANNOT_EXIST, MISSING)
"""Statuses that say that there is no value to have. A suppressed value exists, and is not among these."""

STATUSES = frozenset("ABDEFGHIJKLMNOPQSUVW")

# Confidentiality (SDMX CL_CONF_STATUS).
FREE, CONFIDENTIAL, NOT_FOR_PUBLICATION = "F", "C", "N"
CONFIDENTIALITIES = frozenset("FCDNS")
FREE_MARKS = (FREE, "")
"""The marks of what anyone may see; every other mark, also one that no list has, keeps its row from the public."""

PER_100000 = "per 100,000 population"
PERCENT = "percent"


def is_free(mark: str) -> bool:
    """Whether anyone may see what bears a mark of confidentiality."""
    return mark in FREE_MARKS


class Observation(NamedTuple):
    """A statistic as one origin states it at one place.

    `area` is the code of a State or area, `indicator` and `iccs` say what is counted, `breakdown` is any further
    dimension as `dimension:category`. `value` is None where none is published, and `status` says why; `text` is what
    stands at `place`, letter for letter. `repeat` is 0 where the origin states one value for a key; where it states
    several it numbers them from 1, since of two values neither is chosen in silence. `source` is the national or other
    source that the origin names, `note` what it says of the observation.
    """

    area: str
    indicator: str
    iccs: str
    sex: str
    age: str
    citizenship: str
    breakdown: str
    unit: str
    period: str
    repeat: int
    value: float | None
    text: str
    status: str
    confidentiality: str
    source: str
    note: str
    place: str


SERIES = ("area", "indicator", "iccs", "sex", "age", "citizenship", "breakdown", "unit")
"""What observations of one series share: all of the key but the period."""

UNREPEATED = (*SERIES, "period")
"""The key as an origin means it: one value each."""

KEY = (*UNREPEATED, "repeat")
"""What tells observations of one release apart."""

COLUMNS = Observation._fields

# The order of rows in a release: a country's series stand together, so that reading one touches few pages of the file.
ORDER = (*KEY, "place")


CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A code of our own, as of a data set or an indicator: homicide-count."""

_MARKS_OF_NOTES = re.compile("(?<!10)[⁰¹²³⁴-⁹₀-₉]+")
"""“Female¹” is “Female”; 10⁵ is a number."""


@lru_cache(maxsize=8192)
def slug(words: str) -> str:
    """Words of a published table as a code: lower case, without accents, joined by hyphens.

    Blank where all its letters are of other alphabets. Beside Latin ones those stay as their numbers, and signs do, so
    that “Population (женщины)” is not taken for “Population”. A hyphen at the end of a printed line ("environ-ment")
    cannot be told from another, and stays. Raised and lowered digits are marks of notes, but behind a 10.
    """
    apart = unicodedata.normalize("NFKD", _MARKS_OF_NOTES.sub("", words))
    plain = apart.encode("ascii", "ignore").decode()
    if not apart.isascii() and any(map(str.isalnum, plain)):
        plain = "".join(f"u{ord(one):x}" if _is_of_another_alphabet(one) else one for one in apart)
        plain = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _is_of_another_alphabet(letter: str) -> bool:
    """Whether a letter, digit or sign is none of the Latin alphabet."""
    latin = letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
    return (letter.isalnum() and not latin) or is_sign(letter)


RECORD = (
    "area",
    "iso3",
    "name",
    "indicator",
    "iccs",
    "sex",
    "age",
    "citizenship",
    "breakdown",
    "period",
    "value",
    "unit",
    "status",
    "confidentiality",
    "text",
    "source",
    "note",
    "release",
    "file",
    "place",
    "figure",
)
"""The columns of an observation as commands, exports and notebooks give it."""


def is_export(headings: Iterable[str]) -> bool:
    """Whether headings are those of an export of observations."""
    return {*RECORD} <= {*headings}
