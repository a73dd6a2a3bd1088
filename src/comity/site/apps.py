"""The room's configuration."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, URLs, base templates and the pages that show several rooms."""

    name = "comity.site"
    label = "site"
