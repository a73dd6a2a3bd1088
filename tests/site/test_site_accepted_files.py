"""A strange file of each kind that is accepted, walked through every page that shows it, in two languages."""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence import importing
from comity.evidence.errors import BadInput
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source
from comity.mandates import store as mandates
from comity.statistics import store as statistics

EVERYWHERE = ("/", "/resolutions/", "/instruments/", "/states/FRA/", "/data/", "/sources/")
MOST_LINKS = 20
RESOLUTION = """General Assembly

Resolution adopted by the General Assembly on 20 December 2012

67/{number}. <b>= Strange</b>

The General Assembly,

{body}"""
AREAS = "code,iso2,iso3,kind,exists_from,exists_to,verified,note\n"
NAMES = "area,language,form,name,valid_from,valid_to,verified,note\n"
MEMBERSHIPS = "area,scheme,value,valid_from,valid_to,verified,note\n"
SUCCESSIONS = "predecessor,successor,date,relation,verified,note\n"
INSTRUMENTS = (
    "code,title,short_title,collection_reference,unts,adopted,place,depositary,parent,falls_with_parent,set,number,"
    "entry_into_force,trigger_count,trigger_days,later_days,withdrawal_rule,organizations,participation,recomputation,"
    "status_data,verified,note\n"
)
ACTIONS = "# published: 2015-01-01\ninstrument,participant,action,date,effective,text\n"
OBSERVATIONS = (
    "# dataset: strange\n# title: <b>= T {{x}}\n# published: 2015-01-01\narea,indicator,breakdown,period,value,status\n"
)
REGISTER = """symbol: {symbol}
title: T
organ: General Assembly
adopted: {adopted}
session: 67
counts: {{preambular: 0, operative: 1, footnotes: 0}}
operative:
- number: 1
  asks: [{{verb: Requests, lemma: request, strength: strong, addressees: [States], asked: x}}]
  figures: ["nothing.X", "parties.NOPE", "status-table.*", "data-sets"]
  references: ["treaty NOPE", "article UNTOC#art999", "paragraph A/RES/1/1#op1"]
"""
CORRESPONDENCE = (
    "system,national_code,title,language,valid_from,valid_to,iccs,relation,weight,condition,evidence,mapper,reviewer,"
    "status\nSTRANGE-2019,a/b?c#d <b>,= T,es,2019-01-01,,0101,exact,,,,A. Mapper,,proposed\n"
)


