"""The emerging issues of A/RES/67/189, paragraph 20: the categories of the ICCS that count each, as declared."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.evidence.files.text_tables import parse_table

TABLE = Path(__file__).parents[1] / "tables" / "emerging_issues.csv"


@dataclass(frozen=True, slots=True)
class EmergingIssue:
    """A category, and where given a tag, by which an emerging issue of A/RES/67/189 paragraph 20 is counted."""

    issue: str
    title: str
    iccs: str
    tag: str
    note: str
    verified: bool


@lru_cache(maxsize=1)
def emerging_issues() -> tuple[EmergingIssue, ...]:
    """The seven emerging issues of A/RES/67/189, paragraph 20, and the categories that count them: our reading."""
    return tuple(
        EmergingIssue(row["issue"], row["title"], row["iccs"], row["tag"], row["note"], row["verified"] == "1")
        for row in (found.cells for found in parse_table(TABLE.read_text(encoding="utf-8")).rows)
    )
