import pytest
from examples.layouts import read, rules, workbook

from comity.evidence.errors import BadInput
from comity.observations.layouts import layouts

TSV = (
    "freq,iccs,unit,geo\\TIME_PERIOD\t2008 \t2009 \t2010 \r\n"
    "A,ICCS0101,NR,EL\t139 \t143 \t: \r\n"
    "A,ICCS0101,P_HTHAB,AL\t2.78 \t\t66.5 bd\r\n"
    "A,ICCS0201,NR,UKC-L\t638 \t: c\t: @C\r\n"
)
CSV = (
    "DATAFLOW,LAST UPDATE,freq,iccs,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    "ESTAT:CRIM_OFF_CAT(1.0),22/05/26 11:00:00,A,ICCS0101,NR,FR,2021,734,,\n"
    "ESTAT:CRIM_OFF_CAT(1.0),22/05/26 11:00:00,A,ICCS0101,P_HTHAB,FR,2021,1.08,bd,\n"
    "ESTAT:CRIM_OFF_CAT(1.0),22/05/26 11:00:00,A,ICCS0101,NR,DE,2021,,,C\n"
)


def wide(*lines: str, dimensions: str = "freq,iccs,unit,geo", years: str = "2008 ") -> str:
    return "\n".join([f"{dimensions}\\TIME_PERIOD\t{years}", *lines]) + "\n"


def test_each_cell_of_the_wide_table_that_holds_something_is_a_row() -> None:
    reading = read("estat_crim_off_cat.tsv", TSV)
    assert reading.rows == 8
    assert [
        (one.area, one.indicator, one.iccs, one.unit, one.period, one.value, one.status, one.confidentiality)
        for one in reading.observations
    ] == [
        ("300", "recorded-offences-count", "0101", "offences", "2008", 139, "A", "F"),
        ("300", "recorded-offences-count", "0101", "offences", "2009", 143, "A", "F"),
        ("300", "recorded-offences-count", "0101", "offences", "2010", None, "O", "F"),
        ("008", "recorded-offences-rate", "0101", "per 100,000 population", "2008", 2.78, "A", "F"),
        ("008", "recorded-offences-rate", "0101", "per 100,000 population", "2010", 66.5, "B", "F"),
        ("GBR_E_W", "recorded-offences-count", "0201", "offences", "2008", 638, "A", "F"),
        ("GBR_E_W", "recorded-offences-count", "0201", "offences", "2009", None, "Q", "C"),
        ("GBR_E_W", "recorded-offences-count", "0201", "offences", "2010", None, "Q", "C"),
    ]
    assert [(one.place, one.text) for one in reading.observations[:2]] == [("2:2008", "139 "), ("2:2009", "143 ")]
    assert (reading.observations[4].text, reading.observations[4].note) == ("66.5 bd", "Eurostat flags: b, d")
    assert (reading.description.dataset, reading.description.published) == ("eurostat-crim-off-cat", None)
    assert not reading.findings


def test_the_old_form_has_no_frequency_its_years_descend_and_its_dimensions_stand_in_any_order() -> None:
    reading = read("crim.tsv", "unit,iccs,geo\\time\t2016 \t2015 \nNR,ICCS0101,UK\t81 e\t86 \n")
    assert [(one.area, one.period, one.value, one.status) for one in reading.observations] == [
        ("826", "2016", 81, "E"), ("826", "2015", 86, "A"),
    ]  # fmt: skip
    assert reading.description.dataset == "eurostat-crim-off-cat"


def test_the_long_table_gives_the_same_keys_and_the_day_of_its_update() -> None:
    reading = read("estat_crim_off_cat.csv", CSV)
    assert [(one.area, one.indicator, one.value, one.status, one.confidentiality) for one in reading.observations] == [
        ("250", "recorded-offences-count", 734, "A", "F"),
        ("250", "recorded-offences-rate", 1.08, "B", "F"),
        ("276", "recorded-offences-count", None, "Q", "C"),
    ]
    assert reading.observations[0].place == "2:OBS_VALUE"
    assert (reading.description.dataset, str(reading.description.published)) == ("eurostat-crim-off-cat", "2026-05-22")
    (cell,) = read("x.tsv", wide("A,ICCS0101,NR,FR\t734 ", years="2021 ")).observations
    assert cell[:11] == reading.observations[0][:11]


