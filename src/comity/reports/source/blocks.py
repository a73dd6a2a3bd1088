"""The blocks that a report makes from figures: charts, maps, tables, evidence by paragraph, sources and methods."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Fact, Figure, Table
from comity.reports import pictures, store
from comity.reports.document import Document, roman
from comity.reports.formats import day, is_day, number
from comity.reports.source.elements import (
    Element,
    division,
    emphasis,
    link,
    paragraph,
    shares,
    span,
    strong,
    table,
    text,
)
from comity.reports.source.permitted import LINK
from comity.reports.source.source import BlockReference, nearest

Inlines = list[Element]


def block(document: Document, reference: BlockReference) -> list[Element]:
    """The elements of a block. Raises BadInput that names the source's line."""
    return _MAKERS[reference.kind](document, reference)


def deferred(reference: BlockReference) -> bool:
    """Whether a block speaks of the whole document, and so is made when everything else is there."""
    return reference.kind in ("evidence", "sources", "head")


def _drawing(document: Document, reference: BlockReference) -> list[Element]:
    """A chart or map, numbered in roman figures as United Nations documents do, with caption and small print."""
    whole = document.figure(reference.target, reference.line)
    words = document.words(reference.options.get("caption", ""), reference.line)
    document.illustrations += 1
    name, number = f"figure-{document.illustrations}", roman(document.illustrations)
    if known := reference.options.get("name"):
        document.named[known] = (_("figure %(number)s") % {"number": number}, name)
    caption = _caption(document, reference, _("Figure %(number)s") % {"number": number})
    if pictures.is_empty(whole):
        return [division([paragraph([*caption, *text(". " + nothing_held())])], name, ["note"])]
    setting = pictures.Setting(
        title=words,
        language=pictures.language(document.source.language.code),
        names=document.names,
        complete_through=_complete_through(document, whole, reference.line),
        options=reference.options,
        narrow=False,
    )
    document.drawings.append(pictures.draw(name, whole, reference, setting, document.source.file))
    parts = [division([paragraph(caption)], classes=["caption"]), *_note(document, [whole], reference)]
    return [division(parts, name, ["drawing"], name=name)]


def _table(document: Document, reference: BlockReference) -> list[Element]:
    """A figure that is a table, each of its cells leading to its own inputs.

    Options: `rows` says what rows are (area, group, instrument, year) and `first` heads their column; `columns` are
    the columns in order, two joined by a plus in one cell; `heads` their headings, parted by bars; `formats` how the
    values of a column are printed (`count:rounded`); `widths` shares of the line. Of a figure without rows the table
    says that nothing is held.
    """
    whole = document.figure(reference.target, reference.line)
    if not isinstance(whole.value, Table):
        raise BadInput(Fault(document.source.file, str(reference.line), whole.id, _("a figure that is a table")))
    columns = _columns(document, reference, whole.value)
    formats = _formats(document, reference, whole.value)
    kind = reference.options.get("rows", "")
    heads = [reference.options.get("first", ""), *reference.options.get("heads", "").split("|")]
    titles = [heads[0], *(_heading(heads, index + 1, column) for index, column in enumerate(columns))]
    rows = [
        (
            f"{whole.id}--{key}",
            [text(document.names.row(kind, key)), *_cells(document, whole, key, columns, formats, reference.line)],
        )
        for key in document.names.ordered(kind, whole.value.rows)
    ] or [_no_row(whole, len(columns))]
    numeric = [index + 1 for index, column in enumerate(columns) if _is_numeric(whole.value, column[0])]
    made = table([text(title.strip()) for title in titles], rows, _widths(reference, len(titles)), numeric)
    caption = _caption(document, reference, "")
    parts = [division([paragraph(caption)], classes=["caption"]), made, *_note(document, [whole], reference)]
    classes = ["tabular", *reference.options.get("class", "").split()]
    return [division(parts, "", classes, name=reference.options.get("name", ""))]


def _heading(heads: Sequence[str], index: int, column: Sequence[str]) -> str:
    given = heads[index].strip() if index < len(heads) else ""
    return given or column[0]


