"""What stands outside the rows of a table, and beside their figures: a part never stands as the total in silence."""

import io

import pytest
from examples.layouts import (
    PORTAL_HEADINGS,
    SDG,
    TABLES,
    as_text,
    finder,
    layout_of,
    portal_row,
    read,
    rules,
    study_2013,
    workbook,
)
from openpyxl import Workbook

from comity.evidence.errors import BadInput
from comity.evidence.places import row_of
from comity.observations.layouts import layouts
from comity.observations.reading import Reading
from comity.observations.words import qualifiers

TEXTS = ("Global Study on Homicide 2019", "Our World in Data, homicide rate")
"""Layouts of texts alone."""


ALL = pytest.mark.parametrize("name", TABLES)


def test_every_layout_has_a_table_here_or_is_tested_elsewhere() -> None:
    others = {"observations as CSV", "Global Study on Homicide 2013", "SDMX-CSV"}
    assert {layout.name for layout in layouts()} == {*TABLES, *others}
    for name, (file, table) in TABLES.items():
        assert layout_of(f"{file}.csv", as_text(table).encode()).name == name
        assert not {"title", "remark", "sheet-name"} & {*rules(read(f"{file}.csv", as_text(table)))}


@ALL
@pytest.mark.parametrize("title", ["Urban areas", "# Urban areas", "Homicides excluding rural areas", "In '000"])
def test_a_title_or_comment_of_a_part_refuses_the_file_in_every_layout(name: str, title: str) -> None:
    file, table = TABLES[name]
    with pytest.raises(BadInput, match=r": found .*expected no qualifier above the headings"):
        read(f"{file}.csv", as_text(table, title))


@ALL
def test_a_title_that_is_read_past_is_named_in_every_layout(name: str) -> None:
    file, table = TABLES[name]
    reading = read(f"{file}.csv", as_text(table, "Prepared for the meeting"))
    assert [(one.severity, one.value) for one in reading.findings if one.rule == "title"] == [
        ("note", "Prepared for the meeting")
    ]


@pytest.mark.parametrize("name", [name for name in TABLES if name not in TEXTS])
def test_the_name_of_a_sheet_is_judged_and_named_in_every_layout(name: str) -> None:
    file, table = TABLES[name]
    for sheet in ("Rural areas", "Firearms", "2019 H1", "Lima", "Suspects"):
        with pytest.raises(BadInput, match="no qualifier in the name of the sheet"):
            read(f"{file}.xlsx", workbook(table, sheet))
    assert "sheet-name" in rules(read(f"{file}.xlsx", workbook(table, "Blue")))
    for sheet in ("Sheet1", "data", "Hoja1", "2010-2020"):
        assert "sheet-name" not in rules(read(f"{file}.xlsx", workbook(table, sheet)))


@ALL
@pytest.mark.parametrize("column", [0, 1])
def test_a_remark_of_a_part_refuses_the_file_in_every_layout(name: str, column: int) -> None:
    file, table = TABLES[name]
    blank = [""] * (len(table[0]) - 1)
    for remark in ("Figures refer to rural areas only", "Solo Lima", "Les données excluent les zones rurales"):
        with pytest.raises(BadInput, match="no remark that says of the rows"):
            read(f"{file}.csv", as_text([*table, [*blank[:column], remark, *blank[column:]]]))
    named = read(f"{file}.csv", as_text([*table, [*blank[:column], "Source: the police", *blank[column:]]]))
    plain = read(f"{file}.csv", as_text(table))
    assert [one for one in rules(named) if one not in rules(plain)] == ["remark"]
    assert (named.rows, named.observations) == (plain.rows, plain.observations)


def test_words_beneath_the_heading_of_the_values_are_a_remark() -> None:
    blank = [""] * len(PORTAL_HEADINGS)
    blank[PORTAL_HEADINGS.index("VALUE")] = "(in thousands)"
    with pytest.raises(BadInput, match="no remark that says"):
        read("x.xlsx", workbook([PORTAL_HEADINGS, blank, portal_row()]))


def test_the_name_of_a_file_that_speaks_of_a_part_is_doubted_unless_its_rows_say_so() -> None:
    table = [PORTAL_HEADINGS, portal_row()]
    assert rules(read("corruption-women-2025.xlsx", workbook(table))) == ["file-name"]
    assert not rules(read("corruption-women-2025.xlsx", workbook([PORTAL_HEADINGS, portal_row(Sex="Female")])))
    for name in ("corruption-2025.xlsx", "corruption-estimates.xlsx"):
        assert not rules(read(name, workbook(table)))


def test_a_sheet_of_notes_that_speaks_of_a_part_is_named() -> None:
    book = Workbook()
    for row in [PORTAL_HEADINGS, portal_row()]:
        book.active.append(row)
    notes = book.create_sheet("Notes")
    notes.append(["Notes"])
    notes.append(["Figures refer to women only"])
    written = io.BytesIO()
    book.save(written)
    reading = read("x.xlsx", written.getvalue())
    assert [(one.rule, one.place) for one in reading.findings] == [("unread-sheet", "Notes!A1"), ("remark", "Notes!A2")]


def test_a_row_that_names_an_area_and_lacks_the_rest_is_no_remark() -> None:
    table = [*TABLES["Our World in Data, homicide rate"][1], ["France", "", "", ""]]
    assert rules(read("x.csv", as_text(table))) == ["impossible-year"]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Youth homicide",
            "Metropolitan areas",
            "Gang homicides",
            "Infanticide",
            "Under-18 victims",
            "in '000",
            "x 1000",
        ),
        *("Number of suspects", "Convicted offenders", "Estimates", "Projections", "Víctimas extranjeras", "2019 H1"),
        *("Province of Lima", "State of São Paulo", "Nur Großstädte", "Victims 65 years and over", "Manslaughter only"),
        *("Domestic violence homicides", "Data for 15 of 32 states", "только Москва", "仅女性", "النساء فقط", "city"),
        *("Homicides excluding women", "Homicides hors femmes", "excluye zonas rurales", "Population without children"),
        *("不包括女性", "Excluding firearms", "Including attempted homicide", "Including women only"),
    ],
)
def test_words_of_a_part_qualify(title: str) -> None:
    assert qualifiers.qualifies(title)


