"""Drafts of a commission: documents of limited distribution, with who recommends them above their title."""

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.importing import plan_import
from comity.evidence.store import Source
from comity.mandates.importing.recognising import seems_to_be
from comity.mandates.importing.resolutions import ResolutionImporter
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Resolution

MASTHEAD = (
    "E/CN.15/2094/L.8/Rev.1\n\nCommission on Crime Prevention and Criminal Justice\nTwenty-third session\n"
    "Vienna, 12-16 April 2094\n\n"
)
CHAIN = (
    "The Commission on Crime Prevention and Criminal Justice recommends to the Economic and Social Council the approval"
    " of the following draft resolution for adoption by the General Assembly:\n\n"
)
TITLE = "Oil for lamps\n\n"
TEXT = (
    "The General Assembly,\n\nRecalling its resolution 144/3,\n\nNoting the Code,\n\n1. Welcomes oil;\n\n"
    "2. Requests the Executive Director to report.\n"
)


def reading(*parts: str) -> Resolution:
    return read("".join(parts), "x.txt")


@pytest.mark.parametrize(
    "above",
    [
        CHAIN,
        "Draft resolution\n\n" + CHAIN,
        CHAIN + "Draft resolution I\n\n",
        CHAIN.replace("Social Council", "Social\nCouncil").replace("draft resolution", "draft\nresolution"),
        "1. " + CHAIN,
        "Draft resolution\n\n",
        "Agenda item 7\nLamps and bells\n\nItaly, Peru and Thailand: revised draft resolution\n\n",
        "Agenda item 7\nLamps and bells\n\n" + CHAIN,
        "",
    ],
)
def test_the_title_is_what_stands_below_who_recommends_the_draft(above: str) -> None:
    found = reading(MASTHEAD, above, TITLE, TEXT)
    assert (found.symbol, found.title) == ("E/CN.15/2094/L.8/Rev.1", "Oil for lamps")
    assert [one.id for one in found.operative] == ["E/CN.15/2094/L.8/Rev.1#op1", "E/CN.15/2094/L.8/Rev.1#op2"]
    assert found.residue == ()


def test_who_recommends_the_draft_to_whom_is_kept_with_the_masthead() -> None:
    found = reading(MASTHEAD, CHAIN, TITLE, TEXT)
    assert CHAIN.strip() in [line.text for line in found.masthead]


def test_a_notice_says_by_which_line_the_text_is_a_draft() -> None:
    assert "line 7 " in " ".join(reading(MASTHEAD, CHAIN, TITLE, TEXT).notices)
    assert "by its symbol, E/CN.15/2094/L.8/Rev.1" in " ".join(reading(MASTHEAD, TITLE, TEXT).notices)


@pytest.mark.parametrize(
    "symbol",
    ["A/C.3/145/L.7", "A/145/L.3", "E/2094/L.15", "E/CN.7/2094/L.2/Rev.2", "CTOC/COP/2094/L.3", "A/HRC/26/L.22/Rev.1"],
)
def test_symbols_of_limited_documents_are_known(symbol: str) -> None:
    assert reading(f"United Nations {symbol}*\n\nDraft resolution\n\n", TITLE, TEXT).symbol == symbol


def test_a_resolution_that_names_its_draft_keeps_its_own_symbol() -> None:
    found = reading("A/RES/145/9\n\n[without reference to a Main Committee (A/145/L.3)]\n\n145/9. Oil\n\n", TEXT)
    assert (found.symbol, found.title, found.notices) == ("A/RES/145/9", "Oil", ())


def test_a_draft_is_not_imported_as_a_resolution() -> None:
    with pytest.raises(BadInput, match=r"E/CN\.15/2094/L\.8/Rev\.1.*symbol of the resolution"):
        ResolutionImporter().plan("".join([MASTHEAD, CHAIN, TITLE, TEXT]).encode(), Source("x.txt", "Oil"))


COMMISSION = (
    "Commission on Crime Prevention and Criminal Justice\nTwenty-first session\n{above}\n\n"
    "The Commission on Crime Prevention and Criminal Justice,\n\nRecalling oil,\n\n"
    "1. Requests oil;\n\n2. Decides to end.\n"
)


@pytest.mark.parametrize(
    ("above", "said"),
    [("E/CN.15/2016/L.3", "E/CN.15/2016/L.3"), ("Draft resolution submitted by Austria", "Draft resolution submitted")],
)
@pytest.mark.django_db
def test_the_refusal_of_a_draft_says_what_it_is_and_what_to_do(above: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        plan_import("x.txt", COMMISSION.format(above=above).encode())
    assert f"a draft ({said}" in str(refused.value)
    assert "asks nothing until it is adopted" in str(refused.value)
    assert "comity resolution read" in str(refused.value)


def test_a_text_that_only_names_a_draft_is_not_taken_for_one() -> None:
    assert seems_to_be("x.txt", b"Agenda\n\nE/CN.15/2016/L.3\n\nDraft resolution on oil\n") is None
