"""Which database: what `DATABASE_URL` may say, and how a commit outlives a power cut."""

import sys

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import WorkspaceError
from comity.site import database


def test_an_address_is_taken_apart_and_unquoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://jane%40un:p%2Fw@db.example:5433/comity?sslmode=verify-full")
    found = database.configuration()
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("jane@un", "p/w", "db.example", "5433")
    assert (found["NAME"], found["OPTIONS"]["sslmode"]) == ("comity", "verify-full")
    assert found["OPTIONS"]["connect_timeout"] == database.ANSWERS_WITHIN


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://[::1/db",
        "postgresql://u@localhost:port/db",
        "postgresql://u@localhost:99999/db",
        "postgresql://localhost",
        "postgresql://u@localhost/db%00",
        "postgresql://u:%00@localhost/db",
        "mysql://localhost/db",
        "sqlite:///db",
        "nonsense",
    ],
)
def test_an_address_that_cannot_be_meant_is_a_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(WorkspaceError, match="DATABASE_URL: expected postgresql://"):
        database.configuration()


def test_an_option_that_would_not_be_heeded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@localhost/db?sslmod=require")
    with pytest.raises(WorkspaceError, match="sslmod "):
        database.configuration()


@given(st.text(alphabet="postgresql:/@[]?=&%0aZ#é\0 ", max_size=60).map(lambda text: f"postgresql://{text}"))
def test_any_address_is_taken_or_refused_in_a_sentence(url: str) -> None:
    try:
        assert database._server(url)["NAME"]
    except WorkspaceError as error:
        assert str(error).startswith("DATABASE_URL")


def test_a_driver_that_is_missing_is_a_sentence_that_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@localhost/db")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(WorkspaceError, match=r"pip install 'psycopg\[binary\]'"):
        database.configuration()


@pytest.mark.django_db
def test_a_commit_is_synced_to_the_disk() -> None:
    asked = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone()[0] in (2, "on")
