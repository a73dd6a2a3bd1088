"""The measure of the reader against answer keys."""

import json
from pathlib import Path

import pytest

from benchmarks.reading_resolutions import Unit, compare, main, measure

TEXT = (
    "145/1. Lamps\nThe General Assembly,\nRecalling lamps that burn,\n1. Requests "
    "oil:\n(a) For lamps;\n(b) For bells.\n"
)


def entry(kind: str | None, level: int | None, verb: str | None, text: str, what: str = "paragraph") -> dict:
    return {
        "type": what,
        "paragraph_type": kind,
        "paragraph_level": level,
        "prefix": None,
        "action_verb": verb,
        "text": text,
    }


KEY = [
    entry(None, None, None, "145/1. Lamps", "title"),
    entry("preambular", None, None, "The General Assembly,"),
    entry("preambular", None, "Recalling", "Recalling lamps that burn,"),
    entry("operative", 1, "Requests", "Requests oil:"),
    entry("operative", 2, None, "For lamps;"),
    entry("operative", 3, "For", "For bells."),
    entry("operative", 1, "Notes", "Notes what the text does not say."),
]


def test_rates_count_units_levels_and_verbs(tmp_path: Path) -> None:
    (tmp_path / "145-1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "145-1.key.json").write_text(json.dumps(KEY), encoding="utf-8")
    agreement = measure(tmp_path)["145-1.txt"]
    assert (agreement.units, agreement.same_units, agreement.same_level, agreement.same_verb) == (5, 4, 3, 3)
    assert sorted(difference.kind for difference in agreement.differences) == [
        "level",
        "only in key",
        "verb only in key",
    ]


def test_units_of_another_type_do_not_agree() -> None:
    agreement = compare([Unit("preambular", None, "", "Lamps")], [Unit("operative", 1, "", "Lamps")])
    assert (agreement.units, agreement.same_units) == (1, 0)


def test_the_command_prints_a_row_for_each_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "145-1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "145-1.key.json").write_text(json.dumps(KEY), encoding="utf-8")
    assert main([str(tmp_path), "--differences"]) == 0
    printed = capsys.readouterr().out
    assert "145-1.txt" in printed
    assert "only in key: key 'operative: Notes what" in printed


@pytest.mark.shared
def test_the_reader_agrees_with_the_keys_where_they_are_right(shared: Path) -> None:
    agreements = measure(shared / "resolutions").values()
    units = sum(agreement.units for agreement in agreements)
    assert sum(agreement.same_units for agreement in agreements) > 0.98 * units
    wrong = [difference for agreement in agreements for difference in agreement.differences]
    assert not [difference for difference in wrong if difference.kind == "type"]
    assert not [
        difference
        for difference in wrong
        if difference.kind == "verb only in key" and difference.key.split(":")[0].endswith("s ")
    ]
