"""Words that may be a name though no area bears them so: misspelt, or with initials for some of its words."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

_NEAR = 0.75
"""How alike a misspelt word of a name is to the right one at least, of 1."""
SMALL = frozenset({"the", "of", "and", "republic", "state", "kingdom", "la", "de", "du"})
"""Words that names have or lack."""
_BETWEEN_WORDS = frozenset({"of", "the", "and", "de", "du", "des", "la", "le", "et", "y"})
_INITIALS_OF = re.compile(r"[^\W\d_]{1,3}")
"""Letters that words of a name begin with."""
_LETTERS = 3
"""Letters of a word that may stand for several, at most."""
_ALONE = 3
"""So many letters may stand for a name without any of its words: “C.A.R.”."""
_MISSPELT = 0.85
"""How alike a misspelt word without initials is to the right one at least, of 1: “tunis” is no “tunisia”."""


def is_misspelt(asked: Sequence[str], name: str, codes: Collection[str]) -> bool:
    """Whether words are those of a name, each as it stands or misspelt; the area's codes and small words may be more.

    A digit and another alphabet say more, and so does a letter in another place: “Samoa w”.
    """
    left = name.split()
    if any(len(word) == 1 and left[index : index + 1] != [word] for index, word in enumerate(asked)):
        return False
    for word in asked:
        if word in left:
            left.remove(word)
        elif near := _right(word, left):
            left.remove(near)
        elif word not in SMALL and word not in codes:
            return False
    return {*left} <= SMALL


def _right(word: str, words: Sequence[str]) -> str:
    """The one of some words that a word misspells; blank for none."""
    alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    if len(word) <= _LETTERS or len(alphabets) > 1:
        return ""
    alike = [one for one in words if one.isascii() == word.isascii()]
    return next(iter(difflib.get_close_matches(word, alike, n=1, cutoff=_MISSPELT)), "")


def go_on(asked: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a word goes on where one of some names ends, or before it begins, and says more: “argentinanw”."""
    known = {word for name in names for word in name.split() if len(word) >= _LETTERS}
    longer = [
        (word, one)
        for word in asked
        if word not in known
        for one in known
        if word.startswith(one) or word.endswith(one)
    ]
    # A short word begins many: only a single letter more is one that says something.
    return any(len(one) > _LETTERS or len(word) == len(one) + 1 for word, one in longer)


def abbreviates(asked: Sequence[str], name: str) -> bool:
    """Whether words are a name with at least two letters for those of its words that they lack: “venezuela rb”.

    One letter is enough behind “and”: “trinidad and t”. Other letters may say something: “Brazil, R” may be its rural
    areas, “United Kingdom NI” Northern Ireland.
    """
    left = [word for word in name.split() if word not in _BETWEEN_WORDS]
    if any(len(word) < _LETTERS for word in left):
        return False
    full, least, letters, before = len(left), 2, "", ""
    for word in asked:
        if near := difflib.get_close_matches(word, left, n=1, cutoff=_NEAR):
            left.remove(near[0])
        elif _INITIALS_OF.fullmatch(word) and word not in _BETWEEN_WORDS:
            letters += word
            least = 1 if before == "and" else least
        elif word not in _BETWEEN_WORDS:
            return False
        before = word
    return len(letters) >= (least if len(left) < full else _ALONE) and sorted(letters) == sorted(one[0] for one in left)
