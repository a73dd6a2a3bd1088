"""Every column that a layout has: a word of a part in it never leaves its row standing as it was, in silence."""

from collections.abc import Mapping, Sequence

import pytest
from layouts_examples import TABLES, Table, as_text, read

from comity.evidence.errors import BadInput
from comity.statistics.layouts import homicide_download, portal, regional_estimates, sdg, series, wpp
from comity.statistics.observation import slug
from comity.statistics.reading import Reading

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
OF_COUNTRIES = ("IncomeGroup", "Lending type", "Capital")
BESIDE: Mapping[str, Sequence[str]] = {
    "UNODC homicide by country, 2019-2021": [word for words in homicide_download.HEADINGS.values() for word in words],
    "SDG Global Database": [word for words in sdg.HEADINGS.values() for word in words[:1]],
    "UNODC data portal": [word for words in portal.HEADINGS.values() for word in words[:1]],
    "UNODC data portal, regional estimates of homicide": [one for (one,) in regional_estimates.HEADINGS.values()],
    "UNODC series of one offence": [words[0] for words in series.HEADINGS.values()],
    "World Population Prospects, populations": [
        *(words[0] for words in wpp.HEADINGS.values()),
        *("SortOrder", "Notes", "ISO3_code", "ISO2_code", "SDMX_code", "LocTypeID", "LocTypeName", "ParentID"),
    ],
    "World Bank, indicators": OF_COUNTRIES,
    "World Bank, population": OF_COUNTRIES,
    "Our World in Data, homicide rate": ["World region according to OWID"],
    "Eurostat, crime": ["LAST UPDATE", "OBS_FLAG", "CONF_STATUS", "ACTION"],
    "Eurostat, with labels": [],
}
"""Headings that the layouts know beside those of the table here."""
EXAMPLES = {**TABLES, "Eurostat, with labels": ("crim_off_cat", EUROSTAT_WITH_LABELS)}


def with_word(table: Table, heading: str, word: str, *, everywhere: bool) -> Table:
    """A table in which a word stands in a column, which is added where there is none, in its first row or in all."""
    headings, *rows = [list(row) for row in table]
    if heading not in headings:
        headings, rows = [*headings, heading], [[*row, ""] for row in rows]
    for row in rows if everywhere else rows[:1]:
        row[headings.index(heading)] = word
    return [headings, *rows]


def keys(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (one.area, one.indicator, one.sex, one.age, one.breakdown, one.citizenship, one.period, one.value)
        for one in reading.observations
    ]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("word", ["Women", "Rural areas"])
def test_a_word_of_a_part_is_met_in_every_column_that_a_layout_has(name: str, word: str) -> None:
    file, table = EXAMPLES[name]
    plain = keys(read(f"{file}.csv", as_text(table)))
    known = {slug(heading) for heading in table[0]}
    silent = []
    for heading in [*table[0], *(one for one in BESIDE.get(name, ()) if slug(one) not in known)]:
        for everywhere in (False, True):
            changed = with_word(table, heading, word, everywhere=everywhere)
            try:
                reading = read(f"{file}.csv", as_text(changed))
            except BadInput:
                continue
            if keys(reading) == plain and not any(word in (one.value or "") for one in reading.findings):
                silent.append((heading, everywhere))
    assert not silent


def test_a_sex_beside_the_columns_of_a_short_table_divides_its_rows() -> None:
    file, table = TABLES["World Population Prospects, populations"]
    with pytest.raises(BadInput, match="divides the rows"):
        read(f"{file}.csv", as_text(with_word(table, "Sex", "Female", everywhere=True)))
    assert len(read(f"{file}.csv", as_text(with_word(table, "Sex", "Both", everywhere=True))).observations) == 2


def test_the_label_of_a_custom_breakdown_whose_code_is_of_all_is_judged() -> None:
    file, table = TABLES["SDG Global Database"]
    of_all = with_word(table, "CUST_BREAKDOWN", "_T", everywhere=True)
    assert (
        len(read(f"{file}.csv", as_text(with_word(of_all, "CUST_BREAKDOWN_LB", "Total", everywhere=True))).observations)
        == 2
    )
    with pytest.raises(BadInput, match="notes that do not say of every row"):
        read(f"{file}.csv", as_text(with_word(of_all, "CUST_BREAKDOWN_LB", "Women", everywhere=True)))
