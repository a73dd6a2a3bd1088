"""The method of the figure of one estimate."""

from collections.abc import Collection, Iterable, Sequence

from comity.analysis.estimates.arithmetic import Estimate, estimate
from comity.analysis.estimates.basis import populations_of
from comity.analysis.estimates.methods import declared, stated
from comity.areas.gazetteer import Membership, Succession
from comity.evidence.figures import method
from comity.evidence.wording import gettext_noop
from comity.observations.observation import Observation


def estimates_of(
    values: Iterable[Observation | Membership | Succession],
    indicator: str,
    on: str,
    method: str,
    of: Collection[str] = (),
) -> list[Estimate]:
    """The estimates that facts give: for all regions, or for those named."""
    held, known = list(values), declared()
    rules = known.method(method)
    rows = [one for one in held if isinstance(one, Observation)]
    memberships = [one for one in held if isinstance(one, Membership)]
    successions = [one for one in held if isinstance(one, Succession)]
    people = populations_of(rules, rows)
    return estimate(known.what(indicator), rules, on, rows, people, memberships, successions, of=of)


@method(
    "estimate",
    version=1,
    label=gettext_noop("Estimate for a region"),
    phrase=gettext_noop("%(indicator)s, %(area)s, %(on)s, by %(method)s"),
    unit=gettext_noop("as the indicator states"),
    states=stated,
)
def estimate_figure(
    values: Sequence[Observation | Membership | Succession], *, indicator: str, area: str, on: str, method: str
) -> float | None:
    """A regional or global estimate for a year, by a named method; not rounded, and not summed from rounded figures.

    `comity-1`: the rates of all States and areas of the region weighted by their resident populations. A rate is the
    count divided by the population of its year; between observations at most %(gap)s years apart it is interpolated
    linearly, at the ends of a series carried for at most %(end)s years, never across a break or a change of territory,
    and otherwise the weighted rate of the subregion stands in. No figure is given where observations of the year itself
    cover less than %(share)s of the population.
    `study-2013`: the latest count of each territory up to the year that has a rate, divided by the populations that the
    published counts and rates imply; the arithmetic by which the table of the Global Study on Homicide 2013 gives the
    regional figures that the study prints.
    A method's name followed by a day speaks from what was known on that day.
    """
    found = estimates_of(values, indicator, on, method, (area,))
    return next((one.value for one in found), None)
