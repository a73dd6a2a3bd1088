"""Populations as the World Bank, World Population Prospects and those who republish them give them; made-up tables."""

import codecs
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from examples.layouts import layout_of, read, read_published, rules, workbook
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from comity.evidence.errors import BadInput
from comity.observations.numbers import Number
from comity.observations.observation import Observation
from comity.observations.populations_compared import (
    Agreement,
    confirmed_by_held,
    contradicts_held,
    notice_few_apart,
    notice_uncompared,
    sums_of_ages,
)
from comity.observations.possible_populations import impossible_populations, named_otherwise
from comity.observations.reading import Description, Reading
from comity.observations.rows.row import stated

INDICATOR = """"Data Source","World Development Indicators",

"Last Updated Date","2025-07-01",

"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961","1962",
"Aruba","ABW","Population, total","SP.POP.TOTL","54922","55578","",
"Arab World","ARB","Population, total","SP.POP.TOTL","93359407.5","","",
"World","WLD","Population, total","SP.POP.TOTL","3021529000","","",
"""
DATABANK = """Country Name,Country Code,Series Name,Series Code,2017 [YR2017],2018 [YR2018]
Afghanistan,AFG,"Population, total",SP.POP.TOTL,35643418,..
"Korea, Rep.",KOR,"Population, total",SP.POP.TOTL,51361911,51585058
,,,,,
,,,,,
,,,,,
Data from database: World Development Indicators,,,,,
Last Updated: 07/01/2025,,,,,
"""
TOTALS = """Country Name,Country Code,Year,Value
Aruba,ABW,1960,54922
World,WLD,1960,3021529000
"""
GDP = """Country Name,Country Code,Year,Value
Brazil,BRA,2012,2465188674415.03
Jamaica,JAM,2012,14807086811.86
"""
WPP_2019 = """LocID,Location,VarID,Variant,Time,MidPeriod,PopMale,PopFemale,PopTotal,PopDensity
4,Afghanistan,2,Medium,2015,2015.5,17000.001,16000.002,33000.003,50.5
900,World,2,Medium,2020,2020.5,,,7794798.729,59.9
900,World,2,Medium,2021,2021.5,,,7874965.732,60.5
1823,A group of the source,2,Medium,2015,2015.5,,,5.5,
4,Afghanistan,3,High,2015,2015.5,17000.001,16000.002,33000.003,50.5
"""
WPP_2022 = """SortOrder,LocID,Notes,ISO3_code,ISO2_code,SDMX_code,LocTypeID,LocTypeName,ParentID,Location,VarID,\
Variant,Time,MidPeriod,AgeGrp,AgeGrpStart,AgeGrpSpan,PopMale,PopFemale,PopTotal
1,412,,XKX,XK,412,4,Country/Area,925,Kosovo,2,Medium,2021,2021.5,0-4,0,5,1.5,1.25,2.75
1,412,,XKX,XK,412,4,Country/Area,925,Kosovo,2,Medium,2022,2022.5,9-May,5,5,1.5,1.25,2.75
1,412,,XKX,XK,412,4,Country/Area,925,Kosovo,2,Medium,2024,2024.5,100+,100,-1,0.009,0.023,0.032
1,412,,XKX,XK,412,4,Country/Area,925,Kosovo,2,Medium,2024,2024.5,5-9,10,5,0.009,,
"""
WPP_2012 = """LocID,Location,VarID,Variant,Time,MidPeriod,SexID,Sex,AgeGrp,AgeGrpStart,AgeGrpSpan,Value
4,Afghanistan,2,Medium,2010,2010.5,2,Female,5-9,5,5,1500.5
4,Afghanistan,2,Medium,2010,2010.5,3,Both,80+,80,-1,20.25
4,Afghanistan,2,Medium,2016,2016.5,1,Male,5-9,5,5,
4,Afghanistan,2,Medium,2010,2010.5,9,Neither,5-9,5,5,1
"""
AGES = """country_code\tname\tage\t1950\t2100
900\tWorld\t0-4\t166076.751\t300000.5
4\tAfghanistan\t5-9\tNA\t0.017
"""

Short = tuple[str, str, float | None, str]


def _short(reading: Reading) -> list[Short]:
    """Area, year, value and place of each observation."""
    return [(one.area, one.period, one.value, one.place) for one in reading.observations]


def _values(reading: Reading) -> list[tuple[str, str, float | None]]:
    return [(one.area, one.period, one.value) for one in reading.observations]


def _book(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _rejected(reading: Reading) -> list[tuple[str, str]]:
    return [(found.rule, found.place) for found in reading.findings if found.rejected]


# The World Bank's own tables.


def test_the_download_of_an_indicator_is_read_below_its_preamble() -> None:
    reading = read("API_SP.POP.TOTL_DS2_en_csv_v2_1.csv", codecs.BOM_UTF8 + INDICATOR.encode())
    assert _short(reading) == [
        ("533", "1960", 54922, "6:1960"),
        ("533", "1961", 55578, "6:1961"),
        ("001", "1960", 3021529000, "8:1960"),
    ]
    assert _rejected(reading) == [("aggregate", "7:Country Code")]
    said = reading.description
    assert (said.dataset, said.published, said.projects, said.measure_stated) == (
        "population", date(2025, 7, 1), False, True,
    )  # fmt: skip
    assert {(one.indicator, one.unit, one.sex, one.status) for one in reading.observations} == {
        ("population", "persons", "_T", "A")
    }


@pytest.mark.parametrize(
    "text",
    [
        INDICATOR.replace("\n\n", "\n"),
        INDICATOR.replace('"', "").replace("Population, total", "Population total").replace(",", ";"),
        INDICATOR.replace(",\n", "\n").replace("\n", "\r\n"),
        INDICATOR.replace('"Data Source","World Development Indicators",', '"数据源","世界发展指标",'),
        INDICATOR.replace("Population, total", "总人口"),
    ],
    ids=["blank lines lost", "semicolons", "without the last commas", "another language", "name in another alphabet"],
)
def test_the_download_is_read_also_as_it_was_saved_again(text: str) -> None:
    reading = read("saved.csv", text)
    assert _values(reading) == _values(read("api.csv", INDICATOR))
    assert reading.description.published == date(2025, 7, 1)


def test_a_part_of_a_country_is_left_out_for_what_it_is_and_not_as_a_group_of_the_world_bank() -> None:
    reading = read("a.csv", INDICATOR.replace('"Aruba"', '"Oranjestad"'))
    assert ("unknown-area", "6:Country Code", "ABW, Oranjestad") in [
        (one.rule, one.place, one.value) for one in reading.findings
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("25/03/2023", date(2023, 3, 25)), ("03/25/2023", date(2023, 3, 25)), ("03/03/2023", date(2023, 3, 3))],
)
def test_a_day_with_slashes_is_taken_where_it_has_one_reading(written: str, meant: date) -> None:
    assert read("a.csv", INDICATOR.replace("2025-07-01", written)).description.published == meant


