"""Words in headings and in names of indicators that say that a value is a part: it never stands as the total."""

from pathlib import Path

import pytest
from examples.layouts import read, rules

from comity.evidence.errors import BadInput
from comity.observations.layouts import layouts
from comity.observations.layouts.owid import ValueMeaning, parse_heading
from comity.observations.layouts.study_2019 import parse_indicator

RATE = "Homicide rate per 100,000 population"


def table(*headings: str, rows: tuple[str, ...] = ("Brazil,BRA,2019,3.6",)) -> str:
    return "\n".join(["Entity,Code,Year," + ",".join(f'"{one}"' for one in headings), *rows]) + "\n"


@pytest.mark.parametrize(
    ("heading", "sex", "age", "breakdown"),
    [
        (RATE, "_T", "_T", "_T"),
        (f"{RATE} - Both sexes - All ages", "_T", "_T", "_T"),
        (f"{RATE} - sex: Total - age: Total", "_T", "_T", "_T"),
        (f"{RATE} - Sex: Total - Age: Total", "_T", "_T", "_T"),
        (f"{RATE} - sex: Female - age: Total", "F", "_T", "_T"),
        (f"{RATE} - Male - All ages", "M", "_T", "_T"),
        (f"{RATE} - Sex: Total - Age: 15-29", "_T", "Y15T29", "_T"),
        (f"{RATE} – Female – 60 and older", "F", "Y_GE60", "_T"),
        (f"{RATE} - firearms", "_T", "_T", "mechanism:firearms"),
        (f"{RATE} - by sharp objects - Male", "M", "_T", "mechanism:sharp-objects"),
        (
            f"{RATE} - Intimate partner or family member - Female - All ages",
            "F", "_T", "relationship-to-perpetrator:intimate-partner-or-family-member",
        ),
        (
            "value__category_total__sex_female__age_total__unit_of_measurement_rate_per_100_000_population",
            "F", "_T", "_T",
        ),
    ],
)  # fmt: skip
def test_a_heading_says_of_whom_its_rates_are(heading: str, sex: str, age: str, breakdown: str) -> None:
    said = ValueMeaning("homicide-rate", "per 100,000 population", sex, age, breakdown)
    assert parse_heading(heading) == said
    (one,) = read("x.csv", table(heading)).observations
    assert (one.indicator, one.sex, one.age, one.breakdown, one.value) == ("homicide-rate", sex, age, breakdown, 3.6)


@pytest.mark.parametrize(
    "heading",
    [
        f"{RATE} - Eisner",
        f"{RATE} - sex: Female - sex: Male",
        f"{RATE} (attempted)",
        f"{RATE} - attempted",
        f"{RATE} - organized crime",
        f"{RATE} - largest city",
        "Homicide rate per 1,000 population",
        "Attempted homicide rate per 100,000 population",
        "Deaths from homicide per 100,000 people",
        "value__category_total__sex_total__age_total__unit_of_measurement_rate_per_1_000_population",
        "value__category_total__city_lima__unit_of_measurement_counts",
        "value__sex_total",
    ],
)
def test_a_heading_with_words_that_are_not_known_refuses_the_file_by_name(heading: str) -> None:
    with pytest.raises(BadInput) as caught:
        read("x.csv", table(heading))
    (fault,) = caught.value.faults
    assert (fault.place, fault.value) == (f"1:{heading}", heading)
    with pytest.raises(BadInput):
        read("x.csv", table(RATE, heading, rows=("Brazil,BRA,2019,20.1,3.6",)))


def test_several_columns_are_read_each_cell_a_row() -> None:
    text = table(
        RATE, f"{RATE} - sex: Female", "Number of homicides", rows=("Brazil,BRA,2019,20.1,,45000", "X,,2019,1,2,3")
    )
    reading = read("x.csv", text)
    assert reading.rows == 5
    assert [(one.indicator, one.sex, one.unit, one.value) for one in reading.observations] == [
        ("homicide-rate", "_T", "per 100,000 population", 20.1),
        ("homicide-count", "_T", "victims", 45000),
    ]
    assert [(one.rule, one.rows) for one in reading.findings] == [("unknown-area", 3)]


