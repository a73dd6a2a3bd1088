"""What holds for every answer: it is told of in the log, its headers are set, its address is text. And for every page:
it asks once what is known, and errors that are sentences become pages that say them."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, NotPublic, UnknownName, WorkspaceError
from comity.evidence.files.control_characters import harmless_page
from comity.evidence.store import one_state
from comity.evidence.workspaces import workspace
from comity.evidence.workspaces.bounded_cache import TakesLong
from comity.evidence.workspaces.patience import TookTooLong
from comity.site.database import cannot_be_used
from comity.site.serving import log
from comity.site.serving.server import LATER
from comity.statistics.store import leaving_out_damaged

ANSWERED = ("GET", "HEAD", "OPTIONS")
"""The methods of requests that are answered: nothing is changed over the site."""
LONGEST = 4096
"""Characters of the longest address that is answered."""
REQUEST_ID, FAILURE = "comity.request_id", "comity.failure"
"""Where a request keeps its id, and what it failed of."""
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"})

_lines = logging.getLogger(log.LINES)


class Told:
    """Tell of each request in the log, under an id that its answer bears as `X-Request-ID`.

    The id that a proxy gave is taken where it is a harmless short token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response
        got_request_exception.connect(_keep_failure)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        identifier = log.request_id(request.META.get("HTTP_X_REQUEST_ID"))
        request.META[REQUEST_ID] = identifier
        token = log.REQUEST.set(identifier)
        try:
            response = self.get_response(request)
            if response.status_code == LATER:
                return response  # the server asks for the same again, and no reader hears of it
            response.headers["X-Request-ID"] = identifier
            told = {**_asked(request), "status": response.status_code, "ms": round(1000 * (perf_counter() - began), 1)}
            _tell("request", told, request.META.pop(FAILURE, None), failed=response.status_code >= 500)
        finally:
            log.REQUEST.reset(token)
        if isinstance(response, StreamingHttpResponse) and not hasattr(response, "file_to_stream"):
            pieces = cast(Iterator[bytes], response.streaming_content)
            response.streaming_content = _watched(pieces, {"request": identifier, **_asked(request)})
        return response


def _keep_failure(request: HttpRequest | None = None, **_sent: Any) -> None:
    if request is not None:
        request.META[FAILURE] = sys.exc_info()[1]


def _asked(request: HttpRequest) -> dict[str, str | None]:
    """What the log says was asked for: the method, and the route in place of the address, which may name a person."""
    route = request.resolver_match.route if request.resolver_match else None
    if route is None and request.path_info.startswith(settings.STATIC_URL):
        route = f"{settings.STATIC_URL}…"
    return {"method": request.method if request.method in METHODS else "other", "route": route}


def _tell(event: str, told: dict[str, Any], error: BaseException | None, *, failed: bool) -> None:
    _lines.log(logging.ERROR if failed else logging.INFO, event, exc_info=error, extra={"told": told})


def _watched(pieces: Iterator[bytes], told: dict[str, Any]) -> Iterator[bytes]:
    """The pieces of an answer; what fails when its beginning is sent already is told in a line of its own."""
    try:
        yield from pieces
    except Exception as error:
        _tell("stream", told, error, failed=True)
        raise


class Headers:
    """Set what Django, which sets some of them, has no setting for, on every answer that leaves.

    Errors are not kept by caches. What is to be downloaded runs nothing where a browser shows it all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.HTTPS:
            # The proxy in front speaks HTTPS: addresses that are made, and HSTS, follow from how readers came.
            request.META["wsgi.url_scheme"] = "https"
        response = self.get_response(request)
        for name, value in settings.HEADERS.items():
            response.headers[name] = value
        if response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response.headers["Content-Security-Policy"] = settings.POLICY_OF_DOWNLOADS
        return response


class AddressIsText:
    """Refuse an address that is no text, whatever it leads to: bytes that are not UTF-8, or a NUL, which no database
    looks up. Of a path Django leaves the first as they came, so that it leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or not _is_text(query):
            return render(request, "400.html", status=400)
        return self.get_response(request)


def _is_text(query: str) -> bool:
    """Whether a query, as a server hands it on, is UTF-8 without NUL once it is unquoted."""
    try:
        return "\0" not in unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError:
        return False


class Refusals:
    """Refuse what no page answers, before more of it is read than its first line: other methods, endless addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = {"Allow": ", ".join(ANSWERED)}
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=allowed)
        if request.method not in ANSWERED:
            said = _("Nothing can be changed over the site: it answers GET, HEAD and OPTIONS.")
            return HttpResponse(said, status=405, headers=allowed, content_type="text/plain; charset=utf-8")
        if len(request.path) + len(request.META.get("QUERY_STRING", "")) > LONGEST:
            said = _("The address is longer than %(most)d characters, which no page’s is.") % {"most": LONGEST}
            return HttpResponse(said, status=414, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class Zipped(GZipMiddleware):
    """Pages are sent compressed; files as they are, so that their length and parts are known."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave files alone."""
        return response if response.streaming else super().process_response(request, response)


class OneState:
    """Ask once for a page, and not at every name, whether what is kept in memory holds and the files are sound."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with one_state(), leaving_out_damaged():
                return self.get_response(request)
        except Exception as error:
            # What a view raises has become an answer before it comes here: this is of the state itself.
            if (answer := _without_database(request, error)) is None:
                raise
            return answer


def _without_database(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """What is said where the database cannot be used; no page, since each asks it. None for any other error."""
    if not cannot_be_used(error):
        return None
    request.META[FAILURE] = error
    said = _("The database of this site cannot be used at the moment; its operator can mend it.")
    headers = {"Retry-After": "60"}
    return HttpResponse(f"{said}\n", status=503, headers=headers, content_type="text/plain; charset=utf-8")


class Visible:
    """Show the control characters that texts of files hold: a page in HTML has none, wherever such a text stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = harmless_page(response.content)
        return response


class Sentences:
    """Answer an unknown name with 404 and its nearest candidates, other bad input with 400, and what is not public with
    403; all say what it was.

    What is damaged or missing in the workspace is said with 503: its operator can mend it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django for whatever a view raised; None leaves other errors to the page for failures."""
        if isinstance(error, UnknownName):
            return render(request, "404.html", {"error": error}, status=404)
        if isinstance(error, BadInput):
            return render(request, "400.html", {"error": error}, status=400)
        if isinstance(error, NotPublic):
            return render(request, "403.html", {"error": error}, status=403)
        if isinstance(error, WorkspaceError):
            # Where the workspace lies on the machine is no reader's business.
            said = str(error).replace(f"{workspace.home()}{os.sep}", "")
            request.META[FAILURE] = error
            return render(request, "503.html", {"said": said, "damaged": True}, status=503)
        if isinstance(error, TookTooLong):
            return render(request, "503.html", {"said": str(error)}, status=503)
        if isinstance(error, TakesLong):
            return HttpResponse(status=LATER)
        return _without_database(request, error)
