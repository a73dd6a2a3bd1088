import pytest
from examples.layouts import read, rules, study_2013

from comity.evidence.errors import BadInput
from comity.observations.layouts.study_2019 import Indicator, parse_indicator

PLUS = "+ In 2009 a new system was set up, so that figures of 2009 cannot be compared with those of earlier years"
FOOTNOTES = [
    "x due to small population size the estimated count is less than 2",
    "* continued by other data",
    PLUS,
    "# Note: data were updated on 6 October 2014",
]
PHILIPPINES = (
    ["Asia", "South-Eastern Asia", "Philippines +", "CJ", "CTS/National police", "Rate", 6.4, 6.9, 9.5],
    [None, None, None, None, None, "Count", 5820, 6368, 8897],
)


def test_rates_and_counts_of_a_territory_are_told_apart_with_source_and_place() -> None:
    reading = read("study.xlsx", study_2013(*PHILIPPINES, footnotes=FOOTNOTES))
    assert [(one.indicator, one.period, one.value, one.unit) for one in reading.observations][2:4] == [
        ("homicide-rate", "2010", 9.5, "per 100,000 population"),
        ("homicide-count", "2008", 5820, "victims"),
    ]
    assert {(one.area, one.iccs, one.source) for one in reading.observations} == {
        ("608", "0101", "CJ: CTS/National police")
    }
    assert reading.observations[3].place == "country-territory!G6"
    assert (reading.description.dataset, str(reading.description.published)) == ("homicide", "2014-10-06")


def test_a_footnote_on_a_name_marks_the_year_of_the_break_and_is_noted_on_the_territory() -> None:
    reading = read("study.xlsx", study_2013(*PHILIPPINES, footnotes=FOOTNOTES))
    assert [one.status for one in reading.observations] == ["A", "B", "A"] * 2
    assert {one.note for one in reading.observations} == {PLUS[2:]}


def test_marks_on_numbers_are_breaks_and_x_is_a_value_that_is_not_significant() -> None:
    lines = (
        ["Asia", None, "Turkey", "CJ", "CTS", "Count", "2366*", "1,923 *", 1866],
        ["Oceania", None, "Tuvalu", "PH", "WHO", "Rate", None, None, 4.2],
        [None, None, None, None, None, "Count", None, None, "x"],
    )
    found = read("study.xlsx", study_2013(*lines, footnotes=FOOTNOTES)).observations
    assert [(one.value, one.status) for one in found] == [
        (2366, "B"),
        (1923, "B"),
        (1866, "A"),
        (4.2, "A"),
        (None, "N"),
    ]
    assert (found[0].text, found[4].text) == ("2366*", "x")
    assert "less than 2" in found[4].note


def test_an_x_without_its_footnote_is_no_number() -> None:
    lines = (["Oceania", None, "Tuvalu", "PH", "WHO", "Count", 1, 2, "x"],)
    assert rules(read("study.2013.xlsx", study_2013(*lines))) == ["not-a-number"]


def test_unknown_territories_and_indicators_reject_each_value() -> None:
    lines = (
        ["Asia", None, "Atlantis", "CJ", "CTS", "Count", 1, 2, None],
        ["Asia", None, "Japan", "CJ", "CTS", "Share", 1, None, None],
    )
    reading = read("study.xlsx", study_2013(*lines))
    assert [(one.rule, one.rows) for one in reading.findings] == [("unknown-area", 2), ("unknown-indicator", 1)]
    assert (reading.rows, reading.rejected) == (3, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Homicide Total Count", Indicator("homicide", "count", "_T", "_T", "_T", "_T", "")),
        ("Homicide Rate", Indicator("homicide", "rate", "_T", "_T", "_T", "_T", "")),
        ("Female 60 or more Rate", Indicator("", "rate", "F", "Y_GE60", "_T", "_T", "")),
        ("Male 0-14 Count", Indicator("", "count", "M", "Y_LT15", "_T", "_T", "")),
        ("Homicide by Sharp Objects", Indicator("homicide", "count", "_T", "_T", "_T", "mechanism:sharp-objects", "")),
        ("Other Mechanism Rate", Indicator("", "rate", "_T", "_T", "_T", "mechanism:other", "")),
        ("Firearms Rate", Indicator("", "rate", "_T", "_T", "_T", "mechanism:firearms", "")),
        (
            "Male Homicide Rate by Unknown Mechanisms",
            Indicator("homicide", "rate", "M", "_T", "_T", "mechanism:_U", ""),
        ),
        (
            "Rate: Female Brought into Formal Contact",
            Indicator("persons-formal-contact", "rate", "F", "_T", "_T", "_T", ""),
        ),
        (
            "Male over 60 Brought into Formal Contact",
            Indicator("persons-formal-contact", "count", "M", "Y_GE60", "_T", "_T", ""),
        ),
        (
            "Female Foreigners Brought into Formal Contact",
            Indicator("persons-formal-contact", "count", "F", "_T", "FOR", "_T", ""),
        ),
        ("Rate: Male Convicted", Indicator("persons-convicted", "rate", "M", "_T", "_T", "_T", "")),
        (
            "Persons Convicted for Intentional Homicide",
            Indicator("persons-convicted", "count", "_T", "_T", "_T", "_T", ""),
        ),
        (
            "Persons Brought into Formal Contact not Intoxicated",
            Indicator("persons-formal-contact", "count", "_T", "_T", "_T", "intoxication:none", ""),
        ),
        (
            "Persons Brought into Formal Contact Intoxicated by a Combination of Psychoactive Substances",
            Indicator(
                "persons-formal-contact", "count", "_T", "_T", "_T",
                "intoxication:combination-of-psychoactive-substances", "",
            ),
        ),
        (
            "Persons Brought into Formal Contact Intoxicated with Unknown Exposure to Psychoactive Substances",
            Indicator("persons-formal-contact", "count", "_T", "_T", "_T", "intoxication:_U", ""),
        ),
        ("Domestic Homicide Rate", Indicator("homicide", "rate", "_T", "_T", "_T", "words:domestic", "domestic")),
    ],
)  # fmt: skip
def test_an_indicator_is_read_by_its_words(text: str, said: Indicator) -> None:
    assert parse_indicator(text) == said


