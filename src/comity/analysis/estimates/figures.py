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
    version=2,
    label=gettext_noop("Estimate for a region"),
    phrase=gettext_noop("%(indicator)s, %(area)s, %(on)s, by %(method)s"),
    unit=gettext_noop("as the indicator states"),
    states=stated,
)
def estimate_figure(
    values: Sequence[Observation | Membership | Succession], *, indicator: str, area: str, on: str, method: str
) -> float | None:
    """An estimate for a region, or for a State or area by itself, in a year, by a named method; not rounded.

    `study-2019`: the rates of all States and areas weighted by their populations. A rate is the count divided by the
    population of its year in World Population Prospects 2017, geometric between its five-yearly points. For a year that
    a State lacks stands the mean of all its own rates from %(first)s to %(last)s, each weighing half as much for every
    year that it is away; for a State without any the rate of those of its subregion that report; for States of Africa
    without data an estimate, as the World Health Organization gave it for 2012, and for Nigeria a count of 2016 that
    was taken from memory and is not verified. The rule was inferred by us from what the Global Study on Homicide 2019
    prints; its annex on method was not seen.
    `comity-1`: the same weighting, by the populations that indicators use. Up to %(gap)s years from the nearer of two
    observations the rate is interpolated linearly, at the ends of a series carried for at most %(end)s years, beyond
    these it is the mean of its own rates, never across a break or a change of territory, and only for a State without
    any the weighted rate of the subregion. No figure is given where observations within %(near)s years cover
    less than %(share)s of the population.
    `study-2013`: the latest count of each territory up to the year that has a rate, divided by the populations that the
    published counts and rates imply; the arithmetic by which the table of the Global Study on Homicide 2013 gives the
    regional figures that the study prints.
    A total is never given where a part of it has none. Low and high, where something is filled in, are the range of
    what other admissible rules give, widened by how far fillings missed values that were hidden from them, and by
    chance; such bounds held the rate of a region in %(held)s per cent of %(trials)s trials in which States of it were
    hidden. Else they are the exact Poisson bounds of the count.
    A method's name followed by a day speaks from what was known on that day.
    """
    found = estimates_of(values, indicator, on, method, (area,))
    return next((one.value for one in found), None)
