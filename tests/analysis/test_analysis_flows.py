"""Flows: corridors, what is masked, what stays, what has no stated origin, and the measures of the network."""

from collections import Counter
from dataclasses import astuple
from pathlib import Path

import pytest
from examples.layouts import read_published
from examples.statistics import observation
from hypothesis import given
from hypothesis import strategies as st

from comity.analysis.flows import corridors as pure
from comity.analysis.flows.corridors import Amount, flows
from comity.analysis.flows.figures import flow_network, flow_totals, flows_figure
from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Table
from comity.observations.observation import Observation

BOLIVIA, ARGENTINA, FRANCE = "068", "032", "250"


def victims(origin: str, destination: str, count: int | None, period: str = "2018", **more: object) -> Observation:
    """Detected victims by citizenship; masked where there is no count."""
    masked: dict[str, object] = {"text": "<5", "status": "Q"} if count is None else {}
    return observation(
        destination,
        period,
        None if count is None else float(count),
        indicator="trafficking-victims-detected-count",
        iccs="0204",
        citizenship=origin,
        **{**masked, **more},
    )


def of(*rows: Observation, first: str = "2018", last: str = "2018") -> pure.Flows:
    return flows(rows, "victims", first, last)


def test_a_corridor_leads_from_the_citizenship_to_the_area_that_detected() -> None:
    (one,) = of(victims(BOLIVIA, ARGENTINA, 531)).corridors
    assert (one.key, one.amount.value, one.kind) == ("068-032", 531, "corridor")


def test_a_masked_count_has_bounds_and_no_value() -> None:
    found = of(victims(BOLIVIA, ARGENTINA, None), victims(FRANCE, ARGENTINA, 10))
    assert {one.key: (one.amount.value, *astuple(one.amount)) for one in found.corridors} == {
        "250-032": (10, 10, 10),
        "068-032": (None, 1, 4),
    }
    assert found.by_destination == {ARGENTINA: Amount(11, 14)}
    assert found.by_destination[ARGENTINA].value is None


def test_own_citizens_are_kept_apart_however_they_are_named() -> None:
    found = of(victims("NAT", ARGENTINA, 7), victims(ARGENTINA, ARGENTINA, 2), victims(BOLIVIA, ARGENTINA, 3))
    assert [(one.key, one.amount.value) for one in found.domestic] == [("032-032", 9)]
    assert found.by_destination == {ARGENTINA: Amount(3, 3)}


@pytest.mark.parametrize("code", ["FOR", "_U", "_X", "_Z", "X:ciudadanos-de-su-pas"])
def test_what_names_no_area_is_not_stated_and_counted_so(code: str) -> None:
    found = of(victims(code, ARGENTINA, 88), victims(BOLIVIA, ARGENTINA, 1))
    assert [(one.key, one.amount.value) for one in found.not_stated] == [("_U-032", 88)]
    assert [one.key for one in found.corridors] == ["068-032"]


def test_years_are_summed_and_others_left_out() -> None:
    rows = [victims(BOLIVIA, ARGENTINA, count, str(2014 + count)) for count in range(1, 6)]
    found = of(*rows, first="2016", last="2018")
    assert (found.period, found.corridors[0].amount) == ("2016-2018", Amount(9, 9))
    assert len(found.corridors[0].inputs) == 3


def test_of_two_values_for_one_key_neither_is_chosen() -> None:
    (one,) = of(victims(BOLIVIA, ARGENTINA, 5, repeat=1), victims(BOLIVIA, ARGENTINA, 9, repeat=2)).corridors
    assert (one.amount.value, one.amount) == (None, Amount(5, 9))


@pytest.mark.parametrize("more", [{"sex": "F"}, {"age": "Y_LT18"}, {"breakdown": "repatriation:032"}])
def test_parts_of_a_count_are_not_counted_again(more: dict[str, object]) -> None:
    assert of(victims(BOLIVIA, ARGENTINA, 5, **more)).all == ()
    assert of(victims("_T", ARGENTINA, 5)).all == ()


def test_nothing_published_is_no_flow() -> None:
    assert of(victims(BOLIVIA, ARGENTINA, None, text="", status="O")).all == ()


def test_the_measures_of_a_network() -> None:
    rows = [
        victims(BOLIVIA, ARGENTINA, 6),
        victims(ARGENTINA, BOLIVIA, 3),
        victims(BOLIVIA, FRANCE, 1),
        victims("NAT", FRANCE, 5),
        victims("FOR", FRANCE, None),
    ]
    whole = flow_network(rows, what="victims", period="2018")
    assert (whole.cell("all", "corridors"), whole.cell("all", "origins"), whole.cell("all", "destinations")) == (
        3,
        2,
        3,
    )
    assert whole.cell("all", "reciprocity") == pytest.approx(2 / 3)
    assert whole.cell("all", "concentration") == pytest.approx(0.36 + 0.09 + 0.01)
    assert (whole.cell("all", "low"), whole.cell("all", "not_stated_high")) == (10, 4)
    areas = flow_totals(rows, what="victims", period="2018")
    assert areas.rows[BOLIVIA] == (2, 1, 7, 7, 3, 3, 0, 0, 0, 0)
    assert areas.rows[FRANCE] == (0, 1, 0, 0, 1, 1, 5, 5, 1, 4)


