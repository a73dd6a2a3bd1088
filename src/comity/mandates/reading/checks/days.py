"""The days that a resolution's text states: whether each exists and has come, and fits the others and the session."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.mandates.reading.head.masthead import Masthead
from comity.mandates.resolution import Resolution, StatedDay


def doubts_of_days(days: Iterable[StatedDay], adopted: StatedDay | None, file: str) -> list[Fault]:
    """Stated days that do not exist, and a closing line that says another day than the one that stands for adoption.

    A day that does not exist stays unknown, though another line may state one: which is right cannot be told.
    """
    doubts = []
    for stated in days:
        place, other = str(stated.line), adopted is not None and adopted.day != stated.day
        if stated.day is None:
            expected = _("a day that exists, as “20 December 2012”; until then the day is not known")
            doubts.append(Fault(file, place, stated.words, expected))
        elif adopted is not None and adopted.day is not None and other and stated.of == "closing":
            expected = _("%(day)s, the day of adoption by line %(line)s, which stands")
            doubts.append(Fault(file, place, stated.words, expected % {"day": adopted.words, "line": adopted.line}))
    return doubts


def doubts_of_masthead_session(symbol: str, masthead: Masthead, file: str) -> list[Fault]:
    """A session of the General Assembly in the masthead that is not the one whose number its symbol has."""
    named = symbol.split("/")[2] if symbol.startswith(("A/RES/", "A/DEC/")) else ""
    if not named.isdigit() or masthead.session is None or masthead.session == int(named):
        return []
    expected = _("session %(session)s, whose number the symbol %(symbol)s has")
    said = {"session": named, "symbol": symbol}
    return [Fault(file, str(masthead.session_line), masthead.session_words, expected % said)]


def doubts_of_session(symbol: str, session: int | None, adopted: StatedDay | None, file: str) -> list[Fault]:
    """A day of adoption outside the session of the General Assembly that the symbol or the masthead names.

    Special sessions meet in any year, and resumed ones (which the caller leaves out) after their own.
    """
    regular = symbol.startswith(("A/RES/", "A/DEC/")) and "S-" not in symbol
    if not regular or adopted is None or adopted.day is None:
        return []
    named = symbol.split("/")[2]
    sessions = dict.fromkeys(number for number in (int(named) if named.isdigit() else None, session) if number)
    doubts = []
    for number in sessions:
        first, last = _months_of_session(number)
        if not first <= (adopted.day.year, adopted.day.month) <= last:
            expected = _(
                "a day from %(first)s to %(last)s, when session %(session)s of the General Assembly met, or the number "
                "of another session"
            )
            months = {"first": "{}-{:02}".format(*first), "last": "{}-{:02}".format(*last)}
            doubts.append(Fault(file, str(adopted.line), adopted.words, expected % {"session": number, **months}))
    return doubts


def _months_of_session(number: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and last month of a regular session; the first one met from January 1946 on."""
    return (1945 + number, 9 if number > 1 else 1), (1946 + number, 9)


def refuse_days_that_cannot_be(resolution: Resolution, file: str, today: date) -> None:
    """Raises BadInput for each stated day after today, and for one of distribution before that of adoption.

    What is to be adopted or distributed then is not yet so, and what was distributed before was not yet adopted.
    """
    days = dict.fromkeys(stated for one in resolution.in_file for stated in one.days)
    expected = _("a day that is not in the future")
    faults = [Fault(file, str(one.line), one.words, expected) for one in days if one.day and one.day > today]
    expected = _("a day of distribution no earlier than %(day)s, the day of adoption")
    for one in resolution.in_file:
        distributed = next((stated for stated in one.days if stated.of == "distribution" and stated.day), None)
        if one.adopted and distributed and distributed.day and distributed.day < one.adopted:
            place = str(distributed.line)
            faults.append(Fault(file, place, distributed.words, expected % {"day": one.adopted.isoformat()}))
    if faults:
        raise BadInput(list(dict.fromkeys(faults)))
