"""`comity release`, `comity query`, `comity revisions`, `comity iccs`: releases, what they hold, how they differ."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.inputs import (
    AsAt,
    Confidential,
    OutputFormat,
    actor,
    day,
    day_or_today,
    for_audience,
    read_file,
    with_audience,
)
from comity.cli.printing import (
    SHOWN_LINES,
    Format,
    Printed,
    print_first,
    print_json,
    print_line_of_json,
    print_records,
    say,
    tell,
    tell_text,
)
from comity.cli.workspace import load_rooms, make_ready

if TYPE_CHECKING:
    from comity.statistics.releases.files import Release
    from comity.statistics.releases.holdings import Holdings
    from comity.statistics.releases.query import Released
    from comity.statistics.releases.question import Question

commands = typer.Typer()
release = typer.Typer(no_args_is_help=True, help="Releases of statistics: what is held, and how it was revised.")
iccs = typer.Typer(no_args_is_help=True, help="The International Classification of Crime for Statistical Purposes.")

Areas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="A", help="M49, ISO code, or name in any of the six languages; may be given again."),
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", metavar="I", help="Code of an indicator; may be given again.")
]
Release_ = Annotated[str, typer.Argument(metavar="ID", help="Id of a release, as homicide@2014-10-06.")]

LISTED = ("id", "title", "published", "observations", "rejected", "findings", "whole", "held")
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
)
REVISED = ("kind", "name", "indicator", "sex", "age", "breakdown", "period", "before", "after", "absolute", "relative")
LISTED_WHOLE = "--format json lists them all"


def _ready() -> None:
    """Make the workspace ready, and the file by which notebooks know the releases that of the present state.

    A machine that stopped right behind a commit left that file as it was before.
    """
    make_ready()
    from comity.statistics import store

    store.renew_current()


@release.command("list")
def release_list(
    dataset: Annotated[str | None, typer.Argument(help="Code of a data set. All where left out.")] = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """The releases, by data set and date of publication; with --confidential also those that are held back.

    Example: comity release list homicide
    """
    _ready()
    from comity.statistics import store

    held = store.listed() if dataset is None else store.listed().of(dataset)
    columns = (*LISTED, "confidential") if confidential else LISTED
    print_records(list(map(_record, held)), form, columns=() if form is Format.JSON else columns)


def _record(found: Release) -> dict[str, Any]:
    """A release as it is printed; to an operator with the number of its observations that are not free."""
    from comity.statistics.releases.files import as_record
    from comity.statistics.releases.visibility import standing

    return {**as_record(found), **({"confidential": standing(found).hidden} if found.in_full else {})}


@release.command("show")
def release_show(identifier: Release_, confidential: Confidential = False, form: OutputFormat = Format.TABLE) -> None:
    """A release whole: what it is of, where it comes from, and every finding of its reading.

    Example: comity release show homicide@2014-10-06 --format json
    """
    _ready()
    from comity.cli.evidence import FINDING_COLUMNS
    from comity.statistics import store
    from comity.statistics.releases.visibility import findings_of

    found = store.listed().release(identifier)
    findings = [vars(finding) for finding in findings_of(found)]
    if form is Format.JSON:
        print_json({**_record(found), "found": findings})
    elif form is Format.CSV:
        print_records(findings, form, columns=FINDING_COLUMNS)
    else:
        for key, value in _record(found).items():
            tell(f"{key.replace('_', ' ')}: {value}")
        print_first([f"{one['severity']}: {one['message']}" for one in findings], LISTED_WHOLE, indent="  ")


@release.command("diff")
def release_diff(
    a: Annotated[str, typer.Argument(metavar="A", help="Id of the earlier release.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of the later release.")],
    area: Areas = None,
    indicator: Indicators = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """What one release changes in another: added, removed and changed keys, with both values.

    Example: comity release diff homicide@2014-10-06 homicide@2019-07-08 --area BRA
    """
    _ready()
    from comity.statistics import store

    held = store.listed()
    _print_revisions(held, [(held.release(a), held.release(b))], area, indicator, form)


@release.command("publish")
def release_publish(identifier: Release_) -> None:
    """Publish a release that is held back, after the checks of an import. Once published it stays so.

    Example: comity release publish homicide@2014-10-06
    """
    _ready()
    from comity.statistics import store
    from comity.statistics.releases.publishing import ContradictsVintage, counted

    try:
        found = store.publish(identifier, actor())
    except ContradictsVintage as contradiction:
        for fault in contradiction.faults:
            say(str(fault))
        raise typer.Exit(1) from None
    if found is None:
        say(f"{identifier} was published already; nothing is changed")
        return
    for kind, number in counted(found).items():
        tell(f"  {kind}: {number}")
    print_first([str(one) for one in found if one.kind != "added"], "comity revisions lists them all", indent="    ")
    say(f"{identifier} is published")


@release.command("check")
def release_check(
    identifier: Annotated[str | None, typer.Argument(metavar="ID", help="Id of a release. All where left out.")] = None,
) -> None:
    """Check the files of releases against what was recorded when they were read.

    Example: comity release check
    """
    _ready()
    from comity.evidence.errors import WorkspaceError
    from comity.statistics import store
    from comity.statistics.releases.files import check_release

    checked = list(store.all_releases()) if identifier is None else [store.all_releases().release(identifier)]
    faults = []
    for one in checked:
        try:
            check_release(one)
        except WorkspaceError as error:
            faults.append(str(error))
    for fault in faults:
        say(fault)
    if faults:
        raise typer.Exit(1)
    say(f"{len(checked)} releases are as they were read")


@commands.command()
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
        _print_streamed(_records(asked, limit))
    else:
        _print_some(asked, limit)


def _records(asked: Question, limit: int | None) -> Iterable[dict[str, Any]]:
    from comity.areas.store import gazetteer
    from comity.statistics import figures
    from comity.statistics.releases import query as querying

    found = islice(querying.stream(asked.releases, asked.selection), limit)
    names = gazetteer(asked.as_at)
    return ({**figures.record(one, names), **_audience(one)} for one in found)


def _audience(found: Released) -> dict[str, str]:
    """Whom an observation may be shown, where an operator asked for it."""
    from comity.evidence.audience import audience_of
    from comity.statistics.figures import is_confidential

    return {"audience": audience_of(confidential=is_confidential(found))} if found.release.in_full else {}


def _print_some(asked: Question, limit: int | None) -> None:
    from comity.statistics.releases import query as querying

    shown = limit or SHOWN_LINES
    print_records(list(_records(asked, shown)), Format.TABLE, columns=with_audience(QUERIED))
    more = querying.count(asked.releases, asked.selection) - shown
    if more > 0:
        tell(f"… and {more} more; {LISTED_WHOLE}")


def _print_streamed(records: Iterable[Mapping[str, Any]]) -> None:
    """Print a list as JSON, a record a line, as its records come."""
    before = "["
    for record in records:
        print_line_of_json(record, before)
        before = ","
    tell_text("[]" if before == "[" else "\n]")


def _write(asked: Question, path: Path, limit: int | None) -> int:
    """Write an export whole or not at all; gives the number of observations."""
    from comity.evidence.errors import BadInput, Fault
    from comity.statistics.exports.files import form_of

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
    from comity.statistics.exports.files import Form, export

    return export(
        asked.selection,
        asked.releases,
        gazetteer(asked.as_at),
        Form(form),
        stream,
        as_at=asked.as_at,
        with_notes=with_notes,
        limit=limit,
    )


@commands.command()
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
    _ready()
    from comity.statistics import store
    from comity.statistics.releases.revisions import consecutive

    held = store.published() if dataset is None else store.published().of(dataset)
    bounds = [_bound(text, option) for text, option in ((begins, "--from"), (ends, "--to"))]
    for bound in bounds:
        if isinstance(bound, str):
            held.release(bound)
    _print_revisions(held, consecutive(held, *bounds), area, indicator, form)


def _bound(text: str | None, option: str) -> str | date | None:
    return text if text is None or "@" in text else day(text, option)


def _print_revisions(
    held: Holdings,
    pairs: Sequence[tuple[Release, Release]],
    area: Sequence[str] | None,
    indicator: Sequence[str] | None,
    form: Format,
) -> None:
    from comity.areas.store import gazetteer
    from comity.statistics.releases import question
    from comity.statistics.releases.revisions import RECORD, between, records

    names = gazetteer()
    wanted = question.Wanted(areas=area or (), indicators=indicator or ())
    asked = question.selection([one for pair in pairs for one in pair], names, wanted)
    rows = (row for a, b in pairs for row in records(between(held.state_of(a), held.state_of(b), asked), a, b, names))
    revised = (one for row in rows for one in for_audience([dict(zip(RECORD, row, strict=True))]))
    if form is Format.JSON:
        _print_streamed(revised)
        return
    if form is Format.CSV:
        print_records(list(revised), form, columns=with_audience(RECORD))
        return
    listed = list(revised)
    print_records(listed[:SHOWN_LINES], form, columns=with_audience(REVISED))
    if len(listed) > SHOWN_LINES:
        tell(f"… and {len(listed) - SHOWN_LINES} more; {LISTED_WHOLE}")


@commands.command()
def quality(
    dataset: Annotated[str | None, typer.Argument(help="Code of a data set. All where left out.")] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="A", help="M49, ISO code or name of an area.")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="I", help="Code of an indicator.")] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="R", help="Code of a rule; several may be.")
    ] = None,
    as_at: AsAt = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """What the rules of quality find in the releases known at a day, and what was found when their files were read.

    Example: comity quality homicide --area BRA --format json
    """
    make_ready()
    from comity.areas.store import gazetteer
    from comity.statistics import store
    from comity.statistics.quality import all_rules, explain, findings, found_at_reading
    from comity.statistics.releases import question

    known = day_or_today(as_at, "--as-at")
    names = gazetteer(known)
    # Findings compare data sets with one another and with what they revise, so all that was known is judged.
    releases = store.published().vintages(known).judged(known)
    if dataset is not None:
        store.published().of(dataset)
    wanted = question.Wanted(areas=[area] if area else (), indicators=[indicator] if indicator else ())
    asked = question.selection(releases, names, wanted)
    of_area = next(iter(asked.areas), None)
    judging = None if rule is None else [code for code in rule if code in all_rules()]
    found = findings(releases, names, dataset=dataset, area=of_area, indicator=indicator, rules=judging)
    if indicator is None:
        speaking = store.known_on(known).speaking
        found += found_at_reading(speaking, names, store.row_at, dataset=dataset, area=of_area, rules=rule)
    if rule is not None and not found:
        for code in rule:
            explain(code)
    if form is Format.TABLE:
        print_first([f"{one.finding.severity}: {one.finding.message}" for one in found], LISTED_WHOLE)
    else:
        print_records(for_audience([one.as_json() for one in found]), form)


@iccs.command("show")
def iccs_show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As 0101.")], form: OutputFormat = Format.TABLE
) -> None:
    """A category of the classification with what stands above and below it.

    Example: comity iccs show 0101
    """
    load_rooms()
    from comity.classifications.iccs import load

    classification = load()
    found = classification.category(code)
    related = [
        *(("above", one) for one in reversed(classification.ancestors(code))),
        ("this", found),
        *(("below", one) for one in classification.children(code)),
    ]
    records = [
        {"where": where, "code": one.code, "level": one.level, "title": one.title("en"), "title_es": one.title_es}
        for where, one in related
    ]
    if form is not Format.JSON:
        print_records(records, form)
        return
    by_place = {where: [one["code"] for one in records if one["where"] == where] for where in ("above", "below")}
    print_json({**asdict(found), **by_place})


@iccs.command("propose")
def iccs_propose(
    titles: Annotated[list[str] | None, typer.Argument(metavar="TITLE…", help="Titles of offences.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="CSV", help="A table with a column of titles.")] = None,
    form: OutputFormat = Format.TABLE,
) -> None:
    """Categories that titles of national offences speak for, best first, each with its reason; a person decides.

    Example: comity iccs propose "Hurto simple" "Homicidio" --format json
    """
    load_rooms()
    from comity.classifications.proposing import propose as proposing
    from comity.evidence.files import budget

    def propose() -> tuple[list[str], list[list[proposing.Proposal]]]:
        asked = [*(titles or ()), *(proposing.read_titles(read_file(file), file.name) if file else ())]
        return asked, proposing.propose(asked)

    asked, proposed = budget.within(file.name, propose) if file else propose()
    if not asked:
        raise typer.BadParameter("give titles, or a file that holds them", param_hint="TITLE…")
    if form is Format.JSON:
        print_json(proposing.as_dicts(asked, proposed))
        return
    lines = [
        {"title": title, "code": one.code, "score": round(one.score, 3), "reason": one.reason}
        for title, found in zip(asked, proposed, strict=True)
        for one in found
    ]
    print_records(lines, form, columns=("title", "code", "score", "reason"))
