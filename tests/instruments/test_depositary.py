"""Reading status pages of the depositary: what stands on them is read, and nothing else."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from depositary_pages import MONTHS, OLD, Page, cell, noted
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence.errors import BadInput
from comity.instruments.actions.action import ActionType
from comity.instruments.depositary.as_json import as_json
from comity.instruments.depositary.dates import cell_of
from comity.instruments.depositary.headings import column_of
from comity.instruments.depositary.reading import read_page
from comity.instruments.depositary.saved_forms import looks_like

TODAY = date(2026, 11, 23)
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "instruments" / "untc-pages"
HEADINGS = ("Signature", "Provisional application(n)", "Approval(AA), Acceptance(A), Accession(a), Ratification")
ENDED = "On 6 September 2024, the Government of Lithuania notified its withdrawal, with effect from 6 March 2025."
WITHDRAWN = Page(
    mtdsg="XXVI-6",
    headings=HEADINGS,
    rows=[
        ["Andorra", cell(None), cell(None), cell(date(2013, 4, 9), "a")],
        ["Angola", cell(date(2008, 12, 3)), cell(None), cell(None)],
        [
            noted("Lithuania", "3"),
            cell(date(2008, 12, 3), bracketed=True),
            cell(date(2011, 3, 24), "n", bracketed=True),
            cell(date(2011, 3, 24), bracketed=True),
        ],
    ],
    signatories="1",
    parties="1",
    notes=[("3", ENDED)],
)
TWO = Page(
    rows=[
        ["Angola", cell(date(2000, 12, 13)), cell(date(2013, 4, 1))],
        ["Chad", cell(None), cell(date(2009, 8, 18), "a")],
    ],
    signatories="1",
    parties="2",
)


def read(page: Page | bytes, **said):
    return read_page(page if isinstance(page, bytes) else page.bytes(), "page.html", TODAY, **said)


def acts(page):
    return [(one.participant_name, one.type.value, one.date.isoformat(), one.bracketed) for one in page.acts]


def test_each_cell_is_an_act_by_its_column_and_mark():
    found = read(WITHDRAWN)
    assert acts(found) == [
        ("Andorra", "accession", "2013-04-09", False),
        ("Angola", "signature", "2008-12-03", False),
        ("Lithuania", "signature", "2008-12-03", True),
        ("Lithuania", "provisional application", "2011-03-24", True),
        ("Lithuania", "ratification", "2011-03-24", True),
    ]
    assert (found.mtdsg, found.title, found.as_at) == ("XXVI-6", "Convention of tests", date(2026, 2, 3))
    assert (found.signatories, found.parties, found.faults, found.residue) == (1, 1, [], [])
    assert (found.entry_into_force, found.conclusion) == (date(2003, 9, 29), "New York, 15 November 2000")


def test_a_bracket_has_the_day_on_which_its_own_note_says_that_the_withdrawal_took_effect():
    found = as_json(read(WITHDRAWN), {"Lithuania": "440"}.get)
    assert [one["ended"] for one in found["actions"]] == [False, False, "2025-03-06", "2025-03-06", "2025-03-06"]
    assert [one["participant"] for one in found["actions"]] == [None, None, "440", "440", "440"]
    assert {one.withdrawn for one in read(WITHDRAWN).acts if one.bracketed} == {date(2024, 9, 6)}


@pytest.mark.parametrize(
    "note",
    [
        "On 6 September 2024, the Government of Latvia notified its withdrawal, with effect from 6 March 2025.",
        "On 6 September 2024, the Government of Lithuania notified its withdrawal from the Convention.",
        "On 6 September 2024, the Government of Lithuania decided to withdraw the reservation, effective 6 March 2025.",
        "The Government of Lithuania withdrew with effect from 6 March 2025 and for a part effective 8 March 2025.",
        "The Government of Lithuania withdrew, with effect from 6 March 2010.",
        "See note 1 under “Lithuania” in the Historical Information section.",
        "",
    ],
)
def test_a_day_that_a_note_leaves_in_doubt_is_not_taken(note):
    page = Page(**{**vars(WITHDRAWN), "notes": [("3", note)]})
    assert [one["ended"] for one in as_json(read(page), lambda _name: None)["actions"]][2:] == [True, True, True]


@pytest.mark.parametrize(
    ("note", "withdrawn", "ended"),
    [
        (
            "On 17 March 2018, the Government of Lithuania deposited a notification of withdrawal. The action shall "
            "take effect for Lithuania on 17 March 2019 in accordance with article 127 (1).",
            date(2018, 3, 17),
            date(2019, 3, 17),
        ),
        (
            "The Government of Lithuania notified its withdrawal on 27 October 2016. In accordance with article 127, "
            "it took effect for the Republic of Lithuania on 27 October 2017.",
            date(2016, 10, 27),
            date(2017, 10, 27),
        ),
        (
            "By a communication dated 20 October 2016 and received on 27 October 2016, the Government of Lithuania "
            "notified its withdrawal, effective 27 October 2017.",
            date(2016, 10, 27),
            date(2017, 10, 27),
        ),
        (
            "On 6 Setpember 2024, the Government of Lithuania notified its withdrawal, with effect from 6 Marhc 2025.",
            date(2024, 9, 6),
            date(2025, 3, 6),
        ),
    ],
)
def test_the_day_of_a_withdrawal_is_that_of_receipt_and_its_effect_may_stand_in_the_sentence_behind(
    note, withdrawn, ended
):
    found = read(Page(**{**vars(WITHDRAWN), "notes": [("3", note)]}))
    assert {(one.withdrawn, one.ended) for one in found.acts if one.bracketed} == {(withdrawn, ended)}


def test_a_note_that_no_row_names_ends_nothing():
    page = Page(**{**vars(WITHDRAWN), "notes": [("4", ENDED)]})
    assert {one.ended for one in read(page).acts} == {None}


def test_one_note_may_tell_of_the_withdrawals_of_several():
    rows = [
        [noted(name, "2"), cell(None), cell(date(2000 + index, 1, 5), "a", bracketed=True)]
        for index, name in enumerate(("Estonia", "Latvia"))
    ]
    text = (
        "On 27 June 2025, the Government of Estonia deposited its withdrawal, taking effect on 27 December 2025. "
        "On 1 July 2025, the Government of Latvia deposited its withdrawal, which shall take effect on 1 January 2026."
    )
    found = read(Page(rows=rows, notes=[("2", text)]))
    assert [one.ended for one in found.acts] == [date(2025, 12, 27), date(2026, 1, 1)]


def test_the_end_of_a_first_participation_is_the_first_that_a_note_tells_of():
    text = (
        "Estonia acceded on 5 January 2000. On 26 May 2008 the Government of Estonia denounced it with effect from "
        "26 August 2008. On 27 March 2010, the Government of Estonia denounced it again with effect from 27 June 2010."
    )
    rows = [[noted("Estonia", "2"), cell(None), cell(date(2000, 1, 5), "a", bracketed=True)]]
    assert [one.ended for one in read(Page(rows=rows, notes=[("2", text)])).acts] == [date(2008, 8, 26)]


def test_a_succession_to_a_signature_is_a_signature_and_case_tells_marks_apart():
    headings = (
        "Signature, Succession to signature(d)",
        "Ratification, Acceptance(A), Accession(a), Succession(d), Formal confirmation(c)",
    )
    marks = ("", "A", "a", "d", "c")
    rows = [
        [f"State {index}", cell(date(2001, 1, 1), "d"), cell(date(2002, 1, 1), mark)]
        for index, mark in enumerate(marks)
    ]
    found = read(Page(headings=headings, rows=rows, signatories="5", parties="5"))
    assert found.faults == []
    assert {one.type for one in found.acts if one.date.year == 2001} == {ActionType.SUCCESSION_TO_SIGNATURE}
    assert [one.type.value for one in found.acts if one.date.year == 2002] == [
        *("ratification", "acceptance", "accession", "succession", "formal confirmation"),
    ]


def test_a_treaty_without_signature_has_no_number_of_signatories():
    page = Page(
        headings=("Succession(d), Consent to be bound(P)",),
        rows=[["Afghanistan", cell(date(2017, 8, 9), "P")]],
        signatories=None,
        parties="1",
    )
    found = as_json(read(page), lambda _name: None)
    assert (found["signatories"], found["parties"], found["agrees"]) == (None, 1, True)
    assert [one["action"] for one in found["actions"]] == ["consent to be bound"]


def test_note_numbers_are_no_part_of_names_or_totals():
    page = Page(
        rows=[[noted("Lithuania", "3", "4"), cell(None), cell(date(2001, 1, 1), "a")]],
        parties="1.<SUP><A href='#1' class='noteIndex'>1</A>, <A href='#2' class='noteIndex'>2</A></SUP>",
    )
    found = read(page)
    assert (found.parties, found.acts[0].participant_name, found.acts[0].notes) == (1, "Lithuania", ("3", "4"))


def test_declarations_have_kind_date_and_text_and_the_territorial_table_adds_no_participant():
    page = Page(
        rows=TWO.rows,
        signatories="1",
        parties="2",
        declarations=[
            (
                noted("Angola", "2"),
                "<p align=left><i>Reservation:<br></n></i></p>&nbsp;&nbsp;“Not by&nbsp;article 35.<br></n></i></p>"
                "Nor 36.”<br>"
                "<p align=left><i>Declaration:<br></n></i></p>Angola declares.<br>",
            )
        ],
        objections=[
            (
                "Chad",
                "<p align=right>6 August 1999</p></n><p align=left><i>With regard to the reservation made by Angola "
                "upon ratification:<br></n></i></p>Chad objects.<br><p class='boldText'></p>"
                "<p align=right>7 May 2001</p>Again.",
            )
        ],
        notifications=[("", "<b>Yugoslavia (former)<SUP><A href='#1'>1</A></SUP></b><br>")],
        territories=[("United Kingdom", "24 Feb 2014", "Isle of Man"), ("", "1 Mar 2015", "Bermuda")],
        notes=[("2", "An end note.")],
    )
    found = as_json(read(page), lambda name: {"Angola": "024"}.get(name))
    [declaration], [objection] = found["declarations"], found["objections"]
    assert (declaration["participant"], declaration["kind"], declaration["date"]) == (
        "024",
        "Reservation; Declaration",
        None,
    )
    assert declaration["parts"][0] == {
        "kind": "Reservation",
        "date": None,
        "text": "“Not by article 35.\nNor 36.”",
    }
    assert "Angola\n" not in declaration["text"] and declaration["notes"] == ["2"]
    assert [(one["date"], one["text"]) for one in objection["parts"]] == [
        ("1999-08-06", "Chad objects."),
        ("2001-05-07", "Again."),
    ]
    assert objection["date"] == "1999-08-06"
    assert found["notifications"][0]["participant_name"] == "Yugoslavia (former)"
    assert [(one["participant_name"], one["date"], one["text"]) for one in found["territorial"]] == [
        ("United Kingdom", "2014-02-24", "Isle of Man"),
        ("United Kingdom", "2015-03-01", "Bermuda"),
    ]
    assert {one["participant_name"] for one in found["actions"]} == {"Angola", "Chad"}
    assert found["notes"] == [{"number": "2", "text": "An end note."}] and found["agrees"]


def test_an_additional_table_is_kept_as_what_is_not_understood():
    rows = "<tr><td>Participant</td><td>I</td></tr><tr><td>Angola</td><td>x</td></tr>"
    more = f'<table id="{Page.prefix}dgDetail">{rows}</table>'
    found = read(Page(**{**vars(TWO), "more": more}))
    assert [one.text for one in found.residue] == ["Participant | I", "Angola | x"]
    assert len(found.acts) == 3


# ---- the forms in which pages are saved ----


def browsers(html: str) -> str:
    """A page as a browser saves it complete: small tags, a comment of the address, plain line ends."""
    small = re.sub(r"<(/?)(SUP|A)\b", lambda found: f"<{found[1]}{found[2].lower()}", html).replace("\r\n", "\n")
    address = "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XXVI-6&chapter=26&clang=_en"
    small = small.replace("./ViewDetails.aspx", "https://treaties.un.org/Pages/ViewDetails.aspx")
    return small.replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n<!-- saved from url=(0092){address} -->")


def archived(html: str) -> bytes:
    """A page as a browser saves it in one file, MHTML: the first part of a message, in quoted-printable."""
    import quopri

    body = quopri.encodestring(html.encode()).decode("ascii")
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY\r\n"
        "Subject: UNTC\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\t"
        'type="text/html";\r\n\tboundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + body + "\r\n--B--\r\n"
    ).encode()


@pytest.mark.parametrize(
    "form",
    [
        lambda page: browsers(page.html()).encode(),
        lambda page: archived(page.html()),
        lambda page: page.html().encode("utf-16"),
        lambda page: b"\xef\xbb\xbf" + page.bytes(),
        lambda page: page.html().replace("\r\n", "\n").encode(),
        lambda page: page.html().replace(page.prefix, OLD).encode(),
        lambda page: page.html().replace("<td>", "<td >").replace(" id=", " class='x' id=").encode(),
    ],
)
def test_a_page_says_the_same_in_each_form_in_which_it_is_saved(form):
    assert looks_like(form(WITHDRAWN))
    found = read(form(WITHDRAWN))
    assert acts(found) == acts(read(WITHDRAWN))
    assert (found.mtdsg, found.signatories, found.parties, found.faults) == ("XXVI-6", 1, 1, [])
    assert {one.ended for one in found.acts if one.bracketed} == {date(2025, 3, 6)}


XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<Document><Treaty><Template>mtdsg</Template>
<Header><Chapter><Header>CHAPTER XVIII</Header><Name>PENAL MATTERS</Name></Chapter></Header>
<ExternalData><Numsect>15</Numsect><Titlesect>Convention of tests</Titlesect>
<Status><SignatoriesLabel>Signatories</SignatoriesLabel><Signatories>1</Signatories><PartiesLabel>Parties</PartiesLabel>
<Parties>2<superscript>1</superscript></Parties></Status></ExternalData>
<Participants><Table>
<TableHeader><Title>Participant</Title><Title>Signature</Title><Title>Ratification, Accession(a)</Title></TableHeader>
<Row><Entry>Benin <superscript>2</superscript></Entry><Entry>15 Sep 2005</Entry><Entry> 2 Nov 2017</Entry></Row>
<Row><Entry>C\xf4te d'Ivoire</Entry><Entry></Entry><Entry>12 Jul 2021 a</Entry></Row></Table></Participants>
</Treaty></Document>
"""