@pytest.mark.parametrize(
    "title",
    [
        *("Data not available for women", "Including rural areas", "Downloaded by the Ministry for Women", "UN Women"),
        *("Total, of which women 10%", "https://example.org/women", "Published 13 June 2026, revised 1 July 2026"),
        *("Excluding attempts", "Excludes manslaughter", "no incluye tentativas", "不包括未遂", "State of Palestine"),
        *(
            "Per hundred thousand inhabitants",
            "For official use only",
            "Ministerio de la Mujer",
            "Estimated population",
        ),
        *("Nationals and foreigners", "including women and girls", "y compris les femmes", "Rates per 100,000"),
    ],
)
def test_harmless_words_do_not(title: str) -> None:
    assert not qualifiers.qualifies(title)
    assert not qualifiers.restricts(title)


def test_a_title_of_status_or_offence_that_the_rows_say_too_is_read() -> None:
    file, table = TABLES["World Population Prospects, populations"]
    table = [table[0], *[[*row[:4], "2050", row[5]] for row in table[1:2]]]
    assert rules(read(f"{file}.csv", as_text(table, "Projections"))) == ["title"]
    attempted = [PORTAL_HEADINGS, portal_row(Category="Attempted intentional homicide")]
    assert len(read("x.xlsx", workbook([["Attempted homicide"], *attempted])).observations) == 1


def with_notes(heading: str, *notes: str) -> bytes:
    rows = [[*portal_row(Year=2010 + at), note] for at, note in enumerate(notes)]
    return workbook([[*PORTAL_HEADINGS, heading], *rows])


@pytest.mark.parametrize(
    "note", ["Data refer to women only", "Only Java island", "Solo Lima", "только Москва", "Women"]
)
def test_a_row_whose_note_names_a_part_is_left_out_and_named(note: str) -> None:
    if note == "Women":
        with pytest.raises(BadInput, match="divides the rows"):
            read("x.xlsx", with_notes("Note", note, "see methodology", ""))
        return
    reading = read("x.xlsx", with_notes("Note", note, "see methodology", ""))
    assert [one.period for one in reading.observations] == ["2011", "2012"]
    assert [(one.rule, one.place, one.value) for one in reading.findings if one.rejected] == [
        ("of-a-part", "Sheet1!N2", note)
    ]


@pytest.mark.parametrize("note", ["England only", "nur Frauen", "apenas capitais", "Covers Lima Metropolitana", "F"])
def test_notes_of_all_rows_that_name_a_part_refuse_the_file(note: str) -> None:
    with pytest.raises(BadInput, match=r"notes and labels that do not say of every row|divides the rows"):
        read("x.xlsx", with_notes("Survey", note, note))


def test_the_fields_of_notes_sources_and_regions_are_judged_too() -> None:
    for cells in ({"Source": "CTS, women only"}, {"Region": "Urban areas"}, {"Subregion": "Lima province"}):
        with pytest.raises(BadInput, match="notes and labels that do not say of every row"):
            read("x.xlsx", workbook([PORTAL_HEADINGS, portal_row(**cells)]))
        reading = read("x.xlsx", workbook([PORTAL_HEADINGS, portal_row(**cells), portal_row(Year=2014)]))
        assert ([one.period for one in reading.observations], rules(reading)) == (["2014"], ["of-a-part"])
    unknown = read("x.xlsx", workbook([PORTAL_HEADINGS, portal_row(Subregion="Blue"), portal_row(Year=2014)]))
    assert (len(unknown.observations), rules(unknown)) == (2, ["unknown-term"])
    for column in (7, 8):
        row = [*SDG[1][:column], "capital city only", *SDG[1][column + 1 :]]
        assert rules(read("x.csv", as_text([SDG[0], row, SDG[2]]))) == ["of-a-part"]


def test_a_note_of_a_part_that_its_row_says_too_leaves_the_row() -> None:
    text = "# dataset: made\narea,indicator,sex,period,value,note\nBRA,homicide-count,{},2018,3,women only\n"
    assert len(read("own.csv", text.format("F")).observations) == 1
    with pytest.raises(BadInput, match="notes and labels that do not say of every row"):
        read("own.csv", text.format("_T"))


@pytest.mark.parametrize("comment", ["Women only", "note: Female victims only", "scope: women only", "Título: Mujeres"])
def test_every_comment_of_our_own_layout_is_judged(comment: str) -> None:
    text = f"# dataset: made\n# {comment}\narea,indicator,period,value\nBRA,homicide-count,2018,3\n"
    with pytest.raises(BadInput, match=r"own.csv, 2: found .* no qualifier above the headings"):
        read("own.csv", text)


def test_homicides_in_our_own_layout_are_of_no_other_offence() -> None:
    text = "# dataset: homicide\narea,indicator,iccs,period,value\nBRA,homicide-count,{},2018,3\n"
    for offence in ("0401", "01"):
        with pytest.raises(BadInput, match=f"3:iccs: found “{offence}”, expected 0101"):
            read("own.csv", text.format(offence))
    assert len(read("own.csv", text.format("0101")).observations) == 1


@pytest.mark.parametrize("heading", ["Type", "Klasse", "类别", "Тип", "نوع", "cat", "S", "v3"])
def test_a_few_whole_numbers_that_return_are_codes_whatever_their_heading(heading: str) -> None:
    notes = [str(1 + at % 3) for at in range(12)]
    with pytest.raises(BadInput, match="divides the rows"):
        read("x.xlsx", with_notes(heading, *notes))
    assert len(read("x.xlsx", with_notes("Rank", *notes)).observations) == 12
    assert len(read("x.xlsx", with_notes("Deaths", *map(str, range(20, 32)))).observations) == 12


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Time_Detail", "2015-S1"), ("TimeCoverage", "P6M"), ("Time_Detail", "06"), ("Time_Detail", "6")],
)
def test_a_part_of_a_year_is_no_value_of_the_year(heading: str, cell: str) -> None:
    table = [[*SDG[0], heading], [*SDG[1], cell], [*SDG[2], "2016" if heading == "Time_Detail" else "P1Y"]]
    reading = read("x.csv", as_text(table))
    assert ([one.period for one in reading.observations], rules(reading)) == (["2016"], ["not-annual"])


def test_only_groups_of_the_world_bank_are_called_so() -> None:
    table = [*TABLES["World Bank, population"][1], ["Euro area", "EMU", "2018", "1"], ["Xland", "XLD", "2018", "1"]]
    assert rules(read("x.csv", as_text(table))) == ["aggregate", "unknown-area"]


