"""The document as PDF, set by typst from our own template, tagged for readers who do not see it (PDF/UA-1)."""

import json
import re
import tempfile
from collections.abc import Mapping
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from comity.evidence.errors import BadInput, ComityError, Fault
from comity.evidence.wording import gettext as _
from comity.reports import pandoc
from comity.reports.composing.landscape import LANDSCAPE
from comity.reports.document import Document
from comity.reports.formats import day
from comity.reports.html import figure_address
from comity.reports.pictures import Drawing
from comity.reports.source import elements
from comity.reports.source.elements import Element
from comity.reports.source.front_matter import MASTHEAD
from comity.reports.source.references import Words


def write(document: Document, public_url: str) -> bytes:
    """The document as PDF; the same document gives the same bytes."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        template = files("comity.reports") / "templates" / "reports" / "report.typ"
        (place / "report.typ").write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        for drawing in document.drawings:
            (place / _picture(document, drawing)).write_bytes(
                drawing.png if _joins_letters(document) else drawing.svg.encode()
            )
        (place / "body.typ").write_text(_body(document, public_url), encoding="utf-8")
        with as_file(files("comity.charts") / "fonts") as fonts:
            try:
                made: bytes = typst.compile(
                    str(place / "body.typ"),
                    root=folder,
                    font_paths=[str(fonts)],
                    ignore_system_fonts=True,
                    format="pdf",
                    pdf_standards=["ua-1"],
                    sys_inputs={"report": json.dumps(_front(document))},
                    timestamp=_moment(document.as_at),
                )
            except typst.TypstError as error:
                raise _as_fault(str(error), document) or ComityError(f"typst: {error}") from error
    return made


_NOT_IN_FONTS = re.compile(r'the text `?"(?P<text>.+?)"`? could not be displayed')
_TWICE = re.compile(r"label `?<(?P<label>[^>]*)>`? occurs multiple times")
_SPELLED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _as_fault(message: str, document: Document) -> BadInput | None:
    """What typst says of a text as a fault of the source, at the line where it stands; None for anything else."""
    if match := _NOT_IN_FONTS.search(message):
        text = _SPELLED.sub(lambda spelled: chr(int(spelled[1], 16)), match["text"])
        return BadInput(
            Fault(document.source.file, _line_of(text, document), text, _("letters that the fonts of a report hold"))
        )
    if match := _TWICE.search(message):
        expected = _("a heading with a name of its own: two have this one")
        name = match["label"].removeprefix("section-")
        return BadInput(Fault(document.source.file, _line_of(f"#{name}", document), name, expected))
    return None


def _line_of(text: str, document: Document) -> str:
    """The first line of the source in which a text stands; blank where it stands in none as it is."""
    for piece in document.source.pieces:
        if isinstance(piece, Words) and text in piece.text:
            return str(piece.line + piece.text.count("\n", 0, piece.text.index(text)))
    return ""


def _joins_letters(document: Document) -> bool:
    """Whether the report's script joins letters: PDF/UA finds no letters for such glyphs where they stand in an SVG."""
    return document.source.language.code == "ar"


def _picture(document: Document, drawing: Drawing) -> str:
    return drawing.name + (".png" if _joins_letters(document) else ".svg")


def _moment(on: date) -> int:
    """The report's date as seconds of Unix time, so that no clock enters the document."""
    return (on - date(1970, 1, 1)).days * 86400


def _front(document: Document) -> dict[str, str]:
    front = document.source.front
    fields = {key: str(front.get(key) or "") for key in ("title", "language", *MASTHEAD)}
    return {
        **fields,
        "distribution": _("Distr.: %(value)s") % {"value": fields["distribution"]},
        "original": _("Original: %(value)s") % {"value": fields["original"]},
        "date": day(document.as_at),
        "knowledge": document.knowledge,
        "iso": document.as_at.isoformat(),
    }


def _body(document: Document, public_url: str) -> str:
    changed = elements.rewrite(document.blocks, _changes(document, public_url))
    head = '#import "report.typ": *\n#show: report\n'
    return head + pandoc.write(_as_text(changed), "typst", "--wrap=none").decode()


_MARKUP = re.compile(r"=+|[-+/]|\d+\.")
_ENDS_OF_LINES = ("LineBreak", "SoftBreak")


def _as_text(node: Any) -> Any:
    """Elements in which no word begins a heading or a list: pandoc does not know what our own brackets begin.

    In typst a name such as “= Total” or “- none” is one at the beginning of a cell and of each line.
    """
    if isinstance(node, dict):
        return {**node, "c": _as_text(node["c"])} if "c" in node else node
    if not isinstance(node, list):
        return node
    made: list[Any] = []
    begins = True
    for item in node:
        kind = item.get("t") if isinstance(item, dict) else None
        mark = _MARKUP.match(item["c"]) if kind == "Str" and begins else None
        if mark:
            escaped = "".join(f"\\u{{{ord(letter):x}}}" for letter in mark[0])
            made += [elements.raw_inline("typst", escaped), {"t": "Str", "c": item["c"][mark.end() :]}]
        else:
            made.append(_as_text(item))
        opens = kind == "RawInline" and item["c"][1].endswith("[")
        begins = opens or kind in _ENDS_OF_LINES or (begins and kind == "Space")
    return made


