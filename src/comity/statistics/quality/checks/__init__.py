"""Which function checks which rule of the table."""

from comity.statistics.quality.checks import between_releases, series, sums, territory, values
from comity.statistics.quality.hits import Check

CHECKS: dict[str, Check] = {
    "parts-exceed-total": sums.parts_exceed_total,
    "part-exceeds-total": sums.part_exceeds_total,
    "parts-below-total": sums.parts_below_total,
    "child-exceeds-parent": sums.child_exceeds_parent,
    "convicted-exceed-prosecuted": sums.convicted_exceed_prosecuted,
    "unsentenced-exceed-held": sums.unsentenced_exceed_held,
    "jump": series.jump,
    "large-jump": series.large_jump,
    "zero-among-counts": series.zero_among_counts,
    "unit-slip": series.unit_slip,
    "rate-against-count": values.rate_against_count,
    "impossible-population": values.impossible_population,
    "percent-over-100": values.percent_over_100,
    "impossible-age": values.impossible_age,
    "negative": values.negative,
    "fractional-count": values.fractional_count,
    "no-capacity": values.no_capacity,
    "break": series.stated_break,
    "definition-differs": series.definition_differs,
    "source-changes": series.source_changes,
    "definition-changes": series.definition_changes,
    "parts-beside-state": territory.parts_beside_state,
    "coverage-changes": territory.coverage_changes,
    "revised": between_releases.revised,
    "greatly-revised": between_releases.greatly_revised,
    "sources-disagree": between_releases.sources_disagree,
}
