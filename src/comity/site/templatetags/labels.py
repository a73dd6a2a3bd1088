"""What readers are shown for the keys that figures, resolutions and tables hold."""

from django import template
from django.utils.translation import gettext_lazy as _

from comity.statistics import labels

register = template.Library()

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
def severity_label(severity: str) -> str:
    """How severe a finding is, in the page's language."""
    return labels.severity_label(severity)


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
