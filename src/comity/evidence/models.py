"""What the room stores: origins, the audit chain, and the shape that every stored fact has."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.evidence.chain import ledger


class RecordedQuerySet(models.QuerySet[Any]):
    """Rows that are noted in the ledger as they are written or closed."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Write rows, and note it."""
        made = super().bulk_create(objs, *args, **options)
        for row in made:
            row.noted()
        return made

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **options: Any) -> int:
        """Close rows, which is all that may be changed of any, and note it."""
        rows = list(objs)
        changed = super().bulk_update(rows, fields, *args, **options)
        ledger.note(rows, ledger.CLOSED)
        return changed


class Recorded(models.Model):
    """A row that is permanent, and that the event of the act which wrote it vouches for."""

    objects: ClassVar = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row, and note it."""
        super().save(*args, **options)
        self.noted()

    def noted(self) -> None:
        """Note in the ledger that the row was written."""
        ledger.note([self], ledger.WROTE)


def recorded_models() -> list[type[Recorded]]:
    """Every model whose rows an event must vouch for, by table."""
    found = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return sorted(found, key=lambda model: model._meta.db_table)


class Origin(Recorded):
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


class FactQuerySet(RecordedQuerySet):
    """Facts by the state of knowledge."""

    def as_at(self, day: date) -> Self:
        """Facts known on a day: known from then or before, and not replaced or withdrawn by then."""
        return self.filter(Q(closed_from=None) | Q(closed_from__gt=day), known_from__lte=day)

    def standing(self) -> Self:
        """Facts that nothing has replaced or withdrawn."""
        return self.filter(closed_at=None)


CLOSED_WHOLE = Q(closed_at=None, closed_from=None) | Q(closed_at__isnull=False, closed_from__isnull=False)
"""That a fact is closed in every respect, or in none."""


class StoredFact(Recorded):
    """Where a fact came from and when it was known. Closing is set once; nothing else of it ever changes."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    known_from = models.DateField(db_index=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_from = models.DateField(null=True, editable=False)
    closed_because = models.CharField(max_length=500, blank=True, editable=False)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    objects: ClassVar = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=CLOSED_WHOLE,
                name="%(app_label)s_%(class)s_closed_whole",
            )
        ]

    def noted(self) -> None:
        """Note that the fact was written, and closed where it is known only up to a day that has passed."""
        ledger.note([self], ledger.WROTE, *([ledger.CLOSED] if self.closed_at else []))


class Identity(Recorded):
    """Which database this is, whatever it is called and wherever it lies: one row, made with it and never changed."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value


class AuditEvent(models.Model):
    """An act in the audit chain; the database refuses to change or delete one.

    `signature` is over number and hash, by the workspace's key; `records` are the digests of the rows that the act
    wrote and closed, as JSON, whose own digest is in the subject. Acts from before there were signatures have neither.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    subject = models.JSONField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128, null=True)
    records = models.TextField(null=True)

    class Meta:
        ordering = ["number"]
