"""What the room stores: origins, the audit chain, and the shape that every stored fact has."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """A thing that facts come from: a file kept by its hash, a reference table that ships, or an act by a person."""

    class Kind(models.TextChoices):
        TABLE = "table", _("reference table")
        FILE = "file", _("file")
        ACT = "act", _("act")

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.CharField(max_length=255)
    size = models.BigIntegerField()
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=255, blank=True)
    published = models.DateField(null=True)
    url = models.CharField(max_length=500, blank=True)
    symbol = models.CharField(max_length=64, blank=True)
    licence = models.CharField(max_length=255, blank=True)
    complete_through = models.DateField(null=True)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "file"]

    def __str__(self) -> str:
        return self.title


class FactQuerySet(models.QuerySet[Any]):
    """Facts by the state of knowledge."""

    def as_at(self, day: date) -> Self:
        """Facts known on a day: known from then or before, and not replaced or withdrawn by then."""
        return self.filter(Q(closed_from=None) | Q(closed_from__gt=day), known_from__lte=day)

    def standing(self) -> Self:
        """Facts that nothing has replaced or withdrawn."""
        return self.filter(closed_at=None)


class StoredFact(models.Model):
    """Where a fact came from and when it was known. Closing is set once; nothing else of it ever changes."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    known_from = models.DateField(db_index=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_from = models.DateField(null=True, editable=False)
    closed_because = models.CharField(max_length=500, blank=True, editable=False)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_from=None) | Q(closed_at__isnull=False, closed_from__isnull=False),
                name="%(app_label)s_%(class)s_closed_whole",
            )
        ]


class Identity(models.Model):
    """Which database this is, whatever it is called and wherever it lies: one row, made with it and never changed."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value


class AuditEvent(models.Model):
    """An act in the audit chain; the database refuses to change or delete one.

    `signature` is over number and hash, by the workspace's key; acts from before there were signatures have none.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    subject = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128, null=True)

    class Meta:
        ordering = ["number"]
