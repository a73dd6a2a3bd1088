"""The catalogue: what is held is counted by the areas as they are known, also where their tables are corrected."""

from datetime import date
from pathlib import Path

import pytest
from examples.statistics import BRAZIL, FRANCE, bring_areas, keep, observation

from comity.areas import importing as areas
from comity.evidence.figures import figure
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source

KNOWN = date(2026, 12, 1)


def correct_memberships(without: str) -> None:
    """Bring in the memberships anew, without one area's membership of the United Nations."""
    table = Path(areas.__file__).parent / "tables" / "memberships.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    data = "".join(line for line in lines if not line.startswith(f"{without},un-member")).encode()
    source = Source(file="areas/memberships.csv", title="Memberships", kind=Origin.Kind.TABLE, published=KNOWN)
    importer, plan, described = plan_import("areas/memberships.csv", data, source)
    carry_out(importer, plan, described, data, actor="test")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("states-with-data", lambda value: value),
        ("data-sets", lambda value: value.cell("homicide", "states")),
        ("emerging-issues", lambda value: value.cell("piracy", "states")),
    ],
)
def test_a_corrected_membership_counts_at_once(name: str, read) -> None:  # type: ignore[no-untyped-def]
    bring_areas()
    piracy = {"iccs": "11012", "indicator": "recorded-offences-count"}
    keep("2014-10-06", *(observation(area, **more) for area in (BRAZIL, FRANCE) for more in ({}, piracy)))
    assert read(figure(name, as_at=KNOWN).value) == 2
    correct_memberships(without=FRANCE)
    assert read(figure(name, as_at=KNOWN).value) == 1


@pytest.mark.django_db
def test_each_state_with_data_is_one_input_by_its_latest_observation() -> None:
    """Data sets tell it alike: of two that reach one year the later one; a population is nothing that a State sent."""
    bring_areas()
    keep("2014-10-06", observation(BRAZIL, "2010"), observation(BRAZIL, "2012", 5.0), observation(FRANCE, "2012", 6.0))
    keep("2015-10-06", observation(BRAZIL, "2012", 7.0, indicator="robbery-count", iccs="0401"), dataset="robbery")
    keep("2016-10-06", observation(FRANCE, "2015", 8.0, indicator="population"), dataset="population")
    found = figure("states-with-data", as_at=KNOWN)
    assert (found.value, [(one.about, one.text) for one in found.inputs]) == (2, [(BRAZIL, "7"), (FRANCE, "6")])
