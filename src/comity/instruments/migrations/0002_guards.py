"""Instruments, actions and statements of completeness are never changed or deleted; closing one once is allowed."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("instruments", "0001_initial")]
    operations = [
        guard("instruments", "InstrumentRecord"),
        guard("instruments", "ActionRecord"),
        guard("instruments", "CompletenessRecord"),
    ]
