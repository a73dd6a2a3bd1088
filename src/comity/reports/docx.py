"""The document for Word: real styles, footnotes and numbering, made by pandoc between a style sheet and a last pass.

The style sheet is a document made here by code; the last pass adds what pandoc cannot say: the masthead, page numbers,
the landscape of the annexes, headings that repeat on every page of a table, and dates that do not move.
"""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from comity.reports import pandoc
from comity.reports.composing.landscape import LANDSCAPE
from comity.reports.document import Document
from comity.reports.formats import day
from comity.reports.html import figure_address
from comity.reports.source import elements
from comity.reports.source.elements import Element

FONT = "Times New Roman"
LINK = RGBColor(0x0B, 0x4F, 0x8A)
A4 = (Cm(21.0), Cm(29.7))
_NUMBERING = "900"
"""The id of our list of numbered paragraphs: above those of the style sheet, 0 to 8, and below those that pandoc gives
to lists of the source, 990 and on."""
_LINE_CM = 16.6
"""The width of a line: A4 without its margins of 2.2 cm."""
_EVIDENCE_CM = _LINE_CM * 0.47 - 0.45
"""Where values end in the column of evidence: 0.47 of the line, as `paragraph_evidence` lays it, less the cell's own
margins."""
_LINE = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
"""The attributes of a border in WordprocessingML (ECMA-376, 17.3.4); `sz` is in eighths of a point: half a point."""
_FAINT = {**_LINE, "sz": "2", "color": "B8B8B8"}
_TWIPS_IN_AN_INCH = 1440
"""WordprocessingML measures in twentieths of a point: 72 points an inch."""
Xml = Any


