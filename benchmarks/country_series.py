"""One country's series out of a release of a million observations, as pages and notebooks ask for it."""

import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import duckdb

from comity.statistics.releases import query
from comity.statistics.releases.files import DATA, ROWS_IN_A_GROUP, Release
from comity.statistics.releases.query import Selection

OBSERVATIONS = 1_000_000
YEARS = 25

# 200 areas, 40 indicators, 5 age groups, 25 years, in the order of a release's rows.
_MADE = f"""
COPY (
    SELECT lpad((4 * a)::VARCHAR, 3, '0') AS area, 'indicator-' || lpad(i::VARCHAR, 2, '0') AS indicator,
        lpad((i % 11 + 1)::VARCHAR, 2, '0') AS iccs, '_T' AS sex, 'Y' || (10 * g) AS age, '_T' AS citizenship,
        '_T' AS breakdown, 'offences' AS unit, (2000 + y)::VARCHAR AS period, 0::UTINYINT AS repeat,
        ((a * 7919 + i * 104729 + g * 131 + y * 31) % 100000)::DOUBLE AS value,
        ((a * 7919 + i * 104729 + g * 131 + y * 31) % 100000)::VARCHAR AS text, 'A' AS status, 'F' AS confidentiality,
        'CTS' AS source, '' AS note, 'data!M' || (a * 5000 + i * 125 + g * 25 + y + 4) AS place
    FROM range(200) AS areas(a), range(40) AS indicators(i), range(5) AS ages(g), range({YEARS}) AS years(y)
    ORDER BY area, indicator, iccs, sex, age, citizenship, breakdown, unit, period
) TO 'FILE' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})
"""  # noqa: S608


def country_series() -> float:
    """Median seconds of asking for one country's series of one indicator; each run asks another country."""
    with tempfile.TemporaryDirectory() as folder:
        release = _release(Path(folder))
        if query.count([release], Selection()) != OBSERVATIONS:
            raise ValueError(f"the release that was made does not hold {OBSERVATIONS} observations")
        return median(_ask(release, number) for number in range(100))


def _ask(release: Release, number: int) -> float:
    wanted = Selection(
        areas=(f"{4 * (number * 37 % 200):03}",), indicators=(f"indicator-{number % 40:02}",), ages=("Y10",)
    )
    begun = time.perf_counter()
    found = list(query.select([release], wanted))
    taken = time.perf_counter() - begun
    if len(found) != YEARS:
        raise ValueError(f"a series of {YEARS} years was expected, not of {len(found)}")
    return taken


def _release(folder: Path) -> Release:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(_MADE.replace("FILE", str(folder / DATA)))
    return Release(
        id="made@2020-01-01",
        dataset="made",
        title="A million observations made by rule",
        publisher="",
        published=date(2020, 1, 1),
        sequence=1,
        licence="",
        note="",
        rows=OBSERVATIONS,
        observations=OBSERVATIONS,
        rejected=0,
        findings=0,
        digest="0" * 64,
        origin="0" * 64,
        file="made.csv",
        recorded_at=datetime(2020, 1, 1, tzinfo=UTC),
        held=False,
        shipped=False,
        folder=folder,
    )
