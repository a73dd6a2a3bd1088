from collections.abc import Sequence
from typing import Any

import pytest
from examples.layouts import read, rules, workbook

from comity.evidence.errors import BadInput
from comity.observations.layouts import layouts
from comity.observations.publishers.sdg_codes import age_of, is_of_part_of_year, known_series

HEADINGS = [
    "Goal", "Target", "Indicator", "SeriesCode", "SeriesDescription", "GeoAreaCode", "GeoAreaName", "TimePeriod",
    "Value", "Time_Detail", "TimeCoverage", "UpperBound", "LowerBound", "BasePeriod", "Source", "GeoInfoUrl",
    "FootNote", "[Nature]", "[Observation Status]", "[Reporting Type]", "[Sex]", "[Units]",
]  # fmt: skip
ROW = [
    "16", "16.1", "16.1.1", "VC_IHR_PSRC", "Victims per 100,000", "276", "Germany", "2016",
    "1.17", "2016", "", "", "", "", "CTS", "", "", "C", "A", "G", "BOTHSEX", "PER_100000_POP",
]  # fmt: skip
SDMX = [
    "DATAFLOW", "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "CUST_BREAKDOWN",
    "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "NATURE", "TIME_DETAIL", "SOURCE_DETAIL",
    "CUST_BREAKDOWN_LB", "DATA_LAST_UPDATE",
]  # fmt: skip
SDMX_ROW = [
    "IAEG-SDGs:DF_SDG_GLH(1.24)", "A", "G", "VC_IHR_PSRC", "276", "_T", "_T", "_T", "_T", "2016", "1.17", "A",
    "0", "PER_100000_POP", "C", "2016", "CTS", "", "2026-03-24T00:00:00",
]  # fmt: skip


def row(**cells: Any) -> list[Any]:
    """A row of the export, with other cells by heading without brackets or underscores."""
    found = list(ROW)
    for heading, value in cells.items():
        names = [name.strip("[]").replace(" ", "").replace("_", "") for name in HEADINGS]
        found[names.index(heading)] = value
    return found


def sdmx_row(**cells: Any) -> list[Any]:
    found = list(SDMX_ROW)
    for heading, value in cells.items():
        found[SDMX.index(heading)] = value
    return found


