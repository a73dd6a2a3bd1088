"""Releases whose files are missing or no longer what was published, and what is said of them.

A release is checked by its digests when first asked of, and again only once one of its files has changed.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from comity.evidence.errors import WorkspaceError
from comity.evidence.wording import gettext as _
from comity.evidence.workspaces.workspace import signature
from comity.statistics.releases.files import DATA, FINDINGS, MANIFEST, Release, check_release


def files(releases: Iterable[Release]) -> Iterator[Path]:
    """The files that releases consist of."""
    return (release.folder / name for release in releases for name in (MANIFEST, DATA, FINDINGS))


def damaged(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Those releases whose files are not what was published."""
    return tuple(one for one in releases if not _is_sound(one, tuple(map(signature, files([one])))))


@lru_cache(maxsize=4096)
def _is_sound(release: Release, _signatures: tuple[object, ...]) -> bool:
    try:
        check_release(release)
    except WorkspaceError:
        return False
    return True


def in_words(release: Release) -> str:
    """What is said of a damaged release wherever its data set would stand."""
    return _(
        "The data set %(dataset)s is left out: a file of its release %(release)s is missing or no longer what was "
        "published."
    ) % {"dataset": release.dataset, "release": release.id}
