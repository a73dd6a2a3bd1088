"""What the public may see of a release: the one rule, by which pages, files, figures, findings and counts go.

A row is free whose mark of confidentiality (SDMX CL_CONF_STATUS) is F or blank; a release that is held back has no free
row. What the public is given of a release counts its free rows alone and says nothing of the others. Of what was found
when the file was read, and of what is said of it as a whole, that is left out which speaks of rows that are not free.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from comity.evidence.errors import WorkspaceError
from comity.evidence.findings import Finding
from comity.evidence.places import row_of
from comity.statistics import querying
from comity.statistics.querying import IS_FREE, source_sql
from comity.statistics.releases import Release

_NUMBER = re.compile(r"\d{1,3}(?:[  \u202f',.]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_SHORTEST = 3
"""Letters of a word that is looked for in other texts; shorter ones stand in every text."""
MOST_COMPARED = 2_000
"""Different words of rows that are not free, which texts are looked through for; of more no text is shown."""
_WORDS = ("text", "note", "source", "area", "indicator", "iccs", "citizenship", "breakdown", "unit")


@dataclass(frozen=True)
class Standing:
    """How many rows of a release are free and how many are not; `concealed` of those that gave no observation."""

    free: int
    hidden: int
    concealed: int

    @property
    def is_open(self) -> bool:
        """Whether all of it is free."""
        return not (self.hidden or self.concealed)


@lru_cache(maxsize=1024)
def standing(release: Release) -> Standing:
    """Counted in the release's files; kept, since it never changes. Raises WorkspaceError where they are damaged."""
    free, hidden = (
        querying.run(f"SELECT count(*) FROM {_all_rows(release)} WHERE {which}")[0][0]  # noqa: S608
        for which in (IS_FREE, f"NOT {IS_FREE}")
    )
    concealed = sum(marked for _found, marked in release.read_marked_findings())
    return Standing(free, hidden, concealed)


def for_public(release: Release) -> Release | None:
    """A published release as the public is given it; None where no row of it is free.

    Of one whose files cannot be read nothing is known to be free: it stays in its place, counts nothing and bears the
    code of its data set for a title.
    """
    try:
        known = standing(release)
    except (WorkspaceError, OSError, ValueError):
        return replace(release, title=release.dataset, note="", rows=0, observations=0, rejected=0, findings=0)
    if known.is_open:
        return replace(release, wholly_free=True)
    return _in_part(release) if known.free else None


@lru_cache(maxsize=256)
def _in_part(release: Release) -> Release:
    found = findings_of(release)
    rejected, observations = sum(one.rejected for one in found), standing(release).free
    hidden = _hidden(release)
    return replace(
        release,
        title=release.dataset if hidden.stand_in(release.title) else release.title,
        note="" if hidden.stand_in(release.note) else release.note,
        rows=observations + rejected,
        observations=observations,
        rejected=rejected,
        findings=len(found),
    )


@lru_cache(maxsize=64)
def findings_of(release: Release) -> tuple[Finding, ...]:
    """What was found when a release's file was read, as far as its reader may know; kept, since it never changes."""
    marked = release.read_marked_findings()
    if release.in_full or release.wholly_free or standing(release).is_open:
        return tuple(found for found, _marked in marked)
    hidden, free = _hidden(release), _rows_of_free(release)
    return tuple(
        found
        for found, concealed in marked
        if not concealed
        and (found.rejected or row_of(found.place) in free)
        and found.place not in hidden.places
        and not hidden.stand_in(f"{found.value}\n{found.expected}\n{found.message}".replace(found.place, ""))
    )


@dataclass(frozen=True)
class _Hidden:
    """What rows that are not free hold, by which texts that speak of them are known."""

    places: frozenset[str]
    numbers: frozenset[str]
    words: tuple[str, ...]

    def stand_in(self, text: str) -> bool:
        """Whether a text seems to speak of one of the rows: by its number, its words or its place."""
        if len(self.words) > MOST_COMPARED:
            return bool(text)
        plain = text.casefold()
        numbers = {_digits(number) for number in _NUMBER.findall(text)}
        named = {word.strip(".,;()“”\"'") for word in text.split()}
        return bool(numbers & self.numbers or named & self.places) or any(word in plain for word in self.words)


@lru_cache(maxsize=32)
def _hidden(release: Release) -> _Hidden:
    columns = ", ".join(("value", "place", *_WORDS))
    rows = querying.run(f"SELECT {columns} FROM {_all_rows(release)} WHERE NOT {IS_FREE}")  # noqa: S608
    said = {word.casefold() for _value, _place, *words in rows for word in words}
    common = {word.casefold() for column in _WORDS for word in _free_words(release, column)}
    return _Hidden(
        places=frozenset(place for _value, place, *_words in rows if place),
        numbers=frozenset(_digits(text) for value, _place, text, *_words in rows for text in _shown(value, text)),
        words=tuple(word for word in said - common if len(word) >= _SHORTEST and not _NUMBER.fullmatch(word)),
    )


def _free_words(release: Release, column: str) -> Iterable[str]:
    sql = f"SELECT DISTINCT {column} FROM {_all_rows(release)} WHERE {IS_FREE}"  # noqa: S608
    return (word for (word,) in querying.run(sql))


def _shown(value: float | None, text: str) -> list[str]:
    """The numbers by which a text may give a value."""
    exact = [] if value is None else [str(int(value)) if value.is_integer() else repr(value)]
    return [*_NUMBER.findall(text), *exact]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


@lru_cache(maxsize=32)
def _rows_of_free(release: Release) -> frozenset[str]:
    places = querying.run(f"SELECT DISTINCT place FROM {_all_rows(release)} WHERE {IS_FREE}")  # noqa: S608
    return frozenset(row_of(place) for (place,) in places)


_ROW_SQL = r"regexp_replace(place, '(?s)^([0-9]+)(:.*)?$|^(.*!)[A-Z]+([0-9]+)$', '\1\3\4')"
"""The same in SQL as `places.row_of` says of a place."""


def facts_in(release: Release, rows: Sequence[str]) -> Mapping[str, bool]:
    """The places in some rows of a release's file that it speaks of, each with whether what stands there is free."""
    asked = ", ".join("?" * len(rows))
    sql = f"SELECT place, bool_and({IS_FREE}) FROM {_all_rows(release)} WHERE {_ROW_SQL} IN ({asked}) GROUP BY place"  # noqa: S608
    found = dict(querying.run(sql, list(rows)))
    shown = (one.place for one in findings_of(release) if one.rejected and row_of(one.place) in rows)
    concealed = (one.place for one, marked in release.read_marked_findings() if marked and row_of(one.place) in rows)
    return {**dict.fromkeys(shown, True), **found, **dict.fromkeys(concealed, False)}


def _all_rows(release: Release) -> str:
    return source_sql([replace(release, in_full=True, wholly_free=False, overtaken_by=(), adds_to=())])
