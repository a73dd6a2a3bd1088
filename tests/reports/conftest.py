"""The reference tables that ship, brought in once for a module and taken back after it, and a small report."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from comity.evidence.workspaces import workspace
from comity.reports.build import LAST, Build, build

ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)

SMALL = """---
title: A small report
symbol: A/68/…
organization: United Nations
organ: General Assembly
distribution: General
original: English
language: en-GB
session: Sixty-eighth session
dates:
  resolution: 2012-12-20
---

::: {.contents}
:::

# Status

On {{@on|date}} the Convention had {{parties.UNTOC.@on}} parties.[^why] Of them
{{joined.UNTOC.@resolution.@on|words}} were new.

## Who

{{not-party.UNTOC.@on|words|capital}} Member States are outside.

[^why]: It had {{parties.UNTOC.@resolution}} before.

{{chart consents-by-year.UNTOC.2000.@on caption="Consents to @on"}}

{{table parties-by-group.UNTOC.@on rows="group" first="Group" heads="All|Parties|Not party|At most" caption="Groups"}}

# Sources {.annex}

{{sources}}

{{head}}
"""


@pytest.fixture(scope="module")
def register(django_db_setup: Any, django_db_blocker: Any, load_tables: Callable[[], None]) -> Iterator[None]:
    """The register as it ships."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_tables()
        yield
        transaction.set_rollback(True)


def _source(folder: Path) -> Path:
    path = folder / "small.md"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The source of a small report."""
    return _source(tmp_path)


@pytest.fixture(scope="module")
def first_built(register: None, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The small report, built once for the tests of a module, as if none had been built in the workspace before."""
    shutil.rmtree(workspace.home() / "reports" / LAST, ignore_errors=True)
    folder = tmp_path_factory.mktemp("small")
    return build(folder / "out", on=ON, as_at=AS_AT, source=_source(folder))


@pytest.fixture
def built(first_built: Build, tmp_path: Path) -> Build:
    """The small report as it was built, in a folder of the test's own."""
    copied = shutil.copytree(first_built.directory, tmp_path / "out")
    return replace(first_built, directory=copied)