def write(document: Document, public_url: str) -> bytes:
    """The document as DOCX; the same document gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "styles.docx").write_bytes(style_sheet())
        for drawing in document.drawings:
            (place / f"{drawing.name}.png").write_bytes(drawing.png)
        blocks = elements.rewrite(document.blocks, _changes(document, public_url))
        target = place / "report.docx"
        pictures = pandoc.named([f"{drawing.name}.png" for drawing in document.drawings])
        pandoc.write(blocks, "docx", "--reference-doc=styles.docx", "--output=report.docx", *pictures, folder=place)
        made = docx.Document(str(target))
    _number_paragraphs(made)
    _tables(made)
    _pictures(made, document)
    _masthead(made, document)
    _pages(made, document)
    if document.source.language.direction == "rtl":
        _from_right_to_left(made)
    _properties(made, document)
    return _fixed(made)


def _changes(document: Document, public_url: str) -> Any:
    def change(element: Element) -> Element | list[Element] | None:
        if element["t"] in ("Span", "Link"):
            return _inline(element, document, public_url)
        if element["t"] == "Div":
            return _block(element, document, change)
        return None

    return change


def _inline(element: Element, document: Document, public_url: str) -> Element | None:
    (identifier, classes, pairs), inlines = element["c"][0], element["c"][1]
    keys = dict(pairs)
    if element["t"] == "Link":
        target = element["c"][2][0]
        if target.startswith("figure:"):
            address = figure_address(public_url, target.removeprefix("figure:"), document.as_at)
            return elements.link([_styled(inlines, "Figure Name")], address)
        return None
    if "figure" in classes:
        address = figure_address(public_url, keys["figure"], document.as_at)
        return elements.link([_styled(inlines, "Figure")], address, identifier)
    if "source" in classes:
        return elements.link(
            [_styled(inlines, "Figure Name")], figure_address(public_url, keys["figure"], document.as_at)
        )
    if "entry" in classes:
        what, _space, value = elements.rewrite(inlines, _changes(document, public_url))
        tab = elements.raw_inline("openxml", "<w:r><w:tab/></w:r>")
        return elements.span([*what["c"][1], tab, value])
    if "level-2" in classes:
        return elements.span([{"t": "Str", "c": "\u2003\u2003"}, *inlines])
    if "identifier" in classes:
        return _styled(inlines, "Identifier")
    return None


def _styled(inlines: Any, style: str) -> Element:
    return elements.span(inlines, custom_style=style)


_BLOCK_STYLES = {"caption": "Caption", "note": "Source Note", "origin": "Origin", "summary": "Summary"}


def _block(element: Element, document: Document, change: Any) -> Element | list[Element] | None:
    (identifier, classes, pairs), blocks = element["c"]
    keys = dict(pairs)
    if "numbered" in classes:
        return elements.division(elements.rewrite(blocks, change), identifier, custom_style="Numbered Paragraph")
    if LANDSCAPE in classes:
        return [_section_ends("portrait"), *elements.rewrite(blocks, change), _section_ends("landscape")]
    if "drawing" in classes:
        drawing = next(drawing for drawing in document.drawings if drawing.name == keys["name"])
        inside = elements.rewrite(blocks, change)
        picture = {
            "t": "Image",
            "c": [
                elements.attributes("", (), width=f"{_LINE_CM}cm"),
                elements.text(drawing.name),
                [f"{drawing.name}.png", ""],
            ],
        }
        framed = elements.division([elements.paragraph([picture])], custom_style="Picture")
        return elements.division([inside[0], framed, *inside[1:]], identifier)
    for name, style in _BLOCK_STYLES.items():
        if name in classes:
            return elements.division(elements.rewrite(blocks, change), identifier, custom_style=style)
    return None


def _section_ends(orientation: str) -> Element:
    """The paragraph that ends a section in WordprocessingML, and says how the pages lie that end here."""
    return elements.raw("openxml", f'<w:p><w:pPr><w:sectPr><w:pgSz w:orient="{orientation}"/></w:sectPr></w:pPr></w:p>')


@cache
def style_sheet() -> bytes:
    """The document whose styles pandoc takes over, in the look of United Nations documents."""
    made = docx.Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    _east_asian(normal)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.12
    for level, size, before in ((1, 14, 18), (2, 12, 14), (3, 10.5, 10)):
        _heading(made.styles[f"Heading {level}"], size, before)
    title = made.styles["Title"]
    _face(title, 16, bold=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(18), Pt(12)
    _no_border(title)
    _paragraph_styles(made)
    _character_styles(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _paragraph_styles(made: Any) -> None:
    caption = made.styles["Caption"]
    _face(caption, 10, bold=False)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(12), Pt(4)
    for name, size in (("Source Note", 8.5), ("Origin", 8.5), ("Summary", 10.5), ("Picture", 10.5), ("Byline", 12)):
        style = _new(made, name, WD_STYLE_TYPE.PARAGRAPH)
        _face(style, size, bold=name == "Byline")
    made.styles["Byline"].paragraph_format.space_before = Pt(5)
    made.styles["Source Note"].paragraph_format.space_before = Pt(3)
    made.styles["Picture"].paragraph_format.keep_with_next = True
    made.styles["Picture"].paragraph_format.space_after = Pt(2)
    summary = made.styles["Summary"]
    summary.paragraph_format.left_indent = summary.paragraph_format.right_indent = Cm(0.6)
    _frame(summary)
    numbered = _new(made, "Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH)
    _face(numbered, 10.5, bold=False)
    numbered.paragraph_format.tab_stops.add_tab_stop(Cm(1.0))
    for name in ("Footnote Text", "Footnote Block Text"):
        _face(_new(made, name, WD_STYLE_TYPE.PARAGRAPH), 8.5, bold=False)
    for name in ("Body Text", "First Paragraph", "Compact"):
        style = _new(made, name, WD_STYLE_TYPE.PARAGRAPH)
        _face(style, 10.5, bold=False)
    compact = made.styles["Compact"]
    compact.font.size = Pt(8.5)
    compact.paragraph_format.space_before = compact.paragraph_format.space_after = Pt(1.5)
    compact.paragraph_format.line_spacing = 1.0


def _character_styles(made: Any) -> None:
    for name in ("Hyperlink", "Figure", "Figure Name"):
        style = _new(made, name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = LINK
    made.styles["Hyperlink"].font.underline = True
    identifier = _new(made, "Identifier", WD_STYLE_TYPE.CHARACTER)
    identifier.font.name, identifier.font.size = "Consolas", Pt(7)
    reference = _new(made, "Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def _new(made: Any, name: str, kind: Any) -> Any:
    if name in [style.name for style in made.styles]:
        return made.styles[name]
    style = made.styles.add_style(name, kind)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = made.styles["Normal"]
    return style


def _face(style: Any, size: float, *, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _east_asian(style)


def _east_asian(style: Any) -> None:
    """One face for all scripts, where the template's theme would take another."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:ascii"), FONT)
    fonts.set(qn("w:hAnsi"), FONT)
    fonts.set(qn("w:cs"), FONT)


def _heading(style: Any, size: float, before: float) -> None:
    _face(style, size, bold=True)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(before), Pt(7), True
    shape.left_indent, shape.first_line_indent = Cm(1.0), Cm(-1.0)
    shape.tab_stops.add_tab_stop(Cm(1.0))


