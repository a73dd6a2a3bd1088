"""The quality of observations: what the rules find in them, and a profile of each State and indicator."""

from comity.statistics.quality.findings import QualityFinding, findings
from comity.statistics.quality.found_at_reading import found_at_reading
from comity.statistics.quality.grouping import SeriesFindings, grouped, in_order_of_use
from comity.statistics.quality.profiles import QualityProfile, profile, summary
from comity.statistics.quality.rule_table import Rule, all_rules, explain

__all__ = [
    "QualityFinding",
    "QualityProfile",
    "Rule",
    "SeriesFindings",
    "all_rules",
    "explain",
    "findings",
    "found_at_reading",
    "grouped",
    "in_order_of_use",
    "profile",
    "summary",
]
