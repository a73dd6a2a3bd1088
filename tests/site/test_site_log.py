"""The log: a line of JSON for each request, with its id, and nothing of who asked or what for."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import WorkspaceError
from comity.evidence.files.traceback_places import MOST_FRAMES
from comity.site.serving import log
from comity.site.urls import urlpatterns as of_the_site


def _fails(request: HttpRequest, name: str) -> HttpResponse:
    secret = {"passport": "X1234567"}
    try:
        raise LookupError(f"{secret} of {name}")
    except LookupError as error:
        raise ValueError(f"{name} cannot be shown") from error


def _stops(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        yield b"begun"
        raise ValueError("Jane Roe")

    return StreamingHttpResponse(pieces())


urlpatterns = [path("people/<str:name>/", _fails), path("stream/", _stops), *of_the_site]
handler404 = "comity.site.views.not_found"
handler500 = "comity.site.views.server_error"
pytestmark = [pytest.mark.once, pytest.mark.urls(__name__)]


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What the log says meanwhile."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(log.JsonLines())
    logger = logging.getLogger(log.LINES)
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def _ask(address: str, **headers: str) -> Any:
    client = Client(raise_request_exception=False)
    return client.get(address, REMOTE_ADDR="203.0.113.7", headers={"User-Agent": "Reader/1.0", **headers})


def _lines(told: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.getvalue().splitlines()]


def test_a_failure_is_told_with_its_type_and_place_under_the_id_that_its_page_shows(told: io.StringIO) -> None:
    answer = _ask("/people/Jane%20Roe/?born=1980")
    (line,) = _lines(told)
    assert answer.status_code == line["status"] == 500
    assert (line["level"], line["method"], line["route"]) == ("error", "GET", "people/<str:name>/")
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["request"] in answer.content.decode()
    assert line["ms"] >= 0
    assert line["failure"]["type"] == "ValueError"
    assert line["failure"]["at"][-1].endswith(" _fails")
    assert line["failure"]["after"]["type"] == "LookupError"


def test_the_log_holds_nothing_of_who_asked_or_of_the_values_at_hand(told: io.StringIO) -> None:
    _ask("/people/Jane%20Roe/?born=1980")
    _ask("/nowhere/Jane%20Roe/", Cookie="who=Jane")
    for personal in ("Jane", "Roe", "1980", "203.0.113.7", "Reader", "X1234567", "cannot be shown"):
        assert personal not in told.getvalue()


def test_what_fails_after_its_beginning_was_sent_is_told_under_the_same_id(told: io.StringIO) -> None:
    answer = _ask("/stream/")
    with pytest.raises(ValueError, match="Jane"):
        list(answer.streaming_content)
    begun, stopped = _lines(told)
    assert (begun["event"], begun["status"], stopped["event"]) == ("request", 200, "stream")
    assert begun["request"] == stopped["request"] == answer.headers["X-Request-ID"]
    assert stopped["failure"]["type"] == "ValueError"
    assert "Jane" not in told.getvalue()


def test_an_id_that_comes_with_a_request_is_taken(told: io.StringIO) -> None:
    answer = _ask("/stream/", **{"X-Request-ID": "0f3a-From_proxy"})
    assert answer.headers["X-Request-ID"] == _lines(told)[0]["request"] == "0f3a-From_proxy"


@given(st.one_of(st.none(), st.text(), st.from_regex(r"[a-z0-9]{1,80}\n?")))
def test_an_id_is_a_short_token_whatever_comes(given_id: str | None) -> None:
    taken = log.request_id(given_id)
    assert 8 <= len(taken) <= 64
    assert taken.isascii()
    assert taken.replace("-", "").replace("_", "").isalnum()


def test_a_method_that_a_client_made_up_is_not_repeated(told: io.StringIO) -> None:
    Client(raise_request_exception=False).generic("JANE", "/nowhere/")
    assert _lines(told)[0]["method"] == "other"


def test_a_failure_that_calls_itself_on_and_on_is_told_by_its_last_places() -> None:
    def again(number: int) -> int:
        return again(number + 1)

    with pytest.raises(RecursionError) as raised:
        again(0)
    assert len(log.failure(raised.value)["at"]) == MOST_FRAMES


def test_the_log_goes_to_the_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_LOG", str(tmp_path / "log"))
    handler = log.configuration()["handlers"]["log"]
    assert (handler["class"], handler["filename"]) == ("comity.site.serving.log.LogFile", str(tmp_path / "log"))
    assert (tmp_path / "log").stat().st_mode & 0o007 == 0
    monkeypatch.delenv("COMITY_LOG")
    assert log.configuration()["handlers"]["log"]["class"] == "logging.StreamHandler"


def test_a_log_that_cannot_be_written_is_said_and_breaks_nothing_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_LOG", str(tmp_path / "nowhere" / "log"))
    with pytest.raises(WorkspaceError, match="COMITY_LOG"):
        log.configuration()
    handler = log.LogFile("/dev/full", delay=True)
    handler.emit(logging.makeLogRecord({"msg": "lost"}))
