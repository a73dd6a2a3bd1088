"""Paragraphs of resolutions, as readers are led to them."""

import re
from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comity.site.templatetags.values import comma

register = template.Library()


@register.filter
def paragraph_address(identifier: str) -> str:
    """The page of a paragraph by its id, `A/RES/67/189#op21`."""
    symbol, _hash, place = identifier.partition("#")
    return reverse("paragraph", kwargs={"symbol": symbol, "place": place})


@register.filter
def paragraph_links(identifiers: Sequence[str]) -> SafeString:
    """Links to paragraphs by their numbers, those of one resolution together: paras. 40 and 41 read as such."""
    groups: dict[str, list[str]] = {}
    for identifier in identifiers:
        groups.setdefault(identifier.partition("#")[0], []).append(identifier)
    return format_html_join("; ", "{}", ((_paragraphs_of(symbol, ids),) for symbol, ids in groups.items()))


def _paragraphs_of(symbol: str, identifiers: Sequence[str]) -> SafeString:
    links = format_html_join(
        comma(),
        '<a href="{}" title="{}">{}</a>',
        ((paragraph_address(one), one, paragraph_number(one)) for one in identifiers),
    )
    number_of = re.fullmatch(r"A/RES/(\d+/\d+)", symbol)
    if number_of is None:
        named = format_html("<bdi>{}</bdi>", symbol)
        return format_html(str(_("{paragraphs} of {symbol}")), paragraphs=links, symbol=named)
    resolution = format_html("<bdi>{}</bdi>", number_of[1])
    return format_html(str(_("{paragraphs} of resolution {number}")), paragraphs=links, number=resolution)


@register.filter
def paragraph_number(identifier: str) -> SafeString:
    """A paragraph by its kind and number: `para. 41`, `preambular para. 5`."""
    place = identifier.partition("#")[2]
    words = _("preambular para. {number}") if place.startswith("pp") else _("para. {number}")
    return format_html(str(words), number=format_html("<bdi>{}</bdi>", place[2:]))


@register.filter
def after_hash(identifier: str) -> str:
    """The paragraph of an id without its symbol: `op21` of `A/RES/67/189#op21`."""
    return identifier.partition("#")[2]


@register.filter
def file_name(symbol: str) -> str:
    """A resolution as its text is called in a folder: `67-189` of `A/RES/67/189`."""
    return re.sub(r"[/() ]+", "-", symbol.removeprefix("A/RES/")).strip("-")
