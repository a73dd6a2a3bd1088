"""The room's configuration."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Releases of observations: what was published, and what is known of its quality."""

    name = "comity.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Register the room's importers, reference tables, methods and checks."""
        from comity.evidence.audience import register_judge
        from comity.evidence.chain.audit import register_check
        from comity.evidence.figures import register
        from comity.evidence.store import register_faults, register_shown_files
        from comity.evidence.workspaces.acts import register_afterwards
        from comity.statistics import catalogue, catalogue_facts, figures, importing, store
        from comity.statistics.releases import audit

        register(catalogue, catalogue_facts, figures, store)
        importing.register()
        register_shown_files(store.shown_files)
        register_faults(store.faults)
        register_afterwards(store.write_current)
        register_judge(store.opening_of)
        register_check("releases", audit.check)
