"""Tables of estimates, the trends of rates, and what is held on emerging issues, on the tables that ship."""

from datetime import date

import pytest
from django.db import transaction

from comity.analysis.emerging_issues.figures import CategoryHeld, emerging_issues_held, issues_measured
from comity.analysis.estimates.arithmetic import printed
from comity.analysis.estimates.ask import estimates
from comity.evidence.figures import figure
from comity.statistics.store import known_on

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker, load_tables):
    with django_db_blocker.unblock(), transaction.atomic():
        load_tables()
        tables = {
            name: figure(name, as_at=TODAY)
            for name in (
                "estimates-by-region.homicide-rate.2012.study-2013",
                "estimates-by-area.homicide-rate.2012.study-2013",
                "estimates-over-time.homicide-rate.019,150.2010.2012.comity-1",
                "trends.homicide.homicide-rate.2000.2012",
                "trend-verdicts.homicide.homicide-rate.2000.2012",
                "emerging-issues",
            )
        }
        single = {
            year: {
                one.area: one
                for one in estimates(known_on, "homicide-rate", method="comity-1", on=year, as_at=TODAY, today=TODAY)
            }
            for year in ("2010", "2011", "2012")
        }
        yield {name.split(".")[0]: made for name, made in tables.items()} | {"single": single}
        transaction.set_rollback(True)


def test_regions_come_out_as_the_study_prints_them(shipped):
    table = shipped["estimates-by-region"].value
    rates = {region: printed(table.cell(region, "value"), "per 100,000 population") for region in table.rows}
    assert rates == {"001": "6.2", "002": "12.5", "019": "16.3", "142": "2.9", "150": "3.0", "009": "3.0"}
    assert printed(table.cell("001", "count"), "victims") == "437,000"
    assert table.cell("001", "count") == sum(table.cell(region, "count") for region in table.rows if region != "001")
    assert all(table.cell(region, "low") < table.cell(region, "value") < table.cell(region, "high") for region in rates)


def test_a_state_whose_parts_report_apart_has_the_rate_of_all_of_them(shipped):
    table = shipped["estimates-by-area"].value
    assert "826" in table.rows
    assert not [area for area in table.rows if area.startswith("GBR_")]
    assert 0.5 < table.cell("826", "rate") < 2


def test_areas_add_up_to_the_world(shipped):
    areas, regions = shipped["estimates-by-area"].value, shipped["estimates-by-region"].value
    total = sum(areas.cell(area, "count") or 0 for area in areas.rows)
    assert total == pytest.approx(regions.cell("001", "count"))


def test_a_year_of_a_series_is_the_estimate_of_that_year(shipped):
    table = shipped["estimates-over-time"].value
    for year, found in shipped["single"].items():
        for area in ("019", "150"):
            held = (table.cell(year, area), table.cell(year, f"{area}-low"), table.cell(year, f"{area}-high"))
            assert held == pytest.approx((found[area].value, found[area].low, found[area].high))


def test_verdicts_are_those_of_the_trends_and_no_area_is_lost(shipped):
    verdicts, trends = shipped["trend-verdicts"].value, shipped["trends"].value
    counted = {name: cells[0] for name, cells in verdicts.rows.items()}
    assert sum(count for name, count in counted.items() if name != "all") == counted["all"] == len(trends.rows)
    for name in ("increase", "decrease", "level shift", "turned", "stable", "no verdict"):
        told = sum(trends.cell(area, "verdict") == name for area in trends.rows)
        assert counted[name.replace(" ", "-")] == told
    assert counted["decrease"] > counted["increase"] > 0
    assert all(trends.cell(area, "n") >= 8 for area in trends.rows if trends.cell(area, "verdict") != "no verdict")


def test_nothing_held_on_an_issue_is_told_as_nought(shipped):
    table = shipped["emerging-issues"].value
    assert len(table.rows) == 7
    assert {table.cell(issue, "observations") for issue in table.rows} == {0}
    assert shipped["emerging-issues"].inputs


def test_observations_below_a_category_count_and_areas_that_are_no_member_do_not_count_as_states():
    held = (
        CategoryHeld("070121", "040", True, 5, 2003, 2009),
        CategoryHeld("0702", "040", True, 2, 2011, 2012),
        CategoryHeld("0701", "GBR_S", False, 1, 2001, 2001),
        CategoryHeld("0401", "040", True, 9, 2003, 2012),
    )
    table = emerging_issues_held([held, ()])
    assert table.rows["identity"] == ("0701, 0702", True, 8, 1, "2001", "2012")
    assert table.cell("piracy", "observations") == 0
    assert issues_measured([held]) == 1
