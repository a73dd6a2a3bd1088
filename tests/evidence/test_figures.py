"""A figure is made by a registered method from facts, and leads back to them."""

from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence import figures
from comity.evidence.errors import UnknownName
from comity.evidence.figures import Fact, Table, figure, figure_id, make_figure, method, parse_figure_id, supplies


def fact(value: Any, place: str = "1:n", about: str = "") -> Fact[Any]:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Fact(value, str(value), f"number {value}", about, "a" * 64, "numbers.csv", place, moment, date(2012, 1, 1))


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Methods of these tests alone, gone afterwards."""
    monkeypatch.setattr(figures, "_methods", {})
    monkeypatch.setattr(figures, "_suppliers", {})
    monkeypatch.setattr(figures, "_askers", [])

    @method("total", version=2, label="Sum", phrase="Sum for %(area)s", unit="things")
    def total(values: list[int], *, area: str, on: date) -> int:
        """The sum of all numbers."""
        return sum(values)

    @method("listing", version=1, label="List", phrase="List for %(area)s", unit="things")
    def listing(values: list[int], *, area: str) -> Table:
        """Each number on its row."""
        return Table(("n", "double"), {f"r{value}": (value, 2 * value) for value in values})

    @supplies("total")
    def some(*, as_at: date, area: str, on: date) -> list[Fact[Any]]:
        return [fact(2), fact(3, "2:n")] if as_at >= date(2012, 1, 1) else []

    @supplies("listing")
    def rows(*, as_at: date, area: str) -> list[Fact[Any]]:
        return [fact(2, "1:n", "r2"), fact(3, "2:n", "r3")]

    figures.register(module_of(some, rows))


def module_of(*suppliers: Any) -> ModuleType:
    """A module that holds nothing but these."""
    module = ModuleType(__name__)
    vars(module).update({supplier.__name__: supplier for supplier in suppliers})
    return module


def test_a_module_without_figures_is_not_registered() -> None:
    with pytest.raises(TypeError, match="holds no method"):
        figures.register(ModuleType("tests.nothing"))


def test_a_method_is_given_its_facts_by_one_function() -> None:
    @supplies("total")
    def others(*, as_at: date, area: str, on: date) -> list[Fact[Any]]:
        return []

    with pytest.raises(TypeError, match="fetched by two"):
        figures.register(module_of(others))


def test_an_id_recomputes_the_figure_with_its_inputs_and_its_docstring() -> None:
    made = figure("total.FRA.2012-12-20", as_at=date(2020, 1, 1))
    assert (made.value, made.unit, made.version, made.docstring) == (5, "things", 2, "The sum of all numbers.")
    assert made.arguments == {"area": "FRA", "on": date(2012, 12, 20)}
    assert [entry.place for entry in made.inputs] == ["1:n", "2:n"]


def test_the_state_of_knowledge_is_no_part_of_the_id() -> None:
    now, before = (figure("total.FRA.2012-12-20", as_at=day) for day in (date(2020, 1, 1), date(2011, 1, 1)))
    assert (now.value, before.value) == (5, 0)
    assert now.id == before.id
    assert now.digest != before.digest


def test_the_digest_changes_with_an_input_s_place_alone() -> None:
    arguments = {"area": "FRA", "on": date(2012, 12, 20)}
    here, there = (make_figure("total", arguments, [fact(5, place)]) for place in ("1:n", "9:n"))
    assert here.value == there.value
    assert here.digest != there.digest


def test_a_cell_of_a_table_leads_to_the_inputs_of_its_row_alone() -> None:
    cell = figure("listing.FRA#r3.double", as_at=date(2020, 1, 1))
    assert (cell.id, cell.value) == ("listing.FRA#r3.double", 6)
    assert [entry.about for entry in cell.inputs] == ["r3"]


@pytest.mark.parametrize(
    "identifier",
    [
        "nothing.FRA",
        "total",
        "total.FRA",
        "total.FRA.2012-13-01",
        "total.FRA.x.y",
        "listing.FRA#r9.double",
        "total.FRA.2012-12-20#a.b",
        "",
    ],
)
def test_an_id_that_names_nothing_is_an_error_with_what_was_expected(identifier: str) -> None:
    with pytest.raises(UnknownName, match="expected"):
        figure(identifier, as_at=date(2020, 1, 1))


def test_a_method_without_a_docstring_is_refused() -> None:
    with pytest.raises(TypeError, match="docstring"):
        method("bare", version=1, label="Bare", phrase="Bare", unit="things")(lambda values: 0)


def test_a_method_whose_arguments_an_id_cannot_carry_is_refused() -> None:
    def wrong(values: list[int], *, areas: list[str]) -> int:
        """Wrong."""
        return 0

    with pytest.raises(TypeError, match="areas"):
        method("wrong", version=1, label="Wrong", phrase="Wrong", unit="things")(wrong)


def test_the_paragraphs_that_ask_for_a_figure_come_from_later_rooms() -> None:
    figures.register_asker(lambda identifier: ["A/RES/67/189#op41"] if identifier.startswith("total.") else [])
    assert figure("total.FRA.2012-12-20", as_at=date(2020, 1, 1)).asked_by == ("A/RES/67/189#op41",)


@given(area=st.text(min_size=1), on=st.dates(min_value=date(1000, 1, 1)))
def test_an_id_gives_back_the_arguments_it_was_made_from(area: str, on: date) -> None:
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in area):
        return

    @method("echo", version=1, label="Echo", phrase="Echo", unit="things")
    def echo(values: list[int], *, area: str, on: date) -> int:
        """Nothing."""
        return 0

    identifier = figure_id("echo", {"area": area, "on": on})
    assert parse_figure_id(identifier)[1:] == ({"area": area, "on": on}, "")
