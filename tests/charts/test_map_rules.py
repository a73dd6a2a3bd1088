"""The rules of the map as experts declare them, and what is said of those that are wrong."""

import pytest

from comity.charts.cartography.map_rules import map_rules, read_map_rules
from comity.charts.theme import TABLES
from comity.evidence.errors import BadInput

TEXT = (TABLES / "map_rules.yaml").read_text(encoding="utf-8")


def test_rules_that_ship_are_read_whole() -> None:
    rules = map_rules()
    assert rules.names["Kosovo"] == "XKX"
    assert rules.leaves_out == {"010"}
    assert rules.moves[0].box.holds((34.0, 45.0)) and not rules.moves[0].box.holds((34.0, 47.0))
    assert [rule.box is None for rule in rules.disputed].count(False) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("west: 32.4", "west: far", "west: 32.4", "west"),
        ("west: 32.4, ", "", "west: 32.4", "west"),
        ("end: {", "ends: {", "end: {", "ends"),
        ("leaves_out:", "leaves:", "leaves_out:", "leaves"),
        ("latitude: 27.66", "latitude: inf", "latitude: 27.66", "latitude"),
    ],
)
def test_what_is_wrong_with_a_rule_is_named_by_line_and_key(old: str, new: str, line: str, key: str) -> None:
    number = 1 + next(index for index, text in enumerate(TEXT.splitlines()) if line in text)
    with pytest.raises(BadInput) as refused:
        read_map_rules(TEXT.replace(old, new), "mine.yaml")
    assert f"{number}:{key}" in [fault.place for fault in refused.value.faults]