def test_two_columns_that_say_the_same_are_refused() -> None:
    with pytest.raises(BadInput, match="one column that says this"):
        read("x.csv", table(RATE, f"{RATE} - Both sexes", rows=("Brazil,BRA,2019,1,2",)))


def test_numbers_of_homicides_alone_are_another_data_set() -> None:
    assert read("x.csv", table(RATE)).description.dataset == "homicide-rate-owid"
    assert (
        read("x.csv", table("Number of homicides", rows=("Brazil,BRA,2019,3",))).description.dataset
        == "homicide-count-owid"
    )


def test_the_original_year_is_the_year_of_a_chart_s_values() -> None:
    text = table(RATE, f"{RATE} (Original Year)", rows=("Brazil,BRA,2024,20.1,2019", "France,FRA,2024,1.1,then"))
    reading = read("x.csv", text)
    assert [(one.period, one.value) for one in reading.observations] == [("2019", 20.1)]
    assert [(found.rule, found.place) for found in reading.findings] == [
        ("impossible-year", f"3:{RATE} (Original Year)")
    ]


@pytest.mark.parametrize("blank", ["", " ", "NA"])
def test_a_value_without_an_original_year_is_of_the_year_of_its_row(blank: str) -> None:
    text = table(
        RATE, f"{RATE} (Original Year)", rows=("Afghanistan,AFG,2024,4.03,2021", f"Albania,ALB,2024,1.76,{blank}")
    )
    reading = read("x.csv", text)
    assert [(one.area, one.period) for one in reading.observations] == [("004", "2021"), ("008", "2024")]
    assert not reading.findings


def test_the_mark_of_r_for_a_missing_code_is_not_namibia() -> None:
    reading = read("x.csv", table(RATE, rows=("Africa,NA,2016,12.5", "Namibia,NAM,2016,17", "Nowhere,NA,2016,1")))
    assert [(one.area, one.value) for one in reading.observations] == [("002", 12.5), ("516", 17)]
    assert [(found.rule, found.value) for found in reading.findings] == [("unknown-area", "Nowhere")]


@pytest.mark.parametrize(
    ("code", "name"), [("BLR", "Brazil"), ("USA", "Georgia"), ("AU", "Austria"), ("GM", "Germany")]
)
def test_a_row_whose_code_and_name_are_of_two_areas_is_left_out(code: str, name: str) -> None:
    reading = read("x.csv", table(RATE, rows=(f"{name},{code},2018,27", "France,FRA,2018,1")))
    assert [one.area for one in reading.observations] == ["250"]
    assert [(found.rule, found.place) for found in reading.findings] == [("unknown-area", "2:Entity")]
    assert reading.disagreeing == 1


@pytest.mark.parametrize(("heading", "cell"), [("Sex", "Female"), ("Age", "15-29"), ("Cause", "Firearm")])
def test_a_column_that_divides_the_rows_refuses_the_table_unless_it_holds_totals(heading: str, cell: str) -> None:
    text = f'Entity,Code,Year,{heading},"{RATE}"\nBrazil,BRA,2019,%s,3.5\n'
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes and labels that") as caught:
        read("x.csv", text % cell)
    assert caught.value.faults[0].place == f"1:{heading}"
    reading = read("x.csv", text % "Total")
    assert (rules(reading), [one.value for one in reading.observations]) == (["extra-column"], [3.5])


