"""Trends of yearly series, computed over all series at once: tests, slopes, breaks, change points and verdicts."""


def register() -> None:
    """Make the topic's figures known."""
    from comity.analysis.trends import facts, figures, rates
    from comity.evidence.figures import register

    register(facts, figures, rates)
