"""What machines ask: alive without a database, ready only where readers can be answered."""

from pathlib import Path
from typing import Any

import pytest
from browsing import Site
from django.db import OperationalError
from django.test import Client

from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import workspace
from comity.site.serving import health


@pytest.mark.once
def test_health_is_answered_without_the_database() -> None:
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.once
def test_what_is_asked_of_health_has_no_language() -> None:
    assert Client().get("/fr/health/").status_code == Client().get("/fr/ready/").status_code == 404


@pytest.mark.django_db
def test_a_database_in_which_nothing_was_set_up_is_not_ready() -> None:
    answer = Client().get("/ready/")
    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    assert not answer.json()["checks"]["workspace"]


@pytest.mark.once
def test_a_site_without_its_database_or_releases_is_not_ready_and_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: Any) -> Any:
        raise OperationalError("connection to server at 192.0.2.1 failed: password of user comity")

    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    monkeypatch.setattr(health, "head", gone)
    monkeypatch.setattr(health.binding, "check", gone)
    answer = Client().get("/ready/")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": False, "workspace": False, "releases": False}
    assert "192.0.2.1" not in answer.content.decode()
    workspace.folder("releases")
    assert Client().get("/ready/").json()["checks"]["releases"]


@pytest.mark.once
@pytest.mark.django_db
def test_a_site_over_another_database_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def another() -> None:
        raise WorkspaceError("it belongs to another database")

    monkeypatch.setattr(health.setup, "is_ready", lambda: True)
    monkeypatch.setattr(health.binding, "check", lambda: None)
    assert health.CHECKS["workspace"]()
    monkeypatch.setattr(health.binding, "check", another)
    assert not Client().get("/ready/").json()["checks"]["workspace"]


def test_a_site_that_is_served_is_ready(site: Site) -> None:
    assert site.status("/ready/") == 200
