"""What the words of published tables mean in our codes: indicators, offences, sex, age and units."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.observations.observation import NOT_APPLICABLE, PER_100000, TOTAL, UNKNOWN, slug

UNSPECIFIED = "_X"
"""The code of a dimension whose cell is blank: it says neither “total” nor “unknown”."""

TABLES = Path(__file__).parent / "tables"

_TOTALS = {
    "total", "all", "both", "both sexes", "totals", "all ages", "total (all ages)", "_t",
    "ambos sexos", "todos", "les deux sexes", "tous", "оба пола", "всего", "المجموع", "كلا الجنسين", "合计", "两性",
}  # fmt: skip
_UNKNOWN = {"unknown", "not known", "unknown status", "no information", "not specified", "no determinada"}
_NOT_APPLICABLE = {"na", "n/a", "not applicable"}
_SEXES = {
    "male": "M", "males": "M", "men": "M", "female": "F", "females": "F", "women": "F", "other": "O",
    "hombre": "M", "hombres": "M", "masculino": "M", "mujer": "F", "mujeres": "F", "femenino": "F",
    "feminino": "F", "mulher": "F", "mulheres": "F", "homem": "M", "homens": "M", "weiblich": "F", "männlich": "M",
    "homme": "M", "hommes": "M", "masculin": "M", "femme": "F", "femmes": "F", "féminin": "F",
    "мужской": "M", "мужчины": "M", "женский": "F", "женщины": "F", "ذكر": "M", "ذكور": "M", "أنثى": "F", "إناث": "F",
    "男": "M", "女": "F",
}  # fmt: skip
_AGES = {"adult": "Y_GE18", "adults": "Y_GE18", "juvenile": "Y_LT18", "juveniles": "Y_LT18", "minor": "Y_LT18"}
_YEARS = r"(?: years?)?"
_BETWEEN = re.compile(rf"(\d{{1,3}})\s*(?:-|–|to)\s*(\d{{1,3}}){_YEARS}")
_OR_MORE = re.compile(rf"(\d{{1,3}})\s*(?:\+|{_YEARS} ?(?:or|and) (?:more|over|older))|over (\d{{1,3}}){_YEARS}")
_UNDER = re.compile(rf"(?:under|below|less than|<)\s*(\d{{1,3}}){_YEARS}")
_SINGLE = re.compile(rf"(\d{{1,3}}){_YEARS}")
_RATE = re.compile(
    r"(?:(?:rate|deaths|victims|homicides) )?per 100[ ,.]?000(?: (?:total )?(?:population|inhabitants|people|persons))?"
)
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


@dataclass(frozen=True)
class Meaning:
    """An indicator of a published table: our code without its measure, what it counts, and the offence if any."""

    base: str
    unit: str
    iccs: str


@lru_cache(maxsize=1)
def _indicators() -> dict[tuple[str, str, str], Meaning]:
    with (TABLES / "published_indicators.csv").open(encoding="utf-8", newline="") as table:
        return {
            (row["collection"], slug(row["published"]), slug(row["category"])): Meaning(
                row["base"], row["unit"], row["iccs"]
            )
            for row in csv.DictReader(table)
        }


@lru_cache(maxsize=1)
def _categories() -> dict[str, tuple[str, str]]:
    with (TABLES / "published_categories.csv").open(encoding="utf-8", newline="") as table:
        return {slug(row["published"]): (row["iccs"], row["breakdown"]) for row in csv.DictReader(table)}


@lru_cache(maxsize=4096)
def indicator(collection: str, published: str, category: str) -> Meaning | None:
    """What a published indicator means in a collection (`GLOTIP`, `CTS`, …), or None where the table does not say.

    Some indicators change their meaning with the category: prison capacity counts places, or facilities.
    """
    words, within = slug(published), slug(category)
    for key in ((collection, words, ""), ("", words, within), ("", words, "")):
        if key in _indicators():
            return _indicators()[key]
    return None


def names_its_category(published: str, category: str) -> bool:
    """Whether the category is what the indicator counts, and so no breakdown of it."""
    within = slug(category)
    return within != "" and ("", slug(published), within) in _indicators()


def offence(category: str) -> tuple[str, str] | None:
    """The ICCS code of a published category of offence, with what more it says as a breakdown; None for others."""
    return _categories().get(slug(category))


def is_total(text: str) -> bool:
    """Whether a word of a dimension means its total."""
    return text.strip().casefold() in _TOTALS


def _common(text: str) -> str | None:
    word = text.strip().casefold()
    if word in _TOTALS:
        return TOTAL
    if word in _UNKNOWN:
        return UNKNOWN
    return NOT_APPLICABLE if word in _NOT_APPLICABLE else None


@lru_cache(maxsize=256)
def sex(text: str) -> str | None:
    """The code of CL_SEX for a published word: `M`, `F`, `O`, `_T`, `_U`, `_Z`; None for any other word."""
    return _common(text) or _SEXES.get(text.strip().casefold())


def sexes_by_letter(letters: Collection[str]) -> dict[str, str]:
    """The codes of CL_SEX of the letters that stand together in a column of sexes.

    `M` is a man beside `F`, `W`, `K` or `V` and a woman beside `H`; alone it may be either, and is left out.
    """
    women = next((letter for letter in "FWKVЖ" if letter in letters), "")
    found = {"T": TOTAL, "B": TOTAL}
    if women:
        found[women] = "F"
    if "H" in letters:
        found["H"] = "M"
        return found if women else {**found, "M": "F"}
    return {**found, "M": "M", "М": "M"} if women else found


@lru_cache(maxsize=256)
def age(text: str) -> str | None:
    """The code of CL_AGE for published words: `Y15T29`, `Y_GE60`, `Y_LT18`, `Y25`, `_T`, `_U`, `_Z`; None for others.

    “Over 60” stands in the published tables beside “45-59”, and means 60 and more.
    """
    word = text.strip().casefold()
    common = _common(word) or _AGES.get(word)
    if common:
        return common
    if between := _BETWEEN.fullmatch(word):
        first, last = int(between[1]), int(between[2])
        if last < first:
            return None
        return f"Y_LT{last + 1}" if first == 0 else f"Y{first}T{last}"
    if more := _OR_MORE.fullmatch(word):
        return f"Y_GE{int(more[1] or more[2])}"
    if under := _UNDER.fullmatch(word):
        return f"Y_LT{int(under[1])}"
    single = _SINGLE.fullmatch(word)
    return f"Y{int(single[1])}" if single else None


def unit(text: str) -> str | None:
    """The unit that words name: a rate per 100,000 of all people, or persons, also as a plain number; else None."""
    words = " ".join(text.casefold().replace("_", " ").split())
    if _RATE.fullmatch(words):
        return PER_100000
    return "persons" if words in _PERSONS else None


@lru_cache(maxsize=256)
def category(text: str) -> str:
    """A category as the second part of a breakdown: `_T`, `_U`, `_Z`, `_X` if blank, or its words as a code."""
    return _common(text) or code_of(text)


def code_of(text: str) -> str:
    """Words as a code; those of another alphabet stay as they are, joined by hyphens. `_X` for none."""
    return slug(text) or "-".join(text.casefold().split()) or UNSPECIFIED