def test_the_xml_of_a_page_is_read_and_asks_for_the_day_that_it_does_not_bear():
    data = XML.encode("iso-8859-1")
    found = read(data, as_at=date(2026, 2, 3))
    assert (found.mtdsg, found.title, found.faults) == ("XVIII-15", "Convention of tests", [])
    assert acts(found) == [
        ("Benin", "signature", "2005-09-15", False),
        ("Benin", "ratification", "2017-11-02", False),
        ("Côte d'Ivoire", "accession", "2021-07-12", False),
    ]
    assert (found.signatories, found.parties) == (1, 2)
    [fault] = read(data).faults
    assert "--published" in fault.expected


def test_xml_may_have_its_headings_as_a_row_and_the_tags_of_the_page_within_its_texts():
    text = (
        XML.replace("<TableHeader>", "<Row>")
        .replace("</TableHeader>", "</Row>")
        .replace("Benin <superscript>2</superscript>", "Benin &lt;superscript&gt;2&lt;/superscript&gt;")
        .replace(
            "</Treaty>",
            "<Declarations><Declaration><Participant>Benin</Participant><Text>&lt;p align=left&gt;&lt;i&gt;Reservation:"
            "&lt;/i&gt;&lt;/p&gt;Not by it.</Text></Declaration></Declarations></Treaty>",
        )
    )
    found = read(text.encode("iso-8859-1"), as_at=date(2026, 2, 3))
    assert [name for name, *_more in acts(found)] == ["Benin", "Benin", "Côte d'Ivoire"]
    [entry] = found.entries
    assert (entry.participant_name, entry.kind, entry.parts[0].text) == ("Benin", "Reservation", "Not by it.")


