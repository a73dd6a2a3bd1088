"""When a file was published: which witness is believed, and what a name does not tell."""

from dataclasses import replace
from datetime import date

import pytest
import yaml
from examples.statistics import observation, reading

from comity.evidence.errors import BadInput
from comity.observations.reading import Description, Reading
from comity.statistics.dating import by_name, leave_out_later, publication
from comity.statistics.editions import TABLE, all_editions

TODAY = date(2026, 11, 29)


def of_years(*years: int, file: str = "made.csv", published: date | None = None, projects: bool = False) -> Reading:
    """A reading of a file with an observation a year."""
    made = reading(*(observation(period=str(year)) for year in years), file=file)
    made.description = Description("made", "Made by hand", published=published, projects=projects)
    return made


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("cts.2023-05-11.xlsx", "2023-05-11"),
        ("cts_20230511.xlsx", "2023-05-11"),
        ("totals.2026-03.csv", "2026-03-31"),
        ("totals.2019-01.csv", "2019-01-31"),
        ("totals.2019-12.csv", "2019-12-31"),
        ("robbery.2019.xlsx", "2019-12-31"),
        ("wpp2017-female.tsv", "2017-12-31"),
        ("d_03-2025.csv", "2025-03-31"),
        ("d.02.2024.csv", "2024-02-29"),
        ("d_25-03-2025.csv", "2025-03-25"),
        ("d_03-25-2025.csv", "2025-03-25"),
        ("d 03.03.2025.csv", "2025-03-03"),
        ("d_2025-3-1.csv", "2025-03-01"),
        ("d 2025 03 01.csv", "2025-03-01"),
        ("d2024Q3.csv", "2024-09-30"),
        ("d_2024-q4.csv", "2024-12-31"),
        ("d_Q1_2024.csv", "2024-03-31"),
        ("table-16-2019.csv", "2019-12-31"),
        ("faq3-2024.csv", "2024-12-31"),
        ("homicide_country_download.2024-05-16.csv", "2024-05-16"),
        ("goal_16_2025-03.csv", "2025-03-31"),
        ("1990_2020_upd2025-02-03.csv", "2025-02-03"),
    ],
)
def test_the_one_date_of_a_name_is_its_last_day(name: str, last: str) -> None:
    found = by_name(name)
    assert found is not None
    assert found[1].isoformat() == last


@pytest.mark.parametrize(
    "name",
    [
        "rates-2000-2023.csv",
        "rates_1990_to_2012.csv",
        "rates.2011-12.csv",
        "rates-2019-13.csv",
        "rates.csv",
        "a123456.csv",
        "d_2025-02-30.csv",
        "d_31-02-2025.csv",
        "d_13-14-2025.csv",
        "rates.11-2012.csv",
        "rates.01-2025_03-2025.csv",
        "rates-2025-01-2025-03.csv",
        "rates.2024Q1-Q3.csv",
        "rates.2024Q1-2025Q3.csv",
        "rates 3Q2019.csv",
        "rates T3 2019.csv",
        "rates_2019H1.csv",
        "rates S1-2019.csv",
        "rates March to June 2019.csv",
        "rates 1st quarter 2019.csv",
        "rates_first_half_2019.csv",
        "taux 2e trimestre 2019.csv",
        "rates retrieved 2026-06-13.csv",
        "rates_accessed_2026-06-13.csv",
        "rates valid until 2026-06-13.csv",
        "rates as of 31-12-2014.csv",
        "rates downloaded 2024.csv",
    ],
)
def test_a_span_or_no_date_in_a_name_tells_nothing(name: str) -> None:
    assert by_name(name) is None


@pytest.mark.parametrize(
    "name", ["d_01-03-2025.csv", "d.1.3.2025.csv", "sdg_16_1_2024.csv", "d_01-03-2025_2025-03-01.csv"]
)
def test_a_day_whose_month_is_not_told_dates_nothing(name: str) -> None:
    assert by_name(name) is None
    dated = publication(of_years(2019, file=name), None, TODAY)
    assert (dated.day, [finding.rule for finding in dated.findings]) == (TODAY, ["undated"])


