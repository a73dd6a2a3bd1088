"""The same twenty questions on page, command, download, notebook and report: one answer each.

Each surface is read by itself: what a page prints, what a command says as JSON, the cells of a file, the rows of a
notebook's table, the figures that a report prints. Nothing of what made them is called here. Beside the tables that
ship another publication is held that says otherwise, and must never be taken for the answer.
"""

import csv
import http.client
import io
import json
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import workspaces

import comity

RIVAL = """# dataset: rival-homicide
# title: Homicide rates as another publication gives them
# published: 2025-06-30
area,indicator,iccs,2012,2017,2022
001,homicide-rate,0101,5.7,5.8,5.6
019,homicide-rate,0101,15.1,16.0,14.9
076,homicide-rate,0101,28.6,31.9,21.1
250,homicide-rate,0101,1.9,1.8,1.7
"""
ON = "2014-07-10"
"""A day to which every version of the register is complete."""
Record = dict[str, Any]


@dataclass
class Surfaces:
    """The five ways of asking, each with no more than what reads its answer."""

    held: workspaces.Workspace
    port: int
    built: Path

    def page(self, address: str) -> str:
        """The page as it is served."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=workspaces.PATIENCE)
        connection.request("GET", address)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 200, (address, answer.status)
        return text

    def row(self, address: str, name: str, cell: int = 1) -> str:
        """What a page's table prints in a cell of the row that a name heads."""
        for row in re.findall(r"<tr[ >].*?</tr>", self.page(address), re.S):
            cells = [said(one) for one in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S)]
            if cells[0] == name and len(cells) > cell and cells[cell]:
                return cells[cell]
        raise AssertionError(f"{address} has no row {name}")

    def headline(self, address: str, *words: str) -> str:
        """The number of the headline on a page whose description holds some words."""
        for described, number in re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", self.page(address), re.S):
            if all(word in said(described) for word in words):
                return said(number)
        raise AssertionError(f"{address} has no headline of {words}")

    def figure(self, address: str) -> str:
        """The value that a figure's page prints large."""
        return said(re.findall(r'<p class="value[^"]*">(.*?)</p>', self.page(address), re.S)[0])

    def command(self, *arguments: str) -> Any:
        """What a command prints as JSON."""
        return json.loads(self.held.ask(*arguments, "--format", "json").stdout)

    def download(self, address: str) -> list[Record]:
        """The rows of a file that a page offers."""
        lines = [line for line in self.page(address).splitlines() if not line.startswith("#")]
        return list(csv.DictReader(io.StringIO("\n".join(lines))))

    def report(self, identifier: str) -> str:
        """What the built report prints for a figure where it first stands."""
        text = (self.built / "report.html").read_text(encoding="utf-8")
        return said(re.findall(rf'data-figure="{re.escape(identifier)}"[^>]*>(.*?)</a>', text)[0])


