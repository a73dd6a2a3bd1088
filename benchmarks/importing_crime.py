"""Every file of crime statistics beside the checkout, imported into an empty workspace, and the memory it takes."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CRIME = Path(__file__).resolve().parents[2] / "shared" / "data" / "crime"
COMITY = str(Path(sys.executable).with_name("comity"))
MOST_MEMORY = 1 << 30
"""Bytes that an import may hold at once."""


def importing_crime() -> float | None:
    """Seconds that all files take together, each in a process of its own; None where the folder is absent.

    Raises MemoryError where one holds more than `MOST_MEMORY`.
    """
    if not CRIME.is_dir():
        print(f"importing statistics: skipped, since the data folder {CRIME} is not on this machine")
        return None
    total = 0.0
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COMITY_HOME": folder}
        subprocess.run([COMITY, "up", "--no-serve"], env=environment, stdout=subprocess.DEVNULL, check=True)
        for path in sorted(CRIME.iterdir()):
            taken, memory, rows = _import(path, environment)
            total += taken
            print(f"  {path.name}: {taken:.2f} s, {rows:,} rows, {memory / 2**20:.0f} MiB")
            if memory > MOST_MEMORY:
                raise MemoryError(f"{path.name} took {memory / 2**20:.0f} MiB")
    return total


# A process counts the memory of the one that it was forked from, so a small one stands between.
_MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""


def _import(path: Path, environment: dict[str, str]) -> tuple[float, int, int]:
    """Seconds, bytes held at most, and rows of one file's import."""
    command = [sys.executable, "-c", _MEASURED, COMITY, "import", str(path), "--format", "json"]
    begun = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    taken = time.perf_counter() - begun
    return taken, int(done.stderr) * 1024, json.loads(done.stdout)["rows"]
