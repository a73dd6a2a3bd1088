"""A database server that is killed in the middle of an import: what was recorded is there whole, the rest is not."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import workspaces
from matrices import PROOF
from workspaces import PATIENCE, Workspace, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.once]

KILLS = 20 if PROOF else 1
SERVER = Path("/usr/lib/postgresql")


@pytest.mark.skipif(not SERVER.is_dir(), reason="there is no PostgreSQL server on this machine")
def test_a_server_that_is_killed_loses_nothing_that_was_recorded(tmp_path: Path) -> None:
    """In a server of its own, made for this test, since killing it ends every session of it."""
    with_server = Path(__file__).parents[1] / "with-postgresql"
    own = {**workspaces.nowhere(tmp_path).environment, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = ["bash", str(with_server), sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr[-4000:]


def kill_the_server_while_importing(home: Workspace, number: int) -> None:
    """Import a file, and kill a session of the server as soon as the import has one that waits for its client."""
    rows = "\n".join(f"{area},recorded-offences-count,0401,{number}" for area in ("008", "076", "250"))
    text = f"# dataset: set-{number}\n# title: Made by rule\narea,indicator,iccs,2012\n{rows}\n"
    (home.home / f"made-{number}.csv").write_text(text, encoding="utf-8")
    child = home.start("import", f"made-{number}.csv", "--published", "2020-01-01")
    within = "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()"
    while child.poll() is None:
        if found := home.rows(within):
            os.kill(found[0][0], signal.SIGKILL)
            break
        time.sleep(0.001)
    _said, errors = child.communicate(timeout=PATIENCE)
    assert "Traceback" not in errors, errors
    wait_for_the_server(home)


def wait_for_the_server(home: Workspace) -> None:
    """Wait until the server has recovered, which it does by itself."""
    import psycopg

    def answers() -> bool:
        try:
            home.rows("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    wait_until(answers, "the server")


def main(folder: Path) -> None:
    """Set up a workspace on the server that the environment names, and kill that again and again."""
    home = Workspace(folder, {**workspaces.nowhere(folder).environment, "DATABASE_URL": os.environ["DATABASE_URL"]})
    assert home.set_up() == ""
    for number in range(1, KILLS + 1):
        kill_the_server_while_importing(home, number)
        stored = {one["file"]: one["id"] for one in json.loads(home.run("release", "list", "--format", "json").stdout)}
        acts = home.rows("SELECT subject->>'file' FROM evidence_auditevent WHERE act = 'import'")
        assert {file for (file,) in acts if file.startswith("made-")} == {one for one in stored if one[:5] == "made-"}
        home.run("release", "check")
        home.run("audit", "verify")
        home.run("import", f"made-{number}.csv", "--published", "2020-01-01")
        home.run("release", "check")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
