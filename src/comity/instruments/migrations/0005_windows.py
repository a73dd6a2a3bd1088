"""Acts whose day is known only as a window, and what an origin says of how sure it is of a row."""

from django.db import migrations, models
from django.db.models import F, Q

from comity.evidence.chain.guards import guard

_DATED = Q(date__isnull=False, not_before=None, not_after=None)
_WINDOW = Q(date=None, not_before__isnull=False) & (Q(not_after=None) | Q(not_after__gte=F("not_before")))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_records"), ("instruments", "0004_closer_guards")]
    operations = [
        migrations.AlterField("actionrecord", "date", models.DateField(null=True)),
        migrations.AddField("actionrecord", "not_before", models.DateField(null=True)),
        migrations.AddField("actionrecord", "not_after", models.DateField(null=True)),
        migrations.AddField(
            "actionrecord", "confidence", models.CharField(blank=True, default="", max_length=10)
        ),
        migrations.AddField("actionrecord", "basis", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("actionrecord", "source", models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            "actionrecord",
            models.CheckConstraint(condition=_DATED | _WINDOW, name="instruments_actionrecord_day_or_window"),
        ),
        migrations.AddField(
            "instrumentrecord", "other_codes", models.CharField(blank=True, default="", max_length=120)
        ),
        *(guard("instruments", model) for model in ("ActionRecord", "InstrumentRecord")),
    ]