def test_xml_that_is_cut_or_defines_entities_is_refused():
    assert "saved whole" in refused(XML[:-30].encode("iso-8859-1"))
    bomb = XML.replace("<Document>", '<!DOCTYPE Document [<!ENTITY a "aaaa">]><Document>', 1)
    assert "entities" in refused(bomb.encode("iso-8859-1"))


def test_a_section_of_xml_under_another_name_is_kept_as_what_is_not_understood():
    text = XML.replace("</Treaty>", "<Territories><Row><Entry>Isle of Man</Entry></Row></Territories></Treaty>")
    [residue] = read(text.encode("iso-8859-1"), as_at=date(2026, 2, 3)).residue
    assert (residue.where, residue.text) == ("Territories", "Isle of Man")
    assert read(XML.encode("iso-8859-1"), as_at=date(2026, 2, 3)).residue == []


def test_a_misspelt_month_is_that_month_and_what_is_no_day_in_its_place_is_kept():
    objections = [("Angola", f"<p align=right>1 {month} 1999</n></p>No.<br>") for month in ("Decmeber", "Febuary")]
    found = read(Page(**{**vars(TWO), "objections": objections}))
    assert [one.date for one in found.entries] == [date(1999, 12, 1), date(1999, 2, 1)]
    assert found.residue == []
    found = read(Page(**{**vars(TWO), "objections": [("Angola", "<p align=right>1 Ju 1999</n></p>No.<br>")]}))
    assert [one.date for one in found.entries] == [None]
    assert [one.text for one in found.residue] == ["1 Ju 1999"]


