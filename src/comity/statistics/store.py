"""Where releases become values and values releases: the one module of the room that knows the database."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from comity.areas.store import gazetteer
from comity.evidence import audience
from comity.evidence.audience import Opening
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, supplies
from comity.evidence.models import Origin
from comity.evidence.places import CellPlace, Place, Text, parse_place
from comity.evidence.store import head, origin_content
from comity.evidence.workbooks.workbook import Workbook, cell_text
from comity.evidence.workspaces import own_files, workspace
from comity.evidence.workspaces.acts import check_may_write
from comity.observations.denominators import POPULATION
from comity.observations.observation import TOTAL
from comity.statistics import figures
from comity.statistics.models import RedatingRecord, ReleaseRecord
from comity.statistics.releases import (
    areas_for_notebooks,
    damage,
    holdings,
    query,
    question,
    visibility,
)
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.known import Known
from comity.statistics.releases.query import Released, Selection

log = logging.getLogger(__name__)


def all_releases() -> Holdings:
    """All releases in full, also those that are held back; kept until something happens in the audit chain.

    It is for imports, checks and operators, and nothing of it is to be shown to the public.
    """
    return _all_releases(head()[1])


@lru_cache(maxsize=2)
def _all_releases(_head: str) -> Holdings:
    return read_all()


def read_all() -> Holdings:
    """All releases as they stand within the present transaction, where the chain's head has not moved yet."""
    records = ReleaseRecord.objects.select_related("origin", "publication").prefetch_related("extents", "redatings")
    return holdings.in_order(_release(record) for record in records).in_full()


def published_in_full() -> Holdings:
    """The published releases in full: what imports compare with, so that a row that is not shown is not taken for gone.

    Nothing of it is to be shown to the public.
    """
    return Holdings(tuple(release for release in all_releases() if not release.withheld))


_damaged: ContextVar[list[frozenset[str]] | None] = ContextVar("damaged", default=None)


@contextmanager
def leaving_out_damaged() -> Iterator[None]:
    """Within it, for a page, the data sets of damaged releases are left out, and `faults` names them.

    Elsewhere all releases are asked, and a damaged one is an error: no import or report goes on without it.
    """
    token = _damaged.set([])
    try:
        yield
    finally:
        _damaged.reset(token)


def _left_out() -> frozenset[str]:
    """The ids of the releases because of which the present page leaves data sets out; none elsewhere."""
    found = _damaged.get()
    if found is None:
        return frozenset()
    if not found:
        found.append(frozenset(one.id for one in damage.damaged(published_in_full())))
    return found[0]


def published() -> Holdings:
    """The published releases as who asks may see them: the public their free rows, an operator all of them."""
    damaged = _left_out()
    known = published_in_full() if audience.is_operator() else _public(head()[1], damaged)
    return known.without(damaged) if damaged else known


@lru_cache(maxsize=2)
def _public(_head: str, _damaged: frozenset[str]) -> Holdings:
    known = [replace(release, in_full=False) for release in published_in_full()]
    given = [(release, visibility.for_public(release)) for release in known]
    shown = tuple(release for _all, release in given if release is not None)
    return Holdings(shown, silent=tuple(release for release, free in given if free is None))


def listed() -> Holdings:
    """The releases that who asks may know of: the public those of `published`, an operator also what is held back."""
    return all_releases() if audience.is_operator() else published()


def asked(dataset: str | None) -> Holdings:
    """The releases that a question is put to: what is held back answers an operator who names it by its id, and speaks
    for its data set to nobody."""
    return listed() if dataset is not None and "@" in dataset else published()


def kept_for() -> str:
    """What anything depends on that is kept of the releases: all that is stored, who asks, and what is left out."""
    return " ".join((head()[1], str(audience.is_operator()), *sorted(_left_out())))


def opening_of(origin: str) -> Opening | None:
    """What the public may see of the origin of a release; None where all of it, or no release was read from it."""
    return _openings(head()[1], _left_out()).get(origin)


@lru_cache(maxsize=2)
def _openings(_head: str, damaged: frozenset[str]) -> dict[str, Opening]:
    shown = {release.origin: release for release in _public(_head, damaged)}
    closed = {release.origin: Opening() for release in all_releases() if release.origin not in shown}
    in_part = (release for release in shown.values() if not release.wholly_free)
    return {**closed, **{release.origin: _in_part(release) for release in in_part}}


def _in_part(release: Release) -> Opening:
    facts_in = partial(visibility.facts_in, release)
    return Opening(listed=True, title=release.title, note=release.note, facts_in=facts_in)


def shown_files() -> Iterator[Path]:
    """The files that pages show the contents of: those of the published releases."""
    return damage.files(published_in_full())


def faults() -> Iterator[str]:
    """What every page says of damaged releases."""
    return map(damage.in_words, published().damaged)


def known_on(as_at: date) -> Known:
    """What is known on a day: the published releases as who asks may see them, and the areas as known on the day."""
    return Known(published(), gazetteer(as_at), as_at)


