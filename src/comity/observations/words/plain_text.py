"""Words as they are compared: of one form, however they were typed, and patterns that are written in the same form."""

import re
import unicodedata
from functools import lru_cache

REMOVED = " \0 "
"""What stands for words that are taken from a text."""
_KEPT = {"\u0308", "\u0306"}
"""The marks of ä and й: without them “Männer” is an English word, and й another letter."""
_UNSEEN = re.compile("[\u00ad\u0640\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
_SIGNS = str.maketrans({**dict.fromkeys("♀👩👧🚺", " women "), **dict.fromkeys("♂👨👦🚹", " men ")})
"""Signs of a sex, as the words that they stand for."""
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2212]")
_APART = re.compile(r"[\s_]+")
"""What parts words, as the underscores of “homicide_rate” do."""
_NOTE_BEHIND = re.compile(r"(?<=[^\W\d_]{3})(?=\d{1,2}(?!\w))")
"""Between a word and what points to a note behind it: women1."""
_SAYING_NOTHING = "©®°\ufffd"


def is_sign(letter: str) -> bool:
    """Whether a character is a sign that may say something, such as ♀; what stands for lost letters (�) does not."""
    return unicodedata.category(letter) == "So" and letter not in _SAYING_NOTHING


def in_our_digits(text: str) -> str:
    """A text in which the decimal digits of any script are 0 to 9: “٢٠٢٤” is “2024”."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def says_something(text: str) -> bool:
    """Whether a text has a letter, a digit or a sign, and no marks and spaces alone."""
    return any(letter.isalnum() or is_sign(letter) for letter in text)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text without accents, what cannot be seen, and spaces more than one; digits, signs and hyphens of one form."""
    whole = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    digits = in_our_digits(whole)
    plainly = _APART.sub(" ", _HYPHENS.sub("-", _without_accents(_UNSEEN.sub("", digits))))
    return _NOTE_BEHIND.sub(" ", plainly)


def pattern(expression: str) -> re.Pattern[str]:
    """A regular expression that is searched for in plain text, whatever the case of its letters."""
    return re.compile(_without_accents(expression), re.IGNORECASE)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(one for one in apart if one in _KEPT or not unicodedata.combining(one)))
