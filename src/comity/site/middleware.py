"""Errors that are sentences for the reader become pages that say them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.evidence.errors import BadInput, UnknownName


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
