"""What is measured of the emerging issues that the Assembly named."""


def register() -> None:
    """Make the topic's figures known."""
    from comity.analysis.issues import facts, figures
    from comity.evidence.figures import register

    register(facts, figures)
