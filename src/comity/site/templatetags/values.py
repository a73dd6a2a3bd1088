"""How values are shown to readers: dates, numbers, lists and codes, each set apart from the direction of the text."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from comity.evidence.dates import in_words
from comity.evidence.rounding import rounded

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in the words of the page's language, with its ISO form for machines."""
    if value is None or value == "":
        return "–"
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', value.isoformat(), in_words(value))


@register.filter
def number(value: Any) -> str:
    """A number grouped as the page's language does, shares to one decimal; anything else as it is.

    Set apart from the text's direction.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return shown(value)
    decimals = 1 if isinstance(value, float) else 0
    text = number_format(rounded(value, decimals), decimals, use_l10n=True, force_grouping=True)
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def shown(value: Any) -> str:
    """A cell or value of a figure for reading: dates in words, numbers grouped, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day(date.fromisoformat(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, list | tuple):
        return format_html_join(comma(), "{}", ((shown(item),) for item in value)) if value else "–"
    return format_html("<bdi>{}</bdi>", value)


@register.filter
def short_hash(value: str) -> str:
    """The first twelve characters of a hash, enough to tell two apart by eye."""
    return format_html('<bdi><code title="{}">{}</code></bdi>', value, value[:12])


@register.filter
def docstring(text: str) -> SafeString:
    """A method's docstring as paragraphs; `code` between backticks."""
    paragraphs = (re.sub(r"\s*\n\s*", " ", part.strip()) for part in re.split(r"\n\s*\n", text))
    return mark_safe("".join(format_html('<p lang="en" dir="ltr">{}</p>', coded(part)) for part in paragraphs))  # noqa: S308


@register.filter
def coded(text: str) -> SafeString:
    """Text whose parts between backticks are set as code."""
    parts = re.split(r"`([^`]+)`", text)
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if index % 2 else part,) for index, part in enumerate(parts))
    )


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a key, None where there is none."""
    return mapping.get(key)


@register.simple_tag
def comma() -> str:
    """What stands between the entries of a list in the page's language."""
    return pgettext("between the entries of a list", ", ")


@register.filter
def is_number(value: Any) -> bool:
    """Whether a value is a plain number, which is shown large."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@register.filter
def is_web(address: str) -> bool:
    """Whether an address can be opened: a link is made of no other."""
    return address.startswith(("https://", "http://"))


@register.filter
def breakable(identifier: str) -> SafeString:
    """A long identifier that may break after its dots, commas and slashes."""
    parts = re.split(r"(?<=[.,/#])", identifier)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts if part))


@register.filter
def zipped(first: Any, second: Any) -> list[tuple[Any, Any]]:
    """Two sequences of one length side by side: headings and cells."""
    return list(zip(first, second, strict=True))


@register.filter
def lower_first(text: str) -> str:
    """A phrase that goes on within a sentence."""
    return text[:1].lower() + text[1:]
