"""Drawing: a specification becomes an SVG for pages and PDF, or a PNG for Word documents.

One drawing serves all: the picture is made once from the specification, cleaned, and only its colours differ by mode.
In mode `light` every coloured element also bears a class of `static/charts/tokens.css`, so that a page shows it in
the reader's mode; nothing in it needs a style attribute, which a strict content security policy would refuse.
"""

import hashlib
import json
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from comity.charts.theme import SCRIPT_FONTS, Mode, colour, tokens
from comity.evidence.files.control_characters import printable
from comity.evidence.workspaces.bounded_cache import Shelf

FONTS = Path(__file__).parent / "fonts"
EDITION = 9
"""Raised when drawing changes, so that pictures kept by an earlier edition are not shown."""

PICTURES = Shelf("charts", 128 * 2**20)
"""Pictures that were drawn, a few thousand of them: every day that a reader asks for has others."""

_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_TEXT = re.compile(r"(<text[^>]*>)([^<]+)(</text>)")
_LACKING = re.compile("(?:&\\w+;|[\"#-%'-+/;-@\\[-`{-~])+")
"""Marks that Noto Sans Arabic lacks: the brackets of `فنزويلا (جمهورية)`, the stroke of `تموز/يوليه`, or `&amp;`."""
_WITH_MARKS = "Noto Naskh Arabic"
_SCRIPTS = {
    "arabic": "[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]",
    "han": "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]",
}
_CHANNELS = {"fill": "cf", "stroke": "cs"}
_ABOUT_PARTS = ("role", "aria-roledescription", "aria-label", "aria-hidden", "pointer-events")


@cache
def _converter() -> Any:
    """vl-convert with our fonts, loaded when first drawn with."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def spec_hash(spec: Mapping[str, Any]) -> str:
    """SHA-256 of a specification and of what draws it: the name of its pictures."""
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{EDITION} {_converter().__version__} {text}".encode()).hexdigest()


def draw_svg(spec: Mapping[str, Any], mode: Mode = "light", name: str = "") -> str:
    """The chart as SVG text for a page (`light`), or in the colours of `dark` or `print` for places without CSS.

    `name` tells apart two drawings of one specification on one page, whose ids would else be the same.
    """
    key = spec_hash(spec)
    drawn = _kept(f"{key}.svg") or _keep(f"{key}.svg", _drawn(_printable(spec), key[:10]))
    text = drawn.decode()
    if name:
        text = text.replace(f"c{key[:10]}", f"c{key[:10]}-{name}")
    return text if mode == "light" else _recoloured(text, mode)


def draw_png(spec: Mapping[str, Any], scale: float = 3, mode: Mode = "print") -> bytes:
    """The chart as PNG on paper of its mode, `scale` pixels for each of the specification's.

    A chart 640 wide that is printed 16 cm wide has 102 · scale dots an inch: 305 at scale 3.
    """
    name = f"{spec_hash(spec)}-{mode}-{scale:g}.png"
    return _kept(name) or _keep(name, _picture(draw_svg(spec, mode), scale, mode))


def _picture(svg: str, scale: float, mode: Mode) -> bytes:
    """The SVG as PNG, with paper under it."""
    paper = f'<rect width="100%" height="100%" fill="{tokens()["paper"].value(mode)}"/>'
    start = svg.index("</desc>") + len("</desc>")
    marked = _TEXT.sub(_right_to_left, svg[start:])
    png: bytes = _converter().svg_to_png(svg[:start] + paper + marked, scale=scale, ppi=72)
    return png


def _right_to_left(match: re.Match[str]) -> str:
    """A text whose first letter is Arabic between marks of its direction, which the drawer of pictures does not find.

    Else brackets, stops and numbers at its ends would stand on the wrong side. Marks that the typeface lacks name the
    one that has them: in a text with a ligature, such as لا, the drawer finds none by itself and shows empty boxes.
    """
    first = next((kind for letter in match[2] if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL")), "L")
    if first == "L":
        return match[0]
    words = _LACKING.sub(rf'<tspan font-family="{_WITH_MARKS}">\g<0></tspan>', match[2])
    return f"{match[1]}\u200f{words}\u200f{match[3]}"


_in_memory: OrderedDict[str, bytes] = OrderedDict()
_MOST_IN_MEMORY = 128


def _kept(name: str) -> bytes | None:
    """A picture drawn before, from memory or from the workspace."""
    found = _in_memory.get(name) or PICTURES.find_sealed(name)
    return _remember(name, found) if found else None


def _keep(name: str, data: bytes) -> bytes:
    PICTURES.keep_sealed(name, data)
    return _remember(name, data)


def _remember(name: str, data: bytes) -> bytes:
    _in_memory[name] = data
    with suppress(KeyError):  # another thread may have taken the last one
        if len(_in_memory) > _MOST_IN_MEMORY:
            _in_memory.popitem(last=False)
    return data


def _drawn(spec: Mapping[str, Any], key: str) -> bytes:
    return _clean(_vega_svg(spec), spec, key).encode()


def _printable(value: Any) -> Any:
    """A specification whose texts hold nothing that no SVG can hold: the program that draws would end this process."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {_printable(key): _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list | tuple) else value


