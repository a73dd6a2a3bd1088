"""Names with marks and codes beside them, codes that no list knows, labels beside codes, and notes of single rows.

What stands there and makes its row a part leaves the row out or is named; what is harmless costs no row.
"""

import pytest
from babel import Locale
from examples.layouts import TABLES, as_text, finder, read
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples, taken
from test_observations_every_column import keys, read_with

from comity.evidence.errors import BadInput
from comity.observations.reading import Reading
from comity.observations.words import qualifiers
from comity.tools.ship import gazetteer_of_tables

BY_COUNTRY, GOALS, LABELLED = "UNODC homicide by country, 2019-2021", "SDG Global Database", "Eurostat, with labels"
PORTAL, SERIES = "UNODC data portal", "UNODC series of one offence"
PROSPECTS = "World Population Prospects, populations"


def named(reading: Reading, text: str) -> bool:
    return any(text in one.value for one in reading.findings)


def country(code: str, name: str) -> Reading:
    return read_with(BY_COUNTRY, ("iso3_code", code), ("country", name))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *(("BRA", f"Brazil{behind}") for behind in ("1", " (1)(2)", " (see note 3)", " a/ b/", " [b]", "*", " (a)")),
        *(("BRA", f"Brazil{behind}") for behind in (" - BRA", " (076)", ", BR", ", national", " (whole)", ": total")),
        *(("BRA", f"{before}Brazil") for before in ("BRA: ", "[BRA] ", "🇧🇷 ")),
        *(
            ("IRN", "IR Iran"),
            ("IRN", "Iran (I.R.)"),
            ("VEN", "Venezuela, RB"),
            ("COD", "Congo DR"),
            ("SYR", "Syria AR"),
        ),
        *(("KOR", "Korea"), ("ARE", "Emirates"), ("FRA", "France entière"), ("XKX", "Kosovo*")),
        *(("BOL", "Bolivia (Plurinational State of)1"), ("BOL", "Bolivia (Plurinational State of) - BOL")),
        *(("DEU", "Germany (including former GDR from 1991)"), ("CHN", "China, P.R.: Mainland"), ("CAF", "C.A.R.")),
        *(
            ("MDV", "Malediven"),
            ("QAT", "Catar"),
            ("CPV", "الرأس الأخضر"),
            ("BRN", "文莱"),
            ("..", "Brazil"),
            ("n/a", "Brazil"),
        ),
    ],
)
def test_marks_codes_and_initials_beside_a_name_cost_no_row(code: str, name: str) -> None:
    reading = country(code, name)
    assert (len(reading.observations), reading.findings) == (2, [])


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *(("BRA", f"Brazil{behind}") for behind in ("_f", " *f", ", R", " (H)", " p", " (p)", " (u)", " 🇫🇷", " (FRA)")),
        *(
            ("FRA", f"France{behind}")
            for behind in (" 15-29", " 15+", " [15+]", " (15-29)", " <18", " 1/2", " ½", " 50%")
        ),
        *(("AFG", "Afghanistan城市"), ("ARG", "ArgentinaNW"), ("ARG", "Argentina15+"), ("ARG", "Argentina18")),
        *(("MYS", "Malaysia_f"), ("RUS", "Russia-f"), ("WSM", "Samoa w"), ("CHN", "China m"), ("IRL", "Ireland R")),
        *(("CAF", "Центрально-Африканская Республика femmes"), ("TLS", "West Timor"), ("KOR", "Korea, R")),
        *(("GBR", "United Kingdom (N.I.)"), ("GBR", "United Kingdom NI"), ("DEU", "W. Germany"), ("DEU", "Germany DR")),
        *(
            ("DEU", "Germany (former territory of the FRG)"),
            ("BIH", "Bosnia and Herzegovina, FBiH"),
            ("ARE", "United Arab Emirates (AD)"),
        ),
        *(("COD", "Congo, R."), ("PRK", "Korea, R."), ("BRA", "Brazil" + " " * 500 + "urban"), ("BRA1", "Brazil")),
        *(("BRA", "BRA: " * 1200 + "Brazil"), ("NLD", "Netherlands, A.")),
        *(
            ("ZAF", "South"),
            ("PRK", "North"),
            ("CAF", "Central"),
            ("CIV", "Coast"),
            ("MYS", "Malaya"),
            ("FSM", "States"),
        ),
        *(("DDDE", "Germany"), ("076_F", "Brazil"), ("1529", "France"), ("H1", "Brazil"), ("76001", "Brazil")),
    ],
)
def test_letters_and_words_that_may_be_of_a_part_leave_their_row_out(code: str, name: str) -> None:
    reading = country(code, name)
    assert not reading.observations
    assert all(one.rejected for one in reading.findings)


