"""How often trends are called where there are none, and found where they are: `python -m benchmarks.trend_rates`.

It prints the tables of docs/trends.md; `tests/analysis/test_analysis_trends_rates.py` holds the claims made there.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

RUNS = 10_000
LENGTHS = (8, 10, 12, 15, 20, 28)

Series = NDArray[np.float64]
Model = Callable[[int, np.random.Generator, int], Series]


def first_order(rho: float, n: int, random: np.random.Generator, runs: int = RUNS) -> Series:
    """Series in which each value follows the one before with a correlation, of variance 1; a random walk for 1."""
    noise = random.standard_normal((runs, n))
    if rho == 1:
        return np.cumsum(noise, axis=1)
    series = noise.copy()
    for i in range(1, n):
        series[:, i] = rho * series[:, i - 1] + np.sqrt(1 - rho**2) * noise[:, i]
    return series


def about(course: Callable[[Series], Series], scatter: float, rho: float = 0.0) -> Model:
    """Series of level 100 about a course over the years from −1 to 1."""
    return lambda n, random, runs: 100 + course(np.linspace(-1, 1, n)) + scatter * first_order(rho, n, random, runs)


def level(years: Series) -> Series:
    """No change at all."""
    return 0 * years


NOTHING: dict[str, Model] = {
    "independent, normal": about(level, 10),
    "independent, log-normal": lambda n, random, runs: np.exp(random.standard_normal((runs, n))),
    "counts, Poisson about 20": lambda n, random, runs: random.poisson(20, (runs, n)).astype(float),
    "counts, Poisson about 1": lambda n, random, runs: random.poisson(1, (runs, n)).astype(float),
    "ρ = 0.2": about(level, 10, 0.2),
    "ρ = 0.5": about(level, 10, 0.5),
    "ρ = 0.7": about(level, 10, 0.7),
    "random walk": about(level, 2, 1),
}
CHANGES: dict[str, Model] = {
    "a line, 4 deviations in all": about(lambda t: 2 * t, 1),
    "a line, 4 deviations in all, ρ = 0.5": about(lambda t: 2 * t, 1, 0.5),
    "an S-curve, 8 deviations": about(lambda t: 4 * np.tanh(3 * t), 1),
    "an S-curve, 8 deviations, ρ = 0.5": about(lambda t: 4 * np.tanh(3 * t), 1, 0.5),
    "a step, 3 deviations": about(lambda t: 3.0 * (t > 0), 1),
    "a step, 6 deviations": about(lambda t: 6.0 * (t > 0), 1),
    "a step, 6 deviations, ρ = 0.5": about(lambda t: 6.0 * (t > 0), 1, 0.5),
    "a rise and a fall of 6 deviations": about(lambda t: -6 * np.abs(t), 1),
    "a rise and a fall of 6 deviations, ρ = 0.5": about(lambda t: -6 * np.abs(t), 1, 0.5),
    "a fall of 9 and a rise of 2 deviations": about(lambda t: np.where(t < 0.5, -6 * (t - 0.5), 4 * (t - 0.5)), 1),
}


def verdicts(model: Model, n: int, runs: int = RUNS) -> dict[str, float]:
    """The share of each verdict among series of a model, none negative, each taken by itself at 0.05."""
    from comity.analysis.trends.series_trends import trend_table
    from comity.analysis.trends.verdicts import Ground, Verdict

    series = np.maximum(model(n, np.random.default_rng(n), runs), 0)
    called = [Ground(ground).verdict for ground in trend_table(series, range(n), adjustment="none").ground.tolist()]
    return {verdict.value: called.count(verdict) / runs for verdict in Verdict}


def changed(shares: dict[str, float]) -> float:
    """The share of series of which a change is said."""
    return sum(shares[verdict] for verdict in ("increase", "decrease", "level shift", "turned"))


def _print(first: str, models: dict[str, Model], told: Callable[[dict[str, float]], str]) -> None:
    _row([first, *(f"n = {n}" for n in LENGTHS)])
    _row(["---", *("---:" for _n in LENGTHS)])
    for name, model in models.items():
        _row([name, *(told(verdicts(model, n)) for n in LENGTHS)])
    print()


def _row(cells: Sequence[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _of_four(shares: dict[str, float]) -> str:
    direction = shares["increase"] + shares["decrease"]
    return " / ".join(f"{100 * share:.0f}" for share in (direction, shares["level shift"], shares["turned"]))


def main() -> None:
    """Print both tables as they stand in docs/trends.md."""
    print("Called changed although nothing changes, per cent:\n")
    _print("values", NOTHING, lambda shares: f"{100 * changed(shares):.1f}")
    print("Called increase or decrease / level shift / turned, per cent:\n")
    _print("what happens", CHANGES, _of_four)


if __name__ == "__main__":
    main()
