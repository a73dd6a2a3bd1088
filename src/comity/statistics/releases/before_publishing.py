"""What publishing a release that is held back would do: the checks of an import, and what speaks then."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.observations.observation import Observation
from comity.statistics.releases import extents, query, revisions
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings, in_order
from comity.statistics.releases.query import Selection
from comity.statistics.releases.revisions import Revision, Revisions

MOST_CONTRADICTIONS = 0.1
"""Share of the values that a vintage has in common with one of the same day, of which more is another table."""
EXAMPLES = 5
"""Revisions that a sentence names."""


class ContradictsVintage(BadInput):
    """A vintage says otherwise than one of its day: a check that failed, and not input that cannot be read."""


@dataclass(frozen=True)
class Contradiction:
    """What a vintage says otherwise than those of its data set that were published on the same day."""

    found: Revisions
    release: Release

    @property
    def shared(self) -> int:
        """The values that both state."""
        return self.found.unchanged + self.found.changed

    @property
    def expected(self) -> str:
        """What was expected instead."""
        return _("at most one value in ten that differs from those of a vintage of the same day")

    def __str__(self) -> str:
        return _(
            "it contradicts %(release)s, published on the same day, in %(changed)d of %(shared)d values, such as "
            "%(examples)s; nothing is stored. If it was published on another day, say so by --published"
        ) % {
            "release": self.release.id,
            "changed": self.found.changed,
            "shared": self.shared,
            "examples": "; ".join(str(one) for one in self.found.changes[:EXAMPLES]),
        }


def contradiction(observations: Sequence[Observation], same_day: Sequence[Release]) -> Contradiction | None:
    """What is contradicted where more than one value in ten is another one; None where not."""
    found = revisions.against(observations, same_day)
    if found.changed <= MOST_CONTRADICTIONS * (found.unchanged + found.changed):
        return None
    return Contradiction(found, same_day[-1])


def publication(release: Release, published: Holdings) -> list[Revision]:
    """What publishing a release changes in what speaks for its data set, beside the published ones.

    Raises ContradictsVintage where it says otherwise than a published vintage of the same day.
    """
    own = [one for one in published if one.dataset == release.dataset]
    same_day = [one for one in own if one.published == release.published]
    stated = [found.observation for found in query.select([release], Selection())]
    if found := contradiction(stated, same_day):
        raise ContradictsVintage(Fault(release.id, "", str(found), found.expected))
    coming = extents.judged([*in_order([*own, replace(release, withheld=False)])])
    before = [one for one in published.as_at(date.max) if one.dataset == release.dataset]
    return revisions.between(before, Holdings(tuple(coming)).as_at(date.max).releases)


def counted(revisions: Sequence[Revision]) -> dict[str, int]:
    """How many keys are added, changed and removed, and of those changed how many lose their value."""
    kinds = Counter(one.kind for one in revisions)
    told = {kind: kinds[kind] for kind in ("added", "changed", "removed")}
    return {**told, "blanked": sum(one.blanks for one in revisions)}
