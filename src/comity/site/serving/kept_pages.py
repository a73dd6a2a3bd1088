"""Pages that a server keeps: the same address asked again is answered without making the page again.

A page is kept under everything that it is made from: the head of the audit chain, the files that it shows, the day, and
whatever of the request it depends on. Once any of these changes, the page has another key and is made anew; nothing is
ever taken back.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response

from comity.evidence.store import now, state
from comity.evidence.workspaces.bounded_cache import is_only_quick

MOST = 64 * 2**20
"""Bytes of pages that a process keeps."""
LARGEST = 4 * 2**20
"""Bytes of the largest page that is kept."""
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
OF_THE_MOMENT = ("/health/", "/ready/")
"""What is answered anew each time, and the first without asking the database."""
SAME_FOR_ALL = {"accept-encoding", "accept-language"}
"""Headers that a kept page may vary by: the key holds the encoding, and the address alone decides the language."""


@dataclass(frozen=True)
class Page:
    """A page as it is kept: what is sent, and the route that led to it, which the log tells."""

    content: bytes
    headers: dict[str, str]
    route: ResolverMatch | None

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page as the answer to another request for it."""
        request.resolver_match = self.route
        return HttpResponse(self.content, headers=self.headers)


class Pages:
    """Pages by key, bounded in bytes; what was asked for longest ago goes first. Threads share it."""

    def __init__(self, most: int = MOST):
        self.most, self.size = most, 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def find(self, key: Hashable) -> Page | None:
        """A page that is kept."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Hashable, page: Page) -> None:
        """Keep a page, and let go what no longer fits."""
        if len(page.content) > min(self.most, LARGEST):
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = page
            self.size += len(page.content) - (len(before.content) if before else 0)
            while self.size > self.most:
                _key, oldest = self._pages.popitem(last=False)
                self.size -= len(oldest.content)

    @contextmanager
    def alone(self, key: Hashable) -> Iterator[None]:
        """Let one thread at a time make the page of a key; those that waited find it made."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        try:
            with making:
                yield
        finally:
            with self._lock:
                self._making.pop(key, None)


def may_be_kept(response: HttpResponse) -> bool:
    """Whether an answer is the same for everyone who asks, and no answer to a fault."""
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and varies <= SAME_FOR_ALL
        and not {"no-store", "private", "no-cache"} & set(response.headers.get("Cache-Control", "").split(", "))
    )


class KeptPages:
    """Answer from the pages that are kept; only where a server asks for it, which stays up and is asked by many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.pages = Pages()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = "HTTP_AUTHORIZATION" in request.META or request.path in OF_THE_MOMENT
        if own or not request.META.get("comity.keeps_pages"):
            return self.get_response(request)
        key = self._key(request)
        if page := self.pages.find(key):
            return _sent(request, page.answer(request))
        if not is_only_quick():
            # What takes long is kept as a file, by whoever makes it: others of its readers must not wait for it here,
            # in the threads of pages.
            return _sent(request, self._made(request, key))
        with self.pages.alone(key):
            page = self.pages.find(key)
            return _sent(request, page.answer(request) if page else self._made(request, key))

    def _key(self, request: HttpRequest) -> Hashable:
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        address = (request.scheme, request.get_host(), request.path, request.META["QUERY_STRING"])
        return (*address, zipped, now().date(), state())

    def _made(self, request: HttpRequest, key: Hashable) -> HttpResponse:
        """The page made, whole, whatever the request has already."""
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(conditions)
        # A page is given its ETag where it is asked for whole.
        if request.method == "GET" and may_be_kept(response):
            self.pages.keep(key, Page(response.content, dict(response.headers), request.resolver_match))
        return response


def _sent(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page, or that it is held already."""
    if page.status_code != 200:
        return page
    answer = get_conditional_response(request, etag=page.headers.get("ETag"), response=page) or page
    if answer is not page and (file := getattr(page, "file_to_stream", None)) is not None:
        file.close()
    return answer
