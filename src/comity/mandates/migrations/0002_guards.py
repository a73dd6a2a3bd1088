"""What was read, imported and confirmed is permanent; a fact may be closed once."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("mandates", "0001_initial")]
    operations = [
        guard("mandates", model)
        for model in ("DocumentRecord", "ParagraphRecord", "TextRecord", "ConfirmationRecord", "ArticleRecord")
    ]
