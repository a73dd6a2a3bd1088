"""`docs/example.ipynb` runs from top to bottom in a workspace with the tables that ship; it is kept without outputs."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from workspaces import PATIENCE, Workspace

pytestmark = [pytest.mark.slow, pytest.mark.once]

EXAMPLE = Path(__file__).parents[2] / "docs" / "example.ipynb"
NOTEBOOK: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))

IN_ORDER = """
import ast, json, sys

shared = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        tree = ast.parse("".join(cell["source"]))
        shown = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell["id"], "exec"), shared)
        if shown is not None:
            value = eval(compile(shown, cell["id"], "eval"), shared)
            print(cell["id"], getattr(value, "_repr_html_", value.__repr__)())
"""
"""Runs the code of a notebook's cells one after the other, and shows the last value of each as a notebook does."""


@pytest.fixture(scope="module")
def shown(
    workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.CompletedProcess[str]]:
    """The notebook, run in a copy of the ready workspace."""
    home = workspace(tmp_path_factory.mktemp("example"))
    home.ask("release", "list")
    within = {"env": home.environment, "cwd": home.home, "timeout": PATIENCE}
    yield subprocess.run([sys.executable, "-c", IN_ORDER, str(EXAMPLE)], capture_output=True, text=True, **within)  # type: ignore[call-overload]
    home.end()


def test_it_runs_to_its_end_and_shows_what_its_words_promise(shown: subprocess.CompletedProcess[str]) -> None:
    assert shown.returncode == 0, shown.stderr
    assert "50108" in shown.stdout
    assert "observation.homicide.homicide-count.076.2012" in shown.stdout
    code = [cell["id"] for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert [name for name in code if f"\n{name} " not in "\n" + shown.stdout] == []


def test_it_is_kept_without_outputs_or_counts_of_a_machine() -> None:
    code = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert [(cell["execution_count"], cell["outputs"]) for cell in code] == [(None, [])] * len(code)
    assert [cell["id"] for cell in NOTEBOOK["cells"] if cell["metadata"]] == []
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in NOTEBOOK["cells"]}) == len(NOTEBOOK["cells"])
