"""How long an act takes on a warm process."""

import statistics
import time
from collections.abc import Callable


def median_of(runs: int, act: Callable[[], object]) -> float:
    """Median seconds of an act over some runs, after one that is not counted."""
    act()
    taken = []
    for _run in range(runs):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
