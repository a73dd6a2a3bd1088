import re
import struct
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
from chart_examples import statistics_charts
from lxml import etree

from comity.charts import drawing
from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.specifications import Bar, Estimate, Kind
from comity.charts.theme import tokens
from comity.evidence.chain import keys

SVG = "{http://www.w3.org/2000/svg}"
KINDS = [Kind("party", "طرف", "party"), Kind("not", "ليس طرفاً", "not-party")]


def arabic_bars() -> dict[str, Any]:
    return charts.stacked_share_bars(
        [Bar("الدول الأفريقية", {"party": 48, "not": 6})], KINDS, title="الأطراف", language=language("ar"), width=720
    )


def small_map() -> dict[str, Any]:
    return charts.choropleth(
        {"004": "party", "364": "not"}, KINDS, title="Map", no_data_label="–", language=language("en"), width=360
    )


@pytest.fixture(params=[arabic_bars, small_map], ids=["bars", "map"])
def spec(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param()


def test_a_drawing_needs_no_style_that_a_content_security_policy_would_refuse(spec: dict[str, Any]) -> None:
    root = etree.fromstring(drawing.draw_svg(spec).encode())
    assert root.tag == f"{SVG}svg"
    assert not [element for element in root.iter() if element.get("style") or element.tag in (f"{SVG}style", "script")]


def test_a_drawing_is_named_and_described_for_those_who_do_not_see_it(spec: dict[str, Any]) -> None:
    root = etree.fromstring(drawing.draw_svg(spec).encode())
    title, description = root[0], root[1]
    assert root.get("role") == "img" and root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    assert title.text == spec["usermeta"]["title"] and description.text == spec["description"]
    assert not [element for element in root.iter() if element is not root and element.get("role")]


def test_arabic_text_is_there_joined_and_with_its_own_direction() -> None:
    root = etree.fromstring(drawing.draw_svg(arabic_bars()).encode())
    texts = {text.text: text for text in root.iter(f"{SVG}text")}
    assert root.get("direction") == "ltr" and root.get("lang") == "ar"
    assert texts["الدول الأفريقية"].get("unicode-bidi") == "plaintext"
    assert texts["الدول الأفريقية"].get("font-family", "").startswith("Noto Sans Arabic")
    assert texts["48"].get("font-family", "").startswith("Noto Sans,")


def test_colours_of_a_page_are_classes_over_the_light_values() -> None:
    svg = drawing.draw_svg(arabic_bars())
    assert re.search(rf'fill="{tokens()["party"].light}"[^>]*class="cf-party', svg)
    assert "cf-ink" in svg


@pytest.mark.parametrize("mode", ["dark", "print"])
def test_a_drawing_without_a_stylesheet_has_the_colours_of_its_mode_alone(mode: Any) -> None:
    svg = drawing.draw_svg(arabic_bars(), mode)
    known = {token.value(mode) for token in tokens().values()}
    assert tokens()["party"].value(mode) in svg and "class=" not in svg
    assert set(re.findall(r'="(#[0-9a-f]{6})"', svg)) <= known


def test_areas_without_data_are_hatched() -> None:
    svg = drawing.draw_svg(small_map())
    pattern = re.search(r'<pattern id="([^"]+)"', svg)
    assert pattern and svg.count(f'fill="url(#{pattern[1]})"') > 100


def test_ids_differ_between_charts_and_between_two_drawings_of_one_chart() -> None:
    def ids(svg: str) -> set[str]:
        return set(re.findall(r' id="([^"]+)"', svg))

    first, other = drawing.draw_svg(small_map()), drawing.draw_svg(arabic_bars())
    again = drawing.draw_svg(small_map(), name="second")
    assert ids(first) and not ids(first) & ids(other) and not ids(first) & ids(again)
    assert len(ids(first)) == len(re.findall(r' id="', first))
    for svg in (first, again):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= ids(svg)


def test_the_same_chart_is_drawn_to_the_same_bytes(spec: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    once = drawing.draw_svg(spec), drawing.draw_png(spec, 1)
    monkeypatch.setattr(drawing, "_kept", lambda name: None)
    assert (drawing.draw_svg(spec), drawing.draw_png(spec, 1)) == once


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the drawing of a chart is kept in a workspace that has a key, and what draws it, which may not be asked."""
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    monkeypatch.setattr(drawing, "_in_memory", OrderedDict())
    keys.make()
    return tmp_path / "cache" / "charts" / f"{drawing.spec_hash(arabic_bars())}.svg"


def test_a_picture_drawn_before_is_not_drawn_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    svg = drawing.draw_svg(arabic_bars())
    assert kept.read_bytes().startswith(svg.encode())
    monkeypatch.setattr(drawing, "_vega_svg", lambda spec: pytest.fail("drawn again"))
    assert drawing.draw_svg(arabic_bars()) == svg
    drawing._in_memory.clear()
    assert drawing.draw_svg(arabic_bars()) == svg


def test_a_picture_that_somebody_else_put_there_is_not_shown(kept: Path) -> None:
    svg = drawing.draw_svg(arabic_bars())
    for forged in (b"<svg>forged</svg>", kept.read_bytes().replace(b"<svg", b"<svg "), kept.read_bytes()[:-1], b""):
        kept.write_bytes(forged)
        drawing._in_memory.clear()
        assert drawing.draw_svg(arabic_bars()) == svg
        assert kept.read_bytes().startswith(svg.encode())


def test_a_picture_kept_under_another_name_is_not_shown(kept: Path) -> None:
    drawing.draw_svg(arabic_bars())
    other = {**arabic_bars(), "background": "white"}
    kept.with_name(f"{drawing.spec_hash(other)}.svg").write_bytes(kept.read_bytes())
    assert drawing._kept(f"{drawing.spec_hash(other)}.svg") is None


def test_memory_holds_no_more_pictures_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_in_memory", OrderedDict())
    for number in range(300):
        drawing._remember(str(number), b"picture")
    assert list(drawing._in_memory)[-1] == "299"
    assert len(drawing._in_memory) == drawing._MOST_IN_MEMORY


def test_a_png_has_the_pixels_of_its_scale_and_is_opaque() -> None:
    spec = arabic_bars()
    png = drawing.draw_png(spec, 3)
    width, height = struct.unpack(">II", png[16:24])
    margins = spec["padding"]
    assert width == 3 * (spec["width"] + margins["left"] + margins["right"])
    assert height == 3 * (spec["height"] + margins["top"] + margins["bottom"])


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_a_map_stays_below_400_kilobytes(width: int) -> None:
    spec = charts.choropleth(
        {"004": "party"}, KINDS, title="Map", no_data_label="–", language=language("en"), width=width
    )
    assert len(drawing.draw_svg(spec)) < 400_000


@pytest.mark.parametrize("code", ["ar", "zh-hans", "en", "fr", "ru", "es"])
def test_a_chart_is_drawn_in_each_of_the_six_languages(code: str) -> None:
    svg = drawing.draw_svg(statistics_charts(code, 360)["trends"])
    assert etree.fromstring(svg.encode()).get("lang") == code and ">2010</text>" in svg


@pytest.mark.parametrize("name", statistics_charts())
def test_each_chart_for_statistics_is_drawn_in_the_colours_of_print_alone(name: str) -> None:
    svg = drawing.draw_svg(statistics_charts("ar", 720)[name], "print")
    known = {token.print for token in tokens().values()}
    assert set(re.findall(r'="(#[0-9a-f]{6})"', svg)) <= known
    assert "style=" not in svg and "NaN" not in svg and len(svg) < 400_000


def test_ribbons_are_drawn_to_the_pixel_where_their_paths_lie() -> None:
    spec = statistics_charts()["flows"]
    root = etree.fromstring(drawing.draw_svg(spec).encode())
    drawn = [path for path in root.iter(f"{SVG}path") if "C" in path.get("d", "")]
    paths = [row["path"] for layer in spec["layer"] for row in layer["data"]["values"] if "path" in row]
    assert len(drawn) == len(paths) > 0
    for path in drawn:
        assert path.get("transform", "translate(0,0)") == "translate(0,0)"
    starts = [[float(part) for part in re.findall(r"-?[0-9.]+", path)[:2]] for path in paths]
    found = [[float(part) for part in re.findall(r"-?[0-9.]+", path.get("d", ""))[:2]] for path in drawn]
    assert found == [pytest.approx(start, abs=0.06) for start in starts]


def test_arabic_texts_of_a_picture_are_marked_with_their_direction_and_no_others() -> None:
    def marked(text: str) -> str:
        return drawing._TEXT.sub(drawing._right_to_left, text)

    assert marked("<text x='1'>41 في المائة.</text>") == "<text x='1'>\u200f41 في المائة.\u200f</text>"
    for text in ("<text>Brazil (البرازيل)</text>", "<text>0.9–2.0 (39)</text>", "<title>في</title>"):
        assert marked(text) == text


def test_brackets_of_an_arabic_name_with_a_ligature_are_no_empty_boxes() -> None:
    def picture(name: str) -> bytes:
        spec = charts.ranking([Estimate(name, 1)], title="", unit="", language=language("ar"), width=360)
        return drawing.draw_png(spec, 1)

    # An empty box is the same for every mark that a typeface lacks.
    assert picture("فنزويلا (") != picture("فنزويلا [")
    assert picture("لا &") != picture("لا %")
