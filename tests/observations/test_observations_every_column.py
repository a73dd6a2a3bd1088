"""Every column that a layout has: a word of a part in it never leaves its row standing as it was, in silence."""

from collections.abc import Mapping, Sequence

import pytest
from examples.layouts import TABLES, Table, as_text, read
from matrices import taken

from comity.classifications import iccs
from comity.evidence.errors import BadInput
from comity.observations.layouts import homicide_download, portal, regional_estimates, sdg, unodc_series_2019, wpp
from comity.observations.observation import slug
from comity.observations.reading import Reading
from comity.observations.words import qualifiers

LABELS = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,iccs,Offence,unit,Unit of measure,geo,Entity,"
    "TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,CONF_STATUS"
)
LABELLED = (
    "dataflow,ESTAT:CRIM_OFF_CAT(1.0),Recorded offences,A,Annual,ICCS0101,Intentional homicide,NR,Number,FR,France,"
)
EUROSTAT_WITH_LABELS: Table = [
    LABELS.split(","),
    *(f"{LABELLED}{row}".split(",") for row in ("2020,,700,,,", "2021,,734,,,")),
]
BY_AGE: Table = [
    [
        "LocID",
        "Location",
        "VarID",
        "Variant",
        "Time",
        "MidPeriod",
        "SexID",
        "Sex",
        "AgeGrp",
        "AgeGrpStart",
        "AgeGrpSpan",
        "Value",
    ],
    *(f"76,Brazil,2,Medium,1950,1950.5,2,Female,{group},100.5".split(",") for group in ("0-4,0,5", "5-9,5,5")),
]
OF_COUNTRIES = ("IncomeGroup", "Lending type", "Capital")
BESIDE: Mapping[str, Sequence[str]] = {
    "UNODC homicide by country, 2019-2021": [word for words in homicide_download.HEADINGS.values() for word in words],
    "SDG Global Database": [word for words in sdg.HEADINGS.values() for word in words[:1]],
    "UNODC data portal": [word for words in portal.HEADINGS.values() for word in words[:1]],
    "UNODC data portal, regional estimates of homicide": [one for (one,) in regional_estimates.HEADINGS.values()],
    "UNODC series of one offence": [words[0] for words in unodc_series_2019.HEADINGS.values()],
    "World Population Prospects, populations": [
        *(words[0] for words in wpp.HEADINGS.values()),
        *wpp.OF_LOCATIONS,
    ],
    "World Bank, indicators": OF_COUNTRIES,
    "World Bank, population": OF_COUNTRIES,
    "Our World in Data, homicide rate": ["World region according to OWID"],
    "Eurostat, crime": ["LAST UPDATE", "OBS_FLAG", "CONF_STATUS", "ACTION"],
}
"""Headings that the layouts know beside those of the table here."""
EXAMPLES = {
    **TABLES,
    "Eurostat, with labels": ("crim_off_cat", EUROSTAT_WITH_LABELS),
    "World Population Prospects, by age": ("wpp", BY_AGE),
}


def with_word(table: Table, heading: str, word: str, *, everywhere: bool) -> Table:
    """A table in which a word stands in a column, which is added where there is none, in its first row or in all."""
    headings, *rows = [list(row) for row in table]
    if heading not in headings:
        headings, rows = [*headings, heading], [[*row, ""] for row in rows]
    for row in rows if everywhere else rows[:1]:
        row[headings.index(heading)] = word
    return [headings, *rows]


def read_with(name: str, *words: tuple[str, str], everywhere: bool = True) -> Reading:
    """Read the example of a layout with words in columns, each given by its heading; see `with_word`."""
    file, table = EXAMPLES[name]
    for heading, word in words:
        table = with_word(table, heading, word, everywhere=everywhere)
    return read(f"{file}.csv", as_text(table))


def keys(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (one.area, one.indicator, one.sex, one.age, one.breakdown, one.citizenship, one.period, one.value)
        for one in reading.observations
    ]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("word", ["Men", "Rural areas", "Aged 15-29"])
def test_a_word_of_a_part_is_met_in_every_column_that_a_layout_has(name: str, word: str) -> None:
    _file, table = EXAMPLES[name]
    plain = keys(read_with(name))
    known = {slug(heading) for heading in table[0]}
    silent = []
    for heading in [*table[0], *(one for one in BESIDE.get(name, ()) if slug(one) not in known)]:
        for everywhere in (False, True):
            try:
                reading = read_with(name, (heading, word), everywhere=everywhere)
            except BadInput:
                continue
            if keys(reading) == plain and not any(word in (one.value or "") for one in reading.findings):
                silent.append((heading, everywhere))
    assert not silent


def test_a_sex_beside_the_columns_of_a_short_table_divides_its_rows() -> None:
    with pytest.raises(BadInput, match="divides the rows"):
        read_with("World Population Prospects, populations", ("Sex", "Female"))
    assert len(read_with("World Population Prospects, populations", ("Sex", "Both")).observations) == 2


