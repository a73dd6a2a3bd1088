"""A status page in HTML, read by the ends of its elements' ids: templates of other years begin their ids otherwise."""

import re
from collections.abc import Iterator

from lxml import etree

from comity.evidence.errors import BadInput, Fault
from comity.evidence.wording import gettext as _
from comity.instruments.depositary.dates import day_in_words, day_of_page, is_day
from comity.instruments.depositary.elements import (
    Element,
    Parts,
    attributes,
    line_of,
    name_of,
    notes_of,
    tag_of,
    text_of,
    tidy,
)
from comity.instruments.depositary.end_notes import note
from comity.instruments.depositary.entries import entries_of, named
from comity.instruments.depositary.grid import PARTICIPANT, GridCell, Row, read_grid
from comity.instruments.depositary.saved_forms import Saved
from comity.instruments.depositary.status_page import EndNote, Residue, Section, StatusPage, Territory

ADDRESS = "treaties.un.org/Pages/ViewDetails.aspx"
FORM = "//form[@id='aspnetForm' or @name='aspnetForm']/@action"
"""The address that a page's own form holds, with treaty and language."""
_MTDSG = re.compile(r"mtdsg_no=([IVXLC]+(?:-[A-Za-z0-9.]+)+)", re.IGNORECASE)
_XML_NAME = re.compile(r"/([IVXLC]+(?:-[A-Za-z0-9]+)+)\.(?:en|fr)\.(?:xml|pdf)", re.IGNORECASE)
_LANGUAGE = re.compile(r"clang=(_?[a-z]{2})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<number>\d+)\s*\.\s*(?:(?P<letter>[a-z])(?:-\d+)?\s*[.)]?\s+(?=[A-Z]))?(?P<title>.*)", re.S)
_TOTAL = r"{}\s*:\s*([\d,]+)"
_LAST_PART = re.compile(r"</html\s*>", re.IGNORECASE)
_FIRST_PART = re.compile(r"<html\b", re.IGNORECASE)
_TABLE_OF_GRID = re.compile(r"<table\b[^<>]*_tblgrid[\"']", re.IGNORECASE)


def read_html(page: StatusPage, saved: Saved) -> None:
    """Read a page into `page`. Raises BadInput where it is no status page, is in another language, or is cut short."""
    root = _root(saved.text, page.file)
    parts = Parts(root)
    _check_language(parts, root, page.file)
    _check_whole(page.file, saved.text, parts)
    _read_heading(page, parts, root)
    [grid] = parts.all("tblgrid")
    read_grid(page, list(_rows(grid)))
    page.entries = list(entries_of(parts, named(root)))
    _keep_unread_days(page, parts)
    _read_titles(page, parts)
    _read_territories(page, parts)
    page.notes = list(_notes(parts))
    _keep_rest(page, parts)


def _root(text: str, file: str) -> Element:
    # Without `huge_tree` the parser stops at 256 levels or in a long text, and gives what it read until there as whole.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    expected = _("a page of HTML that can be read")
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.LxmlError as error:
        raise BadInput(Fault(file, "", str(error)[:80], expected)) from None
    for stop in parser.error_log.filter_from_fatals():
        raise BadInput(Fault(file, str(stop.line), stop.message.partition(",")[0][:80], expected))
    if root is None:
        raise _no_page(file)
    return root


def _no_page(file: str, found: str = "") -> BadInput:
    expected = _("a status page of the United Nations Treaty Collection, saved whole from %s") % ADDRESS
    return BadInput(Fault(file, "", found or _("a page without a table of participants"), expected))


