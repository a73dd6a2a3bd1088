"""What the text of a report may hold: every kind of element is permitted with an example, or refused with its line."""

import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence.errors import BadInput
from comity.reports import docx, html, pandoc, pdf
from comity.reports.composing.compose import compose
from comity.reports.composing.naming import Names
from comity.reports.document import Document
from comity.reports.source import elements, permitted
from comity.reports.source.markdown import Markdown
from comity.reports.source.permitted import refused
from comity.reports.source.report_source import MOST_CHARACTERS, MOST_DRAWN, MOST_IN_A_LINE, read_source

FRONT = "---\ntitle: T\nlanguage: en\n---\n"
FIRST = FRONT.count("\n") + 1
ON = date(2014, 7, 10)
SITE = "http://example.org"

BLOCKS = {
    *("Plain", "Para", "LineBlock", "CodeBlock", "RawBlock", "BlockQuote", "OrderedList", "BulletList"),
    *("DefinitionList", "Header", "HorizontalRule", "Table", "Figure", "Div"),
}
INLINES = {
    *("Str", "Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Cite"),
    *("Code", "Space", "SoftBreak", "LineBreak", "Math", "RawInline", "Link", "Image", "Note", "Span"),
}
"""Every constructor of the tree of pandoc-types 1.23."""

PERMITTED = {
    "Plain": "- item",
    "Para": "Words.",
    "CodeBlock": "    code #set text(red)",
    "BlockQuote": "> quoted",
    "OrderedList": "a) first\nb) second",
    "BulletList": "- one\n- another",
    "Header": "# Heading {.annex}",
    "Table": "| a | b |\n|---|--:|\n| = c | - d |",
    "Div": '::: {.tabular name="own" caption="Own" widths="40,60"}\n| a | b |\n|---|---|\n| c | d |\n:::',
    "Str": "Str",
    "Emph": "*stressed*",
    "Strong": "**strong**",
    "Strikeout": "~~struck~~",
    "Superscript": "m^th^",
    "Subscript": "H~x~O",
    "Quoted": "“quoted” and 'quoted'",
    "Code": "`code #x`",
    "Space": "a b",
    "SoftBreak": "a\nb",
    "LineBreak": "a\\\nb",
    "Link": "[web](https://example.org/a?b=c#d), <http://example.org>, [mail](mailto:a@example.org)",
    "Note": "Noted.^[A note.]",
    "Span": "It was {{@on|date}}.",
}
REFUSED = {
    "RawBlock": "```{=html}\n<script>x</script>\n```",
    "DefinitionList": "term\n:   meaning",
    "HorizontalRule": "***",
    "Underline": "[u]{.underline}",
    "SmallCaps": "[s]{.smallcaps}",
    "RawInline": "`#read(x)`{=typst}",
    "Image": "![alt](picture.png)",
}
UNWRITABLE = {
    "LineBlock": {"t": "LineBlock", "c": [[{"t": "Str", "c": "x"}]]},
    "Figure": {"t": "Figure", "c": [["", [], []], [None, []], []]},
    "Cite": {"t": "Cite", "c": [[], [{"t": "Str", "c": "x"}]]},
    "Math": {"t": "Math", "c": [{"t": "InlineMath"}, "x"]},
}
"""Kinds that Markdown as it is read has no signs for; the tree is refused all the same."""


def composed(body: str, front: str = FRONT, names: Names | None = None) -> Document:
    return compose(read_source(front + body, "r.md"), ON, ON, names=names)


def refusals(body: str, front: str = FRONT) -> list[tuple[str, str, str]]:
    with pytest.raises(BadInput) as raised:
        composed(body, front)
    return [(fault.file, fault.place, fault.value) for fault in raised.value.faults]


def kinds(node: object) -> set[str]:
    if isinstance(node, list):
        return {kind for item in node for kind in kinds(item)}
    if isinstance(node, dict):
        return {str(node.get("t"))} | kinds(node.get("c"))
    return set()


def test_each_kind_of_element_is_permitted_with_an_example_or_refused() -> None:
    assert {*PERMITTED, *REFUSED, *UNWRITABLE} == BLOCKS | INLINES