WIDE = """Country,Region,Indicator,2010,2011,2012
Brazil,Americas,Homicide Total Count,1,,53054
Brazil,Americas,Male 15-29 Rate,,2.5,
Atlantis,Europe,Domestic Homicide Rate,,3,
"""


def test_the_wide_table_of_2019_gives_a_row_for_each_value_with_line_and_year() -> None:
    reading = read("homicide.2019.csv", WIDE)
    assert [(one.indicator, one.sex, one.age, one.value, one.place) for one in reading.observations] == [
        ("homicide-count", "_T", "_T", 1, "2:2010"),
        ("homicide-count", "_T", "_T", 53054, "2:2012"),
        ("homicide-rate", "M", "Y15T29", 2.5, "3:2011"),
    ]
    assert [(found.rule, found.place) for found in reading.findings] == [("unknown-area", "4:Country")]
    assert (reading.description.dataset, reading.description.published) == ("homicide", None)


def test_words_that_no_rule_knows_are_kept_with_a_warning() -> None:
    reading = read("homicide.2019.csv", WIDE.replace("Atlantis", "France"))
    assert [(found.rule, found.severity, found.value) for found in reading.findings] == [
        ("unknown-term", "warning", "Domestic Homicide Rate")
    ]
    assert reading.observations[-1].breakdown == "words:domestic"


def test_a_table_that_names_nothing_counted_is_refused() -> None:
    with pytest.raises(BadInput, match="homicide"):
        read("x.csv", "Country,Region,Indicator,2010,2011,2012\nBrazil,Americas,Rain,1,2,3\n")


@pytest.mark.parametrize("heading", ["Año 2013", "2012/13", "13", "2O13", "Latest"])
def test_a_column_that_holds_what_the_years_hold_is_one_whatever_its_heading(heading: str) -> None:
    text = (
        f"Country,Region,Indicator,2010,2011,{heading}\n"
        "Brazil,Americas,Homicide Total Count,40974,43079,48074\n"
        "France,Europe,Homicide Total Count,813,870,\n"
        "Fiji,Oceania,Homicide Total Count,20,,12\n"
    )
    reading = read("homicide.2019.csv", text)
    assert rules(reading) == ["unread-year"]
    assert len(reading.observations) == 5


@pytest.mark.parametrize(
    "cells", ['"1,234.5","1,240.5"', '"1.234,5","1.240,5"', '"1,234,567","1,240,567"', "1 234,1 240", "0.81,0.8126"]
)
def test_what_the_years_hold_is_known_whatever_marks_its_numbers_have(cells: str) -> None:
    text = f"Country,Region,Indicator,2010,Latest\nBrazil,Americas,Homicide Total Count,{cells}\n"
    assert "unread-year" in rules(read("homicide.2019.csv", text))


def test_a_row_whose_own_source_or_region_is_of_a_part_is_left_out() -> None:
    albania = ["Europe", "Southern Europe", "Albania", "CJ", "CTS"]
    for cells in (["", "", "", "Women only", "", "Rate", 5, 6, 7], ["", "Rural areas", "", "", "", "Rate", 5, 6, 7]):
        reading = read("study.2013.xlsx", study_2013([*albania, "Count", 1, 2, 3], [cell or None for cell in cells]))
        assert [one.indicator for one in reading.observations] == ["homicide-count"] * 3
        assert rules(reading) == ["of-a-part"] * 3
    women = ["Women", *albania[1:], "Count", 1, 2, 3]
    blank = [None, None, None, None, None, "Rate", 5, 6, 7]
    andorra = ["Europe", "Southern Europe", "Andorra", "CJ", "CTS", "Count", 1, 2, 3]
    reading = read("study.2013.xlsx", study_2013(women, blank, andorra))
    assert [one.area for one in reading.observations] == ["020"] * 3
    assert rules(reading) == ["of-a-part"] * 6
