"""Paragraphs, figures and States agree: whatever names another is named by it, with one value."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.db import transaction
from django.test import Client

import comity
from comity.analysis.indicators.declared import declared
from comity.evidence.figures import asked_by, figure, leads_to, parse_figure_id
from comity.evidence.store import now
from comity.mandates import store
from comity.mandates.formats.register import read_register

pytestmark = pytest.mark.django_db
SYMBOL = "A/RES/67/189"
ROOMS = Path(comity.__file__).parent
ELSEWHERE = (
    "/",
    "/states/BRA/",
    "/instruments/UNTOC/?on=2012-12-20",
    "/indicators/homicide-rate/?on=2012",
    "/issues/",
    "/data/",
    "/trends/",
    "/baselines/",
)
"""Pages of other rooms, whose figures are looked for on the pages of the paragraphs that they name."""


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any, load_tables: Callable[[], None]) -> Iterator[dict[str, str]]:
    """The text of the page of each operative paragraph by its id, with the tables that ship."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_tables()
        client = Client()
        found = {}
        for paragraph in store.paragraphs(SYMBOL, now().date()):
            if paragraph.kind == "operative":
                answer = client.get(f"/resolutions/{paragraph.id.replace('#', '/')}/")
                assert answer.status_code == 200, paragraph.id
                found[paragraph.id] = answer.content.decode()
        yield found
        transaction.set_rollback(True)


def figures_on(text: str) -> dict[str, str]:
    """The figures that a page links to, with what the last link to each prints."""
    links = re.findall(r'<a[^>]* href="(?:/\w\w)?/figures/([^"?]+)[^"]*"[^>]*>(.*?)</a>', text, re.DOTALL)
    return {unquote(unescape(identifier)): re.sub(r"<[^>]+>", "", words).strip() for identifier, words in links}


def links_on(text: str) -> set[str]:
    return {urlsplit(unescape(link)).path for link in re.findall(r'href="([^"]+)"', text)}


def test_every_operative_paragraph_has_a_page_that_shows_figures_or_says_what_is_not_held(
    pages: dict[str, str],
) -> None:
    assert len(pages) == 41
    for identifier, text in pages.items():
        told = "What is not held, and how to bring it" in text
        assert told or figures_on(text), identifier


def test_every_figure_on_a_paragraphs_page_names_the_paragraph(pages: dict[str, str]) -> None:
    wrong = [(id, one) for id, text in pages.items() for one in figures_on(text) if id not in asked_by(one)]
    assert wrong == []
    assert sum(len(figures_on(text)) for text in pages.values()) > 300


def test_every_figure_elsewhere_is_reached_from_each_paragraph_that_it_names(pages: dict[str, str]) -> None:
    client, today = Client(), now().date()
    elsewhere = {one for address in ELSEWHERE for one in figures_on(client.get(address).content.decode())}
    methods = {_method(one) for one in elsewhere}
    assert {"parties", "indicator", "estimate", "emerging-issues"} <= methods
    lost = []
    for one in sorted(elsewhere):
        method, instrument = _method(one), _instruments(one)
        for paragraph in asked_by(one):
            shown = figures_on(pages[paragraph])
            alike = any(_method(own) == method and instrument <= _instruments(own) for own in shown)
            leads = {urlsplit(lead.address).path for lead in leads_to(method, on=date(2012, 12, 20), as_at=today)}
            if not alike and not (leads - {""}) & links_on(pages[paragraph]):
                lost.append((one, paragraph))
    assert lost == []


def _method(identifier: str) -> str:
    return parse_figure_id(identifier)[0].name


def _instruments(identifier: str) -> set[str]:
    arguments = parse_figure_id(identifier)[1]
    codes = str(arguments.get("instruments", arguments.get("instrument", "")))
    return set(filter(None, codes.split(",")))


def test_every_page_that_leads_to_figures_answers(pages: dict[str, str]) -> None:
    client = Client()
    addresses = {path for text in pages.values() for path in links_on(text) if path.startswith(("/indic", "/base"))}
    assert {"/indicators/homicide-rate/", "/baselines/"} <= addresses
    assert [one for one in sorted(addresses) if client.get(one).status_code != 200] == []


@pytest.mark.parametrize("identifier", ["op3", "op8", "op21", "op22"])
def test_a_paragraph_prints_the_value_that_the_page_of_the_figure_prints(
    pages: dict[str, str], identifier: str
) -> None:
    client, shown = Client(), figures_on(pages[f"{SYMBOL}#{identifier}"])
    numbers = {one: words for one, words in shown.items() if re.fullmatch(r"[\d.,–]+", words)}
    assert numbers
    for one, words in list(numbers.items())[:12]:
        assert _value_of(client, one) == words, one


@pytest.mark.parametrize("state", ["BRA", "JAM", "FRA"])
def test_a_state_prints_the_value_that_the_page_of_the_figure_prints(pages: dict[str, str], state: str) -> None:
    client = Client()
    shown = figures_on(client.get(f"/states/{state}/").content.decode())
    headlines = {one: words for one, words in shown.items() if one.startswith("indicator.")}
    assert headlines
    for one, words in headlines.items():
        assert _value_of(client, one) == words, one
        assert figure(one, as_at=now().date()).asked_by == asked_by(one)


def _value_of(client: Client, identifier: str) -> str:
    text = client.get(f"/figures/{identifier.replace('#', '%23')}").content.decode()
    found = re.search(r'<p class="value[^"]*">(.*?)</p>', text, re.DOTALL)
    assert found, identifier
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_a_figure_as_data_names_the_paragraphs_on_whose_pages_it_stands(pages: dict[str, str]) -> None:
    one = "parties.UNTOC.2012-12-20"
    on_pages = {identifier for identifier, text in pages.items() if one in figures_on(text)}
    assert set(Client().get(f"/figures/{one}?format=json").json()["asked_by"]) == on_pages


def test_what_an_indicator_says_of_who_asks_for_it_is_what_its_figures_say(pages: dict[str, str]) -> None:
    for code, of in declared().indicators.items():
        assert set(asked_by(f"indicator.{code}.076.2012.any.-")) == set(of.asked_by), code


def test_no_part_that_is_built_is_called_unbuilt() -> None:
    table = ROOMS / "mandates" / "tables" / "A-RES-67-189.yaml"
    named = {
        room for one in read_register(table.read_text(encoding="utf-8"), table.name).operative for room in one.rooms
    }
    assert [room for room in named if (ROOMS / room).is_dir()] == []


def test_what_is_not_held_names_commands_that_there_are(pages: dict[str, str]) -> None:
    from comity.cli import app

    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    commands |= {str(group.name) for group in app.registered_groups}
    told = {word for text in pages.values() for word in re.findall(r"<code[^>]*>comity ([a-z]+)", text)}
    assert {"import", "baseline"} <= told <= commands
