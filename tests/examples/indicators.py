"""Observations with a release behind them, made by hand, for indicators and estimates."""

from datetime import UTC, date, datetime
from pathlib import Path

from examples.statistics import observation

from comity.observations.observation import Observation
from comity.statistics.releases.files import Release
from comity.statistics.releases.query import Released


def release(dataset: str = "homicide", published: str = "2014-10-06") -> Release:
    """A release that lies nowhere."""
    return Release(
        id=f"{dataset}@{published}",
        dataset=dataset,
        title=f"Made by hand: {dataset}",
        publisher="",
        published=date.fromisoformat(published),
        sequence=1,
        licence="",
        note="",
        rows=1,
        observations=1,
        rejected=0,
        findings=0,
        digest="",
        origin="0" * 64,
        file=f"{dataset}.csv",
        recorded_at=datetime(2026, 11, 24, tzinfo=UTC),
        withheld=False,
        shipped=False,
        folder=Path("nowhere"),
    )


def person(area: str = "076", period: str = "2012", value: float | None = 1e6, **more: object) -> Observation:
    """A population, of both sexes and all ages unless said otherwise."""
    fields = {"indicator": "population", "iccs": "", "unit": "persons", "source": "", **more}
    return observation(area, period, value, **fields)


def found(*observations: Observation, dataset: str = "homicide", published: str = "2014-10-06") -> list[Released]:
    """Observations as one release states them, each at a place of its own."""
    of = release(dataset, published)
    return [Released(one._replace(place=f"{number}:value"), of) for number, one in enumerate(observations, start=2)]


def people(*observations: Observation, dataset: str = "population") -> list[Released]:
    """Populations as one release states them."""
    return found(*observations, dataset=dataset, published="2026-03-31")