def test_the_codes_of_sexes_in_a_short_table_divide_its_rows() -> None:
    for code in ("1", "3"):
        with pytest.raises(BadInput, match="divides the rows"):
            read_with("World Population Prospects, populations", ("SexID", code))
    file, table = TABLES["World Population Prospects, populations"]
    headings, first, second = table
    with pytest.raises(BadInput, match="divides the rows"):
        read(f"{file}.csv", as_text([[*headings, "SexID"], [*first, "1"], [*second, "2"]]))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("SexID", "1"), ("VarID", "4"), ("MidPeriod", "1950.25"), ("AgeGrp", "Men"), ("AgeGrpSpan", "Men")],
)
def test_a_code_and_a_word_of_two_parts_are_no_population(heading: str, cell: str) -> None:
    try:
        assert not read_with("World Population Prospects, by age", (heading, cell)).observations
    except BadInput as refused:
        assert cell in str(refused)


@pytest.mark.parametrize("heading", ["OBS_VALUE: Women", "TIME_PERIOD: First half of the year", "geo: Cities"])
def test_the_label_behind_the_code_of_a_heading_is_a_title(heading: str) -> None:
    file, table = EXAMPLES["Eurostat, crime"]
    headings = [heading if one == heading.split(":")[0] else one for one in table[0]]
    with pytest.raises(BadInput, match="no qualifier above the headings"):
        read(f"{file}.csv", as_text([headings, *table[1:]]))


def of_a_part_in_words(offence: str) -> bool:
    return qualifiers.restricts(iccs.load().category(offence).title_en)


@pytest.mark.parametrize(
    "offence", [one for one in iccs.load().categories if of_a_part_in_words(one) or taken("title", one)]
)
def test_the_title_of_the_offence_that_a_row_is_of_may_stand_beside_it(offence: str) -> None:
    title = iccs.load().category(offence).title_en
    for code in (f"ICCS{offence}", f"ICCS{offence}:{title}"):
        assert len(read_with("Eurostat, with labels", ("iccs", code), ("Offence", title)).observations) == 2


@pytest.mark.parametrize(
    ("layout", "heading", "cell"),
    [
        ("Eurostat, with labels", "Unit of measure", "Nombre"),
        ("Eurostat, with labels", "Entity", "Frankreich"),
        ("Eurostat, with labels", "STRUCTURE_NAME", "Recorded offences by offence category - police data"),
        ("Eurostat, crime", "LAST UPDATE", "25/04/24 23:00:00"),
        ("SDG Global Database", "Target", "16.1"),
        ("SDG Global Database", "Target", "16.2 End abuse and all forms of violence against children"),
        ("SDG Global Database", "Goal", "Achieve gender equality and empower all women and girls"),
        ("SDG Global Database", "DATA_LAST_UPDATE", "2012-Q1"),
        (
            "SDG Global Database",
            "SeriesDescription",
            "Number of victims of intentional homicide per 100,000 population, by sex (victims per 100,000 population)",
        ),
        ("World Population Prospects, populations", "LocTypeName", "Country/Area"),
        ("World Population Prospects, populations", "Notes", "13"),
        ("World Bank, indicators", "Capital", "Mexico City"),
        ("Our World in Data, homicide rate", "World region according to OWID", "South America"),
    ],
)
def test_what_publishers_write_in_such_columns_costs_no_row(layout: str, heading: str, cell: str) -> None:
    assert keys(read_with(layout, (heading, cell))) == keys(read_with(layout))


@pytest.mark.parametrize(
    ("layout", "heading", "cell"),
    [
        # A label behind a code.
        ("Eurostat, crime", "geo", "FR:Rural areas"),
        ("Eurostat, crime", "iccs", "ICCS0101:Women"),
        ("Eurostat, crime", "freq", "A:Men"),
        ("SDG Global Database", "SeriesCode", "VC_IHR_PSRC: Women"),
        ("SDG Global Database", "Units", "PER_100000_POP: women"),
        # A location or a region that is a part of a State.
        ("World Population Prospects, populations", "LocTypeName", "City"),
        ("World Population Prospects, populations", "LocTypeName", "Province"),
        ("World Population Prospects, populations", "LocTypeName", "Urban"),
        ("Our World in Data, homicide rate", "owid_region", "Municipality of Lima"),
        ("Our World in Data, homicide rate", "owid_region", "Capital region"),
    ],
)
def test_a_row_whose_label_or_place_is_of_a_part_is_left_out(layout: str, heading: str, cell: str) -> None:
    reading = read_with(layout, (heading, cell), everywhere=False)
    assert [one.rule for one in reading.findings if one.rejected] == ["of-a-part"]


@pytest.mark.parametrize("name", TABLES)
def test_a_sign_of_a_sex_is_met_in_every_column(name: str) -> None:
    file, table = TABLES[name]
    plain = keys(read(f"{file}.csv", as_text(table)))
    silent = []
    for column, heading in enumerate(table[0]):
        signed = [table[0], [*table[1][:column], f"{table[1][column]} ♀", *table[1][column + 1 :]], *table[2:]]
        try:
            reading = read(f"{file}.csv", as_text(signed))
        except BadInput:
            continue
        if keys(reading) == plain and not any("♀" in one.value for one in reading.findings):
            silent.append(heading)
    assert not silent


def test_the_label_of_a_custom_breakdown_whose_code_is_of_all_is_judged() -> None:
    def read_labelled(code: str, label: str) -> Reading:
        return read_with("SDG Global Database", ("CUST_BREAKDOWN", code), ("CUST_BREAKDOWN_LB", label))

    assert len(read_labelled("_T", "Total").observations) == 2
    with pytest.raises(BadInput, match="notes and labels that do not say of every row"):
        read_labelled("_T", "Women")
    assert {one.breakdown for one in read_labelled("C01", "Women").observations} == {"cust-breakdown:women"}
