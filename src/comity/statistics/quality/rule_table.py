"""The rules on the quality of observations: code, severity, thresholds and what each checks, read from their table."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from comity.evidence.errors import UnknownName
from comity.evidence.wording import gettext as _
from comity.observations.reading import Severity

TABLE = Path(__file__).parent.parent / "tables" / "quality_rules.csv"


@dataclass(frozen=True)
class Rule:
    """A rule of `quality_rules.csv`. `relative`, `absolute` and `deviations` (standard deviations) are its
    thresholds, in the sense that `checks` gives; `deviations` is zero where it has none.

    `scope` is what the rule compares: observations of one `release`, `vintages` of a data set, or `data sets`.
    """

    code: str
    severity: Severity
    scope: str
    relative: float
    absolute: float
    deviations: float
    title: str
    checks: str
    source: str

    def as_json(self) -> dict[str, Any]:
        """The rule as pages and `--format json` show it."""
        return {**vars(self), "title": _(self.title), "checks": _(self.checks)}


@lru_cache(maxsize=1)
def all_rules() -> dict[str, Rule]:
    """All rules by their codes, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {row["rule"]: _rule(row) for row in csv.DictReader(table)}


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        row["rule"],
        row["severity"],
        row["scope"],
        float(row["relative"]),
        float(row["absolute"]),
        float(row["deviations"] or 0),
        row["title"],
        row["checks"],
        row["source"],
    )


def explain(code: str) -> Rule:
    """The rule of a code: its title, what it checks, by which source and how severe it is. Raises UnknownName."""
    if code not in all_rules():
        raise UnknownName(code, _("the code of a rule on quality"), list(all_rules()))
    return all_rules()[code]