def test_a_long_table_with_labels_is_read_by_its_codes() -> None:
    version_2 = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,iccs,ICCS,sex,Sex,unit,Unit of measure,geo,"
        "Geopolitical entity (reporting),TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,CONF_STATUS\n"
        "dataflow,ESTAT:CRIM_PRIS_OFF(1.0),Prisoners,A,Annual,ICCS0101,Intentional homicide,F,Females,NR,Number,EL,"
        "Greece,2021,,31,,p,\n"
    )
    (one,) = read("x.csv", version_2).observations
    assert (one.area, one.indicator, one.iccs, one.sex, one.unit, one.status) == (
        "300", "persons-held-count", "0101", "F", "persons", "P",
    )  # fmt: skip
    behind = CSV.replace(",A,", ",A:Annual,").replace(",FR,", ",FR:France,")
    assert [one.area for one in read("x.csv", behind).observations] == ["250", "250", "276"]


def test_a_workbook_with_the_long_table_is_read() -> None:
    rows = [line.split(",") for line in CSV.splitlines()]
    assert len(read("x.xlsx", workbook(rows, "Data")).observations) == 3


@pytest.mark.parametrize(
    ("cell", "value", "status", "note"),
    [
        ("5 b", 5, "B", ""),
        ("5 e", 5, "E", ""),
        ("5 s", 5, "E", ""),
        ("5 p", 5, "P", ""),
        ("5 u", 5, "U", ""),
        ("5 d", 5, "D", ""),
        ("5 f", 5, "F", ""),
        ("5 i", 5, "I", ""),
        ("5 n", 5, "N", ""),
        ("5 r", 5, "A", "Eurostat flags: r"),
        ("5 ep", 5, "E", "Eurostat flags: e, p"),
        ("5 ebu", 5, "B", "Eurostat flags: e, b, u"),
        ("5 c", 5, "A", ""),
        (":", None, "O", ""),
        (": z", None, "M", ""),
        (": c", None, "Q", ""),
        (":c", None, "Q", ""),
        (": bu", None, "O", "Eurostat flags: b, u"),
        ("1234.5", 1234.5, "A", ""),
        ("1.234", 1.234, "A", ""),
    ],
)
def test_the_gravest_of_several_flags_is_the_status(cell: str, value: float | None, status: str, note: str) -> None:
    (one,) = read("x.tsv", wide(f"A,ICCS0101,P_HTHAB,FR\t{cell}")).observations
    assert (one.value, one.status, one.note, one.text) == (value, status, note, cell)
    assert one.confidentiality == ("C" if "c" in cell else "F")


def test_a_flag_that_is_not_known_is_warned_of_and_one_that_denies_the_value_rejects_it() -> None:
    reading = read("x.tsv", wide("A,ICCS0101,NR,FR\t5 q", "A,ICCS0101,NR,DE\t5 z"))
    assert rules(reading) == ["contradictory-status", "unknown-term"]
    assert [(one.area, one.note) for one in reading.observations] == [("250", "Eurostat flags: q")]


def test_joined_offences_ranges_and_totals_are_never_one_offence_alone() -> None:
    codes = ["ICCS0101", "ICCS020111", "ICCS0101_0102", "ICCS02-04", "TOTAL", "ICCS0101_9999", "ICCS1234", "OTH"]
    reading = read("x.tsv", wide(*(f"A,{code},NR,FR\t5 " for code in codes)))
    assert [(one.iccs, one.breakdown) for one in reading.observations] == [
        ("0101", "_T"),
        ("020111", "_T"),
        ("", "type-of-offence:ICCS0101_0102"),
        ("", "type-of-offence:ICCS02-04"),
        ("", "type-of-offence:_T"),
    ]
    assert rules(reading) == ["unknown-iccs"] * 3


