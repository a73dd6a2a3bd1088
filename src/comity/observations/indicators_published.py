"""The indicators and offences of published tables by their words: what each means in our codes."""

from dataclasses import dataclass
from functools import lru_cache

from comity.observations.observation import slug
from comity.observations.shipped_tables import rows_of


@dataclass(frozen=True)
class Meaning:
    """An indicator of a published table: our code without its measure, what it counts, and the offence if any."""

    base: str
    unit: str
    iccs: str


@lru_cache(maxsize=1)
def _indicators() -> dict[tuple[str, str, str], Meaning]:
    return {
        (row["collection"], slug(row["published"]), slug(row["category"])): Meaning(
            row["base"], row["unit"], row["iccs"]
        )
        for row in rows_of("published_indicators.csv")
    }


@lru_cache(maxsize=1)
def _categories() -> dict[str, tuple[str, str]]:
    return {slug(row["published"]): (row["iccs"], row["breakdown"]) for row in rows_of("published_categories.csv")}


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
