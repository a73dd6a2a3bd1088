"""Rows that a table leaves out for one reason, as one counted finding: a reader is told it once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.evidence.findings import Finding
from comity.evidence.wording import gettext as _

AGGREGATE = "aggregate"
"""The rule of rows of groups of areas, which each publisher makes of its own."""

_BY_RULE = frozenset({AGGREGATE, "not-a-rate"})
"""Rules that leave a whole kind of rows out."""
_BY_VALUE = frozenset({"unknown-area"})
"""Rules that leave all rows of one name or code out."""


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with those on rows of one kind as one, where the first of them stood; `rows` counts the rows.

    Groups of areas, the World Bank's and those of World Population Prospects among them, become a note that names their
    codes: that they are left out is no fault of the file. A rate that is none stays an error, and so does an area that
    is not known, each of which is told once.
    """
    kinds: dict[object, list[Finding]] = {}
    for number, one in enumerate(findings):
        key = (one.rule, one.value if one.rule in _BY_VALUE else "") if _is_gathered(one) else number
        kinds.setdefault(key, []).append(one)
    return [_as_one(of) for of in kinds.values()]


def _is_gathered(finding: Finding) -> bool:
    return finding.rejected and finding.rule in _BY_RULE | _BY_VALUE


def _as_one(findings: Sequence[Finding]) -> Finding:
    first, rows = findings[0], sum(one.rows for one in findings)
    if first.rule == AGGREGATE and first.rejected:
        return _groups(first, list(dict.fromkeys(map(_code, findings))), rows)
    if len(findings) == 1:
        return first
    message = _("%(message)s; so it is in %(rows)s rows") % {"message": first.message, "rows": f"{rows:,}"}
    return replace(first, message=message, rows=rows)


def _code(finding: Finding) -> str:
    """The code of a group, or its name where it has none: a value is “AFE, Africa Eastern and Southern”."""
    code, _comma, name = finding.value.partition(", ")
    return code or name


def _groups(first: Finding, codes: Sequence[str], rows: int) -> Finding:
    named = ", ".join(codes)
    said = {"rows": f"{rows:,}", "groups": len(codes), "place": first.place, "codes": named}
    message = _(
        "%(rows)s rows of %(groups)d groups of areas are left out, the first at %(place)s; groups of a publisher’s own "
        "are no regions of the M49 standard: %(codes)s"
    )
    return replace(first, severity="note", value=named, message=message % said, rows=rows)
