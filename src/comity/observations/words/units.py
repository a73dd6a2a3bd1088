"""Words of units in cells and headings."""

import re

from comity.observations.observation import PER_100000

_RATE = re.compile(
    r"(?:(?:rate|deaths|victims|homicides) )?per 100[ ,.]?000(?: (?:total )?(?:population|inhabitants|people|persons))?"
)
"""“per 100,000 population”, “victims per 100 000”; “per 100,000 women” is none."""
_PERSONS = {
    "persons",
    "person",
    "people",
    "population",
    "inhabitants",
    "number",
    "number of persons",
    "count",
    "counts",
    "ps",
}


def unit_of(text: str) -> str | None:
    """The unit that words name: a rate per 100,000 of all people, or persons, also as a plain number; else None."""
    words = " ".join(text.casefold().replace("_", " ").split())
    if _RATE.fullmatch(words):
        return PER_100000
    return "persons" if words in _PERSONS else None
