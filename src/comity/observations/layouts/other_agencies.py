"""SDMX-CSV files of agencies and structures that no other layout reads, which are refused by name."""

from comity.evidence.errors import BadInput
from comity.observations.grids.grid import known_grids
from comity.observations.grids.sdmx_csv import EUROSTAT, HEADINGS, THE_GOALS, is_sdmx_csv, refusals, structures_of
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder


class OtherAgency:
    """SDMX-CSV files of agencies and structures that no layout reads: known, so that the refusal names them."""

    name = "SDMX-CSV"

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether the file is SDMX-CSV of an agency that has no layout of its own."""
        grids = [grid for grid in known_grids(name, data, HEADINGS) if is_sdmx_csv(grid)]
        agencies = {structure.agency for grid in grids for structure in structures_of(grid)}
        return bool(grids) and not agencies & {EUROSTAT, THE_GOALS}

    def read(self, name: str, data: bytes, areas: AreaFinder, subject: str) -> Reading:
        """Refuse the file, naming its structure."""
        raise BadInput(refusals(known_grids(name, data, HEADINGS)))