def test_a_person_is_believed_before_the_file_and_the_file_before_its_name() -> None:
    stated = date(2020, 5, 1)
    file = of_years(2018, file="made.2019.csv", published=stated)
    assert publication(file, None, TODAY).day == stated
    said = publication(file, date(2021, 1, 1), TODAY)
    assert (said.day, [finding.rule for finding in said.findings]) == (date(2021, 1, 1), ["dated-otherwise"])
    named = publication(of_years(2018, file="made.2019.csv"), None, TODAY)
    assert (named.day, [finding.rule for finding in named.findings]) == (date(2019, 12, 31), ["dated-by-name"])


def test_a_year_that_the_data_reach_is_no_publication_unless_they_project() -> None:
    for years in ((2012,), (2012, 2013), (2011, 2012)):
        assert publication(of_years(*years, file="homicide_2012.csv"), None, TODAY).day == TODAY
    assert publication(of_years(2011, file="homicide_2012.csv"), None, TODAY).day == date(2012, 12, 31)
    assert publication(of_years(2012, file="made.2012-06-01.csv"), None, TODAY).day == date(2012, 6, 1)
    assert publication(of_years(2050, file="wpp2017.csv", projects=True), None, TODAY).day == date(2017, 12, 31)


def test_nothing_is_published_after_today() -> None:
    for name in ("made-2026.csv", "made-2026-11.csv", "made.2026Q4.csv", "made-2027.csv"):
        undated = publication(of_years(2025, file=name), None, TODAY)
        assert (undated.day, [finding.rule for finding in undated.findings]) == (TODAY, ["undated"])
    with pytest.raises(BadInput, match="future"):
        publication(of_years(2025, published=date(2026, 11, 30)), None, TODAY)


def test_one_year_in_twenty_after_the_publication_is_left_out_and_more_refuse_the_day() -> None:
    file = of_years(*range(2001, 2021))
    leave_out_later(file, date(2019, 12, 31))
    assert (len(file.observations), [finding.rule for finding in file.findings]) == (19, ["impossible-year"])
    with pytest.raises(BadInput, match="up to 2020"):
        leave_out_later(of_years(*range(2002, 2021)), date(2019, 12, 31))
    with pytest.raises(BadInput, match="up to 2020"):
        leave_out_later(of_years(*range(2001, 2021)), date(2019, 12, 31), none=True)
    projected = of_years(2050, projects=True)
    leave_out_later(projected, date(2017, 1, 1))
    assert len(projected.observations) == 1


def of_edition(file: str, dataset: str, *years: int, projects: bool = False) -> Reading:
    made = of_years(*years, file=file, projects=projects)
    made.description = replace(made.description, dataset=dataset)
    return made


@pytest.mark.parametrize(
    ("file", "dataset", "day"),
    [
        ("global-study-on-homicide-countries.2019.csv", "homicide", "2019-07-08"),
        ("criminal-justice-process.2019.csv", "criminal-justice-process", "2019-07-08"),
        ("wpp2017-female-by-age.tsv", "population-by-age-female", "2017-06-21"),
        ("WPP2019_PopulationBySingleAgeSex.csv", "population-by-single-age-wpp", "2019-06-17"),
        ("WPP2012_DB02_POPULATIONS.csv", "population-wpp", "2013-06-13"),
    ],
)
def test_an_edition_that_a_name_tells_by_its_year_has_its_own_day(file: str, dataset: str, day: str) -> None:
    dated = publication(of_edition(file, dataset, 2010), None, TODAY)
    assert (dated.day.isoformat(), [finding.rule for finding in dated.findings]) == (day, ["dated-by-edition"])
    assert day in dated.findings[0].message


def test_a_day_in_a_name_or_said_by_a_person_stands_before_that_of_the_edition() -> None:
    named = of_edition("homicide.2019-11-02.csv", "homicide", 2010)
    assert publication(named, None, TODAY).day == date(2019, 11, 2)
    assert publication(named, date(2019, 7, 9), TODAY).day == date(2019, 7, 9)
    early = date(2019, 7, 7)
    assert publication(of_edition("homicide.2019.csv", "homicide", 2010), None, early).day == early


def test_tables_that_ship_bear_the_date_of_their_edition() -> None:
    shipped = yaml.safe_load((TABLE.parent / "homicide-2019-study.source.yaml").read_text(encoding="utf-8"))
    assert all_editions()["homicide", 2019].published == shipped["published"]
