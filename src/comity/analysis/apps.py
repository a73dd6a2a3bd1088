"""The room's configuration."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """What is computed from observations: indicators, estimates, trends, flows, and what is measured of the issues."""

    name = "comity.analysis"
    label = "analysis"

    def ready(self) -> None:
        """Register the room's methods and what fetches the facts of their figures."""
        from comity.analysis import estimates, flows, indicators, issues, trends

        for topic in (indicators, estimates, trends, flows, issues):
            topic.register()
