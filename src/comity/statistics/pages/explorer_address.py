"""What the address of the explorer asks for: a selection of observations, or sentences on what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

from comity.areas.gazetteer import Gazetteer
from comity.evidence.dates import read_date
from comity.evidence.errors import Fault
from comity.evidence.wording import gettext as _
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import ORDERS, Selection
from comity.statistics.releases.question import Reader, Wanted, one_of, read_selection

T = TypeVar("T")

FIELDS = (
    "dataset",
    "area",
    "indicator",
    "iccs",
    "sex",
    "age",
    "citizenship",
    "breakdown",
    "status",
    "first",
    "last",
    "as_at",
    "vintages",
    "order",
)
"""The fields of the explorer's address that say what is asked for and how it is ordered."""

_SELECTING = {
    "areas": "area",
    "indicators": "indicator",
    "iccs": "iccs",
    "sexes": "sex",
    "ages": "age",
    "citizenships": "citizenship",
    "breakdowns": "breakdown",
    "statuses": "status",
}
"""What a question selects by, with the field of the address that holds it."""


@dataclass(frozen=True)
class Asked:
    """What is asked for, of which releases, in which order; `texts` is what stands in the address, field by field.

    `known` are all published releases of the data set, or of all data sets, whose values the explorer offers.
    """

    selection: Selection
    releases: tuple[Release, ...]
    known: tuple[Release, ...]
    as_at: date
    dataset: str = ""
    all_vintages: bool = False
    order: str = "area"
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read(fields: Mapping[str, str], published: Holdings, names: Gazetteer, today: date) -> Asked:
    """Read the fields of an address. What is not understood becomes a fault, and selects nothing."""
    texts = {name: fields.get(name, "").strip() for name in FIELDS}
    reader = Reader(_("address of the page"))
    as_at = reader.read("as_at", lambda text: read_date(text, "", "as_at"), texts["as_at"], today)
    dataset = reader.read("dataset", lambda text: published.of(text).datasets()[0], texts["dataset"], "")
    all_vintages = reader.read("vintages", partial(one_of, ("all",)), texts["vintages"], "") == "all"
    order = reader.read("order", partial(one_of, tuple(ORDERS)), texts["order"], "area")
    known = published.of(dataset) if dataset else published
    by_then = tuple(release for release in known if release.published <= as_at)
    vintages = by_then if all_vintages else known.as_at(as_at).releases
    words: dict[str, Any] = {field: (texts[name],) for field, name in _SELECTING.items()}
    wanted = Wanted(**words, first=texts["first"], last=texts["last"])
    selection = read_selection(reader, known.releases, names, wanted)
    return Asked(selection, vintages, known.releases, as_at, dataset, all_vintages, order, texts, reader.faults)
