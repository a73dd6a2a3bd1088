"""Names that join two, “Trinidad and Tobago”: each of the two alone is of a part of what both name.

Names are folded; see `folded_names.fold`.
"""

import re
from collections.abc import Collection

# “And” in the languages that the names are held in; in Arabic it is written as one with the word behind it, which
# “states” begins with too, and in Chinese nothing parts the words.
_JOINED = re.compile(r" (?:and|et|y|e|и) | (?=و(?!لاي)\w)")
# What a name includes is a part of it, and what stands before is the whole.
_INCLUDED = re.compile(r"^.+ including ")


def joined_in(name: str) -> list[str]:
    """What a name joins: “trinidad” and “tobago”; also what it includes. Empty where it joins nothing."""
    found = _JOINED.split(name)
    if len(found) > 1:
        return found
    included = _INCLUDED.sub("", name)
    return [included] if included != name else []


def is_one_of_joined(words: str, names: Collection[str]) -> bool:
    """Whether words are one of the two that one of an area's names joins, whole (“west bank”) or in part (“gaza”).

    They are not where they begin with a name of the whole: “united kingdom of great” of “… great britain and northern
    ireland”.
    """
    joined = {part for name in names for part in joined_in(name)}
    if any(f"{words} ".startswith(f"{name} ") for name in names if name not in joined):
        return False
    asked = set(words.split())
    return any(asked <= set(part.split()) for part in joined)
