"""What readers are shown for groups, schemes and kinds, which the tables hold as keys."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

REGIONAL_GROUPS: dict[str, str | Promise] = {
    "africa": _("African States"),
    "asia-pacific": _("Asia-Pacific States"),
    "eastern-europe": _("Eastern European States"),
    "latin-america-caribbean": _("Latin American and Caribbean States"),
    "western-europe-other": _("Western European and other States"),
    "none": _("In no group"),
}
KINDS: dict[str, str | Promise] = {
    "state": _("State"),
    "area": _("area"),
    "organization": _("organization"),
    "region": _("region"),
    "former": _("former State"),
    "statistical": _("statistical area"),
}
RELATIONS: dict[str, str | Promise] = {
    "continuation": _("continued by"),
    "dissolution": _("dissolved; followed by"),
    "separation": _("separated:"),
    "merger": _("merged into"),
}


def group_label(value: str) -> str:
    """The name of a regional group, or the key itself where none is held."""
    return str(REGIONAL_GROUPS.get(value, value))


def group_place(value: str) -> int:
    """The place of a regional group in the order in which the United Nations lists them; unknown ones stand last."""
    order = list(REGIONAL_GROUPS)
    return order.index(value) if value in order else len(order)


def tongue() -> str:
    """The page's language as the tables of names have it."""
    return (get_language() or "en").partition("-")[0]
