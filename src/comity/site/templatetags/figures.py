"""Figures in words: their names, arguments, columns and units."""

import re
from datetime import date
from typing import Any

from django import template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.analysis.estimates.arithmetic import printed as estimate_printed
from comity.analysis.indicators.declared import declared, indicator_title
from comity.analysis.indicators.formulas import printed as indicator_printed
from comity.analysis.labels import estimation_method_label, printed_label
from comity.areas.labels import group_label, tongue
from comity.areas.store import gazetteer
from comity.evidence.figures import Argument, Table, methods
from comity.observations.indicators_observed import unit as observed_unit
from comity.site.templatetags.labels import method_label
from comity.site.templatetags.names import instruments_named, named
from comity.site.templatetags.values import day, is_number, lower_first, shown
from comity.statistics import labels

register = template.Library()


@register.filter
def argument_words(value: Argument, name: str = "") -> str:
    """An argument of a figure for reading: instruments by their short titles, dates in words, years ungrouped.

    Its name says which of the codes of an observation it is.
    """
    if isinstance(value, date):
        return day(value)
    if name in ("dataset", "indicator", "area", "period", "detail", "category", "method", "series"):
        return _dimension_words(str(value), name)
    if isinstance(value, str):
        return instruments_named(value)
    return format_html("<bdi>{}</bdi>", value)


def _dimension_words(value: str, name: str) -> SafeString:
    known = gazetteer()
    if name == "detail":
        parts = labels.detail_words(value, known)
    elif name == "area":
        parts = [known.label(value, tongue()) if value in known.areas else group_label(value)]
    elif name == "category":
        parts = [labels.iccs_label(value)]
    elif name == "method":
        parts = [estimation_method_label(value)]
    elif name == "series":
        code, _tilde, iccs = value.partition("~")
        parts = [indicator_title(code, tongue()), *([labels.iccs_label(iccs)] if iccs else [])]
    else:
        parts = [indicator_title(value, tongue()) if name == "indicator" else value]
    return format_html_join("; ", "<bdi>{}</bdi>", ((part,) for part in parts))


@register.filter
def figure_label(figure: Any) -> str:
    """A figure's name for readers: its method and arguments in words, and the row and column of a cell."""
    parts = [method_label(figure.method), *(argument_words(value, name) for name, value in figure.arguments.items())]
    row, _dot, column = figure.id.partition("#")[2].rpartition(".")
    if row:
        parts += [named(row), column_label(column)]
    return format_html_join(" · ", "{}", ((part,) for part in parts))


@register.filter
def figure_name(figure: Any) -> SafeString:
    """A figure as a list names it: its method's phrase with the arguments in words, without the day it speaks of."""
    words = {name: argument_words(value, name) for name, value in figure.arguments.items()}
    phrase = _places(methods()[figure.method].phrase)
    words_of = format_html(phrase, **words) if words else format_html("{}", phrase)
    row, _dot, column = figure.id.partition("#")[2].rpartition(".")
    return format_html("{} · {} · {}", words_of, named(row), column_label(column)) if row else words_of


def _places(phrase: str) -> str:
    """A phrase in the page's language with its places as braces, so that what stands in them is escaped."""
    return re.sub(r"%\((\w+)\)s", r"{\1}", gettext(phrase).replace("{", "{{").replace("}", "}}"))


@register.filter
def figure_date(figure: Any) -> str:
    """Of which day, year or years a figure speaks, in words; blank where it speaks of what is held now."""
    given = figure.arguments
    days = [value for value in given.values() if isinstance(value, date)]
    if days:
        if len(days) > 1:
            return format_html("{} – {}", day(days[0]), day(days[-1]))
        return format_html(gettext("as at {day}"), day=day(days[0]))
    if "first" in given and "last" in given:
        return format_html("<bdi>{}–{}</bdi>", given["first"], given["last"])
    year = given.get("period", given.get("on", ""))
    return format_html("<bdi>{}</bdi>", year) if year else ""


@register.filter
def printed_value(figure: Any) -> str:
    """A figure's value as it is printed everywhere: estimates and indicators by their own rules, observations as they
    are stated, a table by that word, nothing as a dash."""
    value, code = figure.value, str(figure.arguments.get("indicator", ""))
    if isinstance(value, Table):
        return gettext("table")
    if is_number(value) and figure.method == "observation":
        return format_html("<bdi>{}</bdi>", labels.value_label(value, ""))
    if is_number(value) and figure.method in PRINTED and code in declared().indicators:
        return format_html("<bdi>{}</bdi>", printed_label(PRINTED[figure.method](value, declared()[code].unit)))
    return shown(value)


PRINTED = {"estimate": estimate_printed, "indicator": indicator_printed, "baseline": indicator_printed}
"""How the values of methods are printed, as the pages of what they measure print them."""


@register.filter
def is_shortened(figure: Any) -> bool:
    """Whether a figure's value is printed shorter than it is."""
    if not is_number(figure.value):
        return False
    with translation.override("en"):
        plain = re.sub(r"<[^>]+>|,", "", printed_value(figure))
    return float(plain) != float(figure.value)


@register.filter
def unit_of(figure: Any) -> str:
    """The unit of a figure's value: of an observation, indicator or estimate the one of what it measures."""
    code = str(figure.arguments.get("indicator", ""))
    if figure.method in PRINTED and code in declared().indicators:
        return labels.unit_label(declared()[code].unit)
    if figure.method == "observation" and (unit := observed_unit(code)) != "units":
        return labels.unit_label(unit)
    return methods()[figure.method].unit_in_words


COLUMNS = {
    "members": _("Member States"),
    "parties": _("Parties"),
    "not_party": _("Not yet party"),
    "group": _("Group"),
    "groups": _("Group"),
    "region": _("Region"),
    "signed": _("Signature"),
    "signature": _("Signature"),
    "consent": _("Consent"),
    "by": _("Kind of consent"),
    "computed": _("Computed"),
    "official": _("Official date"),
    "agrees": _("Agree"),
    "reason": _("Reason"),
    "number": _("Number"),
    "adopted": _("Adopted"),
    "in_force": _("In force"),
    "release": _("Release"),
    "observations": _("Observations"),
    "left_out": _("Rows left out"),
    "states": _("Member States with data"),
    "areas": _("States and areas"),
    "first": _("First year"),
    "last": _("Last year"),
    "completeness": _("Completeness, per cent"),
    "lateness": _("Lateness, years"),
    "value": _("Value"),
    "count": _("Count"),
    "low": _("Low"),
    "high": _("High"),
    "observed": _("Observed, per cent"),
    "year": _("Year"),
    "held_now": _("As held now"),
    "last_value": _("Last value"),
    "change": _("Change"),
    "index": _("Index"),
    "verdict": _("Verdict"),
    "slope": _("Change a year"),
}


@register.filter
def column_label(column: str) -> str:
    """The heading of a column of a table figure: `UNTOC-consent` as the treaty and what is said of it."""
    if column in COLUMNS:
        return str(COLUMNS[column])
    code, _dash, what = column.rpartition("-")
    if code and what in COLUMNS:
        return format_html("{}: {}", instruments_named(code), lower_first(str(COLUMNS[what])))
    return instruments_named(column)
