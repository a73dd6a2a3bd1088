"""Trends from what is known: the families of series that are meant, and their observations."""

from collections.abc import Sequence

from comity.analysis.indicators.ask import indicator_values
from comity.analysis.indicators.declared import declared
from comity.analysis.trends.families import Family, SeriesTrend, trends_of_family
from comity.areas.gazetteer import Gazetteer, Succession
from comity.evidence.errors import UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.denominators import POPULATION, is_year
from comity.statistics.releases import query, question
from comity.statistics.releases.files import Release
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection


def trends_of(
    known: Known,
    indicator: str,
    *,
    areas: Sequence[str] = (),
    dataset: str | None = None,
    iccs: str = "",
    first: str = "",
    last: str = "",
) -> list[SeriesTrend]:
    """The trend of each series of an indicator in some years, of areas or, if none are named, of all.

    All series of a data set in a category of offences are one family, over which p is adjusted, whichever areas are
    named; each data set that has the indicator makes one.
    Raises UnknownName for an indicator or data set that nothing is held of.
    """
    releases = question.releases_asked(known.releases, dataset, known.as_at, all_vintages=False)
    _require_indicator(releases, indicator)
    trends = []
    for data_set in dict.fromkeys(dataset or release.dataset for release in releases):
        wanted = Family(data_set, indicator, iccs, tuple(areas), first, last)
        rows = family_of(known, wanted)
        if rows:
            years = [found.observation.period for found in rows if not _is_population(found)]
            family = Family(wanted.dataset, indicator, iccs, wanted.areas, first or min(years), last or max(years))
            trends += trends_of_family(family, rows, successions_of(family, known.names))
    return trends


def _is_population(released: Released) -> bool:
    return released.observation.indicator.startswith(POPULATION)


def family_of(known: Known, family: Family) -> list[Released]:
    """The observations of a family; of an indicator that is not published, those it is made of."""
    rows = known.find(family.selection(), family.dataset)
    if not rows and family.indicator in declared().indicators:
        values = indicator_values(
            known,
            family.indicator,
            first=family.first,
            last=family.last,
            dataset=family.dataset,
        )
        wanted = [value for value in values if family.takes(value.outcome.key)]
        rows = list(dict.fromkeys(found for value in wanted for found in value.inputs))
    return [found for found in rows if is_year(found.observation.period)]


def successions_of(family: Family, names: Gazetteer) -> list[Succession]:
    """The successions in the years of a family, by which it is known when a State split."""
    return [each for each in names.successions() if family.first <= str(each.date.year) <= family.last]


def _require_indicator(releases: Sequence[Release], indicator: str) -> None:
    observed = [code for code, _count in query.choices(releases, Selection(), "indicator")]
    offered = list(dict.fromkeys([*observed, *declared().indicators]))
    if indicator not in offered:
        what = _("an indicator that is declared or that observations are held of")
        raise UnknownName(indicator, what, question.nearest(indicator, offered) or offered[:5])
