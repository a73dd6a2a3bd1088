"""What is confidential or withheld stands on no page, in no file and in no answer, but for the operator who asks."""

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import duckdb
import pytest
from django.db import transaction
from django.test import Client
from examples.layouts import workbook
from examples.statistics import bring_areas, observation, reading
from hypothesis import given
from hypothesis import strategies as st
from matrices import PROOF, some_of_each_kind
from typer.testing import CliRunner

import comity
from comity.cli import app
from comity.evidence.audience import operator
from comity.evidence.figures import figure
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source, public_origins
from comity.evidence.workspaces import workspace
from comity.observations.finishing import finish
from comity.statistics import store
from comity.statistics.releases import holdings, query
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Selection
from comity.statistics.releases.revisions import between

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

FORMS = ["table", "json", "csv"] if PROOF else ["json"]
"""JSON prints all that the others do, and more."""

OWN = "area,indicator,iccs,period,value,confidentiality,note,breakdown\n"
MIXED = (
    "# dataset: mixed\n# title: Open title\n# published: 2015-03-01\n# note: 987654321 was recounted\n" + OWN + "\n"
    "BRA,homicide-count,0101,2010,501,F,open note,_T\n"
    "BRA,homicide-count,0101,2011,502,,,_T\n"
    "BRA,homicide-count,0101,2012,987654321,C,SENTINELNOTE,_T\n"
    'FRA,homicide-count,0101,2011,987654322,N,"SENTINEL\nTWO LINES",_T\n'
    "FRA,homicide-count,0101,2012,503,F,,_T\n"
    "FRA,homicide-count,0101,2012,987654323,D,,sentinelkind:one\n"
    "ARG,homicide-count,0101,1913,987654324,S,,_T\n"
    "ARG,sentinel-things-count,,2012,987654325,C,,_T\n"
)
WIDE = (
    "# dataset: wide\n# published: 2015-03-02\narea,indicator,iccs,confidentiality,note,2010,2011\n"
    "BRA,homicide-count,0101,F,,601,602\nFRA,homicide-count,0101,N,SENTINELWIDE,987654326,987654327\n"
)
TSV = (
    "freq,iccs,unit,geo\\TIME_PERIOD\t2008 \t2009 \t2010 \n"
    "A,ICCS0101,NR,EL\t701 \t98765431 @C\t98765432 c\n"
    "A,ICCS0101,NR,FR\t702 \t703 \t704 \n"
    "A,ICCS0101,NR,EU27_2020\t98765433 @C\t98765434 @N\t705 \n"
)
LONG = (
    "DATAFLOW,LAST UPDATE,freq,iccs,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    "ESTAT:CRIM_HOM_SOFF(1.0),22/05/20 11:00:00,A,ICCS0101,NR,FR,2011,801,,\n"
    "ESTAT:CRIM_HOM_SOFF(1.0),22/05/20 11:00:00,A,ICCS0101,NR,DE,2011,98765435,,C\n"
    "ESTAT:CRIM_HOM_SOFF(1.0),22/05/20 11:00:00,A,ICCS0101,NR,EU27_2020,2011,98765436,,N\n"
)
BOOK = workbook([line.split(",") for line in LONG.replace("SOFF", "VREL").replace("801", "802").splitlines()])
OTHER = (
    'Entity,Code,Year,"Homicide rate per 100,000 population",Confidentiality\n'
    "Brazil,BRA,2010,21.5,F\nFrance,FRA,2010,98.765437,C\nGermany,DEU,2010,98765.437,N\n"
)
WHOLLY = (
    "# dataset: sentinel-wholly\n# title: SENTINELTITLE\n# published: 2020-01-01\n" + OWN + "\n"
    "BRA,homicide-count,0101,2012,987654328,C,SENTINELWHOLLY,_T\nARG,homicide-count,0101,2012,987654329,N,,_T\n"
)
WITHHELD = (
    "# dataset: sentinel-withheld\n# title: SENTINELWITHHELD\n# published: 2020-01-01\n" + OWN + "\n"
    "BRA,homicide-count,0101,2012,987654331,F,SENTINELHELD,_T\n"
)


