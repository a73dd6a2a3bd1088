"""Texts under a symbol that is held: a new issue takes the place of the held one, another text does not."""

from collections.abc import Iterator
from datetime import date

import pytest

from comity.evidence.findings import Finding
from comity.evidence.importing import Plan, carry_out, plan_import, source_as_said
from comity.evidence.store import Source
from comity.mandates import store

pytestmark = pytest.mark.django_db

SYMBOL = "A/RES/67/999"
TODAY = date(2100, 1, 1)
ASKED = [f"Requests the keepers to light lamp {number};" for number in range(1, 10)]


def text(asked: list[str] = ASKED, title: str = "Lamps", day: str = "20 December 2012", distributed: str = "") -> str:
    numbered = "".join(f"{number}. {words}\n" for number, words in enumerate([*asked, "Decides to end."], start=1))
    return (
        f"{SYMBOL}\n{distributed and f'Distr.: General {distributed}'}\n"
        f"Resolution adopted by the General Assembly on {day}\n67/999. {title}\n"
        f"The General Assembly,\nRecalling oil,\n{numbered}60th plenary meeting\n{day}\n"
    )


def bring_in(words: str, name: str = "second.txt", **said: str) -> Plan:
    data = words.encode()
    source = source_as_said(said)
    importer, plan, described = plan_import(name, data, Source(name, name, extra=source.extra))
    if not plan.errors:
        carry_out(importer, plan, described, data, actor="tester")
    return plan


def otherwise(plan: Plan) -> list[Finding]:
    return [one for one in plan.findings if one.rule == "contradicts-text"]


@pytest.fixture
def held() -> Iterator[None]:
    bring_in(text(distributed="10 March 2013"), "first.txt")
    yield


OTHER = [
    (text(title="Painting of walls"), "the title of what is held, “Lamps”"),
    (text(day="18 December 2012"), "2012-12-20, the day of adoption of what is held"),
    (text(ASKED[:-2]), "all 11 paragraphs that are held, of which it lacks 2"),
    (text([one.replace("light", "quench") if one in ASKED[:2] else one for one in ASKED]), "2 of 11 paragraphs differ"),
    (text(distributed="20 February 2013"), "no earlier issue than the held one, distributed on 2013-03-10"),
]


@pytest.mark.parametrize(("words", "expected"), OTHER, ids=["title", "day", "missing", "otherwise", "earlier"])
def test_another_text_under_a_held_symbol_is_a_failed_check(held: None, words: str, expected: str) -> None:
    plan = bring_in(words)
    assert plan.failed_check
    assert expected in " ".join(one.expected for one in plan.errors)
    assert "that is held from first.txt; --replaces puts it in its place" in plan.errors[0].message
    assert (store.paragraph(f"{SYMBOL}#op9", TODAY).official_text or "").endswith("lamp 9;")


@pytest.mark.parametrize(("words", "expected"), OTHER, ids=["title", "day", "missing", "otherwise", "earlier"])
def test_a_person_may_say_that_another_text_replaces_the_held_one(held: None, words: str, expected: str) -> None:
    plan = bring_in(words, replaces="true")
    assert not plan.errors
    assert {one.severity for one in otherwise(plan)} == {"warning"}
    assert "option-without-effect" not in [one.rule for one in plan.findings]
    official = store.official(SYMBOL, TODAY)
    assert official is not None
    assert official.title in ("Lamps", "Painting of walls")


def test_a_new_issue_with_one_paragraph_in_ten_otherwise_takes_the_place_of_the_held_one(held: None) -> None:
    plan = bring_in(text([*ASKED[:-1], ASKED[-1].replace("light", "quench")], distributed="10 May 2013"))
    assert (plan.findings, plan.changes) == ([], [f"{SYMBOL}#op9"])
    assert "quench" in (store.paragraph(f"{SYMBOL}#op9", TODAY).official_text or "")


def test_how_a_text_is_set_makes_no_other_text(held: None) -> None:
    plan = bring_in(text([one.replace("lamp ", "lamp  ").replace("keepers", "keepers1") for one in ASKED]))
    assert not plan.errors


