"""The examples of docs/query.md run as they stand."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from workspaces import PATIENCE, Workspace

pytestmark = [pytest.mark.slow, pytest.mark.once]

PAGE = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
EXAMPLES = {language: re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) for language in ("sh", "python")}


@pytest.fixture(scope="module")
def environment(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a shell needs to run the command in a workspace that is set up."""
    home = workspace(tmp_path_factory.mktemp("documented"))
    home.ask("release", "list")
    home.end()
    return {**home.environment, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}


def test_the_page_has_examples() -> None:
    assert [len(blocks) for blocks in EXAMPLES.values()] == [1, 1]


@pytest.mark.parametrize("language", ["sh", "python"])
def test_the_examples_run(environment: dict[str, str], language: str) -> None:
    (block,) = EXAMPLES[language]
    runner = ["bash", "-e", "-c"] if language == "sh" else [sys.executable, "-c"]
    within = {"env": environment, "cwd": environment["COMITY_HOME"], "timeout": PATIENCE}
    done = subprocess.run([*runner, block], capture_output=True, text=True, **within)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    if language == "sh":
        assert "50108" in done.stdout
        assert {"robbery.csv", "robbery.parquet", "robbery.xlsx"} <= {
            path.name for path in Path(environment["COMITY_HOME"]).iterdir()
        }
    else:
        assert (Path(environment["COMITY_HOME"]) / "brazil.xlsx").exists()
