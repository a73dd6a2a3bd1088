"""Each rule on quality, with an example that it finds and the nearest one that it lets pass."""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from examples.quality import NAMES, found, only, release, series
from examples.statistics import observation
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence.errors import UnknownName
from comity.observations.observation import Observation
from comity.statistics.quality import all_rules, explain, findings
from comity.statistics.quality.checks import CHECKS
from comity.statistics.quality.checks.series import slip

MALE, FEMALE = {"sex": "M"}, {"sex": "F"}
# Each example writes releases of its own.
FEWER = settings(max_examples=examples(10))
LEVEL = dict.fromkeys(range(2007, 2012), 1000)
"""Years of one count, after which a change of a fifth stands out."""
RATE = {"indicator": "homicide-rate", "unit": "per 100,000 population"}


def test_every_rule_of_the_table_has_its_check_and_says_what_it_is() -> None:
    assert list(CHECKS) == list(all_rules())
    for rule in all_rules().values():
        assert rule.severity in ("error", "warning", "note")
        assert rule.title and rule.checks and rule.source


def test_a_rule_that_there_is_none_of_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="jumps"):
        explain("jumps")
    with pytest.raises(UnknownName, match="jumps"):
        findings([release(tmp_path, observation())], NAMES, rules=["jumps"])


def test_nothing_is_found_where_there_is_no_release() -> None:
    assert findings([], NAMES) == []


def case(
    rule: str, fires: list[Observation], passes: list[Observation], place: str, value: str, expected: str
) -> ParameterSet:
    return pytest.param(rule, fires, passes, place, value, expected, id=rule)


def prisons(held: float, places: float) -> list[Observation]:
    return [
        observation(indicator="persons-held-count", iccs="", unit="persons", value=held),
        observation(indicator="prison-capacity-count", iccs="", unit="places", value=places),
    ]


def stages(one: str, first: float, other: str, second: float) -> list[Observation]:
    return [
        observation(indicator=one, unit="persons", value=first),
        observation(indicator=other, unit="persons", value=second),
    ]


