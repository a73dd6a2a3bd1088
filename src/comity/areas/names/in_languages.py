"""Names of countries in the languages of the world, as the Unicode Common Locale Data Repository (CLDR) gives them.

They are too many and too little checked to find an area by; beside its code they are believed.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from comity.evidence.languages import CODES

_OF_A_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?")
"""A locale of a language, or of a language in a script; those of single countries repeat its names."""
_COVERED = 240
"""Territories that a language names at least, of some 290; those with fewer came in before names were checked."""
_PARTS = frozenset({"England"})
"""The United Kingdom in Walser; whoever else writes it may mean the part."""


@lru_cache(maxsize=256)
def names_in_languages(iso2: str) -> frozenset[str]:
    """The names of a country, by its ISO 3166 code of two letters, in some two hundred languages.

    Left out are those that are also the name of a city of the country in one of the languages, such as “Tunis”: whoever
    writes it may mean the city. Cities are those after which time zones are named.
    """
    from babel.core import get_global  # here, since few files need it and it takes a while to load

    zones = [zone for zone, country in get_global("zone_territories").items() if country == iso2]
    zones = [zone for zone in zones if not _is_of_the_country(zone, iso2)]
    cities = {zone.rpartition("/")[2].replace("_", " ") for zone in zones}
    for language in _languages():
        cities |= {found["city"] for zone in zones if "city" in (found := language.get("time_zones", {}).get(zone, {}))}
    names = {name for language in _languages() if (name := language["territories"].get(iso2))}
    return frozenset(names - cities - _PARTS)


def _is_of_the_country(zone: str, iso2: str) -> bool:
    """Whether a time zone bears the name of its country, also where a city has it too: Indian/Maldives, Asia/Kuwait.

    Tunis only begins like its country.
    """
    from babel.localedata import load

    known = load("en")
    city = known["time_zones"].get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
    return known["territories"].get(iso2, "").startswith(city) and zone != "Africa/Tunis"


@lru_cache(maxsize=1)
def names_of_cities() -> frozenset[str]:
    """Cities and islands after which time zones are named, in the six languages and in small letters.

    Left out are those whose name a country bears too, such as Singapore.
    """
    from babel.core import get_global
    from babel.localedata import load

    zones = get_global("zone_territories")
    names = {zone.rpartition("/")[2].replace("_", " ") for zone in zones if zone.count("/") == 1}
    countries: set[str] = set()
    for language in CODES:
        known = load(language)
        names |= {found["city"] for zone in zones if "city" in (found := known["time_zones"].get(zone, {}))}
        countries |= set(known["territories"].values())
    return frozenset(map(str.casefold, names)) - frozenset(map(str.casefold, countries))


@lru_cache(maxsize=1)
def _languages() -> list[Mapping[str, Any]]:
    from babel import localedata

    names = filter(_OF_A_LANGUAGE.fullmatch, localedata.locale_identifiers())
    languages = (localedata.load(name) for name in names)
    return [one for one in languages if len(one.get("territories", ())) >= _COVERED]
