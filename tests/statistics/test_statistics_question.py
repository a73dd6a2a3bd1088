"""What people ask: the same words mean the same in an address and on the command line, and are refused in the same."""

from datetime import date
from pathlib import Path

import pytest
from examples.releases import release
from examples.statistics import FRANCE, observation
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.areas.gazetteer import Area, Gazetteer, Name
from comity.evidence.errors import BadInput, UnknownName
from comity.statistics.pages import explorer_address
from comity.statistics.releases.holdings import in_order
from comity.statistics.releases.question import Wanted, selection

NAMES = Gazetteer(
    [Area("076", "BR", "BRA", "state", None, None, True, ""), Area(FRANCE, "FR", "FRA", "state", None, None, True, "")],
    [
        Name("076", "en", "short", "Brazil", None, None, True, ""),
        Name("076", "fr", "short", "Brésil", None, None, True, ""),
    ],
    [],
    [],
)
FIELDS = {
    "area": "areas",
    "indicator": "indicators",
    "iccs": "iccs",
    "sex": "sexes",
    "age": "ages",
    "citizenship": "citizenships",
    "breakdown": "breakdowns",
    "status": "statuses",
}
WORDS = [
    "076",
    "Brazil",
    "BRÉSIL",
    "homicide-count",
    "homicide",
    "0101",
    "01*",
    "02019A",
    "01-",
    "_T",
    "F",
    "A",
    "Z",
    "NAT",
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A release of three rows."""
    folder: Path = tmp_path_factory.mktemp("releases")
    rows = (observation(), observation(sex="F", age="Y18T24"), observation(area=FRANCE, citizenship="NAT"))
    return in_order([release(folder / "homicide@2014-10-06", *rows)])


@settings(max_examples=examples(150))
@given(field=st.sampled_from([*FIELDS]), text=st.sampled_from(WORDS) | st.text(max_size=6))
def test_an_address_and_a_command_mean_the_same(published: object, field: str, text: str) -> None:
    asked = explorer_address.read({field: text}, published, NAMES, date(2020, 1, 1))  # type: ignore[arg-type]
    try:
        meant = selection(published.releases, NAMES, Wanted(**{FIELDS[field]: [text.strip()]}))  # type: ignore[attr-defined, arg-type]
    except BadInput as error:
        assert [(one.value, one.expected) for one in error.faults] == [
            (one.value, one.expected) for one in asked.faults
        ]
    else:
        assert asked.faults == ()
        assert meant == asked.selection


def test_all_that_is_not_understood_is_named_at_once(published: object) -> None:
    with pytest.raises(BadInput) as refused:
        selection(published.releases, NAMES, Wanted(areas=["Atlantis"], statuses=["?"], period="2012-2013"))  # type: ignore[attr-defined]
    assert [fault.place for fault in refused.value.faults] == ["period", "area", "status"]


def test_one_name_that_nothing_bears_comes_with_the_nearest(published: object) -> None:
    with pytest.raises(UnknownName) as refused:
        selection(published.releases, NAMES, Wanted(indicators=["homicide"]))  # type: ignore[attr-defined]
    assert refused.value.candidates == ("homicide-count",)
