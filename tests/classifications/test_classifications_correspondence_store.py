"""Correspondence tables as a register: brought in whole or not at all, revised row by row, known from a day."""

from datetime import date

import pytest

from comity.classifications.correspondence import HEADINGS
from comity.classifications.store import correspondence
from comity.evidence.errors import BadInput
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.store import Source

HEAD = ",".join(HEADINGS)
ROW = "CL-2019,{code},{title},es,2019-01-01,,{iccs},{relation},{weight},{condition},{evidence},A. Mapper,,proposed\n"


def table(*rows: dict[str, str]) -> bytes:
    """A correspondence table of these rows."""
    filled = [
        ROW.format(**{"title": "Robo", "relation": "exact", "weight": "", "condition": "", "evidence": "", **row})
        for row in rows
    ]
    return (HEAD + "\n" + "".join(filled)).encode()


def bring_in(data: bytes, published: str) -> object:
    """Import a table that was published on a day."""
    source = Source("cl.csv", "Chile", published=date.fromisoformat(published))
    importer, plan, described = plan_import("cl.csv", data, source)
    carry_out(importer, plan, described, data, actor="test")
    return plan


@pytest.mark.django_db
def test_a_table_is_known_from_its_publication_and_revised_row_by_row() -> None:
    bring_in(table({"code": "802", "iccs": "0401"}, {"code": "101", "iccs": "08062"}), "2020-01-01")
    plan = bring_in(table({"code": "802", "iccs": "04011"}, {"code": "101", "iccs": "08062"}), "2022-01-01")
    assert (plan.added, plan.unchanged) == (1, 1)  # type: ignore[attr-defined]
    day = date(2021, 6, 1)
    assert correspondence(date(2019, 12, 31)).matches == ()
    assert [match.iccs for match in correspondence(date(2021, 1, 1)).of("802", day)] == ["0401"]
    assert "04011" in [match.iccs for match in correspondence(date(2022, 1, 1)).of("802", day)]


@pytest.mark.django_db
def test_weights_and_conditions_come_back_as_they_were_read() -> None:
    bring_in(
        table(
            {"code": "1", "iccs": "0501", "relation": "broader", "weight": "0.75"},
            {"code": "1", "iccs": "0502", "relation": "broader", "weight": "0.25"},
            {"code": "2", "iccs": "0401", "relation": "partial", "condition": "At=1 & We=1"},
        ),
        "2020-01-01",
    )
    held = correspondence(date(2021, 1, 1))
    shares = held.allocate("1", 200, date(2020, 1, 1))
    assert [(share.iccs, share.share, share.estimated) for share in shares] == [("0501", 150, True), ("0502", 50, True)]
    assert held.of("2", date(2020, 1, 1))[0].condition == (("At", "1"), ("We", "1"))


@pytest.mark.django_db
def test_a_table_whose_weights_do_not_add_up_leaves_nothing() -> None:
    rows = ({"code": "1", "iccs": "0501", "weight": "0.5"}, {"code": "1", "iccs": "0502", "weight": "0.2"})
    with pytest.raises(BadInput, match="weight"):
        bring_in(table(*rows), "2020-01-01")
    assert correspondence(date(2021, 1, 1)).matches == ()