def test_each_difference_is_shown_where_the_words_part(held: None) -> None:
    plan = bring_in(text([one.replace("light", "quench") for one in ASKED]))
    assert (plan.errors[0].place, plan.errors[0].value) == ("7", "keepers to quench lamp 1;")
    assert len(plan.errors) == 3


def test_a_register_is_held_too() -> None:
    register = (
        f"symbol: {SYMBOL}\ntitle: Lamps\norgan: General Assembly\nadopted: 2012-12-20\nsession: 67\n"
        "counts: {preambular: 0, operative: 1, footnotes: 0}\npreambular: []\noperative:\n- number: 1\n  asks:\n"
        "  - {verb: Requests, lemma: request, strength: strong, addressees: [keepers], asked: to light it}\n"
    )
    bring_in(register, "register.yaml")
    assert bring_in(text(title="Walls")).failed_check
    assert not bring_in(text()).errors


def test_a_part_alone_is_the_held_part_again() -> None:
    part = "{letter}\n{title}\nThe General Assembly,\nRecalling {title},\n1. Requests {title}.\n"
    head = f"{SYMBOL}\nResolution adopted by the General Assembly on 20 December 2012\n67/999. Lamps\n"
    parts = [part.format(letter=letter, title=title) for letter, title in (("A", "Oil"), ("B", "Ropes"))]
    bring_in(head + "".join(parts))
    assert not bring_in(head.replace("67/999. Lamps", "67/999 A. Oil") + parts[0].removeprefix("A\nOil\n")).errors


@pytest.mark.parametrize(
    ("organ", "symbol"),
    [
        (
            "The Conference of the Parties to the United Nations Convention against Transnational Organized Crime",
            "CTOC/COP",
        ),
        ("The Commission on Crime Prevention and Criminal Justice", "E/CN.15"),
    ],
)
def test_what_conferences_and_commissions_resolve_is_stored_as_it_is_read(organ: str, symbol: str) -> None:
    bring_in(f"{symbol}/2012/15\nResolution 6/1\nOil\n{organ},\nRecalling oil,\n1. Requests oil;\n2. Decides to end.\n")
    assert [one.symbol for one in store.documents(TODAY)] == [f"{symbol}/RES/6/1"]


def test_all_of_a_new_issue_is_known_from_its_day_of_distribution(held: None) -> None:
    changed = [ASKED[0].replace("light", "tend"), *ASKED[1:]]
    bring_in(text([*changed, "Requests a report;"], distributed="5 May 2013"), replaces="true")
    before, after = (store.paragraphs(SYMBOL, day) for day in (date(2013, 5, 4), date(2013, 5, 5)))
    assert [len(before), len(after)] == [11, 12]
    assert [paragraph.official_text for paragraph in before][1] != [paragraph.official_text for paragraph in after][1]
    words = [paragraph.official_text for paragraph in after]
    assert len(set(words)) == len(words)


def test_bytes_that_were_replaced_stay_replaced(held: None) -> None:
    first = text(distributed="10 March 2013")
    bring_in(text([ASKED[0].replace("light", "tend"), *ASKED[1:]], distributed="10 March 2013"), "reissued.txt")
    plan = bring_in(first, "first.txt")
    assert (plan.changes, [one.rule for one in plan.findings]) == ([], ["held-before"])
    assert "reissued.txt took its place" in plan.findings[0].expected
    assert bring_in(first, "first.txt", replaces="true").changes == [f"{SYMBOL}#op1"]


def test_a_text_that_states_no_day_leaves_those_that_are_held(held: None) -> None:
    words = text().replace("Resolution adopted by the General Assembly on 20 December 2012\n", "")
    bring_in(words.replace("60th plenary meeting\n20 December 2012\n", ""))
    found = store.stored_text(SYMBOL)
    assert found is not None
    assert (found.file, found.adopted, found.distributed) == ("second.txt", date(2012, 12, 20), date(2013, 3, 10))


def test_a_text_with_carriage_returns_alone_is_known(held: None) -> None:
    assert bring_in(text(distributed="10 March 2013").replace("\n", "\r")).unchanged == 11
