"""What stands for a State or area in an address."""

from comity.areas.gazetteer import Gazetteer


def address_code(names: Gazetteer, code: str) -> str:
    """What stands for an area in an address: ISO 3166 where it has such a code, else its own."""
    return names.areas[code].iso3 or code if code in names.areas else code