@pytest.mark.parametrize(
    ("heading", "cell", "refused"),
    [
        ("Status", "Final", False),
        ("Data status", "official", False),
        ("Status", "Provisional", True),
        ("Type", "Country", False),
        ("Type", "Attempts", True),
        ("Unit", "Rate per 100,000 population", False),
        ("Unit", "per 100 000 inhabitants", False),
        ("Unit", "per 1,000", True),
        ("Unit", "persons", True),
        ("Unit text", "Rate per 100,000 women", True),
        ("Multiplier", "1", False),
        ("Multiplier", "0", False),
        ("UNIT_MULT", "0", False),
        ("Multiplier", "1000", True),
        ("Scale", "units", False),
        ("Scale", "thousands", True),
        ("Income group", "Upper middle income", False),
        ("Income", "Lowest fifth", True),
        ("Crime", "Intentional homicide", False),
        ("Crime", "Robbery", True),
        ("Month of update", "May 2024", False),
        ("Month", "May", True),
        ("Coverage", "National", False),
        ("Coverage", "England only", True),
        ("Sexe", "1", True),
        ("Sex ratio", "1.02", False),
        ("Geschlecht", "w", True),
        ("Genre", "F", True),
        ("Пол", "ж", True),
        ("النوع", "إناث", True),
        ("年龄", "成年人", True),
        ("Group", "F", True),
        ("Flag", "F", True),
        ("OBS_STATUS", "P", True),
        ("Kön", "Kvinnor", True),
        ("性別", "女性", True),
        ("Waffe", "Schusswaffe", True),
        ("Оружие", "огнестрельное", True),
        ("Motive", "gang-related", True),
        ("Estado", "São Paulo", True),
        ("Region", "Rio de Janeiro", True),
        ("Population", "Roma", True),
        ("Police force", "Guardia Civil", True),
        ("Reference period", "1 January - 30 June", True),
        ("Semestre", "1", True),
        ("Trimestre", "T1", True),
        ("Multiplicador", "1000", True),
        ("Примечание", "только женщины", True),
        ("Region", "Latin America & Caribbean", False),
        ("Continent", "Europe", False),
        ("ISO2", "BR", True),
        ("Country of citizenship", "Morocco", True),
        ("Sex code", "2", True),
        ("ICCS code", "0102", True),
        ("Cod. provincia", "28", True),
        ("Exponent", "3", True),
        ("Factor of ours", "1000000", True),
        ("Until", "2012-06-30", True),
        ("Age range", "15-29", True),
        ("Description", "Infanticide", True),
        ("Notes", "Provisional figures", True),
        ("Notes", "January to June", True),
        ("Notes", "Excludes attempted homicide", False),
        ("Unit", "deaths per 100,000 people", False),
        ("Région", "Europe", False),
        ("Lending", "IBRD", False),
        ("Rank", "17", False),
        ("Link", "https://example.org/rates", False),
    ],
)
def test_a_constant_column_refuses_the_table_where_it_says_more_than_is_known(
    heading: str, cell: str, refused: bool
) -> None:
    text = f'Entity,Code,Year,{heading},"{RATE}"\nBrazil,BRA,2019,"{cell}",3.5\nFrance,FRA,2019,"{cell}",1.2\n'
    if refused:
        with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes and labels that"):
            read("x.csv", text)
    else:
        assert rules(read("x.csv", text)) == ["extra-column"]


PARTS = ["Women", "Female victims", "15-29 years", "Urban areas", "foreign citizens", "Attempted", "إناث", "Under 18"]


@pytest.mark.parametrize("heading", ["Group", "Series", "Setting", "المجموعة"])
@pytest.mark.parametrize("cell", PARTS)
def test_a_cell_that_means_a_part_divides_the_rows_whatever_its_heading(heading: str, cell: str) -> None:
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes and labels that"):
        read("x.csv", f'Entity,Code,Year,{heading},"{RATE}"\nBrazil,BRA,2019,{cell},3.5\n')


