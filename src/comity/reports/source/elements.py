"""The elements of a document as pandoc's JSON has them (pandoc-types 1.23), made and walked by plain functions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from comity.evidence.files.control_characters import printable

Element = dict[str, Any]
Attributes = tuple[str, Sequence[str], Mapping[str, str]]
VERSION = [1, 23, 1, 1]
NOTHING: Attributes = ("", (), {})
_BREAKS = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]")


def attributes(identifier: str = "", classes: Sequence[str] = (), **keys: str) -> list[Any]:
    """Identifier, classes and key-value pairs; underscores in keys stand for hyphens."""
    return [identifier, list(classes), [[key.replace("_", "-"), value] for key, value in keys.items()]]


def text(words: str) -> list[Element]:
    """Inline elements of plain words, whoever wrote them: nothing in them is markup in any output.

    Line ends become spaces, since a line that begins with a mark of a heading or list would be one in typst.
    """
    elements: list[Element] = []
    for index, word in enumerate(_BREAKS.split(printable(words))):
        if index:
            elements.append({"t": "Space"})
        if word:
            elements.append({"t": "Str", "c": word})
    return elements


def span(inlines: Sequence[Element], identifier: str = "", classes: Sequence[str] = (), **keys: str) -> Element:
    """A span of inline elements."""
    return {"t": "Span", "c": [attributes(identifier, classes, **keys), list(inlines)]}


def link(
    inlines: Sequence[Element], target: str, identifier: str = "", classes: Sequence[str] = (), **keys: str
) -> Element:
    """A link."""
    return {"t": "Link", "c": [attributes(identifier, classes, **keys), list(inlines), [target, ""]]}


def strong(inlines: Sequence[Element]) -> Element:
    """Strong words."""
    return {"t": "Strong", "c": list(inlines)}


def emphasis(inlines: Sequence[Element]) -> Element:
    """Stressed words."""
    return {"t": "Emph", "c": list(inlines)}


def plain(inlines: Sequence[Element]) -> Element:
    """A block of inline elements that is no paragraph, as in a table's cell."""
    return {"t": "Plain", "c": list(inlines)}


def paragraph(inlines: Sequence[Element]) -> Element:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def header(level: int, inlines: Sequence[Element], identifier: str = "", classes: Sequence[str] = ()) -> Element:
    """A heading."""
    return {"t": "Header", "c": [level, attributes(identifier, classes), list(inlines)]}


def division(blocks: Sequence[Element], identifier: str = "", classes: Sequence[str] = (), **keys: str) -> Element:
    """A division of blocks."""
    return {"t": "Div", "c": [attributes(identifier, classes, **keys), list(blocks)]}


def raw(form: str, content: str) -> Element:
    """A block in an output's own language."""
    return {"t": "RawBlock", "c": [form, content]}


def raw_inline(form: str, content: str) -> Element:
    """Words in an output's own language."""
    return {"t": "RawInline", "c": [form, content]}


def _cell(inlines: Sequence[Element], span_of: int = 1) -> list[Any]:
    return [attributes(), {"t": "AlignDefault"}, 1, span_of, [plain(inlines)] if inlines else []]


def table(
    headings: Sequence[Sequence[Element]],
    rows: Iterable[tuple[str, Sequence[Sequence[Element]]]],
    widths: Sequence[float],
    numeric: Sequence[int] = (),
) -> Element:
    """A table of inline cells. Rows come with an identifier; `widths` are shares of the line.

    Columns of numbers stand right. The first column is the row's heading.
    """
    columns = [
        [{"t": "AlignRight" if index in numeric else "AlignLeft"}, {"t": "ColWidth", "c": width}]
        for index, width in enumerate(widths)
    ]
    head = [attributes(), [[attributes(), [_cell(heading) for heading in headings]]]]
    body = [attributes(), 1, [], [[attributes(name), [_cell(cell) for cell in cells]] for name, cells in rows]]
    return {"t": "Table", "c": [attributes(), [None, []], columns, head, [body], [attributes(), []]]}


def shares(widths: str, count: int) -> list[float]:
    """Shares of the line for so many columns, from numbers between commas; equal ones where they are not as many."""
    given = [float(width) for width in widths.split(",") if width.strip()]
    if len(given) != count or not sum(given):
        given = [1.0] * count
    return [width / sum(given) for width in given]


_WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})


def rewrite(node: Any, change: Callable[[Element], Element | list[Element] | None], *, words: bool = False) -> Any:
    """A document with every element put through `change`, outermost first; single words only where `words` asks.

    `change` gives None to leave an element and go on inside it, or what stands in its place, which is not entered.
    """
    if isinstance(node, dict):
        return {**node, "c": rewrite(node["c"], change, words=words)} if "c" in node else node
    if not isinstance(node, list):
        return node
    made: list[Any] = []
    for item in node:
        kind = item.get("t") if isinstance(item, dict) else None
        changed = change(item) if kind and (words or kind not in _WORDS) else None
        if isinstance(changed, list):
            made.extend(changed)
        elif changed is not None:
            made.append(changed)
        elif isinstance(item, list) or (kind and kind not in _WORDS):
            made.append(rewrite(item, change, words=words))
        else:
            made.append(item)
    return made


def identifiers(blocks: list[Element]) -> list[str]:
    """The identifiers of headings, divisions and words, in order."""
    names: list[str] = []

    def look(element: Element) -> None:
        if element["t"] in ("Header", "Div", "Span"):
            names.append(element["c"][1 if element["t"] == "Header" else 0][0])

    rewrite(blocks, look)
    return [identifier for identifier in names if identifier]


def targets(blocks: list[Element]) -> list[str]:
    """The addresses that links lead to, each once, in order."""
    addresses: dict[str, None] = {}

    def look(element: Element) -> None:
        if element["t"] == "Link":
            addresses.setdefault(element["c"][2][0])

    rewrite(blocks, look)
    return list(addresses)


def words_of(node: Any) -> str:
    """The plain words of elements, without notes."""
    if isinstance(node, list):
        return "".join(words_of(item) for item in node)
    if not isinstance(node, dict):
        return ""
    kind = node.get("t")
    if kind == "Str":
        return str(node["c"])
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Note", "RawInline", "RawBlock"):
        return ""
    if kind == "Quoted":
        return "“" + words_of(node["c"][1]) + "”"
    if kind in ("Link", "Span"):
        return words_of(node["c"][1])
    if kind == "Code":
        return str(node["c"][1])
    return words_of(node.get("c", []))