@pytest.mark.parametrize("written", ["01/03/2023", "31/31/2023", "soon"])
def test_a_day_without_one_reading_is_not_taken_and_noticed(written: str) -> None:
    reading = read("a.csv", INDICATOR.replace("2025-07-01", written))
    assert reading.description.published is None
    assert ("doubtful-day", "3", written) in [(one.rule, one.place, one.value) for one in reading.findings]


def test_the_workbook_of_an_indicator_is_read_and_its_metadata_named() -> None:
    data = [
        ["Data Source", "World Development Indicators"],
        ["Last Updated Date", date(2025, 7, 1)],
        [],
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "1960", 1961],
        ["Aruba", "ABW", "Population, total", "SP.POP.TOTL", 54922, None],
        ["Aruba", "ABW", "Population, female", "SP.POP.TOTL.FE.IN", 28000, 29000],
    ]
    metadata = [["Country Code", "Region", "IncomeGroup", "SpecialNotes", "TableName"], ["ABW", "x", "y", "z", "Aruba"]]
    reading = read("api.xlsx", _book({"Data": data, "Metadata - Countries": metadata}))
    assert [(one.sex, one.period, one.value, one.place) for one in reading.observations] == [
        ("_T", "1960", 54922, "Data!E5"),
        ("F", "1960", 28000, "Data!E6"),
        ("F", "1961", 29000, "Data!F6"),
    ]
    assert [(one.rule, one.value) for one in reading.findings] == [("unread-sheet", "Metadata - Countries")]
    # Populations by sex are a data set of their own: the totals by which rates are made are never revised by them.
    assert (reading.description.dataset, reading.description.published) == ("population-by-sex", date(2025, 7, 1))


def test_each_value_of_a_series_that_is_not_read_is_left_out() -> None:
    head = "Country Name,Country Code,Indicator Name,Indicator Code,1960,1961\n"
    population = 'Aruba,ABW,"Population, total",SP.POP.TOTL,54922,\n'
    others = "Aruba,ABW,GDP (current US$),NY.GDP.MKTP.CD,1.5,2.5\nAruba,ABW,Rural population,SP.RUR.TOTL,,7\n"
    reading = read("WDICSV.csv", head + others + population)
    assert _short(reading) == [("533", "1960", 54922, "4:1960")]
    assert _rejected(reading) == [(rule, f"{at}") for rule, at in [
        ("unknown-series", "2:1960"), ("unknown-series", "2:1961"), ("unknown-series", "3:1961"),
    ]]  # fmt: skip
    assert reading.description.published is None
    with pytest.raises(BadInput, match=r"NY\.GDP\.MKTP\.CD, SP\.RUR\.TOTL.*expected a series that is read"):
        read("WDICSV.csv", head + others)


def test_more_values_of_other_series_than_can_be_named_one_by_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.observations.layouts.world_bank.MOST_LEFT_OUT", 1)
    text = INDICATOR + '"Aruba","ABW","GDP","NY.GDP.MKTP.CD","1","2","",\n'
    with pytest.raises(BadInput, match=r"only the rows of SP\.POP\.TOTL; this file holds 2 values"):
        read("WDICSV.csv", text)


def test_a_row_that_is_one_column_off_is_named() -> None:
    text = (
        "Country Name;Country Code;Indicator Name;Indicator Code;1960;1961;1962\n"
        "Aruba;ABW;Population, total;SP.POP.TOTL;54922;55578;\n"
        "Bahamas; The;BHS;Population, total;SP.POP.TOTL;109526;\n"
    )
    reading = read("api.csv", text)
    assert [one.area for one in reading.observations] == ["533", "533"]
    assert {(rule, place) for rule, place in _rejected(reading)} == {("doubtful-series", "3:Indicator Code")}
    assert "one column off" in reading.findings[0].expected


def test_the_default_export_of_databank_is_read_and_its_last_lines_are_remarks() -> None:
    reading = read("x_Data.csv", DATABANK)
    assert [(one.area, one.period, one.value, one.status, one.text) for one in reading.observations] == [
        ("004", "2017", 35643418, "A", "35643418"),
        ("004", "2018", None, "O", ".."),
        ("410", "2017", 51361911, "A", "51361911"),
        ("410", "2018", 51585058, "A", "51585058"),
    ]
    assert [(one.rule, one.severity, one.place.split(":")[0]) for one in reading.findings] == [
        ("remark", "note", "7"),
        ("remark", "note", "8"),
    ]
    # The day below the table is DataBank's own, month before day.
    assert (reading.description.published, reading.description.dataset) == (date(2025, 7, 1), "population")


def test_the_last_line_of_databank_is_month_before_day_or_nothing() -> None:
    reading = read("x_Data.csv", DATABANK.replace("07/01/2025", "24/10/2024"))
    assert reading.description.published is None
    assert "doubtful-day" in rules(reading)


@pytest.mark.parametrize(("first", "second"), [("1960", "1961"), ("1960 ", "1961 "), ("YR1960", "YR1961")])
@pytest.mark.parametrize("series_first", [True, False])
def test_the_forms_of_years_and_the_order_of_columns_make_no_difference(
    first: str, second: str, series_first: bool
) -> None:
    series, country = ["Series Name", "Series Code"], ["Country Name", "Country Code"]
    said, where = ["Population, total", "SP.POP.TOTL"], ["Aruba", "ABW"]
    rows = [
        [*(series + country if series_first else country + series), first, second],
        [*(said + where if series_first else where + said), 54922, ".."],
    ]
    for reading in (
        read("x.xlsx", workbook(rows, "Data")),
        read("x.tsv", "\n".join("\t".join(map(str, row)) for row in rows)),
    ):
        assert _values(reading) == [("533", "1960", 54922), ("533", "1961", None)]


@pytest.mark.parametrize("country_first", [True, False])
def test_series_as_columns_are_read_with_the_code_in_their_headings(country_first: bool) -> None:
    time, country = ["Time", "Time Code"], ["Country Name", "Country Code"]
    head = [*(country + time if country_first else time + country)]
    when, where = ["2015", "YR2015"], ["Aruba", "ABW"]
    row = [*(where + when if country_first else when + where)]
    rows = [
        [*head, "Population, male [SP.POP.TOTL.MA.IN]", "GDP (current US$) [NY.GDP.MKTP.CD]", "Remarks"],
        [*row, 50000, 3.5, "x"],
        ["Data from database: World Development Indicators"],
        ["Last Updated: 10/24/2024"],
    ]
    reading = read("x.xlsx", workbook(rows, "Data"))
    assert [(one.area, one.sex, one.period, one.value) for one in reading.observations] == [("533", "M", "2015", 50000)]
    assert _rejected(reading) == [("unknown-series", "Data!F2")]
    assert sorted(rules(reading)) == ["extra-column", "remark", "remark", "unknown-series"]
    assert reading.description.published == date(2024, 10, 24)


