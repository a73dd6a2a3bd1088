"""Where an area's flows begin and end on the map: a place that stands for it."""

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from comity.charts.cartography import world as world_map
from comity.charts.theme import TABLES

Place = tuple[float, float]


@cache
def centroids() -> Mapping[str, Place]:
    """Longitude and latitude in degrees by code: the table's where it has one, a circle's own place, else computed.

    Computed is the centroid of the largest polygon of the area, so that islands far off do not draw it into the sea.
    `tables/centroids.csv` holds those that fall outside their area or away from where its people live.
    """
    world = world_map.world()
    places = {
        code: max((_centroid(_ring(world, polygon[0])) for polygon in polygons), key=lambda found: found[1])[0]
        for code, polygons in world.polygons.items()
    }
    places |= {point.code: (point.longitude, point.latitude) for point in world_map.points()}
    with (TABLES / "centroids.csv").open(encoding="utf-8", newline="") as stream:
        places |= {row["code"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream)}
    return MappingProxyType(places)


def _ring(world: world_map.World, numbers: Sequence[int]) -> list[Place]:
    """The corners of a ring, its arcs joined."""
    return [
        corner
        for number in numbers
        for corner in (world.arcs[number] if number >= 0 else world.arcs[~number][::-1])[:-1]
    ]


def _centroid(ring: Sequence[Place]) -> tuple[Place, float]:
    """Centroid and extent of a ring, on the cylinder of equal area, where longitude and sine of latitude are plane.

    The formula of the centroid of a polygon by the cross products of its corners.
    """
    corners: list[Place] = []
    for x, y in ring:
        # A ring that crosses the 180th meridian goes on past it, else it would reach round the world.
        turns = round((corners[-1][0] - x) / 360) if corners else 0
        corners.append((x + 360 * turns, math.sin(math.radians(y))))
    doubled = x_sum = y_sum = 0.0
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        cross = ax * by - bx * ay
        doubled += cross
        x_sum += (ax + bx) * cross
        y_sum += (ay + by) * cross
    if not doubled:
        return ring[0], 0.0
    latitude = math.degrees(math.asin(y_sum / (3 * doubled)))
    longitude = (x_sum / (3 * doubled) + 180) % 360 - 180
    return (longitude, latitude), abs(doubled) / 2