@pytest.mark.parametrize(
    ("place", "row"), [("14:VALUE", "14"), ("14:a!b2", "14"), ("14", "14"), ("It's 2!AB14", "It's 2!14"), ("x", "x")]
)
def test_the_places_of_a_row_share_its_number(place: str, row: str) -> None:
    assert row_of(place) == row


FIREARMS = {"Dimension": "by mechanisms", "Category": "Firearms"}


@pytest.mark.parametrize(
    "title",
    [
        *("Urban areas", "Capital cities only", "First half of each year", "In thousands", "Excluding rural areas"),
        *("Firearms, urban areas", "Firearms: H1 2012", "Attempted", "Foreigners", "Women", "Juveniles"),
    ],
)
def test_a_part_that_rows_are_of_does_not_say_another(title: str) -> None:
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("x.xlsx", workbook([[title], PORTAL_HEADINGS, portal_row(**FIREARMS)]))


@pytest.mark.parametrize("title", ["Homicides by firearms", "Firearms only", "Homicidios con armas de fuego"])
def test_the_part_that_rows_are_of_may_stand_in_the_title(title: str) -> None:
    assert len(read("x.xlsx", workbook([[title], PORTAL_HEADINGS, portal_row(**FIREARMS)])).observations) == 1


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Women", {"Sex": "Male"}),
        ("Victims aged 30-44", {"Age": "15-29"}),
        ("Victims aged 15 and over", {"Age": "15-29"}),
        ("Foreigners", {"Dimension": "by citizenship", "Category": "National citizens"}),
    ],
)
def test_another_sex_or_age_than_the_title_has_is_not_what_it_says(title: str, said: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("x.xlsx", workbook([[title], PORTAL_HEADINGS, portal_row(**said)]))


def test_a_note_of_another_part_than_its_row_is_of_leaves_the_row_out() -> None:
    for note in ("urban areas only", "Only Java"):
        reading = read(
            "x.xlsx", workbook([PORTAL_HEADINGS, portal_row(**FIREARMS, Source=note), portal_row(Year=2014)])
        )
        assert ([one.period for one in reading.observations], rules(reading)) == (["2014"], ["of-a-part"])


def test_words_right_of_the_last_heading_are_a_remark() -> None:
    rows = [PORTAL_HEADINGS, [*portal_row(), "", "Women only"], portal_row(Year=2014)]
    with pytest.raises(BadInput, match="no remark that says of the rows"):
        read("x.xlsx", workbook(rows))
    rows[1] = [*portal_row(), "", "Seen by the statistician"]
    assert "remark" in rules(read("x.xlsx", workbook(rows)))


def test_a_half_of_a_year_that_the_periods_say_may_stand_in_title_and_note() -> None:
    text = "# dataset: made\n# title: Offences in the first half of 2012\narea,indicator,period,value,note\n"
    reading = read("x.csv", f"{text}BRA,recorded-offences-count,2012-S1,3,first half of the year\n".encode())
    assert len(reading.observations) == 1


@pytest.mark.parametrize(
    "note",
    [
        *("Y compris les zones rurales", "See also rates per 100,000 women"),
        *("Metropolitan Police and all other forces", "Intentional homicide only", "Data since 2010 only"),
        *("figures of the women's ministry", "MIP, Observatorio de la Violencia contra la Mujer"),
    ],
)
def test_a_note_that_says_nothing_of_its_own_row_leaves_it(note: str) -> None:
    assert not qualifiers.restricts(note)


@pytest.mark.parametrize(
    "note", ["in thousands", "9 months", "Partial coverage", "Covers 80% of the population", "Mainland Tanzania"]
)
def test_a_note_of_a_part_of_the_year_the_State_or_the_unit_is_known(note: str) -> None:
    assert qualifiers.restricts(note)


@pytest.mark.parametrize(
    "title",
    [
        *("first six months", "Erstes Halbjahr", "النصف الأول", "المناطق الحضرية", "Подростки", "单位：千", "S1 2012"),
        *("Multiplied by 1,000", "imputed values", "Forecast", "Nowcast"),
    ],
)
def test_more_words_of_parts_of_the_year_of_people_and_of_what_is_not_observed(title: str) -> None:
    assert qualifiers.qualifies(title)


@pytest.mark.parametrize(
    "remark",
    [
        *("Note: rates for women are not shown", "See the sheet on firearms for details"),
        *("Cite as: UNODC (2024), Homicide and women", "Table prepared by the Metropolitan University"),
    ],
)
def test_a_remark_that_says_nothing_of_the_rows_refuses_no_file(remark: str) -> None:
    assert not qualifiers.qualifies(remark)


@pytest.mark.parametrize("cells", [("Women", "Women"), ("Total", "Women"), ("F", "M"), ("Lima", "Cusco")])
@pytest.mark.parametrize("column", [5, 13])
def test_a_column_of_words_without_a_heading_is_a_column(column: int, cells: tuple[str, str]) -> None:
    rows = [PORTAL_HEADINGS, portal_row(Year=2013), portal_row(Year=2014)]
    table = [[*row[:column], cell, *row[column:]] for row, cell in zip(rows, ("", *cells), strict=True)]
    with pytest.raises(BadInput):
        read("x.xlsx", workbook(table))


@pytest.mark.parametrize("title", ["second half of 2012", "first quarter of 2012"])
def test_another_half_of_the_year_than_the_periods_say_refuses(title: str) -> None:
    text = f"# dataset: made\n# title: Offences in the {title}\narea,indicator,period,value\n"
    period = "2012-S1" if "half" in title else "2012-Q2"
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("x.csv", f"{text}BRA,recorded-offences-count,{period},3\n".encode())


def test_what_a_sheet_says_is_said_of_its_own_rows() -> None:
    book = Workbook()
    book.active.title = "Total"
    for sheet, title, said in ((book.active, "Homicide", {}), (book.create_sheet("Women"), "Women", {"Sex": "Female"})):
        for row in ([title], PORTAL_HEADINGS, portal_row(**said)):
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert [one.sex for one in read("x.xlsx", stream.getvalue()).observations] == ["_T", "F"]


@pytest.mark.parametrize(
    "source", ["Ministry of Foreign Affairs", "Isle of Man", "Capital City Police", "Youth and Sports Ministry"]
)
def test_an_agency_is_no_part(source: str) -> None:
    assert not qualifiers.restricts(source)


A_FEW = [{1: "Rural"}, {9: "Urban areas"}, {2: "Firearms", 5: "Firearms"}, {0: "M", 5: "F"}, {3: "仅农村"}]


@ALL
@pytest.mark.parametrize("words", A_FEW)
def test_words_in_a_few_rows_of_a_column_without_a_heading_refuse_the_file(name: str, words: dict[int, str]) -> None:
    file, table = TABLES[name]
    rows = [table[1 + at % (len(table) - 1)] for at in range(10)]
    for column in (1, len(table[0]) - 1):
        wide = [[*row[:column], words.get(at - 1, ""), *row[column:]] for at, row in enumerate([table[0], *rows])]
        for data in [as_text(wide).encode()] if name in TEXTS else [as_text(wide).encode(), workbook(wide)]:
            with pytest.raises(BadInput, match="no remark that says of the rows"):
                read(f"{file}.{'xlsx' if data.startswith(b'PK') else 'csv'}", data)


@ALL
def test_short_whole_numbers_in_a_few_rows_of_a_column_without_a_heading_are_codes(name: str) -> None:
    file, table = TABLES[name]
    rows = [table[1 + at % (len(table) - 1)] for at in range(10)]
    for codes in ({1: "1", 4: "2", 7: "1"}, {1: "1", 4: "2"}, {1: "1", 4: "1,234", 7: "0.3"}):
        wide = [[row[0], codes.get(at - 1, ""), *row[1:]] for at, row in enumerate([table[0], *rows])]
        if "0.3" not in codes.values():
            with pytest.raises(BadInput, match="divides the rows"):
                read(f"{file}.csv", as_text(wide))
        else:
            assert {"extra-column", "unread-year"} & {*rules(read(f"{file}.csv", as_text(wide)))}


def test_a_title_in_the_row_of_headings_is_judged_where_nothing_stands_below_it() -> None:
    rows = [[*PORTAL_HEADINGS, "", "Women only"], portal_row()]
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("x.xlsx", workbook(rows))
    rows[1] = portal_row(Sex="Female")
    assert len(read("x.xlsx", workbook(rows)).observations) == 1


@pytest.mark.parametrize(
    ("title", "period"),
    [
        *(("First half", "2012-Q1"), ("First quarter", "2012-S1"), ("Segundo semestre", "2012-S1"), ("III", "2012-S1")),
        *(("Deuxième semestre", "2012-S1"), ("второе полугодие", "2012-S1"), ("下半年", "2012-S1"), ("Q3", "2012-03")),
        *(("II semestre", "2012-S1"), ("النصف الثاني", "2012-S1"), ("2e trimestre", "2012-Q1"), ("H2 2012", "2012-S1")),
    ],
)
def test_another_part_of_the_year_than_the_period_in_any_language(title: str, period: str) -> None:
    text = f"# dataset: made\n# {title}\narea,indicator,period,value,note\nBRA,recorded-offences-count,{period},3,"
    if title == "III":
        assert len(read("x.csv", text).observations) == 1
        return
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("x.csv", text)
    with pytest.raises(BadInput, match="notes and labels that do not say"):
        read("x.csv", text.replace(f"# {title}\n", "") + title)


NATIONALS = {"Dimension": "by citizenship", "Category": "National citizens"}
FOREIGN = {"Dimension": "by citizenship", "Category": "Foreign citizens"}


@pytest.mark.parametrize(
    ("title", "rows", "read_all"),
    [
        *((title, NATIONALS, False) for title in ("Non-nationals", "Non-citizens", "Foreign nationals", "Иностранцы")),
        *((title, FOREIGN, False) for title in ("Citizens", "Citizens only", "National citizens", "граждане")),
        *((title, FOREIGN, True) for title in ("Foreign nationals", "Foreigners only", "Non-nationals", "外国人")),
        *((title, NATIONALS, True) for title in ("Citizens only", "Nationals", "National citizens")),
        *((title, {}, False) for title in ("Citizens", "Non-citizens", "Citizens only")),
        *((title, {"Sex": "Female"}, True) for title in ("Women and girls", "mujeres y niñas", "Femmes", "النساء")),
        *((title, {"Sex": "Female"}, False) for title in ("Girls", "Masculino", "M", "Men and boys", "Girls and boys")),
        *((title, {"Age": "15-29"}, False) for title in ("Aged 15 or more", "at least 15", "Over 29", "Adults")),
        *(
            (title, {"Age": "15-29"}, False)
            for title in ("15岁及以上", "ab 15 Jahren", "Up to 29", "Children", "aged 15")
        ),
        *(
            (title, {"Age": "15-29"}, True)
            for title in ("aged 15 to 29", "15–29", "de 15 à 29 ans", "15-29岁", "Youth")
        ),
        *(
            (title, {}, False)
            for title in ("Adults", "Over 29", "from 15 to 29 years", "старше 18 лет", "18 años y más")
        ),
    ],
)
def test_a_title_of_people_is_read_where_it_is_the_very_part_of_its_rows(
    title: str, rows: dict[str, str], read_all: bool
) -> None:
    data = workbook([[title], PORTAL_HEADINGS, portal_row(**rows)])
    if read_all:
        assert len(read("x.xlsx", data).observations) == 1
        return
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("x.xlsx", data)


def test_a_title_of_ages_may_be_of_all_the_ages_below_it_together() -> None:
    ages = [portal_row(Age=age) for age in ("15-29", "30-44", "45-59")]
    assert len(read("x.xlsx", workbook([["Persons aged 15 and over"], PORTAL_HEADINGS, *ages])).observations) == 3
    for rows in ([*ages, portal_row(Age="0-9")], [*ages, portal_row()], ages[:1]):
        with pytest.raises(BadInput, match="no qualifier above the headings"):
            read("x.xlsx", workbook([["Persons aged 15 and over"], PORTAL_HEADINGS, *rows]))


@pytest.mark.parametrize(
    "note",
    [
        *(
            "Not limited to foreigners but men only",
            "not limited to men - women only",
            "no longer limited to cities: men",
        ),
        *("Not limited to foreigners (men only)", "Statistics Office, women", "Ministry of Justice, women"),
        *("Ministry of Justice foreign prisoners", "not available for women but men only", "Victims over 60 years"),
        *("see table 3 - women only", "Segundo semestre", "10-14 años"),
    ],
)
def test_what_follows_an_agency_or_what_is_left_open_is_said_of_rows(note: str) -> None:
    assert qualifiers.restricts(note)
    assert qualifiers.qualifies(note)


@pytest.mark.parametrize(
    "source",
    [
        *("Ministère des Affaires étrangères", "Министерство иностранных дел", "Foreign and European Affairs"),
        *("Foreign, Commonwealth & Development Office", "Ministry of Foreign Trade", "Ministério da Mulher"),
        *("Youth Justice Board", "Ministry of Housing and Urban Development", "Министерство по делам женщин"),
        *("Ministry of Women, Children and Youth", "not limited to foreigners", "Reported by citizens"),
    ],
)
def test_agencies_of_any_language_say_nothing_of_rows(source: str) -> None:
    assert not qualifiers.restricts(source)
    assert not qualifiers.qualifies(source)


BLOCKS = [
    ["WOMEN"], ["RURAL"], ["F"], ["15-29"], ["18+"], ["Q1"], ["FIREARMS"], ["Women"], ["Sex", "Women"],
    ["Women", "Women"],    ["Age", "15-29"], ["Area", "Rural areas"], ["Note:", "WOMEN"], ["WOMEN", "WOMEN", "WOMEN"],
]  # fmt: skip


@ALL
@pytest.mark.parametrize("at", [1, 2, None])
def test_a_row_that_heads_a_block_of_rows_is_judged_as_a_remark(name: str, at: int | None) -> None:
    file, table = TABLES[name]
    for block in BLOCKS:
        if file == "wpp-female":
            block = [{"WOMEN": "MEN", "Women": "Men", "F": "M"}.get(text, text) for text in block]
        row = [*block, *[""] * (len(table[0]) - len(block))]
        headed = [*table[:at], row, *table[at:]] if at else [*table, row]
        with pytest.raises(BadInput, match="no remark that says of the rows"):
            read(f"{file}.csv", as_text(headed))


def test_a_number_or_a_code_that_is_no_area_alone_in_a_row_is_named() -> None:
    file, table = TABLES["World Bank, indicators"]
    for text in ("77", "XKX1", "GROUP-B"):
        reading = read(f"{file}.csv", as_text([*table, [text, *[""] * (len(table[0]) - 1)]]))
        assert [(one.rule, one.value) for one in reading.findings] == [("remark", text)]


OF = {
    "F": {"sex": "F"},
    "Y15T29": {"age": "Y15T29"},
    "Y_LT18": {"age": "Y_LT18"},
    "Y_GE18": {"age": "Y_GE18"},
    "NAT": {"citizenship": "NAT"},
    "FOR": {"citizenship": "FOR"},
    "S1": {"period": "2012-S1"},
    "firearms": {"breakdown": "mechanism:firearms"},
    "non-firearms": {"breakdown": "mechanism:non-firearms"},
    "city": {"breakdown": "city:lima"},
    "urban": {"breakdown": "place:urban"},
    "partners": {"breakdown": "relation:intimate-partner"},
    "not partners": {"breakdown": "relation:not-intimate-partner"},
    "all": {},
}
"""Rows of parts in our own layout."""


def own(of: str, text: str, where: str) -> Reading:
    said = {"area": "BRA", "indicator": "homicide-count", "period": "2012", "value": "3", "sex": "", "age": ""}
    said |= {"citizenship": "", "breakdown": "", **OF[of], where: text}
    title = said.pop("title", "")
    head = "# dataset: made\n" + (f"# {title}\n" if title else "")
    rows = [said, {**said, "area": "FRA", "note": ""}] if where == "note" else [said]
    names = [*said]
    lines = [",".join(f'"{row[name]}"' for name in names) for row in rows]
    return read("own.csv", "\n".join([head + ",".join(names), *lines, ""]))


@pytest.mark.parametrize(
    ("of", "texts"),
    [
        (
            "F",
            "Excluding women|except women|other than women|no women|sauf les femmes|ohne Frauen|кроме женщин"
            "|不包括女性",
        ),
        ("F", "Women, only Lima|Female victims, only Java|women only in Lima"),
        ("Y15T29", "excluding 15-29 years|aged 15-29, only Lima|15 and under 30 years"),
        ("Y_LT18", "excluding children|15 and under 18 years"),
        ("Y_GE18", "not over 18 years|older adults|adultos mayores"),
        ("FOR", "excluding foreigners|foreigners, only Lima"),
        ("NAT", "not citizens|third-country nationals|nationals of other countries"),
        ("S1", "all but the first half|first half, only Lima|first half of 2013"),
        ("firearms", "excluding firearms|not firearms|firearms only in Java|Handguns only"),
        ("non-firearms", "firearms"),
        ("city", "Rural areas|Urban areas"),
        ("urban", "Capital city only"),
        ("partners", "family violence|femicide"),
        ("not partners", "intimate partners"),
        (
            "all",
            "women, not men|Women (men excluded)|men without women|Adults without children"
            "|nationals, foreigners excluded",
        ),
        (
            "all",
            "not limited to children except in rural areas|Data missing except women|See only women"
            "|final only for Lima",
        ),
        ("all", "of which women only are counted|Figures on men are not included|fails to include rural areas"),
        ("all", "revised, H1 2012|Annex 2, victims 15 to 29 years|Updated figures, second half of 2012"),
        ("all", "Bureau of Women homicides|Office for Women victims|Ministère de la Femme, femmes victimes"),
        ("all", "غير شامل للنساء|no se incluyen las mujeres|1-6月|前六个月|за 6 месяцев|nueve meses|three quarters"),
        ("all", "per 10,000|thousands|En miles|in 1000s|18+|refugees|Drittstaatsangehörige|handguns"),
    ],
)
@pytest.mark.parametrize("where", ["title", "note"])
def test_what_a_text_denies_or_adds_is_not_what_its_rows_say(of: str, texts: str, where: str) -> None:
    for text in texts.split("|"):
        if where == "title":
            with pytest.raises(BadInput, match="no qualifier above the headings"):
                own(of, text, where)
        else:
            reading = own(of, text, where)
            assert ([one.area for one in reading.observations], rules(reading)) == (["250"], ["of-a-part"]), text


@pytest.mark.parametrize(
    ("of", "texts"),
    [
        ("F", "Women only|only female victims|Women and girls|Women, excluding attempts"),
        ("firearms", "Homicides by firearms only|Firearms only"),
        ("city", "Capital cities|city"),
        ("S1", "January to June 2012|enero a junio|I. Halbjahr 2012|first half"),
        ("FOR", "ciudadanos extranjeros|ausländische Staatsangehörige|third-country nationals|non-nationals"),
        ("partners", "intimate partners only"),
        ("all", "January to December|The fiscal year runs from 1 July to 30 June|1er janvier au 31 décembre"),
        ("all", "Data received in the first half of 2013|Submitted in the second quarter of 2014|manner of death"),
        ("all", "Attempts are not included|без учета покушений|Includes femicide|Includes foreign citizens"),
        ("all", "Only intentional homicides are counted|Data comparable only since 2010|32 of 32 states"),
        ("all", "The data cover all the country's provinces and cities|Unit: Number (not in thousands)"),
        ("all", "For women see table 7|Commission, thirty-third session, Vienna, 13–17 May 2024|Metropolitan France"),
        (
            "all",
            "Children's Commissioner|City of London Police|Ministère de la Promotion de la Femme|وزارة الشباب والرياضة",
        ),
        ("all", "Instituto Nacional de las Mujeres|Комитет по делам женщин и семьи|全国妇女联合会|共青团中央青年部"),
        ("all", "Bundesministerium für Familie, Senioren, Frauen und Jugend|both sexes, all ages (0+)"),
    ],
)
@pytest.mark.parametrize("where", ["title", "note"])
def test_what_is_true_of_all_its_rows_is_read(of: str, texts: str, where: str) -> None:
    for text in texts.split("|"):
        assert "of-a-part" not in rules(own(of, text, where)), text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "e\u0301trangers",
            "nin\u0303as",
            "fe\u0301minin",
            "jovenes",
            "اجانب",
            "Under  18",
            "first\u00a0half",
            "Urban_areas",
        ),
        *("wo\u00admen", "\uff37omen", "١٥-٢٩ سنة", "15\u221229 years", "نســاء", "m\u00e4nnlich"),
    ],
)
def test_words_are_known_however_they_were_typed(text: str) -> None:
    assert qualifiers.qualifies(text)
    assert qualifiers.restricts(text)


