"""What is permanent cannot be written over either."""

from django.db import migrations

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("mandates", "0003_inserted_paragraphs_in_order")]
    operations = [
        *(
            guard("mandates", model)
            for model in ("DocumentRecord", "ParagraphRecord", "TextRecord", "ConfirmationRecord", "ArticleRecord")
        )
    ]