def _vega_svg(spec: Mapping[str, Any]) -> str:
    svg: str = _converter().vegalite_to_svg(dict(spec), vl_version="5.21")
    return svg


@cache
def _names() -> dict[str, str]:
    """Token by light value, for those values that are one token's alone; the first where two share one."""
    named: dict[str, str] = {}
    for token in tokens().values():
        named.setdefault(token.light, token.name)
    return named


def _rounded(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.1f}"
    return text.removesuffix(".0").replace("-0", "0", 1) if text in ("-0.0", "0.0") else text.removesuffix(".0")


def _clean(svg: str, spec: Mapping[str, Any], key: str) -> str:
    """The drawing made fit for a page: named, hatched, with classes, and without what only a script would use."""
    root = etree.fromstring(svg.encode())
    _prune(root)
    _rename(root, f"c{key}")
    hatched = [_coloured(element) for element in root.iter() if isinstance(element.tag, str)]
    if any(hatched):
        for element in root.iter(f"{{{_SVG}}}path", f"{{{_SVG}}}rect"):
            _hatch(element, f"c{key}-hatch")
        root.insert(0, _hatching(f"c{key}-hatch"))
    _entitle(root, spec, f"c{key}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _prune(root: etree._Element) -> None:
    """Drop parts that show nothing and attributes that only name parts, and round numbers to a tenth of a pixel."""
    for element in list(root.iter()):
        invisible = element.get("opacity") == "0" or element.get("display") == "none"
        empty = element.get("class") in ("background", "foreground") and element.get("stroke") is None
        parent = element.getparent()
        if parent is not None and (invisible or empty):
            parent.remove(element)
            continue
        for attribute in (*_ABOUT_PARTS, "class"):
            if attribute in element.attrib:
                del element.attrib[attribute]
        for attribute in ("d", "transform", "x", "y", "x2", "y2", "width", "height"):
            if value := element.get(attribute):
                element.set(attribute, _NUMBER.sub(_rounded, value))
        if element.get("opacity") == "1":
            del element.attrib["opacity"]
    _unwrap(root)


def _unwrap(root: etree._Element) -> None:
    """Remove groups that hold nothing, innermost first."""
    for group in reversed(list(root.iter(f"{{{_SVG}}}g"))):
        parent = group.getparent()
        if parent is not None and not len(group):
            parent.remove(group)


def _rename(root: etree._Element, prefix: str) -> None:
    """Make ids the drawing's own, so that several drawings share a page; the drawer counts on from chart to chart."""
    named: dict[str, str] = {}
    for element in root.iter():
        if identifier := element.get("id"):
            named[identifier] = f"{prefix}-{len(named) + 1}"
            element.set("id", named[identifier])
    for element in root.iter():
        for attribute in map(str, element.attrib):
            if "url(#" in (value := element.get(attribute, "")):
                element.set(attribute, f"url(#{named[value[5:-1]]})")


def _coloured(element: etree._Element) -> bool:
    """Give an element the classes of its colours; true where it is filled as having no data."""
    classes = []
    for channel, short in _CHANNELS.items():
        if name := _names().get(element.get(channel, "")):
            classes.append(f"{short}-{name}")
    if classes:
        element.set("class", " ".join(classes))
    return "cf-no-data" in classes


def _hatch(element: etree._Element, identifier: str) -> None:
    """Fill what has no data with hatching instead of a colour."""
    classes = element.get("class", "").split()
    if "cf-no-data" in classes:
        element.set("class", " ".join(name for name in classes if name not in ("cf-no-data", "cs-no-data")))
        element.set("fill", f"url(#{identifier})")
        if element.get("stroke") == colour("no-data"):
            del element.attrib["stroke"]
        if not element.get("class"):
            del element.attrib["class"]


def _hatching(identifier: str) -> etree._Element:
    """The pattern of what has no data: thin strokes that survive grey print."""
    definitions = etree.Element(f"{{{_SVG}}}defs")
    pattern = etree.SubElement(
        definitions,
        f"{{{_SVG}}}pattern",
        {"id": identifier, "width": "5", "height": "5", "patternUnits": "userSpaceOnUse"},
    )
    paper = {"width": "5", "height": "5", "fill": colour("no-data"), "class": "cf-no-data"}
    etree.SubElement(pattern, f"{{{_SVG}}}rect", paper)
    stroke = {"d": "M-1,1L1,-1M0,5L5,0M4,6L6,4", "stroke": colour("hatch"), "stroke-width": "0.8", "class": "cs-hatch"}
    etree.SubElement(pattern, f"{{{_SVG}}}path", stroke)
    return definitions


def _entitle(root: etree._Element, spec: Mapping[str, Any], identifier: str) -> None:
    """Title and description for readers who do not see the picture; direction and writing for those who do.

    The picture's own direction is left to right, so that labels keep their side on an Arabic page; each text takes
    its direction from its first letter.
    """
    about = spec.get("usermeta", {})
    root.set("role", "img")
    root.set("aria-labelledby", f"{identifier}-title")
    root.set("aria-describedby", f"{identifier}-desc")
    root.set("direction", "ltr")
    if language := about.get("language"):
        root.set("lang", language)
    for text in root.iter(f"{{{_SVG}}}text"):
        text.set("unicode-bidi", "plaintext")
        _set_script(text)
    for position, (tag, words) in enumerate((("title", about.get("title", "")), ("desc", spec.get("description", "")))):
        element = etree.Element(f"{{{_SVG}}}{tag}", {"id": f"{identifier}-{tag}"})
        element.text = words
        root.insert(position, element)


def _set_script(text: etree._Element) -> None:
    """Name the typeface of a text in a script that Noto Sans lacks, since drawers differ in what they fall back to.

    The whole text takes it, digits too: our Arabic typeface has them, and one line is then of one make.
    """
    for script, letters in _SCRIPTS.items():
        if re.search(letters, text.text or ""):
            text.set("font-family", SCRIPT_FONTS[script])


def _recoloured(svg: str, mode: Mode) -> str:
    """The drawing with the colours of a mode in place of the light ones, and without classes."""
    values = {token.light: token.value(mode) for token in reversed(list(tokens().values()))}
    plain = re.sub(r' class="[^"]*"', "", svg)
    return re.sub(r'="(#[0-9a-f]{6})"', lambda match: f'="{values.get(match[1], match[1])}"', plain)
