from itertools import pairwise

from chart_examples import JAMAICA, TRINIDAD, rows, statistics_charts, texts

from comity.charts import specifications as charts
from comity.charts.languages import language
from comity.charts.specifications import Trend, TrendPoint


def test_every_panel_has_the_same_scale_from_zero_which_a_line_states() -> None:
    spec = statistics_charts(width=1280)["multiples"]
    frames = rows(spec, "rule", "value")
    assert {row["value"] for row in frames} == {0, 80}
    bases = sorted({row["y"] for row in frames if row["value"] == 0})
    tops = sorted({row["y"] for row in frames if row["value"] == 80})
    assert len({base - top for base, top in zip(bases, tops, strict=True)}) == 1
    assert any(text.startswith("All panels from 0 to 80") for text in texts(spec))
    points = rows(spec, "line", "value")
    heights = {
        round((base - row["y"]) / row["value"], 6) for row in points for base in bases if 0 < base - row["y"] < 64
    }
    assert len(heights) == 1


def test_lines_of_panels_stop_at_gaps_and_breaks_and_never_join_two_panels() -> None:
    parts: dict[str, list[tuple[int, int]]] = {}
    for row in rows(statistics_charts()["multiples"], "line", "part"):
        parts.setdefault(row["part"], []).append((row["panel"], row["year"]))
    for part in parts.values():
        assert len({panel for panel, _year in part}) == 1
        assert all(later[1] - earlier[1] == 1 for earlier, later in pairwise(part))
        assert part[0][0] % 2 or not (part[0][1] < 2011 <= part[-1][1])


def test_every_value_is_drawn_and_the_last_one_written() -> None:
    spec = charts.small_multiples([JAMAICA, TRINIDAD], title="T", unit="U", language=language("en"), width=720)
    given = [(n, p.year, p.value) for n, trend in enumerate((JAMAICA, TRINIDAD)) for p in trend.points]
    assert [(row["panel"], row["year"], row["value"]) for row in rows(spec, "line", "panel")] == given
    assert {"38.8", "41.6", "Jamaica", "Trinidad and Tobago"} <= set(texts(spec))
    assert "Jamaica, 2012: 38.8; Trinidad and Tobago, 2008: 41.6" in spec["description"]


def test_panels_follow_the_direction_of_reading_and_time_runs_to_the_right() -> None:
    trends = [Trend("A", [TrendPoint(2000, 1), TrendPoint(2001, 2)]), Trend("B", [TrendPoint(2000, 1)])]
    for code, follows in (("en", True), ("ar", False)):
        spec = charts.small_multiples(trends, title="T", unit="U", language=language(code), width=720)
        a, later, b = rows(spec, "line", "panel")
        assert a["x"] < later["x"] and (a["x"] < b["x"]) is follows


def test_an_area_without_a_point_keeps_an_empty_panel() -> None:
    spec = charts.small_multiples(
        [JAMAICA, Trend("Nowhere", [])], title="T", unit="U", language=language("en"), width=720
    )
    assert "Nowhere" in texts(spec) and len({row["panel"] for row in rows(spec, "line", "panel")}) == 1


def test_signs_are_explained_where_they_occur() -> None:
    words = " ".join(texts(statistics_charts(width=1280)["multiples"]))
    assert "Hollow dots: not observed but filled in. Broken upright lines: break in series." in words
    plain = Trend("A", [TrendPoint(2000, 1), TrendPoint(2001, 2)])
    spec = charts.small_multiples([plain], title="T", unit="U", language=language("en"), width=720)
    assert not any("Hollow" in text or "Broken" in text for text in texts(spec))