def said(markup: str) -> str:
    """What a reader sees of some markup: no tags, no marks behind the number."""
    plain = re.sub(r'<(?:span|abbr) class="(?:mark|under|status)".*?</(?:span|abbr)>', "", markup, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", plain)).split()).rstrip("*").strip()


def one(records: list[Record], **wanted: Any) -> Record:
    """The one record that speaks: marked as headline where records are marked, and holding what is wanted."""
    found = [
        record
        for record in records
        if record.get("headline", True) in (True, "True") and all(record[key] == value for key, value in wanted.items())
    ]
    assert len(found) == 1, (wanted, found)
    return found[0]


def number(text: str) -> float:
    """A number as it is printed."""
    return float(text.replace(",", ""))


@pytest.fixture(scope="module")
def asked(
    workspace: Callable[[Path], workspaces.Workspace], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Surfaces]:
    home = tmp_path_factory.mktemp("one-answer")
    held = workspace(home)
    rival = home / "rival.csv"
    rival.write_text(RIVAL, encoding="utf-8")
    held.ask("import", str(rival))
    held.ask("report", "build", "-o", str(home / "built"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = held.start("serve", "--port", str(port))
    workspaces.wait_until(lambda: _answers(port), "the site")
    yield Surfaces(held, port, home / "built")
    server.terminate()
    server.communicate(timeout=workspaces.PATIENCE)


def _answers(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def _regional(area: str, name: str, year: str, indicator: str = "homicide-rate") -> Callable[[Surfaces], Record]:
    def answers(of: Surfaces) -> Record:
        page = f"/indicators/{indicator}/?on={year}"
        records = comity.indicator(indicator, area=area, on=year, home=of.held.home).rows()
        return {
            "page": of.row(page, name),
            "command": one(of.command("indicator", indicator, "--area", area, "--on", year))["printed"],
            "estimate": one(of.command("estimate", indicator, "--on", year), area=area)["printed"],
            "download": one(of.download(f"{page}&format=csv"), area=area)["printed"],
            "notebook": one(records)["printed"],
        }

    return answers


def _of_a_state(
    area: str, name: str, year: str, indicator: str = "homicide-rate", *more: str
) -> Callable[[Surfaces], Record]:
    """`more` names the observed indicator that publishes the same, where one does."""

    def answers(of: Surfaces) -> Record:
        page = f"/indicators/{indicator}/?on={year}"
        records = comity.indicator(indicator, area=area, on=year, home=of.held.home).rows()
        found = {
            "page": of.row(page, name),
            "headline": of.headline(f"{page}&areas={area}", name),
            "command": one(of.command("indicator", indicator, "--area", area, "--on", year))["printed"],
            "download": one(of.download(f"{page}&format=csv"), iso3=area)["printed"],
            "notebook": one(records)["printed"],
        }
        for observed in more:
            query = ("query", "--area", area, "--indicator", observed, "--period", year, "--sex", "_T")
            found["query"] = one(of.command(*query))["value"]
        return found

    return answers


def _world_in_the_report(of: Surfaces) -> Record:
    return {
        **_regional("001", "World", "2012")(of),
        "report": of.report(f"estimate.homicide-rate.001.2012.{_method(of)}"),
    }


def _victims_in_the_report(of: Surfaces) -> Record:
    return {
        **_regional("001", "World", "2012", "homicide-count")(of),
        "report": of.report(f"estimate.homicide-count.001.2012.{_method(of)}"),
    }


def _method(of: Surfaces) -> str:
    return str(one(of.command("estimate", "homicide-rate", "--on", "2012"), area="001")["method"])


def _world_latest(of: Surfaces) -> Record:
    return {
        "home": of.headline("/", "per 100,000 population, World"),
        "page": of.headline("/indicators/homicide-rate/", "World"),
        "row": of.row("/indicators/homicide-rate/", "World"),
        "command": one(of.command("indicator", "homicide-rate", "--area", "World"))["printed"],
        "estimate": one(of.command("estimate", "homicide-rate"), area="001")["printed"],
        "notebook": one(comity.indicator("homicide-rate", area="001", home=of.held.home).rows())["printed"],
    }


def _brazil_latest(of: Surfaces) -> Record:
    records = of.command("indicator", "homicide-rate", "--area", "BRA")
    spoken = [record for record in records if record["headline"]]
    held = [row for row in comity.indicator("homicide-rate", area="BRA", home=of.held.home).rows() if row["headline"]]
    return {
        "state": of.headline("/states/BRA/", "per 100,000 population", "homicide"),
        "page": of.headline("/indicators/homicide-rate/?areas=BRA", "Brazil"),
        "command": max(spoken, key=lambda record: record["on"])["printed"],
        "notebook": max(held, key=lambda record: record["on"])["printed"],
    }


def _treaty(method: str, field: str, words: str) -> Callable[[Surfaces], Record]:
    def answers(of: Surfaces) -> Record:
        return {
            "page": of.headline(f"/instruments/UNTOC/?on={ON}", words),
            "command": of.command("status", "UNTOC", "--on", ON)[field],
            "figure": of.figure(f"/figures/{method}.UNTOC.{ON}"),
        }

    return answers


def _treaty_now(code: str, method: str = "parties", words: str = "parties by deposit") -> Callable[[Surfaces], Record]:
    def answers(of: Surfaces) -> Record:
        told = of.command("status", code)
        return {
            "page": of.headline(f"/instruments/{code}/", words),
            "command": told[method],
            "figure": of.figure(f"/figures/{method}.{code}.{told['complete_through']}"),
            "report": of.report(f"{method}.{code}.{told['complete_through']}"),
        }

    return answers


def _parties_now(of: Surfaces) -> Record:
    page = of.page("/instruments/UNTOC/")
    complete = of.command("status", "UNTOC")["complete_through"]
    return {
        "home": said(re.findall(r"register is complete:\s*<a[^>]*>(.*?)</a>", of.page("/"), re.S)[0]),
        "page": said(re.findall(r"<dt>(?:(?!</dt>).)*parties by deposit.*?<dd>(.*?)</dd>", page, re.S)[0]),
        "command": of.command("status", "UNTOC", "--on", complete)["parties"],
        "report": of.report(f"parties.UNTOC.{complete}"),
    }


def _prisoners(of: Surfaces) -> Record:
    wanted = {"area": "FRA", "indicator": "persons-held-count", "period": "2021"}
    address = "/observations/?" + "&".join(
        f"{key}={value}"
        for key, value in {**wanted, "first": "2021", "last": "2021", "sex": "_T"}.items()
        if key != "period"
    )
    options = [part for key, value in wanted.items() for part in (f"--{key}", value)]
    held = comity.query(**wanted, sex="_T", home=of.held.home).rows()
    whole = {"iccs": "", "age": "_T", "citizenship": "_T", "breakdown": "_T"}
    return {
        "page": of.row(address, "France", 3),
        "command": one(of.command("query", *options, "--sex", "_T"), **whole)["value"],
        "download": one(of.download(address.replace("/observations/", "/observations.csv")), **whole)["value"],
        "notebook": one(held, **whole)["value"],
    }


def _women(of: Surfaces) -> Record:
    def share(rows: list[Record]) -> float:
        by_sex = {row["sex"]: float(row["value"]) for row in rows if row.get("headline", True)}
        return round(100 * by_sex["F"] / by_sex["_T"], 1)

    wanted = {"area": "BRA", "indicator": "homicide-count", "period": "2015"}
    options = [part for key, value in wanted.items() for part in (f"--{key}", value)]
    address = "/observations{}?area=BRA&indicator=homicide-count&first=2015&last=2015"
    shown = json.loads(of.page(address.format("/") + "&format=json"))["observations"]
    return {
        "page": share(shown),
        "command": share(of.command("query", *options)),
        "download": share(of.download(address.format(".csv"))),
        "notebook": share(comity.query(**wanted, home=of.held.home).rows()),
    }


def _verdict(of: Surfaces) -> Record:
    shown = json.loads(of.page("/trends/?format=json"))["trends"]
    series = "/trends/"
    page = of.page(series)
    row = next(row for row in re.findall(r"<tr[ >].*?</tr>", page, re.S) if ">Brazil<" in row)
    marked = one(shown, area="076")["verdict"]
    return {
        "page": marked if marked in said(row) else said(row),
        "data": marked,
        "command": one(of.command("trends", "--all"), area="076")["verdict"],
        "notebook": one(comity.trends(home=of.held.home).rows(), area="076")["verdict"],
    }


def _issue(of: Surfaces) -> Record:
    shown = json.loads(of.page("/issues/?format=json"))["issues"]
    figures = json.loads((of.built / "figures.json").read_text(encoding="utf-8"))
    table = next(figure["value"] for figure in figures if figure["id"] == "emerging-issues")
    column = table["columns"].index("observations")
    row = of.row("/issues/", "Cybercrime", 3)
    return {
        "page": row,
        "data": one(shown, issue="cybercrime")["observations"],
        "command": of.command("figure", "emerging-issues#cybercrime.observations")["value"],
        "report": table["rows"]["cybercrime"][column],
    }


def _states_with_data(of: Surfaces) -> Record:
    return {
        "home": said(re.findall(r"<b>((?:(?!</b>).)*)</b>\s*Member States with data", of.page("/"))[0]),
        "page": of.headline("/data/", "Member States with data"),
        "command": of.command("figure", "states-with-data")["value"],
        "report": of.report("states-with-data"),
    }


def _corridors(of: Surfaces) -> Record:
    network = json.loads(of.page("/flows/?format=json"))
    return {
        "page": len(network.get("corridors", [])),
        "command": len([one for one in of.command("flows") if one["kind"] == "corridor"]),
        "notebook": len([one for one in comity.flows(home=of.held.home).rows() if one["kind"] == "corridor"]),
    }


QUESTIONS: dict[str, Callable[[Surfaces], Record]] = {
    "the rate of homicide in the world in 2012": _world_in_the_report,
    "victims of homicide in the world in 2012": _victims_in_the_report,
    "the rate of homicide in the world in 2017": _regional("001", "World", "2017"),
    "the rate of homicide in the world now": _world_latest,
    "the rate of homicide in the Americas in 2017": _regional("019", "Americas", "2017"),
    "the rate of homicide in Africa in 2017": _regional("002", "Africa", "2017"),
    "the rate of homicide in Europe in 2012": _regional("150", "Europe", "2012"),
    "the rate of homicide in Brazil in 2017": _of_a_state("BRA", "Brazil", "2017", "homicide-rate", "homicide-rate"),
    "the rate of homicide in Brazil in 2012": _of_a_state("BRA", "Brazil", "2012", "homicide-rate", "homicide-rate"),
    "the rate of homicide in Brazil now": _brazil_latest,
    "victims of homicide in Jamaica in 2016": _of_a_state("JAM", "Jamaica", "2016", "homicide-count", "homicide-count"),
    "robberies per 100,000 people in France in 2016": _of_a_state("FRA", "France", "2016", "robbery-rate"),
    "the share of prisoners of France without a sentence in 2021": _of_a_state(
        "FRA", "France", "2021", "unsentenced-share"
    ),
    "parties to the Organized Crime Convention in July 2014": _treaty("parties", "parties", "parties by deposit"),
    "parties to the Organized Crime Convention now": _parties_now,
    "signatories of the Organized Crime Convention": _treaty_now("UNTOC", "signatories", "signatories"),
    "parties to the Trafficking in Persons Protocol now": _treaty_now("TIP"),
    "parties to the Firearms Protocol now": _treaty_now("FP"),
    "parties to the Convention against Corruption now": _treaty_now("UNCAC"),
    "prisoners of France in 2021": _prisoners,
    "the share of women among the victims of homicide in Brazil": _women,
    "the verdict on the trend of homicide in Brazil": _verdict,
    "observations of cybercrime": _issue,
    "Member States with data": _states_with_data,
    "corridors of trafficking in persons": _corridors,
}


@pytest.mark.once
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_one_answer_wherever_it_is_asked(asked: Surfaces, question: str) -> None:
    answers = QUESTIONS[question](asked)
    assert len(answers) >= 3
    assert all(str(answer) not in ("", "–") for answer in answers.values()), answers
    assert len({_comparable(answer) for answer in answers.values()}) == 1, answers


def _comparable(answer: Any) -> Any:
    try:
        return number(str(answer))
    except ValueError:
        return answer


def test_every_surface_is_asked() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.once
def test_what_another_publication_says_stands_beside_and_is_labelled(asked: Surfaces) -> None:
    for area, name, other in (("001", "World", "5.8"), ("BRA", "Brazil", "31.9")):
        records = asked.command("indicator", "homicide-rate", "--area", area, "--on", "2017")
        assert [record["printed"] for record in records if not record["headline"]] == [other]
        page = asked.page(f"/indicators/homicide-rate/?on=2017&areas={'' if area == '001' else area}")
        (described,) = [one for one in re.findall(r"<dt>(.*?)</dt>", page, re.S) if f"<b>{name}</b>" in one]
        beside = " ".join(unescape(re.sub(r"<[^>]+>", " ", described)).split())
        assert f"{other} – Homicide rates as another publication gives them" in beside
        assert "another publication, of 30 June 2025" in beside
        assert "in 2017" in beside and "as known on" in beside
