import io
import json
import re
import zipfile
from datetime import date

import docx
import pytest
from django.utils import translation
from lxml import etree, html
from pypdf import PdfReader

from comity.evidence.errors import BadInput
from comity.evidence.importing import carry_out, plan_import
from comity.instruments.store import status
from comity.reports.build import body_html, build
from comity.reports.checks.printed_figures import figure_of, in_docx, in_html, in_pdf
from comity.reports.checks.verify import verify

ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


@pytest.fixture
def shipped(served):
    return served / "reports" / "latest"


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def test_the_same_inputs_give_the_same_bytes(built, small, tmp_path):
    again = build(tmp_path / "again", on=ON, as_at=AS_AT, source=small)
    assert {name: again.files[name] for name in ("report.html", "report.docx", "report.pdf")} == {
        name: built.files[name] for name in ("report.html", "report.docx", "report.pdf")
    }


def test_the_report_speaks_for_each_treaty_of_its_own_day_unless_told_otherwise(shipped):
    about = json.loads((shipped / "report.json").read_text("utf-8"))
    assert about["on"] is None
    assert about["days"]["UNTOC"] == "2024-05-04"
    assert about["days"]["TIP"] == "2014-07-10"
    printed = {item.figure: item.text for item in in_html((shipped / "report.html").read_bytes())}
    for code, day in about["days"].items():
        own = status(code, None, date.fromisoformat(about["as_at"]))
        assert own.on.isoformat() == day
        if (identifier := f"parties.{code}.{day}") in printed:
            assert printed[identifier] == str(own.parties)
    assert {f"parties.{code}.{about['days'][code]}" for code in ("UNTOC", "TIP", "SOM", "FP", "UNCAC")} <= set(printed)


def test_the_masthead_says_when_the_report_was_known_and_not_a_day_of_ten_years_ago(shipped):
    known = json.loads((shipped / "report.json").read_text("utf-8"))["as_at"]
    day = f"{int(known[8:])} {date.fromisoformat(known):%B %Y}"
    head = html.fromstring((shipped / "report.html").read_text("utf-8")).find_class("masthead")[0].text_content()
    words = " ".join(head.split())
    assert f"Date{day}" in words
    assert f"Status as at the day through which each treaty’s list is complete, as known on {day}." in words


def test_windows_stand_in_words(shipped):
    (table,) = html.fromstring((shipped / "report.html").read_text("utf-8")).find_class("status")
    words = " ".join(table.text_content().split())
    assert not re.search(r"\d{4}-\d{2}-\d{2}", words)
    assert "between 12 July 2017 and 15 Oct. 2018" in words
    assert "as at 4 May 2024" in words and "as at 19 October 2018" in words


def test_the_shipped_report_speaks_of_each_treaty_on_its_own_day(shipped):
    words = " ".join(html.fromstring((shipped / "report.html").read_text("utf-8")).text_content().split())
    assert "On 4 May 2024 the Convention had 192 parties, of which 191 were States." in words
    assert "parties.UNTOC.2024-05-04" in {item.figure for item in in_html((shipped / "report.html").read_bytes())}


def test_every_figure_of_the_shipped_report_leads_to_its_source(shipped):
    root = html.fromstring((shipped / "report.html").read_text(encoding="utf-8"))
    identifiers = set(root.xpath("//@id"))
    inside = [link for link in root.xpath("//a/@href") if link.startswith("#")]
    assert len(inside) > 100
    assert [link for link in inside if link[1:] not in identifiers] == []
    figures = {figure["id"] for figure in json.loads((shipped / "figures.json").read_text("utf-8"))}
    printed = in_html((shipped / "report.html").read_bytes())
    assert len(printed) > 1000
    assert {item.figure.partition("#")[0] for item in printed} <= figures


def test_every_figure_of_the_shipped_report_is_asked_for_by_a_paragraph(shipped):
    figures = json.loads((shipped / "figures.json").read_text("utf-8"))
    assert [figure["id"] for figure in figures if not figure["asked_by"]] == []


@pytest.mark.once
def test_all_three_documents_print_the_same_figures(shipped):
    web = in_html((shipped / "report.html").read_bytes())
    word = in_docx((shipped / "report.docx").read_bytes())
    pages = in_pdf((shipped / "report.pdf").read_bytes())
    told = {(item.figure, item.text) for item in web}
    assert told <= {(item.figure, item.text) for item in word}
    linked = {figure for page in pages for figure in page.figures}
    assert {item.figure for item in web} <= linked


