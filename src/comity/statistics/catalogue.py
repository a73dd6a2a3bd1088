"""What data are held: of each data set how many States it covers, how completely and how late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop
from comity.observations.observation import Observation

RECENT = 5
"""How many years up to a data set's last one its completeness is measured over."""


@dataclass(frozen=True)
class Coverage:
    """What is held of one area: observations, their years, and how many of these are recent ones of the data set."""

    area: str
    member: bool
    observations: int
    years: tuple[int, ...]
    recent: int

    @property
    def first(self) -> int:
        """The first year."""
        return self.years[0]

    @property
    def last(self) -> int:
        """The last year."""
        return self.years[-1]


@dataclass(frozen=True)
class Contents:
    """What a release holds. `members` is the number of Member States on the day of its publication."""

    dataset: str
    release: str
    year: int
    observations: int
    rejected: int
    members: int
    areas: tuple[Coverage, ...]

    @property
    def states(self) -> tuple[Coverage, ...]:
        """The Member States among the areas."""
        return tuple(one for one in self.areas if one.member)


def coverages(rows: Iterable[tuple[str, bool, int, Iterable[int]]], last: int | None = None) -> tuple[Coverage, ...]:
    """The coverage of each area, out of area, whether it is a Member State, number of observations and their years.

    `last` is the last of the recent years; the last one of any area, where it is not given.
    """
    listed = [(area, member, count, tuple(sorted(years))) for area, member, count, years in rows]
    until = last if last is not None else max((years[-1] for _area, _member, _count, years in listed), default=0)
    return tuple(
        Coverage(area, member, count, years, sum(until - RECENT < year <= until for year in years))
        for area, member, count, years in listed
    )


def together(contents: Sequence[Contents]) -> Contents:
    """What the releases of one data set that speak together hold: a whole one, and the partial ones after it.

    How complete and how late the data set is, is measured by the whole one: a corrected cell makes no new collection.
    """
    whole = contents[0]
    if len(contents) == 1:
        return whole
    held: dict[str, list[Coverage]] = {}
    for one in sorted((area for each in contents for area in each.areas), key=lambda one: one.area):
        held.setdefault(one.area, []).append(one)
    joined = (
        (area, of[-1].member, sum(one.observations for one in of), {year for one in of for year in one.years})
        for area, of in held.items()
    )
    return replace(
        whole,
        release=contents[-1].release,
        observations=sum(one.observations for one in contents),
        rejected=sum(one.rejected for one in contents),
        areas=coverages(joined, max((area.last for area in whole.areas), default=0)),
    )


def by_data_set(contents: Sequence[Contents]) -> list[Contents]:
    """What is held of each data set."""
    sets: dict[str, list[Contents]] = {}
    for one in contents:
        sets.setdefault(one.dataset, []).append(one)
    return [together(sets[dataset]) for dataset in sorted(sets)]


@method(
    "data-sets",
    version=2,
    label=gettext_noop("Data sets"),
    phrase=gettext_noop("Data sets that are held"),
    unit=gettext_noop("data sets"),
)
def data_sets(contents: Sequence[Contents]) -> Table:
    """The data sets that are held, each by the releases that speak at the state of knowledge: the last whole one, and
    the partial ones after it, which add and revise. `release` is the last of them.

    `observations` counts the observations, `left_out` the rows of the file that gave none, each with a finding that
    says why. `states` counts the Member States of the United Nations with at least one observation, `areas` all areas.
    `first` and `last` are the years between which observations lie. `completeness`, in per cent, is the share of the
    last five years of the whole release, over all Member States, for which a State has at least one observation;
    later years that a partial release adds do not move them. `lateness`, in years, is the median over those States of
    the time from the last year that a State has data for to the year in which the whole release was published, none
    where the data are newer. Parts of a State that report apart count among the areas alone.
    """
    columns = ("release", "observations", "left_out", "states", "areas", "first", "last", "completeness", "lateness")
    return Table(columns, {one.dataset: _row(one) for one in by_data_set(contents)})


def _row(contents: Contents) -> tuple[object, ...]:
    states = contents.states
    reported = sum(state.recent for state in states)
    return (
        contents.release,
        contents.observations,
        contents.rejected,
        len(states),
        len(contents.areas),
        str(min(area.first for area in contents.areas)) if contents.areas else None,
        str(max(area.last for area in contents.areas)) if contents.areas else None,
        100 * reported / (contents.members * RECENT) if contents.members else None,
        float(median(max(0, contents.year - state.last) for state in states)) if states else None,
    )


@method(
    "data-sets-held",
    version=1,
    label=gettext_noop("Number of data sets held"),
    phrase=gettext_noop("Number of data sets that are held"),
    unit=gettext_noop("data sets"),
)
def data_sets_held(contents: Sequence[Contents]) -> int:
    """The number of data sets of which a release speaks at the state of knowledge."""
    return len(by_data_set(contents))


@method(
    "observations-held",
    version=1,
    label=gettext_noop("Number of observations held"),
    phrase=gettext_noop("Number of observations that are held"),
    unit=gettext_noop("observations"),
)
def observations_held(contents: Sequence[Contents]) -> int:
    """The number of observations in the releases that speak at the state of knowledge, all data sets together."""
    return sum(one.observations for one in contents)


@method(
    "states-with-data",
    version=2,
    label=gettext_noop("Member States with data"),
    phrase=gettext_noop("Member States with data on crime or criminal justice"),
    unit=gettext_noop("Member States"),
)
def states_with_data(latest: Sequence[Observation]) -> int:
    """The number of Member States with at least one observation in any data set on crime or criminal justice.

    Each State is an input once, by its latest observation. Tables of population do not count: they are estimates made
    for every State, and nothing that a State has sent.
    """
    return len({one.area for one in latest})
