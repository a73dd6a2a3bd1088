from datetime import date

import pytest

from comity.evidence.errors import BadInput
from comity.reports import pandoc
from comity.reports.composing.compose import compose
from comity.reports.composing.naming import Names
from comity.reports.source import elements
from comity.reports.source.report_source import read_source

FRONT = "---\ntitle: T\nlanguage: en\ndates:\n  resolution: 2012-12-20\n---\n"
ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


def composed(body: str):
    return compose(read_source(FRONT + body, "r.md"), ON, AS_AT, names=Names())


def refusal(body: str) -> list[str]:
    with pytest.raises(BadInput) as raised:
        composed(body)
    return [str(fault) for fault in raised.value.faults]


def test_prose_prints_the_figure_that_it_refers_to():
    document = composed("# A\n\nThere were {{parties.UNTOC.@resolution}} parties.")
    assert [(use.figure, use.text, use.line) for use in document.uses] == [("parties.UNTOC.2012-12-20", "173", 9)]


def test_an_unknown_method_is_answered_with_line_and_nearest():
    (fault,) = refusal("\n\nThere were {{partys.UNTOC.@on}}.")
    assert fault.startswith("r.md, 9: found “partys.UNTOC.2014-07-10”")
    assert "parties" in fault


def test_an_unknown_instrument_is_answered_with_line_and_nearest():
    (fault,) = refusal("There were {{parties.UNTOCC.@on}}.")
    assert fault.startswith("r.md, 7: found “parties.UNTOCC.2014-07-10”")
    assert "UNTOC" in fault


def test_an_unknown_format_is_answered_with_the_nearest():
    (fault,) = refusal("There were {{parties.UNTOC.@on|wrods}}.")
    assert "r.md, 7: found “|wrods”" in fault
    assert "words" in fault


def test_an_unknown_cell_is_answered_with_the_nearest():
    (fault,) = refusal("{{parties-by-group.UNTOC.@on#afrika.parties}}")
    assert "africa" in fault


def test_a_whole_table_cannot_stand_in_a_sentence():
    (fault,) = refusal("There {{parties-by-group.UNTOC.@on}} are.")
    assert "one cell of the table" in fault


def test_a_table_without_rows_says_that_nothing_is_held():
    document = composed('{{table trends.homicide.homicide-rate.1900.1901 rows="area" columns="slope" caption="T"}}')
    assert "No data are held." in elements.words_of(document.blocks)


def test_columns_are_printed_in_the_formats_that_are_asked_for():
    document = composed('{{table parties-by-group.UNTOC.@on rows="group" columns="parties" formats="parties:words"}}')
    numbers = {use.figure.rpartition("#")[2]: use.text for use in document.uses}
    assert numbers["none.parties"] in ("none", "zero", "one", "two", "three", "four")


def test_a_format_of_no_column_is_answered_with_the_nearest():
    (fault,) = refusal('{{table parties-by-group.UNTOC.@on formats="partys:words"}}')
    assert "parties" in fault


def test_faults_are_given_together_in_the_order_of_the_source():
    assert [fault.split(":")[0] for fault in refusal("{{x.y}} of 12\n\n{{parties.UNTOC}}\n\n{{chart nothing.X}}")] == [
        "r.md, 7",
        "r.md, 7",
        "r.md, 9",
        "r.md, 11",
    ]


def test_paragraphs_are_numbered_through_and_headings_by_level():
    document = composed(
        "# First\n\nOne.\n\n## Under\n\nTwo.\n\n## Next\n\n# Second\n\nThree.\n\n# Last {.annex}\n\nNot."
    )
    *body, annexes = document.blocks
    assert [block["c"][0][2][0][1] for block in body if block["t"] == "Div"] == ["1", "2", "3"]
    assert (annexes["c"][0][1], [block["t"] for block in annexes["c"][1]]) == (["landscape"], ["Header", "Para"])
    assert [(section.number, section.title, section.paragraphs) for section in document.sections] == [
        ("I.", "First", (1, 2)),
        ("A.", "Under", (2,)),
        ("B.", "Next", ()),
        ("II.", "Second", (3,)),
        ("Annex I", "Last", ()),
    ]


def test_a_table_is_referred_to_by_its_number_wherever_it_stands():
    table = '{{table parties-by-group.UNTOC.@on name="by-group" rows="group"}}'
    document = composed(
        f"# A\n\n{{{{see by-group|capital}}}} and {{{{see who-else}}}}.\n\n{table}\n\n# Who else\n\nThey."
    )
    assert "Table 1 and section II." in elements.words_of(document.blocks)


def test_a_reference_to_no_table_is_answered_with_line_and_nearest():
    (fault,) = refusal("# Aims\n\nSee {{see aim}}.")
    assert fault.startswith("r.md, 9: found “aim”")
    assert "aims" in fault


def test_a_value_is_never_read_as_markdown():
    names = Names(areas={"004": "*Afghan*istan [x](y)"})
    source = '{{names not-party-list.TIP.@on rows="area" by="group"}}\n'
    document = compose(read_source(FRONT + source, "r.md"), ON, AS_AT, names=names)
    assert "*Afghan*istan [x](y)" in elements.words_of(document.blocks)


def test_each_of_the_forty_one_paragraphs_has_a_line():
    document = composed("# A\n\n{{parties.UNTOC.@on}}\n\n{{evidence A/RES/67/189}}")
    (division,) = (block for block in document.blocks if block["t"] == "Div" and "evidence" in block["c"][0][1])
    rows = division["c"][1][0]["c"][4][0][3]
    assert [elements.words_of(row[1][0][4]) for row in rows] == [str(number) for number in range(1, 42)]
    assert "179" in elements.words_of(rows[2][1][2][4])
    assert "No evidence held yet." in elements.words_of(rows[22][1][2][4])
    assert "Number of data sets that are held" in elements.words_of(rows[20][1][2][4])


def test_pandoc_reads_no_html_and_no_commands_from_a_source():
    (block,) = pandoc.read_markdown("A <script>x</script> \\input{y}")
    assert "RawInline" not in str(block)
