"""The indicators of which observations are held: what they count, in which unit, under which name."""

from dataclasses import dataclass
from functools import lru_cache

from comity.evidence.languages import CODES
from comity.observations.observation import PER_100000, PERCENT
from comity.observations.shipped_tables import rows_of

MEASURES = ("count", "rate", "percent")

_RATES = {
    "en": "{title}, per 100,000 population",
    "fr": "{title}, pour 100 000 habitants",
    "es": "{title}, por cada 100.000 habitantes",
    "ru": "{title}, на 100 000 населения",
    "zh": "{title}，每10万人",
    "ar": "{title}، لكل 100,000 نسمة",
}
_PERCENTS = {
    "en": "{title}, per cent",
    "fr": "{title}, en pourcentage",
    "es": "{title}, en porcentaje",
    "ru": "{title}, в процентах",
    "zh": "{title}，百分比",
    "ar": "{title}، نسبة مئوية",
}


@dataclass(frozen=True)
class ObservedIndicator:
    """What an indicator counts, without its measure: `flow` within a period, or `stock` on its reference day."""

    base: str
    unit: str
    kind: str
    titles: dict[str, str]
    definition: str
    paragraph: str


@lru_cache(maxsize=1)
def observed_indicators() -> dict[str, ObservedIndicator]:
    """The indicators that are known, by code without measure, in the order of the table."""
    return {
        row["base"]: ObservedIndicator(
            row["base"],
            row["unit"],
            row["kind"],
            {language: row[f"title_{language}"] for language in CODES},
            row["definition_en"],
            row["paragraph"],
        )
        for row in rows_of("observed_indicators.csv")
    }


def parted(indicator: str) -> tuple[str, str]:
    """An indicator's code as base and measure: `homicide-rate` is (`homicide`, `rate`); a bare base is a count."""
    base, _hyphen, measure = indicator.rpartition("-")
    return (base, measure) if base and measure in MEASURES else (indicator, "count")


def title(indicator: str, language: str = "en") -> str:
    """The name of an indicator's code in a language; English where the language is not held, the code if unknown."""
    base, measure = parted(indicator)
    known = observed_indicators().get(base)
    if known is None:
        return indicator
    spoken = language if language in CODES else "en"
    patterns = {"rate": _RATES, "percent": _PERCENTS}.get(measure)
    return patterns[spoken].format(title=known.titles[spoken]) if patterns else known.titles[spoken]


def unit(indicator: str) -> str:
    """The unit in which an indicator's code is given: victims, persons, per 100,000 population; `units` if unknown."""
    base, measure = parted(indicator)
    if measure == "rate":
        return PER_100000
    if measure == "percent":
        return PERCENT
    known = observed_indicators().get(base)
    return known.unit if known else "units"


def is_own_unit(indicator: str, unit_of: str) -> bool:
    """Whether a unit is the one that an indicator's code is given in; of an indicator that is not known any may be.

    What is given in another, such as thousands of victims, is no input of a rate, a trend or an estimate.
    """
    base, _measure = parted(indicator)
    return base not in observed_indicators() or unit_of == unit(indicator)