CASES = [
    case(
        "parts-exceed-total",
        [observation(value=100), observation(value=80, **MALE), observation(value=22, **FEMALE)],
        [observation(value=100), observation(value=80, **MALE), observation(value=21, **FEMALE)],
        "Sheet!L1",
        "100",
        "at least 102, the sum of Sheet!L3, Sheet!L2",
    ),
    case(
        "parts-below-total",
        [observation(value=100), observation(value=75, **MALE), observation(value=20, **FEMALE)],
        [observation(value=100), observation(value=76, **MALE), observation(value=20, **FEMALE)],
        "Sheet!L1",
        "100",
        "95, the sum of Sheet!L3, Sheet!L2, or a part for the rest",
    ),
    case(
        "part-exceeds-total",
        [observation(value=65), observation(value=367, breakdown="form-of-exploitation:forced-labour")],
        [
            observation(value=65),
            observation(value=60, breakdown="form-of-exploitation:forced-labour"),
            observation(value=60, breakdown="form-of-exploitation:sexual-exploitation"),
        ],
        "Sheet!L2",
        "367",
        "at most 65, the total at Sheet!L1",
    ),
    case(
        "child-exceeds-parent",
        [observation(iccs="0301", value=1506), observation(iccs="03011", value=2585)],
        [observation(iccs="0302", value=1506), observation(iccs="03011", value=2585)],
        "Sheet!L2",
        "2585",
        "at most 1,506, the count of ICCS 0301 at Sheet!L1",
    ),
    case(
        "convicted-exceed-prosecuted",
        stages("persons-convicted-count", 20, "persons-prosecuted-count", 12),
        stages("persons-convicted-count", 16, "persons-prosecuted-count", 12),
        "Sheet!L1",
        "20",
        "at most 12, the persons prosecuted at Sheet!L2",
    ),
    case(
        "unsentenced-exceed-held",
        stages("persons-held-unsentenced-count", 900, "persons-held-count", 800),
        stages("persons-held-unsentenced-count", 800, "persons-held-count", 800),
        "Sheet!L1",
        "900",
        "at most 800, all persons held at Sheet!L2",
    ),
    case(
        "jump",
        series({**LEVEL, 2012: 1200}),
        series({**LEVEL, 2012: 1199}),
        "Sheet!L6",
        "1200",
        "about 1,000, the value of 2011 at Sheet!L5, or a stated break",
    ),
    case(
        "large-jump",
        series({2011: 3001, 2012: 1000}),
        series({2011: 3000, 2012: 1000}),
        "Sheet!L2",
        "1000",
        "about 3,001, the value of 2011 at Sheet!L1, or a stated break",
    ),
    case(
        "zero-among-counts",
        series({2011: 10, 2012: 0, 2013: 40}),
        series({2011: 9, 2012: 0, 2013: 40}),
        "Sheet!L2",
        "0",
        "a count between 10 (Sheet!L1) and 40 (Sheet!L3), or no value",
    ),
    case(
        "unit-slip",
        series({2010: 33621, 2011: 36000, 2012: 35, 2013: 39135}),
        series({2010: 33621, 2011: 36000, 2012: 3500, 2013: 39135}),
        "Sheet!L3",
        "35",
        "about 36,000, the median of Sheet!L1, Sheet!L2, Sheet!L4",
    ),
    case(
        "rate-against-count",
        [
            observation(indicator="population", unit="persons", iccs="", value=1_000_000),
            observation(value=250),
            observation(value=29, **RATE),
        ],
        [
            observation(indicator="population", unit="persons", iccs="", value=1_000_000),
            observation(value=250),
            observation(value=28, **RATE),
        ],
        "Sheet!L3",
        "29",
        "25: the count of 250 at Sheet!L2 per 100,000 of 1,000,000 people (made@2020-06-30, Sheet!L1 of made.xlsx)",
    ),
    case(
        "impossible-population",
        [observation(value=7861), observation(value=0.07861, **RATE)],
        [observation(value=7861), observation(value=0.9, **RATE)],
        "Sheet!L2",
        "0.07861",
        "the count of 7,861 at Sheet!L1 per 100,000 of the population",
    ),
    case(
        "percent-over-100",
        [observation(indicator="persons-held-unsentenced-percent", unit="percent", value=100.5)],
        [observation(indicator="persons-held-unsentenced-percent", unit="percent", value=100)],
        "Sheet!L1",
        "100.5",
        "a share of 0 to 100 per cent",
    ),
    case(
        "impossible-age",
        [observation(age="Y44T30", value=3)],
        [observation(age="Y30T44", value=3), observation(age="Y_GE120", value=1)],
        "Sheet!L1",
        "3",
        "ages of 0 to 120, the lower one first",
    ),
    case("negative", [observation(value=-1)], [observation(value=0)], "Sheet!L1", "-1", "a number of zero or more"),
    case(
        "fractional-count",
        [observation(value=1779.5)],
        [observation(value=1779), observation(value=3.5, **RATE)],
        "Sheet!L1",
        "1779.5",
        "a whole number",
    ),
    case(
        "no-capacity",
        prisons(52, 0),
        prisons(0, 0),
        "Sheet!L2",
        "0",
        "places for the 52 persons held at Sheet!L1, or no value",
    ),
    case(
        "break",
        [observation(status="B")],
        [observation(status="P")],
        "Sheet!L1",
        "50108",
        "years before that are not compared with it",
    ),
    case(
        "definition-differs",
        [observation(status="D")],
        [observation(status="A")],
        "Sheet!L1",
        "50108",
        "the definition of the indicator",
    ),
    case(
        "source-changes",
        [observation(period="2011", source="WHO/MDB"), observation(period="2012", source="CTS/NSO")],
        [observation(period="2011", source="WHO/CTS"), observation(period="2012", source="CTS/NSO")],
        "Sheet!L2",
        "50108",
        "the source “WHO/MDB”, as at Sheet!L1",
    ),
    case(
        "definition-changes",
        [observation(period="2011", note="murder"), observation(period="2012", note="murder and manslaughter")],
        [observation(period="2011", note="murder"), observation(period="2012", note="")],
        "Sheet!L2",
        "50108",
        "the note “murder”, as at Sheet!L1",
    ),
    case(
        "parts-beside-state",
        [observation("826", value=706), observation("GBR_E_W", value=605), observation("GBR_S", value=81)],
        [observation("250", value=706), observation("GBR_E_W", value=605), observation("826", "2011", 700)],
        "Sheet!L1",
        "706",
        "either the State or its parts (England and Wales, Scotland at Sheet!L2, Sheet!L3)",
    ),
    case(
        "coverage-changes",
        [observation("826", "2011", 700), observation("GBR_S", "2012", 81), observation("GBR_S", "2013", 80)],
        [observation("826", "2012", 700), observation("GBR_S", "2012", 81)],
        "Sheet!L2",
        "81",
        "the whole of United Kingdom, as in 2011 at Sheet!L1",
    ),
]


