import re
from pathlib import Path

import pytest
from examples.layouts import read, rules
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import BadInput
from comity.observations.layouts.own import write_wide
from comity.observations.numbers import Number
from comity.observations.observation import Observation
from comity.observations.reading import Description
from comity.observations.rows.row import stated

LONG = """# dataset: homicide
# title: Victims
# published: 2014-10-06
area,indicator,period,value,status,sex,iccs
BRA,homicide-count,2012,50108,,,0101
PHL,homicide-count,2009,6368,B,M,0101
TUV,homicide-count,2012,,N,,0101
AFG,homicide-rate,2012-Q3,1.5 P,,,0101
"""
WIDE = """# dataset: homicide
area,indicator,iccs,2008,2009,2012
BRA,homicide-count,0101,45885,<5,50108 B
TUV,homicide-count,0101,,:,: N
"""


UNITS = """# dataset: homicide
area,indicator,age,unit,period,value,status,confidentiality
BRA,homicide-count,,victims,2012,50108,,
BRA,homicide-rate,Y15T29,"per 100,000 women",2012,5,,C
BRA,shelters-count,,beds,2012,50,,
"""


def _told(reading_of: str) -> list[tuple[object, ...]]:
    return [
        (one.area, one.indicator, one.sex, one.unit, one.period, one.value, one.status, one.place)
        for one in read("own.csv", reading_of).observations
    ]


def test_the_long_layout_fills_in_totals_units_and_statuses() -> None:
    assert _told(LONG) == [
        ("076", "homicide-count", "_T", "victims", "2012", 50108, "A", "5:value"),
        ("608", "homicide-count", "M", "victims", "2009", 6368, "B", "6:value"),
        ("798", "homicide-count", "_T", "victims", "2012", None, "N", "7:value"),
        ("004", "homicide-rate", "_T", "per 100,000 population", "2012-Q3", 1.5, "P", "8:value"),
    ]


def test_the_wide_layout_reads_values_statuses_and_places_by_year() -> None:
    assert [row[4:] for row in _told(WIDE)] == [
        ("2008", 45885, "A", "3:2008"),
        ("2009", None, "Q", "3:2009"),
        ("2012", 50108, "B", "3:2012"),
        ("2009", None, "O", "4:2009"),
        ("2012", None, "N", "4:2012"),
    ]


def test_a_unit_is_that_of_the_indicator_or_of_a_part_of_the_people_and_any_where_it_is_not_known() -> None:
    assert [one.unit for one in read("own.csv", UNITS).observations] == ["victims", "per 100,000 women", "beds"]
    otherwise = UNITS.replace("victims", " Victims").replace('"per 100,000 women"', "Per 100 000  population")
    own = ["victims", "per 100,000 population", "beds"]
    assert [one.unit for one in read("own.csv", otherwise).observations] == own


def test_marks_of_blank_cells_may_be_left_off_at_the_end_of_a_row() -> None:
    short = UNITS.replace("50108,,\n", "50108\n")
    assert short != UNITS
    assert read("own.csv", short).observations == read("own.csv", UNITS).observations


