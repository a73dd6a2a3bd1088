"""How far an estimate may be off: what other rules of filling would give, how far fillings miss, and chance.

What the deviations are, and how often bounds of this kind held a value that was hidden from them, is declared beside
the methods and measured by `python -m benchmarks.hidden_states`.
"""

import math
from collections.abc import Sequence

from comity.analysis.estimates.filling import Cell
from comity.analysis.estimates.methods import Bounds
from comity.analysis.intervals import Interval, poisson_interval


def bounds_of(cells: Sequence[Cell], declared: Bounds) -> Interval:
    """Low and high of the count that cells add up to.

    Where nothing was filled they are the exact Poisson bounds, and speak of chance alone. Else: the range of what the
    admissible rules of filling give, widened by the root of the sum of squares of how far each filling may miss and of
    those same bounds of chance, so that filling something in never narrows them. How often such bounds hold is measured
    and not assumed. Sources: see `docs/estimates.md`.
    """
    victims = sum(cell.victims for cell in cells)
    filled = [cell for cell in cells if cell.is_filled]
    chance = poisson_interval(victims)
    if not filled:
        return chance
    known = victims - sum(cell.victims for cell in filled)
    readings = [victims, *(known + sum(_other(cell, rule) for cell in filled) for rule in (0, 1))]
    down, up = (victims - chance.low) ** 2, (chance.high - victims) ** 2
    for cell in filled:
        reach = math.exp(declared.reach * _spread(cell, declared))
        down += (cell.victims * (1 - 1 / reach)) ** 2
        up += (cell.victims * (reach - 1)) ** 2
    return Interval(max(0.0, min(readings) - math.sqrt(down)), max(readings) + math.sqrt(up))


def _other(cell: Cell, rule: int) -> float:
    """The count of a cell by another admissible rule."""
    if cell.alternatives is None or not cell.rate:
        return cell.victims
    return cell.victims * cell.alternatives[rule] / cell.rate


def _spread(cell: Cell, declared: Bounds) -> float:
    """A model's estimate is taken to miss as far as a neighbours' rate does."""
    modelled = cell.provenance in ("estimated", "imputed")
    return declared.spread(None if modelled else cell.distance)
