from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import BadInput
from comity.reports.source.references import BlockReference, FigureReference, Words, resolve
from comity.reports.source.report_source import read_source

FRONT = "---\ntitle: T\nlanguage: en\n---\n"
DATES = {"on": date(2014, 7, 10), "resolution": date(2012, 12, 20)}


def faults(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(BadInput) as raised:
        read_source(text, "r.md")
    return [(fault.file, fault.place, fault.value) for fault in raised.value.faults]


def test_a_figure_reference_knows_its_formats_and_line():
    source = read_source(FRONT + "One\n\ntwo {{ parties.UNTOC.@on | words | capital }} three", "r.md")
    assert list(source.references()) == [
        FigureReference(7, "parties.UNTOC.@on", ("words", "capital"), "{{ parties.UNTOC.@on | words | capital }}")
    ]


def test_a_block_has_options_in_quotes():
    source = read_source(FRONT + '{{chart parties.X caption="Parties, 2000 to @on" column="X"}}\n', "r.md")
    (block,) = source.references()
    assert isinstance(block, BlockReference)
    assert (block.kind, block.target, block.options) == (
        "chart",
        "parties.X",
        {"caption": "Parties, 2000 to @on", "column": "X"},
    )


def test_a_block_within_a_sentence_is_refused():
    assert faults(FRONT + "See {{sources}} here.") == [("r.md", "5", "{{sources}}")]


def test_unclosed_braces_are_named_with_their_line():
    assert faults(FRONT + "Well.\n\nThe {{parties.UNTOC parties\n\nand {{states.UNTOC}}.") == [
        ("r.md", "7", "{{parties.UNTOC parties")
    ]


def test_every_fault_is_named_and_not_only_the_first():
    assert [place for _file, place, _value in faults(FRONT + "{{a b}}\n\n{{}}\n\n{{c")] == ["5", "7", "9"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("no front matter", "1"),
        ("---\ntitle: [\n---\n", "3"),
        ("---\nlanguage: en\n---\n", "1"),
        ("---\ntitle: T\nlanguage: en\ndates:\n  resolution: December\n---\n", "5"),
        ("---\ntitle: T\nlanguage: en\ndates:\n  resolution: 2012-13-20\n---\n", "5"),
    ],
)
def test_faulty_front_matter_is_named_with_its_line(text, place):
    assert faults(text)[0][1] == place


def test_braces_can_be_written_with_a_backslash():
    source = read_source(FRONT + "Write \\{{id}} for a figure.", "r.md")
    assert list(source.references()) == []


def test_named_dates_are_put_into_an_id():
    assert resolve("joined.UNTOC.@resolution.@on", DATES, file="r.md", line=1) == "joined.UNTOC.2012-12-20.2014-07-10"
    assert resolve("x.@on-year.@on", DATES, file="r.md", line=1) == "x.2014.2014-07-10"


def test_an_unknown_date_is_answered_with_the_nearest():
    with pytest.raises(BadInput, match=r"r\.md, 9.*@resolution"):
        resolve("parties.UNTOC.@resolutoin", DATES, file="r.md", line=9)


@given(st.text())
def test_any_body_is_read_or_refused_with_a_line_that_exists(body):
    text = FRONT + body
    try:
        source = read_source(text, "r.md")
    except BadInput as error:
        assert all(1 <= int(fault.place) <= text.count("\n") + 1 for fault in error.faults)
    else:
        read = "".join(piece.text for piece in source.pieces)
        assert read == body


@given(st.lists(st.sampled_from(["word ", "{{a.b}}", "\n\n", "{{c|words}}", "\\{{ "])))
def test_every_piece_stands_on_the_line_it_says(parts):
    text = FRONT + "".join(parts)
    for piece in read_source(text, "r.md").pieces:
        line = text.split("\n")[piece.line - 1]
        first = piece.text.split("\n")[0]
        assert first in line
        assert isinstance(piece, Words) or piece.text in line


def test_a_language_that_there_is_not_is_refused_with_its_line():
    assert faults("---\ntitle: T\nlanguage: tlh\n---\nText") == [("r.md", "3", "tlh")]