def test_a_time_whose_code_is_of_another_year_or_a_quarter_is_rejected() -> None:
    text = (
        'Time,Time Code,Country Name,Country Code,"Population, total [SP.POP.TOTL]"\n'
        "2015,YR2016,Aruba,ABW,1\n2015Q1,2015Q1,Aruba,ABW,1\n2015,,Aruba,ABW,104000\n"
    )
    reading = read("x.csv", text)
    assert _rejected(reading) == [("impossible-year", "2:Time"), ("impossible-year", "3:Time")]
    assert _values(reading) == [("533", "2015", 104000)]


def test_rates_of_homicide_are_a_data_set_of_their_own() -> None:
    text = (
        "Country Name,Country Code,Series Name,Series Code,2012 [YR2012]\n"
        'Aruba,ABW,"Intentional homicides (per 100,000 people)",VC.IHR.PSRC.P5,3.9\n'
        'Aruba,ABW,"Intentional homicides, female (per 100,000 female)",VC.IHR.PSRC.FE.P5,1.5\n'
    )
    reading = read("x.csv", text)
    assert [(one.indicator, one.iccs, one.unit, one.sex, one.value) for one in reading.observations] == [
        ("homicide-rate", "0101", "per 100,000 population", "_T", 3.9),
        ("homicide-rate", "0101", "per 100,000 population", "F", 1.5),
    ]
    assert reading.description.dataset == "homicide-rate-world-bank"
    with pytest.raises(BadInput, match="split the file"):
        read("x.csv", text + 'Aruba,ABW,"Population, total",SP.POP.TOTL,5\n')


def test_a_name_that_says_more_than_its_code_is_refused() -> None:
    with pytest.raises(BadInput, match="found “Population, total \\(thousands\\)”, expected “Population, total”"):
        read("x.csv", DATABANK.replace('"Population, total"', '"Population, total (thousands)"'))


def test_projections_of_the_world_bank_are_kept_apart_from_its_totals() -> None:
    text = DATABANK.replace("World Development Indicators", "Population estimates and projections")
    said = read("x.csv", text).description
    assert (said.dataset, said.projects) == ("population-projections-world-bank", True)


# Totals as they are republished.


def test_totals_whose_heading_says_nothing_are_described_so() -> None:
    silent = read("totals.csv", TOTALS)
    assert _short(silent) == [("533", "1960", 54922, "2:Value"), ("001", "1960", 3021529000, "3:Value")]
    assert not silent.description.measure_stated
    assert read("totals.csv", TOTALS, "population").description.measure_stated
    for heading in ("Population", "SP.POP.TOTL", "population_total"):
        assert read("totals.csv", TOTALS.replace("Value", heading)).description.measure_stated


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GDP, "2:Value: found “2465188674415.03”"),
        (TOTALS.replace("54922", "54922.5"), "2:Value: found “54922.5”, expected a whole number"),
        (TOTALS.replace("3021529000", "3021529"), "3:Value: found “3021529”, expected the world's population"),
    ],
    ids=["money", "fractions", "thousands"],
)
def test_values_that_cannot_be_populations_are_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read("totals.csv", text)


def test_a_person_who_names_another_subject_is_believed() -> None:
    with pytest.raises(BadInput, match="--subject: found “gdp”"):
        read("totals.csv", TOTALS, "gdp")


def test_values_of_many_indicators_are_no_totals() -> None:
    lines = "Country Name,Country Code,Indicator Name,Indicator Code,Year,Value\nAruba,ABW,{},{},1960,54922\n"
    assert layout_of("x.csv", lines.format("GDP", "NY.GDP.MKTP.CD").encode()).name == "World Bank, indicators"
    with pytest.raises(BadInput, match="a series that is read"):
        read("x.csv", lines.format("GDP", "NY.GDP.MKTP.CD"))
    assert _values(read("x.csv", lines.format('"Population, total"', "SP.POP.TOTL"))) == [("533", "1960", 54922)]
    with pytest.raises(StopIteration):
        layout_of("x.csv", b"Country Name,Country Code,Indicator Name,Year,Value\nAruba,ABW,GDP,1960,1\n")


@pytest.mark.shared
def test_the_totals_that_are_shared_are_read_as_ever(shared: Any) -> None:
    reading = read_published(shared / "population" / "totals-world-bank.2026-03.csv")
    assert (reading.rows, len(reading.observations)) == (17_195, 14_140)
    path = shared / "hard-cases" / "gdp.csv"
    with pytest.raises(BadInput, match="a population in persons"):
        read(path.name, path.read_bytes())


def _people(area: str, year: str, value: float, **parts: str) -> Observation:
    return stated(
        area=area, indicator="population", unit="persons", period=year, number=Number(value, "A"),
        text=str(value), place=f"{area}:{year}", **parts,
    )  # fmt: skip


def test_a_population_twice_the_held_one_contradicts_it() -> None:
    held = {(f"{number:03}", "2012"): 1000.0 for number in range(9)}
    near = [_people(f"{number:03}", "2012", 1100) for number in range(3, 9)]
    assert not contradicts_held([*near, _people("001", "2012", 2000), _people("002", "2012", 500)], held)
    assert contradicts_held([_people("001", "2012", 2000), _people("002", "2012", 700)], held), "most lie apart"
    assert not contradicts_held([_people("001", "2012", 1300), _people("002", "2012", 990)], held), "half lie apart"
    assert "700 differs by more than a factor of 1.25" in _expected([_people("002", "2012", 700)], held)
    assert not contradicts_held([_people("002", "2012", 750)], held)
    assert not contradicts_held([_people("001", "2023", 1), _people("001", "2012", 5, age="Y_LT5")], held)
    assert not contradicts_held([_people("001", "2012", 250, sex="F")], held)
    for one in (_people("001", "2013", 1), _people("001", "2022", 2001), _people("001", "2012", 99, sex="F")):
        assert contradicts_held([one], held), "in the nearest year, and of one sex"
    same = [_people(f"{number:03}", "2012", 1000) for number in range(3, 9)]
    # Ten years before the first that is held, Kuwait had less than half of the people.
    for year, value, fits in (("2012", 499, False), ("2002", 400, True), ("2002", 399, False), ("2022", 2500, True)):
        assert bool(contradicts_held([*same, _people("001", year, value)], held)) is not fits
    faults = contradicts_held([_people("001", "2012", 2001), _people("002", "2012", 0)], held, file="x.csv")
    assert [(fault.file, fault.place, fault.value) for fault in faults] == [
        ("x.csv", "001:2012", "2001"),
        ("x.csv", "002:2012", "0"),
    ]
    assert "1000 persons, as held for 001 in 2012" in faults[0].expected
    many = contradicts_held([_people(area, "2012", 5) for area, _year in held], held)
    assert (len(many), many[-1].value) == (6, "9")


