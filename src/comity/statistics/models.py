"""What the room stores of a release: its row is the authority for the folder that bears its id."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.evidence.models import Origin, Recorded


class ReleaseRecord(Recorded):
    """A release of a data set, read from one origin. The database refuses to change or delete one."""

    identifier = models.CharField(max_length=120, primary_key=True)
    dataset = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=255, blank=True)
    published = models.DateField(db_index=True)
    sequence = models.PositiveSmallIntegerField()
    licence = models.CharField(max_length=255, blank=True)
    note = models.TextField(blank=True)
    rows = models.PositiveIntegerField()
    observations = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    origin = models.OneToOneField(Origin, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["dataset", "published", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "published", "sequence"], name="statistics_release_once"),
            models.CheckConstraint(
                condition=models.Q(rows=models.F("observations") + models.F("rejected")),
                name="statistics_release_rows_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class PublicationRecord(Recorded):
    """That a release was published here, by whom and when; a release without one is held back."""

    release = models.OneToOneField(
        ReleaseRecord, on_delete=models.PROTECT, primary_key=True, related_name="publication"
    )
    actor = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("publication")

    def __str__(self) -> str:
        return f"{self.release_id} published by {self.actor}"


class ExtentRecord(Recorded):
    """Whether a release is a vintage of its whole data set or a part of it; of several the last one holds.

    It is said anew where a release that came later is published earlier, so that a part is never taken for the whole.
    """

    release = models.ForeignKey(ReleaseRecord, on_delete=models.PROTECT, related_name="extents")
    whole = models.BooleanField()
    replaces = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.release_id} is {'whole' if self.whole else 'a part'}"


class RedatingRecord(Recorded):
    """That a release's date of publication was corrected, by whom; of several the last one holds."""

    release = models.ForeignKey(ReleaseRecord, on_delete=models.PROTECT, related_name="redatings")
    identifier = models.CharField(max_length=120, unique=True)
    published = models.DateField()
    sequence = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.release_id} is {self.identifier}"
