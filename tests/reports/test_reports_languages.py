"""A report in each of the six languages: how its pages lie, and whether dates and numbers are those of its language."""

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
import pytest
from django.utils import translation
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm
from pypdf import PdfReader

from comity.charts.languages import language
from comity.evidence.languages import CODES, LANGUAGES
from comity.reports import docx as word
from comity.reports import html, pdf
from comity.reports.build import composed
from comity.reports.document import Document
from comity.reports.formats import FORMATS, MONTHS, plain_text, printed
from comity.reports.rendering import in_language
from comity.reports.source.report_source import read_source
from comity.reports.store import origin

pytestmark = pytest.mark.django_db
ON, AS_AT = date(2014, 7, 10), date(2020, 1, 1)
HEAD = {"number": 1, "hash": "0" * 64, "public_key": "0" * 64}
ADDRESS = "https://comity.example"
# Words of no language, so that whatever stands in a language is the house's own.
SOURCE = """---
title: "0"
symbol: A/68/…
organization: "0"
organ: "0"
distribution: "0"
original: "0"
language: {language}
session: "0"
dates:
  resolution: 2012-12-20
---

::: {{.contents}}
:::

# —

{{{{@on|date}}}} — {{{{@resolution|short-date}}}} — {{{{register-complete-through.UNTOC}}}} — {{{{parties.UNTOC.@on}}}}
— {{{{coverage.UNTOC.@on|percent}}}} — {{{{joined.UNTOC.@resolution.@on|words}}}} — {{{{observations-held}}}}.

{{{{chart consents-by-year.UNTOC.2000.@on caption="@on"}}}}

{{{{chart parties-over-time.UNTOC,TIP.2000.@on caption="@on"}}}}

# — {{.annex}}

{{{{table status-table.UNTOC.@on rows="area" first="—" heads="—|—|—|—|—" caption="@on"}}}}

# — {{.annex}}

{{{{sources}}}}

# —

{{{{table entry-into-force.UNTOC rows="instrument" first="—" heads="—|—|—|—" caption="@on"}}}}

{{{{head}}}}
"""
A4_ACROSS, A4_UPRIGHT = (Cm(29.7), Cm(21.0)), (Cm(21.0), Cm(29.7))
SHORT = [name[:3] + r"\." for name in MONTHS if len(name) > 4] + [r"Sept\."]
ENGLISH_DATE = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(SHORT)})(?!\w)")
NO_LETTERS = {"zh"}
"""Languages whose letters no font of a report holds, so that it has no PDF."""


@dataclass(frozen=True)
class Written:
    """A report in one language, and its documents."""

    code: str
    document: Document
    docx: bytes
    pdf: bytes
    html: str


@pytest.fixture(scope="module", params=CODES)
def written(request: pytest.FixtureRequest, register: None, django_db_blocker: Any) -> Written:
    """The report of a language, written once for the tests of the module."""
    with django_db_blocker.unblock():
        source = read_source(SOURCE.format(language=request.param), "report.md")
        document = composed(source, ON, AS_AT, HEAD)
        with in_language(source):
            set_in_type = b"" if request.param in NO_LETTERS else pdf.write(document, ADDRESS)
            page = html.write(document, ADDRESS).decode()
            return Written(request.param, document, word.write(document, ADDRESS), set_in_type, page)


def test_annexes_alone_lie_across_in_word_whatever_they_are_called(written: Written) -> None:
    made = docx.Document(io.BytesIO(written.docx))
    lying = [(section.orientation, (section.page_width, section.page_height)) for section in made.sections]
    assert [orientation for orientation, _size in lying] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for (_orientation, size), expected in zip(lying, (A4_UPRIGHT, A4_ACROSS, A4_UPRIGHT), strict=True):
        assert all(abs(side - wanted) < Cm(0.01) for side, wanted in zip(size, expected, strict=True))


def test_every_heading_of_an_annex_stands_in_the_section_that_lies_across_in_word(written: Written) -> None:
    section, chapters = 0, {}
    for paragraph in docx.Document(io.BytesIO(written.docx)).paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            chapters.setdefault(section, []).append(paragraph.text)
        section += paragraph._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    assert [len(chapters[number]) for number in range(3)] == [1, 2, 1], chapters


def test_a_report_that_ends_with_an_annex_ends_with_a_page_that_lies_across(written: Written) -> None:
    last = next(number for number, block in enumerate(written.document.blocks) if _is_across(block))
    ending = Document(**{**vars(written.document), "blocks": written.document.blocks[: last + 1]})
    with translation.override(written.document.source.language.site):
        sections = docx.Document(io.BytesIO(word.write(ending, ADDRESS))).sections
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def _is_across(block: dict[str, object]) -> bool:
    return block["t"] == "Div" and "landscape" in block["c"][0][1]  # type: ignore[index]


def test_arabic_begins_on_the_right_in_word(written: Written) -> None:
    made = docx.Document(io.BytesIO(written.docx))
    tables = list(made.element.body.iter(qn("w:tbl")))
    mirrored = [grid for grid in tables if grid.tblPr.find(qn("w:bidiVisual")) is not None]
    begins_right = made.styles["Normal"].element.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    assert len(tables) > 4
    assert (begins_right, len(mirrored)) == ((True, len(tables)) if written.code == "ar" else (False, 0))