def offences(wider: float, narrower: float) -> list[Observation]:
    return [observation(iccs="0301", value=wider), observation(iccs="03011", value=narrower)]


def by_age(**values: float) -> list[Observation]:
    return [observation(value=value, age=age) for age, value in values.items()]


def by_mechanism(**values: float) -> list[Observation]:
    return [observation(value=value, breakdown=f"mechanism:{name}") for name, value in values.items()]


def overlapping(total: float, part: float) -> list[Observation]:
    return [observation(value=total), observation(value=part, breakdown="form-of-exploitation:forced-labour")]


@pytest.mark.parametrize(
    ("rule", "fires", "passes"),
    [
        ("part-exceeds-total", overlapping(100, 102), overlapping(100, 101)),
        ("part-exceeds-total", overlapping(1000, 1005), overlapping(1000, 1004)),
        ("child-exceeds-parent", offences(100, 102), offences(100, 101)),
        ("child-exceeds-parent", offences(1000, 1005), offences(1000, 1004)),
        (
            "child-exceeds-parent",
            [observation(iccs="03", value=100), observation(iccs="0301", value=102)],
            [observation(iccs="03", value=100), observation(iccs="0401", value=102)],
        ),
        (
            "parts-exceed-total",
            [observation(value=98), *by_age(Y_LT18=20, Y_GE18=80, Y_GE60=30)],
            [observation(value=99), *by_age(Y_LT18=20, Y_GE18=80, Y_GE60=30)],
        ),
        (
            "parts-below-total",
            [observation(value=100), *by_mechanism(firearms=60, others=35)],
            [observation(value=100), *by_mechanism(firearms=60, others=36)],
        ),
        (
            "convicted-exceed-prosecuted",
            stages("persons-convicted-count", 17, "persons-prosecuted-count", 12),
            stages("persons-convicted-count", 16, "persons-prosecuted-count", 12),
        ),
        (
            "unsentenced-exceed-held",
            stages("persons-held-unsentenced-count", 804, "persons-held-count", 800),
            stages("persons-held-unsentenced-count", 803, "persons-held-count", 800),
        ),
    ],
)
def test_a_rule_on_sums_holds_up_to_its_very_edge(
    rule: str, fires: list[Observation], passes: list[Observation], tmp_path: Path
) -> None:
    """By the thresholds of the table: mostly by two, and by half a per cent of the total."""
    assert only(rule, release(tmp_path / "fires", *fires))
    assert found(rule, release(tmp_path / "passes", *passes)) == []