WIDE = (
    *("World Bank, indicators", "World Population Prospects, populations", "Global Study on Homicide 2019"),
    *("World Population Prospects, population by age", "UNODC series of one offence"),
)
"""Layouts whose rows may lack all values."""
HEADS = [
    ["Sex", "", "Rural"], ["*", "Rural"], ["1", "Rural areas"], ["Sex", "Urban areas", "Both"], ["Rural", "", "2019"],
    ["World", "WLD", "Rural"], ["Brazil", "BRA", "Urban areas"], ["", "BRA", "Rural"], ["Low income", "", "Rural"],
    ["Rural areas", "Africa"], ["Brazil", "rural"], ["First half of 2018", "BRA"],
    ["", "Urban", "15-29"], ["A", "B", "Firearms"],
]  # fmt: skip


@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("at", [1, None])
def test_a_row_without_values_that_is_of_no_area_is_judged_whatever_its_shape(name: str, at: int | None) -> None:
    file, table = TABLES[name]
    for head in HEADS:
        row = [*head, *[""] * len(table[0])][: len(table[0])]
        headed = [*table[:at], row, *table[at:]] if at else [*table, row]
        with pytest.raises(BadInput, match=r"expected (?!a column)"):
            read(f"{file}.csv", as_text(headed))
    blank = [*table[1][:2], *[""] * (len(table[0]) - 2)]
    assert not {"remark"} & {*rules(read(f"{file}.csv", as_text([*table, blank])))}
    odd = read(f"{file}.csv", as_text([*table, ["Blue", "", "Green", *[""] * (len(table[0]) - 3)]]))
    assert "remark" in rules(odd)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Women killed by men",
            "Children killed by adults",
            "Female victims of male offenders",
            "Women (men: table 4)",
        ),
        *(
            "Femmes tuées par des hommes",
            "Women; men",
            "Men and women / Femmes",
            "男女合计 / Women",
            "Rural victims of urban",
        ),
        *("Homicides of men and women / Homicidios de mujeres", "Women and men. Women."),
        *(
            "Women & men in table 4",
            "Women/men in table 4",
            "Of men and women the latter",
            "Men and women (the former)",
        ),
        *(
            "Men and women in the table 4",
            "Men and women (in Table 4)",
            "Homicides in the largest cities and rural areas",
        ),
        *("Selected cities and rural areas", "In 10 cities and rural areas of the north"),
    ],
)
def test_parts_that_are_named_but_not_joined_are_no_whole(text: str) -> None:
    assert qualifiers.qualifies(text)
    assert qualifiers.restricts(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Women and men",
            "male/female",
            "男女",
            "男性和女性",
            "النساء والرجال",
            "urban areas and rural areas",
            "Adults, children",
        ),
        *("hommes et femmes", "female victims and male victims", "women and girls, men and boys", "мужчины и женщины"),
        *(
            "A: estimated; p: provisional",
            "midyear estimates",
            "Homicide includes murder, manslaughter and infanticide",
        ),
        *("Q1 2024 release", "Ministry of Gender, Children and Social Protection", "disputes over child custody"),
        *("Ministère de la Femme, de la Famille et de l'Enfant", "2012-01 to 2012-12", "01.07.2012-30.06.2013"),
        *("Women's and men's homicide rates combined", "In cities and rural areas", "Table 15-29", "in all cities"),
        *("Data published by the Ministry in the first quarter of 2013", "The former Yugoslav Republic of Macedonia"),
        *(
            "Publié au premier trimestre 2013",
            "Publicado en el primer trimestre de 2013",
            "Опубликовано в I квартале 2013",
        ),
        *("Données sur les femmes non disponibles", "Data for women not available", "Ministère des droits des femmes"),
        *(
            "Dirección de la Mujer",
            "妇女部",
            "National Rural Police",
            "每10万人",
            "حضر وريف",
            "In units, not thousands",
        ),
        *("12-14 June", "vol. 15, 15-29", "Penal Code ss. 15-29", "All cities and towns included", "Page 15-29"),
        *(
            "Police and court records; the latter.",
            "Victims 10-12 May 2019",
            "The former, being more complete, is used",
        ),
    ],
)
def test_joined_parts_and_what_is_said_of_statuses_are_no_part(text: str) -> None:
    assert not qualifiers.restricts(text)
    assert not qualifiers.qualifies(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Table 4. First half of 2012",
            "p. 3 first half of 2012",
            "Published cases January to June 2012",
            "Table of 15-29 years",
        ),
        *(
            "Data received from the police for the first half of 2012",
            "Women, men separately",
            "Mujeres, hombres aparte",
        ),
        *("Homicides received by the police in the first quarter", "Updated figures of the first half of 2012"),
        *("Cases submitted to the prosecutor between January and June 2012", "Offences published for ages 15-29 years"),
        *("Table of the first half of 2012", "15 - 29 years", "0 – 17 years", "Q.1", "2012-01 to 2012-06"),
        *("01.01.2012-30.06.2012", "01/2012-06/2012", "in 1 000", "(1,000)", "women1", "Women¹", "أنثى", "ذكر"),
        *("per 100,000 women", "Data not available outside urban areas", "see women", "Office of Rural areas"),
        *("15-29", "15 – 29", "Persons 15 - 29", "Age group 15-29", "Updated quarterly: Q1 2012", "Killed in cities"),
        *("Men and women killed in the largest cities", "Tués dans les villes", "En las ciudades", "в крупных городах"),
        *("nas cidades", "in Großstädten", "في المدن", "in the capital", "dans la capitale", "en la capital", "首都"),
        *("in five cities", "in selected municipalities", "in villages", "Cities", "Hommes et femmes en ville"),
        *("Age: 15-29", "15–29 age group", "the 15-29 cohort", "between 15 and 29", "(15-29)", "Personas de 15 a 29"),
        *(
            "15 to 29",
            "Alter 15-29",
            "en cinco ciudades",
            "dans cinq villes",
            "в пяти городах",
            "13 cities",
            "♀",
            "CTS (♀)",
        ),
        *("Survey: first half of 2015", "Fieldwork conducted in the first quarter", "Homicides, first quarter survey"),
        *(
            "incluye solo mujeres y feminicidios",
            "Возраст 15-29",
            "年龄15-29",
            "Femmes et hommes au tableau 4",
            "Mujeres y hombres en el cuadro 4",
        ),
        *("Data Published by Quarter", "Data Published By Month January-June 2012"),
    ],
)
def test_words_of_a_file_marks_and_numbers_hide_no_part(text: str) -> None:
    assert qualifiers.qualifies(text)
    assert qualifiers.restricts(text)


