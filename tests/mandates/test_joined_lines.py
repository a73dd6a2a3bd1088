"""Lines put together to paragraphs: divided words, symbols cut at their stroke, points, numbers put in later."""

import pytest

from comity.evidence.errors import BadInput
from comity.mandates.reading.export.joined_lines import join_lines
from comity.mandates.reading.reader import read
from comity.mandates.resolution import Resolution

HEAD = "A/RES/145/9\n\n145/9. Lamps\n\nThe General Assembly,\n\nRecalling its resolution 144/3 of 14 March 2090,\n\n"


def reading(body: str, head: str = HEAD) -> Resolution:
    return read(head + body, "x.txt")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("crime pre-", "vention", "crime prevention"),
        ("all re-", "lated lamps", "all related lamps"),
        ("techni-", "cal", "technical"),
        ("inter-", "national", "international"),
        ("co-", "operation", "cooperation"),
        ("human-", "itarian", "humanitarian"),
        ("part-", "nership", "partnership"),
        ("under-", "standing", "understanding"),
        ("follow-", "ing", "following"),
        ("seven-", "teenth", "seventeenth"),
        ("pre-", "trial", "pre-trial"),
        ("re-", "establish", "re-establish"),
        ("inter-", "agency", "inter-agency"),
        ("co-", "chairs", "co-chairs"),
        ("non-", "custodial", "non-custodial"),
        ("drug-", "related", "drug-related"),
        ("counter-", "terrorism", "counter-terrorism"),
        ("Secretary-", "General", "Secretary-General"),
        ("twenty-", "fifth", "twenty-fifth"),
        ("short-", "and long-term", "short- and long-term"),
        ("CRIME PREVEN-", "TION", "CRIME PREVENTION"),
        ("SECRETARY-", "GENERAL", "SECRETARY-GENERAL"),
        ("NON-", "PROLIFERATION", "NON-PROLIFERATION"),
        ("man-", "made", "man-made"),
        ("in-", "dependent", "independent"),
        ("up-", "to-date", "up-to-date"),
        ("COVID-", "19", "COVID-19"),
        ("the 12-", "month plan", "the 12-month plan"),
        ("2090-", "2095", "2090-2095"),
        ("resolution 68/", "193 of", "resolution 68/193 of"),
        ("E/CN.15/", "2014/5", "E/CN.15/2014/5"),
        ("and/", "or", "and/or"),
        ("oil /", "wicks", "oil / wicks"),
    ],
)
def test_what_the_end_of_a_line_divides_is_made_whole(first: str, second: str, whole: str) -> None:
    assert join_lines([first, second]) == whole


def test_divided_words_are_whole_in_titles_headings_and_references() -> None:
    head = HEAD.replace("145/9. Lamps", "145/9. Oil and its techni-\ncal uses")
    found = reading("1. Recalls resolution 68/\n193 of 18 December 2013;\n\n2. Urges States to act.\n", head)
    assert found.title == "Oil and its technical uses"
    assert [one.text for one in found.operative[0].references] == ["68/193"]
    assert not found.notices


# Points

CHAPEAU = "1. Requests the Secretary-General to give the Board of Lamps oil enough for"
END = "\n\n2. Decides to end.\n"


@pytest.mark.parametrize("marks", ["(a) (b) (c)", "(i) (ii) (iii)", "(1) (2) (3)"])
def test_a_first_point_without_a_colon_above_it_is_a_point(marks: str) -> None:
    points = ["the lamps of harbours;", "the lamps of rivers; and", "all of the bells."]
    listed = "\n".join(f"{mark} {text}" for mark, text in zip(marks.split(), points, strict=True))
    first = reading(f"{CHAPEAU}\n{listed}{END}").operative[0]
    assert first.text == CHAPEAU.removeprefix("1. ")
    assert [(point.mark, point.text) for point in first.points] == list(zip(marks.split(), points, strict=True))


@pytest.mark.parametrize("place", ["paragraph 3", "article 5, paragraph", "section II of resolution 144/3"])
def test_a_place_in_another_text_that_begins_a_line_is_no_point(place: str) -> None:
    text = f"1. Requests the Secretary-General to act in accordance with {place}\n(a) of the Code of Lamps;{END}"
    first = reading(text).operative[0]
    assert first.points == ()
    assert first.text.endswith(f"{place} (a) of the Code of Lamps;")


