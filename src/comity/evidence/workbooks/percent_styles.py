"""Which styles of a workbook's cells show a percentage: by their formats of numbers, which calamine does not tell."""

import re
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from lxml import etree

from comity.evidence.workbooks import limits
from comity.evidence.workbooks.archive import Archive, elements

_PERCENT_FORMATS = {"9": "0%", "10": "0.00%"}
"""The formats of percentages that are built in, by their numbers."""
_LONGEST_FORMAT = 1_000
"""Letters of a format that are looked at; spreadsheet programs write at most 255."""
_SHOWN_AS_WRITTEN = re.compile(r'\\.|"[^"]*(?:"|$)|\[[^\]]*\]|[_*].', re.DOTALL)
"""What of a number format stands for itself or for no sign: escapes, quoted text, brackets, widths and fillings."""


def shows_percent(code: str) -> bool:
    """Whether a number format shows a hundred times the number, in any of its sections."""
    return "%" in code and "%" in _SHOWN_AS_WRITTEN.sub("", code)


def percent_styles(archive: Archive, name: str) -> Any:
    """For each style of cells by its number whether it shows a percentage; an empty array where none does."""
    codes, numbers = dict(_PERCENT_FORMATS), []
    for element in elements(archive, name, "{*}numFmt", "{*}xf") if name else ():
        within = element.getparent()
        if etree.QName(element).localname == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")[:_LONGEST_FORMAT]
        elif within is not None and etree.QName(within).localname == "cellXfs":
            numbers.append(element.get("numFmtId", "0"))
        if max(len(codes), len(numbers)) > limits.MOST_STYLES:
            expected = _("at most %(count)s styles") % {"count": f"{limits.MOST_STYLES:,}"}
            raise archive.fault("", archive.entries[name].filename, expected)
    shown = {number for number, code in codes.items() if shows_percent(code)}
    styles = np.array([number in shown for number in numbers], bool)
    return styles if styles.any() else styles[:0]
