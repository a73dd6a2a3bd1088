import io
from collections.abc import Sequence
from typing import Any

import pytest
from examples.layouts import PORTAL_HEADINGS, PORTAL_ROW, finder, read, rules, workbook
from openpyxl import Workbook

from comity.evidence.errors import BadInput
from comity.observations.grids.grid import grids_of
from comity.observations.layouts import layouts
from comity.observations.layouts.homicide_download import sex_and_age
from comity.observations.layouts.regional_estimates import HEADINGS as OF_ESTIMATES
from comity.observations.layouts.regional_estimates import is_estimates, read_estimates
from comity.observations.reading import Description, Reading

HEADINGS = [
    "iso3_code", "country", "Region", "Subregion", "Indicator", "Disaggregation", "Gender", "Unit", "Year", "Value",
    "Source", "Footnote",
]  # fmt: skip
ROW = [
    "DEU", "Germany", "Europe", "Western Europe", "Homicide: # of victims", "Total", "Total (all ages)", "Count", 2018,
    "788", "CTS", "Offences in the year",
]  # fmt: skip


def row(**cells: Any) -> list[Any]:
    found = list(ROW)
    for heading, value in cells.items():
        found[HEADINGS.index(heading)] = value
    return found


def download(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS) -> bytes:
    return workbook([headings, *rows], "homicide_country_download")


def test_a_row_becomes_an_observation_with_source_footnote_and_place() -> None:
    reading = read("homicide_country_download.xlsx", download(ROW))
    (one,) = reading.observations
    assert one[:10] == ("276", "homicide-count", "0101", "_T", "_T", "_T", "_T", "victims", "2018", 0)
    assert (one.value, one.text, one.status, one.source, one.note) == (788, "788", "A", "CTS", "Offences in the year")
    assert one.place == "homicide_country_download!J2"
    assert (reading.description.dataset, reading.description.published) == ("homicide-country-download", None)
    assert not reading.findings


def test_columns_in_another_order_and_a_text_saved_from_the_workbook_are_read() -> None:
    order = list(reversed(range(len(HEADINGS))))
    turned = download([ROW[index] for index in order], headings=[HEADINGS[index].upper() for index in order])
    text = "\n".join(
        ";".join(map(str, cells)) for cells in (HEADINGS, row(Value="0,948", Unit="Rate per  100,000 population"))
    )
    assert read("x.xlsx", turned).observations[0].value == 788
    (one,) = read("x.csv", text).observations
    assert (one.indicator, one.unit, one.value) == ("homicide-rate", "per 100,000 population", 0.948)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Total (all ages)", ("_T", "_T")),
        ("Male (all ages)", ("M", "_T")),
        ("Female", ("F", "_T")),
        ("Female (15-29)", ("F", "Y15T29")),
        ("Male ( 60 and older )", ("M", "Y_GE60")),
        ("Female (by partner)", None),
        ("Women of Lima", None),
        ("", None),
    ],
)
def test_the_age_stands_in_brackets_behind_the_sex(text: str, found: tuple[str, str] | None) -> None:
    assert sex_and_age(text) == found


def test_a_disaggregation_stays_a_part_also_where_its_word_is_not_known() -> None:
    words = ["Total", None, "by sex", "Sex and age", "by mechanism: firearms", "City-level"]
    rows = [row(Disaggregation=word, Year=year) for year, word in enumerate(words, 2010)]
    reading = read("x.xlsx", download(*rows))
    assert [one.breakdown for one in reading.observations] == [
        "_T", "_T", "_T", "_T", "disaggregation:by-mechanism-firearms", "disaggregation:city-level",
    ]  # fmt: skip
    assert rules(reading) == ["unknown-term", "unknown-term"]


