"""Observations as files for readers: a release whole, or exactly what the explorer's address asks for."""

import json
import tempfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault, UnknownName
from comity.statistics import exports, querying
from comity.statistics.exports import Form
from comity.statistics.figures import record
from comity.statistics.querying import Selection
from comity.statistics.releases import Release

JSON = "json"
FORMS = (*(form.value for form in Form), JSON)
IN_MEMORY = 8 * 2**20
"""Bytes of a file that is made before it is sent; a larger one is made on disk."""
ROWS_OF_A_WORKBOOK = 250_000
"""A workbook of more rows takes longer to write than a reader waits; the other forms have no such end."""


@dataclass(frozen=True)
class Download:
    """A file for a reader: its name and media type, and its bytes, in pieces as they come or in a file that is made."""

    name: str
    media_type: str
    content: Iterable[bytes] | BinaryIO


def made(
    name: str, form: str, selection: Selection, releases: tuple[Release, ...], names: Gazetteer, as_at: date
) -> Download:
    """The observations that a selection asks of releases, in a form of FORMS.

    Raises UnknownName for another form, and BadInput for a workbook of more than ROWS_OF_A_WORKBOOK.
    """
    if form not in FORMS:
        raise UnknownName(form, _("one of %(values)s") % {"values": ", ".join(FORMS)})
    if form == JSON:
        return Download(f"{name}.{form}", "application/json", _as_json(selection, releases, names, as_at))
    kind = Form(form)
    if kind is Form.CSV:
        pieces = exports.csv_export(selection, releases, names, as_at=as_at)
        return Download(f"{name}.{form}", exports.MEDIA_TYPES[kind], pieces)
    return Download(f"{name}.{form}", exports.MEDIA_TYPES[kind], _file(kind, selection, releases, names, as_at))


def _file(form: Form, selection: Selection, releases: tuple[Release, ...], names: Gazetteer, as_at: date) -> BinaryIO:
    count = querying.count(releases, selection)
    if form is Form.XLSX and count > ROWS_OF_A_WORKBOOK:
        expected = _("at most %(most)d observations for a workbook; CSV and Parquet hold any number")
        raise BadInput(Fault(_("address of the page"), "", str(count), expected % {"most": ROWS_OF_A_WORKBOOK}))
    stream = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed with the response
    exports.export(selection, releases, names, form, stream, as_at=as_at)
    stream.seek(0)
    return stream


def _as_json(selection: Selection, releases: Iterable[Release], names: Gazetteer, as_at: date) -> Generator[bytes]:
    """One JSON object, its observations a line each, as they come."""
    vintages = tuple(releases)
    head: dict[str, Any] = {"as_at": as_at.isoformat(), "releases": [one.id for one in vintages]}
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "observations": [').encode()
    between = "\n"
    for found in querying.stream(vintages, selection):
        yield (between + json.dumps(record(found, names), ensure_ascii=False)).encode()
        between = ",\n"
    yield b"\n]}\n"
