"""What the room stores: resolutions and their paragraphs, official texts, treaties' articles, and confirmations.

A resolution has up to two layers: `register`, in our own words, and `text`, what the reader took from the official
text that a user imported. The official wording itself is kept apart from both.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.evidence.models import StoredFact


class Layer(models.TextChoices):
    """Where a record's values come from."""

    REGISTER = "register", _("register")
    TEXT = "text", _("official text")


class DocumentRecord(StoredFact):
    """A resolution in one layer; `body` holds its organ, footnotes, counts, masthead, and the SHA-256 of its file.

    Since the file's hash is among its values, a record's origin is always the file that was brought in last.
    """

    symbol = models.CharField(max_length=64, db_index=True)
    layer = models.CharField(max_length=8, choices=Layer)
    title = models.CharField(max_length=500)
    adopted = models.DateField(null=True)
    session = models.PositiveSmallIntegerField(null=True)
    agenda_item = models.CharField(max_length=64, blank=True)
    meeting = models.CharField(max_length=120, blank=True)
    report = models.CharField(max_length=120, blank=True)
    distributed = models.DateField(null=True)
    body = models.JSONField(default=dict)

    class Meta(StoredFact.Meta):
        ordering = ["symbol", "layer"]

    def __str__(self) -> str:
        return f"{self.symbol} ({self.get_layer_display()})"


class ParagraphRecord(StoredFact):
    """A paragraph in one layer; `details` and `evidence` are those of `comity.mandates.mandate` as JSON."""

    class Kind(models.TextChoices):
        PREAMBULAR = "preambular", _("preambular")
        OPERATIVE = "operative", _("operative")

    symbol = models.CharField(max_length=64, db_index=True)
    paragraph = models.CharField(max_length=80)
    layer = models.CharField(max_length=8, choices=Layer)
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField()
    line = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)

    class Meta(StoredFact.Meta):
        ordering = ["symbol", "-kind", "number", "paragraph"]

    def __str__(self) -> str:
        return f"{self.paragraph} ({self.get_layer_display()})"


class TextRecord(StoredFact):
    """The official text of a paragraph in one language, as a user imported it."""

    symbol = models.CharField(max_length=64, db_index=True)
    paragraph = models.CharField(max_length=80)
    language = models.CharField(max_length=2)
    text = models.TextField()

    class Meta(StoredFact.Meta):
        ordering = ["symbol", "id"]

    def __str__(self) -> str:
        return f"{self.paragraph} ({self.language})"


class ConfirmationRecord(StoredFact):
    """What a person confirmed or corrected of one field of a paragraph; a later word replaces an earlier one."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")

    symbol = models.CharField(max_length=64, db_index=True)
    paragraph = models.CharField(max_length=80)
    field = models.CharField(max_length=20)
    value = models.JSONField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    by = models.CharField(max_length=120)

    class Meta(StoredFact.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.paragraph}, {self.field} ({self.get_verdict_display()})"


class ArticleRecord(StoredFact):
    """The text of a treaty's article in one language, as a user imported it."""

    instrument = models.CharField(max_length=32, db_index=True)
    article = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=255, blank=True)
    text = models.TextField()

    class Meta(StoredFact.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.article} ({self.language})"