@pytest.mark.parametrize("heading", ["Citizenship", "Nationality of offender", "Country of birth", "国籍"])
def test_the_own_country_of_a_row_as_a_citizenship_is_a_part(heading: str) -> None:
    rows = [[*portal_row(Year=2010 + at), "Armenia"] for at in range(3)]
    with pytest.raises(BadInput, match="column"):
        read("x.xlsx", workbook([[*PORTAL_HEADINGS, heading], *rows]))
    for harmless in ("Land", "Country of origin of data"):
        assert read("x.xlsx", workbook([[*PORTAL_HEADINGS, harmless], *rows])).rows == 3
    for total in ("Total", "All citizenships", "Any"):
        everyone = [[*row[:-1], total] for row in rows]
        assert read("x.xlsx", workbook([[*PORTAL_HEADINGS, heading], *everyone])).rows == 3


@pytest.mark.parametrize(
    ("heading", "cell"), [("Fiscal quarter", "1"), ("Area type (1 urban, 2 rural)", "1"), ("", "%")]
)
def test_a_column_that_says_in_every_row_of_which_part_is_no_measure(heading: str, cell: str) -> None:
    rows = [[*portal_row(Year=2010 + at), cell] for at in range(3)]
    with pytest.raises(BadInput, match="column"):
        read("x.xlsx", workbook([[*PORTAL_HEADINGS, heading], *rows]))
    assert read("x.xlsx", workbook([[*PORTAL_HEADINGS, "Area"], *rows])).rows == 3 if cell == "1" else True