def test_the_shipped_report_has_what_the_resolution_orders(shipped):
    root = html.fromstring((shipped / "report.html").read_text(encoding="utf-8"))
    assert len(root.xpath("//*[contains(@class, 'evidence')]//tbody/tr")) == 41
    assert len(root.xpath("//*[contains(@class, 'status')]//tbody/tr")) >= 193
    assert len(root.xpath("//*[contains(@class, 'drawing')]")) == 7
    assert len(root.xpath("//section[contains(@class, 'footnotes')]//li")) >= 4
    assert len(root.xpath("//h2[contains(@class, 'annex')]")) == 3


@pytest.mark.slow
@pytest.mark.once
def test_what_is_not_held_is_said_in_the_place_of_its_picture_or_rows(register, tmp_path):
    before = build(tmp_path / "before", as_at=date(2013, 7, 1))
    root = html.fromstring((before.directory / "report.html").read_text(encoding="utf-8"))
    said = [" ".join(part.text_content().split()) for part in root.xpath("//*[starts-with(@id, 'figure-')]")]
    assert [text.split()[1] for text in said if text.endswith("No data are held.")] == ["V", "VI", "VII"]
    assert not root.xpath("//table[not(tbody/tr)]")
    assert verify(before.directory) == []


def test_the_page_can_be_read_by_headings_and_tables_alone(shipped):
    root = html.fromstring((shipped / "report.html").read_text(encoding="utf-8"))
    assert len(root.xpath("//h1")) == 1
    assert root.xpath("//table") and not root.xpath("//table[not(caption[normalize-space()])]")
    assert not root.xpath("//th[not(@scope)]")
    assert not root.xpath("//table[not(tbody/tr/th)]")


