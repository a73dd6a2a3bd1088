"""What is held: the releases of every data set, and which of them speak at a state of knowledge.

A reader of notebooks has no database; the same value is then read from the file `CURRENT.json`, which is replaced whole
after each change.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from comity.evidence.errors import UnknownName, WorkspaceError
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces import own_files
from comity.statistics.releases import damage
from comity.statistics.releases.files import Release, as_record, from_record

CURRENT = "CURRENT.json"


@dataclass(frozen=True)
class Holdings:
    """The releases in order: of one data set each revises those before it.

    `silent` are releases that the present reader is shown nothing of, and that overtake others all the same: what they
    revise no longer stands.
    """

    releases: tuple[Release, ...]
    silent: tuple[Release, ...] = ()
    damaged: tuple[Release, ...] = ()
    """Releases because of which their whole data sets are left out of these holdings."""

    def __iter__(self) -> Iterator[Release]:
        return iter(self.releases)

    def datasets(self) -> list[str]:
        """The codes of the data sets that have a release."""
        return list(dict.fromkeys(release.dataset for release in self.releases))

    def as_at(self, day: date) -> "Holdings":
        """The releases that speak on a day, of those published by then; see `speaking`."""
        known = speaking(release for release in self._all if release.published <= day)
        return Holdings(tuple(release for release in known if self._is_shown(release)))

    def vintages(self, day: date) -> "Holdings":
        """All releases published by a day; a table that ships is left out where its published file is held itself."""
        known = [release for release in self.releases if release.published <= day]
        whole = {(one.dataset, one.published) for one in known if one.whole and not one.shipped}
        shown = (one for one in known if not one.shipped or (one.dataset, one.published) not in whole)
        return Holdings(tuple(shown), self.silent)

    def of(self, dataset: str) -> "Holdings":
        """The releases of one data set. Raises UnknownName where it has none, WorkspaceError where it is left out."""
        for release in self.damaged:
            if release.dataset == dataset:
                raise WorkspaceError(damage.in_words(release))
        found = tuple(release for release in self.releases if release.dataset == dataset)
        if not found:
            raise UnknownName(dataset, _("the code of a data set that has a release"), self.datasets())
        return Holdings(found, tuple(release for release in self.silent if release.dataset == dataset))

    def without(self, damaged: frozenset[str]) -> "Holdings":
        """These holdings without the data sets of damaged releases, by their ids: no earlier vintage speaks in place
        of a later one."""
        gone = {release.dataset for release in self._all if release.id in damaged}
        shown, silent = (
            tuple(one for one in releases if one.dataset not in gone) for releases in (self.releases, self.silent)
        )
        return Holdings(shown, silent, tuple(one for one in self.releases if one.id in damaged))

    def release(self, identifier: str) -> Release:
        """The release of an id, also of one that it bore before its date was corrected; raises UnknownName."""
        for release in self.releases:
            if identifier == release.id or identifier in release.aliases:
                return release
        raise UnknownName(identifier, _("the id of a release"), [release.id for release in self.releases])

    def before(self, dataset: str, published: date, *, shipped: bool = False) -> tuple[Release, ...]:
        """What speaks for a data set when a release published on a day comes: what that one adds to and revises.

        A table that ships comes before what people brought in of the same day.
        """
        return speaking(
            one
            for one in self.releases
            if one.dataset == dataset
            and (one.published < published or (one.published == published and (one.shipped or not shipped)))
        )

    def with_correction(self, identifier: str, **corrected: Any) -> "Holdings":
        """These holdings as they are once a release has another date of publication or another extent."""
        changed = (replace(one, **corrected) if one.id == identifier else one for one in self.releases)
        return in_order(changed)

    def state_of(self, release: Release) -> tuple[Release, ...]:
        """What speaks for a data set once a release has come: the release alone, or with what a partial one leaves."""
        of_set = [one for one in self._all if one.dataset == release.dataset]
        at = next(index for index, one in enumerate(of_set) if one.id == release.id)
        return tuple(one for one in speaking(of_set[: at + 1]) if self._is_shown(one))

    def judged(self, day: date) -> tuple[Release, ...]:
        """All releases published by a day, the silent ones among them, for what compares releases and shows none."""
        return tuple(release for release in self._all if release.published <= day)

    def in_full(self) -> "Holdings":
        """All of them with all of their rows: for imports, and for operators who ask for it. Show it to nobody else."""
        return Holdings(tuple(replace(release, in_full=True) for release in self._all))

    @property
    def _all(self) -> tuple[Release, ...]:
        return in_order([*self.releases, *self.silent]).releases if self.silent else self.releases

    def _is_shown(self, release: Release) -> bool:
        return all(release.id != one.id for one in self.silent)


def speaking(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Of releases in order those that speak: of each data set the last whole one and the partial ones after it.

    Each gives way to the later ones in what these state: `overtaken_by` says so to whoever reads the observations, and
    `adds_to` that a missing value takes the place of none.
    """
    stacks: dict[str, list[Release]] = {}
    for release in releases:
        stack = stacks.setdefault(release.dataset, [])
        if release.whole:
            stack.clear()
        stack.append(release)
    return tuple(
        replace(
            release,
            overtaken_by=tuple(later.data for later in stack[place + 1 :]),
            adds_to=tuple(earlier.data for earlier in stack[:place]),
        )
        for stack in stacks.values()
        for place, release in enumerate(stack)
    )


