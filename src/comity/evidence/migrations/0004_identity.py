"""A database says which one it is, so that a workspace knows its own."""

from django.db import migrations, models

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_signatures")]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=32)),
            ],
        ),
        guard("evidence", "Identity"),
    ]