def _no_border(style: Any) -> None:
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _frame(style: Any) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="6", color="808080"))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def _element(name: str, *children: Xml, **attributes: str) -> Xml:
    """An element of WordprocessingML; attributes are of its own namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    for child in children:
        made.append(child)
    return made


def _number_paragraphs(made: Any) -> None:
    """Paragraphs numbered through by Word itself, by their style."""
    level = _element(
        "w:lvl",
        _element("w:start", val="1"),
        _element("w:numFmt", val="decimal"),
        _element("w:pStyle", val=made.styles["Numbered Paragraph"].style_id),
        _element("w:lvlText", val="%1."),
        _element("w:lvlJc", val="left"),
        _element("w:pPr", _element("w:ind", left="0", firstLine="0")),
        ilvl="0",
    )
    single = _element("w:multiLevelType", val="singleLevel")
    numbering = made.part.numbering_part.element
    numbering.insert(0, _element("w:abstractNum", single, level, abstractNumId=_NUMBERING))
    numbering.append(_element("w:num", _element("w:abstractNumId", val=_NUMBERING), numId=_NUMBERING))
    properties = made.styles["Numbered Paragraph"].element.get_or_add_pPr()
    chosen = _element("w:numPr", _element("w:numId", val=_NUMBERING))
    properties.insert_element_before(chosen, "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


# Word refuses a document whose elements stand in another order than its schema gives.
_AFTER_TABLE_WIDTH = ("w:jc", "w:tblCellSpacing", "w:tblInd")
_AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
_AFTER_TABS = ("w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_CELL_BORDERS = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


def _tables(made: Any) -> None:
    """Hairlines, whole width, headings that repeat, rows that are not broken over pages."""
    for grid in made.element.body.iter(qn("w:tbl")):
        _without(grid.tblPr, "w:tblBorders")
        lines = (_element("w:top", **_LINE), _element("w:bottom", **_LINE), _element("w:insideH", **_FAINT))
        grid.tblPr.insert_element_before(_element("w:tblBorders", *lines), *_AFTER_TABLE_BORDERS)
        _value_stops(grid)
        for index, row in enumerate(grid.iterchildren(qn("w:tr"))):
            properties = row.get_or_add_trPr()
            if properties.find(qn("w:cantSplit")) is None:
                properties.insert(0, _element("w:cantSplit"))
            if index == 0:
                _heading_row(row, properties)


def _value_stops(grid: Xml) -> None:
    """In cells where a name and its value are parted by a tab, the values stand at the cell's right edge."""
    for paragraph in grid.iter(qn("w:p")):
        if any(run.find(qn("w:tab")) is not None for run in paragraph.iterchildren(qn("w:r"))):
            stop = _element("w:tab", val="right", pos=str(round(_EVIDENCE_CM / 2.54 * _TWIPS_IN_AN_INCH)))
            properties = paragraph.get_or_add_pPr()
            properties.insert_element_before(_element("w:tabs", stop), *_AFTER_TABS)


