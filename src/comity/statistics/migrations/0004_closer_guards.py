"""What is permanent cannot be written over either."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("statistics", "0003_extents_and_redatings")]
    operations = [
        *(
            guard("statistics", model)
            for model in ("ReleaseRecord", "PublicationRecord", "ExtentRecord", "RedatingRecord")
        ),
        guard("statistics", "CorrespondenceRecord"),
    ]
