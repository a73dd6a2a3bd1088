"""The room's configuration."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """What is computed from observations: indicators, estimates, trends, flows, and what is measured of the issues."""

    name = "comity.analysis"
    label = "analysis"

    def ready(self) -> None:
        """Register the room's methods and what fetches the facts of their figures."""
        from comity.analysis.estimates import facts as estimate_facts  # noqa: F401
        from comity.analysis.estimates import table_facts as estimate_table_facts  # noqa: F401
        from comity.analysis.flows import facts as flow_facts  # noqa: F401
        from comity.analysis.indicators import facts as indicator_facts  # noqa: F401
        from comity.analysis.issues import facts as issue_facts  # noqa: F401
        from comity.analysis.trends import facts as trend_facts  # noqa: F401
