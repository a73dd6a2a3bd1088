"""The day that a line of a masthead or closing states, or seems to state."""

import re

from comity.mandates.reading.export.lines import Line
from comity.mandates.resolution import StatedDay
from comity.mandates.vocabulary.days import day_named, first_day_in

# “20 Decembre 2012”, “2O December 2012”, “20/12/12”: meant for a day, and none that can be read.
_LIKE_A_DATE = re.compile(
    r"\b[\dOolI]{1,2}(?:st|nd|rd|th)?\.?\s(?:of\s|de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?[\dOolI]{4}\b"
    r"|\b[\dOolI]{1,4}(?P<mark>[/.-])[\dOolI]{1,2}(?P=mark)[\dOolI]{1,4}\b"
)
# “adopted on the twentieth of December 2012”.
_ON_SOME_DAY = re.compile(r"\bon (?:the )?(?P<words>(?=[^()\[\]]*(?:19|20)\d\d)[^()\[\],;]{4,40})$")


def stated_day(line: Line, of: str) -> StatedDay | None:
    """The first day that a line states, None where it states none; without a day where it only looks like one.

    People who type a text anew also write “December 17, 2015”, “17th December 2015”, “17 Dec. 2015” and “17/12/2015”.
    """
    match = first_day_in(line.text)
    if match is not None:
        return StatedDay(of, match.group(), line.number, day_named(match))
    like = _LIKE_A_DATE.search(line.text)
    if like is not None:
        return StatedDay(of, like.group(), line.number, None)
    on = _ON_SOME_DAY.search(line.text)
    return StatedDay(of, on["words"], line.number, None) if on is not None else None
