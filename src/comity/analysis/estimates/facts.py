"""The facts of estimates: the observations, memberships and successions that each of them rests on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.analysis.estimates import ask
from comity.analysis.estimates.arithmetic import evidence
from comity.analysis.estimates.basis import PART_OF, SCHEMES
from comity.analysis.estimates.methods import declared
from comity.areas.gazetteer import Membership, Succession
from comity.areas.store import membership_facts, succession_facts
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.wording import gettext as _
from comity.observations.denominators import is_year
from comity.observations.observation import Observation
from comity.statistics.figures import whole_fact
from comity.statistics.store import known_on


@supplies("estimate")
def estimate_inputs(*, as_at: date, indicator: str, area: str, on: str, method: str) -> Sequence[Fact[Any]]:
    """What an estimate comes out of: observations, memberships and successions. Raises UnknownName."""
    return inputs_of(as_at, indicator, (area,), (on,), method)


def inputs_of(as_at: date, indicator: str, areas: Sequence[str], years: Sequence[str], method: str) -> list[Fact[Any]]:
    """What the estimates of areas and years come out of, each fact once. Raises UnknownName."""
    what, rules = declared().what(indicator), declared().method(method)
    known = known_on(ask.knowledge(rules, as_at))
    material = ask.material(known, what, rules)
    inputs: dict[Observation, None] = {}
    memberships: set[Membership] = set()
    successions: set[Succession] = set()
    for on in years:
        if not is_year(on):
            raise UnknownName(on, _("a year"))
        made = ask.reckoning(known, what, rules, on)
        for area in areas:
            if not made.knows(area):
                raise UnknownName(area, _("the code of a region, or 001 for the world"))
            found = made.of(area)
            inputs.update(dict.fromkeys(found.inputs))
            groups, followed = evidence(found, material.memberships, material.successions)
            memberships.update(groups)
            successions.update(followed)
    stated = {found.observation: found for source in (material.observations, *material.populations) for found in source}
    in_groups = (fact for scheme in (*SCHEMES, PART_OF) for fact in membership_facts(known.as_at, scheme))
    return [
        *(whole_fact(stated[observation], known.names) for observation in inputs),
        *(fact for fact in in_groups if fact.value in memberships),
        *(fact for fact in succession_facts(known.as_at) if fact.value in successions),
    ]
