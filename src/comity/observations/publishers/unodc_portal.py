"""What the workbooks of UNODC's data portal share: the names of its sheets, and the publisher above its headings."""

import re
from collections.abc import Sequence

from comity.observations.grids.grid import Grid

OWN_WORDS = re.compile(r"data_(?:cts|glotip|iafq).*|UNODC|regional[ _]estimates?", re.IGNORECASE)
"""Names that the portal gives its sheets, after their data sets, and what stands above its headings."""


def publisher_above(grids: Sequence[Grid]) -> str:
    """Who published the tables: UNODC where it stands above the headings. The layout alone is no evidence of that."""
    said = (cell for grid in grids for _number, cells in grid.above for cell in cells)
    unodc = any(isinstance(cell, str) and "UNODC" in cell.upper() for cell in said)
    return "United Nations Office on Drugs and Crime" if unodc else ""
