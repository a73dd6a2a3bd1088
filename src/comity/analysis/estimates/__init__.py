"""Estimates for regions and the world, by methods that are declared."""


def register() -> None:
    """Make the topic's figures known."""
    from comity.analysis.estimates import facts, figures, table_facts, tables
    from comity.evidence.figures import register

    register(facts, figures, table_facts, tables)