GROWING = {
    (f"{area:03}", str(year)): 1e6 * area * (1 + area / 200) ** (year - 2000)
    for area in range(4, 12)
    for year in range(2000, 2010)
}


@pytest.mark.parametrize("step", [-1, 1])
def test_totals_of_the_year_before_or_after_are_not_those_of_their_own(step: int) -> None:
    def moved(by: int, times: float, areas: int = 12) -> list[Observation]:
        return [
            _people(area, str(int(year) + by), value * times)
            for (area, year), value in GROWING.items()
            if int(area) < areas
        ]

    (fault,) = contradicts_held(moved(step, 1.0), GROWING)
    assert "one off" in fault.expected
    assert contradicts_held(moved(step, 1.0005), GROWING), "a little revised"
    assert not contradicts_held(moved(0, 1.0), GROWING)
    assert not contradicts_held(moved(0, 1.01), GROWING), "a revision of all by the growth of a year"
    assert not contradicts_held(moved(step, 1.0, areas=8), GROWING), "too few areas to tell"


def test_a_few_totals_that_differ_by_more_than_a_tenth_are_named() -> None:
    def found(*values: float) -> list[tuple[str, str]]:
        people = [
            _people(area, "2012", value) for area, value in zip(["004", "008", "012", "634"] * 2, values, strict=False)
        ]
        made = Reading("made.csv", Description("population", "Made by hand"), observations=people)
        notice_few_apart(made, HELD)
        return [(one.rule, one.severity) for one in made.findings]

    assert found(820_000) == [("populations-differ", "warning")]
    assert found(1_000_000, 1_110_000) == [("populations-differ", "warning")]
    assert found(905_000, 1_095_000) == []
    assert found(*[820_000] * 6) == [], "more are judged together"


def _by_age(area: str, year: str, total: float, sex: str = "F") -> list[Observation]:
    """A fifth of a population at each of five groups of ages that are all ages."""
    groups = ("Y_LT20", "Y20T39", "Y40T59", "Y60T79", "Y_GE80")
    return [_people(area, year, total / 5, sex=sex, age=age) for age in groups]


def _expected(observations: Sequence[Observation], held: dict[tuple[str, str], float]) -> str:
    return " ".join(f"{fault.value}: {fault.expected}" for fault in contradicts_held(observations, held))


HELD = {(area, "2012"): 1_000_000.0 for area in ("004", "008", "012", "634")}


def test_ages_are_added_up_where_all_are_given() -> None:
    women, men = _by_age("004", "2012", 500.0), _by_age("004", "2012", 600.0, "M")
    assert [(one.area, one.sex, one.age, one.value, one.place) for one in sums_of_ages([*women, *men])] == [
        ("004", "F", "_T", 500, "004:2012"), ("004", "M", "_T", 600, "004:2012"), ("004", "_T", "_T", 1100, "004:2012"),
    ]  # fmt: skip
    both = _by_age("004", "2012", 1000.0, "_T")
    assert [(one.sex, one.value) for one in sums_of_ages([*women, *men, *both])] == [
        ("F", 500), ("M", 600), ("_T", 1000),
    ]  # fmt: skip
    assert [one.value for one in sums_of_ages(women[:4])] == [400], "to eighty is enough"
    assert not sums_of_ages(women[:3])
    assert not sums_of_ages(women[1:])
    assert not sums_of_ages([*women[:2], *women[3:]])
    assert not sums_of_ages([_people("004", "2012", 500, sex="F")])
    assert not sums_of_ages([one._replace(citizenship="B") for one in women])
    missing = women[2]._replace(value=None, status="O")
    assert not sums_of_ages([*women[:2], missing, *women[3:]])
    assert not sums_of_ages([_people("004", "2012", 1, age=age) for age in ("Y_LT0", "Y5T3")]), "no ages at all"
    for broad in ("Y_LT40", "Y_GE20", "Y_U"):
        wider = _people("004", "2012", 7, sex="F", age=broad)
        for rows in ([wider, *women], [*women, wider]):
            assert [one.value for one in sums_of_ages(rows)] == [500], "the narrower ages are added"


@pytest.mark.parametrize(("sex", "least", "most"), [("F", 350_000, 650_000), ("M", 350_000, 650_000)])
def test_most_sums_of_ages_of_one_sex_are_about_half_of_the_people(sex: str, least: int, most: int) -> None:
    for value in (least, most):
        assert not contradicts_held(_by_age("004", "2012", value, sex), HELD)
    for value in (least - 10, most + 10):
        said = _expected(_by_age("004", "2012", value, sex), HELD)
        assert said == (
            f"{value}: ages of 004 in 2012 that add up to between 350000 and 650000 persons, as the 1000000 that are "
            "held let expect"
        )
        others = _by_age("008", "2012", 500_000, sex)
        assert not contradicts_held([*_by_age("004", "2012", value, sex), *others], HELD), "half are usual"
        more = [*_by_age("004", "2012", value, sex), *_by_age("012", "2012", value, sex), *others]
        assert len(contradicts_held(more, HELD)) == 2


def test_men_are_most_of_the_people_where_they_come_for_work() -> None:
    for value, sex in ((200_000, "F"), (900_000, "M")):
        assert not contradicts_held(_by_age("634", "2012", value, sex), HELD)
    for value, sex in ((199_000, "F"), (901_000, "M")):
        assert contradicts_held(_by_age("634", "2012", value, sex), HELD)


def test_no_sum_of_ages_may_be_far_beyond_the_people() -> None:
    usual = [*_by_age("008", "2012", 500_000), *_by_age("012", "2012", 500_000)]
    old = [_people("004", "2012", 0, sex="F", age="Y40T79")]
    for value, fits in ((100_000, True), (99_000, False), (1_250_000, True), (1_251_000, False)):
        young = _people("004", "2012", value, sex="F", age="Y_LT40")
        assert bool(contradicts_held([*usual, young, *old], HELD)) is not fits
    # Both sexes are held to the total, as a total is.
    apart = [*_by_age("008", "2012", 1_000_000, "_T"), *_by_age("012", "2012", 1_000_000, "_T")]
    for value, fits in ((500_000, True), (499_000, False), (2_000_000, True), (2_001_000, False)):
        young = _people("004", "2012", value, sex="_T", age="Y_LT40")
        assert bool(contradicts_held([*apart, young, old[0]._replace(sex="_T")], HELD)) is not fits
    assert not contradicts_held(_by_age("004", "2012", 750_000, "_T"), HELD)
    assert "add up to between 750000 and 1250000" in _expected(_by_age("004", "2012", 740_000, "_T"), HELD)