@pytest.mark.parametrize("kind", PERMITTED)
def test_permitted_kind_is_read(kind: str) -> None:
    assert kind in kinds(pandoc.read_markdown(Markdown(read_source(FRONT + PERMITTED[kind], "r.md")).text))
    assert composed(PERMITTED[kind]).blocks


@pytest.mark.parametrize("kind", REFUSED)
def test_kind_that_is_not_permitted_is_refused_with_its_line(kind: str) -> None:
    assert kind in kinds(pandoc.read_markdown(REFUSED[kind]))
    assert [
        (file, int(place) - FIRST) for file, place, _value in refusals(f"Before.\n\n{REFUSED[kind]}\n\nAfter.")
    ] == [("r.md", 2)]


@pytest.mark.parametrize("kind", UNWRITABLE)
def test_kind_that_cannot_be_written_is_refused_in_a_tree(kind: str) -> None:
    element = UNWRITABLE[kind]
    assert list(refused([element if kind in BLOCKS else {"t": "Para", "c": [element]}], "put"))


def test_every_permitted_kind_is_printed_in_every_output() -> None:
    document = composed("\n\n".join(example for kind, example in PERMITTED.items() if kind != "Header"))
    assert b"stressed" in html.write(document, SITE)
    assert docx.write(document, SITE).startswith(b"PK")
    assert pdf.write(document, SITE).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("body", "line", "value"),
    [
        ("One.\n\nA `<script>alert(1)</script>`{=html} b.", 2, "<script>alert(1)</script>"),
        ("A `<w:p/>`{=openxml}.", 0, "<w:p/>"),
        ('One.\n\n```{=html}\n<meta http-equiv="refresh">\n```', 2, '<meta http-equiv="refresh">'),
        ("> - x\n>   `#panic()`{=typst}", 1, "#panic()"),
        ("[a](javascript:alert%28document.domain%29)", 0, "javascript:alert%28document.domain%29"),
        ("x\n\n[a](JaVaScRiPt:x)", 2, "JaVaScRiPt:x"),
        ("[a](&#106;avascript:x)", 0, "javascript:x"),
        ("[a](java\\script:x)", 0, "java\\script:x"),
        ("[a](data:text/html,x)", 0, "data:text/html,x"),
        ("[a](vbscript:x)", 0, "vbscript:x"),
        ("[a](file:///etc/passwd)", 0, "file:///etc/passwd"),
        ("[a](//example.org)", 0, "//example.org"),
        ("[a](../x)", 0, "../x"),
        ("x\n\n[a][b]\n\n[b]: javascript:x", 2, "javascript:x"),
        ("<javascript:x>", 0, "javascript:x"),
        ("[a](https://a.example/\u202efdp.exe)", 0, "https://a.example/\u202efdp.exe"),
        ("[a](mailto:a@b.example?body=x%0D%0Ay)", 0, "mailto:a@b.example?body=x%0D%0Ay"),
        ("![p](/etc/passwd)", 0, "/etc/passwd"),
        ("![p](http://localhost:9998/x.png)", 0, "http://localhost:9998/x.png"),
        ("| a |\n|---|\n| ![p](x.png) |", 2, "x.png"),
        ("One.[^n]\n\n[^n]: `x`{=html}", 0, "x"),
        ('[a](http://b){onclick="x"}', 0, "onclick"),
        ('[x]{style="position:fixed"}', 0, "style"),
        ("[x]{.figure figure=a}", 0, "figure"),
        ("[x]{.put n=0}", 0, "put"),
        ("[x]{custom-style=Title}", 0, "custom-style"),
        ("# H {onclick=x}", 0, "onclick"),
        ("#### H", 0, "#### H"),
        ("> # H", 0, "H"),
        ("::: {.numbered number=1}\nx\n:::", 0, "numbered"),
        ("::: {.drawing name=x}\nx\n:::", 0, "drawing"),
        ("::: {.summary onclick=x}\nx\n:::", 0, "onclick"),
        ("::: {#x .summary}\nx\n:::", 0, "#x"),
        ("::: {.tabular}\nx\n:::", 0, "{.tabular}"),
        ('::: {.tabular caption="x" widths="nan"}\n| a |\n|---|\n| b |\n:::', 0, "nan"),
        ("`x`{.html onclick=x}", 0, "html"),
        ("Text.\n\nSee [x](#nowhere).", 2, "#nowhere"),
    ],
)
def test_what_is_no_text_is_refused_with_file_and_line(body: str, line: int, value: str) -> None:
    assert refusals(body) == [("r.md", str(FIRST + line), value)]


