"""The words for codes in documents: areas, groups, instruments, and the names of figures in a sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.analysis.trends.verdicts import VERDICTS_COUNTED
from comity.areas.gazetteer import WORLD
from comity.areas.labels import REGIONAL_GROUPS
from comity.evidence.figures import Figure, methods
from comity.reports.formats import day

GROUPS: dict[str, str | Promise] = {
    **REGIONAL_GROUPS,
    "none": gettext_lazy("States in no regional group"),
    WORLD: gettext_lazy("World"),
    "002": gettext_lazy("Africa"),
    "019": gettext_lazy("Americas"),
    "142": gettext_lazy("Asia"),
    "150": gettext_lazy("Europe"),
    "009": gettext_lazy("Oceania"),
    **VERDICTS_COUNTED,
}
"""What rows of a figure are called that are no areas, in the order in which they stand: groups, regions, verdicts."""


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
    indicator: Callable[[str], str] = _code
    category: Callable[[str], str] = _code

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

    def baseline(self, key: str) -> str:
        """The row of a baseline, `homicide-rate:076:0101`, as area and indicator."""
        indicator, _colon, rest = key.partition(":")
        area = rest.partition(":")[0]
        return _("%(area)s: %(indicator)s") % {"area": self.area(area), "indicator": self.indicator(indicator)}

    def group(self, code: str) -> str:
        """A regional group's or region's name, or that of a verdict on trends."""
        return str(GROUPS.get(code, code))

    def row(self, kind: str, key: str) -> str:
        """A table row's name by what its rows are: areas, groups, instruments, data sets, issues, baselines."""
        kinds = {
            "area": self.area,
            "group": self.group,
            "instrument": self.instrument,
            "dataset": self.dataset,
            "issue": self.issue,
            "baseline": self.baseline,
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
        order = list(GROUPS)
        return sorted(keys, key=lambda key: order.index(key) if key in order else len(order))

    def figure(self, whole: Figure, *, dated: bool = True) -> str:
        """A figure in words, with the dates of which it speaks unless they stand elsewhere."""
        arguments = whole.arguments
        area = str(arguments.get("area", ""))
        codes = str(arguments.get("instruments", arguments.get("instrument", ""))).split(",")
        known = {
            **{name: str(value) for name, value in arguments.items()},
            "indicator": self.indicator(str(arguments.get("indicator", ""))),
            "area": self.areas.get(area, self.group(area)),
            "category": self.category(str(arguments.get("category", ""))),
            "instrument": self.instrument(codes[0]),
            "instruments": ", ".join(map(self.instrument, codes)),
        }
        words = methods()[whole.method].in_words(known)
        dates = [value for value in arguments.values() if isinstance(value, date)]
        if not dated:
            return words
        if len(dates) == 1:
            return _("%(figure)s, %(date)s") % {"figure": words, "date": day(dates[0])}
        if dates:
            since, until = day(dates[0]), day(dates[1])
            return _("%(figure)s, after %(since)s to %(until)s") % {"figure": words, "since": since, "until": until}
        return words
