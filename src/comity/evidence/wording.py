"""Sentences in the reader's language, and in English where nobody has set up translation.

Modules that a notebook imports say their sentences through here: Django's own `gettext` raises outside a Django
process, and a library has no business configuring one in a process that is not its own.
"""

from django.apps import apps
from django.utils import translation

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def spelled(number: int) -> str:
    """A whole number as English prose has it by United Nations editorial style: one to nine in words, 10 in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def gettext_noop(sentence: str) -> str:
    """The sentence as it stands, marked for the catalogues: it is said in a language later."""
    return sentence


def gettext(sentence: str) -> str:
    """The sentence in the active language; as it stands where Django's applications are not loaded."""
    return translation.gettext(sentence) if apps.ready else sentence


def language() -> str:
    """The code of the active language; that of English where Django's applications are not loaded."""
    return (translation.get_language() or "en") if apps.ready else "en"


def ngettext(one: str, several: str, count: int) -> str:
    """The sentence for a number in the active language; in English where Django's applications are not loaded."""
    return translation.ngettext(one, several, count) if apps.ready else (one if count == 1 else several)
