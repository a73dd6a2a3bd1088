"""A baseline that was set is permanent; it may be closed once."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_baselines")]
    operations = [guard("analysis", "BaselineRecord")]
