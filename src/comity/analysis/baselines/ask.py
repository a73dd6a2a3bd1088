"""Baselines from what is known: which value a person means, what has become of it, and the rows that are given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from comity.analysis.baselines.path import Held, Now, Question, Step, now, remark, steps
from comity.analysis.indicators.ask import detail, indicator_values
from comity.analysis.indicators.coverage import coverage_of
from comity.analysis.indicators.declared import Indicator, declared
from comity.analysis.indicators.figures import IndicatorValue
from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.figures import figure_id
from comity.evidence.wording import gettext as _
from comity.statistics.figures import whole_number
from comity.statistics.releases import query, question
from comity.statistics.releases.known import Known


@dataclass(frozen=True)
class Wanted:
    """The value that a person wants to fix: indicator, area and year; data set and category may be left open."""

    indicator: str
    area: str
    period: str
    dataset: str | None = None
    category: str = ""


def meant(known: Known, wanted: Wanted, where: str) -> IndicatorValue:
    """The one value that a person means, as known on a day.

    Where several data sets have it, that of the data set which the page of the indicator shows first. Raises
    UnknownName for an indicator, data set or category that there is none of, BadInput where no value is held, where it
    was withdrawn, and where several categories have one and none is named; `where` is where the words stand.
    """
    indicator = declared()[wanted.indicator]
    values = _values(known, wanted)
    if wanted.category:
        offered = list(dict.fromkeys(detail(one.outcome.key) for one in values))
        values = [one for one in values if detail(one.outcome.key) == wanted.category]
        if not values:
            what = _("a category of the indicator that is held of the area and year")
            raise UnknownName(wanted.category, what, offered, where, "--category")
    valued = [one for one in values if one.outcome.value is not None]
    if not valued:
        why = values[0].outcome.reason if values else _why_none(known, indicator, wanted)
        expected = _("a year of which a value is held. %(why)s") % {"why": why}
        raise BadInput(Fault(where, "--on", wanted.period, expected))
    categories = sorted({detail(one.outcome.key) for one in valued})
    if len(categories) > 1:
        expected = _("--category with one of: %(categories)s") % {"categories": ", ".join(categories)}
        raise BadInput(Fault(where, "INDICATOR", wanted.indicator, expected))
    order = [one.release.dataset for one in coverage_of(known, indicator)]
    return min(valued, key=lambda one: order.index(one.dataset))


def _values(known: Known, wanted: Wanted) -> list[IndicatorValue]:
    return indicator_values(
        known,
        wanted.indicator,
        areas=(wanted.area,),
        first=wanted.period,
        last=wanted.period,
        dataset=wanted.dataset,
    )


def _why_none(known: Known, indicator: Indicator, wanted: Wanted) -> str:
    """Why nothing is held: whether a release stated it that others have overtaken, or none that may be shown."""
    asked = replace(indicator.numerator.selection(), areas=(wanted.area,), first=wanted.period, last=wanted.period)
    vintages = question.releases_asked(known.releases, wanted.dataset, known.as_at, all_vintages=True)
    stated = [one for one in query.select(vintages, asked) if one.observation.value is not None]
    if stated:
        words = _("The value that %(release)s stated has been withdrawn by a later release.")
        return words % {"release": stated[-1].release.id}
    words = _("No value that may be shown to all is held of it, as known on %(day)s.")
    return words % {"day": known.as_at.isoformat()}


def require_standing(today: Known, value: IndicatorValue, where: str) -> None:
    """Raises BadInput where a value that was known on an earlier day is held no more today."""
    key = value.outcome.key
    wanted = Wanted(value.indicator.code, key.area, key.period, value.dataset, detail(key))
    standing = _values(today, wanted) if value.dataset in today.datasets else []
    if not any(one.outcome.key == key and one.outcome.value is not None for one in standing):
        numerator = next((one for one in value.inputs if value.indicator.numerator.takes(one.observation)), None)
        stated = numerator.release.id if numerator else value.dataset
        expected = _("a value that still stands: what %(release)s stated has since been withdrawn")
        raise BadInput(Fault(where, "--on", key.period, expected % {"release": stated}))


def values_of(known: Known, held: Held) -> list[IndicatorValue]:
    """The values that are held of what a baseline is of, all years, in its data set."""
    of, dataset = held.baseline.of, held.baseline.dataset
    if dataset not in known.datasets:
        return []
    found = indicator_values(known, of.indicator, areas=(of.area,), dataset=dataset)
    return [one for one in found if detail(one.outcome.key) == of.detail]


def followed(known: Known, held: Held) -> list[Step]:
    """The year of a baseline and each later one, against the value that was fixed."""
    return steps(values_of(known, held), held.baseline)


def address(of: Question) -> str:
    """The address of a baseline's figure: `baseline.homicide-rate.076.0101`."""
    return figure_id("baseline", of._asdict())


def path_address(of: Question) -> str:
    """The address of the figure of a baseline's path: `baseline-path.homicide-rate.076.0101`."""
    return figure_id("baseline-path", of._asdict())


def record(held: Held, found: Now, names: Gazetteer, language: str = "en") -> dict[str, Any]:
    """A baseline in the shape of `comity baseline list --format json`."""
    baseline = held.baseline
    return {
        **_of(baseline.of, names, language, baseline.period),
        "on": baseline.period,
        "as_at": baseline.as_at.isoformat(),
        "value": whole_number(baseline.value),
        "printed": baseline.printed,
        "unit": declared()[baseline.of.indicator].unit,
        "dataset": baseline.dataset,
        "by": held.by,
        "set_at": held.set_at.isoformat(),
        "now": whole_number(found.value),
        "revised": found.revised,
        "withdrawn": found.withdrawn,
        "remark": remark(found, baseline),
        "inputs": [
            {"value": one.text, "label": one.label, "release": one.release, "file": one.file, "place": one.place}
            for one in held.evidence
        ],
        "figure": address(baseline.of),
    }


def step_records(held: Held, path: Sequence[Step], names: Gazetteer, language: str = "en") -> list[dict[str, Any]]:
    """The path of a baseline in the shape of `comity baseline follow --format json`, a record a year."""
    baseline = held.baseline
    return [
        {
            **_of(baseline.of, names, language, step.period),
            "baseline": baseline.period,
            "baseline_value": whole_number(baseline.value),
            "on": step.period,
            "value": whole_number(step.value),
            "printed": step.printed,
            "unit": declared()[baseline.of.indicator].unit,
            "change": step.change,
            "index": step.index,
            "reason": step.reason,
            "dataset": baseline.dataset,
            "figure": f"{path_address(baseline.of)}#{step.period}.value",
        }
        for step in path
    ]


def _of(of: Question, names: Gazetteer, language: str, period: str) -> dict[str, Any]:
    area = names.areas.get(of.area)
    return {
        "indicator": of.indicator,
        "area": of.area,
        "iso3": area.iso3 if area else None,
        "name": names.label(of.area, language, date(int(period), 7, 1)),
        "category": of.detail,
    }


def found_now(known: Known, held: Held) -> Now:
    """What is held now of the year of a baseline."""
    return now(values_of(known, held), held.baseline)
