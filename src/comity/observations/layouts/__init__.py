"""The layouts in which statistics are published, one module each; `layouts()` lists them in the order of asking."""

from collections.abc import Sequence
from typing import Protocol

from comity.observations.layouts.eurostat import Eurostat
from comity.observations.layouts.homicide_download import HomicideDownload
from comity.observations.layouts.other_agencies import OtherAgency
from comity.observations.layouts.owid import OurWorldInData
from comity.observations.layouts.own import OwnTable
from comity.observations.layouts.portal import Portal
from comity.observations.layouts.regional_estimates import RegionalEstimates
from comity.observations.layouts.republished_population_by_age import PopulationByAge
from comity.observations.layouts.republished_population_totals import PopulationTotals
from comity.observations.layouts.sdg import SdgDatabase
from comity.observations.layouts.study_2013 import Study2013
from comity.observations.layouts.study_2019 import Study2019
from comity.observations.layouts.unodc_series_2019 import OffenceSeries
from comity.observations.layouts.world_bank import WorldBank
from comity.observations.layouts.wpp import WorldPopulationProspects
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder


class Layout(Protocol):
    """A layout of published files: recognises a file by its content and reads it whole."""

    name: str

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the content is of this layout; cheap, and never raises."""

    def read(self, name: str, data: bytes, areas: "AreaFinder", subject: str) -> Reading:
        """Read the file. Raises BadInput where it cannot be read at all, or its headings are not those expected.

        `subject` is what the user says the file is about, where the file itself does not; blank otherwise.
        """


def layouts() -> Sequence[Layout]:
    """Every layout that is known, the most telling first."""
    return [
        OwnTable(),
        # These share most of the portal's headings, or are told apart from it by their own alone.
        HomicideDownload(),
        SdgDatabase(),
        Eurostat(),
        Portal(),
        RegionalEstimates(),
        OffenceSeries(),
        Study2013(),
        Study2019(),
        OurWorldInData(),
        WorldBank(),
        WorldPopulationProspects(),
        PopulationTotals(),
        PopulationByAge(),
        OtherAgency(),
    ]
