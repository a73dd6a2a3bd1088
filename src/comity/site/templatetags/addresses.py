"""Addresses that go on with the query of the present page."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The query of the present address with some fields changed; None takes a field out."""
    fields = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            fields.pop(key, None)
        else:
            fields[key] = value.isoformat() if isinstance(value, date) else value
    return "?" + fields.urlencode() if fields else "?"


@register.simple_tag(takes_context=True)
def figure_address(context: template.Context, identifier: str) -> str:
    """The page of a figure, with the date of knowledge of the present page."""
    address = reverse("figure", kwargs={"identifier": identifier})
    as_at = context["request"].GET.get("as_at")
    return f"{address}?{urlencode({'as_at': as_at})}" if as_at else address


@register.simple_tag(takes_context=True)
def cell_address(context: template.Context, identifier: str, row: str, column: str) -> str:
    """The page of one cell of a table figure, with the date of knowledge of the present page."""
    return figure_address(context, f"{identifier}#{row}.{column}")
