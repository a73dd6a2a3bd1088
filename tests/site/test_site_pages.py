"""Every page, in every language: it answers, says its language, and can be read by anyone."""

import re
from itertools import pairwise

import pytest
from browsing import PAGES, Site, in_language
from matrices import LANGUAGES, in_languages


@pytest.mark.once
@pytest.mark.parametrize(("address", "code"), in_languages(PAGES))
def test_every_page_answers_in_its_language_and_direction(site: Site, address: str, code: str) -> None:
    page = site.get(in_language(address, code))
    assert page.status == 200
    assert page.language.lower() == code
    assert page.direction == ("rtl" if code == "ar" else "ltr")


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_page_has_no_inline_style_or_script_and_nothing_unlabelled(site: Site, address: str) -> None:
    assert site.get(address).faults == []


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_headings_descend_one_step_at_a_time_from_one_first_heading(site: Site, address: str) -> None:
    levels = [level for level, _words in site.get(address).headings]
    assert levels[0] == 1
    if address != "/report/":
        assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), site.get(address).headings
    assert all(words for _level, words in site.get(address).headings)


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_on_a_page(site: Site, address: str) -> None:
    ids = site.get(address).ids
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})[:5]


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_language_switcher_keeps_the_page(site: Site, address: str) -> None:
    links = site.get(address).links
    for code in LANGUAGES:
        assert in_language(address, code) in links


def test_pages_carry_a_policy_that_allows_no_foreign_or_inline_code(site: Site) -> None:
    policy = site.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/figures/parties.NOWHERE.2012-12-20",
        "/figures/no-such-method.1",
        "/origins/" + "0" * 64,
        "/instruments/NOWHERE/",
        "/states/Atlantis/",
        "/resolutions/A/RES/1/1/",
        "/resolutions/A/RES/67/189/op99/",
    ],
)
@pytest.mark.parametrize("code", ["en", "ar"])
def test_unknown_name_is_answered_politely_with_404(site: Site, address: str, code: str) -> None:
    page = site.get(in_language(address, code))
    assert page.status == 404
    assert page.direction == ("rtl" if code == "ar" else "ltr")
    assert page.headings[0][0] == 1


def test_unknown_instrument_page_names_the_instruments_there_are(site: Site) -> None:
    page = site.get("/instruments/NOWHERE/")
    assert "NOWHERE" in page.text
    assert "UNCAC" in page.text


def test_impossible_date_is_named_and_not_replaced(site: Site) -> None:
    page = site.get("/instruments/UNTOC/?on=2012-13-40")
    assert page.status == 400
    assert "2012-13-40" in page.text


@pytest.mark.parametrize("on", ["0001-01-01", "1990-01-01", "9999-12-31", "2012"])
@pytest.mark.parametrize(
    "address", ["/instruments/", "/instruments/UNTOC/", "/states/BOL/", "/resolutions/A/RES/67/189/op3/"]
)
def test_any_day_can_be_asked_for(site: Site, address: str, on: str) -> None:
    assert site.get(f"{address}?on={on}").status == 200


@pytest.mark.parametrize(
    "address",
    ["/instruments/", "/instruments/UNTOC/", "/instruments/status/", "/states/FRA/", "/resolutions/A/RES/67/189/op3/"],
)
def test_every_page_of_status_says_through_which_date_the_register_is_complete(site: Site, address: str) -> None:
    text = site.get(address).text
    assert "complete through" in text or "through which the register holds every act on it" in text


def test_the_range_of_parties_is_the_same_on_the_front_page_and_on_the_treaty_s(site: Site) -> None:
    other_end = r'/figures/(parties-at-most\.UNTOC\.[^"]+)">(.*?)</a>'
    # Fiji deposited between July 2017 and October 2018.
    of_the_treaty = re.findall(other_end, site.get("/instruments/UNTOC/?on=2018-01-01").text)
    assert len(of_the_treaty) == 1
    assert re.findall(other_end, site.get("/?on=2018-01-01").text) == of_the_treaty


@pytest.mark.parametrize("address", ["/instruments/", "/instruments/status/", "/states/FRA/"])
def test_a_page_that_gives_each_treaty_its_own_day_fills_in_no_other(site: Site, address: str) -> None:
    assert 'name="on" value=""' in site.get(address).text
    assert 'name="on" value="2012-12-20"' in site.get(f"{address}?on=2012-12-20").text


def test_what_is_not_held_is_no_least_number(site: Site) -> None:
    assert not re.search(r"at least\s*<a[^>]*>–", site.get("/instruments/").text)


@pytest.mark.parametrize("address", ["/indicators/", "/trends/", "/flows/", "/baselines/", "/issues/", "/quality/"])
def test_each_page_below_the_data_is_shown_as_one_of_them(site: Site, address: str) -> None:
    assert re.search(r'href="/data/" aria-current="true"', site.get(address).text)


def test_status_after_the_registers_end_is_shown_with_a_notice(site: Site) -> None:
    text = site.get("/instruments/UNTOC/?on=2025-01-01").text
    assert "is complete only through" in text
    assert "later acts may be missing" in text


def test_instrument_without_status_data_says_so_and_is_not_hidden(site: Site) -> None:
    listed = site.get("/instruments/").text
    assert "No evidence held yet" in listed


def test_paragraph_without_figures_says_so_and_what_would_be_held(site: Site) -> None:
    text = site.get("/resolutions/A/RES/67/189/op26/").text
    assert "No figure names this paragraph" in text
    assert "What is not held, and how to bring it" in text


def test_paragraph_three_shows_the_parties_of_its_day(site: Site) -> None:
    page = site.get("/resolutions/A/RES/67/189/op3/")
    assert "/figures/parties.UNTOC.2012-12-20" in page.links
    assert re.search(r">\s*<bdi>173</bdi>", page.text)
    assert re.search(r">\s*<bdi>172</bdi>", page.text)


def test_untoc_page_counts_as_the_depositary_did_on_the_day_of_the_resolution(site: Site) -> None:
    text = site.get("/instruments/UNTOC/?on=2012-12-20").text
    assert re.search(r'parties\.UNTOC\.2012-12-20"><bdi>173</bdi>', text)
    assert re.search(r'states\.UNTOC\.2012-12-20"><bdi>172</bdi>', text)


def test_state_resolves_by_any_code_or_name_to_one_address(site: Site) -> None:
    for code in ("384", "CI", "CIV", "Côte d’Ivoire"):
        from urllib.parse import quote

        assert site.get(f"/states/{quote(code)}/").url == "/states/CIV/"


def test_home_says_which_links_of_the_loop_are_not_built(site: Site) -> None:
    text = site.get("/").text
    assert text.count("not built yet") >= 4
    assert len(re.findall(r'<li class="[^"]*">\s*<h3>', text)) == 8
