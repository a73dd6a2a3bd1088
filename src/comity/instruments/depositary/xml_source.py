"""The XML of a status page, as the depositary offers it beside the page; it bears no status date.

Names of elements are known from what others read of it, and their nesting from no file: so each is sought at any depth
below `Treaty`, and note numbers, which stand in `superscript` within names and totals, are left out.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.instruments.depositary.dates import day_in_words
from comity.instruments.depositary.elements import Element, line_of, name_of, notes_of, tag_of, text_of
from comity.instruments.depositary.entries import parts_of
from comity.instruments.depositary.grid import GridCell, Row, read_grid
from comity.instruments.depositary.html_page import canonical
from comity.instruments.depositary.saved_forms import Saved
from comity.instruments.depositary.status_page import EndNote, Entry, Part, Residue, Section, StatusPage

_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>")
_CHAPTER = re.compile(r"CHAPTER\s+([IVXLC]+)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?P<chapter>[IVXLC]+)[-. ]+)?(?P<number>\d+)[-.\s]*+(?P<letter>[a-z])?\s*\.?", re.IGNORECASE)
_TOTAL = re.compile(r"\d[\d,]*")
_SECTIONS = {
    "declarations": Section.DECLARATIONS,
    "declarationsunderarticle": Section.UNDER_ARTICLE,
    "objections": Section.OBJECTIONS,
    "notifications": Section.NOTIFICATIONS,
}


_ENTRIES = {Section.OBJECTIONS: "objection", Section.NOTIFICATIONS: "notification"}


def read_xml(page: StatusPage, saved: Saved) -> None:
    """Read an XML source into `page`. Raises BadInput where it is none or holds no one treaty with its participants."""
    treaty = _treaty(_root(saved.text, page.file), page.file)
    _read_heading(page, treaty)
    tables = [table for block in _all(treaty, "participants") for table in _all(block, "table")]
    if len(tables) != 1:
        found = _("%(count)d tables of participants") % {"count": len(tables)}
        raise BadInput(Fault(page.file, "", found, _("the XML of one treaty, with one table of participants")))
    read_grid(page, list(_rows(tables[0])))
    page.entries = list(_entries(treaty))
    page.notes = list(_notes(treaty))
    for table in (table for block in _all(treaty, "specialtables") for table in _all(block, "row")):
        page.residue.append(Residue(line_of(table), "additional table", name_of(table)))
    _keep_rest(page, treaty)


def _root(text: str, file: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if "<!ENTITY" in text:
        raise BadInput(Fault(file, "", "<!ENTITY", _("XML that defines no entities of its own")))
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line = str(error.lineno or "")
        raise BadInput(Fault(file, line, error.msg or "", _("XML that was saved whole, to its end"))) from None


_READ = frozenset(
    {"template", "header", "externaldata", "participants", "specialtables", "endnotes", "notes", *_SECTIONS}
)
_LONGEST_REST = 200


def _keep_rest(page: StatusPage, element: Element) -> None:
    """Keep the text of each element that bears none of the names that are read, as a section under another name."""
    for child in (one for one in element if tag_of(one) and tag_of(one) not in _READ):
        if any(tag_of(inner) in _READ for inner in child.iter(etree.Element)):
            _keep_rest(page, child)
        elif text := name_of(_marked_up(child)):
            page.residue.append(Residue(line_of(child), str(child.tag), text[:_LONGEST_REST]))


def _treaty(root: Element, file: str) -> Element:
    treaties = [root] if tag_of(root) == "treaty" else _all(root, "treaty")
    if len(treaties) != 1:
        found = _("%(count)d treaties") % {"count": len(treaties)}
        raise BadInput(Fault(file, "", found, _("the XML of one treaty, with one table of participants")))
    return treaties[0]


def _all(element: Element, tag: str) -> Sequence[Element]:
    return [inner for inner in element.iter(etree.Element) if inner is not element and tag_of(inner) == tag]


def _text(element: Element, *tags: str) -> str:
    """The text of the first element of one of the names."""
    return next((name_of(found[0]) for tag in tags if (found := _all(element, tag))), "")


def _read_heading(page: StatusPage, treaty: Element) -> None:
    header = next(iter(_all(treaty, "header")), None)
    page.chapter = "" if header is None else name_of(header)
    page.title = _text(treaty, "titlesect", "title")
    page.conclusion = _text(treaty, "conclusion")
    force = _text(treaty, "labeltext")
    page.entry_into_force_text, page.entry_into_force = force, day_in_words(force)
    page.registration = _text(treaty, "registration")
    page.mtdsg = _mtdsg(page.chapter, _text(treaty, "numsect"))
    page.signatories, page.parties = (_total(treaty, tag) for tag in ("signatories", "parties"))


def _mtdsg(chapter: str, number: str) -> str:
    found = _NUMBER.fullmatch(number)
    if found is None:
        return ""
    roman = _CHAPTER.search(chapter) or re.match(r"([IVXLC]+)\b", chapter)
    name = found["chapter"] or (roman[1] if roman else "")
    return canonical("-".join(filter(None, (name, found["number"], found["letter"])))) if name else ""


def _total(treaty: Element, tag: str) -> int | None:
    found = _TOTAL.search(_text(treaty, tag))
    return int(found[0].replace(",", "")) if found else None


def _rows(table: Element) -> Iterator[Row]:
    headings = [title for header in _all(table, "tableheader") for title in _all(header, "title")]
    if headings:
        yield [_cell(title) for title in headings]
    for row in _all(table, "row"):
        cells = [cell for cell in row if tag_of(cell) in ("entry", "column", "cell", "title")]
        if cells:
            yield [_cell(cell) for cell in cells]


def _cell(element: Element) -> GridCell:
    said = _marked_up(element)
    return GridCell(line_of(element), name_of(said), notes_of(said))


def _marked_up(element: Element) -> Element:
    """An element as it is, or where its text holds the tags of a page, as in `&lt;i&gt;`, what these make of it."""
    text = "".join(map(str, element.itertext()))
    if "<" not in text:
        return element
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<div>{text}</div>".encode(), parser)
    return next(iter(root.iter("div")), element)


def _entries(treaty: Element) -> Iterator[Entry]:
    sections = [(element, _SECTIONS[tag_of(element)]) for element in treaty.iter() if tag_of(element) in _SECTIONS]
    for element, section in sections:
        for one in _all(element, _ENTRIES.get(section, "declaration")):
            name = _text(one, "participant", "country", "state")
            said = [part for text in _all(one, "text") or [one] for part in parts_of(_marked_up(text))]
            yield Entry(line_of(one), section, name, tuple(said) or (Part("", None, ""),), notes_of(one))


def _notes(treaty: Element) -> Iterator[EndNote]:
    for block in (*_all(treaty, "endnotes"), *_all(treaty, "notes")):
        for one in _all(block, "note"):
            number = _text(one, "number", "index") or one.get("number", "")
            yield EndNote(number, text_of(_marked_up(one)).removeprefix(number).strip())
