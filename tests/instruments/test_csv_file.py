"""Reading a CSV of actions: what is wrong is named with file, line, column, value and what was expected."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence.errors import BadInput, UnknownName
from comity.instruments.actions.action import ActionType
from comity.instruments.actions.csv_file import HEADINGS, looks_like, read_actions

TODAY = date(2026, 11, 23)
NAMES = {"076": "076", "BRA": "076", "Brazil": "076", "250": "250", "France": "250", "EU": "EU"}
HEAD = "instrument,participant,participant_name,action,date\n"
ROW = "UNTOC,076,,ratification,2004-01-29\n"


def resolve(text, on):
    if text not in NAMES:
        raise UnknownName(text, "the name or code of a State or area", ["Brazil", "France"])
    return NAMES[text]


@pytest.fixture(scope="session")
def read(treaty):
    """Reads a text as a file of actions against a register of one convention."""

    def reading(text: str | bytes):
        return read_actions(
            "new.csv",
            text if isinstance(text, bytes) else text.encode(),
            instruments={"UNTOC": treaty()},
            resolve=resolve,
            name_of=lambda code, _day: f"name of {code}",
            organizations=frozenset({"EU"}),
            today=TODAY,
        )

    return reading


def errors(found):
    return [(finding.place, finding.value) for finding in found.findings if finding.rejected]


def test_a_participant_is_known_by_code_iso_code_or_name(read):
    found = read(
        HEAD
        + "UNTOC,076,,ratification,2004-01-29\nUNTOC,BRA,,signature,2000-12-12\nUNTOC,,France,accession,2004-01-29\n"
    )
    assert [(item.line, item.action.participant) for item in found.actions] == [(2, "076"), (3, "076"), (4, "250")]
    assert [item.action.participant_name for item in found.actions] == ["name of 076", "name of 076", "France"]
    assert found.findings == []


def test_comments_before_the_headings_describe_the_source(read):
    found = read("# publisher: Ministry\n# published: 2020-02-01\n# complete-through: 2020-01-31\n# else\n" + HEAD)
    assert (found.publisher, found.published, found.complete_through) == (
        "Ministry",
        date(2020, 2, 1),
        date(2020, 1, 31),
    )
    assert found.details["complete-through"].line == 3
    assert found.rows == 0


@pytest.mark.parametrize(
    "above",
    [
        "# Publisher: Ministry\n# PUBLISHED: 2020-02-01\n# Complete-Through : 2020-01-31\n",
        '"# publisher: Ministry",,,,\n# published: 2020-02-01,,,,\n# complete-through: 2020-01-31,,,,\n',
        "\n# publisher: Ministry\n\n# published: 2020-02-01\n# complete-through: 2020-01-31\n\n",
        "\ufeff\ufeff# publisher: Ministry\n# published: 2020-02-01\n# complete-through: 2020-01-31\n",
        "\n\ufeff\n# publisher: Ministry\n# published: 2020-02-01\n# complete-through: 2020-01-31\n",
    ],
)
def test_comments_are_read_as_spreadsheet_programs_and_joined_files_leave_them(read, above):
    found = read(above + HEAD + ROW)
    assert (found.publisher, found.published, found.complete_through) == (
        "Ministry",
        date(2020, 2, 1),
        date(2020, 1, 31),
    )
    line = found.details["complete-through"].line
    assert found.details["complete-through"].statement == above.splitlines()[line - 1]
    assert [read.line for read in found.actions] == [len(above.splitlines()) + 2]
    assert found.findings == []


@pytest.mark.parametrize(
    ("comments", "faults"),
    [
        ("# complete-through: 2099-12-31", [("1", "2099-12-31", "today, 2026-11-23")]),
        ("# complete-through: 2026-11-24", [("1", "2026-11-24", "today, 2026-11-23")]),
        ("# published: 2020-02-01\n# complete-through: 2020-02-02", [("2", "2020-02-02", "publication, 2020-02-01")]),
        ("# published: 2026-11-24", [("1", "2026-11-24", "not in the future")]),
        ("# published: 2017-07-12\n# published: 2018-07-12", [("2", "2018-07-12", "already on line 1")]),
        ("# complete-through: 2016-01-01\n# Complete-through: 2025-01-01", [("2", "2025-01-01", "already on line 1")]),
        (
            "# published: yesterday\n# complete-through: 1 January 2026",
            [("1", "yesterday", "YYYY-MM-DD"), ("2", "1 January 2026", "YYYY-MM-DD")],
        ),
    ],
)
def test_a_comment_that_says_of_the_source_what_cannot_be_is_refused_with_its_line(read, comments, faults):
    with pytest.raises(BadInput) as refused:
        read(comments + "\n" + HEAD + ROW)
    assert [(fault.file, fault.place, fault.value) for fault in refused.value.faults] == [
        ("new.csv", place, value) for place, value, _expected in faults
    ]
    for fault, (_place, _value, expected) in zip(refused.value.faults, faults, strict=True):
        assert expected in fault.expected


def test_a_file_may_be_published_today_and_complete_through_that_day(read):
    found = read("# published: 2026-11-23\n# complete-through: 2026-11-23\n" + HEAD + ROW)
    assert (found.published, found.complete_through, found.findings) == (TODAY, TODAY, [])


@pytest.mark.parametrize(
    "comment",
    [
        "published on: 2017-07-12",
        "Publication date: 2017-07-12",
        "pubished: 2017-07-12",
        "published 2017-07-12",
        "complete through: 2017-07-11",
        "complete_through=2017-07-11",
        "Published by UNTC",
        "publisher",
    ],
)
def test_a_comment_that_looks_like_one_that_is_read_is_doubted(read, comment):
    found = read(f"# source: depositary\n# {comment}\n" + HEAD + ROW)
    [finding] = found.findings
    assert (finding.rule, finding.severity, finding.place, finding.value) == ("comment", "warning", "2", comment)
    assert "# published:" in finding.expected
    assert (found.details, len(found.actions)) == ({}, 1)


@pytest.mark.parametrize(
    "comment",
    ["note: as published", "title: Actions", "", "2017", "This table of actions was published by the ministry in 2017"],
)
def test_any_other_comment_is_left_alone(read, comment):
    assert read(f"# {comment}\n" + HEAD + ROW).findings == []


def test_the_longer_layout_is_read_whole(read):
    row = (
        "UNTOC,076,Brazil,reservation,2004-01-29,,,,35,Not bound by paragraph 2,C.N.104.2004.TREATIES-2,"
        "by the depositary,high,sourced,the notification itself"
    )
    action = read(",".join(HEADINGS) + "\n" + row + "\n").actions[0].action
    assert action.type is ActionType.RESERVATION
    assert (action.article, action.text, action.notification) == (
        "35",
        "Not bound by paragraph 2",
        "C.N.104.2004.TREATIES-2",
    )


def test_a_regional_organization_is_marked_as_one(read):
    assert read(HEAD + "UNTOC,EU,,approval,2004-05-21\n").actions[0].action.organization


@pytest.mark.parametrize(
    ("row", "place", "value", "expected"),
    [
        ("UNTOC,Brasil,,ratification,2004-01-29", "2:participant", "Brasil", "Brazil"),
        ("UNTOK,076,,ratification,2004-01-29", "2:instrument", "UNTOK", "UNTOC"),
        ("UNTOC,076,,ratificaton,2004-01-29", "2:action", "ratificaton", "ratification"),
        ("UNTOC,076,,ratification,2013-02-30", "2:date", "2013-02-30", "YYYY-MM-DD"),
        ("UNTOC,076,,ratification,29 January 2004", "2:date", "29 January 2004", "YYYY-MM-DD"),
        ("UNTOC,076,,ratification,2004-W05-4", "2:date", "2004-W05-4", "YYYY-MM-DD"),
        ("UNTOC,076,,ratification,", "2:date", "", "YYYY-MM-DD"),
        ("UNTOC,076,,signature,2000-11-14", "2:date", "2000-11-14", "2000-11-15"),
        ("UNTOC,076,,ratification,2026-11-24", "2:date", "2026-11-24", "2026-11-23"),
        ("UNTOC,076,France,ratification,2004-01-29", "2:participant_name", "France", "076"),
        ("UNTOC,076,,ratification,2004-01-29,more", "2", "more", "last heading"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place_and_what_was_expected(read, row, place, value, expected):
    found = read(HEAD + row + "\n")
    [finding] = [finding for finding in found.findings if finding.rejected]
    assert (finding.file, finding.place, finding.value) == ("new.csv", place, value)
    assert expected in finding.expected
    assert found.actions == []
    assert (found.rows, found.rejected) == (1, 1)


def test_an_effective_date_before_the_deposit_is_refused_but_for_a_succession(read):
    head = "instrument,participant,action,date,effective\n"
    assert errors(read(head + "UNTOC,076,ratification,2004-01-29,2004-01-01\n")) == [("2:effective", "2004-01-01")]
    assert errors(read(head + "UNTOC,076,succession,2006-10-23,2006-06-03\n")) == []
    assert errors(read(head + "UNTOC,076,succession,2006-10-23,June\n")) == [("2:effective", "June")]


def test_all_faults_of_all_rows_are_named_at_once(read):
    found = read(HEAD + "UNTOC,Brasil,,ratified,2004-01-29\nUNTOC,076,,ratification,2004-01-32\n")
    assert [place for place, _value in errors(found)] == ["2:action", "2:participant", "3:date"]
    assert found.rejected == 2


def test_a_repeated_row_is_refused_and_says_where_it_stands_already(read):
    row = "UNTOC,076,,ratification,2004-01-29\n"
    found = read(HEAD + row + row)
    assert errors(found) == [("3", "UNTOC, 076, ratification, 2004-01-29")]
    assert "line 2" in found.findings[0].expected


def test_a_name_of_its_day_that_nobody_knows_is_doubted_where_the_code_is_sound(read):
    found = read(HEAD + "UNTOC,076,Empire of Brazil,ratification,2004-01-29\n")
    assert [(finding.severity, finding.place) for finding in found.findings] == [("warning", "2:participant_name")]
    assert len(found.actions) == 1


@pytest.mark.parametrize(
    ("data", "place", "expected"),
    [
        (b"instrument,participant,date\nUNTOC,076,2004-01-29\n", "1", "missing: action"),
        (b"My actions\ninstrument,participant,action,date\n", "1", "nothing above the headings"),
        (b"# note\ninstrument,participant,action,date,colour\n", "2", "each heading once"),
        (b"instrument,participant,action,date,date\n", "1", "each heading once"),
        ((HEAD + "UNTOC,384,Côte d'Ivoire,ratification,2012-10-25\n").encode("latin-1"), "2", "UTF-8"),
        (
            (HEAD + 'UNTOC,076,"Brazil,ratification,2004-01-29\nUNTOC,250,,accession,2004-01-29\n').encode(),
            "2",
            "quotes",
        ),
        ((HEAD + "UNTOC,076\0,,ratification,2004-01-29\n").encode(), "2", "null"),
        (b"# published: yesterday\ninstrument,participant,action,date\n", "1", "YYYY-MM-DD"),
    ],
)
def test_a_file_that_is_no_table_of_actions_is_refused_whole(read, data, place, expected):
    assert looks_like(data)
    with pytest.raises(BadInput) as refused:
        read(data)
    [fault] = refused.value.faults
    assert (fault.file, fault.place) == ("new.csv", place)
    assert expected in fault.expected


@pytest.mark.parametrize(
    "data",
    [(HEAD + ROW).encode("utf-16"), (HEAD + ROW).replace(",", ";").encode(), (HEAD + ROW).replace("\n", "\r").encode()],
)
def test_a_table_of_actions_is_read_however_its_cells_and_lines_are_parted(read, data):
    assert [one.action.participant for one in read(data).actions] == ["076"]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"The General Assembly,\n", b"area,scheme,value,date\n"])
def test_another_file_is_not_taken_for_actions(data):
    assert not looks_like(data)


CELLS = st.one_of(
    st.sampled_from(["UNTOC", "076", "Brazil", "ratification", "2004-01-29", "2013-02-30", "", '"', "\n", "#"]),
    st.text(max_size=12),
)


@settings(max_examples=examples(200))
@given(st.lists(st.lists(CELLS, min_size=3, max_size=6), max_size=8))
def test_whatever_the_rows_hold_each_is_read_or_rejected(read, rows):
    text = HEAD + "".join(",".join(row) + "\n" for row in rows)
    try:
        found = read(text.encode("utf-8", "surrogatepass"))
    except BadInput:
        return
    assert found.rows == len(found.actions) + found.rejected


@given(st.binary(max_size=200))
def test_recognising_never_raises(data):
    looks_like(data)
    looks_like(HEAD.encode() + data)


@settings(max_examples=examples(100))
@given(st.binary(max_size=60))
def test_any_bytes_after_the_headings_are_read_or_refused(read, data):
    try:
        found = read(HEAD.encode() + data)
    except BadInput:
        return
    assert found.rows == len(found.actions) + found.rejected


def test_no_action_comes_after_the_publication_of_its_file(read):
    found = read("# published: 2004-01-28\n" + HEAD + ROW)
    assert errors(found) == [("3:date", "2004-01-29")]
    assert read("# published: 2004-01-29\n" + HEAD + ROW).findings == []


def test_a_quotation_mark_that_takes_in_rows_is_refused(read):
    head = "instrument,participant,action,date,text\n"
    swallowed = (
        'UNTOC,076,reservation,2004-01-29,"not bound by\nUNTOC,250,accession,2004-01-29,\nUNTOC,EU,signature,"\n'
    )
    with pytest.raises(BadInput) as refused:
        read(head + swallowed)
    assert refused.value.faults[0].place == "2"
    assert "takes in the rows below" in refused.value.faults[0].expected
    for row in (
        'UNTOC,076,reservation,2004-01-29,"no\nUNTOC,250,accession,17 June 2016,"\n',
        'UNTOC,"Brazil\nUNTOC",accession,,\n',
    ):
        with pytest.raises(BadInput, match="takes in the rows below"):
            read(head + row)
    words = 'UNTOC,076,reservation,2004-01-29,"not bound by\nUNTOC, article 35, as declared, on 2004-01-29"\n'
    assert len(read(head + words).actions) == 1


@pytest.mark.parametrize(
    "comment",
    [
        *("Status as at: 2016-03-01", "STATUS AS AT: 04-05-2024", "last updated: 2016-03-01", "issued: 2016-03-01"),
        *("publié : 2016-03-01", "Опубликовано: 2016-03-01", "发布日期：2016-03-01", "تاريخ النشر: 2016-03-01"),
        *("publisher: UNTC; published: 2018-01-01", "Date: 2018-03-01"),
    ],
)
def test_a_comment_that_seems_to_date_the_file_is_doubted(read, comment):
    found = read(f"# {comment}\n" + HEAD + ROW)
    assert [(finding.rule, finding.severity, finding.place) for finding in found.findings] == [
        ("comment", "warning", "1")
    ]


def test_headings_may_stand_in_capitals(read):
    assert len(read(HEAD.upper() + ROW).actions) == 1
