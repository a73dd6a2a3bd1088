"""The register beside counts that others give: each agrees, or the table says why not, and so does the document."""

from datetime import date
from pathlib import Path

import pytest

from comity.instruments import store
from comity.instruments.counts_elsewhere import CountElsewhere, counts_elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
TODAY = date(2026, 11, 23)
DOCUMENT = Path(__file__).parents[2] / "docs" / "counts-of-parties.md"


@pytest.mark.parametrize("count", counts_elsewhere(), ids=lambda count: f"{count.instrument}-{count.on}")
def test_a_count_that_another_source_gives_is_ours_or_is_explained(count: CountElsewhere) -> None:
    ours = store.status(count.instrument, count.on, TODAY).counts
    assert bool(count.explanation) is not count.agrees(ours)


def test_no_window_is_open_on_the_day_through_which_a_count_shows_the_register_complete() -> None:
    found = store.status("UNTOC", date(2024, 5, 4), TODAY).counts
    assert (found["parties"], found["parties_at_most"]) == (192, 192)
    assert store.status("UNTOC", date(2024, 5, 5), TODAY).counts["parties_at_most"] == 193


def test_the_document_sets_each_count_beside_ours() -> None:
    lines = [count.line(store.status(count.instrument, count.on, TODAY).counts) for count in counts_elsewhere()]
    _head, _mark, listed = DOCUMENT.read_text(encoding="utf-8").partition("## The counts")
    held = [line for line in listed.splitlines() if line.startswith("| ")]
    assert held[2:] == lines


def test_a_count_outside_of_the_range_does_not_agree() -> None:
    count = CountElsewhere("UNTOC", date(2024, 5, 4), 194, None, "made up", "", "")
    assert not count.agrees({"parties": 192, "parties_at_most": 193})
    assert count.line({"parties": 192, "parties_at_most": 193}).startswith(
        "| UNTOC | 2024-05-04 | 194 | 192 to 193 | differs"
    )