def export(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> str:
    lines = [",".join(headings), *(",".join(f'"{cell}"' for cell in one) for one in rows)]
    return "\n".join(lines) + "\n"


def sdmx(*rows: Sequence[Any], headings: Sequence[str] = SDMX, mark: str = ",") -> str:
    return "\n".join(mark.join(map(str, one)) for one in [headings, *rows]) + "\n"


def test_a_row_of_the_export_becomes_an_observation_with_source_and_place() -> None:
    reading = read("Goal16.csv", export(ROW, row(Sex="FEMALE", Value="1.05")))
    first, second = reading.observations
    assert first[:10] == (
        "276", "homicide-rate", "0101", "_T", "_T", "_T", "_T", "per 100,000 population", "2016", 0,
    )  # fmt: skip
    assert (first.value, first.text, first.status, first.source, first.note) == (1.17, "1.17", "A", "CTS", "")
    assert (first.place, second.sex, second.value) == ("2:Value", "F", 1.05)
    assert (reading.description.dataset, reading.description.published) == ("sdg", None)
    assert not reading.findings


def test_the_export_as_a_workbook_gives_the_same() -> None:
    cells = [276 if cell == "276" else 1.17 if cell == "1.17" else 2016 if cell == "2016" else cell for cell in ROW]
    (one,) = read("Goal16.xlsx", workbook([HEADINGS, cells], "goal16")).observations
    assert (one.area, one.value, one.period, one.place) == ("276", 1.17, "2016", "goal16!I2")


def test_the_older_headings_without_brackets_are_the_same() -> None:
    headings = [name.strip("[]") for name in HEADINGS]
    assert len(read("old.csv", export(ROW, headings=headings)).observations) == 1


def test_rows_of_other_series_are_left_out_and_named() -> None:
    other = row(SeriesCode="SG_INT_MBRDEV", SeriesDescription="Members of developing countries")
    reading = read("Goal16.csv", export(ROW, other))
    assert (rules(reading), reading.rejected) == (["unknown-series"], 1)
    assert (reading.findings[0].place, reading.findings[0].value) == ("3:SeriesCode", "SG_INT_MBRDEV")


@pytest.mark.parametrize("cells", [{"SeriesCode": "VC_IHR_PSRX"}, {"SeriesCode": "SG_INT_MBRDEV"}, {"SeriesCode": ""}])
def test_a_series_that_may_be_meant_as_one_that_is_held_is_unread(cells: dict[str, str]) -> None:
    reading = read("Goal16.csv", export(ROW, row(**cells)))
    assert [one.rule for one in reading.findings] == ["doubtful-series"]


def test_a_group_that_bears_the_name_of_a_state_is_unread() -> None:
    rows = [row(GeoAreaCode="62", GeoAreaName=name) for name in ("Central and Southern Asia", "Germany")]
    assert rules(read("Goal16.csv", export(ROW, *rows))) == ["aggregate", "unknown-area"]


def test_a_file_without_a_series_on_crime_is_refused_by_the_names_of_what_it_holds() -> None:
    with pytest.raises(BadInput, match=r"SG_INT_MBRDEV.*series on crime"):
        read("Goal16.csv", export(row(SeriesCode="SG_INT_MBRDEV")))


def test_every_series_that_is_held_has_a_measure_that_fits_its_unit() -> None:
    measures = {"PER_100000_POP": "rate", "NUMBER": "count", "PERCENT": "percent"}
    for series in known_series().values():
        assert series.indicator.endswith(measures[series.units])
        assert (series.iccs == "") == series.indicator.startswith("persons-held")


def test_victims_trafficked_for_a_purpose_are_a_part_of_all() -> None:
    rows = [
        row(SeriesCode=code, Units="NUMBER", Value="5", Indicator="16.2.2") for code in ("VC_HTF_DETV", "VC_HTF_DETVFL")
    ]
    assert [one.breakdown for one in read("x.csv", export(*rows)).observations] == [
        "_T", "form-of-exploitation:forced-labour",
    ]  # fmt: skip


def test_the_share_of_unsentenced_prisoners_has_the_code_of_the_portal() -> None:
    rows = [row(SeriesCode=code, Units="PERCENT", TimePeriod=year) for code, year in
            (("VC_PRS_UNSNT", 2020), ("VC_PRS_UNSEC", 2012))]  # fmt: skip
    reading = read("x.csv", export(*rows))
    assert {(one.indicator, one.unit) for one in reading.observations} == {
        ("persons-held-unsentenced-percent", "percent")
    }


def test_regions_of_m49_are_read_and_groups_of_the_database_left_out() -> None:
    named = {
        "1": "World",
        "4": "Afghanistan",
        "53": "Australia and New Zealand",
        "412": "Kosovo",
        "199": "Least Developed Countries",
        "513": "Europe and Northern America",
        "999": "Atlantis",
    }
    reading = read("x.csv", export(*(row(GeoAreaCode=code, GeoAreaName=name) for code, name in named.items())))
    assert [one.area for one in reading.observations] == ["001", "004", "053", "XKX"]
    assert [(one.rule, one.rows) for one in reading.findings] == [("aggregate", 2), ("unknown-area", 1)]


@pytest.mark.parametrize(
    ("nature", "said", "status", "note"),
    [
        ("C", "A", "A", ""),
        ("E", "A", "E", "Nature: E"),
        ("M", "", "E", "Nature: M"),
        ("CA", "A", "A", "Nature: CA"),
        ("NA", "A", "A", ""),
        ("E", "B", "B", "Nature: E"),
        ("C", "U", "U", ""),
    ],
)
def test_the_status_is_the_row_s_own_and_else_estimated_by_its_nature(
    nature: str, said: str, status: str, note: str
) -> None:
    (one,) = read("x.csv", export(row(Nature=nature, ObservationStatus=said))).observations
    assert (one.status, one.note) == (status, note)


def test_what_is_missing_suppressed_or_contradictory_stays_distinct() -> None:
    rows = [
        row(SeriesCode="VC_HTF_DETV", Units="NUMBER", Value=value, ObservationStatus=status, TimePeriod=year)
        for year, (value, status) in enumerate([("", "A"), ("NaN", "A"), ("<5", "A"), ("", "M"), ("5", "O")], 2010)
    ]
    reading = read("x.csv", export(*rows))
    assert [(one.value, one.status) for one in reading.observations] == [
        (None, "O"), (None, "O"), (None, "Q"), (None, "M"),
    ]  # fmt: skip
    assert rules(reading) == ["contradictory-status"]


def test_thousands_commas_are_read() -> None:
    one = row(SeriesCode="VC_IHR_PSRCN", Units="NUMBER", Value="1,234")
    assert read("x.csv", export(one)).observations[0].value == 1234


def test_national_reporting_and_other_dimensions_are_parts_and_never_the_total() -> None:
    headings = [*HEADINGS, "[Location]", "[Age]"]
    rows = [
        [*ROW, "ALLAREA", "ALLAGE"],
        [*row(ReportingType="N"), "ALLAREA", "ALLAGE"],
        [*ROW, "URBAN", "<18Y"],
        [*ROW, "", "15-24"],
    ]
    reading = read("x.csv", export(*rows, headings=headings))
    assert [(one.breakdown, one.age) for one in reading.observations] == [
        ("_T", "_T"), ("reporting-type:n", "_T"), ("location:urban", "Y_LT18"), ("_T", "Y15T24"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"Sex": "BOTH"}, "unknown-term"),
        ({"ObservationStatus": "Z"}, "unknown-term"),
        ({"Units": "PER_1000_POP"}, "unknown-unit"),
        ({"Units": ""}, "unknown-unit"),
        ({"TimePeriod": "2015-2016"}, "impossible-year"),
        ({"Value": "-1"}, "negative"),
        ({"Value": "many"}, "not-a-number"),
    ],
)
def test_what_cannot_be_rejects_its_row(cells: dict[str, str], rule: str) -> None:
    reading = read("x.csv", export(row(**cells)))
    assert (rules(reading), reading.rejected) == ([rule], 1)


