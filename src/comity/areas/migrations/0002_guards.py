"""The room's facts are permanent; closing one once is all that is allowed."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial")]
    operations = [
        guard("areas", model)
        for model in ("AreaRecord", "NameRecord", "MembershipRecord", "SuccessionRecord")
    ]