@pytest.fixture(scope="module")
def register(django_db_setup: Any, django_db_blocker: Any, load_tables: Callable[[], None]) -> Iterator[None]:
    """The tables that ship."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_tables()
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


def bring_in(text: str, name: str = "strange.csv") -> Origin:
    data = text.encode()
    importer, plan, source = plan_import(name, data, Source(file=name, title=name))
    origin = carry_out(importer, plan, source, data, actor="tester")
    assert origin is not None
    return origin


def walk(origins: Sequence[Origin], *more: str) -> None:
    """Ask for the pages that show what came from origins: those given, their own, and those that these lead to."""
    found = dict.fromkeys([*EVERYWHERE, *(f"/origins/{one.pk}" for one in origins), *more])
    marks = ("67/99", "/strange", ".strange.", "STRANGE", *(one.pk[:20] for one in origins))
    for address in list(found):
        for link in re.findall(r'href="(/[^"/][^"]*)"', ask(address)):
            plain = unescape(link).partition("#")[0]
            if any(mark in plain for mark in marks) and not re.match(r"/(?:fr|es|ru|zh-hans|ar)/", plain):
                found.setdefault(plain)
    asked = (*EVERYWHERE, *more)
    for address in [one for one in found if one not in asked][:MOST_LINKS]:
        ask(address)
    for address in asked:
        ask(f"/ar{address}")


def ask(address: str) -> str:
    answer = Client().get(address, follow=True)
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return text


BODIES = (
    "1. Fnords the report;\n\n2. Requests the Secretary-General to report.\n",
    "Blah of nothing,\n\n1. Fnords;\n\n2. Blah.\n",
    "1. Requests States.\n\n99999. Urges x.\n",
    "Recalling its resolution 55/25,1\n\n1. Requests all States.2\n\n_____\n1 Note.\n3 Other.\n",
)


def resolutions(bodies: Sequence[str]) -> list[Origin]:
    """The resolutions of these bodies that are accepted, brought in one after the other."""
    origins = []
    for number, body in enumerate(bodies, start=990):
        with contextlib.suppress(BadInput):
            origins.append(bring_in(RESOLUTION.format(number=number, body=body), f"{number}.txt"))
    return origins


def walk_resolutions(origins: Sequence[Origin]) -> None:
    symbols = [one.symbol for one in mandates.documents(date.max) if one.symbol.startswith("A/RES/67/99")]
    places = [one.id.replace("#", "/") for symbol in symbols for one in mandates.paragraphs(symbol, date.max)]
    assert len(symbols) == len(origins)
    walk(origins, *(f"/resolutions/{place}/" for place in (*symbols, *places)))


def test_resolutions_that_are_accepted_are_shown_wherever_they_stand() -> None:
    origins = resolutions(BODIES)
    assert len(origins) == len(BODIES)
    walk_resolutions(origins)


def test_paragraph_without_a_known_verb_asks_nothing_that_is_recognised() -> None:
    resolutions(["1. Fnords the report.\n"])
    (paragraph,) = mandates.paragraphs("A/RES/67/990", date.max)
    assert paragraph.asks == ()
    assert "Fnords the report." in ask("/resolutions/A/RES/67/990/")


PARTS = ("Fnords", "Requests States to act", "Urges", "(a) One", "in 1999", "=", "<b>", "…", "A/RES/1/1")


@settings(max_examples=examples(2))
@given(st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(" ".join), min_size=8, max_size=9))
def test_no_resolution_that_is_accepted_breaks_a_page(texts: list[str]) -> None:
    with transaction.atomic():
        walk_resolutions(resolutions([f"1. {text};\n\n2. {text}.\n" for text in texts]))
        transaction.set_rollback(True)


def test_registers_that_are_accepted_are_shown() -> None:
    symbols = ("A/RES/67/998", "A b (XX)", "E/CN.15/2012/1")
    origins = [bring_in(REGISTER.format(symbol=one, adopted="2012-12-20"), "r.yaml") for one in symbols]
    walk(origins, *(f"/resolutions/{quote(one)}/{place}" for one in symbols for place in ("", "op1/")))


@pytest.mark.parametrize("symbol", ["'A?x'", "'A#op1'", "A/op1", "A/RES/1/", "'%2F'", "A/" + "9" * 80])
def test_symbol_that_no_address_can_hold_is_refused(symbol: str) -> None:
    with pytest.raises(BadInput, match=r"r\.yaml, 1"):
        bring_in(REGISTER.format(symbol=symbol, adopted="2012-12-20"), "r.yaml")


def test_register_of_a_resolution_of_the_future_is_refused() -> None:
    with pytest.raises(BadInput, match=r"r\.yaml, adopted"):
        bring_in(REGISTER.format(symbol="A/1", adopted="9999-01-01"), "r.yaml")


def test_rows_of_areas_that_are_accepted_are_shown() -> None:
    tables = (
        AREAS + "STRANGE,,,organization,,,1,x\n",
        AREAS + "STRANGER,QQ,QQQ,former,,,1,x\n",
        NAMES + "250,en,short,a/b?c#d <b>= x,,,1,x\n",
        MEMBERSHIPS + "250,part-of,250,,,1,x\n",
        MEMBERSHIPS + "250,m49-region,276,,,1,x\n276,m49-region,250,,,1,x\n",
        SUCCESSIONS + "250,276,1990-01-01,separation,1,x\n276,250,1991-01-01,dissolution,1,x\n",
    )
    origins = [bring_in(table) for table in tables]
    walk(origins, "/states/", "/figures/members.2012-12-20", "/instruments/UNTOC/", "/observations/?format=json")


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (AREAS + "STRANGE,FR,QQQ,state,,,1,x\n", "2:iso2"),
        (AREAS + "STRANGE,QQ,FRA,state,,,1,x\n", "2:iso3"),
        (AREAS + "FRA,,,area,,,1,x\n", "2:code"),
        (NAMES + "250,en,short,a\x01b,,,1,x\n", "2:name"),
        (SUCCESSIONS + "250,250,1990-01-01,continuation,1,x\n", "2:successor"),
        (SUCCESSIONS + "250,276,1990-01-01,continuation,1,\n276,250,1991-01-01,continuation,1,\n", "2:successor"),
        (INSTRUMENTS + "A/B,T,S,,,2000-01-01,,D,,0,drugs,,,,,,,0,P,,held,1,\n", "2:code"),
        (INSTRUMENTS + "STRANGE,T,S,,,2000-01-01,,D,,0,drugs,,,0,,,,0,P,,held,1,\n", "2:trigger_count"),
        (INSTRUMENTS + "STRANGE,T,S,,,2000-01-01,,D,,0,drugs,,,1,3000000,,,0,P,,held,1,\n", "2:trigger_days"),
        (INSTRUMENTS + "STRANGE,T,S,,,2000-01-01,,D,,0,drugs,99999999999999999999,,,,,,0,P,,held,1,\n", "2:number"),
        (INSTRUMENTS + "STRANGE,T,S,,,9999-12-31,,D,,0,drugs,,,,,,,0,P,,held,1,\n", "2:adopted"),
        (INSTRUMENTS + "STRANGE,T,S\x1b[31m,,,2000-01-01,,D,,0,drugs,,,,,,,0,P,,held,1,\n", "2:short_title"),
        (INSTRUMENTS + f"STRANGE,T,{'S' * 121},,,2000-01-01,,D,,0,drugs,,,,,,,0,P,,held,1,\n", "2:short_title"),
        (OBSERVATIONS.replace("strange", "s" * 81) + "FRA,some-count,_T,2012,5,\n", "dataset"),
    ],
)
def test_row_that_some_page_could_not_show_is_refused_with_its_place(table: str, place: str) -> None:
    with pytest.raises(BadInput) as raised:
        bring_in(table)
    assert ("strange.csv", place) in [(fault.file, fault.place) for fault in raised.value.faults]


def test_instruments_and_actions_that_are_accepted_are_shown() -> None:
    rows = (
        "STRANGE,<b>,S,,,0001-01-01,,D,STRANGE,1,drugs,,,1,10000,,,0,P,,held,1,\n",
        "STRANGE-2,T,S,,,2000-01-01,,D,UNTOC,1,counter-terrorism,7,0001-01-01,,,,,1,P,,held,1,\n",
    )
    actions = ("UNTOC,250,ratification,2010-01-01,9999-12-31,<b>\n", "UNTOC,276,withdrawal,2010-01-01,,\n")
    origins = [*(bring_in(INSTRUMENTS + row) for row in rows), *(bring_in(ACTIONS + row) for row in actions)]
    names = ("parties", "status-table", "parties-by-group")
    figures = ("entry-into-force.STRANGE", *(f"{name}.STRANGE.2012-12-20" for name in names))
    walk(
        origins,
        "/instruments/STRANGE/?on=2012-01-01",
        "/instruments/STRANGE-2/",
        "/instruments/UNTOC/?on=2012-01-01",
        "/instruments/status/?instruments=STRANGE,STRANGE-2",
        *(f"/figures/{one}{form}" for one in figures for form in ("", "?format=json")),
    )


LAYOUTS = {
    "own.csv": OBSERVATIONS + "FRA,strange-count,a:b/c?d#e<f>,2012,5,\nAfrica,strange-count,_T,2012-Q3,,O\n",
    "semicolons.csv": OBSERVATIONS.replace(",", ";").replace("# dataset: strange", "# dataset: strange-2")
    + "FRA;strange-count;_T;2012;1e-300;\nFRA;strange-count;_T;2011;<5;\n",
}


def test_statistics_that_are_accepted_are_shown() -> None:
    origins = [bring_in(text, name) for name, text in LAYOUTS.items()]
    pages = ["/quality/FRA/", "/indicators/", "/trends/", "/issues/", "/observations/?dataset=strange&format=json"]
    for origin in origins:
        release = statistics.release_of(origin.pk)
        assert release is not None
        here = f"/data/{release.dataset}/{quote(release.id)}"
        pages += [f"/data/{release.dataset}/?format=json", f"{here}/", f"{here}/revisions/", f"{here}/observations.csv"]
    walk(origins, *pages)


def test_correspondence_that_is_accepted_is_shown() -> None:
    walk([bring_in(CORRESPONDENCE)])


def test_every_importer_reads_back_what_it_stores() -> None:
    without = [one.kind for one in importing._importers if not hasattr(one, "read_back")]
    assert without == ["statistics: export of observations"]
