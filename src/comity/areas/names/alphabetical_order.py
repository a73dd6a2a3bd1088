"""The order in which lists of States and areas stand, in each of the languages."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def sort_key(name: str, language: str = "en") -> tuple[str, str]:
    """The place of a name in alphabetical order as the United Nations prints it: word by word, accents last.

    Russian й keeps its own place after и, Spanish ñ after n. Chinese stands in the order of the characters' numbers,
    since the order by strokes is not held.
    """
    text = name.casefold()
    if language == "es":
        text = text.replace("ñ", "n\uffff")
    if language == "ru":
        text = text.replace("й", "и\uffff")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() or letter == "\uffff" else " " for letter in plain.replace("'", ""))
    return " ".join(words.split()), name