def test_an_estimate_is_known_by_its_source() -> None:
    assert read("x.xlsx", download(row(Source="UNODC estimate"))).observations[0].status == "E"


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"Indicator": "Homicide: # of suspects"}, "unknown-indicator"),
        ({"Indicator": "Attempted homicide"}, "unknown-indicator"),
        ({"Unit": "Rate per 1,000 population"}, "unknown-unit"),
        ({"Unit": None}, "unknown-unit"),
        ({"Gender": "Women of Lima"}, "unknown-term"),
        ({"iso3_code": None, "country": "Atlantis"}, "unknown-area"),
        ({"Year": 1018}, "impossible-year"),
        ({"Value": "many"}, "not-a-number"),
    ],
)
def test_what_is_not_known_rejects_its_row(cells: dict[str, Any], rule: str) -> None:
    reading = read("x.xlsx", download(row(**cells)))
    assert (rules(reading), reading.rejected) == ([rule], 1)


def test_a_missing_column_is_named() -> None:
    headings = ["code" if heading == "iso3_code" else heading for heading in HEADINGS]
    with pytest.raises(BadInput, match="iso3_code"):
        read("x.xlsx", download(ROW, headings=headings))


def test_the_table_of_2018_is_refused_by_name() -> None:
    headings = ["Region", "Sub-region", "Territory", "Level", "Indicator", "Year", "Value", "Source"]
    cells = ["Americas", "Central America", "Honduras", "Country", "Homicide rate", "2015", "57.5", "CTS"]
    with pytest.raises(BadInput, match="homicide_all"):
        read("homicide_all.xlsx", workbook([headings, cells]))


ESTIMATES = ["geo", "indicator", "series", "sex", "year", "value", "note", "obs_status", "source"]
ESTIMATE = [
    "World", "Victims of intentional homicide", "Victims of intentional homicide per 100,000 population", "Total", 2022,
    5.6, None, None, "UNODC",
]  # fmt: skip


def estimate(**cells: Any) -> list[Any]:
    found = list(ESTIMATE)
    for heading, value in cells.items():
        found[ESTIMATES.index(heading)] = value
    return found


def estimates(*rows: Sequence[Any]) -> bytes:
    return workbook([["UNODC"], ["16/05/2025"], ESTIMATES, *rows], "data_cts_homicide_reg_estimates")


def test_regional_estimates_have_their_unit_by_their_series() -> None:
    number = "Number of victims of intentional homicide"
    reading = read("x.xlsx", estimates(ESTIMATE, estimate(geo="Micronesia", series=number, value=17, sex="Female")))
    assert [(one.area, one.indicator, one.unit, one.sex, one.value, one.status) for one in reading.observations] == [
        ("001", "homicide-rate", "per 100,000 population", "_T", 5.6, "E"),
        ("057", "homicide-count", "victims", "F", 17, "E"),
    ]
    assert reading.observations[0].place == "data_cts_homicide_reg_estimates!F4"
    assert (reading.description.dataset, str(reading.description.published)) == (
        "cts-intentional-homicide", "2025-05-16",
    )  # fmt: skip


def test_the_status_of_an_estimate_is_its_own_where_it_is_not_normal() -> None:
    said = [("A", "World"), ("U", "World"), ("A", "Brazil"), (None, "Brazil")]
    rows = [estimate(obs_status=status, geo=geo, year=year) for year, (status, geo) in enumerate(said, 2010)]
    assert [one.status for one in read("x.xlsx", estimates(*rows)).observations] == ["E", "U", "A", "A"]


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"series": "Victims of intentional homicide"}, "unknown-term"),
        ({"series": None}, "unknown-term"),
        ({"indicator": "Persons held"}, "unknown-indicator"),
        ({"geo": "Middle-earth"}, "unknown-area"),
        ({"sex": "Women of Lima"}, "unknown-term"),
        ({"year": "soon"}, "impossible-year"),
        ({"obs_status": "Z"}, "unknown-term"),
        ({"obs_status": "M"}, "contradictory-status"),
    ],
)
def test_an_estimate_that_is_not_understood_rejects_its_row(cells: dict[str, Any], rule: str) -> None:
    reading = read("x.xlsx", estimates(estimate(**cells)))
    assert (rules(reading), reading.rejected) == ([rule], 1)