def test_aggregates_are_left_out_and_regions_below_the_state_rejected() -> None:
    areas = ["XK", "UKM", "UKN", "EU27_2020", "EU28", "EA20", "EU_V", "EFTA", "DE11", "ZZ", "A"]
    reading = read("x.tsv", wide(*(f"A,ICCS0101,NR,{area}\t5 " for area in areas)))
    assert [one.area for one in reading.observations] == ["XKX", "GBR_S", "GBR_NI"]
    assert rules(reading) == ["aggregate"] + ["unknown-area"] * 3
    assert (reading.findings[0].rows, reading.rejected) == (5, 8)
    assert reading.findings[0].value == "EU27_2020, EU28, EA20, EU_V, EFTA"


def test_legal_status_says_what_is_counted() -> None:
    lines = [f"A,{iccs},{status},F,NR,FR\t5 " for iccs, status in
             (("ICCS0101", "PER_VICT"), ("ICCS03011", "PER_VICT"), ("ICCS0101", "PER_SUSP"), ("ICCS0101", "PER_PRSC"),
              ("ICCS0101", "PER_CNV"), ("ICCS0101", "TOTAL"))]  # fmt: skip
    reading = read("x.tsv", wide(*lines, dimensions="freq,iccs,leg_stat,sex,unit,geo"))
    assert [(one.indicator, one.iccs, one.unit, one.sex) for one in reading.observations] == [
        ("homicide-count", "0101", "victims", "F"),
        ("victims-count", "03011", "victims", "F"),
        ("persons-formal-contact-count", "0101", "persons", "F"),
        ("persons-prosecuted-count", "0101", "persons", "F"),
        ("persons-convicted-count", "0101", "persons", "F"),
    ]
    assert rules(reading) == ["unknown-term"]
    assert reading.description.dataset == "eurostat-crim-hom-soff"


def test_a_data_set_whose_dimensions_others_share_is_told_by_the_user() -> None:
    relations = wide(
        *(f"A,{word},T,NR,FR\t5 " for word in ("IPTN", "FAM", "IPTN_FAM", "OTH")),
        dimensions="freq,pers_cat,sex,unit,geo",
    )
    reading = read("x.tsv", relations, "crim_hom_vrel")
    assert [(one.indicator, one.iccs, one.breakdown) for one in reading.observations] == [
        ("homicide-count", "0101", "relationship-to-perpetrator:intimate-partner"),
        ("homicide-count", "0101", "relationship-to-perpetrator:family-member"),
        ("homicide-count", "0101", "relationship-to-perpetrator:intimate-partner-or-family-member"),
    ]
    assert rules(reading) == ["unknown-term"]
    ages = wide("A,Y15-19,M,NR,FR\t5 ", "A,TOTAL,T,NR,FR\t9 ", dimensions="freq,age,sex,unit,geo")
    assert [(one.indicator, one.age, one.sex) for one in read("x.tsv", ages, "crim_pris_age").observations] == [
        ("persons-held-count", "Y15T19", "M"), ("persons-held-count", "_T", "_T"),
    ]  # fmt: skip
    places = wide("A,PRIS_OFF_CAP,NR,FR\t5 ", "A,PRIS_ACT_CAP,NR,FR\t9 ", dimensions="freq,indic_cr,unit,geo")
    reading = read("x.tsv", places, "crim_pris_cap")
    assert [one.indicator for one in reading.observations] == ["prison-capacity-count"]
    assert rules(reading) == ["unknown-term"]


@pytest.mark.parametrize(
    ("dimensions", "line", "said"),
    [
        ("freq,age,sex,unit,geo", "A,TOTAL,T,NR,FR", "on crime, with the dimension iccs"),
        ("freq,iccs,sex,unit,geo", "A,ICCS0101,T,NR,FR", "--subject"),
        ("freq,iccs,geo", "A,ICCS0101,FR", "“unit”"),
    ],
)
def test_a_table_whose_data_set_nothing_tells_is_refused(dimensions: str, line: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read("x.tsv", wide(f"{line}\t5 ", dimensions=dimensions))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("CRIM_OFF_CAT", "DEMO_PJAN", "demo_pjan"),
        ("ESTAT:", "OECD:", "structure of this one is not known"),
        (",NR,", ",Number,", "labels"),
        ("ESTAT:CRIM_OFF_CAT(1.0),22/05/26 11:00:00,A,ICCS0101,P", "ESTAT:CRIM_GEN(1.0),,A,ICCS0101,P", "one data set"),
    ],
)  # fmt: skip
def test_long_tables_that_are_not_those_of_crime_are_refused(old: str, new: str, said: str) -> None:
    text = CSV.replace(old, new).replace("P_HTHAB", "Rate" if new == ",Number," else "P_HTHAB")
    with pytest.raises(BadInput, match=said):
        read("x.csv", text)


