"""What holds for every request: refused first, in parts, kept while nothing changes, damage said and not spread."""

import asyncio
import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence import store
from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces.bounded_cache import TakesLong, is_only_quick, only_quick
from comity.evidence.workspaces.patience import TookTooLong
from comity.site.middleware import LONGEST, OneState, Refusals, Sentences, Zipped
from comity.site.serving import application, kept_pages
from comity.site.serving.application import environ_of
from comity.site.serving.kept_pages import KeptPages, Page, Pages, may_be_kept
from comity.site.serving.ranges import Ranges, asked_range

ASK = RequestFactory()
LETTERS = b"abcdefghijklmnopqrstuvwxyz"


class Unread(io.RawIOBase):
    """The body of a request that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")


def never(request: HttpRequest) -> HttpResponse:
    """A view that must not be asked."""
    raise AssertionError("the page was asked")


class TestRefusals:
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "FOO"])
    def test_a_method_that_changes_or_is_unknown_is_refused_before_the_body_is_read(self, method: str) -> None:
        request = ASK.generic(method, "/about/", CONTENT_LENGTH="1000000", HTTP_COOKIE="csrftoken=forged")
        request.META["wsgi.input"] = request._stream = Unread()  # type: ignore[attr-defined]
        answer = Refusals(never)(request)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")

    def test_refusing_comes_before_all_that_reads_a_cookie_a_body_or_the_database(self, settings: object) -> None:
        names = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]  # type: ignore[attr-defined]
        of_headers = ["Told", "Headers", "SecurityMiddleware", "CSPMiddleware", "XFrameOptionsMiddleware"]
        assert names[: names.index("Refusals")] == of_headers

    def test_what_may_be_asked_is_said(self) -> None:
        answer = Refusals(never)(ASK.options("/about/"))
        assert (answer.status_code, answer.content, answer.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")

    def test_an_address_without_end_is_refused(self) -> None:
        assert Refusals(never)(ASK.get("/about/?" + "a" * LONGEST)).status_code == 414
        assert Refusals(lambda _request: HttpResponse())(ASK.get("/about/?" + "a" * 3_000)).status_code == 200


@given(first=st.integers(0, 40), last=st.integers(0, 40), size=st.integers(0, 30))
def test_a_range_gives_what_lies_between_its_ends(first: int, last: int, size: int) -> None:
    found = asked_range(f"bytes={first}-{last}", size)
    if last < first:
        assert found is None
    else:
        assert found is not None
        assert LETTERS[:size][found[0] : found[0] + found[1]] == LETTERS[:size][first : last + 1]


@given(last=st.integers(1, 40), size=st.integers(0, 26))
def test_a_range_from_the_end_gives_the_last_bytes(last: int, size: int) -> None:
    start, length = asked_range(f"bytes=-{last}", size) or (0, 0)
    assert LETTERS[:size][start : start + length] == LETTERS[:size][-last:]


@given(st.text(max_size=30))
def test_any_header_is_a_range_or_is_ignored(header: str) -> None:
    found = asked_range(header, 10)
    assert found is None or 0 <= found[1] <= 10


class TestRanges:
    @pytest.fixture
    def ask(self, tmp_path: Path) -> Callable[..., HttpResponseBase]:
        """Asks for a file of the alphabet with some headers."""
        (tmp_path / "letters").write_bytes(LETTERS)

        def view(_request: HttpRequest) -> HttpResponseBase:
            response = FileResponse((tmp_path / "letters").open("rb"))
            response.headers["ETag"] = '"letters"'
            return response

        def ask(method: str = "GET", **headers: str) -> HttpResponseBase:
            return Ranges(view)(ASK.generic(method, "/", headers=headers))  # type: ignore[arg-type]

        return ask

    @pytest.mark.parametrize(
        ("asked", "given", "content"),
        [
            ("bytes=0-2", "0-2", b"abc"),
            ("bytes=23-", "23-25", b"xyz"),
            ("bytes=-2", "24-25", b"yz"),
            ("bytes=25-99", "25-25", b"z"),
        ],
    )
    def test_a_part_is_given_with_where_it_lies(
        self, ask: Callable[..., HttpResponseBase], asked: str, given: str, content: bytes
    ) -> None:
        answer = ask(range=asked)
        assert (answer.status_code, answer.headers["Content-Range"]) == (206, f"bytes {given}/26")
        assert b"".join(answer) == content  # type: ignore[arg-type]
        assert answer.headers["Content-Length"] == str(len(content))

    @pytest.mark.parametrize("asked", ["bytes=26-", "bytes=99-100", "bytes=-0"])
    def test_a_part_that_lies_beyond_the_end_is_refused_with_the_length(
        self, ask: Callable[..., HttpResponseBase], asked: str
    ) -> None:
        answer = ask(range=asked)
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */26")

    @pytest.mark.parametrize(
        "headers",
        [
            {"range": "lines=1-2"},
            {"range": "bytes=0-1,5-6"},
            {"range": "bytes=5-2"},
            {"range": "bytes=-"},
            {"range": "bytes=0-1", "if_range": '"another"'},
            {},
        ],
    )
    def test_what_is_no_single_range_of_this_very_file_gives_it_whole(
        self, ask: Callable[..., HttpResponseBase], headers: dict[str, str]
    ) -> None:
        answer = ask(**headers)
        assert (answer.status_code, b"".join(answer)) == (200, LETTERS)  # type: ignore[arg-type]
        assert answer.headers["Accept-Ranges"] == "bytes"

    def test_a_file_that_is_held_already_is_not_sent_again(self, ask: Callable[..., HttpResponseBase]) -> None:
        assert ask(if_none_match='"letters"').status_code == 304

    def test_only_its_head_is_given_whole_however_it_is_asked(self, ask: Callable[..., HttpResponseBase]) -> None:
        answer = ask("HEAD", range="bytes=0-1")
        assert (answer.status_code, answer.headers["Content-Length"]) == (200, "26")

    def test_a_file_is_sent_as_it_is_and_a_page_compressed(self, ask: Callable[..., HttpResponseBase]) -> None:
        request = ASK.get("/", headers={"accept_encoding": "gzip"})
        page = Zipped(lambda _request: HttpResponse(b"a" * 1000))(request)
        assert page.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in Zipped(lambda _request: ask())(request).headers  # type: ignore[arg-type]


BY_SERVER: dict[str, Any] = {"comity.keeps_pages": True}
"""What a server adds to a request."""


class Asked:
    """A view that counts how often it is asked, and the pages kept before it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.times, self.state, self.headers, self.status = 0, ("head", 1), {"ETag": '"page"'}, 200
        monkeypatch.setattr(kept_pages, "state", lambda: self.state)
        self.kept = KeptPages(self._view)

    def _view(self, request: HttpRequest) -> HttpResponse:
        self.times += 1
        return HttpResponse(f"page {self.times} of {request.path}", headers=self.headers, status=self.status)

    def get(self, address: str = "/about/", *, by_server: bool = True, **headers: str) -> HttpResponse:
        """What is answered to an address."""
        return self.kept(ASK.get(address, headers=headers, **(BY_SERVER if by_server else {})))


