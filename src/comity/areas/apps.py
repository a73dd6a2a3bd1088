"""The room's configuration."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """States and areas, their names, groups and spells of existence."""

    name = "comity.areas"
    label = "areas"

    def ready(self) -> None:
        """Register the room's importers, reference tables and methods."""
        from comity.areas import importing, membership, store
        from comity.evidence import figures

        figures.register(membership, store)
        importing.register()
