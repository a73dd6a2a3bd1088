"""Whether a binary64 number, which is what we store, holds a number as it is spelled."""

import math
from decimal import Decimal

from comity.evidence.wording import gettext as _

SURELY_KEPT = 15
"""Digits of a number that are kept whatever they are (IEEE 754, binary64)."""


def unkept(text: str) -> str:
    """What is expected of a number that its double does not hold; blank where it does, and for what is no number.

    A fraction is rounded in the last of its 17 digits by every program, and kept. A whole number, one next to nothing
    and an infinite one would be stored as another one. Whole numbers are also taken as programs write them that give a
    double 17 digits: 9.9999999999999992E+22 is how they write 1E+23.
    """
    try:
        value = float(text)
    except ValueError:
        return ""
    if not math.isfinite(value):
        return _("a finite number")
    if value and (not value.is_integer() or len(text) <= SURELY_KEPT):
        return ""
    try:
        spelled = Decimal(text)
    except ArithmeticError:  # an exponent of more digits than exponents have
        spelled = Decimal("NaN")
    if spelled == Decimal(repr(value)) or spelled == Decimal(f"{value:.16e}"):
        return ""
    return _("a number that can be kept as it stands, below 9007199254740992 and not next to nothing")
