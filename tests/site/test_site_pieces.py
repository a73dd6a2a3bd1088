"""The small pure pieces behind the pages."""

from datetime import date

import pytest

from comity.evidence.dates import read_date
from comity.evidence.errors import BadInput
from comity.evidence.figures import methods
from comity.mandates.asking.figure_patterns import definite
from comity.mandates.resolution import Ask, Strength, Verb
from comity.mandates.wording import sayings
from comity.reports.views import with_cells, without_styles
from comity.site.programme_loop import Station, linked

DAY = date(2012, 12, 20)


def test_year_means_its_last_day() -> None:
    assert read_date("2012", "page", "on") == date(2012, 12, 31)
    assert read_date("2012-12-20", "page", "on") == DAY


@pytest.mark.parametrize("text", ["2012-13-01", "20 December 2012", "0000", "١٢٣٤-01-01", "2012-12-20T00:00"])
def test_what_is_no_date_is_named_with_its_field(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_date(text, "page", "as_at")
    assert refused.value.faults[0].place == "as_at"
    assert refused.value.faults[0].value == text


def test_link_of_the_loop_is_built_only_where_both_its_ends_are() -> None:
    built, open_ = Station("a", "A", "", built=True), Station("b", "B", "")
    first, second, third = linked([built, open_, built])
    assert (first.inward, first.onward) == (True, False)
    assert (second.inward, second.onward) == (False, False)
    assert (third.inward, third.onward) == (False, True)


def test_pattern_becomes_a_figure_for_each_instrument_that_it_names() -> None:
    found = definite(["parties,states.UNTOC,TIP.*"], methods(), ["UNTOC", "TIP", "UNCAC"], DAY)
    assert [identifier for _name, _subject, identifier in found] == [
        "parties.UNTOC.2012-12-20",
        "parties.TIP.2012-12-20",
        "states.UNTOC.2012-12-20",
        "states.TIP.2012-12-20",
    ]


def test_pattern_of_a_table_puts_its_instruments_side_by_side() -> None:
    found = definite(["status-table.TIP,UNTOC.*"], methods(), ["UNTOC", "TIP"], DAY)
    assert found == [("status-table", "UNTOC,TIP", "status-table.UNTOC,TIP.2012-12-20")]


def test_pattern_that_leaves_the_instrument_open_names_no_figure() -> None:
    assert definite(["parties.*"], methods(), ["UNTOC"], DAY) == []


def test_verbs_stand_apart_from_what_follows_them() -> None:
    asks = [Ask(Verb("Urges", "urge", Strength.STRONG), ("Member States",), "to join")]
    assert sayings(asks) == [("Urges", " Member States to join")]


def test_report_on_the_site_has_no_style_attribute_and_keeps_its_columns_of_numbers() -> None:
    body = '<col style="width: 30%" /><td style="text-align: right;">5</td>'
    assert without_styles(body) == '<col /><td class="digits">5</td>'


def test_cell_of_a_table_in_the_report_leads_to_the_cells_own_page_in_the_language_of_the_site() -> None:
    body = '<a href="/figures/status-table.UNTOC.2012-12-20?as_at=2026-01-01#004.UNTOC-consent">x</a>'
    address = "/ar/figures/status-table.UNTOC.2012-12-20%23004.UNTOC-consent?as_at=2026-01-01"
    assert with_cells(body, "/ar/") == f'<a href="{address}">x</a>'
    assert with_cells('<a href="/figures/parties.A.B?as_at=2026-01-01">', "/") == (
        '<a href="/figures/parties.A.B?as_at=2026-01-01">'
    )
