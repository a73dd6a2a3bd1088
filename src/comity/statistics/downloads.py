"""Observations as files for readers: a release whole, or exactly what the explorer's address asks for."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity import __version__
from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.evidence.shelf import Shelf
from comity.statistics import exports, querying, reference
from comity.statistics.exports import Form
from comity.statistics.querying import Selection
from comity.statistics.releases import Release

JSON = "json"
FORMS = (*(form.value for form in Form), JSON)
MEDIA_TYPES = {**{form.value: name for form, name in exports.MEDIA_TYPES.items()}, JSON: "application/json"}
EXPORTS = Shelf("exports", 2 * 2**30)
"""Files that were made once are given again, two gigabytes of them."""
ROWS_OF_A_WORKBOOK = 250_000
"""A workbook of more rows takes longer to write than a reader waits; the other forms have no such end."""


@dataclass(frozen=True)
class Download:
    """A file for a reader: its name and media type, where it lies, and what tells it from any other."""

    name: str
    media_type: str
    path: Path
    digest: str


def made(
    name: str, form: str, selection: Selection, releases: tuple[Release, ...], names: Gazetteer, as_at: date
) -> Download:
    """The observations that a selection asks of releases, in a form of FORMS: a file made whole, or kept from before.

    Raises UnknownName for another form, BadInput for a workbook of more than ROWS_OF_A_WORKBOOK, and TakesLong where it
    is not made yet and nothing long may be begun.
    """
    if form not in FORMS:
        raise UnknownName(form, _("one of %(values)s") % {"values": ", ".join(FORMS)})
    if form == Form.XLSX:
        _require_few(querying.count(releases, selection))
    digest = _digest(form, selection, releases, names, as_at)

    def write(stream: BinaryIO) -> None:
        if form == JSON:
            exports.export_json(selection, releases, names, stream, as_at=as_at)
        else:
            exports.export(selection, releases, names, Form(form), stream, as_at=as_at)

    return Download(f"{name}.{form}", MEDIA_TYPES[form], EXPORTS.made(f"{digest}.{form}", write), digest)


def _require_few(count: int) -> None:
    if count > ROWS_OF_A_WORKBOOK:
        expected = _("at most %(most)d observations for a workbook; CSV and Parquet hold any number")
        raise BadInput(Fault(_("address of the page"), "", str(count), expected % {"most": ROWS_OF_A_WORKBOOK}))


def _digest(form: str, selection: Selection, releases: Iterable[Release], names: Gazetteer, as_at: date) -> str:
    """SHA-256 of all that a file is made from: the very statement that selects its rows, what is said of the releases
    and by which digest they were published, the names of areas, day, language and version."""
    vintages = tuple(releases)
    made_from = [
        __version__,
        exports.EDITION,
        form,
        get_language(),
        as_at.isoformat(),
        querying.source_sql(vintages),
        *selection.where(),
        repr(selection),
        [
            [one.id, one.digest, one.dataset, one.title, one.publisher, one.licence, one.note, one.file, one.origin]
            for one in vintages
        ],
        reference.digest(names),
    ]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()
