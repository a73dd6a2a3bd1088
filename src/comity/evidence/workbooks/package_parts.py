"""The parts of a workbook: which sheets it has and where they lie, the texts that cells share, and a frame of our own.

The file format is ECMA-376 (Office Open XML), parts 1 and 2.
"""

import posixpath
import zipfile
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from lxml import etree

from comity.evidence.workbooks import limits
from comity.evidence.workbooks.archive import Archive, elements, parsed
from comity.evidence.workbooks.shown_texts import Cut, Unkept, is_shared_text, joined_text, plain_value, unescaped

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    entry: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[SheetPart, ...]
    shared: str
    styles: str
    from_1904: bool
    uncomputed: bool


def _relations(archive: Archive, name: str, base: str) -> dict[str, tuple[str, str]]:
    """Kind and target, a name of an entry, of each relationship by its id."""
    found = {}
    for one in parsed(archive, name).iterfind("{*}Relationship"):
        target = unquote(one.get("Target", ""))
        path = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/").casefold()
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], path)
    return found


_TRUE = ("1", "true", "on")


def find_sheets(archive: Archive) -> Book:
    top = _relations(archive, "_rels/.rels", "")
    main = next((path for kind, path in top.values() if kind == "officeDocument"), "")
    folder, _slash, last = main.rpartition("/")
    root = parsed(archive, main)
    if etree.QName(root).localname != "workbook":
        raise archive.fault("", etree.QName(root).localname, _("an .xlsx workbook; save it as .xlsx"))
    relations = _relations(archive, f"{folder}/_rels/{last}.rels".lstrip("/"), folder)
    parts = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        name = sheet.get("name", "")
        identifier = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        kind, entry = relations.get(identifier, ("worksheet", ""))
        if kind != "worksheet":
            continue
        if entry not in archive.entries:
            raise archive.fault(name, _("a sheet without its part"), _("a whole .xlsx workbook; download it again"))
        parts.append(SheetPart(name, entry, sheet.get("state", "visible") != "visible"))
    if not 1 <= len(parts) <= limits.MOST_SHEETS:
        raise archive.fault(
            "", _("%(count)s sheets") % {"count": len(parts)}, _("1 to %(most)s sheets") % {"most": limits.MOST_SHEETS}
        )
    _each_once(archive, parts)
    held = {kind: path for kind, path in relations.values() if path in archive.entries}
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    computing = root.find("{*}calcPr")
    said = computing.attrib if computing is not None else {}
    uncomputed = said.get("fullCalcOnLoad") in _TRUE or said.get("calcCompleted", "1") not in _TRUE
    return Book(tuple(parts), held.get("sharedStrings", ""), held.get("styles", ""), from_1904, uncomputed)


def _each_once(archive: Archive, parts: list[SheetPart]) -> None:
    for count in (Counter(part.name for part in parts), Counter(part.entry for part in parts)):
        if doubled := next((one for one, times in count.items() if times > 1), None):
            raise archive.fault("", doubled, _("each sheet of the workbook once"))


def shared_strings(archive: Archive, name: str) -> list[str]:
    """The texts that cells name by number, as `joined_text` reads them."""
    part = archive.entries[name].filename
    texts: list[str] = []
    for element in elements(archive, name, "{*}si"):
        if len(texts) == limits.MOST_SHARED:
            raise archive.fault("", part, limits.most_shared_texts())
        place = f"{part}/si[{len(texts) + 1}]"
        if not is_shared_text(element):
            raise archive.fault(place, f"<{etree.QName(element).localname}>", plain_value())
        try:
            text = unescaped(joined_text(element)[0])
        except Cut as cut:
            raise archive.fault(place, cut.value, plain_value()) from None
        except Unkept as unkept:
            raise archive.fault(place, joined_text(element)[0][:80], unkept.expected) from None
        if len(text) > limits.LONGEST_TEXT:
            raise archive.fault(place, text[:80], limits.longest_text())
        texts.append(text)
    return texts


def mark(number: int) -> str:
    # U+0001 is no letter of XML 1.0, so that no text of a file's own can be taken for a mark.
    return f"\x01{number}"


def write_frame(copy: zipfile.ZipFile, book: Book, archive: Archive, shared: int) -> None:
    """All parts of the copy but its sheets."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(book.sheets) + 1)

    def relations(*targets: tuple[str, str, str]) -> str:
        lines = (f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for key, kind, to in targets)
        return f'<Relationships xmlns="{package}/relationships">{"".join(lines)}</Relationships>'

    parts = [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    parts.append(("strings", "sharedStrings", "sharedStrings.xml"))
    if book.styles:
        parts.append(("styles", "styles", "styles.xml"))
        copy.writestr("xl/styles.xml", archive.whole(book.styles))
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number in numbers)
    copy.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
    copy.writestr("_rels/.rels", relations(("book", "officeDocument", "xl/workbook.xml")))
    copy.writestr("xl/_rels/workbook.xml.rels", relations(*parts))
    copy.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{main}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(book.from_1904)}"/>'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    texts = "".join(f"<si><t>{escape(mark(number))}</t></si>" for number in range(shared))
    copy.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{texts}</sst>')
