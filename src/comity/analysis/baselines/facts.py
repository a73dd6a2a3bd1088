"""The facts of baselines: the act that set each, what stood behind its value then, and what is held since."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.baselines.ask import values_of
from comity.analysis.baselines.path import Held, Question
from comity.analysis.baselines.store import held
from comity.areas.gazetteer import Gazetteer
from comity.areas.store import succession_facts
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.statistics.figures import fact
from comity.statistics.releases.known import Known
from comity.statistics.store import known_on


@supplies("baseline")
def _one(*, as_at: date, indicator: str, area: str, detail: str) -> Sequence[Fact[Any]]:
    found = _asked(Question(indicator, area, detail), as_at)
    return [_act(found, "", known_on(as_at).names), *_stood(found)]


@supplies("baseline-path")
def _path(*, as_at: date, indicator: str, area: str, detail: str) -> Sequence[Fact[Any]]:
    found, known = _asked(Question(indicator, area, detail), as_at), known_on(as_at)
    return [_act(found, found.baseline.period, known.names), *_since(found, known, as_at, by_year=True)]


@supplies("baselines")
def _all(*, as_at: date) -> Sequence[Fact[Any]]:
    known = known_on(as_at)
    return [
        each
        for one in held(as_at)
        for each in (_act(one, one.baseline.of.row, known.names), *_since(one, known, as_at, by_year=False))
    ]


@supplies("baselines-set")
def _set(*, as_at: date) -> Sequence[Fact[Any]]:
    names = known_on(as_at).names
    return [_act(one, one.baseline.of.row, names) for one in held(as_at)]


def _asked(of: Question, as_at: date) -> Held:
    found = next((one for one in held(as_at) if one.baseline.of == of), None)
    if found is None:
        what = _("an indicator, area and category with a baseline")
        raise UnknownName(", ".join(of), what, [", ".join(one.baseline.of) for one in held(as_at)])
    return found


def _act(one: Held, about: str, names: Gazetteer) -> Fact[Any]:
    """The act that set a baseline: what stands in its record is the value."""
    baseline = one.baseline
    return Fact(
        value=baseline,
        text=repr(baseline.value),
        label=f"{names.label(baseline.of.area)}, {baseline.period}: {baseline.of.indicator}",
        about=about,
        origin=one.origin,
        file=one.file,
        place=one.place,
        recorded_at=one.set_at,
        known_from=one.set_at.date(),
    )


def _stood(one: Held) -> Iterator[Fact[Any]]:
    """The observations behind a baseline, where they stood when it was set."""
    for stood in one.evidence:
        yield Fact(
            value=None,
            text=stood.text,
            label=stood.label,
            about=one.baseline.of.area,
            origin=stood.origin,
            file=stood.file,
            place=stood.place,
            recorded_at=stood.recorded_at,
            known_from=stood.known_from,
        )


def _since(one: Held, known: Known, as_at: date, *, by_year: bool) -> Iterator[Fact[Any]]:
    """What the values of a baseline's year and later ones rest on, each about its year, or about the baseline's row.

    Earlier years take no part: what is compared lies from the baseline on.
    """
    baseline = one.baseline
    values = [value for value in values_of(known, one) if value.outcome.key.period >= baseline.period]
    seen = set()
    for value in values:
        for found in value.inputs:
            if found not in seen:
                seen.add(found)
                about = value.outcome.key.period if by_year else baseline.of.row
                yield replace(fact(found, known.names), value=found, about=about)
    years = {value.outcome.key.period for value in values}
    for split in succession_facts(as_at):
        concerned = baseline.of.area in (split.value.predecessor, split.value.successor)
        if concerned and str(split.value.date.year) in years:
            yield split