@pytest.mark.parametrize(
    ("heading", "cell", "refused"),
    [
        ("Data source type", "Women", True),
        ("Note", "see 1-3", False),
        ("Source", "police; women and men", False),
        ("Group", "men and women", False),
        ("Notes", "female victims only", True),
        ("Comment", "includes attempted homicide", True),
        ("Note", "in towns; for the whole, see the report", True),
        ("Note", "10-12", True),
        ("95% CI", "40-60", False),
        ("Pages", "10-12", False),
    ],
)
def test_a_note_divides_the_rows_only_where_it_names_a_part(heading: str, cell: str, refused: bool) -> None:
    text = f'Entity,Code,Year,{heading},"{RATE}"\nBrazil,BRA,2019,"{cell}",3.5\n'
    if refused:
        with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes and labels that"):
            read("x.csv", text)
    else:
        assert [one.value for one in read("x.csv", text).observations] == [3.5]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BRA", "São Paulo"),
        ("BRA", "Brazil (São Paulo)"),
        ("USA", "California, USA"),
        ("BR-SP", "Brazil"),
        ("GBR", "Scotland"),
        ("USA", "Puerto Rico"),
        ("DE1", "Germany"),
        ("TUN", "Tunis"),
        ("DZA", "Alger"),
        ("GBR", "England"),
        ("MEX", "Ciudad de México"),
        ("ITA", "Italy - police"),
        ("RUS", "Москва"),
        ("BRA", "Brasília"),
        ("COD", "Kinshasa"),
        ("CHN", "北京"),
        ("EGY", "القاهرة"),
        ("JPN", "東京"),
        ("KOR", "서울"),
    ],
)
def test_a_row_of_a_part_is_never_taken_for_its_state(code: str, name: str) -> None:
    reading = read("x.csv", table(RATE, rows=(f'"{name}",{code},2018,27', "France,FRA,2018,1")))
    assert [one.area for one in reading.observations] == ["250"]
    assert rules(reading) == ["unknown-area"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KOR", "Korea"),
        ("BRA", "Brasil"),
        ("TUR", "Türkye"),
        ("OWID_KOS", "Kosovo"),
        ("USA", "США"),
        ("GBR", "英国"),
        ("JPN", "日本"),
        ("GRC", "Ελλάδα"),
        ("FSM", "Micronesia"),
        ("DEU", "Deutschland"),
        ("AUT", "Österreich"),
        ("POL", "Polska"),
        ("CIV", "Costa do Marfim"),
        ("CIV", "Costa de Marfil"),
        ("USA", "EE. UU."),
        ("COD", "RDC"),
        ("DOM", "Rep. Dominicana"),
        ("CHN", "Mainland China"),
        ("ITA", "Italy, total"),
        ("ITA", "Italy (total)"),
    ],
)
def test_a_name_that_is_cut_short_or_misspelt_beside_its_code_is_believed(code: str, name: str) -> None:
    assert rules(read("x.csv", table(RATE, rows=(f'"{name}",{code},2018,27',)))) == []


@pytest.mark.parametrize("heading", ["ISO2", "Страна", "M49 code", "Pays"])
def test_a_column_that_names_the_area_of_its_row_divides_nothing_whatever_its_heading(heading: str) -> None:
    rows = "Brazil,BRA,2019,{},3.5\nFrance,FRA,2019,{},1.2\n"
    text = f'Entity,Code,Year,{heading},"{RATE}"\n' + rows
    for first, second in (("BR", "FR"), ("076", "250"), ("Бразилия", "Франция")):
        assert rules(read("x.csv", text.format(first, second))) == ["extra-column"]
    with pytest.raises(BadInput, match="no column"):
        read("x.csv", text.format("FR", "BR"))


def test_a_second_column_of_the_areas_divides_nothing() -> None:
    rows = "Brazil,BRA,2019,{},3.5\nFrance,FRA,2019,{},1.2\n"
    text = f'Entity,Code,Year,Location,"{RATE}"\n' + rows
    for first, second in (("Brazil", "France"), ("BRA", "FRA")):
        reading = read("x.csv", text.format(first, second))
        assert (rules(reading), len(reading.observations)) == (["extra-column"], 2)
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes and labels that"):
        read("x.csv", text.format("Brazil", "Paris"))


@pytest.mark.parametrize("value", ["1000", "20100"])
def test_a_rate_that_no_country_can_have_rejects_its_row(value: str) -> None:
    reading = read("x.csv", table(RATE, rows=(f"Brazil,BRA,2019,{value}",)))
    assert rules(reading) == ["impossible-rate"]


