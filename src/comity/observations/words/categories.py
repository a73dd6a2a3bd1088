"""Words of a dimension whose meaning is not held, as codes."""

from functools import lru_cache

from comity.observations.observation import slug
from comity.observations.words.totals import code_of_whole

UNSPECIFIED = "_X"
"""The code of a dimension whose cell is blank: it says neither “total” nor “unknown”."""


@lru_cache(maxsize=256)
def code_of_category(text: str) -> str:
    """A category as the second part of a breakdown: `_T`, `_U`, `_Z`, `_X` if blank, or its words as a code."""
    return code_of_whole(text) or code_of(text)


def code_of(text: str) -> str:
    """Words as a code; those of another alphabet stay as they are, joined by hyphens. `_X` for none."""
    return slug(text) or "-".join(text.casefold().split()) or UNSPECIFIED