def test_a_row_repeated_under_another_indicator_is_left_out_and_two_values_are_kept() -> None:
    rows = [ROW, row(Indicator="16.1.2"), row(Value="1.2", Nature="E")]
    reading = read("x.csv", export(*rows))
    assert [(one.value, one.repeat) for one in reading.observations] == [(1.17, 1), (1.2, 2)]
    assert rules(reading) == ["repeated", "two-values"]


def test_the_time_that_a_value_covers_and_its_bounds_are_noted() -> None:
    (one,) = read(
        "x.csv", export(row(TimeDetail="2015-2016", LowerBound="1", UpperBound="2", FootNote="Why"))
    ).observations
    assert one.note == "Why; Time detail: 2015-2016; Lower bound: 1; Upper bound: 2"


def test_null_characters_at_the_end_are_refused_by_line() -> None:
    with pytest.raises(BadInput, match="null characters"):
        read("x.csv", export(ROW).encode() + b"\0\0")


def test_sdmx_csv_gives_the_key_of_the_export_and_the_day_of_its_update() -> None:
    reading = read("sdg.csv", sdmx(SDMX_ROW, sdmx_row(SEX="F", OBS_VALUE="1.05")))
    (of_export,) = read("Goal16.csv", export(ROW)).observations
    assert reading.observations[0][:12] == of_export[:12]
    assert (reading.observations[0].place, reading.observations[1].sex) == ("2:OBS_VALUE", "F")
    assert (reading.description.dataset, str(reading.description.published)) == ("sdg", "2026-03-24")


def test_sdmx_csv_with_labels_semicolons_or_of_version_2_is_the_same() -> None:
    labelled = ["DATAFLOW", *(f"{name}: Label" for name in SDMX[1:])]
    cells = [f"{cell}: label" if name in ("FREQ", "SEX", "UNIT_MEASURE") else cell for name, cell in
             zip(SDMX, SDMX_ROW, strict=True)]  # fmt: skip
    version_2 = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *SDMX[1:]]
    own = ["dataflow", SDMX_ROW[0], "I", *SDMX_ROW[1:]]
    deleted = ["dataflow", SDMX_ROW[0], "D", *SDMX_ROW[1:]]
    for text in (sdmx(cells, headings=labelled), sdmx(SDMX_ROW, mark=";"), sdmx(own, headings=version_2)):
        (one,) = read("sdg.csv", text).observations
        assert (one.area, one.indicator, one.value) == ("276", "homicide-rate", 1.17)
    assert rules(read("sdg.csv", sdmx(own, deleted, headings=version_2))) == ["deleted"]


def test_a_power_of_ten_is_applied_exactly() -> None:
    rows = [
        sdmx_row(SERIES="VC_IHR_PSRCN", UNIT_MEASURE="NUMBER", UNIT_MULT=power, OBS_VALUE=value, TIME_PERIOD=year)
        for year, (power, value) in enumerate([("3", "4.349"), ("6", "1.000001"), ("", "7"), ("x", "7")], 2010)
    ]
    reading = read("sdg.csv", sdmx(*rows))
    assert [(one.value, one.text) for one in reading.observations] == [(4349, "4.349"), (1000001, "1.000001"), (7, "7")]
    assert rules(reading) == ["unknown-multiplier"]


def test_custom_breakdowns_are_parts_by_their_label() -> None:
    rows = [sdmx_row(CUST_BREAKDOWN="C01", CUST_BREAKDOWN_LB="By firearm"), sdmx_row(URBANISATION="U")]
    assert [one.breakdown for one in read("sdg.csv", sdmx(*rows)).observations] == [
        "cust-breakdown:by-firearm", "urbanisation:u",
    ]  # fmt: skip


