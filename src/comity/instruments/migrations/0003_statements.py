"""Statements of actions beside the records, which are never changed or deleted."""

import django.db.models.deletion
from django.db import migrations, models

from comity.evidence.chain.guards import guard


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_guards"), ("instruments", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="StatementRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instrument", models.CharField(db_index=True, max_length=20)),
                ("participant", models.CharField(db_index=True, max_length=12)),
                ("action", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("place", models.CharField(max_length=120)),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.origin"
                    ),
                ),
                ("said", models.JSONField()),
            ],
        ),
        guard("instruments", "StatementRecord"),
    ]