def parts(day: str, *rows: str) -> str:
    """A release of the data set that is revised in parts."""
    return f"# dataset: parts\n# published: {day}\n{OWN}\n" + "".join(f"{row}\n" for row in rows)


ORACLE = (
    "# dataset: oracle-{hidden}\n# title: Homicides in Peru and Chile 2011\n# note: Revised in 2011\n"
    "# published: 2021-01-01\n" + OWN + "\nBRA,homicide-count,0101,2010,5,F,,_T\n"
    "BRA,homicide-count,0101,2011,{hidden},C,Peru and Chile,_T\n"
)
AREAS = "BRA,homicide-count,0101,{},{},{},{},_T"
BASE = parts("2016-01-01", *(AREAS.format(2000 + n, 900 + n, "F", "") for n in range(1, 10)))
PART = parts("2017-01-01", AREAS.format(2001, 987654332, "C", "SENTINELPART"), AREAS.format(2002, 952, "F", ""))
SILENT = parts("2018-01-01", AREAS.format(2003, 987654333, "N", "SENTINELSILENT"))
HELD_PART = parts("2019-01-01", AREAS.format(2004, 987654334, "F", "SENTINELHELDPART"))
VINTAGES = [
    f"# dataset: vintages\n# published: {day}\n{OWN}\n"
    f"BRA,homicide-count,0101,2010,{first}\nFRA,homicide-count,0101,2010,{second}\n"
    for day, first, second in (
        ("2016-02-01", "1001,F,,_T", "987654335,C,,_T"),
        ("2017-02-01", "987654336,C,SENTINELTURNED,_T", "1002,F,,_T"),
        ("2018-02-01", "987654337,C,,_T", "1002,F,,_T"),
    )
]

FILES = {
    "mixed.csv": MIXED,
    "wide.csv": WIDE,
    "estat_crim_off_cat.tsv": TSV,
    "estat_crim_hom_soff.csv": LONG,
    "estat_crim_hom_vrel.xlsx": BOOK,
    "homicide-rate.csv": OTHER,
    "sentinelwholly.csv": WHOLLY,
    "sentinelwithheld.csv": WITHHELD,
    "base.csv": BASE,
    "part.csv": PART,
    "silent.csv": SILENT,
    "sentinelheldpart.csv": HELD_PART,
    **{f"vintage-{number}.csv": text for number, text in enumerate(VINTAGES)},
}
SENTINEL = re.compile(r"sentinel|98765\d{3,4}|98\.765437|98765\.437|homicide-count\.032\.1913", re.IGNORECASE)
BETWEEN_DIGITS = re.compile("(?<=\\d)[,  \u202f'](?=\\d)")
OURS = "|".join(
    hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest() for content in FILES.values()
)
FREE = {
    "501",
    "502",
    "503",
    "601",
    "602",
    "701",
    "702",
    "703",
    "704",
    "801",
    "802",
    "21.5",
    "901",
    "952",
    "1001",
    "1002",
}


@pytest.fixture(autouse=True)
def releases_of_its_own() -> None:
    """The tests of this module share their releases, which go when the last of them has run."""


