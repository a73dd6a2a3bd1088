"""The room's configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents with live figures."""

    name = "comity.reports"
    label = "reports"
