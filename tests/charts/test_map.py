import csv
from pathlib import Path

import pytest

import comity
from comity.charts.cartography import world as world_map

MEMBERSHIPS = Path(comity.__file__).parent / "areas" / "tables" / "memberships.csv"


def members() -> set[str]:
    with MEMBERSHIPS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["area"] for row in rows if row["scheme"] == "un-member" and not row["valid_to"]}


def inside(place: tuple[float, float], code: str) -> bool:
    """Whether a place lies in a shape of the area, by counting crossings of the outer rings."""
    x, y = place
    world = world_map.world()
    for polygon in world.polygons[code]:
        crossings = 0
        ring = [
            point
            for number in polygon[0]
            for point in (world.arcs[number] if number >= 0 else world.arcs[~number][::-1])
        ]
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                crossings += 1
        if crossings % 2:
            return True
    return False


def test_every_member_of_the_united_nations_is_drawn_as_a_shape_or_a_circle() -> None:
    assert len(members()) == 193
    assert members() <= world_map.drawn()


def test_participants_that_are_no_members_are_drawn_too() -> None:
    assert {"275", "336", "184", "570"} <= world_map.drawn()


@pytest.mark.shared
def test_every_member_of_the_data_folder_is_drawn(shared: Path) -> None:
    with (shared / "geography" / "areas.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["m49"] for row in csv.DictReader(stream) if row["un_member"] == "1"}
    assert len(listed) == 193 and listed <= world_map.drawn()


def test_the_map_follows_the_united_nations_where_natural_earth_does_not() -> None:
    assert inside((33.6, 35.35), "196"), "the north of Cyprus"
    assert inside((45.0, 9.6), "706"), "Somaliland"
    assert inside((34.2, 45.2), "804") and not inside((34.2, 45.2), "643"), "Crimea"
    assert inside((121.0, 23.8), "156") and "158" not in world_map.drawn()
    assert inside((-13.0, 25.0), "732"), "Western Sahara"
    assert inside((20.9, 42.6), "XKX")


def test_antarctica_is_left_out() -> None:
    assert "010" not in world_map.drawn()


def test_kosovo_takes_the_value_of_serbia_where_it_has_none_of_its_own() -> None:
    assert world_map.value_of("XKX", {"688": "party"}) == "party"
    assert world_map.value_of("XKX", {"688": "party", "XKX": "not"}) == "not"
    assert world_map.value_of("688", {}) is None


def test_no_line_is_drawn_inside_an_area_and_a_coast_has_one_side() -> None:
    arc = [(0.0, 0.0), (1.0, 1.0)]
    assert world_map.lines_of(["196", "196"], arc) == []
    assert world_map.lines_of(["196"], arc) == [("coast", arc)]
    assert world_map.lines_of(["250", "276"], arc) == [("border", arc)]


def test_boundaries_in_dispute_are_broken_and_only_within_their_box() -> None:
    arc = [(70.0, 25.0), (71.0, 28.0), (74.0, 33.0), (76.0, 34.5), (77.5, 35.3)]
    kinds = [kind for kind, _ in world_map.lines_of(["356", "586"], arc)]
    assert kinds == ["border", "disputed"]
    assert [kind for kind, _ in world_map.lines_of(["688", "XKX"], arc)] == ["disputed"]


def test_the_drawing_has_broken_lines_in_kashmir_and_round_kosovo() -> None:
    middles = [piece[len(piece) // 2] for piece in world_map.drawing(0.2).lines["disputed"]]
    assert any(72 < x < 81 and 32 < y < 37.5 for x, y in middles)
    assert any(20 < x < 22 and 41.8 < y < 43.4 for x, y in middles)


def test_simplifying_keeps_the_ends_and_what_stands_out() -> None:
    arc = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]
    assert world_map.simplified(arc, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]


def test_simplifying_never_drops_an_area() -> None:
    shapes = {area["id"] for area in world_map.drawing(0.4).topology["objects"]["areas"]["geometries"]}
    assert shapes == set(world_map.world().polygons)


def test_equal_earth_gives_the_published_extent() -> None:
    """Šavrič, Patterson and Jenny: the map is 2.05 times as wide as high, its poles 0.59 of the equator."""
    width, height = world_map.equal_earth(180, 0)[0], world_map.equal_earth(0, 90)[1]
    assert width / height == pytest.approx(2.05, abs=0.01)
    assert world_map.equal_earth(180, 90)[0] / width == pytest.approx(0.59, abs=0.005)


def test_the_frame_holds_the_whole_width_at_the_equator() -> None:
    frame = world_map.frame(720)
    assert frame.shift_x + frame.scale * world_map.equal_earth(180, 0)[0] == pytest.approx(716)
    assert frame.shift_y - frame.scale * world_map.equal_earth(0, world_map.NORTH)[1] == pytest.approx(4)
