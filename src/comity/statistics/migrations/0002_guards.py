"""Releases and their publication never change; a row of a correspondence table may be closed once."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]
    operations = [
        guard("statistics", "ReleaseRecord"),
        guard("statistics", "PublicationRecord"),
        guard("statistics", "CorrespondenceRecord"),
    ]
