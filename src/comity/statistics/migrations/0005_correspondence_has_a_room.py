"""The correspondence of national codes is a model of the room `classifications`; its table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statistics", "0004_closer_guards"), ("classifications", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="CorrespondenceRecord")])
    ]
