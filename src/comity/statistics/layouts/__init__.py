"""The layouts in which statistics are published, one module each; `layouts()` lists them in the order of asking."""

from collections.abc import Sequence

from comity.statistics.reading import Layout


def layouts() -> Sequence[Layout]:
    """Every layout that is known, the most telling first."""
    from comity.statistics.layouts.owid import OurWorldInData
    from comity.statistics.layouts.own import OwnTable
    from comity.statistics.layouts.population import PopulationByAge, PopulationTotals
    from comity.statistics.layouts.portal import Portal
    from comity.statistics.layouts.series import OffenceSeries
    from comity.statistics.layouts.study_2013 import Study2013
    from comity.statistics.layouts.study_2019 import Study2019

    return [
        OwnTable(),
        Portal(),
        OffenceSeries(),
        Study2013(),
        Study2019(),
        OurWorldInData(),
        PopulationTotals(),
        PopulationByAge(),
    ]
