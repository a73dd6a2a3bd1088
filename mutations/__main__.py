"""Break the rules of the field on purpose and count how many breaks their tests notice.

`python -m mutations` takes a sample, always the same; `--all` every mutant; names of modules choose among them. Each
mutant runs the tests of its module in a fork, two at a time. Prints the share that was noticed, and every survivor.
"""

import os
import random
import resource
import sys
import tempfile
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

from mutations.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
RULES = {
    "comity.instruments.status": ["instruments/test_status.py", "instruments/test_edges_of_status.py"],
    "comity.instruments.figures.counts": ["instruments/test_counts.py", "instruments/test_status.py"],
    "comity.instruments.entry_into_force": [
        "instruments/test_entry_into_force.py",
        "instruments/test_edges_of_status.py",
    ],
    "comity.analysis.comparability": [
        "analysis/test_analysis_comparability.py",
        "analysis/test_analysis_edges_of_comparing.py",
    ],
    "comity.analysis.baselines.path": ["analysis/test_analysis_baselines.py"],
    "comity.analysis.flows.corridors": ["analysis/test_analysis_flows.py"],
    "comity.analysis.emerging_issues.figures": ["analysis/test_analysis_issues.py"],
    "comity.statistics.catalogue": ["statistics/test_statistics_coverage.py"],
    "comity.statistics.dating": ["statistics/test_statistics_dating.py"],
    "comity.analysis.estimates.arithmetic": [
        "analysis/test_analysis_estimates.py",
        "analysis/test_analysis_edges_of_estimates.py",
    ],
    "comity.analysis.estimates.filling": [
        "analysis/test_analysis_estimates.py",
        "analysis/test_analysis_edges_of_estimates.py",
        "analysis/test_analysis_study_2019.py",
    ],
    "comity.analysis.estimates.bounds": [
        "analysis/test_analysis_bounds.py",
        "analysis/test_analysis_study_2019.py",
    ],
    "comity.analysis.intervals": ["analysis/test_analysis_intervals.py"],
    "comity.observations.impossible_values": ["observations/test_observations_impossible_values.py"],
    "comity.observations.numbers": ["observations/test_observations_numbers.py"],
    "comity.observations.words.qualifiers": [
        "observations/test_observations_layouts_owid_qualifiers.py",
        "observations/test_observations_layouts_portal.py",
    ],
    "comity.observations.possible_populations": ["observations/test_observations_layouts_population.py"],
    "comity.observations.populations_compared": ["observations/test_observations_layouts_population.py"],
    "comity.mandates.asking.held_sessions": ["mandates/test_held_sessions.py"],
    "comity.statistics.quality.grouping": ["statistics/test_statistics_quality_grouping.py"],
    "comity.statistics.quality.jumps": ["statistics/test_statistics_quality_jumps.py"],
    "comity.statistics.quality.checks.sums": ["statistics/test_statistics_quality_rules.py"],
    "comity.analysis.trends.courses": ["analysis/test_analysis_trend_courses.py"],
    "comity.analysis.trends.trend_tests": ["analysis/test_analysis_trend_tests.py"],
    "comity.analysis.trends.verdicts": ["analysis/test_analysis_trends.py"],
}
"""Each module of rules with the tests that hold it, none of which needs a workspace."""

EACH = 20
"""Mutants of each module in the sample."""
AT_ONCE = 2
SECONDS = 90
"""Of the processor's time, after which a mutant that never ends counts as noticed."""
PASSED, FAILED, BROKEN = 0, 1, 2
"""How pytest ends: all passed, some failed, some could not be loaded."""


class _Instead(MetaPathFinder, Loader):
    """Gives a module's mutant where the module is imported."""

    def __init__(self, name: str, path: Path, code: CodeType):
        self.name, self.path, self.code = name, path, code

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The mutant's place among modules; None for every other module."""
        return ModuleSpec(fullname, self, origin=str(self.path)) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant's code as the module's."""
        module.__file__ = str(self.path)
        exec(self.code, module.__dict__)  # noqa: S102 - our own source, one operator changed


def _path(module: str) -> Path:
    return ROOT / "src" / Path(*module.split(".")).with_suffix(".py")


def _test(module: str, code: CodeType | None) -> int:
    """In this process, a fork: run a module's tests, on a mutant where one is given; gives pytest's exit status."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with open(os.devnull, "w") as nothing:  # noqa: PTH123 - not a file
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    if code is not None:
        sys.meta_path.insert(0, _Instead(module, _path(module), code))
    tests = [str(ROOT / "tests" / name) for name in RULES[module]]
    return int(pytest.main(["-x", "-p", "no:xdist", "-m", "not database and not shared", *tests]))


def _start(module: str, mutant: Mutant | None) -> int:
    """Start the tests of a module in a fork; gives its process number."""
    code = None if mutant is None else compile(mutant.tree, str(_path(module)), "exec")
    child = os.fork()
    if child == 0:
        status = BROKEN
        try:
            status = _test(module, code)
        finally:
            os._exit(status)
    return child


def survivors(module: str, chosen: list[Mutant]) -> list[Mutant]:
    """Those of some mutants that no test notices. Raises RuntimeError where the tests fail on the module itself."""
    _child, status = os.waitpid(_start(module, None), 0)
    if status:
        raise RuntimeError(f"the tests of {module} do not pass without a mutant")
    left: list[Mutant] = []
    running: dict[int, Mutant] = {}
    waiting = list(reversed(chosen))
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            mutant = waiting.pop()
            running[_start(module, mutant)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == PASSED:
            left.append(mutant)
        elif os.WIFEXITED(status) and os.WEXITSTATUS(status) not in (FAILED, BROKEN):
            raise RuntimeError(f"pytest ended with {os.WEXITSTATUS(status)} on {module}, {mutant.line}: {mutant.slip}")
    return sorted(left, key=lambda mutant: mutant.line)


def main(arguments: list[str]) -> int:
    """Check the modules that are named, or all."""
    modules = [name for name in RULES if name in arguments] or list(RULES)
    noticed = made = 0
    for module in modules:
        every = list(mutants(_path(module).read_text(encoding="utf-8")))
        chance = random.Random(module)  # noqa: S311 - a sample, not a secret
        chosen = every if "--all" in arguments else chance.sample(every, min(EACH, len(every)))
        left = survivors(module, chosen)
        print(f"{module}: {len(chosen) - len(left)} of {len(chosen)} mutants noticed", flush=True)
        for mutant in left:
            print(f"  survived: line {mutant.line}, {mutant.slip}", flush=True)
        noticed, made = noticed + len(chosen) - len(left), made + len(chosen)
    print(f"{noticed} of {made} mutants noticed, {100 * noticed / made:.1f} %")
    return 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="comity_mutants_") as folder:
        tempfile.tempdir = folder
        for heavy in ("django", "hypothesis", "numpy", "pytest", "scipy.stats", "duckdb"):
            __import__(heavy)
        sys.exit(main(sys.argv[1:]))