@pytest.mark.parametrize(
    "name", ["Burundi1", "Kenya (a)", "France (total)", "Brazil - BRA", "Bolivia (Plurinational State of) (BOL)"]
)
def test_a_name_without_a_code_may_bear_a_mark(name: str) -> None:
    assert len(read_with(SERIES, ("country", name)).observations) == 2


@pytest.mark.parametrize(
    "name", ["Burundi (u)", "Burundi (s)", "Great Britain1", "Scotland2 women", "Germany (E)", "Argentina15"]
)
def test_a_name_without_a_code_may_bear_no_letter_that_says_something(name: str) -> None:
    assert not read_with(SERIES, ("country", name)).observations


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ZAN", "United Republic of Tanzania"),
        ("SCO", "United Kingdom"),
        ("FRK", "France"),
        ("WLD", "Brazil"),
        ("75", "France"),
    ],
)
def test_a_code_that_is_of_no_area_is_named_beside_the_name_that_is_taken(code: str, name: str) -> None:
    for layout, headings in ((BY_COUNTRY, ("iso3_code", "country")), (PORTAL, ("Iso3_code", "Country"))):
        reading = read_with(layout, (headings[0], code), (headings[1], name))
        assert [(one.rule, one.severity, one.value) for one in reading.findings] == [
            ("unknown-code", "warning", f"{code}, {name}")
        ]


def test_codes_that_lists_give_to_regions_are_not_named() -> None:
    reading = read_with("Our World in Data, homicide rate", ("Entity", "Kosovo"), ("Code", "OWID_KOS"))
    assert (len(reading.observations), reading.findings) == (2, [])


@pytest.mark.parametrize(
    ("layout", "heading", "cell"),
    [
        *((LABELLED, "Entity", name) for name in ("Île-de-France", "Paris", "Germany", "Scotland")),
        *(
            (LABELLED, "Time frequency", "Quarterly"),
            (LABELLED, "Time", "January 2020"),
            (LABELLED, "Offence", "Robbery"),
        ),
        (LABELLED, "Unit of measure", "Per hundred thousand inhabitants"),
        *(("Eurostat, crime", "geo", "FR:Île-de-France"), ("Eurostat, crime", "freq", "A:Quarterly")),
        ("Eurostat, crime", "iccs", "ICCS0101:Robbery"),
        *((PROSPECTS, "ISO3_code", "BR-SP"), (PROSPECTS, "ISO3_code", "USA"), (PROSPECTS, "ISO2_code", "FR")),
        (PROSPECTS, "SDMX_code", "76001"),
    ],
)
def test_a_label_or_code_of_something_else_than_its_code_refuses_the_file(layout: str, heading: str, cell: str) -> None:
    with pytest.raises(BadInput, match=cell.split(":")[-1]):
        read_with(layout, (heading, cell))
    assert keys(read_with(layout, (heading, cell), everywhere=False)) == keys(read_with(layout))[1:]


@pytest.mark.parametrize(
    ("layout", "heading", "cell"),
    [
        *((LABELLED, "Unit of measure", "Percentage"), (LABELLED, "STRUCTURE_NAME", "Homicides recorded in Paris")),
        *((GOALS, "CUST_BREAKDOWN_LB", "Bavaria"), (GOALS, "SeriesDescription", "Victims of homicide, Nairobi")),
        *((PROSPECTS, "LocTypeName", "sub-national"), (PROSPECTS, "Notes", "Data refer to Zanzibar")),
        ("World Bank, indicators", "Notes", "Data refer to Zanzibar"),
    ],
)
def test_a_label_that_is_not_understood_is_named(layout: str, heading: str, cell: str) -> None:
    reading = read_with(layout, (heading, cell))
    assert keys(reading) == keys(read_with(layout))
    assert named(reading, cell)


@pytest.mark.parametrize(
    ("layout", "heading", "cell"),
    [
        *(("Eurostat, crime", "geo", "FR:FR"), ("Eurostat, crime", "unit", "NR:Nombre")),
        *((LABELLED, "Entity", "Frankreich"), (LABELLED, "Time", "2020"), (LABELLED, "Time frequency", "Annuelle")),
        *(("Eurostat, crime", "geo", "FR:France"), ("Eurostat, crime", "unit", "NR:Number")),
        *((PROSPECTS, "ISO3_code", "BRA"), (PROSPECTS, "SDMX_code", "76"), (PROSPECTS, "LocTypeName", "Country/Area")),
        *((GOALS, "[Location]", "All areas"), (GOALS, "Population group", "Total"), (GOALS, "[Cause]", "All")),
        (GOALS, "CUST_BREAKDOWN_LB", "No breakdown"),
    ],
)
def test_a_label_of_its_code_and_words_of_a_whole_say_nothing(layout: str, heading: str, cell: str) -> None:
    reading = read_with(layout, (heading, cell), everywhere=heading != "Time")
    assert keys(reading) == keys(read_with(layout))
    assert not named(reading, cell)