def _check_language(parts: Parts, root: Element, file: str) -> None:
    """Refuse a page in French, whose headings, months and words are others; the site has pages in no third language."""
    hidden = next(iter(attributes(root, "//input[contains(@id, 'hdnLanguage')]/@value")), "")
    form = next(iter(attributes(root, FORM)), "")
    asked = _LANGUAGE.search(form)
    said = (hidden or (asked[1] if asked else "")).strip("_").casefold()
    words = " ".join(name_of(cell) for grid in parts.all("tblgrid")[:1] for cell in next(iter(grid.iter("tr")), grid))
    french = any(
        word in words.casefold() for word in ("adhésion", "acceptation", "approbation", "confirmation formelle")
    )
    if french or said not in ("", "en"):
        expected = _("the English page: open the same address with clang=_en at its end, and save it")
        found = _("a page in French") if french or said == "fr" else _("a page in another language (%s)") % said
        raise BadInput(Fault(file, "", found, expected))


def _check_whole(file: str, text: str, parts: Parts) -> None:
    grids = parts.all("tblgrid")
    cut = bool(_FIRST_PART.search(text)) and not _LAST_PART.search(text[-4_096:])
    if cut:
        expected = _("a page that was saved whole, to its end (</html>); wait until it is shown, and save it again")
        raise BadInput(Fault(file, str(text.count("\n") + 1), text[-40:].strip(), expected))
    # What follows the end of a page loses its ids, and with them its table, where they are those of the page before.
    following = next(iter(list(_LAST_PART.finditer(text))[:-1]), None)
    if following is not None and _TABLE_OF_GRID.search(text, following.end()):
        line, count = text.count("\n", 0, following.end()) + 1, len(_TABLE_OF_GRID.findall(text))
    elif not grids:
        raise _no_page(file)
    elif len(grids) > 1:
        line, count = line_of(grids[1]), len(grids)
    else:
        return
    found = _("%(count)d tables of participants") % {"count": count}
    raise BadInput(Fault(file, str(line), found, _("a page of one treaty, with one table of participants")))


# ---- what stands above the table ----


def _read_heading(page: StatusPage, parts: Parts, root: Element) -> None:
    page.chapter = " ".join(filter(None, (parts.text("rptHead_ctl00_tcHead"), parts.text("rptHead_ctl00_tcText"))))
    numbered = parts.text("rptTreaty_ctl00_tcTreaty")
    found = _NUMBERED.fullmatch(numbered)
    page.title = found["title"].strip() if found else numbered
    page.conclusion = parts.text("rptTreaty_ctl00_tcText")
    page.mtdsg = _mtdsg(parts, root) or _mtdsg_of_heading(page.chapter, found)
    page.entry_into_force_text = parts.text("rptEIF_ctl00_tcText")
    page.entry_into_force = day_in_words(page.entry_into_force_text)
    page.registration = parts.text("rptRegistration_ctl00_tcText")
    page.treaty_series, page.history = (
        "" if (element := parts.one(end)) is None else text_of(element)
        for end in ("rptText_ctl00_tcText", "rptNotes_ctl00_tcText")
    )
    status = parts.text("rptStatus_ctl00_tcText")
    page.signatories, page.parties = (_total(label, status) for label in ("Signatories", "Parties"))
    said = parts.text("div3")
    page.as_at = day_of_page(said)
    if page.as_at is None:
        page.refuse(0, said, _("the day of the page, as STATUS AS AT : 03-02-2026"))
    if not page.mtdsg:
        page.refuse(0, numbered, _("the number of the treaty, as mtdsg_no=XVIII-12 in an address of the page"))


def _total(label: str, status: str) -> int | None:
    found = re.search(_TOTAL.format(label), status)
    return int(found[1].replace(",", "")) if found else None


def _mtdsg(parts: Parts, root: Element) -> str:
    """The treaty's number by the page's own form, else by the address of its XML."""
    form = next(iter(attributes(root, FORM)), "")
    if found := _MTDSG.search(form):
        return canonical(found[1])
    for end in ("ucicons_lnkXml", "ucicons_lnkPdfFile", "lnkXml", "lnkPdfFile"):
        link = parts.one(end)
        if link is not None and (found := _XML_NAME.search(link.get("href") or "")):
            return canonical(found[1])
    return ""


def canonical(number: str) -> str:
    """A treaty's number as the register writes it: the chapter in capitals, the letter of a protocol small."""
    chapter, *rest = number.split("-")
    return "-".join(
        [chapter.upper(), *(part.lower() if len(part) == 1 and not part.isdigit() else part for part in rest)]
    )


