"""What the World Bank's tables share: its terms, the words that it writes itself, countries and groups of them."""

import re
from collections.abc import Callable, Iterator, Mapping

from comity.areas.gazetteer import COUNTRIES, WORLD
from comity.evidence.wording import gettext as _
from comity.observations.observation import slug
from comity.observations.reading import Reading
from comity.observations.rows.areas import AreaFinder, area_of_row
from comity.observations.rows.row import RowFault

GROUPS: Mapping[str, tuple[str, ...]] = {
    "AFE": ("Africa Eastern and Southern",),
    "AFR": ("Africa",),
    "AFW": ("Africa Western and Central",),
    "ARB": ("Arab World",),
    "CEB": ("Central Europe and the Baltics",),
    "CHI": ("Channel Islands",),
    "CSS": ("Caribbean small states",),
    "EAP": ("East Asia & Pacific",),
    "EAR": ("Early-demographic dividend",),
    "EAS": ("East Asia & Pacific",),
    "ECA": ("Europe & Central Asia",),
    "ECS": ("Europe & Central Asia",),
    "EMU": ("Euro area",),
    "EUU": ("European Union",),
    "FCS": ("Fragile and conflict affected situations",),
    "HIC": ("High income",),
    "HPC": ("Heavily indebted poor countries",),
    "IBD": ("IBRD only",),
    "IBT": ("IDA & IBRD total",),
    "IDA": ("IDA total",),
    "IDB": ("IDA blend",),
    "IDX": ("IDA only",),
    "INX": ("Not classified",),
    "LAC": ("Latin America & Caribbean",),
    "LCN": ("Latin America & Caribbean",),
    "LDC": ("Least developed countries: UN classification", "Least developed countries"),
    "LIC": ("Low income",),
    "LMC": ("Lower middle income",),
    "LMY": ("Low & middle income",),
    "LTE": ("Late-demographic dividend",),
    "MEA": ("Middle East, North Africa, Afghanistan & Pakistan", "Middle East & North Africa"),
    "MIC": ("Middle income",),
    "MNA": ("Middle East, North Africa, Afghanistan & Pakistan", "Middle East & North Africa"),
    "NAC": ("North America",),
    "NOC": ("High income: nonOECD",),
    "OEC": ("High income: OECD",),
    "OED": ("OECD members",),
    "OSS": ("Other small states",),
    "PRE": ("Pre-demographic dividend",),
    "PSS": ("Pacific island small states",),
    "PST": ("Post-demographic dividend",),
    "SAS": ("South Asia",),
    "SSA": ("Sub-Saharan Africa",),
    "SSF": ("Sub-Saharan Africa",),
    "SST": ("Small states",),
    "TEA": ("East Asia & Pacific",),
    "TEC": ("Europe & Central Asia",),
    "TLA": ("Latin America & the Caribbean",),
    "TMN": ("Middle East, North Africa, Afghanistan & Pakistan", "Middle East & North Africa"),
    "TSA": ("South Asia",),
    "TSS": ("Sub-Saharan Africa",),
    "UMC": ("Upper middle income",),
    "WLD": ("World",),
}
"""Names without what stands behind them in brackets, as “(excluding high income)”. The Channel Islands are Guernsey,
Jersey and what belongs to them."""

_BRACKETS = re.compile(r"\s*\(.*\)\s*$")
"""“Europe & Central Asia (excluding high income)”."""
_NAMES = frozenset(slug(name.replace("&", "and")) for names in GROUPS.values() for name in names)


_SHORTEST = 4
"""Letters of a word that may name a State: “de” and “et” are codes of two."""


def is_group(code: str, name: str, is_state: Callable[[str], object]) -> bool:
    """Whether a row is of a group: by its English name, else by its code, where no State is named beside that.

    `is_state` tells of a text whether a State bears it. In other languages the names of the groups are not held.
    """
    words = _BRACKETS.sub("", name).replace("&", " and ")
    if slug(words) in _NAMES:
        return True
    return code.strip() in GROUPS and not any(map(is_state, _phrases(words)))


def _phrases(text: str) -> Iterator[str]:
    """The words of a text, and all that stand together in it."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            phrase = " ".join(words[first:last])
            if len(phrase) >= _SHORTEST:
                yield phrase


PUBLISHER = "World Bank"
LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0)"

# The World Bank's groups bear names of M49 regions and have other members; the world alone is the same.
_CODES_OF_THE_WORLD = {"WLD": WORLD, WORLD: WORLD}
OWN_WORDS = re.compile(
    r"data|data source|world bank|last updated(?: date)?\s*:?.*|\d{4}-\d\d-\d\d"
    r"|(?:data from database: )?(?:world development indicators"
    r"|(?:health nutrition and population statistics: )?population estimates and projections)",
    re.IGNORECASE,
)
"""What the World Bank itself writes above and below its tables, and calls its sheets."""


OF_COUNTRIES = frozenset(map(slug, ("IncomeGroup", "Lending type", "Lending", "Capital")))
"""Headings that say more of the country, and divide no rows."""


def country(reading: Reading, areas: AreaFinder, code: str, name: str, place: str) -> str:
    """The area of the World Bank's code, else of the name beside it; the world too.

    Where code and name are of two areas the code is taken, and that is noticed. RowFault for the World Bank's groups of
    countries, for what is none and no country, and for what may be a part of the country whose code it bears.
    """
    shown = f"{code}, {name}"
    if _CODES_OF_THE_WORLD.get(code) or areas.of_kinds(code, COUNTRIES) or areas.of_kinds(name, COUNTRIES):
        area, expected = area_of_row(reading, areas, _CODES_OF_THE_WORLD.get(code, code), name, place)
        if not area:
            raise RowFault("unknown-area", place, shown, expected)
        return area
    if not is_group(code, name, lambda text: areas.of_kinds(text, COUNTRIES)):
        expected = _("the code or name of a State or area; these are none, and of no group of the World Bank either")
        raise RowFault("unknown-area", place, shown, expected)
    expected = _("the code of a State or area; groups of the World Bank are no regions of the M49 standard")
    raise RowFault("aggregate", place, shown, expected)