# ---- what is refused ----


def test_a_page_behind_which_the_parser_would_stop_is_read_to_its_end_or_refused():
    page = Page(**{**vars(TWO), "declarations": [("Angola", "Not bound.")]}).html()
    section = page.rindex("<table", 0, page.index('dgDec"'))
    for within in ("<div>" * 300, "<!--" + "q" * 11_000_000 + "-->"):
        [entry] = read((page[:section] + within + page[section:]).encode()).entries
        assert entry.participant_name == "Angola"
    assert "depth" in refused((page[:section] + "<div>" * 3_000 + page[section:]).encode())


def test_comments_before_a_page_are_read_past_and_cost_nothing():
    data = TWO.bytes()
    assert looks_like(b"<!-- a -->\n<!-- > -->" * 40 + data)
    assert not looks_like(b"<!-- -->" * 400 + b"x")
    assert not looks_like(b"<?xml version='1.0'?>" + b"<!-- -->" * 400 + b"x")


def test_a_page_behind_the_end_of_another_is_refused():
    data = TWO.bytes()
    assert "2 tables of participants" in refused(data + data)


def refused(data: Page | bytes) -> str:
    with pytest.raises(BadInput) as error:
        read(data)
    return str(error.value)


def test_a_page_in_french_is_refused_with_the_way_to_the_english_one():
    words = refused(Page(**{**vars(TWO), "language": "_fr"}))
    assert "French" in words and "clang=_en" in words
    words = refused(Page(**{**vars(TWO), "headings": ("Signature", "Ratification, Adhésion(a), Succession(d)")}))
    assert "French" in words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body><table><tr><td>Participant</td></tr></table></body></html>", "another kind of file"),
        (b"code,name\nAO,Angola\n", "another kind of file"),
        (b"", "another kind of file"),
        (Page(**{**vars(TWO), "grids": 2}), "2 tables of participants"),
        (Page(**{**vars(TWO), "grids": 0}), "without a table of participants"),
        (b"<html><title>UNTC</title><body>" + b"<div>" * 20_000 + b"</html>", "Excessive depth"),
        (b"<html><title>UNTC</title>" + b" " * (33 * 2**20), "33.0 MB"),
    ],
)
def test_what_is_no_status_page_is_refused_in_words(data, said):
    assert said in refused(data)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"parties": "3"}, "Parties: 3"),
        ({"parties": None}, "not stated"),
        ({"signatories": "0"}, "Signatories: 0"),
        ({"signatories": None}, "not stated"),
        ({"as_at": "01-01-2009"}, "2013-04-01"),
        ({"as_at": "03-02-2031"}, "2031-02-03"),
        ({"as_at": "31-02-2026"}, "31-02-2026"),
        ({"rows": [*TWO.rows, ["Angola", "&nbsp;", cell(date(2014, 1, 1))]], "parties": "3"}, "Angola"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;", "31 Feb 2010"]]}, "31 Feb 2010"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;", "1 Feb 2010 q"]]}, "1 Feb 2010 q"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;", "[1 Feb 2010"]]}, "[1 Feb 2010"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;", "2010-02-01"]]}, "2010-02-01"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;", "1 Fév 2010"]]}, "1 Fév 2010"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;"]]}, "Togo"),
        ({"rows": [*TWO.rows, ["Togo", "&nbsp;", "&nbsp;"]]}, "Togo"),
        ({"rows": [*TWO.rows, ["", "&nbsp;", cell(date(2014, 1, 1))]]}, "1 Jan 2014"),
        ({"headings": ("Signature", "Ratification, Wish(w)")}, "Ratification, Wish(w)"),
    ],
)
def test_what_a_page_contradicts_itself_in_is_named(changed, said):
    found = read(Page(**{**vars(TWO), **changed}))
    assert any(said in str(fault) for fault in found.faults), found.faults
    assert not as_json(found, lambda _name: None)["agrees"]


