"""Estimates from the releases that are held: rows for commands and pages, and the facts of their figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.utils.translation import get_language

from comity.analysis.estimates import ask
from comity.analysis.estimates.ask import address, knowledge, record
from comity.analysis.estimates.basis import PART_OF, SCHEMES
from comity.analysis.estimates.figures import Estimate, estimate, evidence
from comity.analysis.estimates.methods import Estimated, Rules, declared
from comity.areas import store as areas
from comity.areas.gazetteer import Gazetteer, Membership, Succession
from comity.areas.models import SuccessionRecord
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.store import fact_of, now
from comity.evidence.wording import gettext as _
from comity.observations.denominators import Populations, is_year
from comity.statistics import store
from comity.statistics.figures import whole_fact
from comity.statistics.releases.query import Found

__all__ = ["address", "estimate_inputs", "estimates", "record", "succession_facts"]


@dataclass(frozen=True)
class Material:
    """What the estimates of one year are made of, with its evidence."""

    observations: tuple[Found, ...]
    populations: tuple[tuple[Found, ...], ...]
    memberships: tuple[Fact[Membership], ...]
    successions: tuple[Fact[Succession], ...]


def estimates(what: str, *, method: str = "", on: str = "", as_at: date | None = None) -> list[Estimate]:
    """The estimates for the world and all regions in a year, by a method, as known on a day.

    Without `on` the method's own year is meant, else the latest with a figure for the world. Without `as_at` a method
    that has a vintage of its own speaks from it. Raises UnknownName for what cannot be estimated, or no such method.
    """
    return ask.asked(
        store.published(),
        what,
        method=method,
        on=on,
        as_at=as_at,
        today=now().date(),
        make=partial(_estimates, _state()),
    )


def _state() -> tuple[str, str | None]:
    """What kept estimates depend on beside their arguments: all that is stored, and the language of their reasons."""
    return store.kept_for(), get_language()


@lru_cache(maxsize=32)
def _estimates(
    _kept_for: tuple[str, str | None], what: Estimated, rules: Rules, on: str, known: date
) -> Sequence[Estimate]:
    material = _material(_kept_for[0], what, rules, on, known)
    return estimate(
        what,
        rules,
        on,
        (found.observation for found in material.observations),
        [Populations(found.observation for found in source) for source in material.populations],
        [fact.value for fact in material.memberships],
        [fact.value for fact in material.successions],
    )


@lru_cache(maxsize=8)
def _material(_head: str, what: Estimated, rules: Rules, on: str, known: date) -> Material:
    countries = ask.countries(areas.gazetteer(known))
    memberships, successions = _geography(_head, known)
    return Material(
        observations=_observations(_head, what, known),
        populations=ask.people(store.published(), countries, rules, on, known),
        memberships=memberships,
        successions=successions,
    )


@lru_cache(maxsize=8)
def _geography(_head: str, known: date) -> tuple[tuple[Fact[Membership], ...], tuple[Fact[Succession], ...]]:
    """The memberships of countries and the successions known on a day: the same for every year."""
    names = areas.gazetteer(known)
    countries = ask.countries(names)
    memberships = (fact for scheme in (*SCHEMES, PART_OF) for fact in areas.membership_facts(known, scheme))
    return (
        tuple(fact for fact in memberships if fact.value.area in countries),
        tuple(succession_facts(known, names)),
    )


@lru_cache(maxsize=8)
def _observations(_head: str, what: Estimated, known: date) -> tuple[Found, ...]:
    return ask.observations(store.published(), what, known)


def succession_facts(as_at: date, names: Gazetteer) -> list[Fact[Succession]]:
    """The successions known on a day, with their evidence."""
    records: Iterable[Any] = SuccessionRecord.objects.as_at(as_at).select_related("origin").order_by("pk")
    return [
        fact_of(
            record,
            Succession(
                record.predecessor,
                record.successor,
                record.date,
                record.relation,
                record.verified,
                record.note,
            ),
            text=record.successor,
            label=f"{names.label(record.predecessor)} → {names.label(record.successor)}, {record.date.isoformat()}",
            about=record.successor,
        )
        for record in records
    ]


@supplies("estimate")
def estimate_inputs(*, as_at: date, indicator: str, area: str, on: str, method: str) -> Sequence[Fact[Any]]:
    """What an estimate comes out of: observations, memberships and successions. Raises UnknownName."""
    what, rules = declared().what(indicator), declared().method(method)
    known = knowledge(rules, as_at)
    if not is_year(on):
        raise UnknownName(on, _("a year"))
    found = next((one for one in _estimates(_state(), what, rules, on, known) if one.area == area), None)
    if found is None:
        raise UnknownName(area, _("the code of a region, or 001 for the world"))
    material = _material(store.kept_for(), what, rules, on, known)
    held = {one.observation: one for source in (material.observations, *material.populations) for one in source}
    names = areas.gazetteer(known)
    memberships, successions = evidence(
        found, [fact.value for fact in material.memberships], [fact.value for fact in material.successions]
    )
    groups, followed = set(memberships), set(successions)
    return [
        *(whole_fact(held[one], names) for one in found.inputs),
        *(fact for fact in material.memberships if fact.value in groups),
        *(fact for fact in material.successions if fact.value in followed),
    ]
