"""What the documents of a report hold, read back from their bytes: which figure they print, and how."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree, html

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARTS = ("word/document.xml", "word/footnotes.xml")


@dataclass(frozen=True)
class Printed:
    """A figure as a document prints it: its id, the text, and where: a paragraph, row, page or the like."""

    figure: str
    text: str
    place: str


def figure_of(address: str) -> str:
    """The figure that an address of a figure's page names, with its cell; empty for any other address."""
    parts = urlsplit(address)
    _before, mark, name = parts.path.partition("/figures/")
    if not mark:
        return ""
    return unquote(name)


def in_html(data: bytes) -> list[Printed]:
    """The figures printed in the page, in order. Raises ValueError where it cannot be read."""
    try:
        root = html.document_fromstring(data.decode())
    except (etree.ParserError, etree.XMLSyntaxError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    return [
        Printed(
            str(element.get("data-figure")),
            _joined("".join(map(str, element.itertext()))),
            f"line {element.sourceline}",
        )
        for element in root.iter()
        if element.get("data-figure") is not None
    ]


def in_docx(data: bytes) -> list[Printed]:
    """The figures printed in the Word document, notes included, in order. Raises ValueError where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [found for part in _PARTS if part in package.namelist() for found in _in_part(package, part)]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        raise ValueError(str(error)) from error


def _in_part(package: zipfile.ZipFile, part: str) -> Iterator[Printed]:
    folder, name = part.rsplit("/", 1)
    relations = f"{folder}/_rels/{name}.rels"
    targets = {}
    if relations in package.namelist():
        for relation in etree.fromstring(package.read(relations)):
            targets[relation.get("Id")] = str(relation.get("Target"))
    for number, paragraph in enumerate(etree.fromstring(package.read(part)).iter(f"{_WORD}p"), start=1):
        for link in paragraph.iter(f"{_WORD}hyperlink"):
            figure = figure_of(targets.get(link.get(_RELATION), ""))
            if figure:
                words = "".join(text.text or "" for text in link.iter(f"{_WORD}t"))
                yield Printed(figure, _joined(words), f"{name}, paragraph {number}")


@dataclass(frozen=True)
class Page:
    """A page of a PDF: its words in order, and the figures to which its links lead."""

    words: tuple[str, ...]
    figures: tuple[str, ...]


def in_pdf(data: bytes) -> list[Page]:
    """The pages of the PDF. Raises ValueError where it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return [
            Page(tuple(page.extract_text().split()), tuple(_linked(page))) for page in PdfReader(io.BytesIO(data)).pages
        ]
    except (PyPdfError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _linked(page: object) -> Iterator[str]:
    for annotation in page.get("/Annots") or []:  # type: ignore[attr-defined]
        action = annotation.get_object().get("/A")
        address = action.get_object().get("/URI") if action else None
        if address and (figure := figure_of(str(address))):
            yield figure


def _joined(words: str) -> str:
    return " ".join(words.split())
