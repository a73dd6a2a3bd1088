"""What was found when files were read, beside what the rules of quality find: rows that were left out among it.

These findings are part of a release. Their rows gave no observation, or one that its reading could not vouch for, so
the area is looked up in the row itself.
"""

from collections.abc import Callable, Iterable, Sequence

from comity.areas.gazetteer import COUNTRIES, Gazetteer
from comity.evidence.findings import Finding
from comity.observations.rows.areas import AreaFinder
from comity.statistics.quality.findings import QualityFinding
from comity.statistics.releases.files import Release
from comity.statistics.releases.visibility import findings_of

RowAt = Callable[[Release, str], Sequence[str]]
"""The cells of the row in which a place of a release's origin lies, as texts; empty where there is none."""

CELLS_LOOKED_AT = 4
"""Published tables name the area in one of the first columns, after a region at most."""


def found_at_reading(
    releases: Iterable[Release],
    names: Gazetteer,
    row_at: RowAt,
    *,
    dataset: str | None = None,
    area: str | None = None,
    rules: Sequence[str] | None = None,
) -> list[QualityFinding]:
    """The findings of the readings of some releases, limited to a data set, an area's code or codes of rules."""
    finder = AreaFinder(names)
    found = []
    for release in releases:
        if dataset in (None, release.dataset):
            for finding in findings_of(release):
                if rules is None or finding.rule in rules:
                    code = _area(finding, row_at(release, finding.place), finder)
                    if area in (None, code):
                        found.append(_keyed(finding, code, release, names))
    return found


def _area(finding: Finding, cells: Sequence[str], finder: AreaFinder) -> str:
    """The code of the area that a row names; blank where it names none."""
    if finding.rule == "unknown-area":
        return ""
    codes = (finder.of_kinds(cell, COUNTRIES) for cell in cells[:CELLS_LOOKED_AT] if cell)
    return next((code for code in codes if code), "")


def _keyed(finding: Finding, area: str, release: Release, names: Gazetteer) -> QualityFinding:
    name = names.label(area) if area else ""
    return QualityFinding(finding, area, name, "", "", "", release.dataset, release.id)
