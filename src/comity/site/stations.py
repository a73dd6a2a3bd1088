"""The loop's stations with their live counts, asked of the rooms' stores."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.evidence.figures import figure, methods
from comity.evidence.store import public_origins
from comity.instruments import store as instruments
from comity.mandates import store as mandates
from comity.site.programme_loop import Station, Tally, linked


def stations(as_at: date) -> list[Station]:
    """The eight stations of the loop, in order, each with what is held of it on a day."""
    return linked(
        [
            Station(
                "mandates",
                _("Mandates"),
                _("What a resolution asks, paragraph by paragraph: verbs, addressees, conditions, deadlines."),
                reverse("resolutions"),
                _mandates(as_at),
                built=True,
            ),
            Station(
                "treaties",
                _("Treaties"),
                _("Who is bound and since when, computed from acts of signature and consent."),
                reverse("instruments"),
                _treaties(as_at),
                built=True,
            ),
            Station(
                "data",
                _("Data"),
                _("Crime and criminal justice statistics that States give, with their gaps."),
                reverse("data-sets"),
                _data(as_at),
                built=True,
            ),
            Station(
                "figures",
                _("Figures"),
                _("Values made by registered methods, each leading back to its inputs."),
                reverse("methods"),
                _figures(),
                built=True,
            ),
            Station("reviews", _("Reviews"), _("States review how others implement the conventions, drawn by lot.")),
            Station("needs", _("Needs"), _("What reviews find missing and States ask for.")),
            Station("assistance", _("Assistance"), _("Projects, money and offices that answer needs.")),
            Station(
                "report",
                _("Report"),
                _("The Secretary-General’s report to the Assembly, as paragraphs 40 and 41 order it."),
                reverse("report"),
                built=True,
            ),
        ]
    )


def _mandates(as_at: date) -> tuple[Tally, ...]:
    held = mandates.documents(as_at)
    paragraphs = sum(document.preambular + document.operative for document in held)
    return (
        Tally(len(held), ngettext("resolution", "resolutions", len(held)), reverse("resolutions")),
        Tally(paragraphs, ngettext("paragraph", "paragraphs", paragraphs), ""),
    )


def _treaties(as_at: date) -> tuple[Tally, ...]:
    register = instruments.register(as_at)
    actions = sum(len(own) for own in register.actions.values())
    return (
        Tally(len(register.instruments), ngettext("instrument", "instruments", len(register.instruments)), ""),
        Tally(actions, ngettext("treaty action", "treaty actions", actions), ""),
    )


def _data(as_at: date) -> tuple[Tally, ...]:
    sets, observations, states = (
        figure(name, as_at=as_at) for name in ("data-sets-held", "observations-held", "states-with-data")
    )
    return (
        Tally(sets.value, ngettext("data set", "data sets", sets.value), reverse("data-sets")),
        Tally(
            observations.value,
            ngettext("observation", "observations", observations.value),
            reverse("observations"),
        ),
        Tally(
            states.value,
            ngettext("Member State with data", "Member States with data", states.value),
            reverse("figure", args=[states.id]),
        ),
    )


def _figures() -> tuple[Tally, ...]:
    origins = len(public_origins())
    return (
        Tally(len(methods()), ngettext("method", "methods", len(methods())), reverse("methods")),
        Tally(origins, ngettext("origin", "origins", origins), reverse("sources")),
    )
