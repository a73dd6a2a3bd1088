"""Each event is signed; those from before have no signature."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_guards")]
    operations = [
        migrations.AddField("auditevent", "signature", models.CharField(max_length=128, null=True)),
    ]
