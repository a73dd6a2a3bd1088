"""How the served site answers many at once: fifty readers of six pages, and one page beside slow readers of exports.

`python -m benchmarks.serving` serves a scratch workspace, or the one that COMITY_HOME names, and prints what its
clients saw; exit status 1 where a limit is passed. Clients and server share the machine's processors.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

CLIENTS, SECONDS = 50, 30
PAGES = ("/", "/instruments/status/", "/states/FRA/", "/observations/", "/data/homicide/", "/report/")
P95_LIMIT = ABOUT_LIMIT = 1.0
EXPORTS = (
    "/observations.csv",
    "/observations.json",
    "/observations.parquet",
    "/data/homicide/homicide@2019-07-08/observations.xlsx",
)
READERS = 20
SLOW = 64 * 1024
"""Bytes that a slow reader takes each tenth of a second."""


@contextmanager
def served(home: str) -> Iterator[int]:
    """The site of a workspace, served as `comity up` serves it; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("comity")), "up", "--port", str(port)]
    with subprocess.Popen(command, env={**os.environ, "COMITY_HOME": home}, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/about/", timeout=600):
                return
        except OSError:
            time.sleep(0.2)
    raise ChildProcessError("the server ended before it answered")


def many_readers(port: int) -> tuple[list[float], list[str]]:
    """Seconds of each answer to fifty readers in thirty seconds, and what was no answer."""
    taken: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + SECONDS

    def read(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        for address in islice(cycle(PAGES), first, None):
            begun = time.perf_counter()
            if begun > until:
                return
            try:
                connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                taken.append(time.perf_counter() - begun)
                if answer.status != 200:
                    wrong.append(f"{address}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                wrong.append(f"{address}: {error!r}")
                connection.close()

    _at_once(partial(read, number) for number in range(CLIENTS))
    return taken, wrong


def beside_exports(port: int) -> tuple[list[float], list[str]]:
    """Seconds of each answer of a small page while twenty slow readers take whole exports, and what was no answer."""
    taken: list[float] = []
    wrong: list[str] = []
    ended = threading.Event()
    begun = threading.Semaphore(0)

    def take(address: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
        connection.request("GET", address)
        begun.release()
        answer = connection.getresponse()
        while not ended.is_set() and answer.read(SLOW):
            time.sleep(0.1)
        if answer.status != 200:
            wrong.append(f"{address}: {answer.status}")

    def look() -> None:
        for _reader in range(READERS):
            begun.acquire()
        for _look in range(100):
            asked = time.perf_counter()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/about/", timeout=600) as answer:
                answer.read()
            taken.append(time.perf_counter() - asked)
            time.sleep(0.2)
        ended.set()

    _at_once([look, *(partial(take, address) for address in islice(cycle(EXPORTS), READERS))])
    return taken, wrong


def _at_once(acts: Iterable[Callable[[], object]]) -> None:
    """Run acts beside each other until all are done; what one raises is raised."""
    begun = list(acts)
    with ThreadPoolExecutor(len(begun)) as threads:
        for done in [threads.submit(act) for act in begun]:
            done.result()


def main() -> int:
    """Serve, read, and say what was seen."""
    with tempfile.TemporaryDirectory() as folder, served(os.environ.get("COMITY_HOME") or folder) as port:
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
        taken, wrong = many_readers(port)
        p95 = quantiles(taken, n=20)[-1]
        print(
            f"{CLIENTS} readers for {SECONDS} s on {len(PAGES)} pages: {len(taken)} answers, {len(wrong)} wrong",
            wrong[:3],
        )
        print(f"  median {median(taken):.3f} s, p95 {p95:.3f} s, slowest {max(taken):.3f} s", flush=True)
        looked, amiss = beside_exports(port)
        print(f"/about/ beside {READERS} slow readers of whole exports, {len(amiss)} of them wrong", amiss[:3])
        print(f"  median {median(looked):.3f} s, slowest {max(looked):.3f} s")
        print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    return 0 if p95 <= P95_LIMIT and max(looked) <= ABOUT_LIMIT and not wrong and not amiss else 1


if __name__ == "__main__":
    sys.exit(main())
