"""What `import comity` gives in a notebook: published releases as tables, without a database or settings of Django.

It reads what the workspace states in `CURRENT.json` and the Parquet files of its releases, so that it works in any
process, also inside a running event loop.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from comity.analysis.estimates import ask as estimates
from comity.analysis.estimates import figures as estimate_figures
from comity.analysis.flows import corridors
from comity.analysis.flows import figures as flow_figures
from comity.analysis.flows.ask import flows_of
from comity.analysis.headlines import ask as headlines
from comity.analysis.headlines.rule import in_words
from comity.analysis.indicators import figures as indicator_figures
from comity.analysis.trends import families as observed_trends
from comity.analysis.trends import figures as trend_figures
from comity.analysis.trends.ask import trends_of
from comity.areas.gazetteer import Gazetteer
from comity.evidence.audience import audience_of
from comity.evidence.dates import read_date
from comity.evidence.figures import register
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces import workspace
from comity.notebook.table import Table
from comity.observations.observation import RECORD
from comity.statistics import figures
from comity.statistics.exports import writers
from comity.statistics.headlines import Rule, register_rule
from comity.statistics.releases import areas_for_notebooks, holdings
from comity.statistics.releases import files as released
from comity.statistics.releases import query as querying
from comity.statistics.releases import question as questions
from comity.statistics.releases import revisions as revised
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.known import Known
from comity.statistics.releases.question import Wanted

Home = str | os.PathLike[str] | None
Words = str | Sequence[str] | None
Day = str | date | None

_WHERE = "comity.query"

# The addresses of figures, which stand in the tables, follow from the arguments of their methods.
register(estimate_figures, flow_figures, indicator_figures, trend_figures, figures)
register_rule(Rule(headlines.judge, headlines.spoken, in_words))


def query(
    dataset: str | None = None,
    *,
    area: Words = None,
    indicator: Words = None,
    iccs: Words = None,
    sex: Words = None,
    age: Words = None,
    citizenship: Words = None,
    breakdown: Words = None,
    status: Words = None,
    period: str | int = "",
    as_at: Day = None,
    all_vintages: bool = False,
    confidential: bool = False,
    home: Home = None,
) -> Table:
    """Observations of the releases known on a day, each with its release, file, place and figure.

    The words are those of `comity query`; each may be one or several. Without `as_at` all that is published speaks.
    Rows that are not free are left out, here and everywhere, unless `confidential` asks for them too.
    `home` is the workspace's folder, else COMITY_HOME. Raises BadInput for whatever nothing bears the name of, with the
    nearest that is held, and WorkspaceError where there is no workspace.
    """
    held, names = _current(home, confidential)
    wanted = Wanted(
        areas=_several(area),
        indicators=_several(indicator),
        iccs=_several(iccs),
        sexes=_several(sex),
        ages=_several(age),
        citizenships=_several(citizenship),
        breakdowns=_several(breakdown),
        statuses=_several(status),
        period=str(period),
    )
    known = _day(as_at, held)
    asked = questions.ask(held, names, wanted, as_at=known, dataset=dataset, all_vintages=all_vintages, where=_WHERE)
    title = _("%(selection)s; as known on %(as_at)s") % {
        "selection": writers.in_words(asked.selection, names),
        "as_at": known.isoformat(),
    }

    def fetch() -> Iterator[tuple[Any, ...]]:
        return figures.records(querying.stream(asked.releases, asked.selection), names)

    return Table(RECORD, fetch, title, asked, names, audience_of(confidential=confidential))


def releases(dataset: str | None = None, *, home: Home = None) -> Table:
    """The published releases, as `comity release list` gives them."""
    held = _current(home)[0]
    records = [released.as_record(one) for one in (held if dataset is None else held.of(dataset))]
    return _of_records(RELEASE, records)


def datasets(*, home: Home = None) -> Table:
    """The data sets that have a release, each with the number of its releases and what its latest one is."""
    held = _current(home)[0]
    records = []
    for dataset in held.datasets():
        vintages = list(held.of(dataset))
        records.append({**released.as_record(vintages[-1]), "latest": vintages[-1].id, "releases": len(vintages)})
    return _of_records(DATASET, records)


def revisions(
    a: str,
    b: str,
    *,
    area: Words = None,
    indicator: Words = None,
    confidential: bool = False,
    home: Home = None,
) -> Table:
    """What release `b` changes in release `a`, as `comity release diff` gives it."""
    held, names = _current(home, confidential)
    before, after = held.release(a), held.release(b)
    wanted = Wanted(areas=_several(area), indicators=_several(indicator))
    asked = questions.selection([before, after], names, wanted, "comity.revisions")
    found = revised.between(held.state_of(before), held.state_of(after), asked)
    rows = list(revised.records(found, before, after, names))
    return Table(revised.RECORD, lambda: iter(rows), f"{a} → {b}", audience=audience_of(confidential=confidential))


def indicator(
    code: str,
    *,
    area: Words = None,
    period: str | int = "",
    on: str | int = "",
    dataset: str | None = None,
    as_at: Day = None,
    confidential: bool = False,
    home: Home = None,
) -> Table:
    """The values of an indicator, as `comity indicator` gives them.

    Names and successions of areas are those that are known now, whatever `as_at` says. Raises BadInput as `query` does.
    """
    held, names = _current(home, confidential)
    where = "comity.indicator"
    years = questions.years_asked(str(on), str(period), where)
    records = headlines.records_of(
        partial(Known, held, names),
        code,
        areas=questions.areas_asked(names, _several(area), where),
        first=years.first,
        last=years.last,
        dataset=dataset,
        as_at=None if as_at is None else _day(as_at, held, where),
        today=_day(None, held),
    )
    return _of_records(INDICATOR, records, confidential=confidential)


def estimate(
    what: str = "homicide",
    *,
    method: str = "",
    on: str | int = "",
    area: Words = None,
    as_at: Day = None,
    confidential: bool = False,
    home: Home = None,
) -> Table:
    """Estimates for the world and each region of M49, or for some areas, as `comity estimate` gives them.

    Groups and successions of areas are those that are known now, whatever `as_at` says; the command takes those known
    on the day. Raises BadInput for what cannot be estimated, and for no such method or year.
    """
    held, names = _current(home, confidential)
    known = None if as_at is None else _day(as_at, held, "comity.estimate")
    wanted = questions.areas_asked(names, _several(area), "comity.estimate")
    made = estimates.estimates(
        partial(Known, held, names), what, method=method, on=str(on), areas=wanted, as_at=known, today=_day(None, held)
    )
    shown = made if wanted else estimates.of_m49(made)
    records = headlines.estimate_records(shown, names, known or _day(None, held))
    return _of_records(ESTIMATE, records, confidential=confidential)


def trends(
    indicator: str = "homicide-rate",
    *,
    area: Words = None,
    period: str | int = "",
    dataset: str | None = None,
    iccs: str = "",
    as_at: Day = None,
    confidential: bool = False,
    home: Home = None,
) -> Table:
    """The trend of each series with its verdict and the reason, as `comity trends` gives them."""
    held, names = _current(home, confidential)
    where = "comity.trends"
    years = questions.years_asked("", str(period), where)
    known = Known(held, names, _day(as_at, held, where))
    found = trends_of(
        known,
        indicator,
        areas=questions.areas_asked(names, _several(area), where),
        dataset=dataset,
        iccs=iccs,
        first=years.first,
        last=years.last,
    )
    columns = (*observed_trends.RECORD, "headline")
    return _of_records(columns, headlines.trend_records(known, found), confidential=confidential)


def flows(
    what: str = "victims",
    *,
    on: str | int = "",
    period: str | int = "",
    largest: int | None = None,
    as_at: Day = None,
    confidential: bool = False,
    home: Home = None,
) -> Table:
    """Corridors from origin to destination with bounds, as `comity flows` gives them.

    Where there are none, the title of the table says why.
    """
    held, names = _current(home, confidential)
    where = "comity.flows"
    years = questions.years_asked(str(on), str(period), where)
    known = Known(held, names, _day(as_at, held, where))
    found = flows_of(known, what, first=years.first, last=years.last)
    return _of_records(
        corridors.RECORD, corridors.records(found, names, largest), found.reason, confidential=confidential
    )


ESTIMATE = (
    "area",
    "iso3",
    "name",
    "indicator",
    "on",
    "value",
    "printed",
    "unit",
    "count",
    "population",
    "observed_share",
    "low",
    "high",
    "method",
    "headline",
    "as_at",
    "figure",
    "bounds_held",
    "reason",
)
INDICATOR = (
    *ESTIMATE[:-2],
    "iccs",
    "sex",
    "age",
    "citizenship",
    "breakdown",
    "dataset",
    "published_on",
    "denominator",
    "status",
    "reason",
)
RELEASE = (
    "id",
    "dataset",
    "title",
    "publisher",
    "published",
    "licence",
    "note",
    "rows",
    "observations",
    "rejected",
    "findings",
    "digest",
    "origin",
    "file",
    "recorded_at",
    "held",
    "whole",
)
DATASET = ("dataset", "title", "publisher", "releases", "latest", "published", "observations")


def _of_records(
    columns: tuple[str, ...], records: Iterable[dict[str, Any]], title: str = "", *, confidential: bool = False
) -> Table:
    rows = [tuple(record[name] for name in columns) for record in records]
    return Table(columns, lambda: iter(rows), title, audience=audience_of(confidential=confidential))


def _several(words: Words) -> tuple[str, ...]:
    if words is None:
        return ()
    return (words,) if isinstance(words, str) else tuple(words)


def _day(day: Day, releases: Holdings, where: str = _WHERE) -> date:
    """The day of knowledge; where none is given, that on which the workspace last learned of a release."""
    if day is None:
        return max((max(one.recorded_at.date(), one.published) for one in releases), default=date.max)
    return day if isinstance(day, date) else read_date(day, where, "as_at")


def _current(home: Home, confidential: bool = False) -> tuple[Holdings, Gazetteer]:
    """What the workspace holds now, free rows alone unless told otherwise; read again where its file was replaced."""
    folder = (workspace.home() if home is None else Path(home).resolve()) / "releases"
    try:
        stamp = (folder / holdings.CURRENT).stat()
    except OSError:
        stamp = None
    held, names = _read(folder, (stamp.st_ino, stamp.st_mtime_ns, stamp.st_size) if stamp else ())
    return (held.in_full() if confidential else held), names


@lru_cache(maxsize=4)
def _read(folder: Path, _stamp: tuple[int, ...]) -> tuple[Holdings, Gazetteer]:
    held, state = holdings.read_current(folder)
    return held, areas_for_notebooks.gazetteer_of(state)
