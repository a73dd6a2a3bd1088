"""What is permanent cannot be written over either."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("areas", "0002_guards")]
    operations = [
        *(guard("areas", model) for model in ("AreaRecord", "NameRecord", "MembershipRecord", "SuccessionRecord"))
    ]