def test_masked_counts_enter_the_concentration_with_the_middle_of_their_bounds() -> None:
    # Sizes of 6, 2.5 (from 1 to 4) and 1.5 (1 or 2), ten together; with the lowest counts they would be 6, 1 and 1,
    # with the highest 6, 4 and 2.
    rows = [
        victims(BOLIVIA, ARGENTINA, 6),
        victims(ARGENTINA, BOLIVIA, None),
        victims(BOLIVIA, FRANCE, None, text="<3"),
    ]
    whole = flow_network(rows, what="victims", period="2018")
    assert whole.cell("all", "concentration") == pytest.approx(0.6**2 + 0.25**2 + 0.15**2)
    assert (whole.cell("all", "low"), whole.cell("all", "high")) == (8, 12)
    masked = flow_network(rows[1:], what="victims", period="2018")
    assert masked.cell("all", "concentration") == pytest.approx(0.625**2 + 0.375**2)


def test_totals_are_the_largest_first_and_of_two_alike_the_one_of_the_lower_code() -> None:
    rows = [
        victims(BOLIVIA, ARGENTINA, 3),
        victims(FRANCE, ARGENTINA, 7),
        victims("076", ARGENTINA, 3),
        victims("170", ARGENTINA, None),  # from 1 to 4: five in both bounds, where three has six
    ]
    assert list(of(*rows).by_origin) == [FRANCE, BOLIVIA, "076", "170"]
    assert list(of(*reversed(rows)).by_origin) == [FRANCE, BOLIVIA, "076", "170"]


def test_a_row_leads_to_its_value_or_to_its_lower_bound_where_it_is_masked() -> None:
    found = of(victims(BOLIVIA, ARGENTINA, None), victims(FRANCE, ARGENTINA, 10), victims("NAT", ARGENTINA, 2))
    assert [row["figure"] for row in pure.records(found, Gazetteer([], [], [], []))] == [
        "flows.victims.2018#250-032.value",
        "flows.victims.2018#068-032.low",
        "flows.victims.2018#032-032.value",
    ]
    assert len(pure.records(found, Gazetteer([], [], [], []), largest=1)) == 1


def test_a_network_without_corridors_has_no_measures() -> None:
    whole = flow_network([victims("NAT", FRANCE, 5)], what="victims", period="2018")
    assert (whole.cell("all", "reciprocity"), whole.cell("all", "concentration")) == (None, None)


def test_arms_are_held_without_origins_and_a_sentence_says_so() -> None:
    found = flows([], "arms", "2018", "2018")
    assert found.all == () and "arms" in found.reason


@pytest.mark.parametrize("period", ["", "18", "2018-2016", "2018:2019", "2018-last", "last"])
def test_a_period_that_is_none_is_refused(period: str) -> None:
    with pytest.raises(UnknownName):
        flows_figure([], what="victims", period=period)


COUNTS = st.none() | st.integers(0, 10**6)
CODES = st.sampled_from([BOLIVIA, ARGENTINA, FRANCE, "NAT", "FOR", "_U", "X:text"])
ROWS = st.lists(st.builds(victims, CODES, st.sampled_from([BOLIVIA, ARGENTINA, FRANCE]), COUNTS), max_size=20)


@given(ROWS)
def test_nothing_is_lost_and_nothing_counted_twice(rows: list[Observation]) -> None:
    rows = list({(one.area, one.citizenship): one for one in rows}.values())
    found = of(*rows)
    lows = sum(1 if one.value is None else round(one.value) for one in rows)
    highs = sum(4 if one.value is None else round(one.value) for one in rows)
    assert (sum(one.amount.low for one in found.all), sum(one.amount.high for one in found.all)) == (lows, highs)
    out, into = found.by_origin, found.by_destination
    assert sum(one.high for one in out.values()) == sum(one.high for one in into.values())
    assert Counter(one for corridor in found.all for one in corridor.inputs) == Counter(rows)
    network = pure.network(found)
    if network.concentration is not None:
        assert 1 / network.corridors - 1e-9 <= network.concentration <= 1 + 1e-9


@given(ROWS)
def test_the_figure_does_not_depend_on_the_order_of_its_inputs(rows: list[Observation]) -> None:
    figure: Table = flows_figure(rows, what="victims", period="2018")
    assert flows_figure(rows[::-1], what="victims", period="2018").rows == figure.rows


@pytest.mark.shared
def test_the_published_data_on_detected_victims(shared: Path) -> None:
    reading = read_published(shared / "crime" / "glotip.2023-05-30.xlsx")
    found = of(*reading.observations)
    assert [(one.key, one.amount.value) for one in found.corridors[:3]] == [
        ("484-840", 601),
        ("068-032", 531),
        ("704-826", 315),
    ]
    brazil = next(one for one in found.not_stated if one.destination == "076")
    assert brazil.amount == Amount(101, 101)
    assert any(one.amount == Amount(1, 4) for one in found.corridors)