def test_the_young_are_not_next_to_none() -> None:
    for age, sex, least in (("Y0", "F", 500), ("Y5T9", "M", 2500), ("Y35T39", "_T", 5000), ("Y_LT40", "F", 20_000)):
        assert not contradicts_held([_people("004", "2012", least, sex=sex, age=age)], HELD)
        said = _expected([_people("004", "2012", least - 1, sex=sex, age=age)], HELD)
        assert said == (
            f"{least - 1}: at least {least} persons of that age, as 1000000 of all ages are held for 004 in 2012"
        )
    assert not contradicts_held([_people("004", "2012", 0, age="Y36T40"), _people("004", "2012", 0, age="Y_U")], HELD)
    assert "more than a factor of 2" in _expected([_people("004", "2012", 2_000_001, age="Y0")], HELD)


def test_ages_that_add_up_to_a_hundred_are_percentages() -> None:
    for total in (95, 100, 105, 95_000, 105_000):
        assert "158 in 2012 add up to about 100" in _expected(_by_age("158", "2012", total), HELD)
    for total in (94, 106, 94_000, 106_000):
        assert not contradicts_held(_by_age("158", "2012", total), HELD)
    halves = [*_by_age("158", "2012", 49_000), *_by_age("158", "2012", 51_000, "M")]
    assert "100: populations" in _expected(halves, HELD)
    assert "percentages" in _expected(_by_age("004", "2012", 100_000), HELD)
    many = [row for year in range(2000, 2010) for row in _by_age("158", str(year), 100_000)]
    assert len(contradicts_held(many, HELD)) == 6
    assert contradicts_held([*many[5:], *_by_age("158", "2012", 200_000)], HELD), "nine in ten"
    assert not contradicts_held([*many[10:], *_by_age("158", "2012", 200_000)], HELD)
    # The women of Samoa are about a hundred thousand, as is held.
    assert not contradicts_held(_by_age("882", "2012", 96_000), {("882", "2012"): 193_000})


def test_totals_that_all_lie_on_one_side_are_of_a_part_of_the_people() -> None:
    def told(*shares: float) -> list[Observation]:
        return [
            _people(area, "2012", 1_000_000 * share) for area, share in zip(("004", "008", "012"), shares, strict=False)
        ]

    (fault,) = contradicts_held(told(0.979, 0.9, 0.94), HELD, file="x.csv")
    assert (fault.file, fault.place, fault.value) == ("x.csv", "004:2012", "979000.0")
    assert (
        "all 3 values are below those held, half of them by 6 per cent or more, such as 979000 beside 1000000 for 0"
        in (fault.expected)
    )
    assert "all 3 values are above" in _expected(told(1.021, 1.3, 1.151), HELD)
    assert not contradicts_held(told(1.021, 1.2, 1.149), HELD), "a revision: what is more than all is no part"
    assert not contradicts_held(told(0.981, 0.9, 0.9), HELD), "one is like what is held"
    assert not contradicts_held(told(1.019, 1.1, 1.1), HELD)
    assert not contradicts_held(told(0.9, 1.1, 0.9), HELD)
    assert not contradicts_held(told(0.9, 0.951, 0.951), HELD), "a revision"
    assert not contradicts_held(told(0.9, 0.9), HELD), "too few"


def test_the_series_of_one_state_may_be_revised_by_more() -> None:
    held = {("004", str(year)): 1000.0 for year in range(2000, 2004)}
    for value, fits in ((901, True), (899, False), (1149, True), (1151, False)):
        revised = [_people("004", str(year), value) for year in range(2000, 2004)]
        assert bool(contradicts_held(revised, held)) is not fits
    # A year that is not held is compared with the one beside it, and no other.
    assert contradicts_held([_people("004", str(year), 890) for year in (2002, 2003, 2004)], held)
    assert not contradicts_held([_people("004", str(year), 890) for year in (2003, 2004, 2005)], held)


def test_ages_of_both_sexes_that_all_lie_on_one_side_are_of_a_part_of_the_people() -> None:
    rows = [row for area in ("004", "008", "012") for row in _by_age(area, "2012", 900_000, "_T")]
    assert "all 3 values are below" in _expected(rows, HELD)
    assert contradicts_held(rows, HELD)[0].value == "900000"


@pytest.mark.parametrize(
    ("file", "word"),
    [
        ("WPP2024_PopulationByAge5GroupSex_Percentage_Medium.csv", "Percentage"),
        ("WPP2024_PopulationExposureByAge5GroupSex.csv", "Exposure"),
        ("WPP2024_Life_Table.csv", "Life_Table"),
        ("in/births.csv", "births"),
        ("Life expectancy.csv", "expectancy"),
        ("popurban.csv", "urban"),
        ("rural-3.csv", "rural"),
        ("popadult.csv", "adult"),
        ("Pop15+.csv", "15+"),
        ("pop-18plus.csv", "18plus"),
        ("65 and over.csv", "65 and over"),
        ("working-age.csv", "working-age"),
    ],
)
def test_a_name_that_says_another_thing_contradicts_populations(file: str, word: str) -> None:
    (fault,) = named_otherwise(file, [_people("004", "2012", 5)])
    assert (fault.file, fault.value) == (file, word)


def test_a_name_contradicts_only_what_it_speaks_of() -> None:
    totals = [_people("004", "2012", 5)]
    for file in ("deaths/population.csv", "API_SP.POP.TOTL_DS2_en.csv", "population+15+july.csv", "wpp2019plus.csv",
                 "population-100+.csv", "WPP2024_TotalPopulationBySex.csv", "15 plusieurs.csv"):  # fmt: skip
        assert not named_otherwise(file, totals)
    ages = [_people("004", "2012", 5, age="Y15T19")]
    assert not named_otherwise("adults-15+.csv", ages)
    assert named_otherwise("urban-adults.csv", ages)
    assert not named_otherwise("deaths.csv", [])
    assert not named_otherwise("adult-deaths.csv", [totals[0]._replace(indicator="homicide-rate")])


def test_a_name_that_contradicts_populations_refuses_every_layout() -> None:
    for text in (DATABANK, TOTALS, WPP_2019, AGES):
        with pytest.raises(BadInput, match="found “deaths”, expected a name of a file that does not contradict"):
            read("female-deaths.csv", text)
        assert read("female.csv", text).observations
    other = DATABANK.replace("2018 [YR2018]\n", "2018 [YR2018]\nKenya,KEN,Deaths,SP.DYN.CDRT.IN,5,6\n")
    assert read("deaths.csv", other).observations, "the name speaks of the other series"


def test_populations_that_nothing_is_held_beside_are_noticed() -> None:
    reading = read("totals.csv", "Country Name,Country Code,Year,Population\nBrazil,BRA,2012,196876111\n"
                   "Niue,NIU,2012,1700\nHoly See,VAT,2012,500\nNiue,NIU,2013,\n")  # fmt: skip
    notice_uncompared(reading, {})
    notice_uncompared(reading, {(area, "2003"): 1.0 for area in ("076", "570", "336")})
    assert not reading.findings
    notice_uncompared(reading, {("076", "2012"): 1.0, ("570", "1990"): 1.0})
    (found,) = reading.findings
    assert (found.rule, found.severity, found.place, found.value) == ("not-compared", "warning", "3:Population", "1700")
    assert found.message == (
        "totals.csv: 2 populations are of areas or years near which none is held, and could be compared with nothing; "
        "the first is “1700” for 570, at 3:Population"
    )
    rates = read("x.csv", "Country Name,Country Code,Series Code,2012\nNiue,NIU,VC.IHR.PSRC.P5,3.9\n")
    notice_uncompared(rates, {("076", "1960"): 1.0})
    assert not rates.findings


