import io
import time
import zipfile
from typing import Any

import pytest
import xlsxwriter
from examples.layouts import PORTAL_HEADINGS, PORTAL_ROW, finder, portal, portal_row, read, rules, workbook
from openpyxl import load_workbook

from comity.evidence.errors import BadInput
from comity.evidence.workbooks import opened_once
from comity.evidence.workbooks.workbook import Sheet, Value
from comity.observations.grids.chosen_sheets import choose_sheets
from comity.observations.grids.grid import grids_of
from comity.observations.grids.merged_cells import covering_ranges
from comity.observations.observation import slug


def test_a_row_becomes_an_observation_with_codes_and_the_place_of_its_value() -> None:
    reading = read("corruption.xlsx", portal([PORTAL_ROW]))
    (one,) = reading.observations
    assert one[:10] == (
        "051", "recorded-offences-count", "0703", "_T", "_T", "_T", "_T", "offences", "2013", 0,
    )  # fmt: skip
    assert (one.value, one.text, one.status, one.source) == (782.0, "782", "A", "CTS")
    assert one.place == "data_cts_corruption_and_economi!L4"
    assert reading.description.dataset == "cts-corruption-and-economic-crime"
    assert str(reading.description.published) == "2024-05-16"


def test_shifted_reordered_and_differently_written_headings_are_found() -> None:
    order = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    headings = [None, None, *[PORTAL_HEADINGS[index].upper().replace(" ", "_") for index in order], "Remark"]
    row = [None, None, *[PORTAL_ROW[index] for index in order], "see note"]
    reading = read("shifted.xlsx", workbook([[], ["x"], [], [], headings, row], "data_cts_corruption_and_economi"))
    assert [(one.area, one.value, one.place) for one in reading.observations] == [
        ("051", 782.0, "data_cts_corruption_and_economi!D6")
    ]
    (extra,) = (finding for finding in reading.findings if finding.rule == "extra-column")
    assert (extra.severity, extra.place, extra.value) == ("note", "data_cts_corruption_and_economi!P5", "Remark")


def test_a_missing_column_names_sheet_row_and_heading() -> None:
    headings = [*PORTAL_HEADINGS]
    headings[9] = "When"
    with pytest.raises(BadInput) as caught:
        read("missing.xlsx", portal([PORTAL_ROW], headings))
    (fault,) = caught.value.faults
    assert (fault.place, fault.value) == ("data_cts_corruption_and_economi!A3", "When")
    assert "“Year”" in fault.expected


def test_two_columns_of_one_heading_are_refused() -> None:
    with pytest.raises(BadInput, match=r"N3.*one column headed “Year”"):
        read("twice.xlsx", portal([[*PORTAL_ROW, 2014]], [*PORTAL_HEADINGS, "YEAR"]))


def test_numbers_as_text_are_read_and_noted_once() -> None:
    rows = [portal_row(VALUE="1,234"), portal_row(VALUE="١٢٣٤", Year=2014), portal_row(VALUE="5", Year="2015")]
    reading = read("numbers.xlsx", portal(rows))
    assert [one.value for one in reading.observations] == [1234, 1234, 5]
    (found,) = reading.findings
    assert (found.rule, found.place, found.value) == ("number-form", "data_cts_corruption_and_economi!L4", "1,234")
    assert found.message.startswith("2 numbers")


def test_counts_that_are_no_whole_numbers_are_warned_of_once_and_kept() -> None:
    rows = [
        portal_row(VALUE=10.5),
        portal_row(VALUE=2.25, Year=2014),
        portal_row(VALUE=1.5, Unit="Rate per 100,000 population"),
    ]
    reading = read("fractions.xlsx", portal(rows))
    assert [one.indicator for one in reading.observations] == ["recorded-offences-count"] * 2 + [
        "recorded-offences-rate"
    ]
    (found,) = reading.findings
    assert (found.rule, found.severity, found.value) == ("fractional-count", "warning", "10.5")
    assert "2 counts" in found.message


def test_a_row_whose_code_and_name_are_of_two_areas_is_left_out() -> None:
    reading = read("names.xlsx", portal([PORTAL_ROW, portal_row(Country="Austria")]))
    assert [one.area for one in reading.observations] == ["051"]
    (found,) = reading.findings
    assert (found.rule, found.place, found.value) == (
        "unknown-area",
        "data_cts_corruption_and_economi!A5",
        "ARM, Austria",
    )
    assert "ARM is Armenia, and beside it stands Austria" in found.message