def test_the_page_needs_nothing_beside_it(built):
    text = (built.directory / "report.html").read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|@import|url\()\s*=?\s*["\']?https?:', text)
    assert "<script" not in text
    assert "<svg" in text


def test_the_fragment_for_the_site_leads_to_the_pages_of_figures(built):
    body = body_html(built.directory)
    assert '<a href="/figures/parties.UNTOC.2014-07-10?as_at=2020-01-01" class="figure"' in body
    assert "<html" not in body
    assert "http://localhost" not in body


def test_word_has_real_footnotes_styles_and_headings_that_repeat(built):
    path = built.directory / "report.docx"
    notes = part(path, "word/footnotes.xml").findall(f"{WORD}footnote")
    assert [note for note in notes if int(note.get(f"{WORD}id")) > 0]
    made = docx.Document(str(path))
    styles = {paragraph.style.name for paragraph in made.paragraphs}
    assert {"Heading 1", "Heading 2", "Numbered Paragraph", "Title", "Caption"} <= styles
    body = part(path, "word/document.xml")
    grids = list(body.iter(f"{WORD}tbl"))[1:]
    assert grids
    assert all(grid.find(f"{WORD}tr/{WORD}trPr/{WORD}tblHeader") is not None for grid in grids)


def test_word_carries_words_for_pictures_a_language_and_the_date_of_the_report(built):
    path = built.directory / "report.docx"
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    described = [picture.get("descr") for picture in part(path, "word/document.xml").iter(drawing)]
    assert described
    assert all("Consents to 10 July 2014" in words for words in described)
    properties = docx.Document(str(path)).core_properties
    assert properties.created.date() == AS_AT
    assert properties.language == "en-GB"


def test_paragraphs_are_numbered_by_word_itself(built):
    made = docx.Document(str(built.directory / "report.docx"))
    numbered = made.styles["Numbered Paragraph"].element
    assert numbered.find(f".//{WORD}numPr/{WORD}numId").get(f"{WORD}val") == "900"
    assert (
        part(built.directory / "report.docx", "word/numbering.xml").find(f"{WORD}num[@{WORD}numId='900']") is not None
    )


def test_the_pdf_is_tagged_and_says_its_title_and_language(built):
    reader = PdfReader(built.directory / "report.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "A small report"
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("en")


def test_a_folder_with_other_files_is_refused_and_left_alone(small, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("years of work")
    with pytest.raises(BadInput, match=r"thesis\.docx"):
        build(tmp_path / "mine", on=ON, as_at=AS_AT, source=small)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.docx"]


def test_a_faulty_source_leaves_the_earlier_report_as_it_was(built, small):
    before = (built.directory / "report.html").read_bytes()
    small.write_text(small.read_text(encoding="utf-8") + "\n\n{{nothing.UNTOC}}\n", encoding="utf-8")
    with pytest.raises(BadInput):
        build(built.directory, on=ON, as_at=AS_AT, source=small)
    assert (built.directory / "report.html").read_bytes() == before
    assert [path.name for path in built.directory.parent.glob(".out*")] == []


@pytest.mark.once
def test_another_date_is_a_change_of_every_figure_that_moves_with_it(built, small):
    again = build(built.directory, on=date(2013, 1, 1), as_at=AS_AT, source=small)
    told = {change.figure: (change.before, change.after, change.why) for change in again.changes}
    before, after, why = told["parties.UNTOC.2013-01-01"]
    assert (before, after) == ("179", "173")
    assert "it speaks of parties.UNTOC.2013-01-01 and spoke of parties.UNTOC.2014-07-10" in why
    assert "input removed: " in why
    assert "parties.UNTOC.2012-12-20" not in told
    assert json.loads((built.directory / "changes.json").read_text("utf-8"))[0].keys() == {
        "figure",
        "before",
        "after",
        "why",
    }


NEW = """instrument,participant,participant_name,action,date,effective,article,text,notification,note
UNTOC,090,Solomon Islands,accession,2014-06-02,,,,,
"""


def test_a_new_input_is_the_reason_of_every_change_it_makes(built, small):
    importer, plan, source = plan_import("new.csv", NEW.encode())
    carry_out(importer, plan, source, NEW.encode(), actor="tester")
    changed = {item.figure: item for item in build(built.directory, on=ON, as_at=AS_AT, source=small).changes}
    parties = changed["parties.UNTOC.2014-07-10"]
    assert (parties.before, parties.after) == ("179", "180")
    assert parties.why == "input added: Solomon Islands: accession of UNTOC, 2014-06-02 (new.csv, 2:date)"
    assert (changed["consents-by-year.UNTOC.2000.2014-07-10#2014.UNTOC"].after) == "1"
    assert changed["parties-by-group.UNTOC.2014-07-10#asia-pacific.not_party"].after == "11"
    assert "parties.UNTOC.2012-12-20" not in changed


@pytest.mark.once
def test_a_report_past_the_end_of_the_register_says_so(small, tmp_path):
    small.write_text(small.read_text("utf-8").replace("[^why] Of", "[^why] {{parties.TIP.@on}}. Of"), "utf-8")
    late = build(tmp_path / "late", on=date(2019, 1, 1), as_at=AS_AT, source=small).directory
    warning = (
        "Complete through 10 July 2014 only, so that later actions may be missing: Trafficking in Persons Protocol."
    )
    assert warning in (late / "report.html").read_text("utf-8")
    assert warning in [
        paragraph.text[-len(warning) :] for paragraph in docx.Document(str(late / "report.docx")).paragraphs
    ]
    assert warning in " ".join(PdfReader(late / "report.pdf").pages[0].extract_text().split())


def test_a_report_as_known_before_speaks_of_what_was_known(small, tmp_path):
    then = build(tmp_path / "then", on=ON, as_at=date(2013, 6, 1), source=small)
    figures = {figure["id"]: figure for figure in json.loads((then.directory / "figures.json").read_text("utf-8"))}
    assert 173 < figures["parties.UNTOC.2014-07-10"]["value"] < 179


def test_a_second_build_of_the_same_report_lists_no_change(built, small):
    assert build(built.directory, on=ON, as_at=AS_AT, source=small).changes == ()


@pytest.mark.parametrize(
    ("address", "figure"),
    [
        ("http://x/figures/parties.UNTOC.2012-12-20?as_at=2020-01-01", "parties.UNTOC.2012-12-20"),
        ("http://x/figures/t.A,B.2012-12-20%23004.A-by?as_at=2020-01-01", "t.A,B.2012-12-20#004.A-by"),
        ("http://x/resolutions/a", ""),
    ],
)
def test_an_address_tells_its_figure(address, figure):
    assert figure_of(address) == figure


def test_the_docx_is_a_whole_package(built):
    with zipfile.ZipFile(io.BytesIO((built.directory / "report.docx").read_bytes())) as package:
        assert package.testzip() is None


def test_a_report_is_not_compared_with_that_of_another_source(built, small, tmp_path):
    other = small.with_name("other.md")
    other.write_text(small.read_text(encoding="utf-8"), encoding="utf-8")
    assert build(tmp_path / "other", on=date(2013, 1, 1), as_at=AS_AT, source=other).changes == ()


@pytest.mark.once
def test_a_report_is_in_its_own_language_whoever_builds_it(small, tmp_path):
    with translation.override("fr"):
        english = build(tmp_path / "english", on=ON, as_at=AS_AT, source=small)
    assert english.digest == build(tmp_path / "again", on=ON, as_at=AS_AT, source=small).digest
    text = small.read_text(encoding="utf-8").replace("language: en-GB", "language: ar")
    chart = '{{chart parties-over-time.UNTOC,FP.2000.@on caption="Parties"}}'
    small.write_text(text.replace("# Sources", chart + "\n\n# Sources"), encoding="utf-8")
    arabic = build(tmp_path / "arabic", on=ON, as_at=AS_AT, source=small).directory
    assert 'dir="rtl"' in (arabic / "report.html").read_text("utf-8")
    assert verify(arabic) == []