class TestKeptPages:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> Asked:
        """A view and its kept pages."""
        return Asked(monkeypatch)

    def test_a_page_is_made_once_for_an_address(self, asked: Asked) -> None:
        assert asked.get().content == asked.get().content
        assert asked.times == 1
        assert asked.get("/about/?on=2012").content != asked.get().content

    def test_a_page_is_made_anew_once_anything_that_is_shown_has_changed(self, asked: Asked) -> None:
        before = asked.get()
        asked.state = ("another head", 1)
        assert asked.get().content != before.content

    @pytest.mark.parametrize("headers", [{"host": "testserver:80"}, {"accept_encoding": "gzip"}])
    def test_a_page_is_kept_apart_for_what_it_depends_on(self, asked: Asked, headers: dict[str, str]) -> None:
        asked.get()
        asked.get(**headers)
        assert asked.times == 2

    def test_a_page_of_the_day_before_is_made_anew(self, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
        for day, times in ((1, 1), (1, 1), (2, 2)):
            monkeypatch.setattr(kept_pages, "now", lambda day=day: datetime(2014, 7, day, 12, tzinfo=UTC))
            asked.get()
            assert asked.times == times

    def test_a_page_is_kept_apart_for_how_it_is_reached_and_where_it_lies(self, asked: Asked) -> None:
        kept = [asked.kept(ASK.get(at, secure=safe, **BY_SERVER)) for at in ("/a/", "/b/") for safe in (True, False)]
        assert len({page.content for page in kept}) == len(kept) == asked.times

    def test_who_says_who_they_are_is_answered_for_themselves(self, asked: Asked) -> None:
        asked.get(authorization="Basic eDp5")
        asked.get(authorization="Basic eDp5")
        assert asked.times == 2
        asked.get()
        assert asked.times == 3

    def test_what_is_held_already_is_not_sent_again_nor_made(self, asked: Asked) -> None:
        assert asked.get(if_none_match='"page"').status_code == 304
        assert asked.get(if_none_match='"page"').status_code == 304
        assert asked.get().status_code == 200
        assert asked.times == 1

    def test_a_page_of_which_the_head_was_asked_for_is_kept_once_it_is_asked_for_whole(self, asked: Asked) -> None:
        ask_head = ASK.head("/about/", **BY_SERVER)
        asked.kept(ask_head)
        whole = asked.get()
        assert asked.times == 2
        assert asked.kept(ask_head).headers["ETag"] == whole.headers["ETag"]
        assert asked.times == 2

    @pytest.mark.parametrize("status", [202, 302, 400, 404, 500, 503])
    def test_no_fault_is_kept(self, asked: Asked, status: int) -> None:
        asked.status = status
        asked.get()
        assert asked.get().status_code == status
        assert asked.times == 2

    def test_nothing_is_kept_where_no_server_asks_for_it(self, asked: Asked) -> None:
        asked.get(by_server=False)
        asked.get(by_server=False)
        assert asked.times == 2

    @pytest.mark.parametrize("header", [{"Vary": "Cookie"}, {"Cache-Control": "private"}, {"Vary": "*"}])
    def test_what_is_not_the_same_for_all_is_not_kept(self, asked: Asked, header: dict[str, str]) -> None:
        asked.headers = header
        asked.get()
        asked.get()
        assert asked.times == 2

    def test_nobody_in_the_threads_of_pages_waits_for_what_takes_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        begun, end = threading.Event(), threading.Event()

        def view(_request: HttpRequest) -> HttpResponse:
            if is_only_quick():
                return HttpResponse(status=202)
            begun.set()
            assert end.wait(1800)
            return HttpResponse("made")

        monkeypatch.setattr(kept_pages, "state", lambda: ("head", 1))
        kept, request = KeptPages(view), {"comity.keeps_pages": True}
        with ThreadPoolExecutor(1) as long:
            made = long.submit(kept, ASK.get("/observations.csv", **request))  # type: ignore[arg-type]
            assert begun.wait(1800)
            with only_quick():
                assert kept(ASK.get("/observations.csv", **request)).status_code == 202  # type: ignore[arg-type]
            end.set()
            assert made.result().content == b"made"

    def test_a_file_that_is_held_already_is_not_sent_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept_pages, "state", lambda: ("head", 1))
        file = io.BytesIO(b"a,b")
        kept = KeptPages(lambda _request: FileResponse(file, headers={"ETag": '"file"'}))  # type: ignore[arg-type,return-value]
        asked = ASK.get("/observations.csv", headers={"if_none_match": '"file"'}, **{"comity.keeps_pages": True})  # type: ignore[arg-type]
        assert (kept(asked).status_code, file.closed) == (304, True)

    def test_what_sets_a_cookie_or_flows_is_not_kept(self) -> None:
        with_cookie = HttpResponse()
        with_cookie.set_cookie("a", "b")
        assert not may_be_kept(with_cookie)
        assert not may_be_kept(StreamingHttpResponse([b"a"]))  # type: ignore[arg-type]
        assert may_be_kept(HttpResponse(headers={"Vary": "Accept-Language, Accept-Encoding"}))

    def test_whether_the_site_is_well_is_asked_anew_and_not_of_the_database(
        self, asked: Asked, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kept_pages, "state", lambda: pytest.fail("the database was asked"))
        assert asked.get("/health/").content != asked.get("/health/").content

    def test_of_pages_that_do_not_fit_the_one_asked_for_longest_ago_goes(self) -> None:
        pages = Pages(most=10)
        for key in "abc":
            pages.keep(key, Page(b"xxxx", {}, None))
            pages.find("a")
        assert [key for key in "abc" if pages.find(key)] == ["a", "c"]
        pages.keep("d", Page(b"x" * 11, {}, None))
        assert (pages.find("d"), pages.size) == (None, 8)


