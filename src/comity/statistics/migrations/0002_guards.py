"""Releases and their publication are never changed or deleted."""

from django.db import migrations

from comity.evidence.guards import guard


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]
    operations = [
        guard("statistics", "ReleaseRecord", closable=False),
        guard("statistics", "PublicationRecord", closable=False),
    ]
