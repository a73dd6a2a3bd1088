"""Comity: from resolution to report, with every figure traceable to its source.

In a notebook, `comity.query(...)` asks the releases of a workspace; `docs/query.md` shows how.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.notebook.functions import datasets, estimate, flows, indicator, query, releases, revisions, trends
    from comity.notebook.table import Table

__version__ = "0.1.0"
__all__ = [
    "Table",
    "__version__",
    "datasets",
    "estimate",
    "flows",
    "indicator",
    "query",
    "releases",
    "revisions",
    "trends",
]

_IN_NOTEBOOKS = frozenset(__all__) - {"__version__"}


def __getattr__(name: str) -> Any:
    """What notebooks call, fetched when it is first asked for, so that the command starts without it."""
    if name not in _IN_NOTEBOOKS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("comity.notebook.functions"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