@pytest.mark.parametrize("structure", ["IAEG-SDGs:DF_SDG_GLC(1.24)", "OECD.SDD:DF_CRIME(1.0)", "WB:WDI(1.0)"])
def test_sdmx_csv_of_another_structure_is_refused_by_its_name(structure: str) -> None:
    with pytest.raises(BadInput, match=structure.split("(")[0]):
        read("x.csv", sdmx(sdmx_row(DATAFLOW=structure)))


def test_the_table_of_the_goals_by_unodc_is_refused_by_name() -> None:
    headings = (
        "goal,target,indicator,series,region,subregion,intermregion,geo,iso3_code,year,sex,age,drug,crime,dim_comp1,"
        "value,lower_bound,upper_bound,obs_status,note,source,time_period,altseries"
    )
    cells = headings.split(",")
    with pytest.raises(BadInput, match="sdg_dataset"):
        read("sdg_dataset.xlsx", workbook([cells, ["16"] * len(cells)]))


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "_T"), ("ALLAGE", "_T"), ("<18Y", "Y_LT18"), ("18+", "Y_GE18"), ("15-24", "Y15T24"), ("<5Y", "Y_LT5"),
     ("Y0T17", "Y_LT18"), ("Y_GE18", "Y_GE18"), ("Y15T24", "Y15T24"), ("_U", "_U"), ("old", None)],
)  # fmt: skip
def test_ages_of_the_export_and_of_sdmx_are_one(text: str, code: str | None) -> None:
    assert age_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        export(ROW),
        sdmx(SDMX_ROW),
        sdmx(sdmx_row(DATAFLOW="IAEG-SDGs:DF_SDG_GLC(1.24)")),
        sdmx(sdmx_row(DATAFLOW="WB:WDI(1.0)")),
    ],
)
def test_a_file_is_of_one_layout_alone(text: str) -> None:
    assert len([layout.name for layout in layouts() if layout.recognises("x.csv", text.encode())]) == 1


def test_the_mark_of_r_is_a_blank_in_every_dimension_and_note() -> None:
    headings = [*HEADINGS, "[Age]", "[Location]"]
    given = row(FootNote="NA", LowerBound="NA", UpperBound="NA", Sex="NA", Nature="NA", ReportingType="NA", Source="NA")
    reading = read("x.csv", export([*given, "NA", "NA"], headings=headings))
    (one,) = reading.observations
    assert (one.sex, one.age, one.breakdown, one.note, one.source) == ("_T", "_T", "_T", "", "")
    assert not reading.findings


@pytest.mark.parametrize("brackets", [True, False])
def test_a_dimension_of_the_export_is_a_breakdown_with_and_without_brackets(brackets: bool) -> None:
    more = ["[Location]", "[Cause of death]"] if brackets else ["Location", "Cause of death"]
    reading = read("x.csv", export([*ROW, "URBAN", "FIREARM"], [*ROW, "ALLAREA", ""], headings=[*HEADINGS, *more]))
    assert [one.breakdown for one in reading.observations] == ["location:urban+cause-of-death:firearm", "_T"]


def test_another_column_that_divides_the_rows_refuses_the_export() -> None:
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes that"):
        read("x.csv", export([*ROW, "Nationals"], headings=[*HEADINGS, "Citizenship"]))


def test_a_row_whose_code_and_name_are_of_two_areas_is_left_out() -> None:
    reading = read("x.csv", export(row(GeoAreaCode="112", GeoAreaName="Brazil"), ROW))
    assert [one.area for one in reading.observations] == ["276"]
    assert [(found.rule, found.place) for found in reading.findings] == [("unknown-area", "2:GeoAreaCode")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        *((text, True) for text in ("H1", "2015/1", "2015-01-01/P6M", "Jun 2015", "P0Y6M", "P0.5Y", "6M", "PT4380H")),
        *((text, True) for text in ("2015-S1", "2015M06", "P26W", "P182D", "half", "Q3 2015", "quarterly", "semester")),
        *(
            (text, True)
            for text in (
                "2015-01-01/2015-06-30",
                "2015M01-M06",
                "9 months",
                "2015-03-15",
                "2015-02-31/P1M",
                "half-year ended June 2015",
                "H",
            )
        ),
        *(
            (text, False)
            for text in ("", "2015", "2015.0", "2014-2015", "2014/15", "P1Y", "P12M", "P365D", "P2Y", "FY2014")
        ),
        *((text, False) for text in ("Apr 2014 - Mar 2015", "2015-01-01/P1Y", "12M", "2015-01-01", "2015-12-31")),
        *((text, False) for text in ("Year ending March 2015", "2015-01-01/2015-12-31", "2015M01-M12", "12", "1")),
    ],
)
def test_a_detail_of_the_time_is_of_a_part_of_a_year_or_not(text: str, part: bool) -> None:
    assert is_of_part_of_year(text) is part
