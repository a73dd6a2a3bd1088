"""The audit chain's events are permanent."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [guard("evidence", "AuditEvent")]
