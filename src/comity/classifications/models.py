"""What the room stores: which category counts a national code, row by row of the tables that people bring in."""

from django.db import models

from comity.evidence.models import CLOSED_WHOLE, StoredFact


class CorrespondenceRecord(StoredFact):
    """That a national code is counted in an ICCS category for a spell, on what evidence, mapped by whom."""

    system = models.CharField(max_length=60, db_index=True)
    national_code = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=3)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    iccs = models.CharField(max_length=6)
    relation = models.CharField(max_length=8)
    weight = models.FloatField(null=True)
    condition = models.CharField(max_length=120, blank=True)
    evidence = models.TextField(blank=True)
    mapper = models.CharField(max_length=120, blank=True)
    reviewer = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=8)

    class Meta(StoredFact.Meta):
        # The table and its constraint were made when the room was a part of `statistics`, and each row's digest in the
        # audit chain is over the table's name.
        db_table = "statistics_correspondencerecord"
        constraints = [
            models.CheckConstraint(condition=CLOSED_WHOLE, name="statistics_correspondencerecord_closed_whole")
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.national_code} → {self.iccs}"
