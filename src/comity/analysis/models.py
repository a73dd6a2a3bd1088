"""What the room stores: the baselines that people set. All else that it shows is computed."""

from django.db import models

from comity.evidence.models import StoredFact


class BaselineRecord(StoredFact):
    """The value that an indicator had in a year, as known on a day, fixed by a person to measure later values against.

    `detail` is the category as it stands in a figure's address; of one indicator, area and category one baseline
    stands. `evidence` holds the observations behind the value as they stood in their releases.
    """

    indicator = models.CharField(max_length=80, db_index=True)
    area = models.CharField(max_length=16)
    detail = models.CharField(max_length=200)
    period = models.CharField(max_length=10)
    dataset = models.CharField(max_length=80)
    value = models.FloatField()
    printed = models.CharField(max_length=40)
    as_at = models.DateField()
    evidence = models.JSONField(default=list)
    by = models.CharField(max_length=120)

    class Meta(StoredFact.Meta):
        ordering = ["indicator", "area", "detail", "id"]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.area}, {self.detail}: {self.period}"
