"""What is permanent cannot be written over either."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("instruments", "0003_statements")]
    operations = [
        *(guard("instruments", model) for model in ("InstrumentRecord", "ActionRecord", "CompletenessRecord")),
        guard("instruments", "StatementRecord"),
    ]
