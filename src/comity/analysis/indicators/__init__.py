"""Indicators: what is declared, its values for areas and years, and the page that shows them."""


def register() -> None:
    """Make the topic's figures known."""
    from comity.analysis.indicators import facts, figures
    from comity.evidence.figures import register

    register(facts, figures)