def test_what_parts_lack_or_exceed_is_said_in_numbers(tmp_path: Path) -> None:
    for total, rule, words in ((90, "parts-exceed-total", "10 more"), (120, "parts-below-total", "20 are in none")):
        made = release(tmp_path / rule, observation(value=total), *by_mechanism(firearms=60, others=40))
        assert words in only(rule, made).message


def test_rates_are_not_added_up(tmp_path: Path) -> None:
    rates = [observation(value=5, **RATE), observation(value=8, **RATE, **MALE), observation(value=2, **RATE, **FEMALE)]
    ages = [observation(value=5, **RATE), *(observation(value=9, age=age, **RATE) for age in ("Y_LT18", "Y_GE18"))]
    kinds = [observation(value=5, **RATE), observation(value=9, breakdown="mechanism:firearms", **RATE)]
    overlapping_kinds = [observation(value=5, breakdown="form-of-exploitation:forced-labour", **RATE), *rates[:1]]
    for number, rows in enumerate((rates, ages, kinds, overlapping_kinds)):
        made = release(tmp_path / str(number), *rows)
        for rule in ("parts-exceed-total", "parts-below-total", "part-exceeds-total"):
            assert found(rule, made) == []


@pytest.mark.parametrize(("rule", "fires", "passes", "place", "value", "expected"), CASES)
def test_a_rule_finds_its_example_and_lets_the_near_miss_pass(
    tmp_path: Path,
    rule: str,
    fires: list[Observation],
    passes: list[Observation],
    place: str,
    value: str,
    expected: str,
) -> None:
    one = only(rule, release(tmp_path / "fires", *fires))
    assert (one.rule, one.severity, one.file, one.place) == (rule, explain(rule).severity, "made.xlsx", place)
    assert (one.value, one.expected) == (value, expected)
    assert one.message.startswith(f"{place}: ")
    assert found(rule, release(tmp_path / "passes", *passes)) == []


def test_all_rules_within_a_release_have_their_example() -> None:
    tried = {parameters.values[0] for parameters in CASES}
    assert tried == {code for code, rule in all_rules().items() if rule.scope == "release"}


def test_a_finding_bears_the_keys_of_its_observation(tmp_path: Path) -> None:
    (one,) = found(
        "negative", release(tmp_path, observation("250", "2011", -3, sex="F", breakdown="mechanism:firearms"))
    )
    assert one.as_json() == {
        "area": "250",
        "name": "France",
        "indicator": "homicide-count",
        "period": "2011",
        "detail": "0101~F~_T~_T~mechanism:firearms",
        "dataset": "made",
        "release": "made@2020-06-30",
        "rule": "negative",
        "severity": "error",
        "file": "made.xlsx",
        "place": "Sheet!L1",
        "value": "-3",
        "expected": "a number of zero or more",
        "message": "Sheet!L1: the number is -3",
        "rejected": False,
        "rows": 1,
        "size": 1.0,
    }


def test_findings_are_limited_to_what_is_asked(tmp_path: Path) -> None:
    made = [
        release(tmp_path, observation("250", value=-1), observation("076", value=-2), dataset="one"),
        release(tmp_path, observation("250", value=-3, indicator="victims-count"), dataset="two"),
    ]

    def values(**limits: object) -> list[str]:
        return [one.finding.value for one in findings(made, NAMES, **limits)]  # type: ignore[arg-type]

    assert values(rules=["negative"]) == ["-2", "-1", "-3"]
    assert values(area="250") == ["-1", "-3"]
    assert values(indicator="victims-count") == ["-3"]
    assert values(dataset="one", area="076") == ["-2"]
    assert values(rules=["jump"]) == []