def test_a_list_without_its_first_point_is_named_with_its_line() -> None:
    found = reading(f"{CHAPEAU} paragraph 3\n(a) of the Code;\n(b) the treatment of wicks;{END}")
    assert [point.mark for point in found.operative[0].points] == ["(b)"]
    assert any("line 11" in notice and "(b)" in notice for notice in found.notices)


# Numbers put in later


@pytest.mark.parametrize("number", ["1 bis.", "1bis.", "1 (bis).", "1. bis", "1 BIS.", "1 bis"])
def test_a_paragraph_put_in_later_is_one_of_its_own(number: str) -> None:
    found = reading(f"1. Requests oil;\n\n{number} Invites donors to give it;\n\n2. Decides to end.\n")
    assert [(one.id, one.number, one.suffix) for one in found.operative] == [
        ("A/RES/145/9#op1", 1, ""),
        ("A/RES/145/9#op1bis", 1, "bis"),
        ("A/RES/145/9#op2", 2, ""),
    ]
    assert found.operative[1].addressees == ("donors",)
    assert not found.notices


def test_several_paragraphs_put_in_at_one_place_follow_each_other() -> None:
    found = reading("1. Requests oil;\n\n1 bis. Requests wicks;\n\n1 ter. Requests bells;\n\n2. Decides to end.\n")
    assert [one.printed for one in found.operative] == ["1", "1 bis", "1 ter", "2"]


@pytest.mark.parametrize(
    ("number", "place", "suffix", "printed"),
    [
        ("1a.", "op1a", "a", "1a"),
        ("1a)", "op1a", "a", "1a"),
        ("1A", "op1A", "A", "1A"),
        ("1.1", "op1.1", ".1", "1.1"),
        ("1.1.", "op1.1", ".1", "1.1"),
    ],
)
def test_a_sub_numbered_paragraph_is_one_of_its_own(number: str, place: str, suffix: str, printed: str) -> None:
    found = reading(f"1. Requests oil;\n\n{number} Invites donors to give it;\n\n2. Decides to end.\n")
    assert [one.id.partition("#")[2] for one in found.operative] == ["op1", place, "op2"]
    one = found.operative[1]
    assert (one.number, one.suffix, one.printed, one.text) == (1, suffix, printed, "Invites donors to give it;")
    assert one.addressees == ("donors",)
    assert not found.notices


def test_sub_numbers_follow_each_other() -> None:
    body = (
        "1. Requests oil;\n\n1.1 Invites donors;\n\n1.2 Urges States;\n\n1.10 Calls upon States;\n\n2. Notes oil;\n\n"
    )
    found = reading(body + "2a. Requests wicks;\n\n2b. Requests bells;\n\n3. Decides to end.\n")
    assert [one.printed for one in found.operative] == ["1", "1.1", "1.2", "1.10", "2", "2a", "2b", "3"]


