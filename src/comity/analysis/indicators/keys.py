"""What one value of an indicator speaks of."""

from typing import NamedTuple

from comity.observations.observation import TOTAL


class Key(NamedTuple):
    """What one value of an indicator speaks of."""

    area: str
    period: str
    iccs: str = ""
    sex: str = TOTAL
    age: str = TOTAL
    citizenship: str = TOTAL
    breakdown: str = TOTAL
