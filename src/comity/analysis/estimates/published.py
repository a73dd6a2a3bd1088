"""What the holder of the data has published itself, beside our recomputation, and why the two differ where they do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.analysis.estimates.arithmetic import Estimate, printed
from comity.evidence.files.text_tables import parse_table
from comity.evidence.wording import gettext as _

TABLE = Path(__file__).parents[1] / "tables" / "published_estimates.csv"


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as a study prints it; `method` is ours that repeats its arithmetic, `note` says how it is known."""

    value: float
    method: str
    verified: bool
    note: str

    @property
    def source(self) -> str:
        """The study, in words, and whether the figure was read in it."""
        study = _("Global Study on Homicide %(year)s") % {"year": self.method.removeprefix("study-")}
        return study if self.verified else _("%(study)s, not verified") % {"study": study}


@lru_cache(maxsize=1)
def _published() -> Mapping[tuple[str, str, str], Published]:
    rows = [found.cells for found in parse_table(TABLE.read_text(encoding="utf-8")).rows]
    return {
        (row["indicator"], row["area"], row["on"]): Published(
            float(row["value"]), row["method"], row["verified"] == "1", row["note"]
        )
        for row in rows
    }


def published(of: Estimate) -> Published | None:
    """What was published of the same indicator, region and year; None where nothing is known to be."""
    return _published().get((of.indicator, of.area, of.on))


def difference(of: Estimate) -> str:
    """Why an estimate differs from what was published, in a sentence; blank where nothing was, or it has no value."""
    told = published(of)
    if told is None or of.value is None:
        return ""
    if of.printed == printed(told.value, of.unit):
        return _("The same as published.")
    if of.method == told.method:
        return _(
            "Differs from what is published: the study’s rule for gaps is inferred, its later estimates for States"
            " without data are not held, and populations lie between points five years apart."
        )
    return _(
        "Differs from what is published: that rests on another rule for gaps, other populations or another vintage of"
        " the data."
    )