def test_the_code_is_taken_where_one_of_two_areas_followed_the_other() -> None:
    rows = [portal_row(Iso3_code="SRB", Country="Serbia and Montenegro", Year=year) for year in (2005, 2006)]
    reading = read("names.xlsx", portal(rows))
    assert [one.area for one in reading.observations] == ["688", "688"]
    (found,) = (one for one in reading.findings if one.rule == "code-and-name")
    assert (found.severity, found.place) == ("warning", "data_cts_corruption_and_economi!A4")
    assert "2 rows" in found.message


@pytest.mark.parametrize(
    ("code", "name", "area"),
    [
        *(("RUS", "Soviet Union", "643"), ("SCG", "Serbia", "891"), ("SUN", "Russia", "810")),
        *(("SVK", "Czechoslovakia", None), ("SVN", "Yugoslavia", None), ("UKR", "Soviet Union", None)),
        *(("CUW", "Netherlands Antilles", None), ("YEM", "North Yemen", None), ("YEM", "Yemen Arab Republic", None)),
        *(("PAK", "Bangladesh", None), ("TZA", "Zanzibar", None), ("DEU", "East Germany", None)),
        *(("YEM", "Democratic Yemen", None), ("DDR", "Germany", None), ("SUN", "Ukraine", None)),
        ("MNE", "Serbia and Montenegro", None),
    ],
)
def test_the_code_is_taken_only_where_its_area_goes_on_under_it(code: str, name: str, area: str | None) -> None:
    assert finder().of_row(code, name)[0] == area


@pytest.mark.parametrize(
    ("code", "name", "area"),
    [
        *(("LAO", "RDP lao", "418"), ("KGZ", "Rép. kirghize", "417"), ("SVK", "Rép. slovaque", "703")),
        *(("DEU", "Bundesrepublik Deutschland", "276"), ("BRA", "República Federativa do Brasil", "076")),
        *(
            ("BRA", "Brazil [note 2]", "076"),
            ("BRA", "Brazil [a]", "076"),
            ("FLK", "Falkland Islands [Malvinas]", "238"),
        ),
        ("BRA", "República de São Paulo", None),
    ],
)
def test_a_name_in_another_language_or_with_the_mark_of_a_note_is_the_area_s(
    code: str, name: str, area: str | None
) -> None:
    assert finder().of_row(code, name)[0] == area


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *(
            ("PSE", "Gaza Strip"),
            ("PSE", "Gaza"),
            ("PSE", "West Bank"),
            ("PSE", "East Jerusalem"),
            ("PSE", "Cisjordanie"),
        ),
        *(("STP", "Príncipe"), ("STP", "Sao Tome"), ("SJM", "Svalbard"), ("WLF", "Wallis"), ("KNA", "Saint Kitts")),
        *(("ATG", "Antigua"), ("TTO", "Trinidad"), ("TTO", "Trinité"), ("TTO", "Тринидад"), ("TTO", "ترينيداد")),
        *(
            ("BIH", "Bosnia"),
            ("VCT", "St. Vincent"),
            ("BES", "Bonaire"),
            ("SGS", "South Georgia"),
            ("HMD", "Heard Is."),
        ),
        *(("GBR", "Great Britain"), ("GBR", "Grande-Bretagne"), ("GBR", "Gran Bretaña"), ("", "Great Britain")),
        *(("DEU", "West Germany"), ("DEU", "Germany (West)"), ("DEU", "Germany, West"), ("", "West Germany")),
        *(("DEU", "Germany, Federal Republic of (former)"), ("DEU", "Federal Republic of Germany (former)")),
        *(("DEU", "Germany, Federal Republic of (until 1990)"), ("TZA", "Tanganyika"), ("PNG", "New Guinea")),
    ],
)
def test_what_a_name_joins_and_what_was_before_a_merger_are_parts(code: str, name: str) -> None:
    area, expected, _two = finder().of_row(code, name)
    assert area is None
    assert "a part of it" in expected