def test_a_page_that_is_cut_anywhere_is_refused_or_says_that_it_does_not_agree():
    whole = WITHDRAWN.bytes()
    for end in range(0, whole.index(b"</html>") + len(b"</html>") - 1, 97):
        try:
            found = read(whole[:end])
        except BadInput as error:
            assert str(error)
        else:
            assert found.faults


@given(st.binary(max_size=400), st.integers(0, 4000), st.integers(0, 200))
@settings(max_examples=examples(60), deadline=None)
def test_bytes_that_are_changed_at_random_are_refused_in_words_or_read(stuff, at, length):
    whole = WITHDRAWN.bytes()
    try:
        json.dumps(as_json(read(whole[:at] + stuff + whole[at + length :]), lambda _name: None))
    except BadInput as error:
        assert str(error)


# ---- cells and rows ----

DAYS = st.dates(date(1900, 1, 1), date(2026, 2, 3))
MARKS = {
    "": ActionType.RATIFICATION,
    "A": ActionType.ACCEPTANCE,
    "AA": ActionType.APPROVAL,
    "a": ActionType.ACCESSION,
    "d": ActionType.SUCCESSION,
}


@given(DAYS, st.sampled_from(["", "a", "A", "AA", "c", "d", "P", "n", "s"]), st.booleans())
@settings(max_examples=examples(100), deadline=None)
def test_a_cell_says_its_day_mark_and_brackets(day, mark, bracketed):
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year} {mark}".strip()
    found = cell_of(f"[{text}]" if bracketed else text)
    assert found is not None and (found.date, found.mark, found.bracketed) == (day, mark, bracketed)


