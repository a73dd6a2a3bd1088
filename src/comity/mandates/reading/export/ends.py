"""How a text ends: as a paragraph does, or as one after which another may come."""

import re

# “… of the Convention;”, “… thereto.”12, “… Crime;3, 4”, “… thereto, [12]”, “… Corruption3”.
_ENDED = re.compile(
    r"[,;.:?!][”\"’')\]]*(?: ?\d{1,3}/?(?:, ?\d{1,3}/?)*| ?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\])?$|(?:[a-z)”]\d{1,3})$"
)
# Letters in which a stop, quotation marks and the marks of several notes find place.
_LONGEST_END = 30
# “… assistance; and”: the last point but one.
_JOINT = re.compile(r"[,;] ?(?:and|or|and/or),?$")


def ended(text: str) -> bool:
    """Whether a text ends as a paragraph does: with a stop, and perhaps a footnote's mark after it."""
    return _ENDED.search(text, max(0, len(text) - _LONGEST_END)) is not None


def may_be_followed(text: str) -> bool:
    """Whether another paragraph may follow a text: it has ended, or ends in "; and" as the last but one does."""
    return ended(text) or _JOINT.search(text, max(0, len(text) - _LONGEST_END)) is not None
