"""The correspondence of national codes goes on in the table that it has, which the room `statistics` made."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("evidence", "0001_initial"), ("statistics", "0004_closer_guards")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='CorrespondenceRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.CharField(max_length=120)),
                        ('recorded_at', models.DateTimeField()),
                        ('known_from', models.DateField(db_index=True)),
                        ('closed_at', models.DateTimeField(editable=False, null=True)),
                        ('closed_from', models.DateField(editable=False, null=True)),
                        ('closed_because', models.CharField(blank=True, editable=False, max_length=500)),
                        ('system', models.CharField(db_index=True, max_length=60)),
                        ('national_code', models.CharField(max_length=60)),
                        ('title', models.CharField(max_length=500)),
                        ('language', models.CharField(max_length=3)),
                        ('valid_from', models.DateField(null=True)),
                        ('valid_to', models.DateField(null=True)),
                        ('iccs', models.CharField(max_length=6)),
                        ('relation', models.CharField(max_length=8)),
                        ('weight', models.FloatField(null=True)),
                        ('condition', models.CharField(blank=True, max_length=120)),
                        ('evidence', models.TextField(blank=True)),
                        ('mapper', models.CharField(blank=True, max_length=120)),
                        ('reviewer', models.CharField(blank=True, max_length=120)),
                        ('status', models.CharField(max_length=8)),
                        ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.origin')),
                        ('replaced_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='classifications.correspondencerecord')),
                    ],
                    options={
                        'abstract': False,
                        'db_table': 'statistics_correspondencerecord',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_from', None)), models.Q(('closed_at__isnull', False), ('closed_from__isnull', False)), _connector='OR'), name='statistics_correspondencerecord_closed_whole')],
                    },
                ),
            ]
        ),
    ]