def test_a_subject_that_contradicts_the_rows_is_refused() -> None:
    assert read("x.csv", CSV, "eurostat-crim-off-cat").observations
    with pytest.raises(BadInput, match="crim_off_cat"):
        read("x.csv", CSV, "crim_pris_off")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("M,ICCS0101,NR,FR\t5 ", "not-annual"),
        ("A,ICCS0101,PC,FR\t5 ", "unknown-unit"),
        ("A,ICCS0101,FR\t5 ", "dimensions"),
        ("A,ICCS0101,NR,FR\tx5x ", "not-a-number"),
        ("A,ICCS0101,NR,FR\t-5 ", "negative"),
    ],
)
def test_what_cannot_be_rejects_its_row(line: str, rule: str) -> None:
    reading = read("x.tsv", wide(line))
    assert (rules(reading), reading.rejected) == ([rule], 1)


def test_headings_that_are_no_years_are_refused() -> None:
    with pytest.raises(BadInput, match="2008-Q1"):
        read("x.tsv", wide("A,ICCS0101,NR,FR\t5 ", years="2008-Q1 "))


def test_dimensions_that_no_rule_knows_stay_as_parts() -> None:
    text = (
        CSV.replace("unit,geo", "unit,isco08,geo").replace("NR,FR", "NR,TOTAL,FR")
        .replace("P_HTHAB,FR", "P_HTHAB,OC261,FR").replace("NR,DE", "NR,OC261,DE")
    )  # fmt: skip
    assert [one.breakdown for one in read("x.csv", text).observations] == ["_T", "isco08:oc261", "isco08:oc261"]


@pytest.mark.parametrize("text", [TSV, CSV, CSV.replace("ESTAT:", "OECD:")])
def test_a_file_is_of_one_layout_alone(text: str) -> None:
    assert len([layout.name for layout in layouts() if layout.recognises("x.csv", text.encode())]) == 1


@pytest.mark.parametrize("mark", ["NA", "NaN", "nan"])
def test_the_mark_of_a_missing_flag_is_no_flag(mark: str) -> None:
    text = CSV.replace(",734,,", f",734,{mark},{mark if mark == 'NA' else ''}")
    reading = read("x.csv", text)
    assert (reading.observations[0].value, reading.observations[0].status) == (734, "A")
    assert not reading.findings


@pytest.mark.parametrize("mark", ["NA", "NaN", "nan"])
def test_the_mark_of_a_missing_value_is_no_flags(mark: str) -> None:
    reading = read("x.csv", CSV.replace(",734,,", f",{mark},,"))
    assert (reading.observations[0].value, reading.observations[0].status, reading.observations[0].note) == (
        None,
        "O",
        "",
    )
    assert not reading.findings


def test_a_dimension_that_is_blank_is_no_total() -> None:
    for blank in ("", "NA"):
        reading = read(
            "x.csv",
            CSV.replace("geo,TIME", "geo,weapon,TIME").replace(",FR,", f",FR,{blank},").replace(",DE,", ",DE,TOTAL,"),
        )
        assert [one.breakdown for one in reading.observations] == ["weapon:_X", "weapon:_X", "_T"]


def test_a_frequency_that_is_blank_is_that_of_years() -> None:
    assert len(read("x.csv", CSV.replace(",A,", ",NA,")).observations) == 3


