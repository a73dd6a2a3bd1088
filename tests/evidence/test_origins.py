"""Origins are kept by their hash, and what they hold is found at its place."""

from datetime import date

import pytest

from comity.evidence import store
from comity.evidence.errors import UnknownName, WorkspaceError
from comity.evidence.figures import Fact
from comity.evidence.models import Origin
from comity.evidence.workspaces import workspace

DATA = b"code,date\nUNTOC,2003-09-29\n"

pytestmark = pytest.mark.django_db


def kept() -> Origin:
    return store.keep_origin(DATA, store.Source(file="t.csv", title="A table"), at=store.now())


def test_the_same_bytes_are_kept_once() -> None:
    assert kept().pk == kept().pk == store.fingerprint(DATA)
    assert Origin.objects.count() == 1
    assert store.origin_bytes(kept().pk) == DATA


def test_an_origin_that_is_not_held_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName, match="SHA-256"):
        store.origin_bytes("0" * 64)


def test_changed_or_missing_bytes_are_noticed() -> None:
    path = workspace.home() / "origins" / kept().pk
    path.write_bytes(DATA.replace(b"2003", b"2004"))
    with pytest.raises(WorkspaceError, match="no longer those"):
        store.origin_bytes(kept_id())
    path.unlink()
    with pytest.raises(WorkspaceError, match="missing"):
        store.origin_bytes(kept_id())


def kept_id() -> str:
    return store.fingerprint(DATA)


def test_a_fact_s_place_is_read_in_the_kept_bytes() -> None:
    origin = kept()
    known = date(2003, 9, 29)
    stands = Fact(known, "2003-09-29", "", "", origin.pk, "t.csv", "2:date", origin.recorded_at, known)
    assert store.stands(stands) == "2003-09-29"
    nowhere = Fact(known, "", "", "", origin.pk, "t.csv", "9:date", origin.recorded_at, known)
    assert store.stands(nowhere) is None