def test_estimates_are_read_into_a_reading_of_another_sheet() -> None:
    (grid,) = grids_of("x.xlsx", estimates(ESTIMATE, estimate(geo="Nowhere")), OF_ESTIMATES)
    reading = Reading("x.xlsx", Description("cts-intentional-homicide", ""))
    assert is_estimates(grid)
    read_estimates(grid, reading, finder())
    assert (reading.rows, len(reading.observations), reading.rejected) == (2, 1, 1)


def test_estimates_beside_a_sheet_of_the_portal_are_the_portal_s() -> None:
    book = Workbook()
    for name, rows in (("main", [PORTAL_HEADINGS, PORTAL_ROW]), ("estimates", [ESTIMATES, ESTIMATE])):
        page = book.create_sheet(name)
        for cells in rows:
            page.append(cells)
    book.remove(book.worksheets[0])
    written = io.BytesIO()
    book.save(written)
    assert _layouts_of(written.getvalue()) == ["UNODC data portal"]
    assert _layouts_of(estimates(ESTIMATE)) == ["UNODC data portal, regional estimates of homicide"]


def _layouts_of(data: bytes) -> list[str]:
    return [layout.name for layout in layouts() if layout.recognises("x.xlsx", data)]


def test_a_column_of_ages_beside_the_sex_refuses_the_table_unless_it_holds_totals() -> None:
    headings = [*HEADINGS, "Age"]
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes that"):
        read("x.xlsx", download([*row(Gender="Female"), "15-29"], headings=headings))
    assert rules(read("x.xlsx", download([*ROW, "Total"], headings=headings))) == ["extra-column"]


def test_a_second_column_of_the_areas_divides_nothing() -> None:
    headings = [*HEADINGS, "Location"]
    country = ROW[HEADINGS.index("country")]
    assert rules(read("x.xlsx", download([*ROW, country], headings=headings))) == ["extra-column"]
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes that"):
        read("x.xlsx", download([*ROW, "Hamburg"], headings=headings))


def test_a_code_and_a_name_of_two_areas_leave_the_row_out_and_na_is_no_code() -> None:
    reading = read(
        "x.xlsx",
        download(row(country="Brazil"), row(iso3_code="NA", Year=2017), row(iso3_code="NA", country="Nowhere")),
    )
    assert [one.area for one in reading.observations] == ["276"]
    assert rules(reading) == ["unknown-area", "unknown-area"]


def test_a_column_that_divides_the_regional_estimates_refuses_them() -> None:
    text = (
        "geo,indicator,series,sex,age,year,value,note,obs_status,source\n"
        'Africa,Victims of intentional homicide,"Victims of intentional homicide per 100,000 population",Total,0-14,'
        "2023,2.1,,E,UNODC\n"
    )
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes that"):
        read("x.csv", text)


@pytest.mark.parametrize("day", ["16/05/2024", "16.05.2024", "16-05-2024", "2024-05-16", "2024-05-16T10:00:00"])
def test_the_day_above_the_regional_estimates_is_read_in_each_form(day: str) -> None:
    headings = ["geo", "indicator", "series", "sex", "year", "value"]
    text = "Number of victims of intentional homicide"
    rows = [["UNODC"], [day], headings, ["Africa", "Victims of intentional homicide", text, "Total", 2020, 5]]
    assert str(read("x.xlsx", workbook(rows)).description.published) == "2024-05-16"


def test_a_day_above_the_regional_estimates_that_does_not_exist_is_none() -> None:
    headings = ["geo", "indicator", "series", "sex", "year", "value"]
    rows = [
        ["2024-13-45"],
        ["32.01.2024"],
        headings,
        ["Africa", "Victims of intentional homicide", "x", "Total", 2020, 5],
    ]
    assert read("x.xlsx", workbook(rows)).description.published is None
