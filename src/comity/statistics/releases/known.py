"""What is known on a day: the releases, the names of areas, and the day. Whatever is computed is computed from this.

Pages, commands and figures are given what the database holds, notebooks what the file `CURRENT.json` states; neither
makes a difference to what is asked of it. What is kept to spare computing it again is kept by this value and never by
the day alone: a table that was corrected since makes another gazetteer, and so another answer.
"""

from dataclasses import dataclass
from datetime import date

from comity.areas.gazetteer import Gazetteer
from comity.statistics.releases import question
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Released, Selection


@dataclass(frozen=True)
class Known:
    """The releases that who asks may see, the names, groups and successions of areas, and the day of knowledge."""

    releases: Holdings
    names: Gazetteer
    as_at: date

    @property
    def speaking(self) -> tuple[Release, ...]:
        """Of each data set the releases that speak on the day."""
        return self.releases.as_at(self.as_at).releases

    @property
    def datasets(self) -> list[str]:
        """The codes of the data sets of which a release speaks."""
        return list(dict.fromkeys(release.dataset for release in self.speaking))

    def find(self, selection: Selection, dataset: str | None = None) -> list[Released]:
        """The observations of a selection in all data sets or one, or in one release by its id.

        Raises UnknownName for a data set that there is none of.
        """
        return question.find(self.releases, selection, dataset=dataset, as_at=self.as_at)