@pytest.fixture(scope="module", autouse=True)
def held(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A workspace full of what is not public, in each layout that can say so; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        bring_areas()
        for name, content in FILES.items():
            bring(name, content)
        store.write_current()
        yield
        transaction.set_rollback(True)
    shutil.rmtree(workspace.home() / "releases", ignore_errors=True)


def bring(name: str, content: str | bytes) -> None:
    """Import a file, held back where its name says so; it replaces nothing."""
    data = content.encode() if isinstance(content, str) else content
    extra = {"held": "true"} if "held" in name else {}
    published = None if b"# published" in data else date(2020, 5, 22)
    importer, plan, source = plan_import(name, data, Source(file=name, title=name, published=published, extra=extra))
    assert not plan.errors, plan.errors
    carry_out(importer, plan, source, data, actor="test")


def leaks(text: str) -> list[str]:
    """What of a text nobody but an operator may see."""
    return [match.group() for match in SENTINEL.finditer(BETWEEN_DIGITS.sub("", unescape(text)))]


def body(address: str) -> tuple[int, str]:
    """Status and text of an answer; of a table in another form, what stands in its cells."""
    answer = Client().get(address)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if data[:4] == b"PAR1":
        path = workspace.home() / "asked.parquet"
        path.write_bytes(data)
        rows = duckdb.read_parquet(str(path)).fetchall()
        notes = duckdb.execute("SELECT * FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
        return answer.status_code, repr(rows) + repr(notes)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return answer.status_code, "".join(
                packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
            )
    return answer.status_code, data.decode("utf-8", "replace")


def everything() -> list[str]:
    """Addresses that a reader who knows what is hidden would try, beside those that pages lead to."""
    found = [
        "/",
        "/sources/",
        "/data/",
        "/observations/",
        "/quality/",
        "/indicators/",
        "/trends/",
        "/flows/",
        "/issues/",
    ]
    found += ["/methods/", "/about/", "/indicators/homicide-rate/", "/indicators/homicide-count/"]
    found += [f"/{room}/{code}/" for room in ("states", "quality") for code in ("BRA", "FRA", "ARG", "DEU", "GRC")]
    found += [f"/observations.{form}" for form in ("csv", "parquet", "xlsx", "json")]
    found += ["/observations/?vintages=all", "/observations.csv?vintages=all", "/observations/?order=value&format=json"]
    found += [
        f"/observations/?{asked}" for asked in ("area=ARG", "breakdown=sentinelkind:one", "dataset=sentinel-wholly")
    ]
    for release in store.all_releases():
        page = f"/data/{release.dataset}/{release.id}/"
        found += [f"/data/{release.dataset}/", page, f"{page}revisions/", f"{page}revisions/?kind=added"]
        origin = f"/origins/{release.origin}"
        found += [f"{page}observations.csv", origin, f"{origin}/raw"]
        found += [f"{origin}/at/{line}" for line in range(1, 3 + len(FILES[release.file].splitlines()))]
        for one in query.select([release], Selection()):
            key = f"{release.dataset}.{one.observation.indicator}.{one.observation.area}.{one.observation.period}"
            iccs = one.observation.iccs or "-"
            found += [f"{origin}/at/{quote(one.observation.place)}", f"/observations/{key}.{iccs}/history"]
            found += [
                f"/figures/observation.{key}.{iccs}",
                f"/figures/observation.{key}.{iccs}?as_at={release.published}",
            ]
    for name in ("data-sets", "data-sets-held", "observations-held", "states-with-data", "emerging-issues"):
        found.append(f"/figures/{name}")
    return list(dict.fromkeys(found))


COVERED = re.compile(
    r"order=|rule=|severity=|/observations/\?.*as_at|/at/\d+$|/figures/data-sets%|/observations\.|/observations/\?.*area=.*format"
)
"""What asks for the same in another order or form."""
ELSEWHERE = re.compile(
    r"/(static|ar|zh-hans|fr|ru|es|instruments|resolutions|report|groups)/|/(states|quality)/(?!BRA|FRA|ARG)|/origins/(?!"
    + OURS
    + ")"
)


class Answers(dict[str, tuple[int, str]]):
    """The answers of addresses, each asked once, when it is first looked up."""

    def __missing__(self, address: str) -> tuple[int, str]:
        self[address] = body(address)
        return self[address]


@pytest.fixture(scope="module")
def answers(held: None) -> Answers:
    """What the site answers."""
    return Answers()


def crawl(answers: Answers) -> None:
    """Ask all addresses, some of each kind that a page leads to, and the same as data."""
    waiting = everything()
    asked: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in asked or ELSEWHERE.search(address):
            continue
        asked.add(address)
        status, text = answers[address]
        if status == 200 and "<html" in text:
            linked = (urljoin(address, unescape(href)) for href in re.findall(r'href="([^"]*)"', text))
            ours = (link.partition("#")[0] for link in linked if not (urlsplit(link).netloc or COVERED.search(link)))
            waiting += some_of_each_kind(ours)
            if "format=" not in address and not re.search(r"/(origins|states)/|^/(sources|methods|about)?/?$", address):
                waiting.append(f"{address}{'&' if '?' in address else '?'}format=json")


def said(text: str, address: str) -> str:
    """What an answer says beside the words of the question, which a page may repeat."""
    tail = address.partition("?")[0].removesuffix("/history").rpartition("/")[2]
    asked = [quote(address), address, tail, f"observation.{tail}", *re.split(r"[/?&=.~]|%..", address)]
    for words in sorted({one for one in asked if leaks(one)}, key=len, reverse=True):
        text = text.replace(words, "")
    return text


def test_no_answer_of_the_site_holds_anything_of_what_is_not_public(answers: Answers) -> None:
    crawl(answers)
    found = {address: leaks(said(text, address))[:3] for address, (_status, text) in answers.items()}
    assert {address: shown for address, shown in found.items() if shown} == {}
    assert len(answers) > 400
    assert {address: status for address, (status, _text) in answers.items() if status >= 500} == {}
    tried = set(everything())
    assert {one: status for one, (status, _text) in answers.items() if status != 200 and one not in tried} == {}


def test_what_is_free_is_there_and_leads_back(answers: Answers) -> None:
    csv = answers["/observations.csv?vintages=all"][1]
    for value in FREE:
        assert f",{value}," in csv, value
    for found in query.select(store.published(), Selection()):
        status, text = answers[f"/origins/{found.release.origin}/at/{quote(found.observation.place)}"]
        assert (status, found.observation.text.strip() in text) == (200, True), found


def test_counts_are_those_of_what_is_free(answers: Answers) -> None:
    told = json.loads(answers["/data/mixed/?format=json"][1])["releases"][0]
    assert (told["observations"], told["left_out"], told["findings"]) == (3, 0, {})
    eurostat = json.loads(answers["/data/eurostat-crim-off-cat/?format=json"][1])["releases"][0]
    assert (eurostat["observations"], eurostat["left_out"]) == (4, 0)


@pytest.mark.parametrize("name", ["sentinelwholly.csv", "sentinelwithheld.csv", "sentinelheldpart.csv", "silent.csv"])
def test_an_origin_without_a_free_row_is_as_though_it_were_not_there(answers: Answers, name: str) -> None:
    origin = Origin.objects.get(file=name)
    assert [answers[f"/origins/{origin.pk}{end}"][0] for end in ("", "/raw", "/at/1", "/at/5")] == [404] * 4
    assert origin.pk not in answers["/sources/"][1]
    assert origin not in public_origins()


def test_an_origin_in_part_free_is_described_and_not_given(answers: Answers) -> None:
    origin = Origin.objects.get(file="mixed.csv")
    status, page = answers[f"/origins/{origin.pk}"]
    assert (status, "is confidential" in page, "open note" in page) == (200, True, False)
    assert answers[f"/origins/{origin.pk}/raw"][0] == 403
    assert origin.title in answers["/sources/"][1]


def test_what_a_confidential_row_overtakes_no_longer_stands(answers: Answers) -> None:
    now = [row["period"] for row in json.loads(answers["/observations/?dataset=parts&format=json"][1])["observations"]]
    assert now == ["2002", "2004", "2005", "2006", "2007", "2008", "2009"]
    status, text = answers["/figures/observation.parts.homicide-count.076.2001.0101?as_at=2016-01-01"]
    assert (status, "901" in text) == (200, True)
    assert answers["/figures/observation.parts.homicide-count.076.2003.0101"][0] == 404
    assert store.known_on(date(2018, 2, 1)).datasets.count("vintages") == 1


@pytest.mark.parametrize("hidden", ["2011", "2013", "987654321"])
def test_what_is_said_of_a_release_does_not_depend_on_what_is_hidden(hidden: str) -> None:
    bring(f"oracle-{hidden}.csv", ORACLE.format(hidden=hidden))
    (one,) = [one for one in store.published() if one.dataset == f"oracle-{hidden}"]
    assert (one.title, one.note, one.findings, one.rejected) == ("Homicides in Peru and Chile 2011", "", 0, 0)


@given(st.lists(st.sampled_from("FCN"), min_size=1, max_size=6), st.booleans())
def test_numbers_of_free_values_do_not_depend_on_hidden_ones(marks: list[str], numbered: bool) -> None:
    rows = [
        observation(value=float(index), confidentiality=mark, repeat=index + 1 if numbered and len(marks) > 1 else 0)
        for index, mark in enumerate(marks)
    ]
    whole = finish(reading(*rows))
    free = finish(reading(*(one for one in rows if one.confidentiality == "F" and not numbered)))
    for made in (whole, free):
        made.number_anew()
    numbers = [one.repeat for one in whole.observations]
    assert len(set(numbers)) == len(numbers)
    told = [(one.value, one.repeat) for one in whole.observations if one.confidentiality == "F"]
    assert [number for _value, number in told] == ([0] if len(told) == 1 else list(range(1, len(told) + 1)))
    assert numbered or told == [(one.value, one.repeat) for one in free.observations]


def test_a_release_in_part_free_has_no_number_but_years_in_its_title() -> None:
    text = ORACLE.format(hidden="7").replace("oracle-7", "oracle-8").replace("Chile 2011", "Chile: 4711")
    bring("oracle-8.csv", text)
    assert [one.title for one in store.published() if one.dataset == "oracle-8"] == ["oracle-8"]


def test_what_a_part_hides_is_told_as_neither_removed_nor_added(answers: Answers) -> None:
    part = next(one for one in store.published() if one.id == "parts@2017-01-01")
    told = json.loads(answers[f"/data/parts/{part.id}/revisions/?format=json"][1])
    assert told["changes"] == {"changed": 1, "removed": 0, "added": 0}
    parts = store.published().of("parts")
    for before, after in pairwise(parts):
        assert [one.kind for one in between(parts.state_of(before), parts.state_of(after))] in ([], ["changed"])


def test_what_a_whole_vintage_hides_is_told_as_what_it_does_not_have(answers: Answers) -> None:
    vintages = store.published().of("vintages")
    before, after, _last = vintages.releases
    found = between(vintages.state_of(before), vintages.state_of(after))
    assert [(one.key.area, one.kind) for one in found] == [("076", "removed"), ("250", "added")]
    told = json.loads(answers[f"/data/vintages/{after.id}/revisions/?format=json"][1])
    assert told["changes"] == {"changed": 0, "removed": 1, "added": 1}


def test_nothing_that_is_found_in_a_free_file_is_found_beside_hidden_populations() -> None:
    people = "# dataset: population\n# published: 2021-03-01\n" + OWN + "\n"
    bring("people.csv", people + "".join(f"{area},population,,2012,9876543000,C,,_T\n" for area in ("AUT", "BEL")))
    for asks in (False, True):
        with operator(asks):
            assert store.total_populations().get(("040", "2012")) is None


def ran(*arguments: str) -> str:
    """What a command prints on stdout and stderr, whether it finds something or not."""
    done = CliRunner().invoke(app, list(arguments))
    return done.output + str(done.exception or "")


def commands() -> list[list[str]]:
    """What an operator may ask, without the option by which what is not public is shown."""
    found = [["release", "list"], ["quality"], ["revisions"], ["trends"], ["flows"]]
    found += [["query"], ["query", "--all-vintages"], ["query", "sentinel-wholly"], ["query", "--area", "ARG"]]
    found += [["query", "--breakdown", "sentinelkind:"], ["estimate", "homicide", "--on", "2012"]]
    found += [["indicator", "homicide-rate"], ["trends", "--indicator", "homicide-count"]]
    found += [
        ["figure", f"observation.{key}.0101"]
        for key in ("mixed.homicide-count.076.2012", "mixed.homicide-count.076.2011")
    ]
    for release in store.all_releases():
        found += [["release", "show", release.id], ["query", release.id]]
    found += [
        ["release", "diff", one.id, two.id]
        for one, two in zip(store.all_releases(), list(store.all_releases())[1:], strict=False)
    ]
    return found


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that find the workspace of the tests ready."""
    for command in ("query", "quality", "estimate", "indicator", "trends", "flows", "figure", "terminal.readiness"):
        monkeypatch.setattr(f"comity.cli.{command}.make_ready", lambda: None)


@pytest.mark.parametrize("form", FORMS)
def test_no_command_shows_what_is_not_public_unless_it_is_told_to(ready: None, form: str) -> None:
    for words in commands():
        said_by_it = ran(*words, "--format", form)
        for asked in words:
            said_by_it = said_by_it.replace(asked, "")
        assert leaks(said_by_it) == [], words


def test_an_operator_sees_all_of_it_and_that_it_is_not_public(ready: None) -> None:
    told = CliRunner().invoke(app, ["query", "mixed", "--confidential", "--format", "json"])
    rows = json.loads(told.stdout)
    assert {row["value"]: row["audience"] for row in rows}[987654321] == "operators"
    assert {row["value"]: row["audience"] for row in rows}[501] == "public"
    assert "not for publication" in told.stderr
    listed = json.loads(CliRunner().invoke(app, ["release", "list", "--confidential", "--format", "json"]).stdout)
    marked = {one["id"]: (one["held"], one["confidential"]) for one in listed}
    assert (marked["sentinel-withheld@2020-01-01"], marked["mixed@2015-03-01"]) == ((True, 0), (False, 5))
    made = json.loads(
        ran("figure", "observation.mixed.homicide-count.076.2012.0101", "--confidential", "--format", "json").partition(
            "\n"
        )[2]
    )
    assert (made["value"], made["audience"]) == (987654321, "operators")


def test_nothing_that_is_asked_as_operator_is_kept_for_the_public() -> None:
    def value() -> Any:
        return figure("observations-held", as_at=date(2030, 1, 1)).value

    before = value()
    with operator():
        assert value() > before
        assert leaks(repr(list(query.select(store.published(), Selection()))))
    assert value() == before


def test_a_notebook_reads_free_rows_unless_it_is_told_otherwise() -> None:
    home = workspace.home()
    state = (home / "releases" / holdings.CURRENT).read_text(encoding="utf-8")
    assert leaks(state.replace("sentinel-wholly", "").replace("sentinelwholly.csv", "")) == []
    assert "sentinel-withheld" not in state
    assert leaks(repr(comity.query(home=home).rows())) == []
    assert leaks(repr(comity.releases(home=home).rows())) == []
    assert "for operators" in comity.query("mixed", home=home, confidential=True)._repr_html_()
    assert 987654321 in [row["value"] for row in comity.query("mixed", home=home, confidential=True)]


def test_what_imports_compare_with_is_all_of_it() -> None:
    full: dict[str, Release] = {one.id: one for one in store.published_in_full()}
    assert full["mixed@2015-03-01"].observations == 8
    assert query.count([full["mixed@2015-03-01"]], Selection()) == 8
    again = plan_import(
        "again.csv", (MIXED + "\n").replace("2015-03", "2016-03").encode(), Source("again.csv", "again")
    )[1]
    assert (again.added, again.gone, again.unchanged) == (0, 0, 8)
