"""Run every benchmark and print what it took beside its limit; exit status 1 where a limit is passed.

Each figure is the median of several runs on a warm process, in one run of this command. The workspace is a scratch one,
made for the run and gone after it.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import answering, excel_reading, reading_status_pages, trends
from benchmarks.country_series import country_series
from benchmarks.importing_crime import importing_crime
from benchmarks.timing import median_of

SAMPLES = Path(__file__).resolve().parents[1] / "tests" / "mandates" / "samples"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "resolutions"


def status_of_everything() -> float:
    """Status of all instruments for all States at a date, register in memory; each run asks another date."""
    from comity.instruments.store import status_matrix

    days = iter(date(2000 + index % 14, 1 + index % 12, 1) for index in range(1000))
    return median_of(50, lambda: status_matrix(next(days), date(2026, 1, 1)))


def reading_a_resolution() -> float:
    """Reading resolution 67/189 where it lies beside the checkout, else our longest sample."""
    from comity.mandates.reading.reader import read_bytes

    official = SHARED / "67-189.txt"
    path = official if official.exists() else max(SAMPLES.glob("*.txt"), key=lambda sample: sample.stat().st_size)
    data = path.read_bytes()
    return median_of(20, lambda: read_bytes(data, path.name))


def rebuilding_the_report() -> float:
    """The report built again in its folder, as HTML, DOCX and PDF."""
    from comity.evidence.workspaces import workspace
    from comity.reports.build import build

    return median_of(3, lambda: build(workspace.folder("reports") / "latest", as_at=date(2026, 1, 1)))


def empty_folder_to_served_site() -> float:
    """From an empty folder to the first answered page, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        begun = time.perf_counter()
        command = [str(Path(sys.executable).with_name("comity")), "up", "--port", str(port)]
        with subprocess.Popen(command, env={**os.environ, "COMITY_HOME": folder}, stderr=subprocess.DEVNULL) as server:
            try:
                while time.perf_counter() - begun < 300:
                    try:
                        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                            if answer.status == 200:
                                return time.perf_counter() - begun
                    except OSError:
                        time.sleep(0.1)
                raise TimeoutError("the site was not served within five minutes")
            finally:
                server.terminate()


# A benchmark that cannot run here says why, and gives None.
BENCHMARKS: list[tuple[str, Callable[[], float | None], float]] = [
    ("status of all instruments for all States at a date, warm", status_of_everything, 0.010),
    ("reading a resolution", reading_a_resolution, 0.050),
    ("report rebuilt, warm", rebuilding_the_report, 5.0),
    ("empty folder to served site", empty_folder_to_served_site, 60.0),
    ("all files of crime statistics imported", importing_crime, 60.0),
    ("a country's series out of a million observations, warm", country_series, 0.020),
    *answering.BENCHMARKS,
    *excel_reading.BENCHMARKS,
    *reading_status_pages.BENCHMARKS,
    *trends.BENCHMARKS,
]


def main() -> int:
    """Run all benchmarks in a scratch workspace."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMITY_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "comity.site.settings"
        import django

        django.setup()
        from comity.site.setup import prepare

        prepare(lambda sentence: None)
        passed = True
        for name, act, limit in BENCHMARKS:
            taken = act()
            if taken is None:
                continue
            passed &= taken <= limit
            verdict = "within" if taken <= limit else "PAST"
            print(f"{name}: {taken * 1000:,.1f} ms, {verdict} its limit of {limit * 1000:,.0f} ms", flush=True)
    return 0 if passed else 1


sys.exit(main())
