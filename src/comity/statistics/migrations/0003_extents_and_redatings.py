"""Whether a release is whole or a part, and corrections of its date; releases from before this replaced what was there."""

import django.db.models.deletion
from django.db import migrations, models

from comity.evidence.chain.guards import guard


def say_what_stood(apps, schema_editor):
    """Until now every release retired all that it did not hold: that stands as it was."""
    for release in apps.get_model("statistics", "ReleaseRecord").objects.all():
        apps.get_model("statistics", "ExtentRecord").objects.create(
            release=release, whole=True, replaces=True, recorded_at=release.recorded_at
        )


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="ExtentRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("whole", models.BooleanField()),
                ("replaces", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extents",
                        to="statistics.releaserecord",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="RedatingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identifier", models.CharField(max_length=120, unique=True)),
                ("published", models.DateField()),
                ("sequence", models.PositiveSmallIntegerField()),
                ("actor", models.CharField(max_length=120)),
                ("recorded_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redatings",
                        to="statistics.releaserecord",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunPython(say_what_stood, migrations.RunPython.noop),
        guard("statistics", "ExtentRecord"),
        guard("statistics", "RedatingRecord"),
    ]