def _release(record: ReleaseRecord) -> Release:
    dated: list[ReleaseRecord | RedatingRecord] = [record, *record.redatings.all()]
    extent = list(record.extents.all())
    return Release(
        id=dated[-1].identifier,
        dataset=record.dataset,
        title=record.title,
        publisher=record.publisher,
        published=dated[-1].published,
        sequence=dated[-1].sequence,
        licence=record.licence,
        note=record.note,
        rows=record.rows,
        observations=record.observations,
        rejected=record.rejected,
        findings=record.findings,
        digest=record.digest,
        origin=record.origin_id,
        file=record.origin.file,
        recorded_at=record.recorded_at,
        withheld=not hasattr(record, "publication"),
        shipped=record.origin.kind == Origin.Kind.TABLE,
        folder=folder() / record.identifier,
        whole=extent[-1].whole if extent else True,
        replaces=any(one.replaces for one in extent),
        aliases=tuple(one.identifier for one in dated[:-1]),
    )


def total_populations() -> dict[tuple[str, str], float]:
    """The total populations that are held and free, in persons, by area and year: what is found beside them is told to
    all."""
    return _total_populations(head()[1])


@lru_cache(maxsize=1)
def _total_populations(_head: str) -> dict[tuple[str, str], float]:
    known = (one for one in published_in_full().as_at(date.max) if one.dataset == POPULATION)
    speaking = [replace(one, in_full=False) for one in known]
    totals = Selection(
        indicators=(POPULATION,), sexes=(TOTAL,), ages=(TOTAL,), citizenships=(TOTAL,), breakdowns=(TOTAL,)
    )
    if not speaking:
        return {}
    where, asked = totals.where()
    sql = f"SELECT area, period, value FROM {query.source_sql(speaking)} WHERE {where} AND value IS NOT NULL"  # noqa: S608
    return {(area, period): value for area, period, value in query.run(f"{sql} ORDER BY repeat, release", asked)}


def folder() -> Any:
    """The folder of the workspace in which the releases lie."""
    return workspace.folder("releases")


def release_of(origin: str) -> Release | None:
    """The release that was read from an origin, or None."""
    return next((release for release in all_releases() if release.origin == origin), None)


def write_current() -> None:
    """Replace the file by which notebooks know what is published."""
    # The head comes first: what is read after it may be newer than the file says, and is then written once more.
    speaking_of = head()
    workspace.write_whole(folder() / holdings.CURRENT, state(speaking_of))


def state(speaking_of: tuple[int, str]) -> bytes:
    """What is published and public at a head of the chain, and the reference tables, as notebooks read them."""
    return holdings.current_state(
        _public(speaking_of[1], frozenset()), areas_for_notebooks.snapshot(gazetteer()), speaking_of
    )


def repair_current() -> None:
    """Replace that file where it is damaged or speaks of an earlier event: a command was stopped behind its commit.

    Where the workspace may only be read, or its disk is full, it stays as it is.
    """
    if not holdings.is_current(folder(), head()):
        _write_where_it_can_be()


def renew_current() -> None:
    """The same also where that file is whole, and says otherwise than what is held at the event of which it speaks."""
    path = folder() / holdings.CURRENT
    try:
        is_so = own_files.bytes_of(path) == state(head())
    except OSError:
        is_so = False
    if not is_so:
        _write_where_it_can_be()


def _write_where_it_can_be() -> None:
    with suppress(OSError):
        check_may_write()
        with workspace.alone("act"):
            write_current()


def find(
    selection: Selection, *, dataset: str | None, as_at: date, all_vintages: bool = False, **options: Any
) -> list[Released]:
    """The observations of a selection, as known on a day; with `all_vintages` those of every release known by then."""
    return list(query.select(asked_releases(dataset, as_at, all_vintages), selection, **options))


def asked_releases(dataset: str | None, as_at: date, all_vintages: bool) -> Sequence[Release]:
    """The releases that a question is put to. Raises UnknownName for a data set or release that there is none of."""
    return question.releases_asked(published(), dataset, as_at, all_vintages)


def row_at(release: Release, place: str) -> list[str]:
    """The cells of the row of a release's origin in which a place lies, as texts; empty where there is none."""
    content = origin_content(release.origin)
    try:
        where = parse_place(place)
        if isinstance(content, Workbook) and isinstance(where, CellPlace):
            return [cell_text(cell) for cell in content.sheet(where.sheet).rows[where.row - 1]]
        if isinstance(content, Text) and isinstance(where, Place):
            return list(content.rows[where.line].cells.values())
    except (ValueError, LookupError):
        return []
    return []


@supplies("observation")
def _observation_inputs(
    *, as_at: date, dataset: str, indicator: str, area: str, period: str, detail: str
) -> Sequence[Fact[Any]]:
    key = figures.parse_detail(detail)
    asked = Selection(areas=(area,), indicators=(indicator,), first=period, last=period, **key.selection())
    found = find(asked, dataset=dataset, as_at=as_at)
    names = gazetteer(as_at)
    facts = [figures.fact(one, names) for one in found if one.observation.repeat == key.repeat]
    if not facts:
        address = figures.observation_id(dataset, indicator, area, period, detail)
        raise UnknownName(address, _("an observation that was known on %s") % as_at.isoformat())
    return facts