@pytest.mark.slow
@pytest.mark.shared
def test_the_prospects_that_are_shared_fit_the_totals_that_are_shared(shared: Any) -> None:
    def told(name: str) -> list[Observation]:
        return read_published(shared / "population" / name).observations

    totals = told("totals-world-bank.2026-03.csv")
    held = {(one.area, one.period): one.value for one in totals if one.value is not None}
    women, men = told("wpp2019-female-by-age.tsv"), told("wpp2019-male-by-age.tsv")
    for rows in (totals, women, men, [*women, *men]):
        assert not contradicts_held(rows, held)


@pytest.mark.parametrize(
    ("agreeing", "others", "confirms"), [(2, 0, False), (3, 0, True), (19, 1, False), (20, 2, True), (20, 3, False)]
)
def test_a_table_is_confirmed_by_most_of_what_is_held(agreeing: int, others: int, confirms: bool) -> None:
    held = {("004", str(2000 + number)): 100.0 for number in range(agreeing + others)}
    values = [91.0 if at % 2 else 109.0 for at in range(agreeing)] + [111.0] * others
    found = confirmed_by_held([_people("004", str(2000 + at), value) for at, value in enumerate(values)], held)
    assert (found[:2], found.confirms) == ((agreeing + others, agreeing), confirms)


@pytest.mark.parametrize(("below", "confirms"), [(2, True), (3, False)])
def test_a_table_most_of_whose_values_lie_below_is_not_confirmed(below: int, confirms: bool) -> None:
    """Nearly all people of some States live in towns."""
    held = {("004", str(2000 + number)): 100.0 for number in range(4)}
    values = [98.0] * below + [103.0] * (4 - below)
    found = confirmed_by_held([_people("004", str(2000 + at), value) for at, value in enumerate(values)], held)
    assert (found, found.confirms) == (Agreement(4, 4, below), confirms)


def test_only_totals_that_are_held_and_not_nothing_confirm_a_table() -> None:
    held = {("004", "2012"): 100.0, ("008", "2012"): 0.0}
    missing = _people("004", "2012", 0)._replace(value=None, status="O")
    others = [_people("004", "2012", 100, sex="F"), _people("008", "2012", 0), _people("012", "2012", 100), missing]
    assert confirmed_by_held(others, held) == Agreement(0, 0)


def test_the_populations_of_the_next_years_are_confirmed_by_those_held() -> None:
    held = {(area, "2024"): 100.0 for area in ("004", "008", "012")}
    for year, shared in (("2025", 3), ("2026", 3), ("2027", 0)):
        assert confirmed_by_held([_people(area, year, 103.0) for area, _year in held], held) == Agreement(
            shared, shared
        )


def test_the_world_since_1950_has_its_size() -> None:
    for year, value, fits in (("1950", 1.9e9, False), ("1950", 2e9, True), ("2100", 12e9, True), ("2100", 13e9, False)):
        assert bool(impossible_populations("", [_people("001", year, value)], whole=True)) is not fits


def test_populations_of_women_and_of_years_long_past_are_not_held_against_the_size_of_the_world() -> None:
    assert not impossible_populations("", [_people("001", "2012", 1, sex="F"), _people("001", "1900", 1)], whole=True)


# World Population Prospects.


def test_prospects_are_read_in_persons_by_sex_of_the_medium_variant() -> None:
    reading = read("WPP2019_TotalPopulationBySex.csv", WPP_2019)
    assert [(one.area, one.sex, one.period, one.value, one.text, one.status) for one in reading.observations] == [
        ("004", "M", "2015", 17000001, "17000.001", "A"),
        ("004", "F", "2015", 16000002, "16000.002", "A"),
        ("004", "_T", "2015", 33000003, "33000.003", "A"),
        ("001", "_T", "2020", 7794798729, "7794798.729", "A"),
        ("001", "_T", "2021", 7874965732, "7874965.732", "F"),
    ]
    assert _rejected(reading) == [("aggregate", "5:LocID"), *[("other-variant", "6:Variant")] * 3]
    assert [one.value for one in reading.findings if one.rule == "extra-column"] == ["PopDensity"]
    assert (reading.description.dataset, reading.description.projects) == ("population-wpp", True)


def test_ages_are_told_by_where_they_begin_and_not_by_what_a_spreadsheet_made_of_them() -> None:
    reading = read("WPP2022_PopulationByAge5GroupSex_Medium.csv", WPP_2022)
    assert [(one.area, one.sex, one.age, one.period, one.value, one.status) for one in reading.observations[::3]] == [
        ("XKX", "M", "Y_LT5", "2021", 1500, "A"),
        ("XKX", "M", "Y5T9", "2022", 1500, "A"),
        ("XKX", "M", "Y_GE100", "2024", 9, "F"),
    ]
    assert _rejected(reading) == [("unknown-age", "5:AgeGrp")]
    # 2022 is projected in one revision of this layout and estimated in the next.
    (doubt,) = (one for one in reading.findings if one.rule == "may-be-projected")
    assert "3 values are of the years after 2021 until 2023 (the first is at 3:PopMale)" in doubt.message
    assert reading.description.dataset == "population-by-age-wpp"


def test_a_long_table_of_an_old_revision_has_a_row_for_each_sex() -> None:
    reading = read("WPP2012_DB04_Population_Annual.csv", WPP_2012)
    assert [(one.sex, one.age, one.period, one.value, one.status) for one in reading.observations] == [
        ("F", "Y5T9", "2010", 1500500, "A"),
        ("_T", "Y_GE80", "2010", 20250, "A"),
        ("M", "Y5T9", "2016", None, "O"),
    ]
    assert _rejected(reading) == [("unknown-sex", "5:Sex")]


def test_single_ages_are_a_data_set_of_their_own() -> None:
    head, *lines = WPP_2022.splitlines()
    single = [line.replace("0-4,0,5", "0,0,1") for line in (lines[0], lines[2])]
    reading = read("x.csv", "\n".join([head, *single]))
    assert [one.age for one in reading.observations[::3]] == ["Y0", "Y_GE100"]
    assert reading.description.dataset == "population-by-single-age-wpp"


