"""The likeness of titles: the cosine of what they share, each feature weighed by how rare it is."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.classifications.proposing.words import words

_OPENING = 5
"""Letters by which a longer word is like another form of it: “falsi-” of “falsificar”."""


@dataclass(frozen=True)
class Likeness:
    """Texts by which others are likened: cosine of features weighed by inverse document frequency."""

    vectors: tuple[dict[str, float], ...]
    postings: dict[str, list[tuple[int, float]]]
    weights: dict[str, float]

    @classmethod
    def of(cls, features: Sequence[Counter[str]]) -> "Likeness":
        """Index the features of some texts."""
        spread = Counter(feature for counted in features for feature in counted)
        weights = {feature: math.log(1 + len(features) / count) for feature, count in spread.items()}
        vectors = tuple(_normalised(counted, weights) for counted in features)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(vectors):
            for feature, weight in vector.items():
                postings[feature].append((number, weight))
        return cls(vectors, dict(postings), weights)

    def to(self, features: Counter[str]) -> dict[int, float]:
        """The cosine of each indexed text that shares a feature, by its number."""
        cosines: dict[int, float] = defaultdict(float)
        for feature, weight in _normalised(features, self.weights).items():
            for number, other in self.postings.get(feature, ()):
                cosines[number] += weight * other
        return cosines


def _normalised(counted: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    unseen = max(weights.values(), default=1.0)
    vector = {feature: count * weights.get(feature, unseen) for feature, count in counted.items()}
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {feature: weight / length for feature, weight in vector.items()}


def trigrams(text: str) -> Counter[str]:
    """How often each run of three letters stands in the words of a title, whatever their endings."""
    joined = f" {' '.join(words(text))} "
    return Counter(joined[at : at + 3] for at in range(len(joined) - 2))


def word_features(text: str) -> Counter[str]:
    """Words, pairs of words, and word openings, so that titles are alike by their words before their letters."""
    told = words(text)
    pairs = (f"{first} {second}" for first, second in pairwise(told))
    return Counter([*told, *pairs, *(f"{word[:_OPENING]}-" for word in told if len(word) > _OPENING)])