def in_order(releases: Iterable[Release]) -> Holdings:
    """Holdings of releases that come in any order.

    Of one day's releases those that people brought in come after the one that ships, in whichever order they came: a
    table that ships is a part of the published file.
    """
    ordered = sorted(releases, key=lambda one: (one.dataset, one.published, not one.shipped, one.sequence))
    return Holdings(tuple(ordered))


def current_state(holdings: Holdings, reference: dict[str, Any], head: tuple[int, str]) -> bytes:
    """What `CURRENT.json` holds: the head of the audit chain that it speaks of, the releases as the public may see
    them, and of the reference tables what naming and grouping areas needs.

    Of releases that are silent it holds no word of what they say of themselves.
    """
    silent = [replace(one, title=one.dataset, publisher="", licence="", note="") for one in holdings.silent]
    held = {"releases": list(map(_state, holdings)), "silent": list(map(_state, silent)), "reference": reference}
    state = json.dumps(held, ensure_ascii=False, sort_keys=True)[1:].encode()
    return _first_line(head, state) + state


def _state(release: Release) -> dict[str, Any]:
    kept = {"sequence": release.sequence, "folder": release.folder.name, "wholly_free": release.wholly_free}
    return {**as_record(release), **kept}


def _first_line(head: tuple[int, str], state: bytes) -> bytes:
    """How the file begins: without reading it apart one sees whether it is whole, and of which head it speaks."""
    return f'{{"head": {json.dumps(head)}, "digest": "{hashlib.sha256(state).hexdigest()}",\n'.encode()


def is_current(folder: Path, head: tuple[int, str]) -> bool:
    """Whether the file `CURRENT.json` in a folder of releases is whole and speaks of a head of the audit chain."""
    try:
        line, end, state = own_files.bytes_of(folder / CURRENT).partition(b"\n")
    except OSError:
        return False
    return line + end == _first_line(head, state)


def read_current(folder: Path) -> tuple[Holdings, dict[str, Any]]:
    """Holdings and reference as the file `CURRENT.json` of a workspace's folder of releases states them.

    Raises WorkspaceError where there is none, or it is damaged.
    """
    path = folder / CURRENT
    try:
        state = own_files.parsed(own_files.bytes_of(path))
        releases, silent = (
            [from_record(one, folder / one.pop("folder", one["id"]), one.pop("sequence")) for one in state.get(key, [])]
            for key in ("releases", "silent")
        )
        return replace(in_order(releases), silent=tuple(silent)), state["reference"]
    except OSError:
        raise WorkspaceError(f"{path}: there is no workspace here; `comity up --no-serve` makes one") from None
    except (ValueError, LookupError, TypeError, AttributeError):
        raise WorkspaceError(f"{path}: it is damaged; `comity release list` writes it anew") from None
