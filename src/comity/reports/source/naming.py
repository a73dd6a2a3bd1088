"""The words for codes in documents: areas, groups, instruments, and the names of figures in a sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from comity.evidence.figures import Figure
from comity.reports.formats import day

GROUPS = {
    "africa": gettext_noop("African States"),
    "asia-pacific": gettext_noop("Asia-Pacific States"),
    "eastern-europe": gettext_noop("Eastern European States"),
    "latin-america-caribbean": gettext_noop("Latin American and Caribbean States"),
    "western-europe-other": gettext_noop("Western European and other States"),
    "none": gettext_noop("States in no regional group"),
    "001": gettext_noop("World"),
    "002": gettext_noop("Africa"),
    "019": gettext_noop("Americas"),
    "142": gettext_noop("Asia"),
    "150": gettext_noop("Europe"),
    "009": gettext_noop("Oceania"),
}
VERDICTS = {
    "increase": gettext_noop("Rose"),
    "decrease": gettext_noop("Fell"),
    "stable": gettext_noop("Stable"),
    "no verdict": gettext_noop("No verdict"),
    "no-verdict": gettext_noop("No verdict"),
    "all": gettext_noop("States and areas with a rate"),
}
LABELS = {
    "parties": gettext_noop("Parties to the %(instrument)s"),
    "states": gettext_noop("States parties to the %(instrument)s"),
    "signatories": gettext_noop("Signatories to the %(instrument)s"),
    "in-force-for": gettext_noop("Participants for which the %(instrument)s is in force"),
    "not-party": gettext_noop("Member States not party to the %(instrument)s"),
    "coverage": gettext_noop("Member States party to the %(instrument)s, per cent"),
    "joined": gettext_noop("New parties to the %(instrument)s"),
    "status-table": gettext_noop("Status by State: %(instruments)s"),
    "parties-by-group": gettext_noop("Parties to the %(instrument)s by regional group"),
    "parties-by-region": gettext_noop("Parties to the %(instrument)s by region"),
    "parties-over-time": gettext_noop("Parties over time: %(instruments)s"),
    "consents-by-year": gettext_noop("Consents by year: %(instruments)s"),
    "not-party-list": gettext_noop("Member States not party to the %(instrument)s, by name"),
    "entry-into-force": gettext_noop("Entry into force of the %(instrument)s"),
    "counter-terrorism": gettext_noop("The instruments against terrorism"),
    "register-complete-through": gettext_noop("Day through which the register is complete"),
    "members": gettext_noop("Member States of the United Nations"),
    "data-sets": gettext_noop("Data sets that are held"),
    "data-sets-held": gettext_noop("Number of data sets that are held"),
    "observations-held": gettext_noop("Number of observations that are held"),
    "states-with-data": gettext_noop("Member States with data on crime or criminal justice"),
    "estimate": gettext_noop("%(indicator)s, %(area)s, %(on)s, by %(method)s"),
    "estimates-by-region": gettext_noop("%(indicator)s by region, %(on)s, by %(method)s"),
    "estimates-by-area": gettext_noop("%(indicator)s by State and area, %(on)s, by %(method)s"),
    "estimates-over-time": gettext_noop("%(indicator)s over time by region, %(first)s to %(last)s, by %(method)s"),
    "rate-trends": gettext_noop("Trends by State and area: %(indicator)s, %(first)s to %(last)s"),
    "trend-verdicts": gettext_noop("States and areas by verdict: %(indicator)s, %(first)s to %(last)s"),
    "emerging-issues": gettext_noop("What is held on each emerging issue"),
    "issues-measured": gettext_noop("Number of emerging issues with observations"),
}


def _code(code: str) -> str:
    return code


def _plain_key(name: str) -> tuple[str, str]:
    return (name.casefold(), name)


@dataclass(frozen=True)
class Names:
    """What codes are called in a document's language, and how names are put in order."""

    areas: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)
    order: Callable[[str], Any] = _plain_key
    datasets: Mapping[str, str] = field(default_factory=dict)
    issues: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)

    def area(self, code: str) -> str:
        """An area's short name."""
        return self.areas.get(code, code)

    def instrument(self, code: str) -> str:
        """An instrument's short title."""
        return self.instruments.get(code, code)

    def dataset(self, code: str) -> str:
        """A data set's title."""
        return self.datasets.get(code, code)

    def issue(self, code: str) -> str:
        """An emerging issue's title."""
        return self.issues.get(code, code)

    def indicator(self, code: str) -> str:
        """An indicator's title."""
        return self.indicators.get(code, code)

    def group(self, code: str) -> str:
        """A regional group's or region's name, or that of a verdict on trends."""
        if code in VERDICTS:
            return _(VERDICTS[code])
        return _(GROUPS[code]) if code in GROUPS else code

    def row(self, kind: str, key: str) -> str:
        """A table row's name by what its rows are: areas, groups, instruments, data sets, issues, or else as it is."""
        kinds = {
            "area": self.area,
            "group": self.group,
            "instrument": self.instrument,
            "dataset": self.dataset,
            "issue": self.issue,
        }
        words = kinds.get(kind, _code)(key)
        return words[:1].upper() + words[1:]

    def ordered(self, kind: str, keys: Iterable[str]) -> list[str]:
        """Rows in the order of their names, groups with those in no group last."""
        if kind == "group":
            return self.ordered_groups(keys)
        return sorted(keys, key=lambda key: self.order(self.row(kind, key))) if kind == "area" else list(keys)

    def ordered_groups(self, keys: Iterable[str]) -> list[str]:
        """Groups in the customary order."""
        order = [*GROUPS, *VERDICTS]
        return sorted(keys, key=lambda key: order.index(key) if key in order else len(order))

    def figure(self, whole: Figure, *, dated: bool = True) -> str:
        """A figure in words, with the dates of which it speaks unless they stand elsewhere."""
        arguments = whole.arguments
        codes = str(arguments.get("instruments", arguments.get("instrument", ""))).split(",")
        known = {
            **{name: str(value) for name, value in arguments.items()},
            "indicator": self.indicator(str(arguments.get("indicator", ""))),
            "area": self.group(str(arguments.get("area", ""))),
            "instrument": self.instrument(codes[0]),
            "instruments": ", ".join(map(self.instrument, codes)),
        }
        words = _(LABELS[whole.method]) % known if whole.method in LABELS else whole.method
        dates = [value for value in arguments.values() if isinstance(value, date)]
        if not dated:
            return words
        if len(dates) == 1:
            return _("%(figure)s, %(date)s") % {"figure": words, "date": day(dates[0])}
        if dates:
            since, until = day(dates[0]), day(dates[1])
            return _("%(figure)s, after %(since)s to %(until)s") % {"figure": words, "since": since, "until": until}
        return words
