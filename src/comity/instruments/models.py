"""What the register stores: instruments, actions, and through which day it is complete for each instrument."""

from django.db import models
from django.db.models import F, Q

from comity.evidence.models import Origin, Recorded, StoredFact
from comity.instruments.actions.action import when


class InstrumentRecord(StoredFact):
    """A treaty with its own rule of entry into force, participation and withdrawal."""

    code = models.CharField(max_length=20, db_index=True)
    title = models.CharField(max_length=400)
    short_title = models.CharField(max_length=120)
    collection_reference = models.CharField(max_length=20, blank=True)
    unts = models.CharField(max_length=20, blank=True)
    adopted = models.DateField()
    place_adopted = models.CharField(max_length=80)
    depositary = models.CharField(max_length=200)
    parent = models.CharField(max_length=20, blank=True)
    falls_with_parent = models.BooleanField(default=False)
    set = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(null=True)
    entry_into_force = models.DateField(null=True)
    trigger_count = models.PositiveSmallIntegerField(null=True)
    trigger_days = models.PositiveSmallIntegerField(null=True)
    later_days = models.PositiveSmallIntegerField(null=True)
    withdrawal_rule = models.CharField(max_length=12, blank=True)
    organizations = models.BooleanField(default=False)
    participation = models.CharField(max_length=200)
    recomputation = models.CharField(max_length=300, blank=True)
    status_data = models.BooleanField(default=False)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    other_codes = models.CharField(max_length=120, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


_DATED = Q(date__isnull=False, not_before=None, not_after=None)
_WINDOW = Q(date=None, not_before__isnull=False) & (Q(not_after=None) | Q(not_after__gte=F("not_before")))
DAY_OR_WINDOW = _DATED | _WINDOW
"""That an act has a day, or a window in its place that ends no earlier than it begins."""


class ActionRecord(StoredFact):
    """An act of a participant with regard to an instrument.

    `number` tells actions of one kind by one participant apart: the first accession is 1, one after a withdrawal is 2.
    A correction of the date keeps the number. Where the day is not known, `date` is null and the act was done from
    `not_before` up to and including `not_after`, which is null where the window is open.
    """

    instrument = models.CharField(max_length=20, db_index=True)
    participant = models.CharField(max_length=12, db_index=True)
    action = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    participant_name = models.CharField(max_length=200)
    date = models.DateField(null=True)
    not_before = models.DateField(null=True)
    not_after = models.DateField(null=True)
    effective = models.DateField(null=True)
    article = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    notification = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, blank=True, default="")
    basis = models.CharField(max_length=40, blank=True, default="")
    source = models.TextField(blank=True, default="")

    class Meta(StoredFact.Meta):
        constraints = [
            *StoredFact.Meta.constraints,
            models.CheckConstraint(condition=DAY_OR_WINDOW, name="instruments_actionrecord_day_or_window"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_name}: {self.action} of {self.instrument}, {self.when}"

    @property
    def when(self) -> str:
        """The day, or the first and last day of the window, as `Action.when` writes them."""
        return when(self.date, self.not_before, self.not_after)


class StatementRecord(Recorded):
    """What an origin states of an action, by column, where no record of the action says just that.

    It confirms what the register held already, or was overtaken. A statement published before it does not take its
    place.
    """

    instrument = models.CharField(max_length=20, db_index=True)
    participant = models.CharField(max_length=12, db_index=True)
    action = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    said = models.JSONField()

    def __str__(self) -> str:
        return f"{self.participant}: {self.action} of {self.instrument}"


class CompletenessRecord(StoredFact):
    """An origin's statement that it holds every action on an instrument through a day."""

    instrument = models.CharField(max_length=20, db_index=True)
    through = models.DateField()
    statement = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.instrument}: complete through {self.through.isoformat()}"
