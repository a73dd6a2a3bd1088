"""What readers are shown for the codes of observations: indicators, offences, categories, units and statuses."""

import re
from decimal import Decimal
from math import floor, log10

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.areas.gazetteer import Gazetteer
from comity.areas.labels import tongue
from comity.classifications import iccs
from comity.evidence.errors import BadInput
from comity.evidence.rounding import rounded
from comity.observations.indicators_observed import title
from comity.observations.observation import FOREIGN, NATIONAL, NOT_APPLICABLE, TOTAL, UNKNOWN, WHOLE, Observation
from comity.statistics.exports.writers import statuses_in_words
from comity.statistics.figures import Detail, parse_detail

Words = dict[str, str | Promise]

UNITS: Words = {
    "arms": gettext_lazy("arms"),
    "facilities": gettext_lazy("facilities"),
    "offences": gettext_lazy("offences"),
    "parts": gettext_lazy("parts"),
    "per 100 offences": gettext_lazy("per 100 offences"),
    "per 100 persons prosecuted": gettext_lazy("per 100 persons prosecuted"),
    "per 100 places": gettext_lazy("per 100 places"),
    "per 100,000 population": gettext_lazy("per 100,000 population"),
    "percent": gettext_lazy("per cent"),
    "persons": gettext_lazy("persons"),
    "places": gettext_lazy("places"),
    "rounds": gettext_lazy("rounds"),
    "seizures": gettext_lazy("seizures"),
    "victims": gettext_lazy("victims"),
}
# In every dimension; after them what only one of them has.
_COMMON: Words = {
    TOTAL: gettext_lazy("total"),
    UNKNOWN: gettext_lazy("unknown"),
    NOT_APPLICABLE: gettext_lazy("not applicable"),
    "_X": gettext_lazy("not specified"),
}
SEXES: Words = {"F": gettext_lazy("female"), "M": gettext_lazy("male"), "O": gettext_lazy("other sex")}
CITIZENSHIPS: Words = {FOREIGN: gettext_lazy("foreign citizens"), NATIONAL: gettext_lazy("national citizens")}
SEVERITIES: Words = {
    "error": gettext_lazy("error"),
    "warning": gettext_lazy("warning"),
    "note": gettext_lazy("note"),
}
KINDS: Words = {
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "added": gettext_lazy("added"),
}
DIMENSIONS: Words = {
    "completeness": gettext_lazy("Completeness"),
    "timeliness": gettext_lazy("Timeliness"),
    "consistency": gettext_lazy("Consistency"),
    "comparability": gettext_lazy("Comparability"),
}
LEVELS: Words = {
    "complete": gettext_lazy("complete"),
    "partial": gettext_lazy("partial"),
    "sparse": gettext_lazy("sparse"),
    "current": gettext_lazy("current"),
    "late": gettext_lazy("late"),
    "old": gettext_lazy("old"),
    "nothing found": gettext_lazy("nothing found"),
    "few": gettext_lazy("few findings"),
    "many": gettext_lazy("many findings"),
    "no change known": gettext_lazy("no change known"),
    "changes known": gettext_lazy("changes known"),
    "not stated": gettext_lazy("not stated"),
}
"""The levels of the quality view, of each dimension from the first to the last band."""

_AGE = re.compile(r"Y(?:(?P<first>\d+)T(?P<last>\d+)|_LT(?P<below>\d+)|_GE(?P<least>\d+)|(?P<single>\d+))")


def indicator_label(code: str) -> str:
    """What an indicator measures, and how; the code where no title is held."""
    return title(code, tongue())


def iccs_label(code: str) -> str:
    """A category of offences: code and title, in Spanish on Spanish pages and else in English."""
    held = iccs.load()
    if code not in held:
        return code
    return f"{code} {held.category(code).title(tongue())}"


def sex_label(code: str) -> str:
    """A code of CL_SEX in words."""
    return str(SEXES.get(code) or _COMMON.get(code, code))


def age_label(code: str) -> str:
    """A code of CL_AGE in words."""
    found = _AGE.fullmatch(code)
    if found is None:
        return str(_COMMON.get(code, code))
    if found["first"]:
        return _("aged %(first)s to %(last)s") % {"first": found["first"], "last": found["last"]}
    if found["below"]:
        return _("aged under %(age)s") % {"age": found["below"]}
    if found["least"]:
        return _("aged %(age)s and over") % {"age": found["least"]}
    return _("aged %(age)s") % {"age": found["single"]}


def citizenship_label(code: str, names: Gazetteer) -> str:
    """A citizenship in words: a State by its name, what a file wrote otherwise as it stands there."""
    if code in names.areas:
        return names.label(code, tongue())
    return str(CITIZENSHIPS.get(code) or _COMMON.get(code, code.removeprefix("X:")))


def breakdown_label(code: str) -> str:
    """A further dimension and its category: the published words, as the release's codes hold them."""
    dimension, colon, category = code.partition(":")
    if not colon:
        return str(_COMMON.get(code) or _spaced(code))
    return f"{_spaced(dimension)}: {_COMMON.get(category) or _spaced(category)}"


def _spaced(code: str) -> str:
    return code.replace("-", " ")


def unit_label(unit: str) -> str:
    """A unit of observations in the page's language."""
    return str(UNITS.get(unit, unit))


def status_label(code: str) -> str:
    """An observation status (SDMX CL_OBS_STATUS) in words."""
    return statuses_in_words().get(code, code)


def severity_label(code: str) -> str:
    """How severe a finding is, in the page's language."""
    return str(SEVERITIES.get(code, code))


def kind_label(code: str) -> str:
    """What a release did with an observation, in the page's language."""
    return str(KINDS.get(code, code))


def level_label(code: str) -> str:
    """A level of the quality view, in the page's language."""
    return str(LEVELS.get(code, code))


def what(of: Observation | Detail, names: Gazetteer) -> list[str]:
    """The dimensions in which an observation differs from the total, in words: offence, sex, age and further ones."""
    said = [(of.sex, sex_label), (of.age, age_label), (of.breakdown, breakdown_label)]
    words = [iccs_label(of.iccs)] if of.iccs else []
    words += [label(code) for code, label in said if code not in WHOLE]
    if of.citizenship not in WHOLE:
        words.append(_("citizenship: %(citizenship)s") % {"citizenship": citizenship_label(of.citizenship, names)})
    return words


def detail_words(text: str, names: Gazetteer) -> list[str]:
    """The detail of an observation's address in words; the text itself where it is not one."""
    try:
        key = parse_detail(text)
    except BadInput:
        return [text]
    repeated = [_("value %(number)s of several") % {"number": key.repeat}] if key.repeat else []
    return (what(key, names) or [_("total")]) + repeated


def value_label(value: float | None, text: str) -> str:
    """A value for reading: whole numbers grouped, others as stated, to two decimals or below one to three digits.

    Where there is no value, what stands in its place.
    """
    if value is None:
        return text or "–"
    most = 2 if abs(value) >= 1 or not value else min(2 - floor(log10(abs(value))), 12)
    exact = Decimal(repr(float(value)))
    decimals = min(max(-int(exact.normalize().as_tuple().exponent), 0), most)
    shown = rounded(exact, decimals) if decimals else int(rounded(exact))
    return number_format(shown, decimals, use_l10n=True, force_grouping=True)
