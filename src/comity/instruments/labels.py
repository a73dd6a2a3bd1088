"""The short titles of the instruments as readers are shown them, for the catalogues of the six languages.

The register holds English titles; a title that it gains and this list does not hold yet is shown in English.
"""

from datetime import date

from django.utils.translation import gettext

from comity.evidence.dates import in_words
from comity.evidence.wording import gettext_noop
from comity.instruments.actions.action import Instrument

SHORT_TITLES = (
    gettext_noop("Organized Crime Convention"),
    gettext_noop("Trafficking in Persons Protocol"),
    gettext_noop("Smuggling of Migrants Protocol"),
    gettext_noop("Firearms Protocol"),
    gettext_noop("Convention against Corruption"),
    gettext_noop("Convention against Cybercrime"),
    gettext_noop("Single Convention"),
    gettext_noop("1972 Protocol"),
    gettext_noop("Single Convention as amended"),
    gettext_noop("Psychotropic Substances Convention"),
    gettext_noop("Illicit Traffic Convention"),
    gettext_noop("Tokyo Convention"),
    gettext_noop("Hague Convention"),
    gettext_noop("Montreal Convention"),
    gettext_noop("Diplomatic Agents Convention"),
    gettext_noop("Hostages Convention"),
    gettext_noop("Nuclear Material Convention"),
    gettext_noop("Airport Protocol"),
    gettext_noop("Maritime Convention"),
    gettext_noop("Fixed Platforms Protocol"),
    gettext_noop("Plastic Explosives Convention"),
    gettext_noop("Terrorist Bombings Convention"),
    gettext_noop("Terrorist Financing Convention"),
    gettext_noop("Nuclear Terrorism Convention"),
    gettext_noop("Nuclear Material Amendment"),
    gettext_noop("2005 Maritime Protocol"),
    gettext_noop("2005 Fixed Platforms Protocol"),
    gettext_noop("Beijing Convention"),
    gettext_noop("Beijing Protocol"),
    gettext_noop("Montreal Protocol of 2014"),
)


def short_title(instrument: Instrument) -> str:
    """An instrument's short title in the reader's language, in English where the catalogue holds none."""
    return gettext(instrument.short_title)


def when_in_words(text: str) -> str:
    """When an act was done, in words, from `Action.when`: its day, or the window in which it was done."""
    first, is_window, last = text.partition("/")
    begins = in_words(date.fromisoformat(first))
    if not is_window:
        return begins
    if last == "..":
        return gettext("a day not known, from %(first)s on") % {"first": begins}
    ends = in_words(date.fromisoformat(last))
    return gettext("a day not known, between %(first)s and %(last)s") % {"first": begins, "last": ends}
