"""From a printed number to the line of the source: every step of the way is a page that answers."""

import json
import random
import re
from html import unescape
from urllib.parse import quote, urljoin

import pytest
from browsing import PAGES, Site, in_language
from matrices import LANGUAGES, some_of_each_kind


@pytest.mark.slow
@pytest.mark.once
def test_every_link_of_the_pages_leads_to_a_page(site: Site) -> None:
    targets = {urljoin(start, link).partition("#")[0] for start in PAGES for link in site.get(start).local}
    opened = some_of_each_kind(targets)
    assert [target for target in opened if site.status(target) != 200] == []
    assert len(opened) > 50


def test_links_within_a_page_have_their_target(site: Site) -> None:
    for address in PAGES:
        page = site.get(address)
        wanted = {unescape(link[1:]) for link in page.links if link.startswith("#") and len(link) > 1}
        assert wanted <= set(page.ids), (address, sorted(wanted - set(page.ids))[:3])


def test_a_figure_of_the_report_leads_in_two_steps_to_the_line_of_its_source(site: Site) -> None:
    addresses = sorted({link for link in site.get("/report/").links if link.startswith("/figures/")})
    assert len(addresses) > 100
    chance = random.Random(40)  # noqa: S311 - a sample, not a secret
    for identifier in chance.sample(addresses, 15):
        page = site.get(identifier)
        assert page.status == 200, identifier
        places = [link for link in page.links if "/at/" in link]
        assert places, identifier
        place = site.get(places[0])
        assert place.status == 200
        assert 'class="here"' in place.text


def test_every_figure_printed_in_the_report_has_a_page(site: Site) -> None:
    printed = sorted(set(site.get("/report/").figures))
    chance = random.Random(41)  # noqa: S311 - a sample, not a secret
    missing = [
        one for one in chance.sample(printed, 40) if site.get(f"/figures/{quote(one, safe='-_:,.')}").status != 200
    ]
    assert missing == []


def test_figure_as_data_is_what_its_page_shows(site: Site) -> None:
    data = json.loads(site.get("/figures/parties.UNTOC.2012-12-20?format=json").text)
    assert data["value"] == 173
    assert {"id", "unit", "method", "version", "docstring", "arguments", "asked_by", "inputs", "digest"} <= set(data)
    page = site.get("/figures/parties.UNTOC.2012-12-20").text
    assert data["digest"] in page
    assert str(len(data["inputs"])) in page
    assert "A/RES/67/189#op3" in data["asked_by"]


def test_place_shows_the_very_words_that_the_figure_was_made_from(site: Site) -> None:
    data = json.loads(site.get("/figures/parties.UNTOC.2012-12-20?format=json").text)
    fact = data["inputs"][0]
    page = site.get(f"/origins/{fact['origin']}/at/{fact['place']}")
    here = re.search(r'<li class="here".*?</li>', page.text, re.DOTALL)
    assert here
    assert fact["value"] in here[0]


def test_origin_can_be_downloaded_byte_for_byte(site: Site) -> None:
    import hashlib

    data = json.loads(site.get("/figures/parties.UNTOC.2012-12-20?format=json").text)
    sha256 = data["inputs"][0]["origin"]
    page = site.get(f"/origins/{sha256}/raw")
    assert "attachment" in page.headers["content-disposition"]
    assert hashlib.sha256((site.home / "origins" / sha256).read_bytes()).hexdigest() == sha256
    assert page.text == (site.home / "origins" / sha256).read_bytes().decode("utf-8", "replace")


def test_cell_of_a_table_figure_shows_only_the_inputs_of_its_row(site: Site) -> None:
    whole = json.loads(site.get("/figures/status-table.UNTOC.2012-12-20?format=json").text)
    row = next(key for key, cells in whole["value"]["rows"].items() if cells[1])
    cell = json.loads(site.get(f"/figures/status-table.UNTOC.2012-12-20%23{row}.UNTOC-consent?format=json").text)
    assert 0 < len(cell["inputs"]) < 8
    assert cell["value"] == whole["value"]["rows"][row][1]


def test_inputs_are_paged_and_none_is_lost(site: Site) -> None:
    address = "/figures/parties.UNTOC.2012-12-20"
    count = len(json.loads(site.get(address + "?format=json").text)["inputs"])
    places = [
        link
        for page in range(1, count // 100 + 2)
        for link in site.get(f"{address}?page={page}").links
        if "/at/" in link
    ]
    assert len(places) == len(set(places)) == count


def test_knowledge_of_an_earlier_day_leaves_out_what_was_deposited_after_it(site: Site) -> None:
    early = json.loads(site.get("/figures/parties.UNTOC.2012-12-20?as_at=2005-01-01&format=json").text)
    assert early["value"] < 173
    assert all(fact["known_from"] <= "2005-01-01" for fact in early["inputs"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_method_is_listed_with_its_docstring(site: Site, code: str) -> None:
    text = site.get(in_language("/methods/", code)).text
    assert 'id="parties"' in text
    assert "A participant is counted from the day" in text


def test_figure_page_gives_a_line_by_which_to_cite_it(site: Site) -> None:
    page = site.get("/figures/parties.UNTOC.2012-12-20?as_at=2026-01-01").text
    cited = re.search(r'<p class="cite">(.*?)</p>', page, re.DOTALL)
    assert cited
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", cited[1])).split())
    assert words.startswith("173 participants. Parties · Organized Crime Convention · 20 December 2012.")
    assert "Source: United Nations Treaty Collection" in words
    assert "Register complete through 4 May 2024; as known on 1 January 2026" in words
    assert words.endswith("/figures/parties.UNTOC.2012-12-20?as_at=2026-01-01")


def test_paragraphs_that_ask_for_a_figure_are_named_by_their_numbers_and_keep_their_id(site: Site) -> None:
    page = site.get("/figures/parties.UNTOC.2012-12-20").text
    assert 'title="A/RES/67/189#op41">para. <bdi>41</bdi></a> of resolution <bdi>67/189</bdi>' in page


def test_state_that_has_dissolved_is_not_said_to_have_stood_aside(site: Site) -> None:
    page = site.get("/states/YUG/").text
    assert "neither signed nor party" not in page
    assert "until <time" in page
