import pytest

from comity.reports.source.prose import naked_numerals, undefined_footnotes
from comity.reports.source.report_source import read_source

FRONT = "---\ntitle: T\nlanguage: en\n---\n"


def found(body: str) -> list[tuple[str, str]]:
    return [(fault.place, fault.value) for fault in naked_numerals(read_source(FRONT + body, "r.md"))]


@pytest.mark.parametrize(
    ("sentence", "numeral"),
    [
        ("The Convention has 173 parties.", "173"),
        ("Some 3,563 actions are held.", "3,563"),
        ("That is 89.6 per cent.", "89.6"),
        ("Twelve States have joined.", "Twelve"),
        ("Over a hundred States took part.", "hundred"),
        ("Thirty-five States have not.", "Thirty-five"),
        ("There were 15 in 2012.", "15"),
        ("| Parties | 173 |", "173"),
        ("Of every 100,000 people.", "100,000"),
        ("It cost per 100,000.5 units.", "100,000.5"),
    ],
)
def test_a_figure_typed_by_hand_is_found(sentence, numeral):
    assert found(sentence) == [("5", numeral)]


@pytest.mark.parametrize(
    "sentence",
    [
        "On 20 December 2012 the Assembly met.",
        "On 12 and 13 May 2014 they met, from 2000 to 2014, and in 2012–2013.",
        "By its resolution 67/189, paragraphs 40 and 41, and resolutions 55/25, 55/255 and 58/4.",
        "See A/68/127 and E/CN.15/2012/17, and CTOC/COP/2012/15.",
        "Under article 14, paragraph 2 (b), and articles 36 to 38.",
        "The 60th plenary meeting of the sixty-eighth session, item 103.",
        "Three Protocols and nine States.",
        "The {{parties.UNTOC.@on}} parties.",
        "A note.[^12] See [there](http://a/12).",
        "# Chapter of 40 things",
        "Run `parties 173`.",
        "1. A list item",
        "An eleven-member panel",
        "The rate was {{a.b}} per 100,000 population, and per 100,000.",
    ],
)
def test_dates_and_numbers_of_documents_may_stand(sentence):
    assert found(sentence) == []


def test_the_line_is_that_of_the_numeral_also_after_references():
    assert found("{{a.b}} one\n\ntwo {{c.d}}\nthree 55 four") == [("8", "55")]


def test_a_figure_in_a_caption_is_found():
    assert found('One\n\n{{chart a.b caption="The 173 parties, 2000 to @on"}}') == [("7", "173")]


def test_a_date_that_runs_over_a_line_is_still_a_date():
    assert found("adopted on 20\nDecember 2012 and") == []


def test_a_mark_without_its_footnote_is_named_with_its_line():
    source = read_source(FRONT + "One.[^a]\n\nTwo.[^b]\n\n[^a]: Defined.\n", "r.md")
    (fault,) = undefined_footnotes(source)
    assert (fault.value, fault.place) == ("[^b]", str(FRONT.count("\n") + 3))