@given(st.text(max_size=20))
@settings(max_examples=examples(100), deadline=None)
def test_no_text_is_taken_for_a_cell_that_is_not_one(text):
    found = cell_of(text)
    assert found is None or re.fullmatch(r"\[? ?\d{1,2} [A-Z][a-z]{2} \d{4} ?\w* ?\]?", text)


ROWS = st.lists(
    st.tuples(st.none() | DAYS, st.none() | st.tuples(DAYS, st.sampled_from(list(MARKS))), st.booleans()).filter(
        lambda row: row[0] or row[1]
    ),
    max_size=12,
)


@given(ROWS)
@settings(max_examples=examples(60), deadline=None)
def test_what_is_written_is_read(rows):
    written, lines = [], []
    for index, (signed, consent, bracketed) in enumerate(rows):
        name = f"State {index} & sons"
        day, mark = consent or (None, "")
        lines.append(
            [name.replace("&", "&amp;"), cell(signed, bracketed=bracketed), cell(day, mark, bracketed=bracketed)]
        )
        written += [(name, "signature", signed.isoformat(), bracketed)] if signed else []
        written += [(name, MARKS[mark].value, day.isoformat(), bracketed)] if day else []
    signatories = sum(bool(signed) and not bracketed for signed, _consent, bracketed in rows)
    parties = sum(bool(consent) and not bracketed for _signed, consent, bracketed in rows)
    found = read(Page(rows=lines, signatories=str(signatories), parties=str(parties)))
    assert (acts(found), found.faults) == (written, [])
    more = read(Page(rows=lines, signatories=str(signatories), parties=str(parties + 1)))
    assert len(more.faults) == 1


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Signature", {"": "signature"}),
        ("Signature, Succession(d)", {"": "signature", "d": "succession to signature"}),
        ("Provisional application under article 23(n)", {"n": "provisional application"}),
        ("Definitive signature(s), Ratification", {"s": "definitive signature", "": "ratification"}),
        ("Acceptance(A), Approval(AA)", {"A": "acceptance", "AA": "approval"}),
        ("Ratification, Accession (a)", {"": "ratification", "a": "accession"}),
        ("Participation in it by virtue of ratification, accession or succession", {"": "consent of unknown kind"}),
        (
            "Acceptance of the Protocol, Ratification of it, Accession(a)",
            {"": "consent of unknown kind", "a": "accession"},
        ),
        ("Remarks", {}),
    ],
)
def test_a_heading_names_its_kinds_by_their_marks(heading, kinds):
    assert {mark: kind.value for mark, kind in column_of(heading).kinds.items()} == kinds


