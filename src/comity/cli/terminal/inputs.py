"""What the commands are given: the options that several share, dates, files, values as JSON, and who gives them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.terminal.printing import Format, say

if TYPE_CHECKING:
    from comity.areas.gazetteer import Gazetteer
    from comity.statistics.releases.known import Known
    from comity.statistics.releases.question import Years

OutputFormat = Annotated[Format, typer.Option("--format", help="How to print.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The date the status is of.")]
AsAt = Annotated[
    str | None,
    typer.Option(
        "--as-at", metavar="DATE", help="The state of knowledge; a year means its 31 December. Default: today."
    ),
]


def _ask_as_operator(context: typer.Context, confidential: bool) -> bool:
    """Until the command ends, an operator asks, and is told so."""
    if confidential:
        from comity.evidence.audience import operator

        context.with_resource(operator())
        say("confidential and withheld data are among what follows: it is for operators, and not for publication")
    return confidential


Confidential = Annotated[
    bool,
    typer.Option(
        "--confidential",
        callback=_ask_as_operator,
        help="Show what is confidential or withheld too, and mark it. It is not for publication.",
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="A", help="M49, ISO code, or name in any of the six languages; may be given again."),
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", metavar="I", help="Code of an indicator; may be given again.")
]
Period = Annotated[str, typer.Option("--period", metavar="P", help="2012, 2010:2012, 2010: or :2012.")]
Year = Annotated[str, typer.Option("--on", metavar="YEAR", help="The one year that is meant.")]
Dataset = Annotated[str | None, typer.Option("--dataset", metavar="D", help="Code of a data set, or id of a release.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")]
LONGEST_ACTOR = 120
"""Characters of a name that the audit chain holds."""


def today() -> date:
    """The day, in UTC, by the clock of the rooms' stores."""
    from comity.evidence.store import now

    return now().date()


def day(text: str, option: str) -> date:
    """The day that an option gives as YYYY-MM-DD or as a year, which means its last day; else bad input."""
    from comity.evidence.dates import read_date

    return read_date(text, "command line", option)


def day_or_today(text: str | None, option: str) -> date:
    """The day that an option gives, today where it is left out."""
    return today() if text is None else day(text, option)


def known_at(as_at: str | None) -> Known:
    """What is known of statistics on the day that `--as-at` gives, today where it is left out."""
    from comity.statistics.store import known_on

    return known_on(day_or_today(as_at, "--as-at"))


def areas_asked(texts: Sequence[str] | None, names: Gazetteer) -> tuple[str, ...]:
    """The codes of the areas that options name; a name that no area bears is bad input."""
    from comity.statistics.releases import question

    return question.areas_asked(names, texts or (), "command line")


def years_asked(on: str, period: str) -> Years:
    """The years that `--on` or `--period` give; both at once, and what is no year, is bad input."""
    from comity.statistics.releases import question

    return question.years_asked(on, period, "command line")


def read_file(path: Path) -> bytes:
    """A file's bytes; a missing one, and one that is no regular file or too large, is bad input."""
    from comity.evidence.files.size_limit import bytes_of

    return bytes_of(path)


def write_file(path: Path, text: str) -> None:
    """Write a file that the user named; where that cannot be, it is bad input."""
    from comity.evidence.errors import BadInput, Fault

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(Fault(str(path), "", error.strerror or "", "a file that can be written")) from None


def json_value(text: str) -> Any:
    """A value that stands on the command line as JSON."""
    from comity.evidence.errors import BadInput, Fault

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(Fault("command line", "VALUE", text, 'a value as JSON, such as "2014", true or []')) from None


def actor() -> str:
    """Who gives the command, for the audit chain: the user's name on this machine, where there is one that is text."""
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a user that is a number alone
        return "command line"
    return name if name.isprintable() and len(name) <= LONGEST_ACTOR else "command line"
