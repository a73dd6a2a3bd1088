import math
from itertools import combinations, pairwise

import pytest
from chart_examples import CORRIDORS, NAMES, rows, statistics_charts, texts
from hypothesis import given
from hypothesis import strategies as st
from test_map import inside

from comity.charts import specifications as charts
from comity.charts.cartography import world as world_map
from comity.charts.cartography.centroids import centroids
from comity.charts.cartography.flows import BADGE, THINNEST, arcs, badge_places, placed
from comity.charts.flows import OTHERS, largest_corridors, sankey
from comity.charts.languages import language
from comity.charts.specifications import Corridor

MANY = st.lists(
    st.builds(Corridor, st.sampled_from("abcdefgh"), st.sampled_from("uvwxyz"), st.integers(1, 10_000)),
    min_size=1,
    max_size=40,
)


@given(MANY, st.integers(1, 12))
def test_what_flows_in_flows_out_and_nothing_is_lost_to_others(corridors: list[Corridor], count: int) -> None:
    whole = sum(corridor.value for corridor in corridors)
    shown = largest_corridors(corridors, count)
    assert sum(corridor.value for corridor in shown) == whole
    plan = sankey(shown, 400)
    assert sum(node.value for node in plan.origins) == sum(node.value for node in plan.destinations) == whole
    depth = sum(ribbon.depth for ribbon in plan.ribbons)
    for side in (plan.origins, plan.destinations):
        assert sum(node.bottom - node.top for node in side) == pytest.approx(depth)
        assert all(upper.bottom <= lower.top for upper, lower in pairwise(side))
        assert side[0].top >= -1e-9 and side[-1].bottom <= 400 + 1e-9


@given(MANY)
def test_ribbons_fill_their_nodes_without_overlap(corridors: list[Corridor]) -> None:
    plan = sankey(largest_corridors(corridors, 40), 400)
    for node in plan.origins:
        own = sorted((r.start, r.start + r.depth) for r in plan.ribbons if r.corridor.origin == node.code)
        assert own[0][0] == pytest.approx(node.top) and own[-1][1] == pytest.approx(node.bottom)
        assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(own))
    for node in plan.destinations:
        own = sorted((r.end, r.end + r.depth) for r in plan.ribbons if r.corridor.destination == node.code)
        assert own[0][0] == pytest.approx(node.top) and own[-1][1] == pytest.approx(node.bottom)
        assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(own))


@given(MANY, st.integers(1, 12))
def test_a_named_place_sends_and_receives_all_that_it_does(corridors: list[Corridor], count: int) -> None:
    shown = largest_corridors(corridors, count)
    for code in {corridor.origin for corridor in shown} - {OTHERS}:
        assert sum(c.value for c in shown if c.origin == code) == sum(c.value for c in corridors if c.origin == code)


def test_others_stand_last() -> None:
    plan = sankey(largest_corridors(CORRIDORS, 2), 400)
    assert [node.code for node in plan.origins] == ["566", "642", OTHERS]
    assert [node.value for node in plan.destinations] == [9200, 3100, 1670]


def test_every_ribbon_and_node_bears_its_value_and_both_sides_are_labelled_with_it() -> None:
    spec = statistics_charts()["flows"]
    assert sum(row["value"] for row in rows(spec, "point", "path")) == sum(c.value for c in CORRIDORS)
    assert {row["value"] for row in rows(spec, "rect", "value")} == {9500, 3100, 900, 450, 20, 9200, 320}
    written = texts(spec)
    assert {"Nigeria\u00a09,500", "Italy\u00a09,200", "Others\u00a0320", "Citizenship"} <= set(written)


