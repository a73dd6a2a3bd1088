"""Flows between States and areas."""


def register() -> None:
    """Make the topic's figures known."""
    from comity.analysis.flows import facts, figures
    from comity.evidence.figures import register

    register(facts, figures)
