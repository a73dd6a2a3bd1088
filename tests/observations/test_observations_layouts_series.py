import pytest
from examples.layouts import finder, layout_of, read, rules, series

from comity.evidence.errors import BadInput
from comity.observations.layouts.unodc_series_2019 import offence_of

BURUNDI = ["Africa", "Eastern Africa", "Burundi", "2008", 4009, 46.5]


def test_counts_and_rates_are_rows_of_the_offence_that_the_file_is_named_for() -> None:
    reading = read("serious-assault.2019.xlsx", series(BURUNDI, ["Europe", None, "France", 2010, 231909.06, None]))
    assert [(one.area, one.indicator, one.iccs, one.value, one.place) for one in reading.observations] == [
        ("108", "recorded-offences-count", "020111", 4009, "Sheet2!E2"),
        ("108", "recorded-offences-rate", "020111", 46.5, "Sheet2!F2"),
        ("250", "recorded-offences-count", "020111", 231909.06, "Sheet2!E3"),
    ]
    assert (rules(reading), reading.description.dataset) == (["subject-by-name", "fractional-count"], "serious-assault")


def test_rates_that_are_the_count_by_100_000_are_all_rejected() -> None:
    rows = [["Africa", None, "Kenya", "2004", 7967, 0.07967], ["Africa", None, "Kenya", "2005", 6936, 0.06936]]
    reading = read("data.xlsx", series(*rows), "robbery")
    (found,) = reading.findings
    assert (found.rule, found.severity, found.place, found.rejected) == ("not-a-rate", "error", "Sheet2!F2", True)
    assert (found.rows, reading.rejected, reading.rows) == (2, 2, 4)
    assert found.message.endswith("so it is in 2 rows")
    assert [one.value for one in reading.observations] == [7967, 6936]
    assert reading.description.dataset == "robbery"


def test_one_true_rate_lets_the_rates_of_a_file_stand() -> None:
    rows = [["Africa", None, "Kenya", "2004", 7967, 0.07967], BURUNDI]
    assert not rules(read("data.xlsx", series(*rows), "robbery"))


def test_the_offence_is_told_by_code_or_words_where_the_name_does_not() -> None:
    assert [offence_of("x.xlsx", said).code for said in ("0401", "Robbery", "kidnapping", "020111")] == [
        "0401", "0401", "020221", "020111",
    ]  # fmt: skip
    assert offence_of("folder/data_cts_kidnapping 2019.xlsx", "").code == "020221"


@pytest.mark.parametrize(
    ("name", "subject"), [("table.xlsx", ""), ("vehicle-theft.xlsx", ""), ("robbery.xlsx", "9999")]
)
def test_an_offence_that_nothing_tells_is_asked_for(name: str, subject: str) -> None:
    with pytest.raises(BadInput, match="--subject"):
        read(name, series(BURUNDI), subject)


def test_names_that_are_turned_are_found() -> None:
    row = ["Asia", None, "Hong Kong Special Administrative Region of China", "2008", 5, 1]
    assert [one.area for one in read("robbery.xlsx", series(row)).observations] == ["344", "344"]


def test_a_column_headed_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="one column headed “count”"):
        read(
            "robbery.xlsx", series([*BURUNDI, 3], headings=("region", "x", "country", "year", "count", "rate", "COUNT"))
        )


OWID = """Entity,Code,Year,"Homicide rate per 100,000 population",World region according to OWID
Afghanistan,AFG,2009,4.05955,Asia
World,OWID_WRL,2010,6.9,
Micronesia (UN),,2010,2.5,
Kosovo,OWID_KOS,2011,2.1,Europe
Atlantis,OWID_ATL,2011,2.1,Europe
England and Wales,,1013,1.1,Europe
"""


