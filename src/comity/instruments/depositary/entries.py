"""What participants declare, reserve, object to and notify: entries of a page with their dates and sub-headings.

An entry is a row of its section with the name and the text of one participant. Within the text a date stands to the
right, a sub-heading such as “Reservation:” in italics to the left; each begins a part. Names are repeated in the text
unseen, and note numbers stand in elements that are none of HTML: they are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from comity.instruments.depositary.dates import day_in_words, is_day
from comity.instruments.depositary.elements import (
    Element,
    Parts,
    line_of,
    lines,
    name_of,
    notes_of,
    tag_of,
    text_of,
    tidy,
)
from comity.instruments.depositary.status_page import Entry, Part, Section

_SECTIONS = {
    "dgDec": Section.DECLARATIONS,
    "dgDecUnderArticle": Section.UNDER_ARTICLE,
    "dgObj": Section.OBJECTIONS,
    "dgNotifications": Section.NOTIFICATIONS,
}
_PARTICIPANT = re.compile(r"(dg\w+)_ctl(\d+)_divParticipant")
_TEXTS = ("divText", "divNotificationText", "divNotificationsText")
_KIND = re.compile(
    r"d[eé]claration|reservation|r[eé]serve|understanding|statement|interpretat|objection|communication|notification"
    r"|\bupon\b|with regards? to|in respect of|made |confirmed|\bwithdraw|central authorit|designat",
    re.IGNORECASE,
)
_LONGEST_KIND = 300
Day = date  # a class below has a field of that name


def entries_of(parts: Parts, participants: Sequence[Element]) -> Iterator[Entry]:
    """The entries of all sections, in the order of the page; `participants` are the elements that name who speaks."""
    for element in participants:
        found = _PARTICIPANT.search(element.get("id") or "")
        if found is None or found[1] not in _SECTIONS:
            continue
        texts = (parts.one(f"{found[1]}_ctl{found[2]}_{name}") for name in _TEXTS)
        said = [text for text in texts if text is not None]
        above = parts.one(f"{found[1]}_ctl{found[2]}_divMainText")
        read = [part for text in ([above] if above is not None else []) + said for part in parts_of(text)]
        name = name_of(element) or next((bold for text in said if (bold := _bold(text))), "")
        yield Entry(
            line_of(element), _SECTIONS[found[1]], name, tuple(read) or (Part("", None, ""),), notes_of(element)
        )


def _bold(text: Element) -> str:
    """The name that opens a text in bold: participants that are no more have theirs there."""
    first = next((child for child in text if child.get("class") != "invisible"), None)
    return name_of(first) if first is not None and tag_of(first) == "b" else ""


@dataclass
class _Draft:
    """A part as it grows."""

    kind: str = ""
    date: Day | None = None
    pieces: list[str] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(piece.strip("\n \u00a0") for piece in self.pieces)

    def part(self) -> Part:
        return Part(self.kind, self.date, lines("".join(self.pieces)))


def parts_of(element: Element) -> list[Part]:
    """A text by its dates and sub-headings; one that has none is one part, and one without text none."""
    drafts = [_Draft()]
    for kind, text in _tokens(element):
        last = drafts[-1]
        if kind == "date":
            if last.has_text or last.date is not None:
                drafts.append(last := _Draft())
            last.date = day_in_words(tidy(text).removeprefix("On ").lstrip("*[( "))
        elif kind == "heading":
            if last.has_text:
                drafts.append(last := _Draft())
            last.kind = " – ".join(filter(None, (last.kind, _bare(text))))
        else:
            last.pieces.append(text)
    return [draft.part() for draft in drafts if draft.has_text or draft.kind or draft.date]


def _bare(heading: str) -> str:
    return re.sub(r"\s*:\s*", ": ", tidy(heading)).strip(' :“"')


def _tokens(element: Element) -> Iterator[tuple[str, str]]:
    """The dates, sub-headings and texts within an element, in its order."""
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _token(child)
        if child.tail:
            yield "text", child.tail


def _token(child: Element) -> Iterator[tuple[str, str]]:
    tag = tag_of(child)
    text = text_of(child) if tag and tag != "br" else ""
    if tag == "p" and child.get("align") == "right" and is_day(tidy(text)):
        yield "date", text
    elif tag == "p" and child.get("align") == "left" and _is_kind(child, text):
        yield "heading", text
    elif tag in ("p", "div", "center", "br"):
        yield "text", f"\n{text}\n"
    elif text:
        yield "text", text


def _is_kind(child: Element, text: str) -> bool:
    first = next(iter(child.iter("i")), None)
    return first is not None and len(text) <= _LONGEST_KIND and bool(_KIND.search(text))


def named(root: Element) -> Sequence[Element]:
    """The elements of a page that name who speaks in a section."""
    return [element for element in root.iter(etree.Element) if (element.get("id") or "").endswith("_divParticipant")]
