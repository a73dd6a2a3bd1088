from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mandates", "0002_guards")]

    operations = [
        migrations.AlterModelOptions(
            name="paragraphrecord",
            options={"ordering": ["symbol", "-kind", "number", "paragraph"]},
        ),
    ]