def test_all_that_is_refused_is_named_together() -> None:
    body = "A `x`{=html}.\n\nB {{nothing.X}}.\n\nC ![p](y.png) [l](javascript:z)."
    assert [(int(place) - FIRST, value) for _file, place, value in refusals(body)] == [
        (0, "x"),
        (2, "nothing.X"),
        (4, "y.png"),
        (4, "javascript:z"),
    ]


@pytest.mark.parametrize(
    "body", ["`{{@on|date}}`", "    {{@on|date}}", "x {{@on}}[^n]\n\n[^m]: {{@on|date}}\n\n[^n]: y"]
)
def test_reference_that_is_printed_nowhere_is_refused(body: str) -> None:
    assert [value for _file, _place, value in refusals(body)] == ["{{@on|date}}"]


def test_link_within_the_report_leads_to_its_heading() -> None:
    document = composed("See [the aims](#aims).\n\n# Aims\n\nThey.")
    assert 'href="#section-aims"' in html.body(document, SITE)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("header-includes: '<script>'", "header-includes"),
        ("resource-path: /", "resource-path"),
        ("session: [a, b]", "list"),
        ("byline: {a: b}", "dict"),
        ('byline: "a\\x01b"', "a\\x01b"),
        ('byline: "a\\nb"', "a\\nb"),
    ],
)
def test_front_matter_holds_known_keys_with_a_line_of_text_each(key: str, value: str) -> None:
    assert refusals("Text", f"---\ntitle: T\nlanguage: en\n{key}\n---\n") == [("r.md", "4", value)]


@pytest.mark.parametrize("language", ["en-x><script>", "en US", "en-GB; x"])
def test_language_is_a_code_and_nothing_more(language: str) -> None:
    assert refusals("Text", f"---\ntitle: T\nlanguage: '{language}'\n---\n") == [("r.md", "3", language)]


def test_dates_that_hold_one_another_without_end_are_refused_unread() -> None:
    bomb = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10) if n else 'x'}]\n" for n in range(12))
    front = f"---\ntitle: T\nlanguage: en\n{bomb}dates: *b11\n---\n"
    assert [place for _file, place, _value in refusals("Text", front)] == ["5"]


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ('{{chart parties.UNTOC style="x"}}', "style"),
        ('{{table parties.UNTOC class="numbered"}}', "numbered"),
        ('{{table parties.UNTOC widths="inf"}}', "inf"),
        ('{{table parties.UNTOC name="a> b"}}', "a> b"),
        ('{{sources caption="x"}}', "caption"),
    ],
)
def test_block_has_its_own_options_alone(block: str, value: str) -> None:
    assert refusals(block) == [("r.md", str(FIRST), value)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (">" * 10_000 + " deep", 0),
        ("x\n\n" + "- " * 500 + "deep", 2),
        ("x\n\n" + "[" * 3000, 2),
        ("x" * (MOST_IN_A_LINE + 1), 0),
        ("a\x01b", 0),
        ("x\n\na" + "\u0301" * 9, 2),
        ("x\n\n" + "{{map status-table.UNTOC.@on}}\n\n" * (MOST_DRAWN + 1), 2 + 2 * MOST_DRAWN),
    ],
)
def test_text_without_measure_is_refused_before_it_is_read(body: str, line: int) -> None:
    assert [place for _file, place, _value in refusals(body)] == [str(FIRST + line)]


