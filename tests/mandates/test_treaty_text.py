"""Reading treaties' texts article by article."""

from collections import Counter
from pathlib import Path

import pytest

from comity.evidence.errors import BadInput
from comity.mandates.formats.treaty_text import read_treaty, recognise_treaty

SAMPLE = """\
<meta charset=utf-8 />

##Verdrag inzake vuurtorens

####United Nations Convention against corruption

### CHAPTER  I

####GENERAL LIGHTS

### Article  1

####Statement of light

The lamp   shall shine.

### CHAPTER  II

### Article  2

1.   Each keeper shall keep.

2.   No keeper shall sleep.

### Article  3 bis

####Lenses

Lenses are round.

####Verdrag inzake vuurtorens

### Artikel  1

De lamp schijnt.
"""


def test_articles_have_number_title_language_text_and_line() -> None:
    treaty = read_treaty(SAMPLE, "sample.md")
    assert treaty.instrument == "UNCAC"
    first, second, third, dutch = treaty.articles
    assert (first.number, first.title, first.text, first.line) == (
        "1",
        "Statement of light",
        "The lamp shall shine.",
        11,
    )
    assert (second.title, second.text) == ("", "1. Each keeper shall keep.\n\n2. No keeper shall sleep.")
    assert (third.number, third.text) == ("3 bis", "Lenses are round.")
    assert (dutch.number, dutch.language) == ("1", "nl")


def test_a_protocol_is_not_taken_for_the_convention_it_supplements() -> None:
    heading = (
        "# Protocol against the Smuggling of Migrants by Land, supplementing the United Nations Convention against X"
    )
    assert recognise_treaty(f"{heading}\n## Article 1\n") == ("SOM", heading[2:])


def test_french_text_is_known_by_its_title() -> None:
    text = "# Convention des Nations Unies contre la corruption\n## Article premier\nLa lampe brille.\n"
    assert [(one.number, one.language) for one in read_treaty(text, "x").articles] == [("1", "fr")]


@pytest.mark.parametrize(
    "text", ["", "# Convention on lamps\n## Article 1\nText", "United Nations Convention against Corruption"]
)
def test_what_is_no_known_treaty_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_treaty(text, "x.md")


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (SAMPLE.replace("schijnt.", "sch"), "33", "sch"),
        (SAMPLE[: SAMPLE.index("are round")], "25", "Lenses"),
        (SAMPLE.replace("Article  2", "Article  4"), "19", "Article 4"),
        (SAMPLE.replace("Article  3 bis", "Article  5bis"), "25", "Article 5bis"),
    ],
)
def test_a_text_that_was_not_sent_whole_is_refused_with_what_it_lacks(text: str, place: str, found: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_treaty(text, "sample.md")
    assert [fault.place for fault in refused.value.faults] == [place]
    assert found in refused.value.faults[0].value


@pytest.mark.parametrize(
    "below",
    [
        *(" ¹", "[1]", "\n\n---", "\n\n[^1]: As amended, without a full stop", "\n\nUnited Nations, New York"),
        "\n\nDONE at New York, this first day of May two thousand",
    ],
)
def test_what_stands_below_the_last_sentence_is_no_sign_of_a_cut(below: str) -> None:
    assert read_treaty(SAMPLE.rstrip() + below + "\n", "sample.md").articles


def test_article_that_comes_twice_or_is_empty_is_named_with_its_line() -> None:
    text = "# United Nations Convention against Corruption\n## Article 1\nLamp.\n## Article 1\n## Article 2\nOil.\n"
    with pytest.raises(BadInput) as caught:
        read_treaty(text, "x.md")
    assert [fault.place for fault in caught.value.faults] == ["4", "4"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("UNTOC", 41),
        ("TIP", 20),
        ("SOM", 25),
        ("FP", 21),
        ("UNCAC", 71),
        ("TD88", 34),
        ("FINANCING", 28),
        ("BOMBINGS", 24),
    ],
)
def test_real_texts_are_read_whole(shared: Path, code: str, count: int) -> None:
    treaty = read_treaty((shared / "instruments" / "texts" / f"{code}.md").read_text(encoding="utf-8"), f"{code}.md")
    assert treaty.instrument == code
    assert Counter(article.language for article in treaty.articles) == {"en": count, "nl": count}
    english = [article.number for article in treaty.articles if article.language == "en"]
    assert english == [str(number) for number in range(1, count + 1)]
