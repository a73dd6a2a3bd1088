"""What is held on each of the emerging issues to which resolution 67/189 draws attention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.analysis.emerging_issues.declared import EmergingIssue, emerging_issues
from comity.evidence.figures import Table, method
from comity.evidence.wording import gettext_noop, spelled

COLUMNS = ("categories", "part", "observations", "states", "first", "last")


@dataclass(frozen=True)
class CategoryHeld:
    """What a release holds of one area under one category: how many observations, the first year and the last."""

    iccs: str
    area: str
    member: bool
    observations: int
    first: int
    last: int


def _stated() -> dict[str, str]:
    return {"issues": spelled(len({category.issue for category in emerging_issues()}))}


@method(
    "emerging-issues",
    version=1,
    label=gettext_noop("What is held on emerging issues"),
    phrase=gettext_noop("What is held on each emerging issue"),
    unit=gettext_noop("as the columns say"),
    states=_stated,
)
def emerging_issues_held(values: Sequence[tuple[CategoryHeld, ...]]) -> Table:
    """What is held on each of the %(issues)s emerging issues, by the categories of the ICCS that count it: our reading.

    `observations` lie in the releases that speak at the state of knowledge, under the categories or below them, from
    the year `first` to `last`; `states` is the number of Member States that they come from. `part` is yes where only
    those records of a category belong to the issue that bear a tag, such as that for the use of computers: published
    observations do not bear it, so that they count more than the issue. None of it says how common an issue is.
    """
    held = [one for value in values for one in value]
    by_issue: dict[str, list[EmergingIssue]] = {}
    for issue in emerging_issues():
        by_issue.setdefault(issue.issue, []).append(issue)
    return Table(COLUMNS, {name: _row(entries, held) for name, entries in by_issue.items()})


def _row(entries: Sequence[EmergingIssue], held: Sequence[CategoryHeld]) -> tuple[object, ...]:
    found = list(_under({one.iccs for one in entries}, held))
    return (
        ", ".join(one.iccs for one in entries),
        any(one.tag for one in entries),
        sum(one.observations for one in found),
        len({one.area for one in found if one.member}),
        str(min(one.first for one in found)) if found else None,
        str(max(one.last for one in found)) if found else None,
    )


def _under(codes: set[str], held: Sequence[CategoryHeld]) -> Iterator[CategoryHeld]:
    return (one for one in held if any(one.iccs.startswith(code) for code in codes))


@method(
    "issues-measured",
    version=1,
    label=gettext_noop("Number of emerging issues measured"),
    phrase=gettext_noop("Number of emerging issues with observations"),
    unit=gettext_noop("issues"),
    states=_stated,
)
def issues_measured(values: Sequence[tuple[CategoryHeld, ...]]) -> int:
    """The number of the %(issues)s emerging issues under whose categories at least one observation is held."""
    table = emerging_issues_held(values)
    return sum(table.cell(issue, "observations") > 0 for issue in table.rows)


@method(
    "observations-under",
    version=1,
    label=gettext_noop("Observations under a category"),
    phrase=gettext_noop("Observations under %(category)s"),
    unit=gettext_noop("observations"),
)
def observations_under(values: Sequence[tuple[CategoryHeld, ...]], *, category: str) -> int:
    """The number of observations with a value under a category of the ICCS or below it, in the releases that speak.

    It says how much is reported, and not how common the offence is.
    """
    return sum(one.observations for value in values for one in value)


@method(
    "states-under",
    version=1,
    label=gettext_noop("Member States with observations under a category"),
    phrase=gettext_noop("Member States with observations under %(category)s"),
    unit=gettext_noop("Member States"),
)
def states_under(values: Sequence[tuple[CategoryHeld, ...]], *, category: str) -> int:
    """The number of Member States with at least one observation under a category of the ICCS or below it."""
    return len({one.area for value in values for one in value if one.member})
