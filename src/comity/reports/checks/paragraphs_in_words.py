"""Which paragraph of a resolution words of a document are of: those that a report shows, by their descriptions."""

from collections.abc import Mapping, Sequence
from typing import Any

Shown = Mapping[str, Any]
"""A paragraph as `paragraphs.json` records it."""
_NEAR = 6  # words beside a difference on a page, by which the paragraph is known that they are of
_FEWEST = 4  # words in a row that tell one paragraph from another
_LEAST = 20  # letters below which words may be of any paragraph


def paragraph_of(words: str, shown: Sequence[Shown]) -> Shown | None:
    """The paragraph whose description stands in words of a document, or which they are part of."""
    told = _folded(words)
    for one in shown:
        descriptions = [_folded(str(one["line"])), _folded(str(one["evidence"].get("awaits") or ""))]
        for description in filter(None, descriptions):
            if description in told or (len(told) >= _LEAST and told in description):
                return one
    return None


def paragraph_around(words: Sequence[str], begins: int, ends: int, shown: Sequence[Shown]) -> Shown | None:
    """The paragraph of which the words of a page around a difference are, by the longest run of them that is in one."""
    around = words[max(0, begins - _NEAR) : ends + _NEAR]
    for size in range(len(around), _FEWEST - 1, -1) if shown else ():
        for first in range(len(around) - size + 1):
            found = paragraph_of(" ".join(around[first : first + size]), shown)
            if found is not None:
                return found
    return None


def standing_of(paragraph: Shown) -> str:
    """File and place of a paragraph's record."""
    return f"{paragraph.get('file', '')}, {paragraph.get('place', '')}"


def _folded(words: str) -> str:
    return " ".join(words.split()).lower()
