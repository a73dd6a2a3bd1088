"""How values are shown to readers: dates, numbers, places and names, each set apart from the direction of the text."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from comity.analysis.indicators.declared import declared
from comity.areas.alphabetical_order import sort_key
from comity.areas.labels import group_label
from comity.areas.store import gazetteer
from comity.evidence.dates import in_words
from comity.evidence.figures import Argument, Table
from comity.evidence.store import now
from comity.instruments.actions.action import Instrument
from comity.instruments.labels import short_title
from comity.instruments.store import register as treaties
from comity.observations.indicators_observed import unit as observed_unit
from comity.statistics import labels

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
    text = number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)
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
def get(mapping: Any, key: Any) -> Any:
    """The value of a key, None where there is none."""
    return mapping.get(key)


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


@register.simple_tag
def comma() -> str:
    """What stands between the entries of a list in the page's language."""
    return pgettext("between the entries of a list", ", ")


@register.filter
def is_number(value: Any) -> bool:
    """Whether a value is a plain number, which is shown large."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@register.filter
def is_rounded(value: Any) -> bool:
    """Whether a value is printed shorter than it is."""
    return isinstance(value, float) and round(value, 1) != value


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


@register.filter
def named(key: str) -> str:
    """The key of a row: a State or area by its name in the page's language, a regional group by its own, else as is."""
    known = gazetteer()
    if key in known.areas:
        return format_html("<bdi>{}</bdi>", known.label(key, (get_language() or "en").partition("-")[0]))
    return shown(group_label(key))


@register.filter
def rows_by_name(table: Table) -> list[tuple[str, tuple[Any, ...]]]:
    """The rows of a table figure; States and areas in the order of their names in the page's language."""
    known, tongue = gazetteer(), (get_language() or "en").partition("-")[0]
    if not all(key in known.areas for key in table.rows):
        return list(table.rows.items())
    return sorted(table.rows.items(), key=lambda row: sort_key(known.label(row[0], tongue), tongue))


@register.filter
def after_hash(identifier: str) -> str:
    """The paragraph of an id without its symbol: `op21` of `A/RES/67/189#op21`."""
    return identifier.partition("#")[2]


@register.filter
def lower_first(text: str) -> str:
    """A phrase that goes on within a sentence."""
    return text[:1].lower() + text[1:]


STRENGTHS = {"strong": _("strong"), "medium": _("medium"), "declaratory": _("declaratory")}


@register.filter
def strength_label(strength: str) -> str:
    """How binding a verb is, in the page's language."""
    return str(STRENGTHS.get(str(strength), strength))


METHODS = {
    "parties": _("Parties"),
    "states": _("States parties"),
    "signatories": _("Signatories"),
    "in-force-for": _("In force for"),
    "not-party": _("Member States not yet party"),
    "coverage": _("Member States party, per cent"),
    "joined": _("New parties in the year"),
    "status-table": _("Status by participant"),
    "parties-by-group": _("Parties by regional group"),
    "parties-by-region": _("Parties by region"),
    "not-party-list": _("Member States not yet party, by name"),
    "parties-over-time": _("Parties over time"),
    "consents-by-year": _("Consents by year"),
    "entry-into-force": _("Entry into force"),
    "counter-terrorism": _("Counter-terrorism instruments"),
    "members": _("Member States"),
    "register-complete-through": _("Register complete through"),
    "observation": _("Observation"),
    "data-sets": _("Data sets"),
    "data-sets-held": _("Number of data sets held"),
    "observations-held": _("Number of observations held"),
    "states-with-data": _("Member States with data"),
    "indicator": _("Indicator"),
    "estimate": _("Estimate for a region"),
    "trend": _("Trend of a series"),
    "trends": _("Trends of all series"),
    "flows": _("Flows"),
    "flow-totals": _("Flows by State or area"),
    "flow-network": _("Flows as a network"),
    "emerging-issues": _("What is held on emerging issues"),
}


@register.filter
def method_label(name: str) -> str:
    """A method's name for readers, or its own where none is held."""
    return str(METHODS.get(name, name))


FORMS = {
    "short": _("short name"),
    "formal": _("formal name"),
    "former": _("former name"),
    "statistical": _("in statistics"),
}


@register.filter
def form_label(form: str) -> str:
    """Which of an area's names one is, in the page's language."""
    return str(FORMS.get(form, form))


