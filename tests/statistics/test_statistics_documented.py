"""The examples of docs/query.md run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
EXAMPLES = {language: re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) for language in ("sh", "python")}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a shell needs to run the command in a workspace that is set up."""
    home = tmp_path_factory.mktemp("documented")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "DATABASE"))}
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    made = {**kept, "COMITY_HOME": str(home), "PATH": path, "LANG": "C.UTF-8"}
    subprocess.run(["comity", "release", "list"], env=made, capture_output=True, check=True)
    return made


def test_the_page_has_examples() -> None:
    assert [len(blocks) for blocks in EXAMPLES.values()] == [1, 1]


@pytest.mark.parametrize("language", ["sh", "python"])
def test_the_examples_run(environment: dict[str, str], language: str) -> None:
    (block,) = EXAMPLES[language]
    runner = ["bash", "-e", "-c"] if language == "sh" else [sys.executable, "-c"]
    done = subprocess.run(
        [*runner, block], capture_output=True, text=True, env=environment, cwd=environment["COMITY_HOME"], timeout=300
    )
    assert done.returncode == 0, done.stderr
    if language == "sh":
        assert "50108" in done.stdout
        assert {"robbery.csv", "robbery.parquet", "robbery.xlsx"} <= {
            path.name for path in Path(environment["COMITY_HOME"]).iterdir()
        }
    else:
        assert (Path(environment["COMITY_HOME"]) / "brazil.xlsx").exists()