def test_an_age_group_within_another_is_added_once_and_groups_that_cross_are_not_added(tmp_path: Path) -> None:
    under_18 = [observation(value=10, age="Y_LT18"), observation(value=90, age="Y_GE18")]
    within = [*under_18, observation(value=60, age="Y20T29")]
    assert found("parts-exceed-total", release(tmp_path / "a", observation(value=100), *within)) == []
    assert only("parts-exceed-total", release(tmp_path / "b", observation(value=90), *within)).expected.startswith(
        "at least 100"
    )
    crossing = [*under_18, observation(value=60, age="Y15T29")]
    assert found("parts-exceed-total", release(tmp_path / "c", observation(value=90), *crossing)) == []


def test_citizens_of_single_states_are_not_added_to_the_foreigners_they_are_among(tmp_path: Path) -> None:
    rows = [
        observation(value=100),
        observation(value=60, citizenship="NAT"),
        observation(value=40, citizenship="FOR"),
        observation(value=30, citizenship="250"),
    ]
    assert found("parts-exceed-total", release(tmp_path, *rows)) == []


def test_unknown_parts_count_and_a_masked_part_keeps_a_shortfall_from_being_one(tmp_path: Path) -> None:
    short = [observation(value=100), observation(value=70, **MALE), observation(value=20, **FEMALE)]
    assert found("parts-below-total", release(tmp_path / "a", *short)) != []
    assert found("parts-below-total", release(tmp_path / "b", *short, observation(value=10, sex="_U"))) == []
    masked = observation(value=None, text="<5", status="Q", sex="O")
    assert found("parts-below-total", release(tmp_path / "c", *short, masked)) == []


def test_the_total_of_a_breakdown_is_none_of_its_parts(tmp_path: Path) -> None:
    arms = {"indicator": "arms-seized-count", "iccs": "", "unit": "arms"}
    rows = [
        observation(value=10, **arms),
        observation(value=10, breakdown="marking:_T", **arms),
        observation(value=6, breakdown="marking:no-marking", **arms),
        observation(value=4, breakdown="marking:_U", **arms),
    ]
    assert found("parts-exceed-total", release(tmp_path, *rows)) == []


def test_rates_of_men_and_women_are_not_added(tmp_path: Path) -> None:
    rates = [observation(value=5, **RATE), observation(value=8, **RATE, **MALE), observation(value=2, **RATE, **FEMALE)]
    assert found("parts-exceed-total", release(tmp_path, *rates)) == []


def test_a_cause_of_death_within_another_is_not_added_to_it(tmp_path: Path) -> None:
    deaths = {"indicator": "deaths-in-prison-count", "iccs": "", "unit": "persons"}
    rows = [
        observation(value=10, **deaths),
        observation(value=6, breakdown="type-of-death:external", **deaths),
        observation(value=5, breakdown="type-of-death:external-by-suicide", **deaths),
        observation(value=4, breakdown="type-of-death:natural", **deaths),
    ]
    assert found("parts-exceed-total", release(tmp_path, *rows)) == []


def test_a_jump_of_few_that_chance_explains_is_none(tmp_path: Path) -> None:
    few = dict.fromkeys(LEVEL, 30)
    assert found("jump", release(tmp_path / "a", *series({**few, 2012: 55}))) == []
    assert found("jump", release(tmp_path / "b", *series({**few, 2012: 75}))) != []


def test_a_stated_break_explains_a_jump(tmp_path: Path) -> None:
    *before, after = series({**LEVEL, 2012: 2000})
    assert found("jump", release(tmp_path, *before, after._replace(status="B"))) == []


def test_years_apart_are_not_compared_as_successive(tmp_path: Path) -> None:
    assert found("jump", release(tmp_path, *series({**LEVEL, 2013: 2000, 2014: 2000}))) == []


def test_a_slip_of_units_is_told_once_and_is_no_jump_besides(tmp_path: Path) -> None:
    slipped = release(tmp_path, *series({**LEVEL, 2012: 1, 2013: 1000, 2014: 1000}))
    rules = [one.finding.rule for one in findings([slipped], NAMES)]
    assert rules == ["unit-slip"]