def test_marks_alone_under_no_heading_say_nothing() -> None:
    for mark in ("*", "-", "..", "…", "†", "+", "!", "✓", "→"):
        rows = [[*portal_row(Year=2010 + at), mark] for at in range(3)]
        assert not rules(read("x.xlsx", workbook([PORTAL_HEADINGS, *rows])))


def test_a_sheet_of_notes_in_two_columns_is_named_too() -> None:
    book = Workbook()
    for row in [PORTAL_HEADINGS, portal_row()]:
        book.active.append(row)
    notes = book.create_sheet("Notes")
    notes.append(["Coverage:", "women only"])
    notes.sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    reading = read("x.xlsx", written.getvalue())
    assert [(one.rule, one.place) for one in reading.findings] == [("unread-sheet", "Notes!A1"), ("remark", "Notes!B1")]


@pytest.mark.parametrize(
    "note",
    [
        "Minor revisions",
        "Data for all 81 municipalities",
        "alter 15 records",
        "初步数据",
        "Survey conducted in March-May 2014",
        "March - May 2014 survey",
        "لا تشمل الشروع في القتل",
        "Fieldwork October-December 2013",
        "Ne comprend pas les tentatives",
        "Incluye homicidio doloso y feminicidio",
        "1-2",
        "Groups 1-2 of the ICCS",
        "10 to 12 per cent lower than in 2010",
        "5 to 6 times",
        "victims 2-3 January",
    ],
)
def test_notes_on_how_figures_came_about_cost_no_row(note: str) -> None:
    assert not qualifiers.restricts(note)


