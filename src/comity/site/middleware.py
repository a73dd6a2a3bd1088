"""What holds for every page: it asks once what is known, and errors that are sentences become pages that say them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.evidence.errors import BadInput, UnknownName
from comity.evidence.store import one_state


class OneState:
    """Ask the database once for a page, and not for every name on it, whether what is kept in memory still holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_state():
            return self.get_response(request)


class Sentences:
    """Answer an unknown name with 404 and its nearest candidates, other bad input with 400; both say what was found."""

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
        return None
