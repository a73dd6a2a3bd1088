"""What says that figures are of a part: of the people, of the places, of the acts or of the year.

Published tables say it in a cell, in a title above the headings or in the name of a sheet. Figures of a part that are
read without it would stand as the total.
"""

import re
from functools import lru_cache

from comity.observations.words import ages, words_of_parts
from comity.observations.words.ages import code_of_age
from comity.observations.words.parts_of_year import may_name_part_of_year, names_part_of_year
from comity.observations.words.plain_text import REMOVED, plain
from comity.observations.words.said_of_rows import denies, leaves_out, not_of_the_file, said_of_rows, without_wholes
from comity.observations.words.sexes import code_of_sex

_SHORT = 40
"""Letters of a cell that is a category, and no sentence."""
_LETTERS = frozenset({"F", "M"})


def is_part(text: str) -> bool:
    """Whether a cell means a part, whatever its column is headed: a sex, an age, a citizenship, a kind of place."""
    word = plain(text).strip()
    of_age = not word.isdecimal() and (code_of_age(word) or "").startswith("Y")
    named = len(word) <= _SHORT and words_of_parts.IN_CELLS.search(without_wholes(word)) is not None
    return is_of_one_sex(word) or of_age or named


def is_of_one_sex(text: str) -> bool:
    """Whether a text is the word or the letter of one sex, and nothing else."""
    return is_of_one_sex_in_words(text) or text.strip() in _LETTERS


def is_of_one_sex_in_words(text: str) -> bool:
    """Whether a text is the word of one sex, and nothing else."""
    return code_of_sex(text) in _LETTERS


def is_whole(text: str) -> bool:
    """Whether a text names the parts of a whole and nothing else, such as “men and women”."""
    whole = plain(text)
    rest = without_wholes(whole)
    return rest != whole and not re.sub(r"\W|\b(?:and|or|areas?|persons?)\b", "", rest)


def qualifies(title: str) -> bool:
    """Whether a title, a sheet's name or a remark says that the rows are of a part, or are no final figures.

    The parts of a whole together do not, nor does what is left out where it is none of the whole (attempts), and
    neither do the numbers of a file's own pages, editions and days.
    """
    text = said_of_rows(title)
    if is_of_one_sex(text) or words_of_parts.IN_TITLES.search(text):
        return True
    numbered = said_of_rows(not_of_the_file(title))
    return words_of_parts.TERMS.search(numbered) is not None or _gives_ages_or_months(numbered, surely=False)


def tells_of_a_part(note: str) -> bool:
    """Whether a note has a word by which it may say that its row is of a part; the parts of a whole together do not."""
    text = said_of_rows(note)
    if is_of_one_sex_in_words(text) or words_of_parts.IN_NOTES_OF_ALL.search(text):
        return True
    numbered = said_of_rows(not_of_the_file(note))
    return words_of_parts.TERMS.search(numbered) is not None or _gives_ages_or_months(numbered, surely=True)


@lru_cache(maxsize=65_536)
def restricts(note: str) -> bool:
    """Whether a note says that its own row is of a part: of people, places, acts or months.

    That a figure is provisional or an estimate is said by its status.
    """
    text = said_of_rows(note)
    named = is_of_one_sex_in_words(text) or words_of_parts.IN_NOTES_OF_ONE.search(text) is not None
    return named or _gives_ages_or_months(said_of_rows(not_of_the_file(note)), surely=True)


def may_restrict(note: str) -> bool:
    """Whether a note that does not surely restrict its row may do so yet: by what it leaves out, a place or a month.

    Of a note that does, which `restricts` tells, nothing is said.
    """
    text = said_of_rows(note)
    if words_of_parts.DOUBTFUL.search(text) or is_of_one_sex(text) or leaves_out(note):
        return True
    return may_name_part_of_year(said_of_rows(not_of_the_file(note)))


def _gives_ages_or_months(text: str, *, surely: bool) -> bool:
    """Whether what a text says of its rows, and not of its file, gives ages or a time within a year."""
    within_a_year = words_of_parts.NUMBERED.search(text) is not None or names_part_of_year(text)
    return within_a_year or ages.names_ages(text, surely=surely)


@lru_cache(maxsize=1024)
def names_a_subdivision(text: str) -> bool:
    """Whether a cell that should name a region names a kind of place within a State, or people of some places."""
    return words_of_parts.SUBDIVISIONS.search(plain(text)) is not None or is_part(text)


def is_not_final(title: str) -> bool:
    """Whether all that a title qualifies is how sure the figures are, which their statuses may say too."""
    text = said_of_rows(title)
    return qualifies(title) and not qualifies(words_of_parts.OF_STATUS.sub(" ", text))


def without_kinds_of(text: str, beside: str) -> str:
    """Take the words of those kinds of parts that another text names too, such as firearms, from a plain text.

    What the other denies it is not of: “not intimate partners”.
    """
    for kind in () if denies(beside) else words_of_parts.KINDS:
        if kind.search(beside):
            text = kind.sub(REMOVED, text)
    return text
