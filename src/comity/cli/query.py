"""`comity query`: observations of the releases known at a day, printed or written to a file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.terminal.inputs import Areas, AsAt, Confidential, Indicators, OutputFormat, day_or_today
from comity.cli.terminal.printing import (
    SHOWN_LINES,
    Format,
    Printed,
    print_records,
    print_streamed,
    say,
    tell_more,
    with_audience,
)
from comity.cli.terminal.readiness import make_ready

if TYPE_CHECKING:
    from comity.statistics.releases.query import Released
    from comity.statistics.releases.question import Question


QUERIED = (
    "area",
    "name",
    "indicator",
    "iccs",
    "sex",
    "age",
    "citizenship",
    "breakdown",
    "period",
    "value",
    "unit",
    "status",
    "release",
    "headline",
)


def query(
    dataset: Annotated[
        str | None, typer.Argument(help="Code of a data set, or id of a release. All data sets where left out.")
    ] = None,
    area: Areas = None,
    indicator: Indicators = None,
    iccs_code: Annotated[
        list[str] | None, typer.Option("--iccs", metavar="C", help="ICCS code; 0401* takes in what lies below.")
    ] = None,
    sex: Annotated[list[str] | None, typer.Option("--sex", metavar="S", help="F, M, _T, …")] = None,
    age: Annotated[list[str] | None, typer.Option("--age", metavar="A", help="Code of an age group.")] = None,
    citizenship: Annotated[list[str] | None, typer.Option("--citizenship", metavar="C")] = None,
    breakdown: Annotated[list[str] | None, typer.Option("--breakdown", metavar="B", help="dimension:category")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="S", help="Observation status, as A or B.")
    ] = None,
    period: Annotated[str, typer.Option("--period", metavar="P", help="2012, 2010:2012, 2010: or :2012.")] = "",
    as_at: AsAt = None,
    confidential: Confidential = False,
    all_vintages: Annotated[
        bool,
        typer.Option(
            "--all-vintages",
            help="What every release said, and not the latest alone; a table that ships, where its file is not held.",
        ),
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="No more than N observations.")
    ] = None,
    form: OutputFormat = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write FILE.csv, FILE.parquet or FILE.xlsx.")
    ] = None,
) -> None:
    """Observations of the releases known at a day, each with release, file, place and figure.

    Example: comity query homicide --area Brazil --period 2010:2012 --as-at 2014-12-31 --format json
    """
    make_ready()
    from comity.areas.store import gazetteer
    from comity.statistics import store
    from comity.statistics.releases import question

    known = day_or_today(as_at, "--as-at")
    wanted = question.Wanted(
        areas=area or (),
        indicators=indicator or (),
        iccs=iccs_code or (),
        sexes=sex or (),
        ages=age or (),
        citizenships=citizenship or (),
        breakdowns=breakdown or (),
        statuses=status or (),
        period=period,
    )
    asked = question.ask(
        store.asked(dataset), gazetteer(known), wanted, as_at=known, dataset=dataset, all_vintages=all_vintages
    )
    if output is not None:
        say(f"{output}: {_write(asked, output, limit)} observations")
    elif form is Format.CSV:
        _export(asked, "csv", Printed(), limit, with_notes=False)
    elif form is Format.JSON:
        print_streamed(_records(asked, limit))
    else:
        _print_some(asked, limit)


def _records(asked: Question, limit: int | None) -> Iterable[dict[str, Any]]:
    from comity.statistics import figures
    from comity.statistics.headlines import judge
    from comity.statistics.releases import query as querying
    from comity.statistics.store import known_on

    found = islice(querying.stream(asked.releases, asked.selection), limit)
    known = known_on(asked.as_at)
    is_headline = judge(known, asked.selection)
    return (
        {
            **figures.record(one, known.names),
            "headline": is_headline(one),
            **_audience(one),
        }
        for one in found
    )


def _audience(found: Released) -> dict[str, str]:
    """Whom an observation may be shown, where an operator asked for it."""
    from comity.evidence.audience import audience_of
    from comity.statistics.figures import is_confidential

    return {"audience": audience_of(confidential=is_confidential(found))} if found.release.in_full else {}


def _print_some(asked: Question, limit: int | None) -> None:
    from comity.statistics.releases import query as querying

    shown = limit or SHOWN_LINES
    print_records(list(_records(asked, shown)), Format.TABLE, columns=with_audience(QUERIED))
    tell_more(querying.count(asked.releases, asked.selection) - shown)


def _write(asked: Question, path: Path, limit: int | None) -> int:
    """Write an export whole or not at all; gives the number of observations."""
    from comity.evidence.errors import BadInput, Fault
    from comity.statistics.exports.writers import form_of

    form = form_of(path.name)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("wb") as stream:
            count = _export(asked, form, stream, limit, with_notes=True)
        aside.replace(path)
    except OSError as error:
        raise BadInput(Fault(str(path), "", error.strerror or "", "a file that can be written")) from None
    finally:
        aside.unlink(missing_ok=True)
    return count


def _export(asked: Question, form: str, stream: Any, limit: int | None, *, with_notes: bool) -> int:
    from comity.areas.store import gazetteer
    from comity.statistics import headlines
    from comity.statistics.exports.writers import Form, export
    from comity.statistics.store import known_on

    return export(
        asked.selection,
        asked.releases,
        gazetteer(asked.as_at),
        Form(form),
        stream,
        as_at=asked.as_at,
        with_notes=with_notes,
        limit=limit,
        headlines=headlines.lines(known_on(asked.as_at), asked.selection) if with_notes else (),
    )
