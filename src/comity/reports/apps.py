"""The room's configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents with live figures."""

    name = "comity.reports"
    label = "reports"

    def ready(self) -> None:
        """Have the reports verified with the audit chain."""
        from comity.evidence.audit import register_check
        from comity.reports import report_checks

        register_check("reports", report_checks.check)
