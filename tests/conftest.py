"""What a run of the tests shares: its folder, the tables that ship, a served site. Nothing is the developer's own."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import workspaces
from django.utils import translation
from hypothesis import HealthCheck, settings
from matrices import PROOF, examples

os.environ["COMITY_HOME"] = tempfile.mkdtemp(prefix="home-", dir=workspaces.RUN)
os.environ.setdefault("COMITY_SECRET_KEY", "for-tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A run that is the same each time, and the long one of `make proof`: ten times the examples, other ones each time.
# How long an example takes is the machine's matter; what tests share with their examples, they share on purpose.
ANY_MACHINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}
settings.register_profile("test", max_examples=examples(100), derandomize=True, **ANY_MACHINE)
settings.register_profile("proof", max_examples=examples(100), **ANY_MACHINE)
settings.load_profile("proof" if PROOF else "test")

# Four thousand tests hold much that lives as long as the run: looked through less often, it costs a tenth less time.
gc.set_threshold(50_000, 20, 50)

MAKERS: list[workspaces.Maker] = []
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database, so that it can run on another; put last what waits for what the run makes."""
    for item in items:
        touches = item.get_closest_marker("django_db") or {"django_db_setup", "workspace"} & _fixtures(item)
        if touches and not item.get_closest_marker("once"):
            item.add_marker(pytest.mark.database)
    items[:] = _halves(items, lambda item: sum(name in _fixtures(item) for name in ("workspace", "served")))


def _halves(items: list[pytest.Item], stage: Callable[[pytest.Item], int]) -> list[pytest.Item]:
    """The tests such that each of two processes, which begin with half of them, has something to do at once.

    Of one stage the slow ones come first, so that none is left to run alone at the end.
    """
    first: list[pytest.Item] = []
    second: list[pytest.Item] = []
    for number in range(3):
        of_stage = [item for item in items if stage(item) == number]
        slow = [item for item in of_stage if item.get_closest_marker("slow")]
        rest = [item for item in of_stage if not item.get_closest_marker("slow")]
        first += slow[::2] + rest[: len(rest) // 2]
        second += slow[1::2] + rest[len(rest) // 2 :]
    return first + second


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to make what the tests that were chosen share; a list of tests needs nothing.

    A worker says first what it wants: once it has told that it collected, the process that began the run asks.
    """
    if session.config.option.collectonly:
        return
    needed = {name for item in session.items for name in _fixtures(item)} & {"workspace", "served"}
    for name in needed:
        workspaces.want(name)
    _make_what_is_wanted()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished() -> None:
    """The same where workers collect: the process that began the run begins to make what they want."""
    _make_what_is_wanted()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Wait here for what tests share: a fixture of the run that failed would do so for each test that asks for it."""
    for name in sorted({"workspace", "served"} & _fixtures(item), reverse=True):
        workspaces.wait_for(name)


def pytest_unconfigure() -> None:
    """Stop what was made, and leave nothing behind."""
    if workspaces.BEGAN_HERE:
        for maker in MAKERS:
            maker.stop()
        workspaces.clear()


def _make_what_is_wanted() -> None:
    if workspaces.BEGAN_HERE and workspaces.wanted("workspace") and not MAKERS:
        MAKERS.append(workspaces.Maker())


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def workspace() -> Callable[[Path], workspaces.Workspace]:
    """Makes a copy of the run's ready workspace in a folder: the tables that ship, in a database of its own."""
    return workspaces.copy


@pytest.fixture(scope="session")
def served(workspace: object) -> Path:
    """The folder of the workspace whose site is served to the whole run, its report among it."""
    return workspaces.SITE


@pytest.fixture(scope="session")
def load_tables(workspace: object) -> Callable[[], None]:
    """Brings the tables that ship into the database of a test, as the run's ready workspace holds them."""
    return workspaces.load_tables


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the checkout; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the data folder {SHARED} is not on this machine")
    return SHARED


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins and ends in English, whatever language a page of it was asked in."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    """Each test begins as a process does: what an earlier one wrote and took back is no part of its acts."""
    from comity.evidence.chain import ledger

    ledger.begin()
