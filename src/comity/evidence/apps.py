"""The room's configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Origins, figures and the audit chain."""

    name = "comity.evidence"
    label = "evidence"