def _columns(document: Document, reference: BlockReference, value: Table) -> list[list[str]]:
    """The columns of a table as printed: each one or more columns of the figure."""
    asked = [name.strip() for name in reference.options.get("columns", "").split(",") if name.strip()]
    columns = [[part.strip() for part in name.split("+")] for name in asked] or [[name] for name in value.columns]
    for name in (part for column in columns for part in column):
        if name not in value.columns:
            expected = nearest(_("a column of the figure"), name, value.columns)
            raise BadInput(Fault(document.source.file, str(reference.line), name, expected))
    return columns


def _formats(document: Document, reference: BlockReference, value: Table) -> dict[str, list[str]]:
    """The formats of columns: `count:rounded,observed:percent`."""
    pairs = [part.strip().partition(":") for part in reference.options.get("formats", "").split(",") if part.strip()]
    for column, _colon, name in pairs:
        document.known_formats([name], reference.line)
        if column not in value.columns:
            expected = nearest(_("a column of the figure"), column, value.columns)
            raise BadInput(Fault(document.source.file, str(reference.line), column, expected))
    return {column: [name] for column, _colon, name in pairs}


def nothing_held() -> str:
    """What stands in the place of rows or a picture where a figure has none."""
    return _("No data are held.")


def _no_row(whole: Figure, columns: int) -> tuple[str, list[Inlines]]:
    return (f"{whole.id}--none", [text(nothing_held()), *(text("–") for _column in range(columns))])


def _widths(reference: BlockReference, count: int) -> list[float]:
    return shares(reference.options.get("widths", ""), count)


def _is_numeric(value: Table, column: str) -> bool:
    index = value.columns.index(column)
    cells = [cells[index] for cells in value.rows.values()]
    held = [cell for cell in cells if cell is not None]
    return bool(held) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in held)


def _cells(
    document: Document,
    whole: Figure,
    row: str,
    columns: Sequence[Sequence[str]],
    formats: Mapping[str, list[str]],
    line: int,
) -> list[Inlines]:
    cells = []
    for column in columns:
        told: Inlines = []
        for part in column:
            value = whole.value.cell(row, part)
            if value is not None and value != "":
                asked = formats.get(part) or (["short-date"] if is_day(value) else [])
                told += [
                    *([{"t": "Str", "c": "\u00a0"}] if told else []),
                    document.print_value(whole, f"{row}.{part}", value, asked, line),
                ]
        cells.append(told or text("–"))
    return cells


def _names(document: Document, reference: BlockReference) -> list[Element]:
    """The rows of a table figure by name, under what one of its columns says: States by their regional group.

    Options: `by` is that column, `rows` says what rows are, `first` and `heads` head the two columns.
    """
    whole = document.figure(reference.target, reference.line)
    by = reference.options.get("by", "")
    if not isinstance(whole.value, Table) or by not in whole.value.columns:
        columns = whole.value.columns if isinstance(whole.value, Table) else ()
        expected = nearest(_("the option “by”, a column of a figure that is a table"), by, columns)
        raise BadInput(Fault(document.source.file, str(reference.line), reference.text, expected))
    kind = reference.options.get("rows", "")
    groups: dict[str, list[str]] = {}
    for key in document.names.ordered(kind, whole.value.rows):
        groups.setdefault(whole.value.cell(key, by) or "none", []).append(key)
    rows = []
    for group in document.names.ordered_groups(groups):
        told: Inlines = []
        for key in groups[group]:
            told += [
                *(text("; ") if told else []),
                document.print_name(whole, f"{key}.{by}", document.names.row(kind, key), reference.line),
            ]
        rows.append((f"{whole.id}--{group}", [text("; ".join(map(document.names.group, group.split("; ")))), told]))
    heads = [reference.options.get("first", ""), reference.options.get("heads", "")]
    caption = _caption(document, reference, "")
    rows = rows or [_no_row(whole, 1)]
    made = table([text(head) for head in heads], rows, _widths(reference, 2))
    parts = [division([paragraph(caption)], classes=["caption"]), made, *_note(document, [whole], reference)]
    return [division(parts, "", ["tabular"], name=reference.options.get("name", ""))]


def _caption(document: Document, reference: BlockReference, number: str) -> Inlines:
    words = document.words(reference.options.get("caption", ""), reference.line)
    return [*([strong(text(number)), {"t": "Space"}] if number else []), *text(words)]


