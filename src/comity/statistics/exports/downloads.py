"""Observations as files for readers: a release whole, or exactly what the explorer's address asks for."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName, WorkspaceError
from comity.evidence.workspaces.bounded_cache import Shelf
from comity.statistics.exports import writers
from comity.statistics.exports.writers import Form
from comity.statistics.releases import areas_for_notebooks, query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection

JSON = "json"
FORMS = (*(form.value for form in Form), JSON)
MEDIA_TYPES = {**{form.value: name for form, name in writers.MEDIA_TYPES.items()}, JSON: "application/json"}
EXPORTS = Shelf("exports", 2 * 2**30)
"""Files that were made once are given again, two gigabytes of them."""
ROWS_OF_A_WORKBOOK, ROWS_AT_ONCE = 250_000, 60_000
"""Rows of the largest workbook of a whole release, which is made ahead, and of a selection, for which a reader waits
two seconds; the other forms have no such end."""


@dataclass(frozen=True)
class Download:
    """A file for a reader: its name and media type, where it lies, and what tells it from any other."""

    name: str
    media_type: str
    path: Path
    digest: str


def made(
    name: str,
    form: str,
    selection: Selection,
    releases: tuple[Release, ...],
    names: Gazetteer,
    as_at: date,
    *,
    most: int = ROWS_AT_ONCE,
    headlines: tuple[str, ...] = (),
) -> Download:
    """The observations that a selection asks of releases, in a form of FORMS: a file made whole, or kept from before.

    Raises UnknownName for another form, BadInput for a workbook of more than `most` rows, and TakesLong where it is not
    made yet and nothing long may be begun. `headlines` says which data sets give the headline series.
    """
    if form not in FORMS:
        raise UnknownName(form, _("one of %(values)s") % {"values": ", ".join(FORMS)})
    if form == Form.XLSX:
        _require_few(query.count(releases, selection), most)
    digest = _digest(form, selection, releases, names, as_at, headlines)

    def write(stream: BinaryIO) -> None:
        if form == JSON:
            writers.export_json(selection, releases, names, stream, as_at=as_at, headlines=headlines)
        else:
            writers.export(selection, releases, names, Form(form), stream, as_at=as_at, headlines=headlines)

    return Download(f"{name}.{form}", MEDIA_TYPES[form], EXPORTS.made(f"{digest}.{form}", write), digest)


def of_release(release: Release, form: str, names: Gazetteer) -> Download:
    """All observations of a release, in a form of FORMS; raises as `made` does.

    A release never changes: its file speaks of the day on which it was recorded, and is the same on every later one.
    """
    as_at = max(release.published, release.recorded_at.date())
    return made(release.id, form, Selection(), (release,), names, as_at, most=ROWS_OF_A_WORKBOOK)


def make_ahead(releases: Iterable[Release], names: Gazetteer) -> None:
    """Make the files of whole releases that are not kept yet, so that nobody waits for them; a damaged one's is not."""
    for release in releases:
        for form in FORMS:
            if form != Form.XLSX or release.observations <= ROWS_OF_A_WORKBOOK:
                with suppress(WorkspaceError):
                    of_release(release, form, names)


def _require_few(count: int, most: int) -> None:
    if count > most:
        expected = _("at most %(most)d observations for a workbook; CSV and Parquet hold any number")
        raise BadInput(Fault(_("address of the page"), "", str(count), expected % {"most": most}))


def _digest(
    form: str,
    selection: Selection,
    releases: Iterable[Release],
    names: Gazetteer,
    as_at: date,
    headlines: tuple[str, ...],
) -> str:
    """SHA-256 of all that a file is made from: the very statement that selects its rows, what is said of the releases
    and by which digest they were published, the names of areas, day, language and version."""
    vintages = tuple(releases)
    made_from = [
        version("comity"),
        writers.EDITION,
        form,
        get_language(),
        as_at.isoformat(),
        query.source_sql(vintages),
        *selection.where(),
        repr(selection),
        headlines,
        [
            [one.id, one.digest, one.dataset, one.title, one.publisher, one.licence, one.note, one.file, one.origin]
            for one in vintages
        ],
        areas_for_notebooks.digest(names),
    ]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()
