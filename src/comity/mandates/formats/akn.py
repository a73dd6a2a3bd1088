"""A resolution as Akoma Ntoso 3.0 in the United Nations profile (AKN4UN).

A `statement` with FRBR metadata, preface, preamble (the enacting formula, then a container for each paragraph), main
body (numbered paragraphs `para_7` with lists of points; headings open sections), conclusions, and an attachment for
each annex. A draft that the resolution quotes stands as `embeddedStructure` in the paragraph that recommends it or in
its annex, and a resolution in parts is a `documentCollection` with a statement for each. Footnotes stand as notes at
their marks, references as `ref` with an IRI. IRIs put "-" for "/" and "_" for a space:
`/akn/un/statement/deliberation/un-ga/2012-12-20/67-189`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree

from comity.mandates.formats.akn_elements import (
    NAMESPACE,
    Pen,
    add_element,
    indent,
    made_element,
    prefix_identifiers,
    qualified,
)
from comity.mandates.resolution import Annex, AnnexBlock, Draft, Footnote, Paragraph, Point, Resolution
from comity.mandates.vocabulary.days import parse_date
from comity.mandates.vocabulary.references import Context, Mention, find_references

_ACTORS = (
    ("A/HRC/", "un-hrc", "Human Rights Council"),
    ("A/", "un-ga", "General Assembly"),
    ("S/", "un-sc", "Security Council"),
    ("E/", "un-ecosoc", "Economic and Social Council"),
)
_NO_DATE = "0001-01-01"
_LANGUAGE = "eng"


def work_iri(symbol: str, day: str = "") -> str:
    """The IRI of a resolution or document by its symbol, with the day of adoption where it is known."""
    actor = next((code for stem, code, name in _ACTORS if symbol.startswith(stem)), "un")
    number = re.sub(r"^.*?/(?:RES|DEC)/", "", symbol)
    kind = "statement/deliberation" if number != symbol else "doc/document"
    parts = ["/akn/un", kind, actor, day, number.replace("/", "-").replace(" ", "_")]
    return "/".join(part for part in parts if part)


def to_akn(resolution: Resolution) -> bytes:
    """The document as UTF-8 XML, valid by the Akoma Ntoso 3.0 schema."""
    root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
    statements = [_Writer(one).statement() for one in resolution.in_file]
    root.append(_collection(resolution, statements) if resolution.following else statements[0])
    indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _collection(resolution: Resolution, statements: Sequence[etree._Element]) -> etree._Element:
    """The parts of a resolution as a collection of documents, with identifiers of their own."""
    whole = replace(resolution, symbol=resolution.symbol.removesuffix(resolution.part).strip(), following=())
    collection = made_element("documentCollection", name="resolutionInParts", contains="originalVersion")
    collection.append(_Writer(whole).meta("!main", "resolution", {}))
    body = add_element(collection, "collectionBody")
    for part, statement in zip(resolution.in_file, statements, strict=True):
        prefix = f"part_{part.part or 'first'}__"
        prefix_identifiers(statement, prefix)
        add_element(body, "component", eId=f"part_{part.part or 'first'}").append(statement)
    return collection


class _Writer:
    """Writes one resolution; carries the notes by mark and the treaty named last from text to text."""

    def __init__(self, resolution: Resolution):
        self.resolution = resolution
        self.notes = {note.mark: note for note in resolution.footnotes}
        self.context = Context(resolution.symbol)
        self.day = resolution.adopted.isoformat() if resolution.adopted else ""
        self.iri = work_iri(resolution.symbol or "unknown", self.day)
        self.cited: dict[str, str] = {}
        self.written_notes: dict[str, str] = {}

    def statement(self) -> etree._Element:
        """The resolution as a document of the kind that deliberating organs make."""
        statement = made_element("statement", name="resolution", contains="originalVersion")
        self._preface(statement)
        self._preamble(statement)
        self._main_body(statement)
        self._conclusions(statement)
        if self.resolution.annexes:
            attachments = add_element(statement, "attachments")
            for number, annex in enumerate(self.resolution.annexes, start=1):
                self._attachment(attachments, annex, number)
        statement.insert(0, self.meta("!main", "resolution", self.cited))
        return statement

    # Metadata

    def meta(self, component: str, name: str, cited: dict[str, str]) -> etree._Element:
        """The metadata of the document or of one of its components."""
        meta = etree.Element(qualified("meta"))
        identification = add_element(meta, "identification", source="#comity")
        expression = f"{self.iri}/{_LANGUAGE}@"
        work = self._frbr(identification, "FRBRWork", self.iri, f"{self.iri}/{component}", self._dates()[:1])
        add_element(work, "FRBRcountry", value="un")
        add_element(work, "FRBRsubtype", value="deliberation")
        add_element(work, "FRBRnumber", value=self.resolution.symbol or "unknown")
        add_element(work, "FRBRname", value=name)
        written = self._frbr(identification, "FRBRExpression", expression, f"{expression}/{component}", self._dates())
        add_element(written, "FRBRlanguage", language=_LANGUAGE)
        made = self._frbr(
            identification, "FRBRManifestation", f"{expression}.xml", f"{expression}{component}.xml", self._dates()[:1]
        )
        add_element(made, "FRBRformat", value="application/akn+xml")
        references = add_element(meta, "references", source="#comity")
        code, organ = self._actor()
        add_element(references, "TLCOrganization", eId=code, href=f"/akn/ontology/organization/un/{code}", showAs=organ)
        add_element(
            references, "TLCOrganization", eId="comity", href="/akn/ontology/organization/comity", showAs="Comity"
        )
        add_element(references, "TLCRole", eId="author", href="/akn/ontology/role/author", showAs="Author")
        for number, (href, shown) in enumerate(cited.items(), start=1):
            add_element(references, "TLCReference", eId=f"ref_{number}", name="cited", href=href, showAs=shown)
        return meta

    def _frbr(
        self, parent: etree._Element, level: str, uri: str, this: str, dates: Sequence[tuple[str, str]]
    ) -> etree._Element:
        element = add_element(parent, level)
        add_element(element, "FRBRthis", value=this)
        add_element(element, "FRBRuri", value=uri)
        for day, name in dates:
            add_element(element, "FRBRdate", date=day, name=name)
        add_element(element, "FRBRauthor", href=f"#{self._actor()[0]}", **{"as": "#author"})
        return element

    def _dates(self) -> list[tuple[str, str]]:
        dates = [(self.day or _NO_DATE, "adoption" if self.day else "unknown")]
        if self.resolution.distributed is not None:
            dates.append((self.resolution.distributed.isoformat(), "distribution"))
        reissued = next(
            (parse_date(note.text) for note in self.resolution.masthead_notes if "eissued" in note.text), None
        )
        return dates + ([(reissued.isoformat(), "reissue")] if reissued else [])

    def _actor(self) -> tuple[str, str]:
        symbol = self.resolution.symbol
        return next(((code, name) for stem, code, name in _ACTORS if symbol.startswith(stem)), ("un", "United Nations"))

    # Parts

    def _preface(self, parent: etree._Element) -> None:
        preface = add_element(parent, "preface")
        number = add_element(preface, "p")
        add_element(number, "docNumber").text = self.resolution.symbol or "unknown"
        title = add_element(add_element(preface, "p"), "docTitle")
        self._write(title, self.resolution.title, self.resolution.title_notes)
        if self.resolution.part:
            add_element(add_element(preface, "p"), "docTitle").text = " ".join(
                words for words in (self.resolution.part, self.resolution.part_title) if words
            )
        if self.resolution.adopted is not None:
            day = add_element(add_element(preface, "p"), "docDate", date=self.day)
            day.text = self.resolution.adopted.strftime("%d %B %Y").lstrip("0")
        for note in self.resolution.masthead_notes:
            add_element(preface, "p").append(self._note(note))

    def _preamble(self, parent: etree._Element) -> None:
        if not self.resolution.enacting_formula and not self.resolution.preambular:
            return
        preamble = add_element(parent, "preamble")
        if self.resolution.enacting_formula:
            formula = add_element(preamble, "formula", name="enactingFormula", eId="formula_1")
            add_element(formula, "p").text = self.resolution.enacting_formula
        self._preambular(preamble, self.resolution.preambular)

    def _preambular(self, parent: etree._Element, paragraphs: Iterable[Paragraph], above: str = "") -> None:
        for paragraph in paragraphs:
            container = add_element(parent, "container", name="recalling", eId=f"{above}container_{paragraph.number}")
            if paragraph.heading:
                add_element(container, "p").text = paragraph.heading.replace("\n", " ")
            self._write(add_element(container, "p"), paragraph.text, paragraph.notes)
            for point in _flattened(paragraph.points):
                self._write(
                    add_element(container, "p"), f"{point.mark} {point.text}", _moved(point.notes, len(point.mark) + 1)
                )
            if paragraph.tail:
                self._write(add_element(container, "p"), paragraph.tail, paragraph.tail_notes)

    def _main_body(self, parent: etree._Element) -> None:
        self._operative(add_element(parent, "mainBody"), self.resolution.operative)

    def _operative(self, body: etree._Element, paragraphs: Iterable[Paragraph], above: str = "") -> None:
        place, sections = body, 0
        for paragraph in paragraphs:
            if paragraph.heading:
                sections += 1
                place = add_element(body, "section", eId=f"{above}sec_{sections}")
                first, *others = paragraph.heading.split("\n")
                add_element(place, "heading").text = first
                for other in others:
                    add_element(place, "subheading").text = other
            self._paragraph(place, paragraph, above)

    def _paragraph(self, parent: etree._Element, paragraph: Paragraph, above: str) -> None:
        identifier = f"{above}para_{paragraph.number}{paragraph.suffix.replace('.', '-')}"
        element = add_element(parent, "paragraph", eId=identifier)
        add_element(element, "num").text = f"{paragraph.printed}."
        quoted = [one for one in self.resolution.drafts if one.paragraph == paragraph.id and not one.annexed]
        if not paragraph.points:
            content = add_element(element, "content", eId=f"{identifier}__content_1")
            self._write(add_element(content, "p"), paragraph.text, paragraph.notes)
            self._drafts(content, quoted)
            return
        if paragraph.text:
            intro = add_element(element, "intro", eId=f"{identifier}__intro_1")
            self._write(add_element(intro, "p"), paragraph.text, paragraph.notes)
        self._points(element, paragraph.points, identifier)
        if paragraph.tail or quoted:
            wrap_up = add_element(element, "wrapUp", eId=f"{identifier}__wrapup_1")
            if paragraph.tail:
                self._write(add_element(wrap_up, "p"), paragraph.tail, paragraph.tail_notes)
            self._drafts(wrap_up, quoted)

    def _drafts(self, parent: etree._Element, drafts: Iterable[Draft]) -> None:
        """Drafts embedded one after another, their paragraphs numbered apart from the resolution's."""
        for draft in drafts:
            above = f"draft_{draft.number}"
            quotes = {} if draft.annexed else {"startQuote": "“", "endQuote": "”"}
            embedded = add_element(add_element(parent, "p"), "embeddedStructure", eId=above, **quotes)
            if draft.label:
                add_element(embedded, "p").text = draft.label
            if draft.title:
                self._write(add_element(embedded, "p"), draft.title, draft.title_notes)
            for words in (draft.part, draft.part_title):
                if words:
                    add_element(embedded, "p").text = words
            if draft.enacting_formula:
                formula = add_element(embedded, "formula", name="enactingFormula", eId=f"{above}__formula_1")
                add_element(formula, "p").text = draft.enacting_formula
            context, self.context = self.context, Context(self.resolution.symbol, draft=draft.number)
            self._preambular(embedded, draft.preambular, f"{above}__")
            self._operative(embedded, draft.operative, f"{above}__")
            for number, annex in enumerate(draft.annexes, start=1):
                add_element(embedded, "p").text = f"Annex {annex.number}".strip()
                if annex.title:
                    add_element(embedded, "p").text = annex.title
                for position, block in enumerate(annex.blocks, start=1):
                    self._block(embedded, block, f"{above}__annex_{number}__block_{position}")
            self.context = context

    def _points(self, parent: etree._Element, points: Iterable[Point], above: str) -> None:
        identifier = f"{above}__list_1"
        listed = add_element(parent, "list", eId=identifier)
        used: dict[str, int] = {}
        for number, point in enumerate(points, start=1):
            letter = re.sub(r"\W", "", point.mark) or str(number)
            used[letter] = used.get(letter, 0) + 1
            if used[letter] > 1:
                letter = f"{letter}-{used[letter]}"
            self._point(listed, point, f"{identifier}__point_{letter}")

    def _point(self, parent: etree._Element, point: Point, identifier: str) -> None:
        element = add_element(parent, "point", eId=identifier)
        add_element(element, "num").text = point.mark
        if not point.points:
            self._write(
                add_element(add_element(element, "content", eId=f"{identifier}__content_1"), "p"),
                point.text,
                point.notes,
            )
            return
        self._write(
            add_element(add_element(element, "intro", eId=f"{identifier}__intro_1"), "p"), point.text, point.notes
        )
        self._points(element, point.points, identifier)

    def _conclusions(self, parent: etree._Element) -> None:
        if self.resolution.closing:
            conclusions = add_element(parent, "conclusions")
            for text in self.resolution.closing:
                add_element(conclusions, "p").text = text

    def _attachment(self, parent: etree._Element, annex: Annex, number: int) -> None:
        attachment = add_element(parent, "attachment", eId=f"att_{number}")
        add_element(attachment, "heading").text = f"Annex {annex.number}".strip()
        document = add_element(attachment, "doc", name="annex", contains="originalVersion")
        document.append(self.meta(f"!annex_{number}", "annex", {}))
        prefix_identifiers(document, f"att_{number}__")
        if annex.title:
            title = add_element(add_element(add_element(document, "preface"), "p"), "docTitle")
            title.text = annex.title
        body = add_element(document, "mainBody")
        for position, block in enumerate(annex.blocks, start=1):
            self._block(body, block, f"att_{number}__block_{position}")
        drafts = [one for one in self.resolution.drafts if one.annexed and one.annex == annex.number]
        self._drafts(body, drafts)
        if not (annex.blocks or drafts):
            add_element(body, "p").text = annex.title

    def _block(self, parent: etree._Element, block: AnnexBlock, identifier: str) -> None:
        """A block of an annex stands as a container named for what it is, so that no numbering of ours is invented."""
        container = add_element(parent, "container", name=block.kind, eId=identifier)
        text, notes = block.text, block.notes
        if block.mark:
            text, notes = f"{block.mark} {block.text}", _moved(block.notes, len(block.mark) + 1)
        self._write(add_element(container, "p"), text, notes)

    # Text

    def _write(self, element: etree._Element, text: str, notes: Iterable[tuple[int, str]]) -> None:
        """Write a text with its references and its notes at their offsets."""
        references = [found for found in _side_by_side(find_references(text, self.context)) if found.reference.target]
        marks = list(notes)
        pen = Pen(element)
        position = 0
        for found in references:
            position = self._write_notes(pen, text, position, found.start, marks)
            pen.text(text[position : found.start])
            href = self._href(found, text)
            self.cited.setdefault(href, found.reference.target) if not href.startswith("#") else None
            pen.element("ref", text[found.start : found.end], href=href)
            position = found.end
        position = self._write_notes(pen, text, position, len(text), marks)
        pen.text(text[position:])

    def _write_notes(self, pen: "Pen", text: str, position: int, until: int, marks: list[tuple[int, str]]) -> int:
        while marks and marks[0][0] <= until:
            offset, mark = marks.pop(0)
            offset = max(offset, position)
            pen.text(text[position:offset])
            if mark in self.written_notes:
                pen.attach(made_element("noteRef", href=f"#{self.written_notes[mark]}", marker=mark))
            elif mark in self.notes:
                pen.attach(self._note(self.notes[mark]))
            position = offset
        return position

    def _note(self, note: Footnote) -> etree._Element:
        """A note where its mark stands first; later marks of the same note refer to it."""
        identifier = f"note_{len(self.written_notes) + 1}"
        self.written_notes[note.mark] = identifier
        element = made_element("authorialNote", marker=note.mark, placement="bottom", eId=identifier)
        context, self.context = self.context, Context(self.resolution.symbol)
        self._write(add_element(element, "p"), note.text, ())
        self.context = context
        return element

    def _href(self, found: Mention, text: str) -> str:
        target = found.reference.target
        kind = found.reference.kind
        if kind == "paragraph":
            symbol, _, place = target.partition("#")
            place = place.replace("draft", "draft_").replace(".", "__").replace("op", "para_")
            return f"#{place}" if symbol == self.resolution.symbol else f"{work_iri(symbol)}/!main#{place}"
        if kind in {"treaty", "article"}:
            code, _, place = target.partition("#")
            return f"/akn/un/act/treaty/un/{code}" + (f"/!main#{_article(place)}" if place else "")
        day = parse_date(text[found.end : found.end + 24]) if text[found.end :].startswith(" of ") else None
        return work_iri(target, day.isoformat() if day else "")


def _article(place: str) -> str:
    """`art14.2` as the fragment `art_14__para_2`, `chV` as `chp_V`."""
    head, *below = place.split(".")
    fragment = re.sub(r"^art", "art_", re.sub(r"^ch(?=[IVX\d])", "chp_", head))
    return "__".join(
        [fragment, *(f"{name}_{number}" for name, number in zip(("para", "subpara"), below, strict=False))]
    )


def _moved(notes: Iterable[tuple[int, str]], by: int) -> tuple[tuple[int, str], ...]:
    return tuple((offset + by, mark) for offset, mark in notes)


def _flattened(points: Iterable[Point]) -> Iterable[Point]:
    for point in points:
        yield point
        yield from _flattened(point.points)


def _side_by_side(found: list[Mention]) -> list[Mention]:
    """References that do not overlap: the longer where two stand in one place, the first of several targets."""
    kept: list[Mention] = []
    for item in sorted(found, key=lambda each: (each.start, -each.end)):
        if item.end > item.start and (not kept or item.start >= kept[-1].end):
            kept.append(item)
    return kept
