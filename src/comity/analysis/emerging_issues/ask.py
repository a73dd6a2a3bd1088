"""What is measured of the seven emerging issues of A/RES/67/189, paragraph 20, by the categories that count them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from comity.analysis.emerging_issues.declared import EmergingIssue, emerging_issues
from comity.evidence.figures import Table
from comity.statistics.labels import iccs_label, indicator_label
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import run, source_sql


@dataclass(frozen=True)
class Measured:
    """Observations of an indicator and category that are held: how many, of how many States and areas, and to when."""

    dataset: str
    indicator: str
    iccs: str
    observations: int
    areas: int
    first: str
    last: str

    @property
    def words(self) -> str:
        """The indicator in the page's language."""
        return indicator_label(self.indicator)

    @property
    def category(self) -> str:
        """The category with its title."""
        return iccs_label(self.iccs)


@dataclass(frozen=True)
class Issue:
    """An emerging issue with the categories that count it, and what is held of each of them or of one below it."""

    key: str
    title: str
    categories: Sequence[tuple[EmergingIssue, Sequence[Measured]]]

    @property
    def labelled(self) -> list[tuple[str, EmergingIssue, Sequence[Measured]]]:
        """The categories with code and title, each with what is held."""
        return [(iccs_label(one.iccs), one, held) for one, held in self.categories]

    @property
    def measured(self) -> bool:
        """Whether anything is held of any of its categories."""
        return any(held for _category, held in self.categories)


def issues(releases: tuple[Release, ...]) -> list[Issue]:
    """The seven issues in the order of the paragraph, with what the releases hold of each."""
    held = _held(releases)
    by_key: dict[str, list[EmergingIssue]] = {}
    for one in emerging_issues():
        by_key.setdefault(one.issue, []).append(one)
    return [
        Issue(key, rows[0].title, [(row, [one for one in held if one.iccs.startswith(row.iccs)]) for row in rows])
        for key, rows in by_key.items()
    ]


@lru_cache(maxsize=16)
def _held(releases: tuple[Release, ...]) -> tuple[Measured, ...]:
    """Kept, since a release never changes. Values alone count; what is stated to be missing does not."""
    if not releases:
        return ()
    prefixes = sorted({one.iccs for one in emerging_issues()})
    where = " OR ".join("starts_with(iccs, ?)" for _prefix in prefixes)
    rows = run(
        "SELECT release, indicator, iccs, count(*), count(DISTINCT area), min(period), max(period) "  # noqa: S608
        f"FROM {source_sql(releases)} WHERE ({where}) AND value IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 3, 2, 1",
        prefixes,
    )
    return tuple(Measured(releases[number].dataset, *others) for number, *others in rows)


TITLES: dict[str, str | Promise] = {
    "piracy": gettext_lazy("Piracy"),
    "cybercrime": gettext_lazy("Cybercrime"),
    "child-exploitation": gettext_lazy("Abuse and exploitation of children"),
    "cultural-property": gettext_lazy("Trafficking in cultural property"),
    "illicit-flows": gettext_lazy("Illicit financial flows"),
    "environment": gettext_lazy("Crime that affects the environment"),
    "identity": gettext_lazy("Identity-related crime"),
}


def issue_label(issue: Issue) -> str:
    """An issue in the page's language."""
    return str(TITLES.get(issue.key, issue.title))


def cells(table: Table, key: str) -> dict[str, Any]:
    """The cells of an issue in the table of issues, by column."""
    return dict(zip(table.columns, table.rows[key], strict=True))


def record(issue: Issue, table: Table) -> dict[str, Any]:
    """An issue as data."""
    held = [asdict(found) for _category, categories in issue.categories for found in categories]
    return {"issue": issue.key, "title": issue.title, **cells(table, issue.key), "held": held}
