"""Who a row of a table of actions means: a State or organization, by code or name of its day."""

import difflib
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from comity.areas.gazetteer import NAMED_NEAREST, PARTICIPANTS, Area, Gazetteer
from comity.areas.names.folded import fold
from comity.evidence.errors import UnknownName
from comity.instruments.actions.csv_file import NoParticipant, Resolve


def participant_resolver(gazetteer: Gazetteer) -> Resolve:
    """Find a participant by code, ISO code or name of its day; a State that another continues counts as that one.

    What is found raises UnknownName for a name that nobody bears, NoParticipant for an area that can be none.
    """
    seen: dict[tuple[str, date | None], str] = {}
    unknown: dict[tuple[str, date | None], UnknownName] = {}

    def resolve(text: str, on: date | None) -> str:
        asked = (text, on)
        if asked in unknown:
            raise unknown[asked].with_traceback(None)
        if asked not in seen:
            if len(unknown) >= NAMED_NEAREST and gazetteer.find(text, on=on) is None:
                raise UnknownName(text, _("the name or code of a State or area"))
            try:
                seen[asked] = gazetteer.continuing(_participant(gazetteer, text, on).code)
            except UnknownName as error:
                unknown[asked] = error
                raise
        return seen[asked]

    return resolve


def _participant(gazetteer: Gazetteer, text: str, on: date | None) -> Area:
    """The State or organization that a text means. Raises UnknownName, and NoParticipant for an area that is neither,
    was none on the day, or never one."""
    try:
        found = gazetteer.resolve(text, on=on, kinds=PARTICIPANTS)
    except UnknownName as unknown:
        area = gazetteer.find(text, on=on)
        if area is None:
            raise _unknown(text, unknown.candidates) from None
        expected = _(
            "a State or an organization, which alone can be participants; %(area)s is an area and neither. The "
            "territorial application of an instrument stands under the State that makes it, with the area in the "
            "column “text”"
        )
        raise NoParticipant(text, expected % {"area": gazetteer.label(area.code, on=on)}) from None
    if on is not None and not _stood(gazetteer, found, on):
        expected = _("a State or an organization that existed on %(day)s; %(area)s did not")
        raise NoParticipant(text, expected % {"day": on, "area": gazetteer.label(found.code, on=on)})
    return found


def _unknown(text: str, candidates: Sequence[str]) -> UnknownName:
    """Why a text names no participant; of the candidates those that hold its words (“Korea”) or are spelled much alike.

    Of names that merely look a little alike none is given: what is no participant is refused for that reason.
    """
    words = set(fold(text).split())
    near = [name for name in candidates if words and words <= set(fold(name).split())]
    near = near or difflib.get_close_matches(text, candidates, 3, _CLOSE)
    if near:
        return UnknownName(text, _("the name or code of a State or area"), near)
    expected = _("a State or an organization, which alone can be participants; none is held by this name or code")
    return NoParticipant(text, expected)


_CLOSE = 0.75


def _stood(gazetteer: Gazetteer, found: Area, on: date) -> bool:
    """Whether on a day an area existed, or the one before it that is the same State (the Russian Federation in 1975).

    A name is not borne beyond the State's end: the Soviet Union did nothing in 2006, whoever continues it.
    """
    if found.exists(on):
        return True
    if found.exists_to is not None and found.exists_to <= on:
        return False
    code = gazetteer.continuing(found.code)
    return any(area.exists(on) and gazetteer.continuing(area.code) == code for area in gazetteer.areas.values())
