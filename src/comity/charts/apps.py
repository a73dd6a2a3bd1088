"""The room's configuration."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Charts and maps: one specification for page, PDF and DOCX."""

    name = "comity.charts"
    label = "charts"
