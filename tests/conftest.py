"""One workspace of its own for the whole run, so that no test touches the developer's."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import settings

os.environ["COMITY_HOME"] = tempfile.mkdtemp(prefix="comity-tests-")
os.environ.setdefault("COMITY_SECRET_KEY", "for-tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A run that is the same each time, and the long one of `make proof`: ten times the examples, other ones each time.
settings.register_profile("test", derandomize=True, deadline=None)
settings.register_profile("proof", max_examples=1000, deadline=None)
settings.load_profile("proof" if os.environ.get("COMITY_PROOF") else "test")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


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
