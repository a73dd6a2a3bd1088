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

from comity.reports import elements, pandoc
from comity.reports.document import Document
from comity.reports.elements import Element
from comity.reports.formats import day


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
    return pandoc.write(blocks, "html5", "--wrap=none", "--no-highlight").decode()


def page(document: Document, fragment: str) -> bytes:
    """The whole page, with its style inside: readable from 360 pixels, light and dark, and in print."""
    style = (files("comity.reports") / "templates" / "reports" / "report.css").read_text(encoding="utf-8")
    front = document.source.front
    context = {
        "front": front,
        "language": front["language"],
        "direction": "rtl" if str(front["language"]).startswith("ar") else "ltr",
        "date": day(document.on),
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


def _block(element: Element, drawings: Mapping[str, Any], change: Any) -> Element | None:
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
    if "tabular" in classes and blocks:
        made = []
        for inside in elements.rewrite(blocks, change):
            made.append(_scrolling(inside, elements.words_of(blocks[0])) if inside["t"] == "Table" else inside)
        return elements.division(made, identifier, classes)
    return None


def _scrolling(table: Element, name: str) -> Element:
    """A table in a frame that scrolls on its own on narrow screens, and can be reached by keyboard."""
    return {
        "t": "Div",
        "c": [
            ["", ["table-scroll"], [["tabindex", "0"], ["role", "region"], ["aria-label", name or _("Table")]]],
            [table],
        ],
    }


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
