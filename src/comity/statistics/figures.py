"""Observations as figures: their addresses, and the method that says nothing more than what the origin states."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from comity.areas.gazetteer import Gazetteer
from comity.evidence.errors import BadInput, Fault
from comity.evidence.figures import Fact, figure_id, method, segment
from comity.evidence.wording import gettext as _
from comity.evidence.wording import gettext_noop
from comity.observations.observation import NORMAL, RECORD, TOTAL, Observation, is_free
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Released
from comity.statistics.releases.visibility import standing

T = TypeVar("T")


@method(
    "observation",
    version=1,
    label=gettext_noop("Observation"),
    phrase=gettext_noop("%(indicator)s, %(area)s, %(period)s, as published"),
    unit=gettext_noop("as published"),
)
def observation(
    values: list[float | None], *, dataset: str, indicator: str, area: str, period: str, detail: str
) -> float | None:
    """An observation as its origin states it: nothing is computed.

    `dataset` names the data set, `indicator`, `area` and `period` what is measured, where and when; `detail` gives, in
    this order and as far as they differ from the total, the ICCS code, sex, age, citizenship and further breakdown.
    Without a value the origin states that there is none, or masks it; the text of the input says which. Figures are as
    reported by States, without modelling.
    """
    return values[0]


@dataclass(frozen=True)
class Detail:
    """The dimensions of an observation beside indicator, area and period, and which of several values is meant."""

    iccs: str = ""
    sex: str = TOTAL
    age: str = TOTAL
    citizenship: str = TOTAL
    breakdown: str = TOTAL
    repeat: int = 0

    def __str__(self) -> str:
        parts = [self.iccs or "-", self.sex, self.age, self.citizenship, self.breakdown]
        while len(parts) > 1 and parts[-1] == TOTAL:
            parts.pop()
        return "~".join(parts) + (f"~{self.repeat}" if self.repeat else "")

    def selection(self) -> dict[str, tuple[str, ...]]:
        """The dimensions as fields of a selection."""
        return {
            "iccs": (self.iccs,),
            "sexes": (self.sex,),
            "ages": (self.age,),
            "citizenships": (self.citizenship,),
            "breakdowns": (self.breakdown,),
        }


def parse_detail(text: str) -> Detail:
    """Read the detail of an address; raises BadInput for any other text."""
    parts = text.split("~")
    repeat = int(parts.pop()) if len(parts) > 1 and parts[-1].isdecimal() else 0
    if not 1 <= len(parts) <= 5 or not all(parts):
        raise BadInput(Fault(_("address of a figure"), "detail", text, _("ICCS~sex~age~citizenship~breakdown")))
    names = ("iccs", "sex", "age", "citizenship", "breakdown")
    given = dict(zip(names, parts, strict=False))
    given["iccs"] = "" if given["iccs"] == "-" else given["iccs"]
    return Detail(**given, repeat=repeat)


def detail(observation: Observation) -> Detail:
    """The detail of an observation's address."""
    return Detail(
        observation.iccs,
        observation.sex,
        observation.age,
        observation.citizenship,
        observation.breakdown,
        observation.repeat,
    )


def arguments(released: Released) -> dict[str, str]:
    """The arguments of an observation's figure."""
    one = released.observation
    return {
        "dataset": released.release.dataset,
        "indicator": one.indicator,
        "area": one.area,
        "period": one.period,
        "detail": str(detail(one)),
    }


def observation_id(dataset: str, indicator: str, area: str, period: str, detail: str) -> str:
    """The address of an observation: `observation.homicide.homicide-count.076.2012.0101`."""
    return figure_id(
        "observation",
        {"dataset": dataset, "indicator": indicator, "area": area, "period": period, "detail": detail},
    )


def address(released: Released) -> str:
    """The address of an observation that was found."""
    return address_of(released.release.dataset, *_addressed(released.observation))


ADDRESSED = ("period", "indicator", "area", "iccs", "sex", "age", "citizenship", "breakdown", "repeat")
"""The columns of an observation that its address is made of."""
_addressed = attrgetter(*ADDRESSED)


def address_of(dataset: str, period: str, *series: Any) -> str:
    """The address of an observation of a data set, by its columns ADDRESSED."""
    before, after = _around_the_period(dataset, *series)
    return f"{before}.{segment(period)}.{after}"


# The observations of a series share all of their addresses but the period: of a million, some thousand are spelt out.
# No part of an address holds a dot, so that two in a row stand where the period was left blank.
@lru_cache(maxsize=65536)
def _around_the_period(dataset: str, indicator: str, area: str, *dimensions: Any) -> list[str]:
    return observation_id(dataset, indicator, area, "", str(Detail(*dimensions))).split("..", 1)


def fact(released: Released, names: Gazetteer) -> Fact[Any]:
    """An observation as the fact that methods compute with."""
    one = released.observation
    label = f"{names.label(one.area)}, {one.period}: {one.indicator}"
    if one.status != NORMAL:
        label += f" ({one.status})"
    return Fact(
        value=whole_number(one.value),
        text=one.text,
        label=label,
        about=one.area,
        origin=released.release.origin,
        file=released.release.file,
        place=one.place,
        recorded_at=released.release.recorded_at,
        known_from=released.release.published,
        confidential=is_confidential(released),
    )


def is_confidential(released: Released) -> bool:
    """Whether an observation is for operators alone: it is not free, or its release is held back."""
    return released.release.withheld or not is_free(released.observation.confidentiality)


def whole_fact(released: Released, names: Gazetteer) -> Fact[Observation]:
    """An observation as a fact whose value is the whole observation, for methods that need to know what it is of."""
    return replace(fact(released, names), value=released.observation)


def release_fact(release: Release, value: T) -> Fact[T]:
    """What is computed of a release whole, as a fact: it stands nowhere in particular, and its text is the digest."""
    return Fact(
        value=value,
        text=release.digest,
        label=release.id,
        about=release.dataset,
        origin=release.origin,
        file=release.file,
        place="",
        recorded_at=release.recorded_at,
        known_from=release.published,
        confidential=release.in_full and not standing(release).is_open,
    )


def whole_number(value: float | None) -> float | int | None:
    """A number as JSON gives it: without a decimal point where it is whole, and is as it is spelled."""
    return int(value) if value is not None and value.is_integer() and abs(value) < 2**53 else value


def records(rows: Iterable[Released], names: Gazetteer) -> Iterator[tuple[Any, ...]]:
    """Observations as rows under the columns of RECORD, in the order in which they come."""
    named: dict[str, tuple[str | None, str]] = {}
    for item in rows:
        one, release = item.observation, item.release
        if one.area not in named:
            area = names.areas.get(one.area)
            named[one.area] = (area.iso3 if area else None, names.label(one.area))
        yield (
            one.area,
            *named[one.area],
            one.indicator,
            one.iccs,
            one.sex,
            one.age,
            one.citizenship,
            one.breakdown,
            one.period,
            whole_number(one.value),
            one.unit,
            one.status,
            one.confidentiality,
            one.text,
            one.source,
            one.note,
            release.id,
            release.file,
            one.place,
            address(item),
        )


def record(released: Released, names: Gazetteer) -> dict[str, Any]:
    """An observation in the shape of `comity query --format json`."""
    return dict(zip(RECORD, next(records([released], names)), strict=True))
