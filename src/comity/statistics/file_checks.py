"""Whether a file is what it seems to be, beside what is held: its rows, its populations, what its values are about."""

from datetime import date

from django.utils.translation import gettext as _

from comity.evidence.errors import BadInput, Fault
from comity.observations.denominators import POPULATION
from comity.observations.observation import Observation
from comity.observations.populations_compared import (
    HeldPopulations,
    confirmed_by_held,
    contradicts_held,
    notice_few_apart,
    notice_uncompared,
)
from comity.observations.possible_populations import other_units
from comity.observations.reading import Reading
from comity.statistics.releases import extents, query
from comity.statistics.releases.before_publishing import EXAMPLES
from comity.statistics.releases.holdings import Holdings
from comity.statistics.releases.query import Selection

MOST_DISAGREEING = 0.2
"""Share of rows whose code and name are of two areas beyond which one of the columns is out of its order."""
_TELLING, _SAME, _OTHER = 20, 0.9, 0.5
"""Of so many shared values or more, the share that is equal to those of another data set tells that a table is of that
one; the share that lies near those of its own, that it is of another."""
_NEAR = 0.25
"""Revisions of a series mostly change a value by less."""


def check_populations(reading: Reading, held: HeldPopulations, subject: str) -> None:
    """Refuse populations that are far from those held, and values of which nothing says that they are populations.

    Raises BadInput.
    """
    other = other_units(reading.file, reading.observations)
    if faults := other or contradicts_held(reading.observations, held, file=reading.file):
        raise BadInput(faults)
    notice_uncompared(reading, held)
    notice_few_apart(reading, held)
    if reading.description.measure_stated or subject == POPULATION:
        return
    found = confirmed_by_held(reading.observations, held)
    if not found.confirms:
        said = _("%(agreeing)d of %(shared)d values that agree with the populations held") % found._asdict()
        expected = _("a heading that says what the values are, or --subject population if they are populations")
        raise BadInput(Fault(reading.file, "", said, expected))


def check_subject(reading: Reading, releases: Holdings) -> None:
    """Where a file's name alone says what it is about, its values must not be those of something else that is held.

    Raises BadInput.
    """
    if not any(finding.rule == "subject-by-name" for finding in reading.findings):
        return
    values = {_apart_from_subject(one): one.value for one in reading.observations}
    indicators = tuple({one.indicator for one in reading.observations})
    for release in releases.as_at(date.max):
        own = release.dataset == reading.description.dataset
        found = (one.observation for one in query.select([release], Selection(indicators=indicators)))
        shared = [(values[key], one.value) for one in found if (key := _apart_from_subject(one)) in values]
        equal = sum(_near(*pair) if own else pair[0] == pair[1] for pair in shared)
        if len(shared) >= _TELLING and (equal < _OTHER * len(shared) if own else equal >= _SAME * len(shared)):
            said = {"equal": equal, "shared": len(shared), "release": release.id}
            expected = _(
                "values of what the file's name says; %(equal)d of %(shared)d are like those of %(release)s: "
                "say what it is by --subject"
            )
            raise BadInput(Fault(reading.file, "", reading.description.title, expected % said))


def check_content(reading: Reading, releases: Holdings, *, replaces: bool) -> None:
    """A table that names a data set by its comment alone must be of what the data set is of.

    Raises BadInput where an indicator of it occurs in no release of the data set, unless it replaces the data set.
    """
    files = [one for one in releases if one.dataset == reading.description.dataset]
    if not files or replaces:
        return
    known = {indicator for indicator, _number in query.choices(files, Selection(), "indicator")}
    for one in reading.observations:
        if one.indicator not in known:
            said = {"dataset": reading.description.dataset, "known": ", ".join(sorted(known)[:EXAMPLES])}
            expected = _(
                "an indicator of “%(dataset)s”, such as %(known)s; what is of another thing is a data set of its own, "
                "and --replaces says that the data set is now of this too"
            )
            raise BadInput(
                Fault(reading.file, one.place.rsplit(":", 1)[0] + ":indicator", one.indicator, expected % said)
            )


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one == other
    return abs(one - other) <= _NEAR * max(one, other)


def _apart_from_subject(observation: Observation) -> tuple[object, ...]:
    return observation.area, observation.indicator, observation.age, observation.unit, observation.period


def check_rows(reading: Reading) -> None:
    """A file most of whose rows cannot be read is misunderstood, and not a file with mistakes. Raises BadInput."""
    if reading.rows == 0:
        raise BadInput(Fault(reading.file, "", "", _("at least one row of data below the headings")))
    if reading.disagreeing > MOST_DISAGREEING * reading.rows:
        found = [one for one in reading.findings if one.rule in ("code-and-name", "unknown-area")]
        raise BadInput([one.fault() for one in found[:EXAMPLES]])
    faults = [one for one in reading.findings if one.rejected and one.rule not in extents.LEFT_OUT_KNOWINGLY]
    if len(faults) > len(reading.observations):
        raise BadInput([finding.fault() for finding in faults])
    if not reading.observations:
        raise BadInput([finding.fault() for finding in reading.findings if finding.rejected][:EXAMPLES])