NOTES_OF_A_PART = (
    *("of which women", "of which: women", "dont femmes", "davon Frauen", "из них женщины", "其中女性"),
    *("all municipalities of Lima", "all provinces except Lima", "figures are not for the whole country"),
    *("p. 15-29 years", "tables 15-29 years", "Women's department victims", "Fem.", "муж.", "Sex=F", "wives"),
    *("infants", "5-year-olds", "pensioners", "Gun homicides", "tuées par balle", "枪杀", "tentado", "non consommé"),
    *("areas under the effective control of the Government", "60% of the population covered", "incomplete data"),
    *("ene-jun", "janv.-juin", "янв.-июнь", "01-06/2015", "1.1.-30.6.", "I sem. 2015", "1er trim.", "I кв. 2015"),
    *("半年", "half-yearly", "9-month data", "6 mths"),
)
HARMLESS_NOTES = (
    *("15 homicides, of which 3 women", "of which women: 12", "Values under 5 are suppressed", "excl. attempts"),
    *("attempts not included", "attempts excluded", "no attempts", "tentatives non comprises", "未遂除外"),
    *("за исключением покушений", "Ages 0 and over", "Age: 0-100+", "Q1-Q4", "All four quarters"),
    *("nationaux et étrangers", "граждане и иностранцы", "with or without firearms", "成人和未成年人"),
    *("Women in Statistics Division, provider", "National Firearms Agency", "Observatorio de Feminicidios"),
    *("Tourist Police", "Juvenile Courts", "Children and Youth Services", "Police métropolitaine", "CTS Q2.1"),
    *("Q3 of the questionnaire", "English only", "all 81 municipalities", "all municipalities of the country"),
    *("ene-dic", "jan-dez", "alter 15 records", "Semi-annual bulletin"),
)


@pytest.mark.parametrize("note", NOTES_OF_A_PART)
def test_a_note_of_a_part_leaves_its_row_out(note: str) -> None:
    assert qualifiers.restricts(note)


@pytest.mark.parametrize("note", HARMLESS_NOTES)
def test_a_harmless_note_leaves_its_row(note: str) -> None:
    assert not qualifiers.restricts(note)


@pytest.mark.parametrize(
    "note",
    [
        *(
            "Data refer to Zanzibar",
            "Homicides in England and Wales",
            "Data for Nairobi",
            "City of Buenos Aires",
            "Москва",
        ),
        *(
            "excludes the province of Cabo Delgado",
            "except Crimea",
            "hors Mayotte",
            "sauf Corse",
            "ohne Berlin",
            "除香港外",
        ),
        *("2/3 of the country", "14 regions of 24", "Police, H1", "June", "convicted cases"),
    ],
)
def test_a_note_that_may_be_of_a_part_is_named_and_keeps_its_row(note: str) -> None:
    reading = read_with(GOALS, ("FootNote", note))
    assert len(reading.observations) == 2
    assert [(one.rule, one.severity, one.value) for one in reading.findings] == [("row-note", "note", note)]


@pytest.mark.parametrize(
    "note",
    [
        *("National Statistical Office", "Ministry of Interior", "Break in series since 2010", "UN-CTS"),
        *("Data not comparable with previous years", "Note: data were updated on 6 October 2014", "9-May"),
    ],
)
def test_a_usual_note_is_not_named(note: str) -> None:
    assert not read_with(GOALS, ("FootNote", note)).findings


@pytest.mark.parametrize(
    "note",
    [
        *("including attempts", "attempts included", "y compris les tentatives", "with attempts", "incl. attempted"),
        *("einschließlich Versuche", "consommées et tentées", "包括未遂", "attempted and completed offences"),
    ],
)
def test_attempts_are_counted_with_an_offence_but_for_homicide(note: str) -> None:
    """ICCS: attempts are classified with the completed offence; homicide has a category of its own for them (0102)."""
    assert len(read_with(PORTAL, ("Source", note)).observations) == 2
    with pytest.raises(BadInput, match="say of every row that it is of a part"):
        read_with(BY_COUNTRY, ("source", note))


@pytest.mark.parametrize(
    ("code", "label"),
    [
        *(
            ("DE", "Deutschland (bis 1990 früheres Gebiet der BRD)"),
            ("CZ", "Tschechische Republik"),
            ("UKM", "Scotland"),
        ),
        *(("DE", "Allemagne (jusqu'en 1990, ancien territoire de la RFA)"), ("UKN", "Northern Ireland (UK)")),
        ("XK", "Kosovo (gemäß der Resolution 1244/99 des Sicherheitsrates der Vereinten Nationen)"),
        ("XK", "Kosovo (selon la résolution 1244/99 du Conseil de Sécurité des Nations Unies)"),
    ],
)
def test_eurostat_s_own_labels_of_areas_say_nothing(code: str, label: str) -> None:
    reading = read_with(LABELLED, ("geo", code), ("Entity", label))
    assert (len(reading.observations), reading.findings) == (2, [])


