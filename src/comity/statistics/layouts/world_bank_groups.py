"""The groups of countries in the World Bank's tables, by its codes and English names."""

import re
from collections.abc import Mapping

from comity.statistics.observation import slug

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
_NAMES = frozenset(slug(name.replace("&", "and")) for names in GROUPS.values() for name in names)


def is_group(code: str, name: str) -> bool:
    """Whether a row is of a group: by its name, or by its code where no name stands beside it."""
    if not name.strip():
        return code.strip() in GROUPS
    return slug(_BRACKETS.sub("", name).replace("&", " and ")) in _NAMES
