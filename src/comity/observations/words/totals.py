"""Words of the whole in a cell, such as the row of totals, and of what is unknown or does not apply."""

from comity.observations.observation import NOT_APPLICABLE, TOTAL, UNKNOWN

_TOTALS = {
    "total", "all", "both", "both sexes", "totals", "all ages", "total (all ages)", "_t",
    "ambos sexos", "todos", "les deux sexes", "tous", "оба пола", "всего", "المجموع", "كلا الجنسين", "合计", "两性",
}  # fmt: skip
_UNKNOWN = {"unknown", "not known", "unknown status", "no information", "not specified", "no determinada"}
_NOT_APPLICABLE = {"na", "n/a", "not applicable"}


def is_total(text: str) -> bool:
    """Whether a word of a dimension means its total."""
    return text.strip().casefold() in _TOTALS


def code_of_whole(text: str) -> str | None:
    """`_T`, `_U` or `_Z` where a cell says no more than the total, unknown or not applicable; None for other words."""
    word = text.strip().casefold()
    if word in _TOTALS:
        return TOTAL
    if word in _UNKNOWN:
        return UNKNOWN
    return NOT_APPLICABLE if word in _NOT_APPLICABLE else None
