"""The served site under those who do not behave, and when a process of it or the whole of it is told to end.

A test asks whether it answers, never how fast. What ends the server has one of its own.
"""

import contextlib
import http.client
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from workspaces import PATIENCE, Workspace

SLOW_READERS = 20
EXPORT = "/observations.json"

pytestmark = [pytest.mark.slow, pytest.mark.once]


class Server:
    """A site that is served for one test, and its clients."""

    def __init__(self, home: Workspace):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = home
        self.process = home.start("serve", "--port", str(self.port))
        self.wait_for_an_answer()

    def wait_for_an_answer(self) -> int:
        """The status of a small page, once a process answers; on a busy machine none of them may have begun to."""
        while self.process.poll() is None:
            with contextlib.suppress(OSError):
                return self.get("/about/").status
            time.sleep(0.1)
        raise AssertionError(self.process.communicate())

    def ask(self, method: str, address: str, headers: dict[str, str] | None = None) -> http.client.HTTPConnection:
        """A connection on which something was asked and nothing read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, address, headers=headers or {})
        return connection

    def get(self, address: str) -> http.client.HTTPResponse:
        """The answer to an address, read whole."""
        answer = self.ask("GET", address).getresponse()
        answer.read()
        return answer

    def workers(self) -> set[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return {
            int(child)
            for child in children.split()
            if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()
        }


@contextlib.contextmanager
def served_alone(home: Workspace) -> Iterator[Server]:
    """The site of a workspace, until it is no longer needed."""
    server = Server(home)
    try:
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.communicate()


@pytest.fixture(scope="module")
def server(workspace: Callable[[Path], Workspace], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site of a workspace that the tests of the module share."""
    with served_alone(workspace(tmp_path_factory.mktemp("served") / "home")) as served:
        yield served


def test_pages_are_answered_while_others_read_exports_slowly_and_send_bodies_without_end(server: Server) -> None:
    whole = server.ask("GET", EXPORT).getresponse()
    length = len(whole.read())
    assert (whole.status, whole.headers["Content-Length"]) == (200, str(length))
    readers = [server.ask("GET", EXPORT).getresponse() for _reader in range(SLOW_READERS)]
    senders = []
    for _sender in range(8):
        sender = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        sender.putrequest("POST", "/about/")
        sender.putheader("Content-Length", "1000000")
        sender.putheader("Cookie", "csrftoken=forged")
        sender.endheaders(b"a=")
        senders.append(sender)
    assert [server.get("/about/").status for _look in range(5)] == [200] * 5
    assert {sender.getresponse().status for sender in senders} == {405}
    # What was read slowly was whole all the same.
    assert {len(reader.read()) for reader in readers} == {length}
    head = server.ask("HEAD", EXPORT).getresponse()
    assert (head.status, head.headers["Content-Length"], head.read()) == (200, str(length), b"")
    part = server.ask("GET", EXPORT, {"Range": "bytes=-2"}).getresponse()
    assert (part.status, part.read()) == (206, b"}\n")
    assert server.ask("OPTIONS", "/about/").getresponse().status == 204


def test_a_process_that_is_killed_is_made_anew_and_pages_go_on(server: Server) -> None:
    before = server.workers()
    assert len(before) >= 2
    os.kill(min(before), signal.SIGKILL)
    while len(server.workers() - {min(before)}) < len(before):
        time.sleep(0.1)
    assert [server.wait_for_an_answer() for _look in range(5)] == [200] * 5


def test_the_files_of_whole_releases_are_made_before_they_are_asked_for(server: Server) -> None:
    made, forms = server.home.home / "cache" / "exports", {"csv", "json", "parquet", "xlsx"}
    releases = server.home.rows("SELECT count(*) FROM statistics_releaserecord")[0][0]
    while len([path for path in made.glob("[!.]*") if path.suffix[1:] in forms]) < releases * len(forms):
        time.sleep(0.1)


def test_who_is_being_answered_when_the_server_is_told_to_end_is_answered_whole(
    workspace: Callable[[Path], Workspace], tmp_path: Path
) -> None:
    with served_alone(workspace(tmp_path / "home")) as server:
        _end_while_answering(server)


def _end_while_answering(server: Server) -> None:
    server.get(EXPORT)
    reader = server.ask("GET", EXPORT).getresponse()
    begun = reader.read(1000)
    server.process.send_signal(signal.SIGTERM)
    rest = reader.read()
    assert len(begun) + len(rest) == int(reader.headers["Content-Length"])
    assert server.process.wait(timeout=PATIENCE) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))