@pytest.mark.parametrize("words", ["女性", "(النساء)", "(женщины)", "(♀)", "γυναίκες"])
def test_words_of_another_alphabet_behind_a_known_heading_or_term_are_not_read_past(words: str) -> None:
    for name, heading in (
        ("World Bank, population", "Population"),
        ("World Population Prospects, populations", "PopTotal"),
        ("SDG Global Database", "Value"),
    ):
        file, table = TABLES[name]
        headings = [f"{one} {words}" if one == heading else one for one in table[0]]
        with pytest.raises((BadInput, StopIteration)):
            read(f"{file}.csv", as_text([headings, *table[1:]]))
    reading = read(
        "x.xlsx", workbook([PORTAL_HEADINGS, portal_row(Category=f"Corruption {words}"), portal_row(Year=2014)])
    )
    assert "unknown-term" in rules(reading)


@pytest.mark.parametrize(
    "name",
    [
        "France (F)",
        "France, M",
        "France F",
        "France [M]",
        "France (女)",
        "France ♀",
        "♀ France",
        "France ♀️",
        "France 👩",
        "France (f)",
        "France（女）",
        "France Ｆ",
        "France F.",
        "(F) France",
        "France_F",
        "France:F",
        "France ж",
        "France (ж)",
    ],
)
def test_a_letter_or_sign_of_a_sex_behind_a_name_is_of_a_part(name: str) -> None:
    assert finder().of_row("FRA", name)[0] is None
    assert finder()(name)[0] is None
    assert finder().of_row("FRA", "France [a]")[0] == "250"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("TZA", "United Republic of Tanzania, women"),
        ("TZA", "United Republic of Tanzania: Zanzibar"),
        ("USA", "United States of America (women)"),
        ("VEN", "Venezuela (Bolivarian Republic of), women"),
        ("IRN", "Iran (Islamic Republic of): Tehran"),
        ("KOR", "Republic of Korea: Seoul"),
        ("GBR", "United Kingdom of Great Britain and Northern Ireland (women)"),
        ("LAO", "Lao People's Democratic Republic: women"),
    ],
)
def test_what_stands_behind_a_long_name_is_not_swallowed_by_it(code: str, name: str) -> None:
    assert finder().of_row(code, name)[0] is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("TZA", "United Republc of Tanzania"),
        ("TZA", "Tanzania, United Rep."),
        ("BOL", "Bolivia (Plurinational Stat of)"),
        ("COD", "Congo, Dem. Rep."),
        ("FSM", "Micronesia, Fed. Sts."),
        ("MKD", "The former Yugoslav Republic of Macedonia"),
        ("SWZ", "Kingdom of Eswatini"),
        ("CHN", "China, mainland"),
        ("IMN", "Isle of Man"),
        ("BOL", "Bolivia (Plurinational State of)1"),
        ("VEN", "Venezuela, RB (a)"),
        ("GBR", "United Kingdom of Great Britain & N. Ireland"),
        ("BOL", "Bolivia (Plurinational State of) - BOL"),
    ],
)
def test_a_name_that_is_misspelt_cut_short_or_formal_is_the_area_s(code: str, name: str) -> None:
    assert finder().of_row(code, name)[0] == finder()(code)[0]


