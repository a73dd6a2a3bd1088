"""States, areas, groups and treaties by their names in the page’s language."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from comity.areas.labels import group_label, tongue
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.store import gazetteer
from comity.evidence.figures import Table
from comity.evidence.store import now
from comity.instruments.actions.action import Instrument
from comity.instruments.labels import short_title
from comity.instruments.store import register as treaties
from comity.site.templatetags.values import comma, shown

register = template.Library()


@register.filter
def named(key: str) -> str:
    """The key of a row: a State or area by its name in the page's language, a regional group by its own, else as is."""
    known = gazetteer()
    if key in known.areas:
        return format_html("<bdi>{}</bdi>", known.label(key, tongue()))
    return shown(group_label(key))


@register.filter
def rows_by_name(table: Table) -> list[tuple[str, tuple[Any, ...]]]:
    """The rows of a table figure; States and areas in the order of their names in the page's language."""
    known, spoken = gazetteer(), tongue()
    if not all(key in known.areas for key in table.rows):
        return list(table.rows.items())
    return sorted(table.rows.items(), key=lambda row: sort_key(known.label(row[0], spoken), spoken))


@register.filter
def instruments_named(codes: str) -> str:
    """Codes of instruments, parted by commas, as short titles; what is no code stays as it is."""
    held = treaties(now().date()).instruments
    parts = (
        treaty(held[code].value) if code in held else format_html("<bdi>{}</bdi>", code) for code in codes.split(",")
    )
    return format_html_join(comma(), "{}", ((part,) for part in parts))


@register.filter
def about_name(fact: Any) -> str:
    """Of which State or area a fact speaks, by its name in the page's language; nothing on an English page."""
    known, spoken = gazetteer(), tongue()
    return known.label(fact.about, spoken) if spoken != "en" and fact.about in known.areas else ""


@register.filter
def treaty(instrument: Instrument) -> str:
    """An instrument's short title in the page's language; an English one on another page is marked as English."""
    title = short_title(instrument)
    foreign = title == instrument.short_title and get_language() != "en"
    return format_html('<bdi lang="en">{}</bdi>' if foreign else "<bdi>{}</bdi>", title)
