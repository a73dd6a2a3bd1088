"""The room's configuration."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Observations, releases and what is computed from them."""

    name = "comity.statistics"
    label = "statistics"

    def ready(self) -> None:
        """Register the room's importers, reference tables, methods and checks."""
        from comity.evidence.audience import register_judge
        from comity.evidence.chain.audit import register_check
        from comity.evidence.workspaces.acts import register_afterwards
        from comity.statistics import (  # noqa: F401
            contents_store,
            emerging_store,
            estimate_store,
            estimate_tables_store,
            flow_store,
            importing,
            indicator_store,
            release_checks,
            store,
            trend_store,
        )

        importing.register()
        register_afterwards(store.write_current)
        register_judge(store.opening_of)
        register_check("releases", release_checks.check)
