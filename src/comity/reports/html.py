"""The document as HTML: a fragment that the site shows, and a page of its own that needs nothing beside it."""

import re
from collections.abc import Mapping
from datetime import date
from html import escape, unescape
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from comity.reports import pandoc
from comity.reports.composing.landscape import LANDSCAPE
from comity.reports.document import Document
from comity.reports.formats import day
from comity.reports.source import elements
from comity.reports.source.elements import Element


def figure_address(public_url: str, identifier: str, as_at: date) -> str:
    """The address of the page of a figure, or of one cell of it, as known on a day."""
    return f"{public_url}/figures/{quote(identifier, safe='-_:,.')}?as_at={as_at.isoformat()}"


def body(document: Document, public_url: str) -> str:
    """The document's body as a fragment of HTML."""
    drawings = {drawing.name: drawing for drawing in document.drawings}

    def change(element: Element) -> Element | list[Element] | None:
        if element["t"] in ("Span", "Link"):
            return _inline(element, document, public_url)
        if element["t"] == "Div":
            return _block(element, drawings, change)
        return None

    blocks = elements.rewrite(document.blocks, change)
    written = pandoc.write(blocks, "html5", "--wrap=none", "--no-highlight", "--shift-heading-level-by=1").decode()
    return _scoped(written)


_PART = re.compile(r"<(thead|tbody)>.*?</\1>", re.DOTALL)


def _scoped(written: str) -> str:
    """Every heading of a table says whether it heads its column or its row, which pandoc leaves open."""
    scopes = {"thead": "col", "tbody": "row"}
    return _PART.sub(lambda part: re.sub(r"<th(?=[ >])", f'<th scope="{scopes[part[1]]}"', part[0]), written)


def write(document: Document, public_url: str) -> bytes:
    """The page that stands alone, with everything it needs in it."""
    return page(document, body(document, public_url))


def page(document: Document, fragment: str) -> bytes:
    """The whole page, with its style inside: readable from 360 pixels, light and dark, and in print."""
    style = (files("comity.reports") / "templates" / "reports" / "report.css").read_text(encoding="utf-8")
    front = document.source.front
    context = {
        "front": front,
        "language": front["language"],
        "direction": document.source.language.direction,
        "date": day(document.as_at),
        "knowledge": document.knowledge,
        "style": style,
        "charts": _chart_style(),
        "body": fragment,
    }
    return render_to_string("reports/report.html", context).encode()


def _chart_style() -> str:
    from comity.charts.theme import stylesheet

    return stylesheet()


def _inline(element: Element, document: Document, public_url: str) -> Element | None:
    (identifier, classes, pairs), inlines = element["c"][0], element["c"][1]
    keys = dict(pairs)
    if element["t"] == "Span" and "figure" in classes:
        whole = keys["figure"].partition("#")[0]
        near = keys["figure"] == whole and whole in document.figures
        target = f"#source-{whole}" if near else figure_address(public_url, keys["figure"], document.as_at)
        return elements.link(inlines, target, identifier, ["figure"], data_figure=keys["figure"])
    if element["t"] == "Span" and "source" in classes:
        return elements.link(inlines, f"#source-{keys['figure']}", identifier, ["source"])
    if element["t"] == "Link" and element["c"][2][0].startswith("figure:"):
        whole = element["c"][2][0].removeprefix("figure:")
        return elements.link(inlines, figure_address(public_url, whole, document.as_at), identifier, ["figure-page"])
    return None


def _block(element: Element, drawings: Mapping[str, Any], change: Any) -> Element | list[Element] | None:
    (identifier, classes, pairs), blocks = element["c"]
    keys = dict(pairs)
    if "numbered" in classes:
        number = elements.span(elements.text(keys["number"] + "."), classes=["number"])
        inlines = elements.rewrite([*blocks[0]["c"]], change)
        return elements.division([elements.paragraph([number, {"t": "Space"}, *inlines])], identifier, ["numbered"])
    if "drawing" in classes:
        drawn = drawings[keys["name"]]
        caption, *notes = elements.rewrite(blocks, change)
        inner = caption["c"][1][0]["c"]
        figure = {
            "t": "Figure",
            "c": [elements.attributes(), [None, [elements.plain(inner)]], [elements.raw("html", drawn.html)]],
        }
        return elements.division([figure, *notes], identifier, ["drawing"])
    if LANDSCAPE in classes:  # a page on a screen has no sides
        return list(elements.rewrite(blocks, change))
    if blocks and ("tabular" in classes or "contents" in classes):
        return _tabular(elements.rewrite(blocks, change), identifier, classes)
    return None


def _tabular(blocks: list[Element], identifier: str, classes: list[str]) -> Element:
    """A division whose caption becomes the caption of its table; a table without one is named by what it holds."""
    first = blocks[0]
    has_caption = first["t"] == "Div" and "caption" in first["c"][0][1]
    words = first["c"][1][0]["c"] if has_caption else elements.text(_unseen_caption(classes))
    rest = blocks[1:] if has_caption else blocks
    made = [_scrolling(block, words) if block["t"] == "Table" else block for block in rest]
    return elements.division(made, identifier, classes)


def _unseen_caption(classes: list[str]) -> str:
    """The name of a table that stands right under a heading which says it to those who see."""
    names = {
        "contents": _("Contents"),
        "evidence": _("Evidence for each operative paragraph"),
        "sources": _("Figures with value, method and origin"),
    }
    return next((names[name] for name in classes if name in names), _("Table"))


def _scrolling(table: Element, caption: list[Element]) -> Element:
    """A table with its caption, in a frame that scrolls on its own on narrow screens and can be reached by keyboard."""
    attributes, _none, *rest = table["c"]
    named = {"t": "Table", "c": [attributes, [None, [elements.plain(caption)]], *rest]}
    keys = [["tabindex", "0"], ["role", "region"], ["aria-label", elements.words_of(caption)]]
    return {"t": "Div", "c": [["", ["table-scroll"], keys], [named]]}


_MAIN = re.compile(r'<main id="report" class="report">(.*)</main>', re.DOTALL)
_FIGURE_PAGE = re.compile(r'href="[^"#]*?(/figures/[^"]+)"')
_FIGURE_LINK = re.compile(r'<a href="([^"]*)"([^>]*?) data-figure="([^"]+)"')


def site_body(page: str) -> str:
    """The body of a page that stands alone, for a page of the site: each printed figure leads to its own page there."""
    found = _MAIN.search(page)
    body = found[1] if found else page
    as_at = re.search(r"/figures/[^\"?]+\?as_at=(\d{4}-\d{2}-\d{2})", body)
    known = date.fromisoformat(as_at[1]) if as_at else None

    def put(match: re.Match[str]) -> str:
        target = figure_address("", unescape(match[3]), known) if known else match[1]
        return f'<a href="{escape(target)}"{match[2]} data-figure="{match[3]}"'

    return _FIGURE_PAGE.sub(r'href="\1"', _FIGURE_LINK.sub(put, body))
