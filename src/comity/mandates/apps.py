"""The room's configuration."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Resolutions, their paragraphs and mandates."""

    name = "comity.mandates"
    label = "mandates"
