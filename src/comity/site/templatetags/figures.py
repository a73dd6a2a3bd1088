"""Figures in words: their names, arguments, columns and units."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comity.analysis.indicators.declared import declared, indicator_title
from comity.areas.labels import tongue
from comity.areas.store import gazetteer
from comity.evidence.figures import Argument, methods
from comity.observations.indicators_observed import unit as observed_unit
from comity.site.templatetags.labels import method_label
from comity.site.templatetags.names import instruments_named, named
from comity.site.templatetags.values import day, lower_first
from comity.statistics import labels

register = template.Library()


@register.filter
def argument_words(value: Argument, name: str = "") -> str:
    """An argument of a figure for reading: instruments by their short titles, dates in words, years ungrouped.

    Its name says which of the codes of an observation it is.
    """
    if isinstance(value, date):
        return day(value)
    if name in ("dataset", "indicator", "area", "period", "detail"):
        return _dimension_words(str(value), name)
    if isinstance(value, str):
        return instruments_named(value)
    return format_html("<bdi>{}</bdi>", value)


def _dimension_words(value: str, name: str) -> SafeString:
    known = gazetteer()
    if name == "detail":
        parts = labels.detail_words(value, known)
    elif name == "area":
        parts = [known.label(value, tongue())]
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
def unit_of(figure: Any) -> str:
    """The unit of a figure's value: of an observation, indicator or estimate the one of what it measures."""
    code = str(figure.arguments.get("indicator", ""))
    if figure.method in ("indicator", "estimate") and code in declared().indicators:
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