def test_a_decimal_comma_of_the_column_is_read() -> None:
    text = f"Entity;Code;Year;{RATE}\nBrazil;BRA;2019;20,1\nFrance;FRA;2019;1,123\n"
    assert [one.value for one in read("x.csv", text).observations] == [20.1, 1.123]


@pytest.mark.parametrize(
    ("text", "sex", "breakdown"),
    [
        (
            "Intimate Partner/Family Member Homicide",
            "_T",
            "relationship-to-perpetrator:intimate-partner-or-family-member",
        ),
        ("IPFM Male Victims", "M", "relationship-to-perpetrator:intimate-partner-or-family-member"),
        ("IPFM Female Victims", "F", "relationship-to-perpetrator:intimate-partner-or-family-member"),
        ("Intimate Partner Homicide", "_T", "relationship-to-perpetrator:intimate-partner"),
        ("IP Male Victims", "M", "relationship-to-perpetrator:intimate-partner"),
        ("IP Female Victims", "F", "relationship-to-perpetrator:intimate-partner"),
        (
            "Female Intimate Partner Homicide Rate per 100,000 population",
            "F",
            "relationship-to-perpetrator:intimate-partner",
        ),
        ("Male Homicide Victims", "M", "_T"),
        ("Homicide by organised crime", "_T", "words:organised-crime"),
        ("Gang Homicide Rate", "_T", "words:gang"),
    ],
)
def test_the_relationship_to_who_killed_is_a_part(text: str, sex: str, breakdown: str) -> None:
    said = parse_indicator(text)
    assert (said.sex, said.breakdown) == (sex, breakdown)


def wide(*lines: str, headings: str = "Country,Region,Indicator,2010,2011,2012") -> str:
    return "\n".join([headings, *lines]) + "\n"


COMPANION = wide(
    "Albania,Europe,Intimate Partner/Family Member Homicide,20,28,28",
    "Albania,Europe,IPFM Female Victims,15,16,",
    "Albania,Europe,IP Male Victims,,2,1",
)


def test_victims_of_intimate_partners_and_family_are_a_data_set_of_their_own_and_never_the_total() -> None:
    reading = read("companion.csv", COMPANION)
    assert (reading.rows, len(reading.observations), rules(reading)) == (7, 7, [])
    assert {one.indicator for one in reading.observations} == {"homicide-count"}
    assert all(one.breakdown.startswith("relationship-to-perpetrator:intimate-partner") for one in reading.observations)
    assert reading.description.dataset == "homicide-by-relationship"
    with_totals = COMPANION + "Albania,Europe,Homicide Total Count,127,142,140\n"
    assert read("companion.csv", with_totals).description.dataset == "homicide"


@pytest.mark.parametrize(
    "indicator",
    [
        "Attempted Homicide Count",
        "Homicide attempts",
        "Homicide Rate per 1,000 population",
        "Homicide Rate per million",
        "Non-intentional homicide",
        "Suicides",
        "Total population",
        "Homicide Count (thousands)",
        "Homicide Count ('000)",
        "Homicides in percent",
        "Homicide Rate of Journalists",
        "Homicide Rate in Prisons",
        "Homicide Suspects",
        "Homicide Offences",
        "Persons arrested for homicide",
        "Prison Count",
    ],
)
def test_what_counts_something_else_rejects_its_values(indicator: str) -> None:
    reading = read("x.csv", wide("Brazil,Americas,Homicide Rate,1,2,3", f'Brazil,Americas,"{indicator}",1,,3'))
    assert (rules(reading), len(reading.observations)) == (["unknown-indicator"] * 2, 3)


@pytest.mark.parametrize("indicator", ["Total Prison Population", "Rate per 100,000 prisoners"])
def test_a_table_of_a_population_of_its_own_is_refused_since_its_other_lines_are_of_it_too(indicator: str) -> None:
    text = wide("Brazil,Americas,Intentional Homicide,163,346,194", f'Brazil,Americas,"{indicator}",1,2,3')
    with pytest.raises(BadInput, match="population of its own") as caught:
        read("Homicide in Prisons.csv", text)
    (fault,) = caught.value.faults
    assert (fault.place, fault.value) == ("3:Indicator", indicator)


