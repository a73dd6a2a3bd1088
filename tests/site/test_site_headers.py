"""Every answer bears the headers that keep readers safe, whatever it answers; no address is an error of the program."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from comity.evidence.store import Source, keep_origin, now
from comity.site import settings as ours
from comity.site.urls import urlpatterns as of_the_site


def _fails(request: HttpRequest) -> HttpResponse:
    raise ValueError


urlpatterns = [path("fails/", _fails), *of_the_site]
handler400 = "comity.site.views.bad_request"
handler404 = "comity.site.views.not_found"
handler500 = "comity.site.views.server_error"
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def _get(address: str, **more: Any) -> Any:
    return Client(raise_request_exception=False).get(address, **more)


def _origin() -> Any:
    kept = keep_origin(b"<script>alert(1)</script>", Source(file="page.html", title="A page"), at=now())
    return _get(f"/origins/{kept.sha256}/raw")


def _unchanged() -> Any:
    return _get("/about/", headers={"If-None-Match": _get("/about/").headers["ETag"]})


ANSWERS: dict[str, tuple[int, Callable[[], Any]]] = {
    "page": (200, lambda: _get("/about/")),
    "page in a language": (200, lambda: _get("/ar/about/")),
    "redirect": (301, lambda: _get("/about")),
    "unchanged": (304, _unchanged),
    "static file": (200, lambda: _get("/static/site/comity.css")),
    "picture": (200, lambda: _get("/static/site/mark.svg")),
    "health": (200, lambda: _get("/health/")),
    "not ready": (503, lambda: _get("/ready/")),
    "unknown address": (404, lambda: _get("/nowhere/")),
    "unknown name": (404, lambda: _get("/figures/none.such")),
    "bad date": (400, lambda: _get("/states/?on=2012-13-01")),
    "no text": (400, lambda: _get("/about/?on=%00")),
    "other host": (400, lambda: _get("/about/", headers={"Host": "example.org"})),
    "download": (200, _origin),
    "stream": (200, lambda: _get("/observations.csv")),
    "failure": (500, lambda: _get("/fails/")),
    "what may be asked": (204, lambda: Client().options("/about/")),
    "another method": (405, lambda: Client().post("/about/")),
    "endless address": (414, lambda: _get(f"/about/?{'a' * 5_000}")),
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "Comity",
}


@pytest.mark.once
@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_bears_every_header(kind: str) -> None:
    status, ask = ANSWERS[kind]
    answer = ask()
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["X-Request-ID"]
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src" in policy
    if status >= 400:
        assert answer.headers["Cache-Control"] == "no-store"
    if kind in ("download", "stream"):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert policy == ours.POLICY_OF_DOWNLOADS
    else:
        assert "default-src 'self'" in policy


@pytest.mark.once
def test_where_readers_come_by_https_browsers_are_told_so(settings: Any) -> None:
    assert "Strict-Transport-Security" not in _get("/about/").headers
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    for address in ("/about/", "/static/site/comity.css", "/nowhere/", "/fails/"):
        assert _get(address).headers["Strict-Transport-Security"] == "max-age=31536000"


NO_TEXT = ("%00", "%ff", "%ed%a0%80", "a%00b", "%c0%80", "%f4%90%80%80")
PATHS = ("/{}", "/origins/{}", "/origins/{}/raw", "/origins/{}/1", "/figures/{}", "/states/{}/", "/data/{}/")
PATHS += ("/data/homicide/{}/", "/observations.{}", "/observations/{}/history", "/indicators/{}/", "/quality/{}/")
PATHS += ("/instruments/{}/", "/resolutions/{}/", "/report/{}", "/static/{}", "/fr/states/{}/")
QUERIES = ("/?on={}", "/?{}=1", "/states/?as_at={}", "/observations/?area={}", "/observations.csv?indicator={}")
QUERIES += ("/trends/?region={}", "/instruments/status/?instruments={}", "/quality/?page={}", "/sources/?anything={}")


@pytest.mark.parametrize("text", NO_TEXT)
def test_an_address_that_is_no_text_leads_nowhere_on_any_database(text: str) -> None:
    found = {address: _get(address.format(text)).status_code for address in (*PATHS, *QUERIES)}
    assert {address: status for address, status in found.items() if status not in (400, 404)} == {}


@pytest.mark.once
@pytest.mark.parametrize("address", [query.format(text) for query in QUERIES for text in NO_TEXT])
def test_a_query_that_is_no_text_is_refused(address: str) -> None:
    assert _get(address).status_code == 400


@pytest.mark.once
def test_text_in_any_script_is_an_address() -> None:
    assert _get("/about/?q=%D1%82%D0%B5%D0%BA%D1%81%D1%82&r=%E4%B8%AD+%26%F0%9F%98%80").status_code == 200


@pytest.mark.once
def test_an_address_that_is_refused_is_answered_in_its_language() -> None:
    assert 'lang="ar"' in _get("/ar/about/?q=%00").content.decode()
    assert 'lang="en"' in _get("/about/?q=%00").content.decode()