@pytest.mark.parametrize(
    "wrong", ["2a. Requests bells", "1b. Requests wicks;\n\n1a. Requests bells", "2.1 Requests bells"]
)
def test_a_sub_number_out_of_its_place_is_refused_with_its_words(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        reading(f"1. Requests oil;\n\n{wrong};\n\n2. Decides to end.\n")
    assert wrong.rpartition("\n")[2].replace("2.1 ", "2.1. ") in refused.value.faults[0].value


@pytest.mark.parametrize(
    "line", ["1.1 million lamps,", "1a. of the Code,", "1.1 requests for oil,", "1st Requests for oil,"]
)
def test_a_line_that_begins_with_such_a_number_and_no_verb_goes_on(line: str) -> None:
    found = reading(f"1. Requests the Board to see to these:\n{line}\nand others;\n\n2. Decides to end.\n")
    assert [one.printed for one in found.operative] == ["1", "2"]


def test_a_point_put_in_later_is_a_point() -> None:
    found = reading("1. Invites States:\n\n(a) To help;\n\n(a bis) To act;\n\n(b) To rest;\n\n2. Decides to end.\n")
    assert [point.mark for point in found.operative[0].points] == ["(a)", "(a bis)", "(b)"]


def test_words_that_only_speak_of_such_a_paragraph_begin_none() -> None:
    found = reading("1. Requests the Board to act in accordance with\n3 bis. of the Code;\n\n2. Decides to end.\n")
    assert [one.printed for one in found.operative] == ["1", "2"]


@pytest.mark.parametrize("wrong", ["1. Requests wicks;\n\n1 bis", "1 bis. Requests wicks;\n\n1 bis", "3 bis"])
def test_a_paragraph_put_in_out_of_its_place_is_refused_with_its_line(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        reading(f"1. Requests oil;\n\n{wrong}. Requests bells;\n\n2. Decides to end.\n")
    assert refused.value.faults[-1].place in {"11", "13"}


def test_numbers_that_begin_again_are_refused_as_such() -> None:
    with pytest.raises(BadInput, match="the numbers begin again"):
        reading("1. Requests oil.\n\nA\n\nNoting bells,\n\n1. Requests bells.\n")


@pytest.mark.parametrize("heading", ["A\n\nBells", "II\n\nBells", "II", "Bells and ropes"])
def test_sections_that_each_begin_at_one_are_refused_and_not_read_into_each_other(heading: str) -> None:
    with pytest.raises(BadInput, match=r"found “1\. Requests bells.*the numbers begin again"):
        reading(f"1. Requests oil.\n\n{heading}\n\n1. Requests bells.\n")
    whole = reading(f"1. Requests oil.\n\n{heading}\n\n2. Requests bells.\n")
    assert [one.text for one in whole.operative] == ["Requests oil.", "Requests bells."]


@pytest.mark.parametrize("end", ["2. Decides to end.\n", "2. Requests bells;\n\n3. Decides to end.\n"])
def test_a_paragraph_without_number_between_numbered_ones_is_not_read_into_another(end: str) -> None:
    with pytest.raises(BadInput, match=r"found “Urges States to act;”, expected a number before this paragraph"):
        reading(f"1. Requests oil;\n\nUrges States to act;\n\n{end}")


def test_a_line_below_the_end_of_a_paragraph_that_may_be_one_is_named() -> None:
    found = reading("1. Requests oil;\nLamps are lit at night;\n2. Decides to end.\n", HEAD.replace("\n\n", "\n"))
    assert found.operative[0].text == "Requests oil; Lamps are lit at night;"
    assert found.notices == ("Line 6 has no number, and was read as more of paragraph 1 above it.",)


def test_a_paragraph_without_number_where_one_is_missing_has_it() -> None:
    found = reading("1. Requests oil;\n\nUrges States to act;\n\n3. Decides to end.\n")
    assert [one.number for one in found.operative] == [1, 2, 3]


@pytest.mark.parametrize(
    "vote",
    [
        "Adopted at the 54th plenary meeting by a recorded vote of 140 to 2, with 30 abstentions.",
        "The draft resolution was adopted by 140 votes to 2.\nIn favour: Italy, Peru\nThailand\nAgainst: none",
        "Recorded vote: 140-2-30",
        "[Adopted without a vote]",
    ],
)
@pytest.mark.parametrize("closing", ["", "7th plenary meeting\n20 December 2090\n"])
def test_a_line_on_the_vote_is_no_part_of_the_last_paragraph(vote: str, closing: str) -> None:
    found = reading(f"1. Requests oil;\n2. Decides to end.\n{vote}\n{closing}")
    assert found.operative[-1].text == "Decides to end."
    assert [one.text for one in found.residue] == vote.split("\n")
    assert (found.meeting, found.notices) == (closing.partition("\n")[0], ())


@pytest.mark.parametrize("mark", ["({})", "OP{}", "OP {}.", "{})."])
def test_paragraphs_that_are_numbered_otherwise_are_refused_with_the_numbering(mark: str) -> None:
    first, second = mark.format(1), mark.format(2)
    with pytest.raises(BadInput) as refused:
        reading(f"{first} Requests oil;\n{second} Decides to end.\n")
    assert f"“{first} Requests oil;”, expected operative paragraphs numbered “1.”" in str(refused.value)
    with pytest.raises(BadInput, match=r"and not as “I\.”"):
        reading("I. Requests oil;\nII. Decides to end.\n")


def test_a_heading_with_no_paragraph_below_it_is_not_lost() -> None:
    found = reading("1. Requests oil.\n\nWicks and bells\n\n7th plenary meeting\n\n2. Urges States to act.\n")
    assert found.operative[0].text == "Requests oil. Wicks and bells"