@pytest.mark.parametrize("code", ["FRAWomen", "FRA (province)", "FRA/15-29", "FRA (H1)", "Lima", "FRAF", "♀ FRA"])
def test_what_is_no_code_beside_a_right_name_may_be_of_a_part(code: str) -> None:
    assert finder().of_row(code, "France")[0] is None
    for known, named in (("ROM", "Romania"), ("OWID_KOS", "Kosovo"), ("M49_W_ASIA", "Western Asia")):
        assert finder().of_row(known, named)[0]


@pytest.mark.parametrize("region", ["Scotland", "Puerto Rico", "Brazil"])
def test_a_region_that_is_an_area_makes_its_row_no_total(region: str) -> None:
    reading = read("x.xlsx", workbook([PORTAL_HEADINGS, portal_row(Region=region), portal_row(Year=2014)]))
    assert ([one.period for one in reading.observations], rules(reading)) == (["2014"], ["of-a-part"])


def test_a_source_of_a_part_is_said_of_each_line_of_its_territory() -> None:
    lines = [
        ["Africa", "Eastern Africa", "Burundi", "CJ", "15-29", "Rate", None, 1.5, 1.6],
        ["", "", "", "", "", "Count", None, 150, 160],
        ["", "", "Kenya", "CJ", "Police", "Rate", None, 1.5, 1.6],
        ["", "", "", "", "", "Count", None, 150, 160],
    ]
    reading = read("study.xlsx", study_2013(*lines))
    assert {one.area for one in reading.observations} == {"404"}
    assert rules(reading).count("of-a-part") == 4


@pytest.mark.parametrize("name", ["15", "18+", "2*"])
def test_numbers_where_a_territory_should_be_named_are_no_code(name: str) -> None:
    reading = read("study.xlsx", study_2013(
        ["Africa", "Eastern Africa", name, "CJ", "Police", "Rate", None, 1.5, 1.6],
        ["", "", "Kenya", "CJ", "Police", "Rate", None, 1.5, 1.6],
    ))  # fmt: skip
    assert {one.area for one in reading.observations} == {"404"}


@pytest.mark.parametrize("heading", ["95% CI", "Pages", "Survey year"])
def test_numbers_under_a_heading_of_intervals_and_pages_are_no_ages(heading: str) -> None:
    assert not {"of-a-part"} & {*rules(read("x.xlsx", with_notes(heading, "15-29", "15-29")))}
    assert "of-a-part" in rules(read("x.xlsx", with_notes("Note", "15-29", "")))


@pytest.mark.parametrize("comment", ["licence: women only", "licence: figures are in thousands"])
def test_what_our_own_layout_says_of_its_licence_is_judged(comment: str) -> None:
    text = f"# dataset: made\n# {comment}\narea,indicator,period,value\nBRA,homicide-count,2018,3\n"
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read("own.csv", text)
    assert not rules(read("own.csv", text.replace(comment, "publisher: Save the Children")))


@pytest.mark.parametrize("code", ["Women", "F", "Rural areas", "Ages 15-29", "First half", "ARM (women)"])
def test_a_code_that_is_of_a_part_is_of_no_state_beside_its_name(code: str) -> None:
    reading = read("x.xlsx", workbook([PORTAL_HEADINGS, portal_row(Iso3_code=code), portal_row(Year=2014)]))
    assert ([one.period for one in reading.observations], rules(reading)) == (["2014"], ["unknown-area"])
    file, table = TABLES["Our World in Data, homicide rate"]
    reading = read(f"{file}.csv", as_text([*table, ["France", code, "2019", "1.2"]]))
    assert "250" not in {one.area for one in reading.observations}
    file, table = TABLES["World Bank, indicators"]
    reading = read(f"{file}.csv", as_text([*table, ["Germany", code, *table[1][2:]]]))
    assert "276" not in {one.area for one in reading.observations}
