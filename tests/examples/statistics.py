"""Observations made by hand, of which the room's tests make releases."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from comity.areas import importing as areas_importing
from comity.evidence.findings import Finding
from comity.evidence.importing import carry_out, plan_import
from comity.evidence.models import Origin
from comity.evidence.store import Source, keep_origin, now, record_event
from comity.observations.indicators_observed import unit
from comity.observations.observation import Observation
from comity.observations.reading import Description, Reading
from comity.statistics import publishing

BRAZIL, FRANCE = "076", "250"


def observation(area: str = BRAZIL, period: str = "2012", value: float | None = 50108.0, **more: object) -> Observation:
    """A count of victims of intentional homicide in its own unit, unless said otherwise."""
    indicator = str(more.get("indicator", "homicide-count"))
    fields: dict[str, object] = {
        "area": area,
        "indicator": indicator,
        "iccs": "0101",
        "sex": "_T",
        "age": "_T",
        "citizenship": "_T",
        "breakdown": "_T",
        "unit": unit(indicator),
        "period": period,
        "repeat": 0,
        "value": value,
        "text": "" if value is None else f"{value:g}",
        "status": "A" if value is not None else "O",
        "confidentiality": "F",
        "source": "CTS",
        "note": "",
        "place": "2:value",
        **more,
    }
    return Observation(**fields)  # type: ignore[arg-type]


def reading(*observations: Observation, dataset: str = "homicide", file: str = "made.csv") -> Reading:
    """A reading of a file that gave these observations, a row each."""
    return Reading(file, Description(dataset, "Made by hand"), rows=len(observations), observations=list(observations))


def keep(
    published: str,
    *observations: Observation,
    dataset: str = "homicide",
    withhold: bool = False,
    kind: str = "file",
    replaces: bool = True,
    findings: Sequence[Finding] = (),
) -> str:
    """Keep a release of these observations, from a file or table of its own with such findings; gives its id.

    It replaces what there was of the data set, unless it shall be judged by its keys.
    """
    data = f"{dataset} {published} {kind} {observations!r}".encode()
    origin = keep_origin(data, Source(f"{dataset}-{published}.csv", "Made by hand", kind=kind), at=now())
    made = reading(*observations, dataset=dataset)
    made.findings += findings
    made.rows += made.rejected
    day = date.fromisoformat(published)
    kept = publishing.keep_release(made, day, origin, whole=True, replaces=replaces, withhold=withhold, actor="test")
    record_event("test", "import", {"release": kept}, at=now())
    return kept


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of each file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def bring_areas() -> None:
    """Bring the areas that ship into the database."""
    for path in sorted((Path(areas_importing.__file__).parent / "tables").glob("*.csv")):
        source = Source(file=f"areas/{path.name}", title=path.name, kind=Origin.Kind.TABLE, published=date(2014, 1, 1))
        importer, plan, described = plan_import(source.file, path.read_bytes(), source)
        carry_out(importer, plan, described, path.read_bytes(), actor="test")