def test_origins_stand_where_reading_begins() -> None:
    for code, first in (("en", min), ("ar", max)):
        spec = statistics_charts(code)["flows"]
        nodes = rows(spec, "rect", "value")
        origin = next(row for row in nodes if row["value"] == 9500)
        assert origin["x"] == first(row["x"] for row in nodes)


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_of_nodes_do_not_overlap(width: int) -> None:
    corridors = [Corridor(f"Origin {n} of a rather long name", f"Place {n % 9}", 1 + 900 // (n + 1)) for n in range(30)]
    spec = charts.flows(
        corridors,
        {},
        title="T",
        unit="U",
        origins_label="From",
        destinations_label="To",
        others_label="Others",
        language=language("en"),
        width=width,
        largest=25,
    )
    for align in ("left", "right"):
        places = sorted(
            row["y"]
            for layer in spec["layer"]
            if layer["mark"]["type"] == "text" and layer["mark"].get("align") == align
            for row in layer["data"]["values"]
            if "code" in row
        )
        assert len(places) >= 9
        assert min(b - a for a, b in pairwise(places)) >= 14 - 1e-6


def test_arcs_are_as_wide_as_their_values_and_run_between_the_areas() -> None:
    frame = world_map.frame(1276)
    ways = arcs(CORRIDORS[:4], frame, 9)
    assert [arc.width for arc in ways[:3]] == pytest.approx([9, THINNEST, 9 * 3100 / 9200])
    assert ways[0].at(0) == placed("566", frame) and ways[0].at(1) == placed("380", frame)
    drawn = rows(statistics_charts(width=1280)["flow map"], "point", "stroke")
    assert [row["value"] for row in drawn] == [9200, 3100, 900, 450]
    assert drawn[1]["stroke"] / drawn[0]["stroke"] == pytest.approx(3100 / 9200)


def test_two_opposite_flows_do_not_cover_each_other() -> None:
    there, back = arcs([Corridor("566", "380", 5), Corridor("380", "566", 5)], world_map.frame(720), 9)
    assert math.dist(there.at(0.5), back.at(0.5)) > 15


def test_numbers_on_arcs_do_not_cover_each_other() -> None:
    ways = arcs(CORRIDORS, world_map.frame(1276), 9)
    assert all(math.dist(one, other) >= 2 * BADGE for one, other in combinations(badge_places(ways), 2))


def test_a_map_of_flows_lists_its_corridors_and_says_what_it_leaves_out() -> None:
    spec = statistics_charts()["flow map"]
    assert {"from Nigeria to Italy", "9,200", "1", "4"} <= set(texts(spec))
    assert "Not drawn: 2 other corridors, together 320." in texts(spec)
    assert "imply no endorsement" in " ".join(texts(spec))


def test_flows_within_an_area_or_to_what_no_map_shows_are_left_out_and_counted() -> None:
    corridors = [Corridor("566", "380", 5), Corridor("566", "566", 7), Corridor("566", "nowhere", 8)]
    spec = charts.flow_map(corridors, NAMES, title="T", unit="U", language=language("en"), width=720)
    assert len(rows(spec, "point", "stroke")) == 1
    assert "Not drawn: 2 other corridors, together 15." in texts(spec)
    with pytest.raises(ValueError, match="at least one"):
        charts.flow_map(corridors[1:], NAMES, title="T", unit="U", language=language("en"), width=720)


def test_the_description_of_flows_tells_the_whole_and_the_largest() -> None:
    words = charts.describe_flows(CORRIDORS, NAMES, unit="Victims", language=language("en"))
    assert words.startswith("Victims: 13,970. corridors: 6. largest – from Nigeria to Italy: 9,200;")


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_a_flow_that_is_not_above_zero_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        Corridor("566", "380", value)


def test_the_place_that_stands_for_an_area_lies_in_it() -> None:
    circles = {point.code for point in world_map.points()}
    atolls = {"086"}
    for code in world_map.world().polygons:
        if code not in circles | atolls:
            assert inside(centroids()[code], code), code
    assert set(centroids()) == world_map.drawn()


def test_an_area_across_the_180th_meridian_has_its_place_there() -> None:
    assert 177 < centroids()["242"][0] <= 180, "Fiji"