def test_demographic_indicators_give_the_populations_on_1_july() -> None:
    text = (
        "SortOrder,LocID,Notes,ISO3_code,ISO2_code,SDMX_code,LocTypeID,LocTypeName,ParentID,Location,VarID,Variant,Time,"
        "TPopulation1Jan,TPopulation1July,TPopulationMale1July,TPopulationFemale1July,MedianAgePop\n"
        "1,4,,AFG,AF,4,4,Country/Area,5501,Afghanistan,2,Medium,1950,7000,7480.461,3800.2,3680.261,18.1\n"
    )
    reading = read("WPP2024_Demographic_Indicators_Medium.csv", codecs.BOM_UTF8 + text.encode())
    assert [(one.sex, one.value) for one in reading.observations] == [("M", 3800200), ("F", 3680261), ("_T", 7480461)]
    assert [one.value for one in reading.findings] == ["TPopulation1Jan", "MedianAgePop"]
    assert reading.description.dataset == "population-wpp"


def test_populations_on_1_january_are_refused() -> None:
    with pytest.raises(BadInput, match=r"2:MidPeriod: found “2021”, expected the middle of the year, such as 2021\.5"):
        read("x.csv", WPP_2022.replace("2021.5", "2021"))


def test_a_year_is_a_forecast_only_where_the_headings_tell_the_revision() -> None:
    text = WPP_2019.replace(",PopDensity", "").replace("Location", "Note")
    text = "\n".join(line if not index else line.rsplit(",", 1)[0] for index, line in enumerate(text.splitlines()))
    reading = read("cut.csv", text.replace("2021", "2024"))
    assert [one.status for one in reading.observations] == ["A", "A", "A", "A", "F"]
    assert "may-be-projected" in rules(reading)


def test_prospects_saved_by_a_spreadsheet_program_in_another_country_are_read() -> None:
    text = WPP_2019.replace(",", ";").replace(".", ",")
    assert _values(read("x.csv", text)) == _values(read("y.csv", WPP_2019))
    latin = WPP_2019.replace("4,Afghanistan", "531,Curaçao").encode("cp1252")
    assert {one.area for one in read("z.csv", latin).observations} == {"531", "001"}


def test_the_mark_of_r_is_a_missing_value_and_the_last_year_is_a_forecast() -> None:
    reading = read("wpp2019-female-by-age.tsv", AGES)
    assert [(one.area, one.sex, one.age, one.period, one.value, one.status) for one in reading.observations] == [
        ("001", "F", "Y_LT5", "1950", 166076751, "A"),
        ("001", "F", "Y_LT5", "2100", 300000500, "F"),
        ("004", "F", "Y5T9", "1950", None, "O"),
        ("004", "F", "Y5T9", "2100", 17, "F"),
    ]
    assert reading.description.projects


def test_a_sex_that_only_the_name_tells_is_believed_and_noticed() -> None:
    reading = read("wpp2019-female-by-age.tsv", AGES)
    assert [(one.rule, one.severity) for one in reading.findings] == [("subject-by-name", "warning")]
    assert not rules(read("wpp2019-female-by-age.tsv", AGES, "female"))


# Whatever the numbers and cells.


