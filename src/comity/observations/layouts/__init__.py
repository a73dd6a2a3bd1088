"""The layouts in which statistics are published, one module each; `layouts()` lists them in the order of asking."""

from collections.abc import Sequence

from comity.observations.reading import Layout


def layouts() -> Sequence[Layout]:
    """Every layout that is known, the most telling first."""
    from comity.observations.layouts.eurostat import Eurostat
    from comity.observations.layouts.homicide_download import HomicideDownload
    from comity.observations.layouts.owid import OurWorldInData
    from comity.observations.layouts.own import OwnTable
    from comity.observations.layouts.population import PopulationByAge, PopulationTotals
    from comity.observations.layouts.portal import Portal
    from comity.observations.layouts.regional_estimates import RegionalEstimates
    from comity.observations.layouts.sdg import SdgDatabase
    from comity.observations.layouts.sdmx_csv import OtherAgency
    from comity.observations.layouts.series import OffenceSeries
    from comity.observations.layouts.study_2013 import Study2013
    from comity.observations.layouts.study_2019 import Study2019
    from comity.observations.layouts.world_bank import WorldBank
    from comity.observations.layouts.wpp import WorldPopulationProspects

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