def test_source_is_bounded() -> None:
    assert refusals("word \n" * (MOST_CHARACTERS // 6 + 1)) == [("r.md", "", "")]


@pytest.mark.parametrize(
    ("body", "line", "value"),
    [
        ("Words.\n\nMore \U0001f600 words.", 2, "\U0001f600"),
        ("Words.\n\nក words.", 2, "ក"),
        ("A &#xe; b.", None, "\x0e"),
        ("# A {#a}\n\n# B {#a}\n\nSee [it](#a).", 0, "a"),
    ],
)
def test_what_the_printed_form_cannot_show_is_refused_with_file_and_line(
    body: str, line: int | None, value: str
) -> None:
    with pytest.raises(BadInput) as raised:
        pdf.write(composed(body), SITE)
    (fault,) = raised.value.faults
    assert (fault.file, fault.place, fault.value) == ("r.md", "" if line is None else str(FIRST + line), value)


def test_as_many_marks_upon_a_letter_as_languages_have_are_text() -> None:
    assert composed("a" + "\u0301" * 8 + " e")


def test_text_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "PATIENCE", 0.000001)
    assert refusals("Text.") == [("r.md", "", "")]


def test_elements_in_one_another_are_bounded() -> None:
    body = "\n".join(">" * depth + " deep" for depth in range(1, 41)) + "\n\n" + "*a **b " * 60
    assert all(place for _file, place, _value in refusals(body + "\n\n> " + "^[" * 38 + "x" + "]" * 38)[:1])


def test_cells_of_all_tables_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permitted, "MOST_CELLS", 10)

    def tables(*rows: int) -> str:
        return "\n\nWords.\n\n".join("| a | b |\n|---|---|\n" + "| c | d |\n" * count for count in rows)

    assert composed(tables(4))
    assert composed(tables(2, 1))
    for over in (tables(5), tables(2, 2)):
        ((_file, place, _value),) = refusals(over)
        assert place


HOSTILE = (
    *("<script>alert(1)</script>", "`<script>`{=html}", "`#panic()`{=typst}", "```{=openxml}\n<w:p/>\n```\n"),
    *("![p](/etc/passwd)", "[l](javascript:x)", "[l](http://a)", "\n\n", "> ", "- ", "# ", "| a |\n|---|\n| "),
    *("::: {.summary}\n", ":::\n", "*", "**", "^[", "]", "[", "](", ")", "{.x onclick=y}", "`", "\\", "word ", "= x"),
    *("#import", "$x$", "@cite", "<b>", "&lt;", "[^n]", "\n[^n]: "),
)


@settings(max_examples=examples(40))
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=12).map("".join))
def test_no_text_leads_to_code_or_to_what_lies_outside(body: str) -> None:
    try:
        document = composed(body)
    except BadInput:
        return
    assert not kinds(document.blocks) & {"RawInline", "RawBlock", "Image", "Math", "Cite", "Figure"}
    page = html.body(document, SITE)
    assert not re.search(
        r"<(?:script|img|iframe|form|meta|object)\b|<[^>]*\son\w+=|(?:href|src)=\"(?!#|https?:|mailto:)", page
    )


TEXTS = st.text(st.sampled_from('=-+/#$@<>[](){}*_`"\\~^|&;:.!\n\t 1aé\x01\x0b\u2028\ufffe'), min_size=1, max_size=30)


@settings(max_examples=examples(10))
@given(TEXTS, TEXTS)
def test_names_and_titles_are_words_in_every_output(name: str, caption: str) -> None:
    names = Names(areas={"004": name}, instruments={"UNTOC": name})
    document = composed("", names=names)
    cell = elements.text(names.row("area", "004"))
    grid = elements.table([elements.text(caption)], [("r", [cell]), ("s", [[elements.strong(cell)]])], (1.0,))
    document.blocks = [elements.paragraph(elements.text(caption)), grid, elements.paragraph(cell)]
    assert not re.search(r"<(?:script|img|h\d|li)\b", html.body(document, SITE))
    written = pdf._body(document, SITE)
    assert "#heading" not in written
    assert not re.search(r"(?:^|\[)(?:=+|[-+/]|\d+\.) ", written.partition("#show: report\n")[2], re.MULTILINE)
    assert pdf.write(document, SITE).startswith(b"%PDF")
    assert docx.write(document, SITE).startswith(b"PK")


def test_word_document_leads_out_by_links_of_the_web_and_mail_alone() -> None:
    data = docx.write(composed(PERMITTED["Link"] + "\n\n# A\n\n[x](#a)"), SITE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        related = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".rels"))
    outside = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', related)
    assert outside
    assert all(re.search(r'Target="(?:https?://|mailto:)', one) and "/hyperlink" in one for one in outside)


def test_pandoc_opens_no_file_that_was_not_named() -> None:
    picture = {"t": "Image", "c": [["", [], []], [{"t": "Str", "c": "x"}], [__file__, ""]]}
    written = pandoc.write([{"t": "Para", "c": [picture]}], "docx", "--output=-")
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert not [name for name in package.namelist() if "media" in name]
