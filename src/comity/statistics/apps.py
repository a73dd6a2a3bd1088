"""The room's configuration."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Observations, releases and what is computed from them."""

    name = "comity.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Register the room's importers, reference tables and methods."""
        from comity.statistics import importing, store  # noqa: F401

        importing.register()