def _mtdsg_of_heading(chapter: str, found: re.Match[str] | None) -> str:
    roman = re.match(r"CHAPTER ([IVXLC]+)\b", chapter)
    if not roman or not found:
        return ""
    return "-".join(filter(None, (roman[1], found["number"], found["letter"])))


# ---- the tables ----


def _rows(table: Element) -> Iterator[Row]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if tag_of(cell) in ("td", "th")]
        if cells:
            yield [GridCell(line_of(cell), name_of(cell), notes_of(cell)) for cell in cells]


def _read_territories(page: StatusPage, parts: Parts) -> None:
    """Read the table of territorial application; a row without a name goes on with the participant above it."""
    for row in (row for table in parts.all("tblDec") for row in _rows(table)):
        texts = [cell.text for cell in row]
        last = page.territories[-1] if page.territories else None
        if texts[0] == PARTICIPANT or not any(texts):
            continue
        if len(row) == 3 and (texts[0] or last):
            name, notes = (texts[0], row[0].notes) if texts[0] or last is None else (last.participant_name, last.notes)
            day = day_in_words(texts[1])
            page.territories.append(Territory(row[0].line, name, day, texts[2], notes))
            if day is None and texts[1]:
                page.residue.append(Residue(row[1].line, f"{name}, territorial application", texts[1]))
        else:
            page.residue.append(Residue(row[0].line, "territorial application", " | ".join(texts)))


def _notes(parts: Parts) -> Iterator[EndNote]:
    for table in parts.all("dgNotesAll"):
        for element in table.iter("div"):
            if (element.get("id") or "").endswith("_divNotesAll"):
                anchor = next((one for one in element.iter("a") if one.get("name")), None)
                yield note(anchor.get("name", "") if anchor is not None else "", text_of(element))


_TITLES: dict[Section | str, tuple[str, ...]] = {
    Section.DECLARATIONS: ("divMainDecTilte", "divDecTilte"),
    Section.UNDER_ARTICLE: ("divMainDecArt", "divDecArt"),
    Section.OBJECTIONS: ("divMainObjTitle", "divObjTitle"),
    Section.NOTIFICATIONS: ("divParentNotification",),
    "territorial application": ("divAppTitle",),
}
_READ = frozenset({"dgDec", "dgDecUnderArticle", "dgObj", "dgNotifications", "dgNotesAll"})
_TABLE = re.compile(r"dg[A-Za-z]+|special[A-Za-z]+")


def _read_titles(page: StatusPage, parts: Parts) -> None:
    for section, ends in _TITLES.items():
        if title := "\n".join(filter(None, map(parts.text, ends))):
            page.titles[section] = title


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_DAY = 40


def _keep_unread_days(page: StatusPage, parts: Parts) -> None:
    """Keep what stands at the place of an entry's day and is none: it would seem made with its author's consent."""
    for end in parts.ends:
        if not _TEXT.fullmatch(end):
            continue
        for paragraph in (one for text in parts.all(end) for one in text.iter("p") if one.get("align") == "right"):
            said = tidy(name_of(paragraph))
            if len(said) <= _LONGEST_DAY and _YEAR.search(said) and not is_day(said):
                page.residue.append(Residue(line_of(paragraph), "day of a text", said))


_TEXT = re.compile(r"dg\w+_ctl\d+_div\w*Text")


def _keep_rest(page: StatusPage, parts: Parts) -> None:
    """Keep the rows of every table that is none of those above, such as one of participants by protocol."""
    seen = {id(element) for end in _READ for element in parts.all(end)}
    for table in (table for end in parts.ends if _TABLE.fullmatch(end) for table in parts.all(end)):
        for row in _rows(table) if id(table) not in seen else ():
            if text := tidy(" | ".join(filter(None, (cell.text for cell in row)))):
                page.residue.append(Residue(row[0].line, "additional table", text))
