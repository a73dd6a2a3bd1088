"""The standard population by which rates are standardized for age, declared in `tables/standard_population.yaml`.

For another one, that table and its source change, and the version of the methods that use it rises.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from comity.evidence.files.declarations import Declaration, read_declarations
from comity.evidence.wording import gettext as _
from comity.observations.denominators import Ages, ages

TABLE = Path(__file__).parents[1] / "tables" / "standard_population.yaml"


@lru_cache(maxsize=1)
def standard_population() -> Mapping[Ages, float]:
    """The weight of each group of ages, in per cent."""
    return read_weights(TABLE.read_text(encoding="utf-8"), TABLE.name)


def read_weights(text: str, file: str) -> Mapping[Ages, float]:
    """Read declared weights; raises BadInput with every fault, each with its line and key."""
    return read_declarations(text, file, _weights)


def _weights(table: Declaration) -> Mapping[Ages, float]:
    declared = table.below("weights")
    weights: dict[Ages, float] = {}
    for code in declared.keys() if declared else ():
        span = ages(code)
        weight = declared.number(code, 1.0) if declared else 1.0
        if span is None and declared:
            declared.fault(code, code, _("a code of ages such as Y15T19"))
        elif span is not None:
            weights[span] = weight
    return weights
