"""Trends and flows from releases, wherever these come from.

Commands and pages give the releases of the database, notebooks those of the file `CURRENT.json`.
"""

from collections.abc import Sequence
from datetime import date

from comity.analysis.flows import figures
from comity.analysis.flows.figures import MEASURED, Flows
from comity.analysis.indicators.ask import indicator_values
from comity.analysis.indicators.declared import declared
from comity.analysis.trends import figures as observed_trends
from comity.analysis.trends.figures import Family, SeriesTrend
from comity.areas.gazetteer import Gazetteer, Succession
from comity.evidence.errors import UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.denominators import POPULATION, is_year
from comity.observations.observation import TOTAL
from comity.statistics.releases import query, question
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Found, Selection


def flows_held(held: Holdings, what: str, *, first: str = "", last: str = "", as_at: date) -> Flows:
    """The flows from a first to a last year, as known on a day; the latest year that is held where none is named."""
    reason = figures.no_flows(what)
    if reason:
        return Flows(what, first, last, "", reason=reason)
    found = flow_observations(held, what, first=first, last=last, as_at=as_at)
    years = sorted({one.observation.period for one in found})
    if not years:
        return Flows(what, first, last, MEASURED[what].unit, reason=_("No observation that names an origin is held."))
    if not (first or last):
        first = years[-1]
    return figures.flows((one.observation for one in found), what, first or years[0], last or years[-1])


def flow_observations(held: Holdings, what: str, *, first: str, last: str, as_at: date) -> list[Found]:
    """The observations that flows are made of, as known on a day; none where their data set is not held."""
    measured = MEASURED[what]
    if measured.dataset not in held.as_at(as_at).datasets():
        return []
    whole = (TOTAL,)
    asked = Selection(
        indicators=(measured.indicator,), sexes=whole, ages=whole, breakdowns=whole, first=first, last=last
    )
    found = question.find(held, asked, dataset=measured.dataset, as_at=as_at)
    return [one for one in found if is_year(one.observation.period) and figures.is_flow(one.observation, measured)]


def trends_held(
    held: Holdings,
    names: Gazetteer,
    indicator: str,
    *,
    areas: Sequence[str] = (),
    dataset: str | None = None,
    iccs: str = "",
    first: str = "",
    last: str = "",
    as_at: date,
) -> list[SeriesTrend]:
    """The trends of an indicator's series in each data set that has it; see `trend_store.trends_of`."""
    releases = question.releases_asked(held, dataset, as_at, all_vintages=False)
    _require_indicator(releases, indicator)
    found = []
    for data_set in dict.fromkeys(dataset or release.dataset for release in releases):
        asked = Family(data_set, indicator, iccs, tuple(areas), first, last)
        observed = family_of(held, names, asked, as_at)
        if observed:
            years = [one.observation.period for one in observed if not one.observation.indicator.startswith(POPULATION)]
            family = Family(asked.dataset, indicator, iccs, asked.areas, first or min(years), last or max(years))
            found += observed_trends.trends_of_family(family, observed, successions_of(family, names))
    return found


def family_of(held: Holdings, names: Gazetteer, family: Family, as_at: date) -> list[Found]:
    """The observations of a family, as known on a day; of an indicator that is not published, those it is made of."""
    found = question.find(held, family.selection(), dataset=family.dataset, as_at=as_at)
    if not found and family.indicator in declared().indicators:
        values = indicator_values(
            held,
            names,
            family.indicator,
            of_areas=family.areas,
            first=family.first,
            last=family.last,
            dataset=family.dataset,
            as_at=as_at,
        )
        wanted = [one for one in values if family.takes(one.outcome.key)]
        found = list(dict.fromkeys(one for value in wanted for one in value.inputs))
    return [one for one in found if is_year(one.observation.period)]


def successions_of(family: Family, names: Gazetteer) -> list[Succession]:
    """The successions in the years of a family, by which it is known when a State split."""
    return [one for one in names.successions() if family.first <= str(one.date.year) <= family.last]


def _require_indicator(releases: Sequence[Release], indicator: str) -> None:
    observed = [code for code, _count in query.choices(releases, Selection(), "indicator")]
    known = list(dict.fromkeys([*observed, *declared().indicators]))
    if indicator not in known:
        what = _("an indicator that is declared or that observations are held of")
        raise UnknownName(indicator, what, question.nearest(indicator, known) or known[:5])
