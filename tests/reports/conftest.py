"""The reference tables that ship, brought in once for a module and taken back after it, and a small report."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from comity.evidence.importing import load_reference_tables

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

{{table parties-by-group.UNTOC.@on rows="group" first="Group" heads="Members|Parties|Not party" caption="Groups"}}

# Sources {.annex}

{{sources}}

{{head}}
"""


@pytest.fixture(scope="module")
def register(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The register as it ships."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_tables()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The source of a small report."""
    path = tmp_path / "small.md"
    path.write_text(SMALL, encoding="utf-8")
    return path
