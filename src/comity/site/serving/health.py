"""What machines ask of the site: whether it is alive, and whether it can answer readers."""

import os
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse

from comity.evidence.errors import ComityError
from comity.evidence.store import head
from comity.evidence.workspaces import binding, workspace
from comity.site import setup


def alive(request: HttpRequest) -> JsonResponse:
    """`/health/`: the process answers; nothing else is asked."""
    return _said({"status": "alive"}, 200)


def ready(request: HttpRequest) -> JsonResponse:
    """`/ready/`: 200 where all that pages need is there, else 503; says which of it is, and no more."""
    found = {name: _holds(check) for name, check in CHECKS.items()}
    whole = all(found.values())
    return _said({"status": "ready" if whole else "not ready", "checks": found}, 200 if whole else 503)


def _said(body: dict[str, object], status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, InterfaceError, ComityError, OSError):
        return False


def _database() -> bool:
    """Whether the database answers and holds the audit chain."""
    return head()[0] > 0


def _workspace() -> bool:
    """Whether this version set the workspace up, in the database that is connected."""
    binding.check()
    return setup.is_ready()


def _releases() -> bool:
    """Whether the folder of releases can be read."""
    with os.scandir(workspace.home() / "releases") as inside:
        next(inside, None)
    return True


CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "workspace": _workspace, "releases": _releases}
