"""What readers are shown for the keys that figures, resolutions and tables hold."""

from django import template
from django.utils.translation import gettext_lazy as _

from comity.evidence.figures import methods
from comity.statistics import labels

register = template.Library()

STRENGTHS = {"strong": _("strong"), "medium": _("medium"), "declaratory": _("declaratory")}


@register.filter
def strength_label(strength: str) -> str:
    """How binding a verb is, in the page's language."""
    return str(STRENGTHS.get(str(strength), strength))


@register.filter
def method_label(name: str) -> str:
    """The heading of a registered method's figures, in the page's language."""
    return methods()[name].heading


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
    "category": _("Category"),
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
