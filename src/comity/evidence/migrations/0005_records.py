"""Each event says what it wrote, and what is permanent cannot be written over either: events, origins, the identity."""

from django.db import migrations, models

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_identity")]
    operations = [
        migrations.AddField("auditevent", "records", models.TextField(null=True)),
        *(guard("evidence", model) for model in ("AuditEvent", "Identity", "Origin")),
    ]
