"""What the head of a text says of it: its own symbol and no other document's, and what it is that is not adopted."""

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.store import Source
from comity.mandates.importing.resolutions import ResolutionImporter
from comity.mandates.reading.export.lines import split_lines
from comity.mandates.reading.head.masthead import stated_symbol
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Resolution

SYMBOL = "A/RES/145/999"
TEXT = "The General Assembly,\nRecalling oil,\n1. Requests oil;\n2. Decides to end.\n"
COUNCIL = TEXT.replace("General Assembly", "Economic and Social Council")


def reading(head: str, text: str = TEXT) -> Resolution:
    return read(head + text, "x.txt")


@pytest.mark.parametrize(
    "line",
    [
        SYMBOL,
        f"{SYMBOL}*",
        f"United Nations\t{SYMBOL}",
        f"General Assembly {SYMBOL} Distr.: General 27 March 2091",
        f"Distr. GENERAL {SYMBOL} 18 December 2090 ENGLISH",
        f"{SYMBOL} 1/3",
        f"90-12345 {SYMBOL}",
        f"Document symbol: {SYMBOL}",
        f"Symbol: {SYMBOL}",
        f"{SYMBOL}. Oil for lamps",
        f"Resolution {SYMBOL}: Oil for lamps",
    ],
)
def test_a_line_that_holds_the_symbol_and_its_block_alone_states_it(line: str) -> None:
    assert stated_symbol(split_lines(line)[0]) == SYMBOL


@pytest.mark.parametrize(
    "line",
    [
        f"Follow-up to resolution {SYMBOL}",
        f"Implementation of {SYMBOL}",
        f"Subject: text adopted yesterday, cf. {SYMBOL}",
        f"documents: {SYMBOL}",
        f"Annotated agenda, documents: {SYMBOL}, A/RES/144/2",
        f"{SYMBOL} and A/RES/144/2",
        f"{SYMBOL}: follow-up",
        f"See also: {SYMBOL}",
        f"[on the report on {SYMBOL}]",
        f"Agenda item 5 ({SYMBOL})",
        f"{SYMBOL}/12",
    ],
)
def test_a_line_that_names_a_resolution_states_no_symbol(line: str) -> None:
    assert stated_symbol(split_lines(line)[0]) == ""
    assert reading(f"{line}\nOil\n").symbol == ""


@pytest.mark.parametrize("above", ["Follow-up to", "Implementation of resolution", "Oil,"])
def test_a_symbol_below_a_line_that_leads_on_to_it_is_of_another_text(above: str) -> None:
    assert reading(f"{above}\n{SYMBOL}\n").symbol == ""
    assert reading(f"{above}\n\n{SYMBOL}\n\n").symbol == SYMBOL
    assert reading(f"{above}\nGeneral Assembly resolution 145/999\n").symbol == ""
    assert reading("General Assembly resolution 145/999\n").symbol == SYMBOL


@pytest.mark.parametrize("title", ["144/2 follow-up", "144/2 of 19 December 2089", "Resolution 144/2 and oil"])
def test_a_number_in_a_phrase_is_no_number_of_a_title(title: str) -> None:
    found = reading(f"{title}\n")
    assert (found.symbol, found.title) == ("", title)


def test_two_symbols_in_one_head_are_refused_with_both() -> None:
    adopted = "Resolution adopted by the General Assembly on 20 December 2090\n"
    for head in (f"A/RES/145/998\n{adopted}145/999. Oil\n", f"A/RES/145/998\n{SYMBOL}\n{adopted}Oil\n"):
        with pytest.raises(BadInput, match=r"found “A/RES/145/998, A/RES/145/999 in the head"):
            reading(head)
    assert reading(f"{SYMBOL}\n{adopted}145/999. Oil\n").symbol == SYMBOL


@pytest.mark.parametrize(
    "head",
    [
        "E/RES/2093/96\n2093/96. Oil\n",
        "E/RES/2093/96\nOil\n",
        "ECOSOC resolution 2093/96\n",
        "Resolution adopted by the Economic and Social Council on 26 July 2093\n2093/96. Oil\n",
        "2093/96. Oil\n",
    ],
)
def test_a_symbol_above_the_formula_of_another_organ_is_refused(head: str) -> None:
    with pytest.raises(BadInput, match=r"2093/96 above “The General Assembly"):
        reading(head)
    assert reading(head, COUNCIL).symbol == "E/RES/2093/96"


@pytest.mark.parametrize("name", ["ECOSOC resolution", "Economic and Social Council resolution", "Resolution", ""])
def test_a_resolution_named_by_its_organ_and_number_has_its_symbol(name: str) -> None:
    found = reading(f"{name} 2093/96".lstrip() + "\nOil\n", COUNCIL)
    assert (found.symbol, found.title) == ("E/RES/2093/96", "Oil")


DRAFTS = [
    ("Draft resolution I\nFollow-up to resolution A/RES/145/999\nOil\n", "a draft (Draft resolution I)"),
    ("A/145/458\nDraft resolution II\n145/999. Oil\n", "a draft (Draft resolution II)"),
    ("Draft resolution III\nA/RES/145/999 and A/RES/144/2\n", "a draft (Draft resolution III)"),
    (f"{SYMBOL}\nDraft resolution\nOil\n", "a draft (Draft resolution)"),
    ("A/C.3/145/L.5\n145/999. Oil\n", "a draft (A/C.3/145/L.5)"),
    ("The Committee recommends to the General Assembly the following draft resolution:\n145/999. Oil\n", ""),
]


@pytest.mark.parametrize(("head", "said"), DRAFTS)
def test_a_draft_has_no_symbol_of_a_resolution(head: str, said: str) -> None:
    found = reading(head)
    assert "/RES/" not in found.symbol
    assert "The text is a draft" in " ".join(found.notices)
    with pytest.raises(BadInput) as refused:
        ResolutionImporter().plan((head + TEXT).encode(), Source("x.txt", "Oil"))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("head", "symbol"),
    [
        ("145/555. Oil\nDecision adopted by the General Assembly on 20 December 2020\n", "A/DEC/145/555"),
        ("A/DEC/145/555\nOil\n", "A/DEC/145/555"),
        ("Decision 145/555\nOil\n", "A/DEC/145/555"),
    ],
)
def test_a_decision_keeps_its_own_symbol_and_is_not_imported(head: str, symbol: str) -> None:
    assert reading(head).symbol == symbol
    with pytest.raises(BadInput, match=r"a decision \(A/DEC/145/555\)"):
        ResolutionImporter().plan((head + TEXT).encode(), Source("x.txt", "Oil"))


@pytest.mark.parametrize("title", ["Oil\n", "145/999. Oil\n"])
def test_a_corrigendum_is_not_the_resolution_that_it_corrects(title: str) -> None:
    head = f"{SYMBOL}/Corr.1\n{title}"
    assert reading(head).symbol == f"{SYMBOL}/Corr.1"
    with pytest.raises(BadInput, match=r"a corrigendum or addendum \(A/RES/145/999/Corr\.1\)"):
        ResolutionImporter().plan((head + TEXT).encode(), Source("x.txt", "Oil"))


def test_a_number_of_an_organ_whose_symbols_are_not_known_is_not_stored() -> None:
    text = TEXT.replace("The General Assembly", "The Congress of Lamplighters")
    assert reading("4/14. Oil\n", text).symbol == "4/14"
    with pytest.raises(BadInput, match="what those of its organ begin with is not known"):
        ResolutionImporter().plan(("4/14. Oil\n" + text).encode(), Source("x.txt", "Oil"))
