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


def printed_number(value: float, decimals: int) -> str:
    """A value to so many decimals by the same rule, with commas between thousands: 1,234.5.

    Python's own rounding gives the same wherever the spelled number is no half of the last decimal, and sooner: a half
    that lay between a binary number and its shortest spelling would be that spelling.
    """
    spelled = repr(float(value))
    fraction = spelled.partition(".")[2]
    if "e" in spelled or (len(fraction) == decimals + 1 and fraction[-1] == "5"):
        return f"{rounded(value, decimals):,}"
    return f"{value:,.{decimals}f}"
