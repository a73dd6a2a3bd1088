"""Composing a document: references become figures and blocks, headings, paragraphs and tables get their numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Figure
from comity.reports.composing.blocks import block, deferred
from comity.reports.composing.landscape import laid_across
from comity.reports.composing.naming import Names
from comity.reports.composing.small_print import small_print, treaties_of
from comity.reports.document import Document, Section, letters, roman
from comity.reports.formats import printed
from comity.reports.source import elements
from comity.reports.source.elements import Element
from comity.reports.source.markdown import Markdown
from comity.reports.source.prose import naked_numerals, undefined_footnotes
from comity.reports.source.references import DATE_NAME, SEE, BlockReference, FigureReference, nearest
from comity.reports.source.report_source import Source


def compose(
    source: Source,
    on: date | None,
    as_at: date,
    *,
    head: str = "",
    signed_by: str = "",
    names: Names | None = None,
    complete: Mapping[str, date | None] | None = None,
) -> Document:
    """Compute every figure that a source refers to and lay the document out.

    `on` is the day of which it speaks; without one it speaks for each treaty of the day that `complete` has for it.
    `head` is the audit chain's head that the document prints, `signed_by` the fingerprint of the key that signs it.
    Raises BadInput that names every unknown reference, format, figure typed by hand, each with its line.
    """
    document = Document(source, on, as_at, head, names or Names(), complete or {}, signed_by)
    made: dict[str, list[Element]] = {}
    text = Markdown(source)
    faults = [*naked_numerals(source), *undefined_footnotes(source), *text.read()]
    last: list[tuple[str, BlockReference]] = []
    for key, piece in text.references.items():
        if isinstance(piece, BlockReference) and deferred(piece):
            last.append((key, piece))
        else:
            made[key] = _tried(document, piece, faults)
    for key, reference in last:
        made[key] = [] if faults else _tried(document, reference, faults)
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: int(fault.place or 0)))
    document.blocks = laid_across(_anchored(_arranged(text.filled(made), document), text))
    return document


def _anchored(blocks: list[Element], text: Markdown) -> list[Element]:
    """Blocks whose links within the report lead to their headings; raises BadInput that names those that do not."""
    targets = {identifier: identifier for identifier in elements.identifiers(blocks)}
    targets |= {name.removeprefix("section-"): name for name in targets if name.startswith("section-")}
    lost = [name for name in text.anchors if name not in targets]
    if lost:
        expected = _("the heading or table that a link leads to")
        raise BadInput(
            [
                Fault(text.file, str(text.line_of(name)), f"#{name}", nearest(expected, name, list(targets), "#"))
                for name in lost
            ]
        )

    def change(element: Element) -> Element | None:
        name = element["c"][2][0].removeprefix("#") if element["t"] == "Link" else ""
        return elements.link(element["c"][1], f"#{targets[name]}") if targets.get(name, name) != name else None

    anchored: list[Element] = elements.rewrite(blocks, change)
    return anchored


def _tried(document: Document, piece: FigureReference | BlockReference, faults: list[Fault]) -> list[Element]:
    """The elements of a reference, or its faults added to the others."""
    try:
        if isinstance(piece, BlockReference):
            return block(document, piece)
        if DATE_NAME.fullmatch(piece.target):
            return [elements.span(elements.text(document.date_words(piece)))]
        if piece.target.startswith(SEE):
            name = piece.target.removeprefix(SEE)
            return [
                elements.span([], classes=["see"], name=name, line=str(piece.line), formats=" ".join(piece.formats))
            ]
        return [document.print(piece.target, piece.formats, piece.line)]
    except BadInput as error:
        faults.extend(error.faults)
        return []


def _arranged(blocks: list[Element], document: Document) -> list[Element]:
    """Headings numbered I, A, 1 and annexes I, II; paragraphs under the headings of the body numbered through."""
    counts = [0, 0, 0]
    annexes, paragraphs, annex = 0, 0, False
    arranged: list[Element] = []
    for element in blocks:
        if element["t"] == "Header":
            level, (identifier, classes, _keys), inlines = element["c"]
            identifier = f"section-{identifier}"
            annex = "annex" in classes or (annex and level > 1)
            if "annex" in classes:
                annexes += 1
                number = _("Annex %(number)s") % {"number": roman(annexes)}
            elif annex:
                number = ""
            else:
                counts = [*counts[: level - 1], counts[level - 1] + 1, *([0] * (3 - level))]
                number = (roman(counts[0]), letters(max(counts[1], 1)), str(counts[2]))[level - 1] + "."
            _add_section(document, level, number, elements.words_of(inlines), identifier)
            if level == 1:
                document.numbered[identifier.removeprefix("section-")] = (_section_words(number), identifier)
            arranged.append(_heading(level, number, inlines, identifier, annex and level == 1))
        elif element["t"] == "Para" and counts[0] and not annex:
            paragraphs += 1
            document.sections[:] = [_with(section, paragraphs, document.sections) for section in document.sections]
            arranged.append(
                elements.division([element], f"paragraph-{paragraphs}", ["numbered"], number=str(paragraphs))
            )
        elif element["t"] == "BulletList" and counts[0] and not annex:
            arranged.append({"t": "OrderedList", "c": [[1, {"t": "LowerAlpha"}, {"t": "TwoParens"}], element["c"]]})
        else:
            arranged.append(element)
    tables = count(1)
    tabled = elements.rewrite(
        arranged, lambda element: _contents(element, document) or _tabled(element, document, tables)
    )
    return list(elements.rewrite(tabled, lambda element: _seen(element, document)))


def _section_words(number: str) -> str:
    if number.endswith("."):
        return _("section %(number)s") % {"number": number.removesuffix(".")}
    return number[:1].lower() + number[1:]


def _seen(element: Element, document: Document) -> Element | None:
    """A reference to a table, chart, section or annex by its number, in the place of its mark."""
    if element["t"] != "Span" or "see" not in element["c"][0][1]:
        return None
    keys = dict(element["c"][0][2])
    if keys["name"] not in document.numbered:
        expected = nearest(_("the name of a table, chart or section"), keys["name"], list(document.numbered))
        raise BadInput(Fault(document.source.file, keys["line"], keys["name"], expected))
    words, identifier = document.numbered[keys["name"]]
    formats = keys["formats"].split()
    document.known_formats(formats, int(keys["line"]))
    try:
        shown = printed(words, formats)
    except ValueError as error:
        raise BadInput(Fault(document.source.file, keys["line"], "|".join([words, *formats]), str(error))) from error
    return elements.link(elements.text(shown), f"#{identifier}")


def _tabled(element: Element, document: Document, numbers: Iterator[int]) -> Element | None:
    """A table with its number: one of the source, which gets its caption here, or one made from a figure."""
    if element["t"] != "Div" or "tabular" not in element["c"][0][1]:
        return None
    (_identifier, classes, pairs), blocks = element["c"]
    keys = dict(pairs)
    if "caption" in keys:
        grid = _with_widths(blocks[0], keys.get("widths", ""))
        used = _used(grid, document)
        codes = treaties_of(used)
        words = elements.paragraph(elements.text(document.words(keys["caption"], 0, codes)))
        print_ = small_print(document, used, 0) if used else []
        note = elements.division([elements.paragraph(print_)], classes=["note"])
        blocks = [elements.division([words], classes=["caption"]), _dated(grid, document, codes), *blocks[1:], note]
    if not blocks or blocks[0]["t"] != "Div":
        return None
    number = next(numbers)
    if name := keys.get("name"):
        document.numbered[name] = (_("table %(number)s") % {"number": number}, f"table-{number}")
    first = blocks[0]["c"][1][0]
    marked = [elements.strong(elements.text(_("Table %(number)s") % {"number": number})), {"t": "Space"}, *first["c"]]
    caption = elements.division([elements.paragraph(marked)], classes=["caption"])
    return elements.division([caption, *blocks[1:]], f"table-{number}", classes)


def _used(grid: Element, document: Document) -> list[Figure]:
    """The figures that a table of the source prints."""
    used: dict[str, Figure] = {}

    def look(element: Element) -> None:
        if element["t"] == "Span" and "figure" in element["c"][0][1]:
            identifier = dict(element["c"][0][2])["figure"].partition("#")[0]
            used[identifier] = document.figures[identifier]

    elements.rewrite(grid, look)
    return list(used.values())


def _dated(grid: Element, document: Document, codes: Sequence[str]) -> Element:
    """A table of the source with the dates that its headings name printed in full."""

    def change(element: Element) -> list[Element] | None:
        if element["t"] == "Str" and element["c"].startswith("@"):
            return elements.text(document.words(element["c"], 0, codes))
        return None

    made: Element = elements.rewrite(grid, change, words=True)
    return made


def _with_widths(grid: Element, widths: str) -> Element:
    """A table of the source over the whole line, its columns in the given shares, the first heading the rows."""
    if grid["t"] != "Table":
        return grid
    columns = grid["c"][2]
    for column, share in zip(columns, elements.shares(widths, len(columns)), strict=True):
        column[1] = {"t": "ColWidth", "c": share}
    for body in grid["c"][4]:
        body[1] = 1
    return grid


def _heading(level: int, number: str, inlines: list[Element], identifier: str, annex: bool) -> Element:
    classes = ["annex"] if annex else []
    marked = [elements.span(elements.text(number), classes=["heading-number"]), {"t": "Space"}, *inlines]
    return elements.header(level, marked if number else inlines, identifier, classes)


def _add_section(document: Document, level: int, number: str, title: str, identifier: str) -> None:
    if level <= 2 and number:
        document.sections.append(Section(level, number, title, identifier, ()))


def _with(section: Section, paragraph: int, sections: Sequence[Section]) -> Section:
    """A section with a paragraph added where it is the last of its level, with no higher one after it."""
    index = sections.index(section)
    if any(later.level <= section.level for later in sections[index + 1 :]):
        return section
    return Section(section.level, section.number, section.title, section.identifier, (*section.paragraphs, paragraph))


def _contents(element: Element, document: Document) -> Element | None:
    """The table of contents in the place of an empty division of class `contents`."""
    if element["t"] != "Div" or "contents" not in element["c"][0][1]:
        return None
    rows = []
    for section in document.sections:
        title = [*elements.text(section.number), {"t": "Space"}, *elements.text(section.title)]
        entry = elements.span([elements.link(title, f"#{section.identifier}")], classes=[f"level-{section.level}"])
        first, last = (section.paragraphs[0], section.paragraphs[-1]) if section.paragraphs else (0, 0)
        span = "" if not first else str(first) if first == last else f"{first}–{last}"
        rows.append(("", [[entry], elements.text(span)]))
    headings = [elements.text(_("Section")), elements.text(_("Paragraphs"))]
    return elements.division([elements.table(headings, rows, (0.8, 0.2), (1,))], "contents", ["contents"])