def _heading_row(row: Xml, properties: Xml) -> None:
    if properties.find(qn("w:tblHeader")) is None:
        properties.append(_element("w:tblHeader"))
    for cell in row.iterchildren(qn("w:tc")):
        _underline(cell, _LINE)
        for paragraph in cell.iterchildren(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()
            for run in paragraph.iterchildren(qn("w:r")):
                run.get_or_add_rPr().get_or_add_i()


def _underline(cell: Xml, line: Mapping[str, str]) -> None:
    properties = cell.get_or_add_tcPr()
    _without(properties, "w:tcBorders")
    borders = _element("w:tcBorders", _element("w:bottom", **line))
    properties.insert_element_before(borders, *_AFTER_CELL_BORDERS)


def _without(properties: Xml, name: str) -> None:
    for old in properties.findall(qn(name)):
        properties.remove(old)


def _pictures(made: Any, document: Document) -> None:
    """What each picture shows, in words, for those who do not see it."""
    alternatives = {drawing.name: drawing.alternative for drawing in document.drawings}
    for shape in made.element.body.iter(qn("wp:docPr")):
        name = shape.get("descr") or shape.get("title") or ""
        if name in alternatives:
            shape.set("descr", alternatives[name])
            shape.set("name", name)
            shape.attrib.pop("title", None)


def _masthead(made: Any, document: Document) -> None:
    """United Nations and symbol; organ, distribution, date and language; session, item and title."""
    front = document.source.front
    first = made.element.body[0]
    grid = made.add_table(rows=2, cols=2)
    grid.autofit = False
    for column, width in zip(grid.columns, (Cm(11.4), Cm(5.2)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    (organization, symbol), (organ, distribution) = (row.cells for row in grid.rows)
    _say(organization, str(front.get("organization", "")), 12, bold=False)
    _say(symbol, str(front.get("symbol", "")), 14, bold=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _say(organ, str(front.get("organ", "")), 20, bold=True)
    _say(distribution, _("Distr.: %(value)s") % {"value": front.get("distribution", "")}, 10, bold=False)
    for text in (day(document.as_at), _("Original: %(value)s") % {"value": front.get("original", "")}):
        _say(distribution, text, 10, bold=False, more=True)
    for row, size in zip(grid.rows, ("6", "18"), strict=True):
        for cell in row.cells:
            _underline(cell._tc, {**_LINE, "sz": size})
    _without(grid._tbl.tblPr, "w:tblW")
    width = _element("w:tblW", type="pct", w="5000")
    grid._tbl.tblPr.insert_element_before(width, *_AFTER_TABLE_WIDTH, "w:tblBorders", *_AFTER_TABLE_BORDERS)
    first.addprevious(grid._tbl)
    lines = ((front.get("session"), "Byline"), (front.get("agenda_item"), "Byline"), (front["title"], "Title"))
    for words, style in (*lines, (front.get("byline"), "Byline"), (document.knowledge, "Source Note")):
        if words:
            paragraph = made.add_paragraph(str(words), style=style)
            first.addprevious(paragraph._p)


def _say(cell: Any, text: str, size: float, *, bold: bool, align: Any = None, more: bool = False) -> None:
    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _pages(made: Any, document: Document) -> None:
    """Page size and margins, running symbol and page numbers, and the annexes lying across."""
    _sections(made)
    for section in made.sections:
        _measures(section)
        section.different_first_page_header_footer = False
    first = made.sections[0]
    first.different_first_page_header_footer = True
    symbol = str(document.source.front.get("symbol", ""))
    head = first.header.paragraphs[0]
    head.text, head.alignment = symbol, WD_ALIGN_PARAGRAPH.RIGHT
    for footer in (first.footer, first.first_page_footer):
        _page_number(footer.paragraphs[0])


def _sections(made: Any) -> None:
    """The sections that `_section_ends` parts, each like the document's own but for how its pages lie.

    An end of a section with nothing behind it is that of the document, which would else have an empty page more.
    """
    own = made.element.body.sectPr
    for ended in made.element.body.findall(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}"):
        paragraph = ended.getparent().getparent()
        is_last = next(paragraph.itersiblings(qn("w:p"), qn("w:tbl")), None) is None
        section = own if is_last else deepcopy(own)
        section.get_or_add_pgSz().orient = ended.pgSz.orient
        if is_last:
            paragraph.getparent().remove(paragraph)
        else:
            ended.getparent().replace(ended, section)


def _measures(section: Any) -> None:
    section.page_width, section.page_height = A4 if section.orientation == WD_ORIENT.PORTRAIT else A4[::-1]
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)


_AFTER_DIRECTION = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
_AFTER_TABLE_DIRECTION = ("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", *_AFTER_TABLE_WIDTH)


def _from_right_to_left(made: Any) -> None:
    """Paragraphs begin on the right, and so do the columns of tables; text in another script keeps its direction."""
    normal = made.styles["Normal"].element.get_or_add_pPr()
    normal.insert_element_before(_element("w:bidi"), *_AFTER_DIRECTION)
    for grid in made.element.body.iter(qn("w:tbl")):
        mirrored = _element("w:bidiVisual")
        grid.tblPr.insert_element_before(mirrored, *_AFTER_TABLE_DIRECTION, "w:tblBorders", *_AFTER_TABLE_BORDERS)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for name in ("PAGE", "/", "NUMPAGES"):
        if name == "/":
            paragraph.add_run("/")
            continue
        field = _element("w:fldSimple", instr=f" {name} ")
        field.append(_element("w:r", _text("1")))
        paragraph._p.append(field)


def _text(words: str) -> Xml:
    made = OxmlElement("w:t")
    made.text = words
    return made


def _properties(made: Any, document: Document) -> None:
    """Title, language and subject; the dates are the report's own."""
    front = document.source.front
    moment = datetime(document.as_at.year, document.as_at.month, document.as_at.day, tzinfo=UTC)
    known = made.core_properties
    known.title, known.author, known.language = str(front["title"]), "Comity", str(front["language"])
    known.subject = str(front.get("symbol", ""))
    known.created = known.modified = moment
    known.last_modified_by, known.revision = "Comity", 1
    defaults = made.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_element("w:lang", val=str(front["language"])))


def _fixed(made: Any) -> bytes:
    """The package with every entry dated alike, in its own order."""
    stream = io.BytesIO()
    made.save(stream)
    fixed = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as written:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            written.writestr(entry, given.read(name))
    return fixed.getvalue()