ARGUMENTS = {
    "instrument": _("Instrument"),
    "instruments": _("Instruments"),
    "on": _("On the day"),
    "since": _("After the day"),
    "until": _("Through the day"),
    "first": _("From the year"),
    "dataset": _("Data set"),
    "indicator": _("Indicator"),
    "area": _("State or area"),
    "period": _("Period"),
    "detail": _("Offence, sex, age and further dimensions"),
    "method": _("Method of estimation"),
    "series": _("Series"),
    "last": _("To the year"),
    "what": _("Flows of"),
}


@register.filter
def argument_label(name: str) -> str:
    """What an argument of a figure says, in the page's language."""
    return str(ARGUMENTS.get(name, name))


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
        parts = [known.label(value, (get_language() or "en").partition("-")[0])]
    else:
        parts = [_indicator_title(value) if name == "indicator" else value]
    return format_html_join("; ", "<bdi>{}</bdi>", ((part,) for part in parts))


def _indicator_title(code: str) -> str:
    """The title of an observed indicator, else of a declared one; the code of neither."""
    title = labels.indicator_label(code)
    known = declared().indicators
    return known[code].title(labels.tongue()) if title == code and code in known else title


@register.filter
def severity_label(severity: str) -> str:
    """How severe a finding is, in the page's language."""
    return labels.severity_label(severity)


@register.filter
def instruments_named(codes: str) -> str:
    """Codes of instruments, parted by commas, as short titles; what is no code stays as it is."""
    held = treaties(now().date()).instruments
    parts = (
        treaty(held[code].value) if code in held else format_html("<bdi>{}</bdi>", code) for code in codes.split(",")
    )
    return format_html_join(comma(), "{}", ((part,) for part in parts))


@register.filter
def figure_label(figure: Any) -> str:
    """A figure's name for readers: its method and arguments in words, and the row and column of a cell."""
    parts = [method_label(figure.method), *(argument_words(value, name) for name, value in figure.arguments.items())]
    row, _dot, column = figure.id.partition("#")[2].rpartition(".")
    if row:
        parts += [named(row), column_label(column)]
    return format_html_join(" · ", "{}", ((part,) for part in parts))


UNITS = {
    "participants": _("participants"),
    "States": _("States"),
    "Member States": _("Member States"),
    "per cent": _("per cent"),
    "date": _("date"),
    "dates": _("dates"),
    "consents": _("consents"),
    "as published": _("as published"),
    "data sets": _("data sets"),
    "observations": _("observations"),
}


@register.filter
def unit_label(unit: str) -> str:
    """The unit of a figure in the page's language."""
    return str(UNITS.get(unit, unit))


@register.filter
def unit_of(figure: Any) -> str:
    """The unit of a figure's value: of an observation, indicator or estimate the one of what it measures."""
    code = str(figure.arguments.get("indicator", ""))
    if figure.method in ("indicator", "estimate") and code in declared().indicators:
        return labels.unit_label(declared()[code].unit)
    if figure.method == "observation" and (unit := observed_unit(code)) != "units":
        return labels.unit_label(unit)
    return unit_label(figure.unit)


FIELDS = {
    "paragraph": _("Paragraph"),
    "verbs": _("Verbs"),
    "addressees": _("Addressed to"),
    "actors": _("Actors named"),
    "conditions": _("Conditions"),
    "deadline": _("Deadline or session"),
    "recurrence": _("To be continued"),
    "recurrent": _("To be continued"),
    "references": _("References"),
    "title": _("Title"),
    "adopted": _("Adopted"),
    "session": _("Session"),
    "agenda_item": _("Agenda item"),
    "report": _("On the report"),
    "preambular": _("Preambular paragraphs"),
    "operative": _("Operative paragraphs"),
    "footnotes": _("Footnotes"),
}


@register.filter
def field_label(field: str) -> str:
    """The name of a field of a resolution or paragraph in the page's language."""
    return str(FIELDS.get(field, field))


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


@register.filter
def about_name(fact: Any) -> str:
    """Of which State or area a fact speaks, by its name in the page's language; nothing on an English page."""
    known, tongue = gazetteer(), (get_language() or "en").partition("-")[0]
    return known.label(fact.about, tongue) if tongue != "en" and fact.about in known.areas else ""


@register.filter
def treaty(instrument: Instrument) -> str:
    """An instrument's short title in the page's language; an English one on another page is marked as English."""
    title = short_title(instrument)
    foreign = title == instrument.short_title and get_language() != "en"
    return format_html('<bdi lang="en">{}</bdi>' if foreign else "<bdi>{}</bdi>", title)
