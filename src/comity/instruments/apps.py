"""The room's configuration."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Treaties, their actions and their status at a date."""

    name = "comity.instruments"
    label = "instruments"