class TestFaults:
    def test_damage_of_the_workspace_is_said_without_where_it_lies(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMITY_HOME", str(tmp_path))
        monkeypatch.setattr(store, "_faults", [])
        answer = Sentences(never).process_exception(ASK.get("/"), WorkspaceError(f"{tmp_path}/origins/abc: it is gone"))
        assert answer is not None
        assert answer.status_code == 503
        assert "origins/abc: it is gone" in answer.content.decode()
        assert str(tmp_path) not in answer.content.decode()

    def test_what_took_too_long_is_said_and_nothing_called_damaged(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMITY_HOME", str(tmp_path))
        answer = Sentences(never).process_exception(ASK.get("/"), TookTooLong("please ask for less"))
        assert answer is not None
        said = answer.content.decode()
        assert (answer.status_code, "please ask for less" in said, "damaged" in said) == (503, True, False)

    @pytest.mark.parametrize(
        "error", [OperationalError("gone"), InterfaceError("closed"), DatabaseError("no database")]
    )
    def test_a_database_that_cannot_be_used_is_said_without_asking_it(self, error: Exception) -> None:
        def fails(_request: HttpRequest) -> HttpResponse:
            raise error

        answers = [Sentences(never).process_exception(ASK.get("/"), error), OneState(fails)(ASK.get("/"))]
        for answer in answers:
            assert answer is not None
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
            assert "database of this site cannot be used" in answer.content.decode()

    def test_a_fault_of_the_program_is_none_of_the_database(self) -> None:
        assert Sentences(never).process_exception(ASK.get("/"), IntegrityError("twice")) is None

    def test_what_takes_long_is_told_to_the_server_and_to_no_reader(self) -> None:
        answer = Sentences(never).process_exception(ASK.get("/"), TakesLong())
        assert answer is not None
        assert (answer.status_code, answer.content) == (202, b"")


@pytest.mark.django_db
def test_a_query_of_endless_fields_is_bad_input_and_no_failure() -> None:
    address = "/states/?" + "&".join(f"f{number}=1" for number in range(300))
    assert Client().get(address).status_code == 400


def test_a_header_that_only_looks_like_one_that_a_proxy_sets_is_not_taken_for_it() -> None:
    headers = {"x-forwarded-proto": "http", "x_forwarded_proto": "https", "x-forwarded_proto": "https"}
    scope = SimpleNamespace(
        client="127.0.0.1:1",
        server="127.0.0.1:80",
        method="GET",
        path="/",
        query_string="",
        http_version="1.1",
        scheme="http",
        headers=headers,
        authority=None,
    )
    assert environ_of(scope)["HTTP_X_FORWARDED_PROTO"] == "http"


def test_places_before_the_threads_are_given_back_and_no_more_are_given_than_there_are() -> None:
    queue = application._Queue("few", 1, 1)

    def fails() -> None:
        raise ValueError

    async def ask() -> list[object]:
        for _turn in range(5):
            assert await queue.run(lambda: "answered") == "answered"
            with pytest.raises(ValueError):
                await queue.run(fails)
        end = threading.Event()
        waiting = [asyncio.ensure_future(queue.run(end.wait, 1800)) for _place in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(application._Full):
            await queue.run(end.wait, 1800)
        end.set()
        return list(await asyncio.gather(*waiting))

    assert asyncio.run(ask()) == [True, True]


def test_what_says_that_too_many_wait_bears_what_every_answer_bears() -> None:
    answer = application._busy([("content-security-policy", "default-src 'self'")])
    assert (answer.status, dict(answer.headers)["content-security-policy"]) == (503, "default-src 'self'")