@pytest.mark.parametrize(
    ("code", "name", "area"),
    [
        *(("PSE", "West Bank and Gaza", "275"), ("PSE", "Occupied Palestinian Territory", "275")),
        *(
            ("GBR", "United Kingdom", "826"),
            ("GBR", "Britain", "826"),
            ("GBR", "United Kingdom of Great Britain", "826"),
        ),
        *(
            ("TTO", "Trinidad & Tobago", "780"),
            ("BIH", "Bosnia-Herzegovina", "070"),
            ("KNA", "St Kitts & Nevis", "659"),
        ),
        *(("DEU", "Germany, Federal Republic of", "276"), ("DEU", "Allemagne, République fédérale d'", "276")),
        *(("DEU", "Germany (until 1990 former territory of the FRG)", "276"), ("TZA", "Tanzania", "834")),
        *(("SHN", "Saint Helena", "654"), ("YEM", "Yemen", "887"), ("FSM", "ميكرونيزيا", "583")),
        *(("", "Trinidad and Tobago", "780"), ("", "Germany", "276")),
    ],
)
def test_a_name_of_the_whole_is_the_state_s_though_another_of_its_names_joins_two(
    code: str, name: str, area: str
) -> None:
    assert finder().of_row(code, name)[0] == area


def test_citizens_named_by_a_part_are_of_the_whole_state() -> None:
    row = portal_row(Indicator="Detected trafficking victims", Dimension="by citizenship", Category="Bosnia")
    (one,) = read("citizens.xlsx", portal([row])).observations
    assert one.citizenship == "070"


def test_a_sheet_of_data_that_is_not_read_is_told_from_one_of_notes() -> None:
    book = load_workbook(io.BytesIO(portal([PORTAL_ROW])))
    beside = {
        "hidden": [PORTAL_HEADINGS, PORTAL_ROW],
        "foreign": [["Pays", "Année", "Valeur"], ["Arménie", 2013, 782], ["Brésil", 2013, 5]],
        "no headings": [["ARM", 2013, 782], ["BRA", "2014", "1,234"]],
        "wide": [["Pays", 2013, 2014], ["Arménie", 782, 790]],
        "Data 2013": [["Pays", "Valeur"], ["Arménie", 782]],
        "notes": [["Note", "Text"], [1, "Figures of 2013 are final"], [2, "See the manual of 2014"]],
        "metadata": [["Country Code", "IncomeGroup"], ["ARM", "Upper middle income"]],
    }
    for name, rows in beside.items():
        page = book.create_sheet(name)
        for cells in rows:
            page.append(cells)
    book["hidden"].sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    found = read("sheets.xlsx", written.getvalue()).findings
    assert [one.value for one in found if one.rule == "unread-table"] == list(beside)[:5]
    assert [one.value for one in found if one.rule == "unread-sheet"] == list(beside)[5:]


def test_a_raised_mark_behind_a_number_is_no_digit() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        page, raised = book.add_worksheet(), book.add_format({"font_script": 1})
        for number, cells in enumerate([["UNODC"], ["16/05/2024"], PORTAL_HEADINGS, PORTAL_ROW, PORTAL_ROW]):
            page.write_row(number, 0, cells)
        page.write_rich_string("L4", "78", raised, "2")
    reading = read("raised.xlsx", written.getvalue())
    assert [one.value for one in reading.observations] == [782]
    (found,) = (one for one in reading.findings if one.rejected)
    assert (found.place, found.value) == ("Sheet1!L4", "78²")
    assert "raised mark" in found.expected


def test_areas_are_found_by_name_where_no_code_stands_and_rejected_where_neither_is_known() -> None:
    rows = [
        portal_row(Iso3_code=None, Country="Sark"),
        portal_row(Iso3_code="Aruba/Curacao", Country=None),
        portal_row(Iso3_code="SAM", Country=None),
        portal_row(Iso3_code="IRQ_C", Country="Iraq (Central Iraq)"),
    ]
    reading = read("areas.xlsx", portal(rows))
    assert [one.area for one in reading.observations] == ["680", "IRQ_C"]
    assert [(found.rule, found.place[-2:], found.value) for found in reading.findings] == [
        ("unknown-area", "A5", "Aruba/Curacao"),
        ("unknown-area", "A6", "SAM"),
    ]


