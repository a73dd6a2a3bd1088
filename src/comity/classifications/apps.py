"""The room's configuration."""

from django.apps import AppConfig


class ClassificationsConfig(AppConfig):
    """The ICCS, the correspondence of national codes with it, and the aid that proposes codes."""

    name = "comity.classifications"
    label = "classifications"

    def ready(self) -> None:
        """Register the importer of correspondence tables."""
        from comity.classifications import store

        store.register()