@given(
    values=st.lists(st.none() | st.integers(0, 2_000_000_000), min_size=1, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whole_numbers_come_back_from_any_form_of_the_table(
    values: list[int | None], delimiter: str, encoding: str
) -> None:
    years = [str(1960 + at) for at in range(len(values))]
    head = ["Country Name", "Country Code", "Series Name", "Series Code", *years]
    row = ["Aruba", "ABW", '"Population, total"', "SP.POP.TOTL", *("" if one is None else str(one) for one in values)]
    text = "\n".join(delimiter.join(cells) for cells in (head, row, head[:0], ["Last Updated: 07/01/2025"])) + "\n"
    reading = read("x.csv", text.encode(encoding))
    assert [(one.period, one.value) for one in reading.observations] == [
        (year, value) for year, value in zip(years, values, strict=True) if value is not None
    ]


@given(st.lists(st.integers(0, 10_000_000_000), min_size=1, max_size=4))
def test_thousands_with_three_decimals_become_the_same_persons(persons: list[int]) -> None:
    head = WPP_2019.splitlines()[0]
    lines = [f"4,Afghanistan,2,Medium,{1950 + at},{1950 + at}.5,,,{one / 1000:.3f}," for at, one in enumerate(persons)]
    assert [one.value for one in read("x.csv", "\n".join([head, *lines])).observations] == persons


@pytest.mark.parametrize("text", [INDICATOR, DATABANK, TOTALS, WPP_2019, WPP_2022, WPP_2012])
@given(
    at=st.integers(0, 200),
    cell=st.sampled_from(["", "x", "..", "<5", "NA", "2012", "-1", "1,5", "0.5", "World", "SP.POP.TOTL", "Medium"])
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)
def test_a_table_with_another_cell_is_refused_or_adds_up(text: str, at: int, cell: str) -> None:
    cells = text.split(",")
    cells[at % len(cells)] = cell
    try:
        reading = read("x.csv", ",".join(cells))
    except (BadInput, StopIteration):
        return
    assert len({one[:10] for one in reading.observations}) == len(reading.observations)


def test_a_column_that_divides_the_rows_refuses_populations_of_every_layout() -> None:
    texts = (
        "Country Name,Country Code,Series Code,Sex,2018\nBrazil,BRA,SP.POP.TOTL,Female,4\n",
        "Country Name,Country Code,Year,Population,Sex\nBrazil,BRA,2018,4,Female\n",
        "LocID,Location,VarID,Variant,Time,MidPeriod,Age,PopTotal\n20,Andorra,2,Medium,2012,2012.5,0-39,60\n",
        "country_code,name,age,area_type,location,2000\n20,Andorra,0-4,,Urban,60\n",
    )
    for text in texts:
        with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes that"):
            read("female.csv", text)


def test_a_code_and_a_name_of_two_areas_leave_the_row_out_in_populations_of_every_layout() -> None:
    texts = (
        "Country Name,Country Code,Series Code,2018\nBrazil,BLR,SP.POP.TOTL,9000000\n",
        "Country Name,Country Code,Year,Population\nBrazil,BLR,2018,9000000\n",
        "LocID,Location,VarID,Variant,Time,MidPeriod,PopTotal\n112,Brazil,2,Medium,2005,2005.5,9000\n",
        "country_code,name,age,2000\n112,Brazil,0-4,500\n",
    )
    for text in texts:
        reading = read("female.csv", text)
        assert not reading.observations
        assert "unknown-area" in rules(reading)


def test_the_mark_of_r_for_a_missing_code_is_not_namibia() -> None:
    text = "Country Name,Country Code,Year,Population\nFrance,NA,2018,67000000\nIncome group,NA,2018,67000000\n"
    reading = read("x.csv", text)
    assert [one.area for one in reading.observations] == ["250"]
    assert rules(reading) == ["unknown-area"]


@pytest.mark.parametrize(
    ("code", "name", "rule"),
    [
        *(("AFE", "Africa Eastern and Southern", "aggregate"), ("TSS", "", "aggregate")),
        ("EAP", "East Asia & Pacific (developing only)", "aggregate"),
        ("MNA", "Middle East & North Africa (excluding high income)", "aggregate"),
        *(("AFE", "Afrique orientale et australe", "aggregate"), ("EMU", "Zona del Euro", "aggregate")),
        *(("AFE", "American Samoa region", "unknown-area"), ("QQQ", "Xland", "unknown-area")),
    ],
)
def test_only_what_is_known_as_a_group_is_left_out_as_one(code: str, name: str, rule: str) -> None:
    text = f"Country Name,Country Code,Year,Population\nFrance,FRA,2018,67000000\n{name},{code},2018,67000000\n"
    assert rules(read("x.csv", text)) == [rule]


@pytest.mark.parametrize(
    ("code", "name", "rule"),
    [
        ("VC.IHR.PSRC.P6", "Homicides", "doubtful-series"),
        ("SP.POP.TOTAL", "Population", "doubtful-series"),
        ("SP.QQQ.ABCD", "Population, total", "doubtful-series"),
        ("SP.POP.TOTL.FE.ZS", "Population, female (% of total population)", "unknown-series"),
        ("SP.URB.TOTL", "Urban population", "unknown-series"),
    ],
)
def test_a_series_that_may_be_meant_as_one_that_is_read_is_unread(code: str, name: str, rule: str) -> None:
    text = (
        "Country Name,Country Code,Indicator Name,Indicator Code,2018\n"
        f'Brazil,BRA,"Population, total",SP.POP.TOTL,209469333\nBrazil,BRA,"{name}",{code},5\n'
    )
    assert rules(read("x.csv", text)) == [rule]


@pytest.mark.parametrize("heading", ["2024p", "2024*", "FY2024", "2024 (e)", "2024 [YR2023]", "2024 1"])
def test_a_column_that_seems_to_be_of_a_year_and_is_not_read_is_named(heading: str) -> None:
    headings = f"Country Name,Country Code,Indicator Name,Indicator Code,2018,{heading}"
    reading = read("x.csv", f'{headings}\nBrazil,BRA,"Population, total",SP.POP.TOTL,209469333,211998573\n')
    assert [(one.rule, one.severity, one.value) for one in reading.findings] == [("unread-year", "warning", heading)]


@pytest.mark.parametrize("heading", ["Año 2024", "2024/25", "24", "2 024", "2O24", "Latest", "Unnamed: 6"])
def test_a_column_that_holds_what_the_years_hold_is_one_whatever_its_heading(heading: str) -> None:
    text = (
        f"Country Name,Country Code,Indicator Name,Indicator Code,2018,2019,{heading}\n"
        'Brazil,BRA,"Population, total",SP.POP.TOTL,209469333,211049527,211998573\n'
        'France,FRA,"Population, total",SP.POP.TOTL,66977107,67055854,68287487\n'
        'Fiji,FJI,"Population, total",SP.POP.TOTL,883483,,\n'
    )
    assert rules(read("x.csv", text)) == ["unread-year"]
    ages = f"country_code\tname\tage\t1950\t{heading}\n4\tAfghanistan\t5-9\t1043.1\t1043.2\n"
    assert "unread-year" in rules(read("wpp-female-by-age.tsv", ages, subject="female"))


@pytest.mark.parametrize(("heading", "first", "second"), [("Rank", "5", "22"), ("Density", "25.1", "122.3")])
def test_a_column_of_other_numbers_than_the_years_hold_is_none(heading: str, first: str, second: str) -> None:
    text = (
        f"Country Name,Country Code,Indicator Name,Indicator Code,2018,{heading}\n"
        f'Brazil,BRA,"Population, total",SP.POP.TOTL,209469333,{first}\n'
        f'France,FRA,"Population, total",SP.POP.TOTL,66977107,{second}\n'
    )
    assert rules(read("x.csv", text)) == ["extra-column"]


@pytest.mark.parametrize("heading", ["Rank 2024", "Growth since 2010", "2010-2014", "Population of 2024"])
def test_a_column_that_only_names_a_year_is_none_of_a_year(heading: str) -> None:
    headings = f"Country Name,Country Code,Indicator Name,Indicator Code,2018,{heading}"
    reading = read("x.csv", f'{headings}\nBrazil,BRA,"Population, total",SP.POP.TOTL,209469333,7.5\n')
    assert rules(reading) == ["extra-column"]


@pytest.mark.parametrize(
    "name",
    ["Population active totale", "Población económicamente activa", "Population, labour force", "Population in work"],
)
def test_those_who_work_are_not_all_people(name: str) -> None:
    text = f'Country Name,Country Code,Indicator Name,Indicator Code,2018\nBrazil,BRA,"{name}",SP.POP.TOTL,209469333\n'
    with pytest.raises(BadInput, match=r"SP\.POP\.TOTL means"):
        read("x.csv", text)


@pytest.mark.parametrize(
    ("code", "name", "rule"),
    [
        ("1830", "Latin America", "aggregate"),
        ("954", "Micronesia", "aggregate"),
        ("1276", "Germany", "unknown-area"),
        ("877", "Xland", "unknown-area"),
        ("Xland", "Xland", "unknown-area"),
    ],
)
def test_only_numbers_of_groups_are_left_out_as_groups_of_the_prospects(code: str, name: str, rule: str) -> None:
    text = f"country_code\tname\tage\t2010\n250\tFrance\t0-4\t4000\n{code}\t{name}\t0-4\t4000\n"
    assert rule in rules(read("female.tsv", text))


@pytest.mark.parametrize("heading", ["X2018", "X2018..YR2018."])
def test_years_as_r_writes_them_are_years(heading: str) -> None:
    headings = f"Country.Name,Country.Code,Indicator.Name,Indicator.Code,{heading}"
    text = f'{headings}\nBrazil,BRA,"Population, total",SP.POP.TOTL,209469333\n'
    (one,) = read("x.csv", text).observations
    assert (one.area, one.period, one.value, one.place) == ("076", "2018", 209469333, f"2:{heading}")


@pytest.mark.parametrize(
    ("day", "published"), [("01.07.2025", "2025-07-01"), ("07.01.2025", "2025-01-07"), ("32.01.2025", "None")]
)
def test_a_day_of_publication_between_points_has_its_day_first(day: str, published: str) -> None:
    rows = [["Data Source", "WDI"], ["Last Updated Date", day], ["Country Name", "Country Code", "Series Code", "2018"],
            ["Brazil", "BRA", "SP.POP.TOTL", "209469333"]]  # fmt: skip
    assert str(read("x.xlsx", workbook(rows)).description.published) == published


def test_what_the_world_bank_says_of_a_country_divides_no_rows() -> None:
    texts = (
        "Country Name,Country Code,Income Group,Series Code,2018\nBrazil,BRA,Upper middle,SP.POP.TOTL,209469333\n",
        "Country Name,Country Code,IncomeGroup,Year,Population\nBrazil,BRA,Upper middle income,2018,209469333\n",
    )
    for text in texts:
        assert {*rules(read("x.csv", text))} <= {"extra-column"}