@pytest.mark.parametrize("year", [1013, 2025, "next", None, 2012.5])
def test_a_year_that_cannot_be_rejects_its_row(year: object) -> None:
    reading = read("years.xlsx", portal([portal_row(Year=year)]))
    assert (rules(reading), reading.rejected) == (["impossible-year"], 1)
    assert reading.findings[0].place.endswith("!J4")


@pytest.mark.parametrize(("value", "rule"), [(-1, "negative"), ("many", "not-a-number"), ("1,234,5", "not-a-number")])
def test_what_is_no_count_rejects_its_row(value: object, rule: str) -> None:
    assert rules(read("values.xlsx", portal([portal_row(VALUE=value)]))) == [rule]


def test_not_applicable_total_unknown_and_blank_stay_distinct() -> None:
    words = ["Total", "Unknown", "na", None, "Male"]
    reading = read("words.xlsx", portal([portal_row(Sex=word) for word in words]))
    assert [one.sex for one in reading.observations] == ["_T", "_U", "_Z", "_X", "M"]
    assert rules(reading) == ["unknown-term"]


def test_citizenships_in_free_text_are_resolved_or_kept_with_one_warning_for_each_word() -> None:
    words = ["Nigeria", "HUNGRÍA", "3 maliens", "MORROCAN", "3 maliens", "Foreign citizens", "12", "Unknown", None]
    rows = [
        portal_row(Indicator="Detected trafficking victims", Dimension="by citizenship", Category=word, Source="GLOTIP")
        for word in words
    ]
    reading = read("citizens.xlsx", portal(rows))
    assert [one.citizenship for one in reading.observations] == [
        "566", "348", "X:3-maliens", "X:morrocan", "X:3-maliens", "FOR", "X:12", "_U", "_X",
    ]  # fmt: skip
    warned = [finding.value for finding in reading.findings if finding.rule == "unknown-term"]
    assert warned == ["3 maliens", "MORROCAN", "12", ""]


def test_a_form_of_exploitation_is_no_offence_of_its_own() -> None:
    row = portal_row(
        Indicator="Detected trafficking victims", Dimension="by form of exploitation", Category="Sexual exploitation"
    )
    (one,) = read("forms.xlsx", portal([row])).observations
    assert (one.iccs, one.breakdown) == ("0204", "form-of-exploitation:sexual-exploitation")


def test_the_total_of_a_breakdown_is_kept_apart_from_the_total_stated_for_itself() -> None:
    rows = [portal_row(Indicator="Arms seized", Dimension=word, Category="Total") for word in ("Total", "by type")]
    reading = read("totals.xlsx", portal(rows))
    assert [one.breakdown for one in reading.observations] == ["_T", "type:_T"]
    assert not reading.findings


def test_a_key_that_comes_twice_is_kept_twice_numbered_and_said() -> None:
    reading = read("twice.xlsx", portal([PORTAL_ROW, portal_row(VALUE=783), portal_row(VALUE=782)]))
    assert [(one.repeat, one.value) for one in reading.observations] == [(1, 782), (2, 783), (3, 782)]
    assert [(found.rule, found.severity) for found in reading.findings] == [
        ("two-values", "warning"),
        ("repeated", "note"),
    ]


