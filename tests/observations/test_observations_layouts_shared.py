"""The published files themselves, recounted by readings that share no code with the layouts."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from examples.layouts import read_published
from python_calamine import CalamineWorkbook

from comity.observations.reading import Reading
from comity.statistics.dating import publication

# How each file is recounted: rows of a sheet below its title rows, cells of columns, rows of a text, cells of years.
PORTAL = {
    "crime/cts-corruption-and-economic-crime.2024-05-16.xlsx": 3,
    "crime/cts-prisons-and-prisoners.2023-05-11.xlsx": 3,
    "crime/cts-violent-and-sexual-crime.2024-05-16.xlsx": 3,
    "crime/glotip.2023-05-30.xlsx": 3,
    "crime/iafq-firearms.2022-06-17.xlsx": 3,
}
SERIES = ["crime/robbery.2019.xlsx", "crime/kidnapping.2019.xlsx", "crime/serious-assault.2019.xlsx"]
LONG = ["crime/homicide-rate.owid.2025.csv", "population/totals-world-bank.2026-03.csv"]
WIDE = [
    "crime/global-study-on-homicide-countries.2019.csv",
    "crime/criminal-justice-process.2019.csv",
    "population/wpp2019-female-by-age.tsv",
    "population/wpp2019-male-by-age.tsv",
]
STUDY = "crime/global-study-on-homicide.2013.xlsx"


def _sheet(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text, delimiter="\t" if path.suffix == ".tsv" else ","))


def _recounted(path: Path, name: str) -> int:
    if name in PORTAL:
        return len(_sheet(path)) - PORTAL[name]
    if name in SERIES:
        return sum(cell != "" for row in _sheet(path)[1:] for cell in row[4:6])
    if name == STUDY:
        return sum(cell != "" for row in _sheet(path) if row[5] in ("Rate", "Count") for cell in row[6:19])
    head, *rows = _table(path)
    if name in LONG:
        return len(rows)
    years = [index for index, heading in enumerate(head) if heading.isdigit()]
    return sum(row[index] != "" for row in rows for index in years)


def _read(shared: Path, name: str) -> Reading:
    return read_published(shared / name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*PORTAL, *SERIES, *LONG, *WIDE, STUDY])
def test_every_row_of_every_published_file_is_an_observation_or_rejected(shared: Path, name: str) -> None:
    reading = _read(shared, name)
    assert reading.rows == _recounted(shared / name, name) == len(reading.observations) + reading.rejected
    assert len({one[:10] for one in reading.observations}) == len(reading.observations)
    assert publication(reading, None, date(2026, 11, 29)).day < date(2026, 11, 29)


def _rejections(reading: Reading) -> Counter[str]:
    counted: Counter[str] = Counter()
    for finding in reading.findings:
        counted[finding.rule] += finding.rows if finding.rejected else 0
    return +counted


def test_the_known_faults_of_the_prisons_are_found(shared: Path) -> None:
    reading = _read(shared, "crime/cts-prisons-and-prisoners.2023-05-11.xlsx")
    (year,) = (finding for finding in reading.findings if finding.rejected)
    assert (year.rule, year.value, year.place.split("!")[1]) == ("impossible-year", "1013", "J36495")
    assert {finding.rule: finding.severity for finding in reading.findings} == {
        "impossible-year": "error",
        "two-values": "warning",
        "fractional-count": "warning",
        "formula": "note",
        "day-before-month": "note",
    }
    assert "001" in {one.area for one in reading.observations}


def test_the_known_faults_of_trafficking_in_persons_are_found(shared: Path) -> None:
    name = "crime/glotip.2023-05-30.xlsx"
    reading, rows = _read(shared, name), _sheet(shared / name)[3:]
    assert _rejections(reading) == {"unknown-area": sum(not row[1] for row in rows)}
    assert sum(one.status == "Q" for one in reading.observations) == sum(
        row[11] == "<5" and bool(row[1]) for row in rows
    )
    assert sum(one.area == "680" for one in reading.observations) == 26
    form = next(finding for finding in reading.findings if finding.rule == "number-form")
    assert form.value == "1,757"
    repeated = Counter(tuple(row[:11]) for row in rows if row[1])
    twice = sum(times > 1 for times in repeated.values())
    assert len({one[:9] for one in reading.observations if one.repeat}) == twice
    words = [finding.value for finding in reading.findings if finding.rule == "unknown-term"]
    assert len(words) == len(set(words))
    assert {"3 maliens", "MORROCAN"} <= set(words)
    assert "HUNGRÍA" not in words


def test_keys_that_come_twice_in_the_files_are_those_that_are_numbered(shared: Path) -> None:
    for name in ("crime/iafq-firearms.2022-06-17.xlsx", "crime/cts-prisons-and-prisoners.2023-05-11.xlsx"):
        keys = Counter(tuple(row[:11]) for row in _sheet(shared / name)[3:])
        numbered = sum(one.repeat > 0 for one in _read(shared, name).observations)
        assert numbered == sum(times for times in keys.values() if times > 1)


def test_no_word_of_the_crime_and_arms_files_is_without_a_meaning(shared: Path) -> None:
    for name in PORTAL:
        if "glotip" not in name:
            assert not [one.message for one in _read(shared, name).findings if one.rule == "unknown-term"]


def test_the_rates_of_robbery_and_kidnapping_are_found_to_be_none(shared: Path) -> None:
    for name in SERIES[:2]:
        assert _rejections(_read(shared, name)) == {"not-a-rate": len(_sheet(shared / name)) - 1}
    assert not _rejections(_read(shared, SERIES[2]))


def test_the_study_of_2013_keeps_marks_parts_and_the_day_of_its_update(shared: Path) -> None:
    reading = _read(shared, STUDY)
    assert str(reading.description.published) == "2014-10-06"
    assert Counter(one.status for one in reading.observations) == {"A": 3199, "B": 5, "N": 6}
    assert len({one.area for one in reading.observations}) == 219
    assert {one.period for one in reading.observations if one.area == "608" and one.status == "B"} == {"2009"}
    assert all(one.note for one in reading.observations if one.area == "784")


def test_figures_have_vintages(shared: Path) -> None:
    def brazil(name: str) -> list[float | None]:
        return [
            one.value
            for one in _read(shared, name).observations
            if one[:7] == ("076", "homicide-count", "0101", "_T", "_T", "_T", "_T") and one.period == "2012"
        ]

    assert (brazil(STUDY), brazil(WIDE[0])) == ([50108], [53054])


def test_the_aggregates_of_the_populations_are_left_out(shared: Path) -> None:
    totals = _read(shared, LONG[1])
    (left_out,) = (finding for finding in totals.findings if finding.rejected)
    assert (left_out.severity, left_out.rows, len(left_out.value.split(", "))) == ("note", 47 * 65, 47)
    assert left_out.value.startswith("AFE, AFW, ARB, ") and left_out.value in left_out.message
    assert _rejections(totals) == {"aggregate": 47 * 65}
    assert _rejections(_read(shared, WIDE[2])) == {"aggregate": 47 * 21 * 15}
    world = sum(
        one.value or 0 for one in _read(shared, WIDE[2]).observations if one.area == "001" and one.period == "2020"
    )
    assert world == pytest.approx(3_864_824_712, abs=10_000)