def _note(document: Document, figures: Sequence[Figure], reference: BlockReference) -> list[Element]:
    """The small print: who published the values, through which day the register is complete, where to find them all."""
    lines: list[Element] = []
    if note := reference.options.get("note"):
        lines.append(division([paragraph(text(document.words(note, reference.line)))], classes=["note"]))
    return [*lines, division([paragraph(small_print(document, figures, reference.line))], classes=["note"])]


def small_print(document: Document, figures: Sequence[Figure], line: int) -> Inlines:
    """Publishers, completeness, and the way to the values and origins of one figure or several."""
    origins = dict.fromkeys(fact.origin for whole in figures for fact in whole.inputs)
    publishers = dict.fromkeys(store.origin(sha256).publisher.split(",")[0] for sha256 in origins)
    told = [*emphasis_of(_("Source:")), {"t": "Space"}, *text("; ".join(name for name in publishers if name))]
    if code := _instrument(figures[0]):
        complete = document.print(f"register-complete-through.{code}", ["date"], line)
        told += [*text("; " + _("register complete through") + " "), complete]
    told.append({"t": "Str", "c": "."})
    if len(figures) == 1:
        told += [
            {"t": "Space"},
            span(text(_("Values and origins")), classes=["source"], figure=figures[0].id),
            *text("."),
        ]
    return told


def emphasis_of(words: str) -> Inlines:
    """Stressed plain words."""
    return [emphasis(text(words))]


def _instrument(whole: Figure) -> str:
    """The first instrument that a figure speaks of, empty where it speaks of none."""
    return str(whole.arguments.get("instruments", whole.arguments.get("instrument", ""))).split(",")[0]


def _complete_through(document: Document, whole: Figure, line: int) -> date | None:
    code = _instrument(whole)
    if not code:
        return None
    value: date | None = document.figure(f"register-complete-through.{code}", line).value
    return value


def _sources(document: Document, reference: BlockReference) -> list[Element]:
    """Every figure of the document with its value, method and origin, then every origin with its description."""
    rows = [(f"source-{whole.id}", _source_row(document, reference, whole)) for whole in document.figures.values()]
    headings = [text(_("Figure")), text(_("Value")), text(_("Method")), text(_("Origin of the inputs"))]
    made = table(headings, rows, (0.30, 0.12, 0.36, 0.22))
    return [division([made], "sources", ["tabular", "sources"]), *_origins(document)]


def _source_row(document: Document, reference: BlockReference, whole: Figure) -> list[Inlines]:
    named = document.names.figure(whole)
    name = [link(text(named), f"figure:{whole.id}"), {"t": "LineBreak"}, span(text(whole.id), classes=["identifier"])]
    if isinstance(whole.value, Table):
        value = text(_("table"))
    else:
        value = [document.print_value(whole, "", whole.value, value_formats(whole), reference.line)]
    sentence = " ".join(whole.docstring.split("\n\n")[0].replace("`", "").split())
    version = span(text(_("Version %(number)s.") % {"number": whole.version}), classes=["version"])
    files = {fact.origin: fact for fact in whole.inputs}
    count = len(whole.inputs)
    told: Inlines = text(ngettext("%(count)s input", "%(count)s inputs", count) % {"count": number(count)})
    for fact in files.values():
        told += [
            {"t": "LineBreak"},
            link(text(short_file(fact)), f"#origin-{fact.origin[:12]}", classes=["identifier"]),
        ]
    return [name, value, [*text(sentence), {"t": "Space"}, version], told]


def short_file(fact: Fact[Any]) -> str:
    """An origin's file name and the beginning of its hash, as lists name it."""
    return f"{fact.file.rsplit('/', 1)[-1]} {fact.origin[:12]}"


