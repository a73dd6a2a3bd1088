"""Rounding for print: one rule for pages, commands and documents, so that a value reads the same on each."""

from decimal import ROUND_HALF_UP, Context, Decimal

_OF_ANY_DOUBLE = Context(prec=400)
"""Digits of the largest binary number, 1.8e308, with decimals behind it."""


def rounded(value: float | Decimal, decimals: int = 0) -> Decimal:
    """A value to so many decimals, a half away from nought: 56.25 is 56.3, as a reader would round what is spelled.

    A binary number is taken as it is spelled (2.675 and not 2.67499…), which is what people see elsewhere.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _OF_ANY_DOUBLE)