def test_signatures_of_one_day_are_of_no_other():
    day = date(2026, 2, 3)
    found = read(
        Page(
            rows=[["Angola", cell(day), cell(None)], ["Chad", cell(day + timedelta(days=1)), cell(None)]],
            signatories="2",
        )
    )
    assert [fault.value for fault in found.faults] == ["2026-02-04"]


# ---- real pages, where they lie beside the checkout ----

BY_HAND = {
    "tpnw.html": ("XXVI-9", 95, 74, ("Algeria", "signature", "2017-09-20", False)),
    "ccw_p2a.html": ("XXVI-2-b", None, 107, ("Afghanistan", "consent to be bound", "2017-08-09", False)),
    "iccpr_op1.html": ("IV-5", 35, 116, ("Jamaica", "ratification", "1975-10-03", True)),
    "cat.html": ("IV-9", 83, 175, ("Afghanistan", "ratification", "1987-04-01", False)),
    "cedaw_op.html": ("IV-8-b", 80, 116, ("Andorra", "ratification", "2002-10-14", False)),
}


@pytest.mark.skipif(not REAL.is_dir(), reason="no real pages lie beside the checkout")
def test_the_rows_of_every_real_page_give_its_totals():
    for path in sorted(REAL.glob("*.html")):
        found = read(path.read_bytes())
        assert (path.name, found.faults, found.residue) == (path.name, [], [])
        assert found.as_at == date(2026, 2, 3) and found.mtdsg and found.title
        assert found.counted_parties == found.parties and found.counted_signatories == found.signatories
        if path.name in BY_HAND:
            mtdsg, signatories, parties, act = BY_HAND[path.name]
            assert (found.mtdsg, found.signatories, found.parties) == (mtdsg, signatories, parties)
            assert act in acts(found)


@pytest.mark.skipif(not REAL.is_dir(), reason="no real pages lie beside the checkout")
def test_denunciations_of_a_real_page_end_as_its_notes_say():
    found = as_json(read((REAL / "iccpr_op1.html").read_bytes()), lambda _name: None)
    ended = {one["participant_name"]: one["ended"] for one in found["actions"] if one["ended"]}
    assert ended == {"Belarus": "2023-02-08", "Jamaica": True, "Trinidad and Tobago": "1998-08-26"}