def test_the_comments_describe_the_release() -> None:
    described = read("own.csv", LONG).description
    assert (described.dataset, described.title, str(described.published)) == ("homicide", "Victims", "2014-10-06")


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (LONG.replace("sex,iccs", "gender,iccs"), "4:gender", "columns"),
        (LONG.replace("BRA", "Atlantis"), "5:area", "State or area"),
        (LONG.replace(",B,M,", ",Z,M,"), "6:status", "status"),
        (LONG.replace("6368,B", "6368 E,B"), "6:value", "status B"),
        (LONG.replace(",,N,", ",,A,"), "7:value", "why there is none"),
        (LONG.replace(",,0101\nPHL", ",,0908\nPHL"), "5:iccs", "ICCS"),
        (LONG.replace(",M,", ",male,"), "6:sex", "_T"),
        (LONG.replace("2012-Q3", "2012-13"), "8:period", "period"),
        (LONG.replace("50108", "many"), "5:value", "number"),
        (LONG.replace("50108", "-1"), "5:value", "negative"),
        (LONG.replace("homicide-rate", "Homicide rate"), "8:indicator", "homicide-count"),
        (LONG + "BRA,homicide-count,2012,1,,,0101\n", "9:value", "already at 5:value"),
        (LONG.replace("# dataset: homicide\n", ""), "1", "# dataset"),
        (LONG.replace("dataset: homicide", "dataset: Homicide!"), "1", "# dataset"),
        (LONG.replace("2014-10-06", "6 October"), "3", "YYYY-MM-DD"),
        (LONG.replace("# title: Victims", "# dataset: again"), "2", "one line"),
        (LONG.replace("period", "when"), "4:when", "columns"),
        (WIDE.replace("50108 B", "50108 Z"), "3:2012", "status"),
        (WIDE.replace("50108 B", "B"), "3:2012", "number"),
        (WIDE.replace(",2008,", ",2008,2008,").replace("5,<", "5,1,<").replace(",,:", ",,,:"), "2:2008", "one column"),
        (WIDE.replace("2008,2009", "2008,status"), "2:status", "columns"),
        (LONG.replace("BRA", "#BRA"), "5:area", "State or area"),
        (LONG.replace("BRA", "--BRA"), "5:area", "State or area"),
        (LONG.replace("2012-Q3", "20١٢"), "8:period", "period"),
        (LONG.replace("BRA", "=BRA"), "5:area", "State or area"),
        (LONG.replace("50108,,", "50108,O,"), "5:value", "which says that there is none"),
        (UNITS.replace("victims", "thousand victims"), "3:unit", "victims"),
        (UNITS.replace("per 100,000 women", "per 1,000 population"), "4:unit", "per 100,000 population"),
        (UNITS.replace("per 100,000 women", "per 100,000 thousand"), "4:unit", "per 100,000 population"),
        (UNITS.replace("per 100,000 women", "per 100,000 women x1000"), "4:unit", "per 100,000 population"),
        (UNITS.replace("Y15T29", "Y29T15"), "4:age", "Y15T29"),
        (UNITS.replace("Y15T29", "Y١٥T29"), "4:age", "Y15T29"),
        (UNITS.replace(",5,,C\n", "\n"), "4", "8 cells"),
    ],
)
def test_what_is_not_understood_refuses_the_file_with_its_place(text: str, place: str, expected: str) -> None:
    with pytest.raises(BadInput) as caught:
        read("own.csv", text)
    assert place in {fault.place for fault in caught.value.faults}
    assert expected in str(caught.value)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        read("own.csv", LONG.replace("BRA", "Atlantis").replace(",M,", ",male,").replace("2012-Q3", "soon"))
    assert [fault.place for fault in caught.value.faults] == ["5:area", "6:sex", "8:period"]