def test_rates_of_our_world_in_data_are_of_states_areas_and_regions() -> None:
    reading = read("homicide-rate.owid.2025.csv", OWID)
    assert [(one.area, one.value, one.place) for one in reading.observations] == [
        ("004", 4.05955, "2:Homicide rate per 100,000 population"),
        ("001", 6.9, "3:Homicide rate per 100,000 population"),
        ("057", 2.5, "4:Homicide rate per 100,000 population"),
        ("XKX", 2.1, "5:Homicide rate per 100,000 population"),
    ]
    assert [(found.rule, found.place) for found in reading.findings] == [
        ("unknown-area", "6:Entity"),
        ("impossible-year", "7:Year"),
    ]
    assert {(one.indicator, one.iccs, one.unit) for one in reading.observations} == {
        ("homicide-rate", "0101", "per 100,000 population")
    }
    assert reading.description.dataset == "homicide-rate-owid"


TOTALS = """Country Name,Country Code,Year,Value
Aruba,ABW,1960,54922
Arab World,ARB,1960,93359407
Sub-Saharan Africa,SSF,1960,1
Latin America & the Caribbean,LCN,1960,1
European Union,EUU,1960,1
World,WLD,1960,3021529000
Channel Islands,CHI,1960,109186
"""


def test_the_marks_of_programs_for_a_missing_value_are_missing_and_the_word_of_people_is_not() -> None:
    cells = ("NA", "N/A", "#N/A", "n/a", "na")
    rows = "".join(f"Brazil,BRA,{2001 + index},{cell}\n" for index, cell in enumerate(cells))
    reading = read("a.csv", 'Entity,Code,Year,"Homicide rate per 100,000 population"\n' + rows)
    assert [(one.value, one.status) for one in reading.observations] == [(None, status) for status in "OOOMM"]


def test_groups_of_the_world_bank_are_never_taken_for_regions() -> None:
    reading = read("totals.2026-03.csv", TOTALS)
    assert [(one.area, one.indicator, one.unit, one.value) for one in reading.observations] == [
        ("533", "population", "persons", 54922),
        ("001", "population", "persons", 3021529000),
        ("830", "population", "persons", 109186),
    ]
    (found,) = reading.findings
    assert (found.rule, found.severity, found.place, found.rows) == ("aggregate", "note", "3:Country Code", 4)
    assert reading.description.published is None


AGES = """country_code\tname\tage\t1950\t1955
900\tWorld\t0-4\t166076.751\t199235.716
947\tSub-Saharan Africa\t0-4\t1\t2
4\tAfghanistan\t5-9\t0.017\t
4\tAfghanistan\t100+\t3\tx
4\tAfghanistan\told\t\t3
"""


def test_thousands_by_age_become_persons_with_the_text_as_it_stands() -> None:
    reading = read("ages.tsv", AGES, "female")
    assert [
        (one.area, one.sex, one.age, one.period, one.value, one.text, one.place) for one in reading.observations
    ] == [
        ("001", "F", "Y_LT5", "1950", 166076751, "166076.751", "2:1950"),
        ("001", "F", "Y_LT5", "1955", 199235716, "199235.716", "2:1955"),
        ("004", "F", "Y5T9", "1950", 17, "0.017", "4:1950"),
        ("004", "F", "Y_GE100", "1950", 3000, "3", "5:1950"),
    ]
    assert rules(reading) == ["aggregate", "not-a-number", "unknown-age"]
    assert (reading.findings[0].value, reading.findings[0].rows) == ("947", 2)
    assert reading.description.dataset == "population-by-age-female"


def test_the_sex_is_told_by_the_user_or_refused() -> None:
    assert read("ages.tsv", AGES, "male").description.dataset == "population-by-age-male"
    with pytest.raises(BadInput, match="--subject"):
        read("female-and-male.tsv", AGES)


@pytest.mark.parametrize(("name", "text"), [("a.csv", OWID), ("a.csv", TOTALS), ("female.tsv", AGES)])
def test_tables_whose_headings_come_twice_or_are_cut_off_are_refused(name: str, text: str) -> None:
    heading, rest = text.split("\n", 1)
    mark = "\t" if "\t" in heading else ","
    data = f"{heading}{mark}{heading}\n{rest}".encode()
    with pytest.raises(BadInput, match="one column"):
        read(name, data)
    with pytest.raises(BadInput, match="UTF-8"):
        layout_of(name, text.encode()).read(name, text.encode() + b"\x81", finder(), "")