def computed(value: object) -> bytes:
    """A workbook of the portal whose sex is a formula with a value that was saved, or without one."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, PORTAL_HEADINGS)
        page.write_row(1, 0, PORTAL_ROW)
        page.write_formula(1, PORTAL_HEADINGS.index("Sex"), '="Fe"&"male"', value=value)
    return stream.getvalue()


def test_a_formula_is_noted_and_refused_where_its_value_was_not_saved() -> None:
    reading = read("formula.xlsx", computed("Female"))
    (found,) = (finding for finding in reading.findings if finding.rule == "formula")
    assert (found.severity, found.place) == ("note", "Sheet1!H2")
    assert [one.sex for one in reading.observations] == ["F"]
    for never_computed in ("", 0):  # the 0 is what programs put there that compute nothing
        with pytest.raises(BadInput, match=r"Sheet1!H2.* open the workbook and save it again"):
            read("formula.xlsx", computed(never_computed))


@pytest.mark.parametrize(
    ("merged", "refused"),
    [
        ("L4:L5", True),
        ("B4:B5", True),
        ("A3:A4", True),
        ("A1:M1", False),
        ("L4:M4", False),
        ("O4:R9", False),
        ("O1:R9", False),
    ],
)
def test_cells_that_are_merged_over_rows_of_data_refuse_the_sheet(merged: str, refused: bool) -> None:
    rows = [["UNODC"], ["16/05/2024"], PORTAL_HEADINGS, PORTAL_ROW, portal_row(Year=2014)]
    if refused:
        with pytest.raises(BadInput, match=f"Sheet1!{merged}.*merged"):
            read("merged.xlsx", workbook(rows, merged=[merged]))
    else:
        assert read("merged.xlsx", workbook(rows, merged=[merged])).rows == 2


def merged_without_blanks(rows: list[list[Any]], merged: str) -> bytes:
    """A workbook whose merged cells all keep what they held, as no spreadsheet program leaves them."""
    stream, given = io.BytesIO(), io.BytesIO(workbook(rows))
    with zipfile.ZipFile(given) as read_from, zipfile.ZipFile(stream, "w") as archive:
        for name in read_from.namelist():
            content = read_from.read(name)
            if name.endswith("sheet1.xml"):
                cells = f'</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
                content = content.replace(b"</sheetData>", cells.encode())
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("merged", "refused"),
    [
        ("J4:L4", True),
        ("L4:M4", True),
        ("A1:XFD1048576", True),
        ("N1:O4", True),
        ("L4:L4", False),
        ("O4:P4", False),
        ("O1:P9", False),
        ("A1:M3", False),
        ("A3:M3", False),
        ("A6:XFD1048576", False),
    ],
)
def test_cells_that_are_merged_over_values_of_data_refuse_the_sheet(merged: str, refused: bool) -> None:
    row = [*PORTAL_ROW, *[""] * (13 - len(PORTAL_ROW)), "beside"]
    rows = [["UNODC"], ["16/05/2024"], PORTAL_HEADINGS, row, portal_row(Year=2014)]
    data = merged_without_blanks(rows, merged)
    (grid,) = grids_of("merged.xlsx", data, {"area": (PORTAL_HEADINGS[0],), "value": ("VALUE",)})
    assert (grid.heading_row, bool(grid.covering or grid.merged)) == (3, refused)
    if refused:
        with pytest.raises(BadInput, match=f"Sheet1!{merged}.*merged"):
            choose_sheets([grid], lambda _grid: True)


def test_very_many_large_merged_ranges_cost_no_more_than_their_number() -> None:
    rows: list[list[Value]] = [["area", "value"], *([["", ""]] * 20_000), ["BRA", 1]]
    sheet = Sheet("S", rows, merged=((1, 0, 20_000, 1),) * 100_000)
    start = time.process_time()
    assert not list(covering_ranges(sheet, 0))
    assert time.process_time() - start < 5


def test_a_workbook_is_read_once_for_asking_and_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    data, calls = portal([PORTAL_ROW, portal_row(Year=1999)]), []
    original = opened_once.read_workbook
    monkeypatch.setattr(opened_once, "read_workbook", lambda data, name: calls.append(name) or original(data, name))
    read("once.xlsx", data)
    assert calls == ["once.xlsx"]


@pytest.mark.parametrize(
    ("title", "refused"),
    [
        ("Attempted homicide", True),
        ("Women held in prison", True),
        ("Persons held, thousands", True),
        ("Victims aged 15-29", True),
        ("Persons 60+", True),
        ("Offences in urban areas", True),
        ("Capital cities", True),
        ("Selected provinces", True),
        ("Foreign citizens", True),
        ("Sample survey of 3 regions", True),
        ("January to June 2020", True),
        ("First half of 2020", True),
        ("Victims of intentional homicide by sex, male and female", False),
        ("Persons held in prison: adults and juveniles", False),
        ("UNODC", False),
        ("Men and women aged 15-29", True),
        ("Women and men, urban areas", True),
        ("Femicide", True),
        ("Mujeres", True),
        ("Victims under 18 years", True),
        ("Q1 2024 release", False),
        ("Prepared for the 33rd session (13-17 May 2024)", False),
        ("Source: UN Women", False),
        ("Offences 2010-2020", False),
        ("Homicide by age and sex", False),
        ("United Nations Survey of Crime Trends", False),
        ("Victims in urban and rural areas", False),
        ("Extracted on 01/02/2024, page 2 of 10", False),
        ("ضحايا القتل العمد - إناث", True),
        ("故意杀人（女性）", True),
        ("Умышленные убийства: женщины", True),
        ("Женщины и мужчины", False),
        ("Tentatives d'homicide", True),
        ("Homicidios con arma de fuego", True),
        ("Données provisoires", True),
        ("Enero-junio 2012", True),
        ("Hauptstadt Madrid", True),
        ("En milliers", True),
        ("Gang-related homicide", True),
        ("Homicides in prison", True),
        ("Mujeres y hombres", False),
        ("Female victims (updated 16 May 2024)", True),
        ("Women - Ministry of the Interior", True),
        ("Provisional release", True),
        ("Victims of intentional homicide (excluding attempts)", False),
        ("Homicidios (no incluye tentativas)", False),
        ("Table 12-3", False),
        ("Meeting of 24-26 June 2024", False),
        ("Both sexes, all ages (0+)", False),
        ("Downloaded May 2024, data as of June 2024", False),
        ("城市和农村", False),
        ("Accessed 11-05-2024", False),
    ],
)
def test_a_title_that_qualifies_all_rows_refuses_the_file(title: str, refused: bool) -> None:
    data = workbook([[title], ["16/05/2024"], PORTAL_HEADINGS, portal_row()])
    if refused:
        with pytest.raises(BadInput, match="no qualifier above"):
            read("titled.xlsx", data)
    else:
        assert read("titled.xlsx", data).rows == 1


def test_a_title_that_its_rows_say_too_is_read() -> None:
    data = workbook([["Female victims aged 15-29"], PORTAL_HEADINGS, portal_row(Sex="Female", Age="15-29")])
    assert [(one.sex, one.age) for one in read("titled.xlsx", data).observations] == [("F", "Y15T29")]


@pytest.mark.parametrize("sheet", ["Women", "F", "Feminino", "女性", "data_women", "Attempted", "15-29", "Urban areas"])
def test_a_sheet_whose_name_qualifies_its_rows_is_refused_unless_they_say_so(sheet: str) -> None:
    with pytest.raises(BadInput, match="no qualifier in the name of the sheet"):
        read("sheets.xlsx", workbook([PORTAL_HEADINGS, portal_row(Category="Total")], sheet))
    said = {"Sex": "Female", "Age": "15-29", "Category": "Attempted, urban areas"}
    assert read("sheets.xlsx", workbook([PORTAL_HEADINGS, portal_row(**said)], sheet)).rows == 1


@pytest.mark.parametrize(
    ("unit", "indicator"),
    [
        ("Rate per 100,000 population", "offences-rate"),
        ("Rate per 100,000 people", "offences-rate"),
        ("Per 100,000 people", "offences-rate"),
        ("Rate per 100,000 women", "rate-per-100-000-women"),
        ("Rate per 100,000 households", "rate-per-100-000-households"),
    ],
)
def test_a_rate_is_per_population_only_where_it_says_so(unit: str, indicator: str) -> None:
    (one,) = read("rates.xlsx", portal([portal_row(Unit=unit, VALUE=3)])).observations
    assert one.indicator.endswith(indicator)


def test_the_publisher_is_who_the_file_names_above_its_headings() -> None:
    rows = [PORTAL_HEADINGS, portal_row()]
    assert read("a.xlsx", workbook(rows)).description.publisher == ""
    assert read("a.xlsx", workbook([["UNODC"], *rows])).description.publisher.endswith("Drugs and Crime")


@pytest.mark.parametrize(
    ("letters", "sexes"),
    [
        ("MF", ["M", "F"]),
        ("HM", ["M", "F"]),
        ("HF", ["M", "F"]),
        ("MW", ["M", "F"]),
        ("MKT", ["M", "F", "_T"]),
        ("F", ["F"]),
    ],
)
def test_the_letter_of_a_sex_means_what_those_beside_it_let_it_mean(letters: str, sexes: list[str]) -> None:
    rows = [portal_row(Sex=letter, Year=2010 + at) for at, letter in enumerate(letters)]
    assert [one.sex for one in read("letters.xlsx", portal(rows)).observations] == sexes


@pytest.mark.parametrize("letter", ["M", "D"])
def test_a_letter_alone_that_may_be_either_sex_leaves_its_row_out(letter: str) -> None:
    reading = read("letters.xlsx", portal([portal_row(Sex=letter), portal_row(Sex="Total")]))
    assert [(one.rule, one.value) for one in reading.findings] == [("unknown-sex", letter)]
    assert [one.sex for one in reading.observations] == ["_T"]


def test_a_remark_below_the_table_is_no_row_and_refuses_the_file_where_it_qualifies_the_rows() -> None:
    reading = read("remark.xlsx", portal([PORTAL_ROW, ["Source: national police"]]))
    assert (reading.rows, [(one.rule, one.severity) for one in reading.findings]) == (1, [("remark", "note")])
    for remark in ("Note: figures refer to women only", "January to June", "Figures are in thousands"):
        with pytest.raises(BadInput, match="no remark that says of the rows"):
            read("remark.xlsx", portal([PORTAL_ROW, [remark]]))
    assert read("remark.xlsx", portal([PORTAL_ROW, ["Note: data exclude attempted homicide."]])).rows == 1


@pytest.mark.parametrize(
    ("above", "published", "rules"),
    [
        ("16 May 2024", "2024-05-16", []),
        ("Last update: 16/05/2024", "2024-05-16", []),
        ("Dernière mise à jour : 16 mai 2024", "2024-05-16", []),
        ("Última actualización: 16/05/2024", "2024-05-16", []),
        ("更新日期：2024年5月16日", "2024-05-16", []),
        ("05/16/2024", "2024-05-16", []),
        ("31/02/2024", "None", ["doubtful-day"]),
        ("05/06/2024", "2024-06-05", ["day-before-month"]),
        ("Date: 05/06/2024", "2024-06-05", ["day-before-month"]),
        ("5/6/2024", "None", ["doubtful-day"]),
        ("05-06-2024", "None", ["doubtful-day"]),
        ("05.06.2024", "2024-06-05", []),
        ("As of 31/12/2014", "None", ["title"]),
        ("Valid until 31/12/2024", "None", ["title"]),
        ("Accessed on 16/05/2024", "None", ["title"]),
    ],
)
def test_the_day_above_the_headings_is_read_in_the_forms_that_people_write(
    above: str, published: str, rules: list[str]
) -> None:
    reading = read("dated.xlsx", workbook([["UNODC"], [above], PORTAL_HEADINGS, PORTAL_ROW]))
    assert str(reading.description.published) == published
    assert [one.rule for one in reading.findings] == rules


def test_of_two_days_above_the_headings_the_later_is_taken_and_named() -> None:
    reading = read("dated.xlsx", workbook([["16/05/2024", "01/01/2025"], PORTAL_HEADINGS, PORTAL_ROW]))
    assert str(reading.description.published) == "2025-01-01"
    assert [(one.rule, one.place) for one in reading.findings] == [("several-days", "Sheet1!B1")]


@pytest.mark.parametrize("heading", [None, "Unnamed: 13", "Unnamed: 0", "grp"])
@pytest.mark.parametrize("codes", [(1, 2), (0, 1), (1, 2, 9), ("1.0", "2.0"), (1.0, 2.0)])
def test_numbers_that_return_in_a_column_without_a_name_divide_the_rows(
    heading: str | None, codes: tuple[object, ...]
) -> None:
    rows = [[*PORTAL_ROW[:9], 2008 + number, *PORTAL_ROW[10:], codes[number % len(codes)]] for number in range(9)]
    with pytest.raises(BadInput, match="no column that divides"):
        read("made.xlsx", portal(rows, [*PORTAL_HEADINGS, heading]))


@pytest.mark.parametrize("heading", [None, "Unnamed: 13", "Unnamed: 0"])
def test_the_running_number_of_the_rows_divides_nothing(heading: str | None) -> None:
    rows = [[*PORTAL_ROW[:9], 2008 + number, *PORTAL_ROW[10:], number] for number in range(9)]
    assert rules(read("made.xlsx", portal(rows, [*PORTAL_HEADINGS, heading]))) == ["extra-column"]


@pytest.mark.parametrize(
    ("words", "code"), [("Female¹", "female"), ("0-9²", "0-9"), ("Acts₃", "acts"), ("10⁵", "105"), ("¹", "")]
)
def test_marks_of_notes_are_no_part_of_a_code(words: str, code: str) -> None:
    assert slug(words) == code
