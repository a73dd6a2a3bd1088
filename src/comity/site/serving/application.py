"""The application that the server runs: Django's, in threads that no slow reader and no slow sender holds.

The server's own loop takes requests and sends answers: bytes, or a file from the disk. A thread is held only while a
page is computed. What takes long waits for a thread of its own, so that pages go on being answered.
"""

import asyncio
import io
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from comity.evidence.workspaces.bounded_cache import only_quick
from comity.evidence.workspaces.patience import at_most
from comity.site.serving.ranges import Part
from comity.site.serving.server import LATER
from comity.site.serving.wsgi import application as django

T = TypeVar("T")
Headers = list[tuple[str, str]]

PAGES, LONG = (8, 256), (1, 64)
"""Threads of a worker, and requests that wait for one of them: for pages, and for what takes long."""
FIRST, SOON = ("/", "/instruments/UNTOC/"), "/quality/"
"""Addresses whose pages need what takes longest to load: the registers and what draws charts, and what rules find."""
PAGE_SECONDS, LONG_SECONDS = 10, 600
"""Seconds of the clock after which what a page, or what takes long, asks of the releases is stopped."""
OF_ONE_ANSWER = ("allow", "content-type", "content-length", "x-request-id")
RETRY_AFTER = 10
"""Seconds after which a reader is asked to come again when too many wait."""


class _OnDisk:
    """What Django hands to a server that sends files itself (PEP 3333, `wsgi.file_wrapper`)."""

    def __init__(self, file: Any, block_size: int = 0):
        self.file = file

    def close(self) -> None:
        """Close the response, and the file with it."""
        self.file.close()


@dataclass(frozen=True)
class _Answer:
    """What is sent: bytes, or the part of a file that begins at `start` and ends before `end`."""

    status: int
    headers: Headers
    body: bytes = b""
    path: str = ""
    start: int = 0
    end: int = 0


class _Full(Exception):
    """As many wait as may."""


class _Queue:
    """Threads, with as many places before them as may wait."""

    def __init__(self, name: str, threads: int, waiting: int):
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.places = threads + waiting

    async def run(self, act: Callable[..., T], *arguments: Any) -> T:
        """What an act gives, in one of the threads. Raises _Full."""
        if not self.places:
            raise _Full
        self.places -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, act, *arguments)
        finally:
            self.places += 1


class Application:
    """Answers the requests of one worker, in granian's own interface (RSGI), which sends files without a thread."""

    def __init__(self) -> None:
        self.pages, self.long = _Queue("pages", *PAGES), _Queue("long", *LONG)
        self.on_every_answer: Headers = []

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by the server before a worker answers: load once what the first readers would each load anew."""
        from comity.site.serving.making_ahead import make_ahead

        bare = _answered({**_BASE, "REQUEST_METHOD": "OPTIONS"})
        self.on_every_answer = [(name, value) for name, value in bare.headers if name not in OF_ONE_ANSWER]
        for address in FIRST:
            _answered({**_BASE, "PATH_INFO": address})
        self.long.threads.submit(_answered, {**_BASE, "PATH_INFO": SOON})
        threading.Thread(target=make_ahead, name="ahead", daemon=True).start()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request; its body is not read, since no page takes one."""
        if scope.proto != "http":
            protocol.close(403)
            return
        environ = environ_of(scope)
        try:
            if (answer := await self.pages.run(_quick, environ)) is None:
                answer = await self.long.run(_long, environ)
        except _Full:
            answer = _busy(self.on_every_answer)
        _send(protocol, answer, scope.method)


def _quick(environ: dict[str, Any]) -> _Answer | None:
    """The answer, or None where it takes long."""
    with only_quick(), at_most(PAGE_SECONDS):
        answer = _answered(environ)
    return None if answer.status == LATER else answer


def _long(environ: dict[str, Any]) -> _Answer:
    """The answer, however long it takes within bounds."""
    with at_most(LONG_SECONDS):
        return _answered(environ)


def _answered(environ: dict[str, Any]) -> _Answer:
    """The answer that Django gives, whole: nothing is sent of one that fails halfway."""
    said: list[Any] = []
    body: Any = django({**environ, "wsgi.input": io.BytesIO()}, lambda *begun: said.extend(begun))  # type: ignore[arg-type]
    try:
        status, headers = int(said[0].split(" ", 1)[0]), [(name.lower(), value) for name, value in said[1]]
        if isinstance(body, _OnDisk):
            return _from_disk(status, headers, body.file)
        return _Answer(status, headers, b"".join(body))
    finally:
        body.close()


def _from_disk(code: int, headers: Headers, file: Any) -> _Answer:
    """A file, or a part of one, that the server reads from the disk; read here where it does not lie there."""
    part = file if isinstance(file, Part) else None
    whole = part.file if part else file
    if not isinstance(whole, io.BufferedReader) or not isinstance(whole.name, str):
        return _Answer(code, headers, file.read())
    if part:
        return _Answer(code, headers, path=whole.name, start=part.start, end=part.start + part.length)
    return _Answer(code, headers, path=whole.name)


def _busy(on_every_answer: Headers) -> _Answer:
    """What is said where too many wait already, with the headers that all answers bear."""
    said = b"Too many requests wait for an answer. Please come again in a moment.\n"
    headers = [
        *on_every_answer,
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(said))),
        ("retry-after", str(RETRY_AFTER)),
        ("cache-control", "no-store"),
    ]
    return _Answer(503, headers, said)


def _send(protocol: Any, answer: _Answer, method: str) -> None:
    if method == "HEAD" or answer.status in (204, 304):
        protocol.response_empty(answer.status, answer.headers)
    elif answer.end:
        protocol.response_file_range(answer.status, answer.headers, answer.path, answer.start, answer.end)
    elif answer.path:
        protocol.response_file(answer.status, answer.headers, answer.path)
    else:
        protocol.response_bytes(answer.status, answer.headers, answer.body)


_BASE: dict[str, Any] = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.file_wrapper": _OnDisk,
    "comity.keeps_pages": True,
}


def environ_of(scope: Any) -> dict[str, Any]:
    """A request as PEP 3333 describes it to an application, without its body."""
    client, _colon, _port = scope.client.rpartition(":")
    server, _colon, port = scope.server.rpartition(":")
    environ = {
        **_BASE,
        "REQUEST_METHOD": scope.method,
        # Texts stand in it as their bytes, a letter each.
        "PATH_INFO": scope.path.encode(errors="replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode(errors="replace").decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "REMOTE_ADDR": client,
        "wsgi.url_scheme": scope.scheme,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # it would be taken for the header with hyphens, which a proxy in front vouches for
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ


application = Application()
