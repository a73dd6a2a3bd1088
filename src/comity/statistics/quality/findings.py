"""What the rules find in releases: computed when asked, and kept nowhere."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from comity.areas.gazetteer import Gazetteer
from comity.evidence.findings import Finding
from comity.observations.observation import COLUMNS, Observation
from comity.statistics.figures import detail
from comity.statistics.quality.hits import Check, Hit
from comity.statistics.quality.observed_rows import Observed, observe
from comity.statistics.quality.rule_table import Rule, all_rules, explain
from comity.statistics.releases.files import Release


@dataclass(frozen=True)
class QualityFinding:
    """A finding with the keys of its observation. `detail` is that of the observation's address as a figure, `size` how
    many times apart what is found and what was expected are."""

    finding: Finding
    area: str
    name: str
    indicator: str
    period: str
    detail: str
    dataset: str
    release: str
    size: float = 1.0

    def as_json(self) -> dict[str, Any]:
        """The finding and its keys in one flat record, as `comity quality` gives it."""
        keys = {key: value for key, value in vars(self).items() if key != "finding"}
        return {**keys, **asdict(self.finding)}


def findings(
    releases: Sequence[Release],
    names: Gazetteer,
    *,
    dataset: str | None = None,
    area: str | None = None,
    indicator: str | None = None,
    rules: Sequence[str] | None = None,
) -> list[QualityFinding]:
    """What the rules find in releases, in the order of data set, area, indicator, period and rule.

    Of each data set the latest release is judged; earlier ones only tell what was revised. `dataset`, `area` (a code),
    `indicator` and `rules` (codes) limit what is given: data sets are still compared with all others. Raises
    UnknownName for the code of no rule.
    """
    with observe(releases, names, area) as observed:
        return judged(observed, dataset=dataset, area=area, indicator=indicator, rules=rules)


def judged(
    observed: Observed,
    *,
    dataset: str | None = None,
    area: str | None = None,
    indicator: str | None = None,
    rules: Sequence[str] | None = None,
) -> list[QualityFinding]:
    """As `findings`, of observations that are in memory."""
    hits = [(rule, hit) for rule, check in _asked(rules) for hit in check(observed, rule)]
    stated = _stated(observed, {hit.id for _rule, hit in hits})
    found = (_finding(rule, hit, *stated[hit.id], observed.names) for rule, hit in hits)
    wanted = [
        one
        for one in found
        if dataset in (None, one.dataset) and area in (None, one.area) and indicator in (None, one.indicator)
    ]
    return sorted(wanted, key=_order)


def _order(finding: QualityFinding) -> tuple[str, ...]:
    return finding.dataset, finding.area, finding.indicator, finding.period, finding.detail, finding.finding.rule


def _asked(codes: Sequence[str] | None) -> list[tuple[Rule, Check]]:
    from comity.statistics.quality.checks import CHECKS

    return [(explain(code), CHECKS[code]) for code in (all_rules() if codes is None else codes) if explain(code)]


def _stated(observed: Observed, ids: set[int]) -> dict[int, tuple[Observation, Release]]:
    if not ids:
        return {}
    columns = ", ".join(COLUMNS)
    rows = observed.rows(f"SELECT id, {columns}, release FROM observed WHERE id IN (SELECT unnest(?))", [list(ids)])  # noqa: S608
    return {row[0]: (Observation(*row[1:-1]), observed.releases[row[-1]]) for row in rows}


def _finding(rule: Rule, hit: Hit, observation: Observation, release: Release, names: Gazetteer) -> QualityFinding:
    message = f"{observation.place}: {hit.message}" if observation.place else hit.message
    return QualityFinding(
        Finding(rule.code, rule.severity, release.file, observation.place, observation.text, hit.expected, message),
        observation.area,
        names.label(observation.area),
        observation.indicator,
        observation.period,
        str(detail(observation)),
        release.dataset,
        release.id,
        round(hit.size, 4),
    )
