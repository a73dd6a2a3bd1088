"""The room's configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents with live figures."""

    name = "comity.reports"
    label = "reports"

    def ready(self) -> None:
        """Have the reports verified with the audit chain, and pages made anew when one is built."""
        from comity.evidence.chain.audit import register_check
        from comity.evidence.store import register_shown_files
        from comity.reports.checks import audit
        from comity.reports.store import shown_files

        register_check("reports", audit.check)
        register_shown_files(shown_files)
