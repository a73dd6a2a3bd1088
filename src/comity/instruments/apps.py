"""The room's configuration."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Treaties, their actions and their status at a date."""

    name = "comity.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Register the room's importers, reference tables and methods."""
        from comity.evidence import figures
        from comity.instruments import completeness, counts, importing, listings, store

        figures.register(completeness, counts, listings, store)
        importing.register()
