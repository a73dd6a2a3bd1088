"""How much of everything a workbook may hold, and what is expected of one that holds more.

With these a workbook that was not made to harm is read within a file's budget; what each of them spares is measured in
decision 22.
"""

from django.utils.translation import gettext as _

MOST_ENTRIES = 4_000
MOST_UNPACKED = 256 * 2**20
"""Bytes of all parts together, as the archive claims them and as they are."""
MOST_WHOLE = 8 * 2**20
"""Bytes of a part that is read as a tree, as the list of sheets or the styles: the tree takes thirty times as many."""
MOST_RATIO = 100
RATIO_COUNTS_FROM = 8 * 2**20
"""A part may unpack to a hundred times its packed size; real sheets come to about ten. Smaller parts may to any."""
MOST_SHEETS = 1_000
MOST_SHARED = 500_000
"""Shared strings, whether cells name them or not."""
MOST_STYLES = 100_000
"""Styles of cells, and formats of numbers; spreadsheet programs have 65,490."""
MOST_CELLS = 5_000_000
"""Cells of the rectangles about the used cells of all sheets, blanks among them: what is read within 1 GiB."""
MOST_MERGED = 100_000
"""Merged ranges of a sheet."""
MOST_TEXTS = 500_000
"""Texts of cells' own that are kept beside what calamine reads, as many as cells may share."""
LONGEST_TEXT = 32_767
"""Characters of a cell; spreadsheet programs write no longer ones."""
PLACES_NAMED = 5
"""Of formulas, hidden rows and hidden columns, so many are named in a sheet."""


def longest_text() -> str:
    """What is expected of a text in a cell that is longer than a spreadsheet program's."""
    return _("at most %(count)s characters in a cell") % {"count": f"{LONGEST_TEXT:,}"}


def most_shared_texts() -> str:
    """What is expected of a workbook whose cells share more texts."""
    return _("at most %(count)s shared texts") % {"count": f"{MOST_SHARED:,}"}
