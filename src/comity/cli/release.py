"""`comity release`: the releases that are held, what one changes in another, and their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.revisions import print_revisions
from comity.cli.terminal.inputs import Areas, Confidential, Indicators, OutputFormat, actor
from comity.cli.terminal.printing import LISTED_ELSEWHERE, Format, print_first, print_json, print_records, say, tell
from comity.cli.terminal.readiness import make_releases_ready

if TYPE_CHECKING:
    from comity.statistics.releases.files import Release


release = typer.Typer(no_args_is_help=True, help="Releases of statistics: what is held, and how it was revised.")
Release_ = Annotated[str, typer.Argument(metavar="ID", help="Id of a release, as homicide@2014-10-06.")]
LISTED = ("id", "title", "published", "observations", "rejected", "findings", "whole", "held")


@release.command("list")
def release_list(
    dataset: Annotated[str | None, typer.Argument(help="Code of a data set. All where left out.")] = None,
    confidential: Confidential = False,
    form: OutputFormat = Format.TABLE,
) -> None:
    """The releases, by data set and date of publication; with --confidential also those that are held back.

    Example: comity release list homicide
    """
    make_releases_ready()
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
    make_releases_ready()
    from comity.cli.import_files import FINDING_COLUMNS
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
        print_first([f"{one['severity']}: {one['message']}" for one in findings], LISTED_ELSEWHERE, indent="  ")


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
    make_releases_ready()
    from comity.statistics import store

    held = store.listed()
    print_revisions(held, [(held.release(a), held.release(b))], area, indicator, form)


@release.command("publish")
def release_publish(identifier: Release_) -> None:
    """Publish a release that is held back, after the checks of an import. Once published it stays so.

    Example: comity release publish homicide@2014-10-06
    """
    make_releases_ready()
    from comity.statistics import publishing
    from comity.statistics.releases.before_publishing import ContradictsVintage, counted

    try:
        found = publishing.publish(identifier, actor())
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
    make_releases_ready()
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