def test_arms_that_are_seized_by_the_thousand_are_no_poisson_count(tmp_path: Path) -> None:
    seized = {"indicator": "ammunition-seized-count", "unit": "cartridges"}
    assert found("large-jump", release(tmp_path / "a", *series({2011: 47917, 2012: 145_061 * 2}, **seized))) == []
    level = {**dict.fromkeys(LEVEL, 47917), 2012: 145_061 * 2}
    assert found("large-jump", release(tmp_path / "b", *series(level, **seized))) != []


def test_a_series_of_fractions_is_told_once_at_its_latest_year(tmp_path: Path) -> None:
    one = only("fractional-count", release(tmp_path, *series({2010: 25.5, 2011: 26, 2012: 27.5})))
    assert (one.value, one.place) == ("27.5", "Sheet!L3")
    assert one.message.endswith("so it is in 2 values of the series")


def test_rates_that_were_divided_by_one_other_population_are_told_once(tmp_path: Path) -> None:
    """As those of the Republic of Moldova, which divide by a population with Transnistria."""
    rows = [
        row
        for year in ("2010", "2011", "2012")
        for row in (
            observation(period=year, value=387),
            observation(period=year, value=8.9, **RATE),
            observation(period=year, indicator="population", iccs="", unit="persons", value=2_975_966),
        )
    ]
    one = only("rate-against-count", release(tmp_path, *rows))
    assert one.place == "Sheet!L8"
    assert "in 3 rates of 2010–2012, divided by about 146 per cent of the population" in one.message


def test_a_rate_whose_count_was_revised_too_and_a_population_are_not_told_as_revised(tmp_path: Path) -> None:
    people = {"indicator": "population", "iccs": "", "unit": "persons"}
    earlier = [observation(value=100), observation(value=10, **RATE), observation(value=1_000_000, **people)]
    later = [observation(value=130), observation(value=13, **RATE), observation(value=1_300_000, **people)]
    releases = [release(tmp_path, *earlier, published="2014-10-06"), release(tmp_path, *later, published="2019-07-08")]
    assert [one.value for one in (found("revised", *releases)[0].finding,)] == ["130"]
    assert len(found("revised", *releases)) == 1
    alone = [observation(value=100), observation(value=13, **RATE)]
    releases = [release(tmp_path, *earlier, published="2014-10-06"), release(tmp_path, *alone, published="2019-07-08")]
    assert [one.finding.value for one in found("revised", *releases)] == ["13"]


def test_without_a_population_the_other_rates_of_the_state_and_year_tell_it(tmp_path: Path) -> None:
    rows = [
        one
        for code, rate in (("0101", 10), ("0401", 20), ("0501", 30), ("0502", 60))
        for one in (observation(iccs=code, value=rate * 100), observation(iccs=code, value=rate, **RATE))
    ]
    assert found("rate-against-count", release(tmp_path / "a", *rows)) == []
    one = only("rate-against-count", release(tmp_path / "b", *rows[:-1], observation(iccs="0502", value=90, **RATE)))
    assert one.expected.startswith("60: the count of 6,000 at Sheet!L7 per 100,000 of 10,000,000 people")


def test_the_rounding_of_a_small_rate_is_let_pass(tmp_path: Path) -> None:
    population = observation(indicator="population", unit="persons", iccs="", value=60_000_000)
    rows = [population, observation(value=87), observation(value=0.1, **RATE)]
    assert found("rate-against-count", release(tmp_path, *rows)) == []


def test_the_latest_release_is_judged_and_tells_what_it_revised(tmp_path: Path) -> None:
    earlier = release(tmp_path, observation(value=50108), observation("250", value=-1), published="2014-10-06")
    later = release(tmp_path, observation(value=53054), observation("250", value=700), published="2019-07-08")
    one = only("revised", later, earlier)
    assert one.expected == "50,108, as in made@2014-10-06 (Sheet!L1 of made.xlsx)"
    assert one.message == "Sheet!L1: revised from 50,108 to 53,054 since made@2014-10-06: +2,946 +5.9 %"
    assert found("negative", later, earlier) == []
    assert [two.area for two in found("greatly-revised", later, earlier)] == ["250"]


