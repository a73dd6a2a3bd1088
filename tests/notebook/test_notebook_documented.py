"""The examples of docs/query.md run as they stand."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from workspaces import PATIENCE, Workspace

pytestmark = [pytest.mark.slow, pytest.mark.once]

PAGE = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
EXAMPLES = {language: re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) for language in ("sh", "python")}


@pytest.fixture(scope="module")
def home(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that is set up."""
    copied = workspace(tmp_path_factory.mktemp("documented"))
    yield copied
    copied.end()


def test_the_page_has_examples() -> None:
    assert [len(blocks) for blocks in EXAMPLES.values()] == [1, 1]


def test_the_commands_run(home: Workspace) -> None:
    (block,) = EXAMPLES["sh"]
    lines = [shlex.split(line) for line in block.splitlines()]
    assert {command for command, *_arguments in lines} == {"comity"}
    said = "".join(home.ask(*arguments).stdout for _command, *arguments in lines)
    assert "50108" in said
    assert {"robbery.csv", "robbery.parquet", "robbery.xlsx"} <= {path.name for path in home.home.iterdir()}


def test_the_notebook_runs(home: Workspace) -> None:
    (block,) = EXAMPLES["python"]
    home.ask("release", "list")
    within = {"env": home.environment, "cwd": home.home, "timeout": PATIENCE}
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, **within)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    assert (home.home / "brazil.xlsx").exists()
