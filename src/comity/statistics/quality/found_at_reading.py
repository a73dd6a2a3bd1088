"""What was found when files were read, beside what the rules of quality find: rows that were left out among it.

These findings are part of a release. One that stands at an observation is of its State and indicator; where the row
gave none, the State is the one that the row itself names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from comity.areas.gazetteer import COUNTRIES, Gazetteer
from comity.evidence.findings import Finding
from comity.evidence.wording import gettext as _
from comity.observations.gathered_rejections import AGGREGATE
from comity.observations.numbers import MARK_OF_R
from comity.observations.observation import COLUMNS, Observation
from comity.observations.rows.areas import AreaFinder
from comity.statistics.figures import detail
from comity.statistics.quality.findings import QualityFinding
from comity.statistics.quality.rule_table import all_rules
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.visibility import findings_of

RowAt = Callable[[Release, str], Sequence[str]]
"""The cells of the row in which a place of a release's origin lies, as texts; empty where there is none."""

CELLS_LOOKED_AT = 4
"""Published tables name the area in one of the first columns, after a region at most."""

LONGEST_CODE = 3
"""Letters of the code of an area."""

FOLDED = frozenset({"two-values", "repeated", "unknown-term"})
"""Rules of which several findings are one question: all values of one key, all rows that stand twice, all unknown
words."""


def found_at_reading(
    releases: Iterable[Release],
    names: Gazetteer,
    row_at: RowAt,
    *,
    dataset: str | None = None,
    area: str | None = None,
    indicator: str | None = None,
    rules: Sequence[str] | None = None,
) -> list[QualityFinding]:
    """The findings of the readings of some releases, limited to a data set, an area's or an indicator's code, or
    rules."""
    finder = AreaFinder(names)
    found = []
    for release in releases:
        if dataset in (None, release.dataset):
            asked = [one for one in findings_of(release) if _is_told(one, rules)]
            observed = _observed(release, {one.place for one in asked if one.place and not one.rejected})
            for finding in asked:
                keyed = _keyed(finding, observed.get(finding.place), row_at, release, finder, names)
                if area in (None, keyed.area) and indicator in (None, keyed.indicator):
                    found.append(keyed)
    return _folded(found)


def _folded(findings: Iterable[QualityFinding]) -> list[QualityFinding]:
    """Findings with those of the rules FOLDED as one, counted."""
    kinds: dict[object, list[QualityFinding]] = {}
    for number, one in enumerate(findings):
        rule, expected = one.finding.rule, one.finding.expected
        key = (rule, one.release, expected if rule == "two-values" else "") if rule in FOLDED else number
        kinds.setdefault(key, []).append(one)
    return [_as_one(of) if len(of) > 1 else of[0] for of in kinds.values()]


def _as_one(findings: Sequence[QualityFinding]) -> QualityFinding:
    """The first of some findings with their number, and with the keys that all of them share."""
    first = findings[0]
    said = {"message": first.finding.message, "more": f"{len(findings) - 1:,}"}
    finding = replace(
        first.finding,
        message=_("%(message)s; and %(more)s more of the kind") % said,
        rows=sum(one.finding.rows for one in findings),
    )
    shared = {
        key: getattr(first, key) if len({getattr(one, key) for one in findings}) == 1 else ""
        for key in ("area", "name", "indicator", "period")
    }
    return replace(first, finding=finding, **shared)  # type: ignore[arg-type]


def _is_told(finding: Finding, rules: Sequence[str] | None) -> bool:
    """Whether a finding is asked for; what a rule of quality says of each observation is not said of the file again."""
    return finding.rule not in all_rules() and (rules is None or finding.rule in rules)


def _is_of_no_state(finding: Finding) -> bool:
    """Whether a finding is of a group, of an area that is not known, or of what rows of several States share."""
    return finding.rule in (AGGREGATE, "unknown-area") or finding.rows > 1


def _observed(release: Release, places: set[str]) -> Mapping[str, Observation]:
    """The observations of a release at some places."""
    if not places:
        return {}
    sql = f"SELECT {', '.join(COLUMNS)} FROM {query.source_sql([release])} WHERE place IN (SELECT unnest(?))"  # noqa: S608
    return {row[COLUMNS.index("place")]: Observation(*row) for row in query.run(sql, [sorted(places)])}


def _area(finding: Finding, cells: Sequence[str], finder: AreaFinder) -> str:
    """The code of the area that a row names in letters; blank where it names none.

    Names stand before codes, and numbers are none: the ages “100+” are not Bulgaria, whose number is 100, and `NA` is
    how R marks what is missing.
    """
    if _is_of_no_state(finding):
        return ""
    written = [cell for cell in cells[:CELLS_LOOKED_AT] if any(map(str.isalpha, cell)) and cell.strip() != MARK_OF_R]
    codes = (
        finder.of_kinds(cell, COUNTRIES) for cell in sorted(written, key=lambda cell: len(cell.strip()) <= LONGEST_CODE)
    )
    return next((code for code in codes if code), "")


def _keyed(
    finding: Finding,
    observation: Observation | None,
    row_at: RowAt,
    release: Release,
    finder: AreaFinder,
    names: Gazetteer,
) -> QualityFinding:
    if observation is not None and not _is_of_no_state(finding):
        area, indicator = observation.area, observation.indicator
        period, which = observation.period, str(detail(observation))
    else:
        area, indicator, period, which = _area(finding, row_at(release, finding.place), finder), "", "", ""
    name = names.label(area) if area else ""
    return QualityFinding(finding, area, name, indicator, period, which, release.dataset, release.id)