@pytest.mark.parametrize(
    ("indicator", "breakdown"),
    [
        ("Homicide in Prisons", "words:in-prisons"),
        ("Homicides of Journalists", "words:journalists"),
        ("Domestic Homicide Rate", "words:domestic"),
        ("Rate: Domestic Homicide", "words:domestic"),
    ],
)
def test_a_part_that_a_line_names_beside_its_subject_is_kept_with_a_warning(indicator: str, breakdown: str) -> None:
    reading = read("x.csv", wide(f"Brazil,Americas,{indicator},1,2,3"))
    assert {one.breakdown for one in reading.observations} == {breakdown}
    assert [(found.rule, found.severity) for found in reading.findings] == [("unknown-term", "warning")]


def test_a_table_of_two_years_is_read() -> None:
    text = "Country,Region,Subregion,Indicator,2016,2017\nAlbania,Europe,Southern Europe,Homicide Total Count,19,23\n"
    assert [(one.period, one.value) for one in read("x.csv", text).observations] == [("2016", 19), ("2017", 23)]


def test_a_column_that_divides_the_lines_of_the_study_refuses_it() -> None:
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes and labels that"):
        read(
            "x.csv",
            wide("Brazil,Americas,Female,Homicide Count,1,2,3", headings="Country,Region,Sex,Indicator,2010,2011,2012"),
        )


def test_figures_of_cities_are_refused_unless_a_column_names_the_city() -> None:
    with pytest.raises(BadInput, match="City"):
        read("x.csv", wide("Brazil,Americas,Homicide Count in the largest city,1,2,3"))
    with pytest.raises(BadInput, match="Municipality"):
        read("x.csv", wide("Brazil,Americas,Recife,Homicide Count,1,2,3",
                           headings="Country,Region,Municipality,Indicator,2010,2011,2012"))  # fmt: skip
    reading = read("x.csv", wide("Brazil,Americas,Recife,Homicide Count,1,2,3", "Brazil,Americas,,Homicide Count,4,5,6",
                                 headings="Country,Region,City,Indicator,2010,2011,2012"))  # fmt: skip
    assert [one.breakdown for one in reading.observations] == ["city:recife"] * 3 + ["_T"] * 3


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "sexes", "count"),
    [("homicide-rate-women.csv", {"F"}, 2), ("na-from-r.csv", {"_T"}, 2), ("homicide-rate-2000-2023.csv", {"_T"}, 4)],
)
def test_the_hard_cases_of_headings(shared: Path, name: str, sexes: set[str], count: int) -> None:
    reading = read(name, (shared / "hard-cases" / name).read_bytes())
    assert ({one.sex for one in reading.observations}, len(reading.observations)) == (sexes, count)
    if name.startswith("na-"):
        assert [one.status for one in reading.observations] == ["O", "A"]


@pytest.mark.shared
def test_the_companion_of_the_study_of_2019_holds_no_total(shared: Path) -> None:
    name = "ipfm-companion.2019-07-08.csv"
    reading = read(name, (shared / "hard-cases" / name).read_bytes())
    assert (len(reading.observations), reading.findings) == (43, [])
    assert reading.description.dataset == "homicide-by-relationship"
    assert {one.breakdown for one in reading.observations} == {
        "relationship-to-perpetrator:intimate-partner-or-family-member", "relationship-to-perpetrator:intimate-partner",
    }  # fmt: skip


@pytest.mark.parametrize("text", [table(RATE), table("Deaths from homicide"), COMPANION])
def test_a_file_is_of_one_layout_alone(text: str) -> None:
    assert len([layout.name for layout in layouts() if layout.recognises("x.csv", text.encode())]) == 1


def test_a_city_that_r_marks_as_missing_is_none() -> None:
    text = wide("Brazil,Americas,NA,Homicide Count,1,2,3", headings="Country,Region,City,Indicator,2010,2011,2012")
    assert {one.breakdown for one in read("x.csv", text).observations} == {"_T"}