def test_annexes_alone_lie_across_in_the_pdf(written: Written) -> None:
    if written.code in NO_LETTERS:
        pytest.skip("no PDF without letters")
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(_file(written)).pages]
    upright, across = (595, 842), (842, 595)
    assert set(sizes) == {upright, across}
    first, after = sizes.index(across), len(sizes) - sizes[::-1].index(across)
    assert sizes == [upright] * first + [across] * (after - first) + [upright] * (len(sizes) - after)
    assert 0 < first < after < len(sizes)


def _file(written: Written) -> io.BytesIO:
    return io.BytesIO(written.pdf)


def test_no_english_month_stands_in_a_report_of_another_language(written: Written) -> None:
    if written.code == "en":
        assert ENGLISH_DATE.search(_words_of_word(written.docx))
        return
    texts = {"docx": _words_of_word(written.docx), "html": _words_of_page(written.html)}
    if written.pdf:
        texts["pdf"] = "\n".join(page.extract_text() for page in PdfReader(_file(written)).pages)
    texts["pictures"] = " ".join(str(drawing.wide) + drawing.alternative for drawing in written.document.drawings)
    facts = (fact for whole in written.document.figures.values() for fact in whole.inputs)
    titles = {origin(sha256).title for sha256 in {fact.origin for fact in facts}}  # as their publishers wrote them
    for form, text in texts.items():
        own = " ".join(text.split())
        for title in titles:
            own = own.replace(title, "")
        assert [match[0] for match in ENGLISH_DATE.finditer(own)] == [], form


def _words_of_word(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    parts = [part for section in made.sections for part in (section.header, section.footer, section.first_page_footer)]
    trees = [made.element.body, *(part._element for part in parts)]
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for tree in trees
        for paragraph in tree.iter(qn("w:p"))
        if "Origin" not in str(paragraph.style)
    )


def _words_of_page(page: str) -> str:
    """The words of the page without its style, which nobody reads."""
    return re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", " ", page, flags=re.DOTALL))


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_is_said_in_the_language_of_the_report(code: str, month: int) -> None:
    with translation.override(next(one.site for one in LANGUAGES if one.code == code)):
        for said in (printed(date(2012, month, 2), [form]) for form in ("date", "short-date")):
            assert "2012" in said
            assert not ENGLISH_DATE.search(said)


@pytest.mark.parametrize(
    ("code", "value", "formats", "text"),
    [
        ("en", 12345, ["number"], "12,345"),
        ("fr", 12345, ["number"], "12\u202f345"),
        ("es", 12345, [], "12\u00a0345"),
        ("ru", 1234.5, ["number"], "1\u00a0234,5"),
        ("zh", 12345, ["number"], "12,345"),
        ("ar", 1234.5, ["number"], "1,234.5"),
        ("fr", 89.637, ["percent"], "89,6"),
        ("fr", 436556, ["rounded"], "437\u202f000"),
        ("fr", 5, ["words"], "5"),
        ("en", 5, ["words"], "five"),
        ("fr", 68, ["ordinal"], "68e"),
        ("en", 68, ["ordinal"], "68th"),
        ("fr", date(2012, 12, 20), ["date"], "20 décembre 2012"),
        ("fr", date(2012, 12, 20), ["short-date"], "20 déc. 2012"),
        ("es", date(2012, 12, 20), ["short-date"], "20 de dic. de 2012"),
        ("ru", date(2012, 12, 20), ["short-date"], "20 дек. 2012"),
        ("zh", date(2012, 12, 20), ["short-date"], "2012年12月20日"),
        ("ar", ["1", "2", "3"], ["list"], "1، 2 و3"),
    ],
)
def test_values_are_printed_as_the_language_prints_them(
    code: str, value: object, formats: list[str], text: str
) -> None:
    with translation.override(next(one.site for one in LANGUAGES if one.code == code)):
        assert printed(value, formats) == text


@pytest.mark.parametrize("code", CODES)
def test_every_number_of_a_report_is_written_with_the_marks_of_its_language(code: str) -> None:
    of = language(code)
    with translation.override(of.code):
        for name in ("number", "words", "capital", "rounded", "none"):
            assert FORMATS[name](1_234_000) == of.number(1_234_000)
        assert plain_text(1_234_000) == of.number(1_234_000)


def test_the_masthead_is_said_in_the_language_of_the_report(written: Written) -> None:
    if not written.pdf:
        pytest.skip("no PDF without letters")
    first = PdfReader(_file(written)).pages[0].extract_text()
    assert ("Distr.:" in first) is (written.code in {"en", "es"})
    assert ("Original:" in first) is (written.code in {"en", "es"})


def test_a_source_says_its_language_once() -> None:
    for of in LANGUAGES:
        source = read_source(SOURCE.format(language=of.code), "report.md")
        assert source.language == of
        with in_language(source):
            assert translation.get_language() == of.site