def test_the_examples_of_the_documentation_are_read() -> None:
    page = Path(__file__).parents[2] / "docs" / "csv-of-observations.md"
    blocks = re.findall(r"```csv\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert [len(read("own.csv", block).observations) for block in blocks] == [3, 7]


_values = (
    st.none() | st.integers(0, 10**7).map(float) | st.floats(0, 1e6, allow_nan=False).filter(lambda number: number > 0)
)
_observations = st.builds(
    lambda area, sex, age, breakdown, period, value, status, source: stated(
        area=area,
        indicator="homicide-rate",
        iccs="0101",
        sex=sex,
        age=age,
        breakdown=breakdown,
        unit="per 100,000 population",
        period=period,
        number=Number(value, status if value is not None else "N"),
        text="",
        place="",
        source=source,
    ),
    st.sampled_from(["076", "250", "GBR_E_W", "XKX"]),
    st.sampled_from(["_T", "M", "F", "_U"]),
    st.sampled_from(["_T", "Y15T29", "Y_GE60"]),
    st.sampled_from(["_T", "mechanism:firearms", "mechanism:_U"]),
    st.sampled_from(["2003", "2010", "2012"]),
    _values,
    st.sampled_from("ABEP"),
    st.sampled_from(["", "CTS", 'a "quoted", source']),
)


@given(st.lists(_observations, min_size=1, max_size=12, unique_by=lambda one: one[:9]))
def test_what_is_written_reads_back_the_same(observations: list[Observation]) -> None:
    text = write_wide(Description("homicide", "Victims"), observations)
    back = read("own.csv", text).observations
    assert sorted(one._replace(text="", place="") for one in back) == sorted(observations)
    assert write_wide(Description("homicide", "Victims"), reversed(observations)) == text


def test_a_text_in_windows_1252_is_refused_with_its_line_and_what_to_do() -> None:
    text = "# dataset: made\narea,indicator,iccs,period,value,note\nCIV,homicide-count,0101,2018,300,Côte d’Ivoire\n"
    assert read("own.csv", text).observations[0].note == "Côte d’Ivoire"
    with pytest.raises(BadInput) as refused:
        read("own.csv", text.encode("cp1252"))
    (fault,) = refused.value.faults
    assert (fault.place, fault.value) == ("3", "CIV,homicide-count,0101,2018,300,Côte d’Ivoire")
    assert fault.expected == "text in UTF-8; the file seems to be in Windows-1252: save it as UTF-8"
    for other, said in (
        (b"\x81\x8d", "3: found “CIV"),
        ("цблгмсквка".encode("cp1251"), "in another encoding: save it"),
    ):
        with pytest.raises(BadInput, match=re.escape(said)):
            read("own.csv", text.encode().replace("Côte".encode(), other))
    for read_too in ("utf-16", "utf-16-le", "utf-8-sig"):
        assert len(read("own.csv", text.encode(read_too)).observations) == 1


@pytest.mark.parametrize(
    ("title", "refused"),
    [
        ("Homicides of women", True),
        ("Homicides de femmes", True),
        ("قتل الإناث", True),
        ("Homicides with firearms", True),
        ("Attempted homicides", True),
        ("Homicides, January to June", True),
        ("Victims by sex, women and men", False),
        ("Victims", False),
    ],
)
def test_a_title_that_qualifies_refuses_rows_of_all(title: str, refused: bool) -> None:
    text = LONG.replace("# title: Victims", f"# title: {title}")
    if refused:
        with pytest.raises(BadInput, match=r"own.csv, 2: .* no qualifier above the headings"):
            read("own.csv", text)
    else:
        assert len(read("own.csv", text).observations) == 4


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Homicides of women", "F,_T,_T"),
        ("Homicides with firearms", "_T,_T,mechanism:firearms"),
        ("Youth", "_T,Y15T24,_T"),
    ],
)
def test_a_title_of_a_part_is_read_where_its_rows_say_the_same(title: str, cells: str) -> None:
    text = f"# dataset: made\n# title: {title}\narea,indicator,sex,age,breakdown,period,value\nBRA,homicide-count,"
    assert len(read("own.csv", f"{text}{cells},2018,3\n").observations) == 1
    for other in ("_T,_T,_T", "M,_T,_T" if "_T,_T,m" in cells else "_T,_T,mechanism:firearms"):
        with pytest.raises(BadInput, match="no qualifier above the headings"):
            read("own.csv", f"{text}{other},2018,3\n")


def test_comments_are_read_without_regard_to_capitals_and_those_that_seem_meant_are_doubted() -> None:
    assert str(read("own.csv", LONG.replace("# published", "# Published")).description.published) == "2014-10-06"
    for written in ("# published on", "# date of publication", "# Publicado"):
        reading = read("own.csv", LONG.replace("# published", written))
        assert [(one.rule, one.severity, one.place) for one in reading.findings] == [("comment", "warning", "3")]
    assert rules(read("own.csv", LONG.replace("# title", "# prepared by"))) == ["title"]


def test_the_zero_that_a_spreadsheet_program_takes_from_a_code_comes_back() -> None:
    reading = read("own.csv", LONG.replace(",0101", ",101"))
    assert {one.iccs for one in reading.observations} == {"0101"}
    assert [(one.rule, one.place) for one in reading.findings] == [("zero-lost", "5:iccs")]
    with pytest.raises(BadInput, match="a code of ICCS"):
        read("own.csv", LONG.replace(",0101", ",9999"))


def test_a_row_that_cannot_be_read_apart_is_named_by_its_line() -> None:
    for written in ('BRA,homicide-count,2011,"1\n', 'BRA,homicide-count,2011,"1"2\n'):
        with pytest.raises(BadInput, match=r"^own.csv, 5: .*quotes are closed"):
            read("own.csv", LONG.replace("BRA,homicide-count,2012", written + "BRA,homicide-count,2012"))
    with pytest.raises(BadInput, match=r"null|NUL"):
        read("own.csv", LONG.replace("50108", "501\008"))


@pytest.mark.parametrize(("last", "refused"), [("FRA,homicide-count,2012,99\n", True), ("Source: a ministry\n", False)])
def test_a_last_row_that_is_cut_refuses_the_table_and_a_remark_is_another_thing(last: str, refused: bool) -> None:
    with pytest.raises(BadInput) as caught:
        read("own.csv", LONG + last)
    assert ("cut off" in str(caught.value)) is refused
