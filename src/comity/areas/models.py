"""What the room stores: areas, their names, memberships and successions, each a fact with its origin."""

from django.db import models

from comity.evidence.models import StoredFact


class AreaRecord(StoredFact):
    """A State, area, region or organization, by its code."""

    code = models.CharField(max_length=16)
    iso2 = models.CharField(max_length=2, blank=True)
    iso3 = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=16)
    exists_from = models.DateField(null=True)
    exists_to = models.DateField(null=True)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.code, self.iso3)))


class NameRecord(StoredFact):
    """A name of an area in one language and form."""

    area = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    form = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.area} {self.language} {self.form} {self.name}"


class MembershipRecord(StoredFact):
    """That an area belongs to a group for a spell."""

    area = models.CharField(max_length=16)
    scheme = models.CharField(max_length=32)
    value = models.CharField(max_length=64)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.area} {self.scheme} {self.value}"


class SuccessionRecord(StoredFact):
    """That one area followed another."""

    predecessor = models.CharField(max_length=16)
    successor = models.CharField(max_length=16)
    date = models.DateField()
    relation = models.CharField(max_length=16)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