def test_a_column_of_labels_alone_that_divides_the_rows_refuses_the_table() -> None:
    with pytest.raises(BadInput, match=r"no column (?:that divides|whose words)|notes that"):
        read(
            "x.csv",
            CSV.replace("geo,TIME", "geo,Sex,TIME").replace(",FR,", ",FR,Females,").replace(",DE,", ",DE,Males,"),
        )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_wide_table_whose_dimensions_a_program_has_parted_gives_the_same_observations(mark: str) -> None:
    lines = (
        ("freq", "iccs", "unit", "geo\\TIME_PERIOD", "2008", "2009"),
        ("A", "ICCS0101", "NR", "EL", "139", "143 b"),
    )
    reading = read("x.csv", "\n".join(map(mark.join, (*lines, ("A", "ICCS9999", "NR", "EL", "1", "")))))
    assert [(one.area, one.iccs, one.period, one.value, one.status, one.place) for one in reading.observations] == [
        ("300", "0101", "2008", 139, "A", "2:2008"), ("300", "0101", "2009", 143, "B", "2:2009"),
    ]  # fmt: skip
    assert [(found.rule, found.place) for found in reading.findings] == [("unknown-iccs", "3:iccs")]


def test_decimal_commas_beside_semicolons_are_read_in_a_wide_table() -> None:
    text = "freq;iccs;unit;geo\\TIME_PERIOD;2008\nA;ICCS0101;P_HTHAB;EL;1,29\nA;ICCS0101;P_HTHAB;FR;:\n"
    assert [one.value for one in read("x.csv", text).observations] == [1.29, None]


def _values(*cells: str, mark: str = ";") -> list[tuple[float | None, str]]:
    """The values and their unit in a long table of cells such as `NR 1.788`, parted by a mark."""
    rows = [["A", "ICCS0101", unit, "DE", str(2000 + index), value] for index, cell in enumerate(cells)
            for unit, value in [cell.split(" ", 1)]]  # fmt: skip
    lines = [["freq", "iccs", "unit", "geo", "TIME_PERIOD", "OBS_VALUE"], *rows]
    reading = read("x.csv", "\n".join(map(mark.join, lines)) + "\n")
    assert all(found.rule in ("not-a-number", "number-form") for found in reading.findings)
    return [(one.value, one.indicator.rsplit("-", 1)[-1]) for one in reading.observations]


def test_a_count_is_whole_so_that_a_point_before_three_digits_parts_thousands_where_semicolons_part_cells() -> None:
    assert _values("NR 1.788", "NR 788") == [(1788, "count"), (788, "count")]
    assert _values("NR 1.788", "P_HTHAB 1,29") == [(1788, "count"), (1.29, "rate")]
    assert _values("NR 1,788", "NR 788") == [(788, "count")]


def test_a_count_that_its_column_or_the_marks_of_the_table_deny_is_left_out() -> None:
    assert _values("NR 1.788", "P_HTHAB 0.95") == [(0.95, "rate")]
    assert _values("NR 1,788", "P_HTHAB 0,95") == [(0.95, "rate")]
    assert _values("NR 1.000", "P_HTHAB 0.95", mark="\t") == [(0.95, "rate")]
    assert _values("NR 1.788", "NR 788", mark="\t") == [(788, "count")]
    assert _values("NR 3 000", "NR 3,100", "NR 3.100", mark="\t") == [(3000, "count"), (3100, "count")]
    reading = read("x.tsv", wide("A,ICCS0101,NR,FR\t1.788 b", "A,ICCS0101,P_HTHAB,FR\t0.95"))
    (fault,) = reading.findings
    assert (fault.rule, fault.place, fault.value) == ("not-a-number", "2:2008", "1.788 b")
    assert fault.expected == "a whole number; “.” is the decimal mark that the column shows at 3:2008"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_rate_keeps_the_point_of_eurostat_as_its_decimal_mark(mark: str) -> None:
    assert _values("P_HTHAB 1.788", "NR 788", mark=mark) == [(1.788, "rate"), (788, "count")]
    assert _values("P_HTHAB 1.788", "P_HTHAB 0.95", mark=mark) == [(1.788, "rate"), (0.95, "rate")]


def test_a_rate_that_can_be_read_in_two_ways_is_left_out() -> None:
    assert _values("P_HTHAB 1,788", "NR 788") == [(788, "count")]
    assert _values("P_HTHAB 1.788", "NR 1.788") == [(1788, "count")]