def _origins(document: Document) -> list[Element]:
    """The origins behind the document's figures: publisher, date, terms, hash, and through when they are complete."""
    hashes = dict.fromkeys(fact.origin for whole in document.figures.values() for fact in whole.inputs)
    items = []
    for origin in map(store.origin, hashes):
        told = [strong(text(origin.title)), *text(".")]
        for name, value in (
            (_("Publisher"), origin.publisher),
            (_("Published"), origin.published.isoformat() if origin.published else ""),
            (_("Complete through"), origin.complete_through.isoformat() if origin.complete_through else ""),
            (_("Address"), origin.url),
            (_("Licence"), origin.licence),
            (_("Verified"), _("yes") if origin.verified else _("no")),
            (_("File"), origin.file),
        ):
            if value:
                told += [*text(f" {name}: "), *(_address(value) if value == origin.url else text(value)), *text(".")]
        told += [*text(" SHA-256: "), span(text(origin.sha256), classes=["identifier"]), *text(".")]
        items.append(division([paragraph(told)], f"origin-{origin.sha256[:12]}", ["origin"]))
    return [division(items, "origins", ["origins"])]


def _address(url: str) -> Inlines:
    return [link(text(url), url)] if LINK.fullmatch(url) and not url.startswith("#") else text(url)


def _evidence(document: Document, reference: BlockReference) -> list[Element]:
    """Each operative paragraph with what it asks, in our own words, and the figures that bear on it."""
    rows = []
    for asked in store.paragraphs(reference.target, document.as_at):
        bearing = [whole for whole in document.figures.values() if asked.id in whole.asked_by]
        told = _held(document, bearing, reference.line) if bearing else _awaited(asked.evidence.awaits)
        rows.append((asked.id.rpartition("#")[2], [text(str(asked.number)), text(asked.line), told]))
    headings = [
        text(_("Par.")),
        text(_("What it asks")),
        text(_("Evidence, as at %(day)s") % {"day": day(document.on)}),
    ]
    return [division([table(headings, rows, (0.06, 0.47, 0.47))], "evidence", ["tabular", "evidence"])]


_TELLING = ("parties", "states", "in-force-for", "coverage", "joined", "not-party", "counter-terrorism", "status-table")
_MOST = 5


def _held(document: Document, bearing: Sequence[Figure], line: int) -> Inlines:
    """The most telling figures that speak of the report's date, by name and value, at most five."""
    now = [whole for whole in bearing if document.on in whole.arguments.values() and whole.method in _TELLING]
    first = {whole.arguments.get("instrument"): 0 for whole in now}
    ranked = sorted(
        now or bearing, key=lambda whole: (_turn(first, whole), _TELLING.index(whole.method)) if now else (0, 0)
    )
    told: Inlines = []
    for whole in ranked[:_MOST]:
        told += [{"t": "LineBreak"}] if told else []
        named = text(document.names.figure(whole, dated=False))
        if isinstance(whole.value, Table):
            told.append(span(named, classes=["source"], figure=whole.id))
        else:
            value = document.print_value(whole, "", whole.value, value_formats(whole), line)
            told.append(span([span(named, classes=["what"]), {"t": "Space"}, value], classes=["entry"]))
    return told


def _turn(seen: dict[Any, int], whole: Figure) -> int:
    """Instruments take turns, so that five figures tell of several treaties and not of one alone."""
    instrument = whole.arguments.get("instrument")
    seen[instrument] += 1
    return seen[instrument]


def value_formats(whole: Figure) -> list[str]:
    """How a figure's value is printed where nobody asked for a format."""
    return ["percent"] if whole.unit == "per cent" else []


def _awaited(awaits: str) -> Inlines:
    """The honest line, and what would be shown here."""
    told: Inlines = [emphasis(text(_("No evidence held yet.")))]
    return (
        [*told, {"t": "Space"}, *text(_("Awaited: %(evidence)s") % {"evidence": awaits[:1].lower() + awaits[1:]})]
        if awaits
        else told
    )


def _head(document: Document, reference: BlockReference) -> list[Element]:
    """The audit chain's head at the time of building, and the key that signs it."""
    told = {
        _("Head of the audit chain when the figures were computed:"): document.head,
        _("Key that signs the audit chain:"): document.signed_by,
    }
    lines = [
        paragraph([*text(words + " "), span(text(value), classes=["identifier"])])
        for words, value in told.items()
        if value
    ]
    return [division(lines, "head", ["head"])]


_MAKERS: dict[str, Callable[[Document, BlockReference], list[Element]]] = {
    "chart": _drawing,
    "map": _drawing,
    "table": _table,
    "names": _names,
    "evidence": _evidence,
    "sources": _sources,
    "head": _head,
}
