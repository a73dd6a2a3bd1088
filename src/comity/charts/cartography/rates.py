"""A map of a measure: five classes that are printed as they are drawn."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite
from statistics import median, quantiles

from django.utils.translation import gettext as _

from comity.charts.cartography import world as world_map
from comity.charts.cartography.choropleth import NO_DATA, choropleth
from comity.charts.languages import Language
from comity.charts.parts.description import described, extremes, listed
from comity.charts.parts.key import Kind
from comity.charts.parts.marks import Spec

CLASSES = 5


def quantile_limits(values: Sequence[float], decimals: int = 1) -> list[float]:
    """Lower limits of the second to the fifth class, so that each holds about as many areas; fewer where values tie.

    Limits are rounded to the decimals that are printed. Quantiles by linear interpolation, the ends included
    (R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, 1996, definition 7).
    """
    if len(values) < 2:
        return []
    found = sorted({round(limit, decimals) for limit in quantiles(values, n=CLASSES, method="inclusive")})
    return [limit for limit in found if limit > round(min(values), decimals)]


def class_of(value: float, limits: Sequence[float], decimals: int = 1) -> int:
    """The class of a value, from 0; the value counts as it is printed, so that the key is true of what a table says."""
    return bisect_right(limits, round(value, decimals))


def class_labels(values: Sequence[float], limits: Sequence[float], language: Language, decimals: int = 1) -> list[str]:
    """What the key prints for each class: its first and last value at the decimals that are printed.

    The lowest class begins at the smallest value and the highest ends at the largest; where no value lies there, at
    zero and without an end.
    """
    smallest, largest, step = round(min(values), decimals), round(max(values), decimals), 10.0**-decimals
    bounds = [smallest, *limits]
    if limits and smallest >= limits[0]:
        bounds[0] = min(0.0, limits[0] - step)
    labels = []
    for start, end in zip(bounds, [limit - step for limit in limits] + [largest], strict=True):
        low, high = language.number(start, decimals), language.number(end, decimals)
        if start > end + step / 2:
            labels.append(_("%(value)s or more") % {"value": low})
        else:
            labels.append(low if low == high else f"{low}–{high}")
    return labels


def describe_map(
    values: Mapping[str, float],
    names: Mapping[str, str],
    *,
    unit: str,
    language: Language,
    decimals: int = 1,
) -> str:
    """What a map of a measure says, in plain words: areas with a value, the middle, the three highest and lowest."""
    ranked = sorted(values, key=lambda code: -values[code])
    told = [(names.get(code, code), language.number(values[code], decimals)) for code in ranked]
    sentences = [
        unit,
        f"{_('areas')}: {language.number(len(ranked))}",
        f"{_('median')}: {language.number(median(values.values()), decimals)}",
        *extremes(told),
    ]
    return described("", sentences)


def rates_map(
    values: Mapping[str, float],
    *,
    title: str,
    unit: str,
    no_data_label: str,
    language: Language,
    width: float,
    limits: Sequence[float] | None = None,
    names: Mapping[str, str] | None = None,
    decimals: int = 1,
    note: str | None = None,
) -> Spec:
    """The world by a measure in up to five classes, by quantiles or by the `limits` given (each the first value of the
    next class); the key prints the values of each class and how many areas it holds.

    `values` by M49 code; areas without one are hatched. A value is classed as it is printed, at `decimals`. `names` by
    code serve the description. `note` is the notice on boundaries (by default `map_note()`). Raises ValueError where
    there is no value, one is not finite, or limits do not rise or are more than four.
    """
    if not values:
        raise ValueError("a map of rates needs at least one area")
    if not all(map(isfinite, values.values())):
        raise ValueError("a value of the map is not a finite number")
    found = list(values.values())
    bounds = quantile_limits(found, decimals) if limits is None else [round(limit, decimals) for limit in limits]
    if len(bounds) >= CLASSES or any(one >= other for one, other in pairwise(bounds)):
        raise ValueError(f"the limits {list(limits or ())} do not rise or make more than {CLASSES} classes")
    tokens = _tokens(len(bounds) + 1)
    labels = class_labels(found, bounds, language, decimals)
    kinds = [Kind(str(n), label, token) for n, (label, token) in enumerate(zip(labels, tokens, strict=True))]
    # A treaty may bind an area through the State that it belongs to; a rate of the one is never that of the other.
    borrowing = dict.fromkeys(world_map.rules()["falls_back"], NO_DATA)
    classes = borrowing | {code: str(class_of(value, bounds, decimals)) for code, value in values.items()}
    spec = choropleth(
        classes,
        kinds,
        title=title,
        no_data_label=no_data_label,
        language=language,
        width=width,
        note=note,
        key_title=_("%(unit)s (in brackets: how many areas)") % {"unit": unit},
    )
    words = describe_map(values, names or {}, unit=unit, language=language, decimals=decimals)
    counts = listed((kind.label, language.number(sum(key == kind.key for key in classes.values()))) for kind in kinds)
    return {**spec, "description": described(title, [words, f"{_('areas by class')} – {counts}"])}


def _tokens(count: int) -> list[str]:
    """Tokens of so many classes, spread over the five from the lowest to the highest."""
    if count == 1:
        return ["class-3"]
    return [f"class-{1 + round(number * (CLASSES - 1) / (count - 1))}" for number in range(count)]
