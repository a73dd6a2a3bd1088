"""What lies across on its pages: the annexes, for their wide tables.

The tree says so by the class of a division, and each output with pages lays it across. Words could not: they differ
from language to language.
"""

from comity.reports.source import elements
from comity.reports.source.elements import Element

LANDSCAPE = "landscape"
"""The class of a division whose pages lie across."""


def laid_across(blocks: list[Element]) -> list[Element]:
    """The blocks, each run of annexes in a division that lies across: up to the next chapter that is no annex."""
    laid: list[Element] = []
    is_across = False
    for element in blocks:
        if element["t"] == "Header" and element["c"][0] == 1:
            begins = "annex" in element["c"][1][1]
            if begins and not is_across:
                laid.append(elements.division([], classes=[LANDSCAPE]))
            is_across = begins
        (laid[-1]["c"][1] if is_across else laid).append(element)
    return laid
