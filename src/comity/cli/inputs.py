"""What the commands are given: the options that several share, dates, files, values as JSON, and who gives them."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli.printing import Format

OutputFormat = Annotated[Format, typer.Option("--format", help="How to print.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The date the figure speaks of. Default: today.")]
AsAt = Annotated[
    str | None,
    typer.Option(
        "--as-at", metavar="DATE", help="The state of knowledge; a year means its 31 December. Default: today."
    ),
]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")]


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


def read_file(path: Path) -> bytes:
    """A file's bytes; a missing one, and one that is no regular file or too large, is bad input."""
    from comity.evidence.files import bytes_of

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
    """Who gives the command, for the audit chain: the user's name on this machine."""
    import getpass

    try:
        return getpass.getuser()
    except OSError:
        return "command line"