def quoted(text: str) -> str:
    """A string of typst's language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _changes(document: Document, public_url: str) -> Any:
    def change(element: Element) -> Element | list[Element] | None:
        if element["t"] in ("Span", "Link"):
            return _inline(element, document, public_url)
        if element["t"] == "Div":
            return _block(element, document, change)
        if element["t"] == "Header":
            return _header(element)
        if element["t"] == "Table":
            return _table(element, change)
        return None

    return change


def _call(name: str, inlines: Any, *arguments: str) -> list[Element]:
    """Inline elements inside a function of the template."""
    given = f"({', '.join(arguments)})" if arguments else ""
    return [elements.raw_inline("typst", f"#{name}{given}["), *inlines, elements.raw_inline("typst", "]")]


def _call_on(inlines: Any) -> list[Element]:
    """Inline elements as one more argument of the function that was called last."""
    return [elements.raw_inline("typst", "["), *inlines, elements.raw_inline("typst", "]")]


def _inline(element: Element, document: Document, public_url: str) -> list[Element] | None:
    (_identifier, classes, pairs), inlines = element["c"][0], element["c"][1]
    keys = dict(pairs)
    if element["t"] == "Link":
        target = element["c"][2][0]
        if target.startswith("figure:"):
            address = figure_address(public_url, target.removeprefix("figure:"), document.as_at)
            return _call("figure-link", inlines, quoted(address))
        return None
    if "figure" in classes or "source" in classes:
        return _call("figure-link", inlines, quoted(figure_address(public_url, keys["figure"], document.as_at)))
    if "entry" in classes:
        what, _space, value = inlines
        return [*_call("entry", what["c"][1]), *_call_on(_inline(value, document, public_url) or [value])]
    for name in ("identifier", "level-2", "version"):
        if name in classes:
            return _call(name, inlines)
    return None


def _header(element: Element) -> Element:
    level, (identifier, classes, _keys), inlines = element["c"]
    supplement = "annex" if "annex" in classes else "section"
    opening = f'#heading(level: {level}, supplement: "{supplement}")['
    label = f"]{_label(identifier)}"
    return elements.paragraph(
        [elements.raw_inline("typst", opening), *_number_apart(inlines), elements.raw_inline("typst", label)]
    )


def _number_apart(inlines: list[Element]) -> list[Element]:
    """A heading's inline elements, its number in the template's function."""
    if inlines and inlines[0]["t"] == "Span" and "heading-number" in inlines[0]["c"][0][1]:
        return [*_call("heading-number", inlines[0]["c"][1]), *inlines[2:]]
    return inlines


_FRAMES = (LANDSCAPE, "summary", "caption", "note", "origin", "contents", "status", "sources", "evidence", "tabular")


def _block(element: Element, document: Document, change: Any) -> list[Element] | None:
    (identifier, classes, pairs), blocks = element["c"]
    keys: Mapping[str, str] = dict(pairs)
    if "numbered" in classes:
        return _framed(f"numbered({keys['number']})", elements.rewrite(blocks, change))
    if "drawing" in classes:
        drawing = next(drawing for drawing in document.drawings if drawing.name == keys["name"])
        picture = elements.raw(
            "typst", f"#drawing({quoted(_picture(document, drawing))}, {quoted(drawing.alternative)})"
        )
        inside = [*elements.rewrite(blocks[:1], change), picture, *elements.rewrite(blocks[1:], change)]
        return _framed("afloat", inside, identifier)
    for name in _FRAMES:
        if name in classes:
            call = "together" if name == "tabular" and _is_small(blocks) else name
            return _framed(call, elements.rewrite(blocks, change), identifier)
    return list(elements.rewrite(blocks, change))


_FEW_ROWS = 8
"""A table of so many rows or fewer stands on one page."""


def _is_small(blocks: list[Element]) -> bool:
    bodies = [body for block in blocks if block["t"] == "Table" for body in block["c"][4]]
    return sum(len(body[3]) for body in bodies) <= _FEW_ROWS


def _framed(call: str, blocks: Any, identifier: str = "") -> list[Element]:
    return [elements.raw("typst", f"#{call}["), *blocks, elements.raw("typst", f"]{_label(identifier)}")]


def _label(identifier: str) -> str:
    """A label by which links find what stands before it."""
    return f" #label({quoted(identifier)})" if identifier else ""


def _table(element: Element, change: Any) -> list[Element]:
    """A table in typst's own words: pandoc's would stand in a figure, which does not break over pages."""
    _attributes, _caption, columns, head, bodies, _foot = element["c"]
    widths = ", ".join(f"{width[1].get('c', 0) or 1:.4f}fr" for width in columns)
    aligned = ", ".join("right" if align["t"] == "AlignRight" else "left" for align, _width in columns)
    made = [elements.raw("typst", f"#table(columns: ({widths},), align: ({aligned},), table.header(")]
    for row in head[1]:
        made += _cells(row[1], change)
    made.append(elements.raw("typst", "),"))
    for body in bodies:
        for row in body[3]:
            made += _cells(row[1], change)
    return [*made, elements.raw("typst", ")")]


def _cells(cells: Any, change: Any) -> list[Element]:
    made: list[Element] = []
    for _attributes, _align, _rows, _columns, blocks in cells:
        inside = _without_breaks(blocks[0]["c"]) if blocks else []
        made.append(
            {
                "t": "Plain",
                "c": [
                    elements.raw_inline("typst", "["),
                    *elements.rewrite(inside, change),
                    elements.raw_inline("typst", "],"),
                ],
            }
        )
    return made


def _without_breaks(inlines: list[Element]) -> list[Element]:
    """Inline elements without the line breaks after entries, which stand on lines of their own."""
    return [
        element
        for before, element in zip([None, *inlines], inlines, strict=False)
        if not (element["t"] == "LineBreak" and _is_entry(before))
    ]


def _is_entry(element: Element | None) -> bool:
    return element is not None and element["t"] == "Span" and "entry" in element["c"][0][1]
