"""`comity revisions`: what each published vintage of a data set changed in the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.terminal.inputs import Areas, Confidential, Indicators, OutputFormat, day
from comity.cli.terminal.printing import Format, for_audience, print_records, print_some, print_streamed, with_audience
from comity.cli.terminal.readiness import make_releases_ready

if TYPE_CHECKING:
    from comity.statistics.releases.files import Release
    from comity.statistics.releases.holdings import Holdings


REVISED = ("kind", "name", "indicator", "sex", "age", "breakdown", "period", "before", "after", "absolute", "relative")


def revisions(
    dataset: Annotated[str | None, typer.Argument(help="Code of a data set. All where left out.")] = None,
    area: Areas = None,
    indicator: Indicators = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="RELEASE|DATE", help="First vintage, or the one known on a day.")
    ] = None,
    ends: Annotated[
        str | None, typer.Option("--to", metavar="RELEASE|DATE", help="Last vintage, or the one known on a day.")
    ] = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """What each published vintage of a data set changed in the one before it.

    Example: comity revisions homicide --area BRA --from 2014 --to 2019-12-31
    """
    make_releases_ready()
    from comity.statistics import store
    from comity.statistics.releases.revisions import consecutive

    held = store.published() if dataset is None else store.published().of(dataset)
    bounds = [_bound(text, option) for text, option in ((begins, "--from"), (ends, "--to"))]
    for bound in bounds:
        if isinstance(bound, str):
            held.release(bound)
    print_revisions(held, consecutive(held, *bounds), area, indicator, form)


def _bound(text: str | None, option: str) -> str | date | None:
    return text if text is None or "@" in text else day(text, option)


def print_revisions(
    releases: Holdings,
    pairs: Sequence[tuple[Release, Release]],
    area: Sequence[str] | None,
    indicator: Sequence[str] | None,
    form: Format,
) -> None:
    """Print what each pair of releases has otherwise, of the areas and indicators that are asked for."""
    from comity.areas.store import gazetteer
    from comity.statistics.releases import question
    from comity.statistics.releases.revisions import RECORD, between, records

    names = gazetteer()
    wanted = question.Wanted(areas=area or (), indicators=indicator or ())
    asked = question.selection([one for pair in pairs for one in pair], names, wanted)
    rows = (
        row
        for a, b in pairs
        for row in records(between(releases.state_of(a), releases.state_of(b), asked), a, b, names)
    )
    revised = (one for row in rows for one in for_audience([dict(zip(RECORD, row, strict=True))]))
    if form is Format.JSON:
        print_streamed(revised)
        return
    if form is Format.CSV:
        print_records(list(revised), form, columns=with_audience(RECORD))
        return
    print_some(list(revised), form, REVISED)
