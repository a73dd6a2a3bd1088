"""What is done with a reading once all rows of its file are read."""

from comity.observations.reading import Reading
from comity.observations.titles_and_notes import judge_titles_and_notes


def finish(reading: Reading) -> Reading:
    """Judge what stands outside the rows, say what was noticed and number the repeats.

    Gives the reading itself. Raises BadInput where rows that say nothing of it are said to be of a part, and for codes
    of more than `reading.LONGEST_CODE` letters.
    """
    reading.require_codes()
    judge_titles_and_notes(reading)
    reading.mark_rows()
    reading.gather_rejections()
    reading.tell_notices()
    reading.number_repeats()
    return reading
