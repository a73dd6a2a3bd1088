"""Words for codes that only the pages of analysis show: flags of values, kinds of cells, verdicts, and numbers."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from comity.analysis.estimates.methods import declared
from comity.evidence.rounding import rounded

FLAGS: dict[str, str | Promise] = {
    "published": gettext_lazy("as published"),
    "low-count": gettext_lazy("few cases"),
    "small-population": gettext_lazy("small population"),
    "interpolated-denominator": gettext_lazy("population interpolated"),
    "ages-unknown": gettext_lazy("victims of unknown age left out"),
    "break": gettext_lazy("break in series"),
    "estimate": gettext_lazy("an estimate, and no count"),
    "low-coverage": gettext_lazy("low coverage"),
    "uses-estimates": gettext_lazy("uses estimates for States without data"),
}
PROVENANCES: dict[str, str | Promise] = {
    "observed": gettext_lazy("observed"),
    "interpolated": gettext_lazy("interpolated"),
    "carried": gettext_lazy("carried forward"),
    "averaged": gettext_lazy("from its own other years"),
    "estimated": gettext_lazy("an estimate stands in"),
    "imputed": gettext_lazy("filled from the subregion"),
    "rate-only": gettext_lazy("rate only, left out"),
    "no-data": gettext_lazy("no data"),
    "no-population": gettext_lazy("no population"),
}


def flag_label(flag: str) -> str:
    """A flag of a value in words."""
    return str(FLAGS.get(flag, flag))


def provenance_label(kind: str) -> str:
    """How a cell of an estimate was come by, in words."""
    return str(PROVENANCES.get(kind, kind))


def estimation_method_label(name: str) -> str:
    """A method of estimation in words, as it is declared; with a day of knowledge, that too. Raises UnknownName."""
    _bare, _colon, day = name.partition(":")
    words = gettext(declared().method(name).label)
    return f"{words} ({day})" if day else words


def printed_label(printed: str) -> str:
    """A printed number (`1,234.5`) as the page's language writes it; blank as it is."""
    if not printed:
        return ""
    plain = printed.replace(",", "")
    return number_format(Decimal(plain), len(plain.partition(".")[2]), use_l10n=True, force_grouping=True)


def bound_label(value: float | None, like: str) -> str:
    """A bound of an interval with as many decimals as the value is printed with."""
    if value is None:
        return ""
    decimals = len(like.replace(",", "").partition(".")[2])
    return number_format(rounded(value, decimals), decimals, use_l10n=True, force_grouping=True)


def signed_label(value: float | None, digits: int = 2) -> str:
    """A change for reading, with its sign and some decimals."""
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + number_format(rounded(abs(value), digits), digits, use_l10n=True, force_grouping=True)


def p_label(p: float | None) -> str:
    """A probability to three decimals; below a thousandth in words of signs."""
    if p is None:
        return ""
    least = number_format("0.001", 3, use_l10n=True)
    return f"< {least}" if p < 0.001 else number_format(rounded(p, 3), 3, use_l10n=True)
