"""Whether a file is a vintage of its whole data set or a part of it: a part is never taken for the whole."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from comity.classifications import iccs
from comity.evidence.findings import Finding
from comity.observations import indicators_observed
from comity.observations.observation import NOT_APPLICABLE, PER_100000, PERCENT, TOTAL, UNKNOWN, UNREPEATED, Observation
from comity.observations.words.categories import UNSPECIFIED
from comity.statistics.releases import query
from comity.statistics.releases.files import Release
from comity.statistics.releases.holdings import speaking

WHOLE_FROM = 0.95
"""A file that holds this share of the keys that speak before it is the next whole vintage; one that holds fewer is a
part. Published vintages do drop some keys; none that is held drops one in twenty without being another table."""

MOST_UNREAD = 0.1
"""Of the keys that a whole vintage lacks, this share at most may be rows that could not be read: what cannot be read is
not absent. A large vintage drops many keys knowingly and has a few bad rows beside."""

LEFT_OUT_KNOWINGLY = frozenset({"not-a-rate", "aggregate", "other-variant", "unknown-series"})
"""Rules that leave whole columns or groups of rows out, which says nothing of whether the file was understood."""

OF_HELD_KEYS = "missing-in-part"
"""The rule of the rows that are left out because their keys are held."""

MAY_HOLD_MORE = frozenset({"unread-table", "unread-year"})
"""Rules of what was not read and may hold any of the keys that lack: a sheet of data, a column of a year."""

Key = tuple[str, ...]
"""What tells an observation apart as its origin means it; see UNREPEATED."""
Findings = Callable[[], Iterable[Finding]]
"""What gives the findings of a file when they are asked for."""
Keys = Mapping[Key, bool]
"""Keys, each with whether a value stands under it."""

_PERIOD_OF = itemgetter(UNREPEATED.index("area"), UNREPEATED.index("period"))
_PLACES = {name: UNREPEATED.index(name) for name in UNREPEATED}
_SLOTS = (
    ("sex",),
    ("age",),
    ("indicator", "iccs", "citizenship", "breakdown", "unit"),
)
"""What one word of a table tells: the sex, the age, or what is counted, which may be in several columns of ours."""


_OF_ONE_WORD = (
    frozenset({"sex"}),
    frozenset({"age"}),
    frozenset({"indicator", "iccs", "unit"}),
    frozenset({"iccs", "citizenship", "breakdown"}),
)
"""Columns of ours that one word of a file tells: what is counted brings its offence and unit, a category its place."""
_NONE_OF_THEM = frozenset({"", TOTAL, UNKNOWN, NOT_APPLICABLE, UNSPECIFIED})
_CODES = {
    "sex": re.compile("[MFO]"),
    "age": re.compile(r"Y(?:_GE|_LT)?\d{1,3}|Y\d{1,3}T\d{1,3}"),
    "citizenship": re.compile(r"\d{3}|NAT|FOR"),
    "breakdown": re.compile(r"[^:]+:_[TUZX]"),
}
"""How the codes are written that have a meaning by themselves."""


class Rewritten(NamedTuple):
    """A word that lacks in so many keys where another one stands that nothing held has: two writings of one word."""

    before: str
    after: str
    times: int


@dataclass(frozen=True)
class Compared:
    """What a file has of the keys that speak before it."""

    keys: int = 0
    absent: int = 0
    """Keys that it does not state at all."""
    blanked: int = 0
    """Keys that have a value before it, and a missing one in it."""
    rewritten: tuple[Rewritten, ...] = ()

    @property
    def kept(self) -> int:
        """Keys that it has: of those with a value only the ones that it has a value for too."""
        return self.keys - self.absent - self.blanked

    @property
    def has_enough(self) -> bool:
        """Whether it has the share of keys that a whole vintage has."""
        return self.kept >= WHOLE_FROM * self.keys

    def is_whole(self, findings: Findings, earlier: Iterable[Findings] = ()) -> bool:
        """Whether it is a whole vintage; `findings` are those made when the file was read.

        Where more than one in ten of the keys that it does not state may be rows or words that were not understood, or
        a table or year of it was not read at all, it is not known to lack them. What was not understood in one of the
        releases before it either, whose findings are `earlier`, is none of their keys.
        """
        if not self.has_enough or not self.absent:
            return self.has_enough
        found = list(findings())
        unread = count_unread(found, [one() for one in earlier]) + sum(one.times for one in self.rewritten)
        return unread <= MOST_UNREAD * self.absent and all(one.rule not in MAY_HOLD_MORE for one in found)


def count_unread(findings: Iterable[Finding], earlier: Iterable[Iterable[Finding]] = ()) -> int:
    """The rows that were rejected because they could not be read, beyond those of the same words in earlier files."""
    known: Counter[tuple[str, str]] = Counter()
    for found in earlier:
        known |= _unread(one for one in found if one.rule != OF_HELD_KEYS)
    return (_unread(findings) - known).total()


def _unread(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    """How many rows could not be read, by rule and words."""
    found: Counter[tuple[str, str]] = Counter()
    for one in findings:
        if one.rejected and one.rule not in LEFT_OUT_KNOWINGLY:
            found[one.rule, one.value] += one.rows
    return found


def keys_of(observations: Iterable[Observation]) -> dict[Key, bool]:
    """The keys of observations, each with whether one of them has a value."""
    found: dict[Key, bool] = {}
    for one in observations:
        key: Key = one[: len(UNREPEATED)]  # type: ignore[assignment]
        found[key] = found.get(key, False) or one.value is not None
    return found


def compare(before: Keys, after: Keys) -> Compared:
    """What a file with some keys has of those that speak before it."""
    absent = [key for key in before if key not in after]
    blanked = sum(valued and not after.get(key, True) for key, valued in before.items())
    compared = Compared(len(before), len(absent), blanked)
    if not absent or not compared.has_enough:
        return compared
    periods = set(map(_PERIOD_OF, before))
    added = [key for key in after if key not in before and _PERIOD_OF(key) in periods]
    words = [set(map(_word(slot), before)) for slot in _SLOTS]
    return replace(compared, rewritten=rewritten(absent, added, words))


def compare_held(before: Sequence[Release], release: Release) -> Compared:
    """The same of a release that is held; it is asked where it lies."""
    names = ", ".join(UNREPEATED)

    def ask(rows: str) -> list[Key]:
        earlier, later = _keys_sql(before), _keys_sql([release])
        absent = f"SELECT {names} FROM earlier ANTI JOIN later USING ({names})"  # noqa: S608
        return query.run(f"WITH earlier AS ({earlier}), later AS ({later}), absent AS ({absent}) {rows}")

    blanked = f"SELECT count(*) FROM earlier JOIN later USING ({names}) WHERE earlier.valued AND NOT later.valued"  # noqa: S608
    counts = ask(f"SELECT (SELECT count(*) FROM earlier), (SELECT count(*) FROM absent), ({blanked})")  # noqa: S608
    keys, lacking, lost = map(int, counts[0])
    compared = Compared(keys, lacking, lost)
    if not compared.absent or not compared.has_enough:
        return compared
    absent = ask(f"SELECT {names} FROM absent")  # noqa: S608
    added = ask(
        f"SELECT {names} FROM later ANTI JOIN earlier USING ({names}) "  # noqa: S608
        "SEMI JOIN (SELECT DISTINCT area, period FROM earlier) AS known USING (area, period)"
    )
    words = [set(ask(f"SELECT DISTINCT {', '.join(slot)} FROM earlier")) for slot in _SLOTS]  # noqa: S608
    return replace(compared, rewritten=rewritten(absent, added, words))


def _keys_sql(releases: Sequence[Release]) -> str:
    keys = ", ".join(UNREPEATED)
    source = query.source_sql(releases)
    return f"SELECT {keys}, bool_or(value IS NOT NULL) AS valued FROM {source} GROUP BY {keys}"  # noqa: S608


def rewritten(absent: Iterable[Key], added: Iterable[Key], words: Sequence[Collection[Key]]) -> tuple[Rewritten, ...]:
    """The words of keys that lack which seem to stand in keys that are added in another writing.

    `words` are those that are held, of each slot. Another writing is held nowhere, stands where the word lacks, and
    mostly there: a category that is new stands in many places where nothing lacks. The most frequent pairs stand first.
    """
    absent, added = list(absent), list(added)
    found = []
    for slot, held in zip(_SLOTS, words, strict=True):
        word, rest = _word(slot), _rest(slot)
        by_column = [{one[place] for one in held} for place in range(len(slot))]
        new = [key for key in added if word(key) not in held]
        times = Counter(map(word, new))
        standing: dict[Key, list[Key]] = defaultdict(list)
        for key in new:
            standing[rest(key)].append(word(key))
        pairs = Counter((word(key), other) for key in absent for other in standing.get(rest(key), ()))
        taken: set[Key] = set()
        for (before, after), number in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
            likely = 2 * number >= times[after] and _may_be_another_writing(slot, before, after, by_column)
            if likely and after not in taken:
                taken.add(after)
                found.append(Rewritten(*_shown(before, after), number))
    return tuple(sorted(found, key=lambda one: (-one.times, one)))


def _may_be_another_writing(slot: Sequence[str], before: Key, after: Key, held: Sequence[Collection[str]]) -> bool:
    """Whether two words differ as one word of a file may, and the later one is none that is known."""
    differing = {name for name, one, other in zip(slot, before, after, strict=True) if one != other}
    if not any(differing <= columns for columns in _OF_ONE_WORD):
        return False
    columns = zip(slot, after, held, strict=True)
    return any(name in differing and word not in words and not _is_known(name, word) for name, word, words in columns)


def _is_known(column: str, word: str) -> bool:
    """Whether a word of our columns has a meaning whatever is held."""
    if word in _NONE_OF_THEM:
        return True
    if column == "indicator":
        return indicators_observed.parted(word)[0] in indicators_observed.observed_indicators()
    if column == "unit":
        known = {one.unit for one in indicators_observed.observed_indicators().values()}
        return word in {PER_100000, PERCENT, *known}
    return word in iccs.load() if column == "iccs" else _CODES[column].fullmatch(word) is not None


def _word(slot: Sequence[str]) -> Callable[[Key], Key]:
    places = [_PLACES[name] for name in slot]
    return lambda key: tuple(key[place] for place in places)


def _rest(slot: Sequence[str]) -> Callable[[Key], Key]:
    return _word([name for name in UNREPEATED if name not in slot])


def _shown(before: Key, after: Key) -> tuple[str, str]:
    """The words that differ, such as `mechanism:firearms` and `mechanism:fireams`."""
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    one, other = (", ".join(filter(None, words)) for words in zip(*pairs, strict=True))
    return one, other


def judged(releases: Sequence[Release]) -> list[Release]:
    """The releases of one data set in order, each with whether it is whole, judged by those before it."""
    found: list[Release] = []
    for release in releases:
        whole = release.replaces or is_whole(speaking(found), release)
        found.append(replace(release, whole=whole))
    return found


def is_whole(before: Sequence[Release], release: Release) -> bool:
    """Whether a release is whole, coming after those that speak before it."""
    if not before:
        return True
    return compare_held(before, release).is_whole(release.read_findings, [one.read_findings for one in before])
