"""The languages of the house, in one list from which each room takes what it needs of them.

They are the six official languages of the United Nations. What a further one needs besides its line here stands in
`CONTRIBUTING.md`.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code as tables, front matter and names have it, and what pages and documents need to know.

    `site` is its code in addresses of pages and in Django, `english` and `name` are its names in English and in itself,
    `direction` is that of its writing, `decimal` and `thousands` are the marks within its numbers.
    """

    code: str
    site: str
    english: str
    name: str
    direction: Literal["ltr", "rtl"]
    decimal: str
    thousands: str


ENGLISH = Language("en", "en", "English", "English", "ltr", ".", ",")
LANGUAGES = (
    ENGLISH,
    Language("fr", "fr", "French", "Français", "ltr", ",", "\u202f"),
    Language("es", "es", "Spanish", "Español", "ltr", ",", "\u00a0"),
    Language("ru", "ru", "Russian", "Русский", "ltr", ",", "\u00a0"),
    Language("zh", "zh-hans", "Chinese", "中文", "ltr", ".", ","),
    Language("ar", "ar", "Arabic", "العربية", "rtl", ".", ","),
)
CODES = tuple(language.code for language in LANGUAGES)


def language_of(tag: str) -> Language:
    """The language of a tag such as `ar`, `en-GB` or `zh-hans`; raises KeyError for one that is not in the list."""
    code = tag.partition("-")[0].lower()
    found = next((language for language in LANGUAGES if language.code == code), None)
    if found is None:
        raise KeyError(tag)
    return found
