"""Populations from the releases that speak, in the order in which sources are asked."""

from collections.abc import Collection, Iterable
from itertools import groupby

from comity.observations.denominators import LARGEST_GAP, POPULATION, is_year, source_of
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection

# Totals of each year before five-year points by sex and age; any other source after these.
_FIRST = ("population", "population-by-age")


def populations(
    known: Known, areas: Collection[str], years: Iterable[str], *, by_sex_or_age: bool = False
) -> list[list[Released]]:
    """The populations of areas around some years, one list for each source, in the order in which they are asked.

    Of sources after the first, only what it lacks is fetched, unless populations by sex or age are wanted.
    """
    wanted = sorted(year for year in years if is_year(year))
    if not areas or not wanted:
        return []
    first, last = str(int(wanted[0]) - LARGEST_GAP), str(int(wanted[-1]) + LARGEST_GAP)
    missing, by_source = set(areas), []
    for datasets in _sources(known):
        selection = Selection(areas=tuple(sorted(missing)), indicators=(POPULATION,), first=first, last=last)
        rows = [found for dataset in datasets for found in known.find(selection, dataset)]
        by_source.append(rows)
        if not by_sex_or_age:
            missing -= {found.observation.area for found in rows}
        if not missing:
            break
    return by_source


def _sources(known: Known) -> list[list[str]]:
    names = [dataset for dataset in known.datasets if dataset.startswith(POPULATION)]
    ordered = sorted(names, key=lambda name: (_rank(source_of(name)), name))
    return [list(group) for _source, group in groupby(ordered, key=source_of)]


def _rank(source: str) -> int:
    return _FIRST.index(source) if source in _FIRST else len(_FIRST)
