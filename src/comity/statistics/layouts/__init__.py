"""The layouts in which statistics are published, one module each; `layouts()` lists them in the order of asking."""

from collections.abc import Sequence

from comity.statistics.reading import Layout


def layouts() -> Sequence[Layout]:
    """Every layout that is known, the most telling first."""
    from comity.statistics.layouts.eurostat import Eurostat
    from comity.statistics.layouts.homicide_download import HomicideDownload
    from comity.statistics.layouts.owid import OurWorldInData
    from comity.statistics.layouts.own import OwnTable
    from comity.statistics.layouts.population import PopulationByAge, PopulationTotals
    from comity.statistics.layouts.portal import Portal
    from comity.statistics.layouts.regional_estimates import RegionalEstimates
    from comity.statistics.layouts.sdg import SdgDatabase
    from comity.statistics.layouts.sdmx_csv import OtherAgency
    from comity.statistics.layouts.series import OffenceSeries
    from comity.statistics.layouts.study_2013 import Study2013
    from comity.statistics.layouts.study_2019 import Study2019
    from comity.statistics.layouts.world_bank import WorldBank
    from comity.statistics.layouts.wpp import WorldPopulationProspects

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