@pytest.mark.parametrize(("area", "rows"), [("Germany", 2), ("Paris", 0)])
def test_labels_in_columns_of_their_own_are_held_against_the_codes_of_the_goals(area: str, rows: int) -> None:
    head = (
        "DATAFLOW,FREQ,Frequency,SERIES,REF_AREA,Reference area,SEX,Sex,AGE,TIME_PERIOD,Time period,OBS_VALUE,"
        "Observation value,UNIT_MEASURE\n"
    )
    flow = "IAEG-SDGs:DF_SDG_GLH(1.24)"
    row = f"{flow},A,Annual,VC_IHR_PSRC,276,{area},_T,Both sexes,_T,2015,2015,1.17,,PER_100000_POP\n"
    other = f"{flow},A,Annual,VC_IHR_PSRC,276,Germany,_T,Both sexes,_T,2016,2016,1.2,,PER_100000_POP\n"
    reading = read("sdg.csv", (head + row + other).encode())
    assert [one.breakdown for one in reading.observations] == ["_T"] * (1 + rows // 2)


@pytest.mark.parametrize(
    "note",
    ["Statistics Norway, Oslo", "Ministerio del Interior, Madrid", "Year ending March 2016", "since 1 January 2013"],
)
def test_the_seat_of_an_institution_and_a_date_are_not_named(note: str) -> None:
    assert not read_with(GOALS, ("FootNote", note)).findings


@pytest.mark.parametrize("sign", ["♀", "👩"])
def test_a_title_that_is_a_sign_alone_says_something(sign: str) -> None:
    file, table = TABLES[PORTAL]
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read(f"{file}.csv", as_text(table, sign))


def test_a_row_with_an_area_and_nothing_else_may_head_those_below_it() -> None:
    text = "region,sub_region,country,year,count\n,,Scotland,,\nEurope,Northern Europe,United Kingdom,2008,4009\n"
    assert named(read("robbery.2019.csv", text.encode()), "Scotland")


@settings(max_examples=examples(20))
@given(
    word=st.text(st.sampled_from("abcdefgäéшقي女 "), min_size=4, max_size=12)
    .map(str.strip)
    .filter(lambda word: len(word) > 3)
)
def test_whatever_stands_beside_a_code_is_named_or_refused(word: str) -> None:
    for heading in ("Entity", "Offence", "Time frequency", "Time"):
        try:
            assert named(read_with(LABELLED, (heading, word)), word)
        except BadInput as refused:
            assert word in str(refused)


STATES = [(state.iso3 or "", gazetteer_of_tables().label(state.code)) for state in gazetteer_of_tables().members()]


@pytest.mark.parametrize(
    "tail",
    [
        *(
            " 15-29",
            " (15+)",
            "15+",
            "18",
            " <18",
            " women",
            " femmes",
            " F",
            " (f)",
            " [f]",
            "_f",
            "F",
            " w",
            " urban",
        ),
        *(
            " (R)",
            " R",
            " S",
            " H1",
            " Q2",
            " 1/2",
            " city",
            " - capital",
            " (partial)",
            " p",
            " e",
            "城市",
            "NW",
            "жен",
        ),
    ],
)
def test_no_state_is_taken_by_a_name_that_says_more(tail: str) -> None:
    taken_all_the_same = [
        name for code, name in STATES if taken(tail, code) and finder().of_row(code, f"{name}{tail}")[0]
    ]
    assert not taken_all_the_same


@pytest.mark.parametrize("tail", ["1", " (1)", "*", " [a]", " (%s)", " - %s", ", total", " (national)"])
def test_every_state_is_taken_by_its_name_with_what_says_nothing(tail: str) -> None:
    for code, name in STATES:
        if taken(tail, code):
            written = name + (tail % code if "%s" in tail else tail)
            assert finder().of_row(code, written)[0] == finder().named(written)[0] == finder()(code)[0]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh", "de", "pt", "it", "nl", "pl", "el"])
def test_every_state_is_taken_by_its_name_in_the_languages_that_people_write(language: str) -> None:
    """The names of the Unicode Common Locale Data Repository."""
    names = Locale(language).territories
    states = [state for state in gazetteer_of_tables().members() if taken(language, state.code)]
    assert [names[one.iso2] for one in states if finder().of_row(one.iso3 or "", names[one.iso2])[0] != one.code] == []