def test_a_revision_at_the_threshold_is_let_pass(tmp_path: Path) -> None:
    earlier = release(tmp_path, observation(value=1000), observation("250", value=20), published="2014-10-06")
    later = release(tmp_path, observation(value=1050), observation("250", value=25), published="2019-07-08")
    assert found("revised", earlier, later) == []


def test_two_data_sets_that_disagree_are_told_at_the_later_one(tmp_path: Path) -> None:
    rate = [observation(value=7.684156, **RATE), observation("250", value=1.3, **RATE)]
    other = [observation(value=5.1, **RATE), observation("250", value=1.2, **RATE)]
    later = release(tmp_path, *rate, dataset="owid", published="2025-12-31")
    earlier = release(tmp_path, *other, dataset="study", published="2019-07-08")
    one = only("sources-disagree", later, earlier)
    assert (one.file, one.value) == ("owid.xlsx", "7.68416")
    assert one.expected == "5.1, as in study@2019-07-08 (Sheet!L1 of study.xlsx)"


def test_the_second_of_two_values_for_a_key_is_compared_with_nothing(tmp_path: Path) -> None:
    rows = [observation(period="2011", value=10), observation(value=1000, repeat=1), observation(value=11, repeat=2)]
    assert findings([release(tmp_path, *rows)], NAMES) == []


@FEWER
@given(data=st.data())
def test_a_table_that_adds_up_gives_no_finding_on_sums(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    counts = st.integers(0, 5000)
    rows = []
    for period in ("2011", "2012"):
        cells = {
            (sex, age): data.draw(counts) for sex in ("M", "F", "_U") for age in ("Y_LT18", "Y18T64", "Y_GE65", "_U")
        }
        for sex in ("M", "F", "_U", "_T"):
            for age in ("Y_LT18", "Y18T64", "Y_GE65", "_U", "_T"):
                value = sum(n for (s, a), n in cells.items() if sex in (s, "_T") and age in (a, "_T"))
                rows.append(observation(period=period, value=value, sex=sex, age=age))
    made = release(tmp_path_factory.mktemp("sums"), *rows)
    assert findings([made], NAMES, rules=["parts-exceed-total", "parts-below-total"]) == []


@FEWER
@given(
    start=st.integers(50_000, 900_000),
    growth=st.lists(st.floats(-0.15, 0.15), min_size=5, max_size=15),
    where=st.integers(0, 15),
    factor=st.sampled_from([1000, 1 / 1000]),
)
def test_a_slip_of_a_thousand_is_found_exactly_where_it_was_made(
    start: int, growth: list[float], where: int, factor: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    values = [start]
    for change in growth:
        values.append(max(10_000, round(values[-1] * (1 + change))))
    slipped = where % len(values)
    smooth = {2000 + index: float(value) for index, value in enumerate(values)}
    folder = tmp_path_factory.mktemp("slip")
    assert found("unit-slip", release(folder / "smooth", *series(smooth))) == []
    smooth[2000 + slipped] = round(smooth[2000 + slipped] * factor)
    one = only("unit-slip", release(folder / "slipped", *series(smooth)))
    assert one.place == f"Sheet!L{slipped + 1}"
    assert ("1/1,000" in one.message) == (factor < 1)


@pytest.mark.parametrize(
    ("ratio", "power"),
    [
        (1000, 1000),
        (1500, 1000),
        (1600, None),
        (600, None),
        (100, 100),
        (79, None),
        (0.01, 0.01),
        (0.0014, 0.001),
        (1, None),
    ],
)
def test_only_what_is_near_a_power_of_ten_is_a_slip(ratio: float, power: float | None) -> None:
    assert slip(ratio) == (pytest.approx(power) if power else None)
