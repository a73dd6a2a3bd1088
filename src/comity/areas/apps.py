"""The room's configuration."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """States and areas, their names, groups and spells of existence."""

    name = "comity.areas"
    label = "areas"
