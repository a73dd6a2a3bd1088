"""The front matter of a source: title, language, masthead and dates, in YAML between two lines of three hyphens."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml
from django.utils.translation import gettext as _

from comity.evidence.errors import Fault
from comity.evidence.files.control_characters import UNPRINTABLE
from comity.evidence.files.declarations import PlainLoader
from comity.evidence.languages import CODES, ENGLISH
from comity.reports.source.references import nearest

REQUIRED = ("title", "language")
MASTHEAD = ("symbol", "organization", "organ", "distribution", "original", "session", "agenda_item", "byline")
"""What the front matter may say for the masthead, besides title and language."""
_MOST_OF_FRONT, _MOST_IN_FRONT = 10_000, 500
# The name of a date: `resolution`, `end-of-year`.
_DATE = re.compile(r"[a-z]+(?:-[a-z]+)*")
# `fr`, `en-GB`, `zh-Hans`
_TONGUE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")
# `2012-12-20`, and `2012-2-30`, which YAML takes for a day that there is not.
_DAY = re.compile(r"\b([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\b")


def front_matter(text: str, file: str) -> tuple[dict[str, Any], int, list[Fault]]:
    """The front matter, the offset where the body begins, and what is wrong with it."""
    match = re.match(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        start = text.split("\n", 1)[0]
        return {}, 0, [Fault(file, "1", start, _("front matter between two lines of three hyphens"))]
    if len(match[1]) > _MOST_OF_FRONT:
        return {}, match.end(), [Fault(file, "1", "", _("front matter of at most %d characters") % _MOST_OF_FRONT)]
    try:
        front = PlainLoader(match[1]).get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        return {}, match.end(), [Fault(file, str(line), line_at(text, line), _("front matter in YAML"))]
    except ValueError:
        line = next((number for number, said in enumerate(text.splitlines(), 1) if _is_impossible(said)), 1)
        return {}, match.end(), [Fault(file, str(line), line_at(text, line), _("a day of the calendar as YYYY-MM-DD"))]
    if not isinstance(front, dict):
        return {}, match.end(), [Fault(file, "2", line_at(text, 2), _("front matter as “key: value” lines"))]
    faults = [
        Fault(file, "1", "", _("the key “%(key)s” in the front matter") % {"key": key})
        for key in REQUIRED
        if not front.get(key)
    ]
    faults += _unknown_keys(front, text, file)
    language = str(front.get("language") or ENGLISH.code)
    if language.split("-")[0] not in CODES or not _TONGUE.fullmatch(language):
        expected = _("one of the languages %(languages)s") % {"languages": ", ".join(CODES)}
        faults.append(Fault(file, _line_of(text, "language"), language, expected))
    dates = front.get("dates") or {}
    if not isinstance(dates, dict):
        faults.append(Fault(file, _line_of(text, "dates"), _shown(dates), _("dates by name, as YYYY-MM-DD")))
        dates = {}
    faults += [
        Fault(file, _line_of(text, str(name)), f"{name}: {_shown(day)}", _("a date as YYYY-MM-DD"))
        for name, day in dates.items()
        if type(day) is not date
    ]
    faults += [
        Fault(file, _line_of(text, str(name)), str(name), _("another name of a date: small letters, and not “on”"))
        for name in dates
        if name == "on" or not isinstance(name, str) or not _DATE.fullmatch(name)
    ]
    return {**front, "dates": dates}, match.end(), faults


def _unknown_keys(front: Mapping[Any, Any], text: str, file: str) -> Iterator[Fault]:
    """Keys of the front matter that say nothing of a report, and values that are no short line of text."""
    known = (*REQUIRED, *MASTHEAD, "resolution", "dates")
    for key, value in front.items():
        if key not in known:
            yield Fault(
                file, _line_of(text, str(key)), str(key), nearest(_("a key of the front matter"), str(key), known)
            )
        elif key != "dates" and not _is_line(value):
            expected = _("one line of text of at most %d characters") % _MOST_IN_FRONT
            yield Fault(file, _line_of(text, key), _shown(value), expected)


def _is_line(value: Any) -> bool:
    plain = value is None or isinstance(value, str | int | float | date)
    text = str(value) if plain else ""
    return (
        plain
        and len(text) <= _MOST_IN_FRONT
        and not re.search(r"[\n\r\x85\u2028\u2029]", text)
        and not UNPRINTABLE.search(text)
    )


def _shown(value: Any) -> str:
    """A value as a fault shows it: a text, or else by its kind alone, since lists may hold one another without end."""
    return ascii(value)[1:-1] if isinstance(value, str) else type(value).__name__


def _is_impossible(line: str) -> bool:
    """Whether a line holds a date that is in no calendar, which YAML refuses without saying where it stands."""
    match = _DAY.search(line)
    try:
        return match is not None and not date(*map(int, match.groups()))
    except ValueError:
        return True


def line_at(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _line_of(text: str, key: str) -> str:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip().startswith(f"{key}:"):
            return str(number)
    return "1"
