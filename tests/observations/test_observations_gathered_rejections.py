"""Rows that are left out for one reason are one finding, counted."""

from examples.statistics import observation

from comity.evidence.findings import Finding, most_useful_first
from comity.observations.gathered_rejections import gathered
from comity.observations.observation import Observation
from comity.observations.reading import Description, Reading


def left_out(rule: str, place: str, value: str) -> Finding:
    return Finding(rule, "error", "x.csv", place, value, "a State", f"{place}: found “{value}”", True)


def test_groups_of_areas_become_one_note_with_their_codes_in_the_order_of_the_file() -> None:
    rows = [
        left_out("aggregate", f"{line}:code", value)
        for line, value in enumerate(("901, More", "902, Less", "901, More"), 2)
    ]
    (one,) = gathered(rows)
    assert (one.severity, one.rejected, one.rows, one.place) == ("note", True, 3, "2:code")
    assert one.value == "901, 902"
    assert "3 rows of 2 groups" in one.message and one.message.endswith(": 901, 902")


def test_a_group_without_a_code_is_told_by_its_name() -> None:
    (one,) = gathered([left_out("aggregate", "2:code", ", East Asia & Pacific (developing only)")])
    assert one.value == "East Asia & Pacific (developing only)"


def test_each_area_that_is_not_known_is_told_once_and_other_rejections_stay() -> None:
    found = [
        left_out("unknown-area", "2:a", "X"),
        left_out("not-a-number", "3:v", "x"),
        left_out("unknown-area", "4:a", "Y"),
    ]
    found += [left_out("unknown-area", "5:a", "X"), left_out("not-a-number", "6:v", "x")]
    assert [(one.rule, one.value, one.rows, one.place) for one in gathered(found)] == [
        ("unknown-area", "X", 2, "2:a"),
        ("not-a-number", "x", 1, "3:v"),
        ("unknown-area", "Y", 1, "4:a"),
        ("not-a-number", "x", 1, "6:v"),
    ]


def test_a_reading_counts_rows_and_gathers_none_where_some_are_not_free() -> None:
    def reading(*observations: Observation) -> Reading:
        made = Reading("x.csv", Description("made", "Made"), observations=[*observations])
        made.findings = [left_out("aggregate", f"{line}:code", "AFE, Africa") for line in (2, 3)]
        made.gather_rejections()
        return made

    assert (len(reading(observation()).findings), reading(observation()).rejected) == (1, 2)
    kept = reading(observation()._replace(confidentiality="C"))
    assert (len(kept.findings), kept.rejected) == (2, 2)


def test_what_is_most_useful_stands_first_and_a_thousand_of_one_kind_hide_none_of_another() -> None:
    many = [Finding("jump", "note", "x", str(number), "", "", "") for number in range(1000)]
    found = [
        *many,
        Finding("break", "note", "x", "b", "", "", ""),
        Finding("two-values", "warning", "x", "w", "", "", ""),
    ]
    found.append(Finding("not-a-rate", "error", "x", "e", "", "", ""))
    assert [one.place for one in most_useful_first(found)][:5] == ["e", "w", "0", "b", "1"]
