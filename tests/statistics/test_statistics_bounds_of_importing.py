"""The bounds at which an import is refused, each met exactly and passed by one: twenty values, counted by hand."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from examples.quality import release
from examples.statistics import keep, observation, reading

from comity.evidence.errors import BadInput
from comity.evidence.store import Source
from comity.observations.observation import Observation
from comity.observations.reading import Reading
from comity.statistics.importing import ReleasePlan, StatisticsImporter, check_rows
from comity.statistics.releases.before_publishing import contradiction

HELD = 100.0


def rows(values: Sequence[float]) -> list[Observation]:
    """A series of a value a year, from 1990 on."""
    return [
        observation(period=str(1990 + number), value=value, place=f"{number + 2}:value")
        for number, value in enumerate(values)
    ]


def first(number: int, value: float, rest: float, of: int = 20) -> list[float]:
    """A value so many times, and another for the rest."""
    return [value] * number + [rest] * (of - number)


class TestRows:
    def made(self, disagreeing: int) -> Reading:
        """Ten rows, of which some have a code and a name of two areas."""
        read = reading(*rows([HELD] * 10))
        for number in range(disagreeing):
            message = "code and name disagree"
            read.add_finding("code-and-name", "warning", f"{number + 2}:area", "BRA", "the code of France", message)
        read.disagreeing = disagreeing
        return read

    def test_two_rows_of_ten_may_disagree_in_code_and_name(self) -> None:
        check_rows(self.made(2))

    def test_three_rows_of_ten_that_disagree_refuse_the_file_and_are_named(self) -> None:
        with pytest.raises(BadInput) as refused:
            check_rows(self.made(3))
        assert [fault.place for fault in refused.value.faults] == ["2:area", "3:area", "4:area"]

    @pytest.mark.parametrize(("rejected", "refused"), [(10, False), (11, True)])
    def test_as_many_rows_as_are_read_may_be_rejected_and_no_more(self, rejected: int, refused: bool) -> None:
        read = reading(*rows([HELD] * 10))
        for number in range(rejected):
            read.reject("number", f"{number + 20}:value", "x", "a number")
        read.rows += rejected
        if refused:
            with pytest.raises(BadInput):
                check_rows(read)
        else:
            check_rows(read)


class TestContradictions:
    @pytest.mark.parametrize(("other", "contradicts"), [(0, False), (2, False), (3, True)])
    def test_two_values_of_twenty_may_differ_from_a_vintage_of_the_day_and_three_may_not(
        self, tmp_path: Path, other: int, contradicts: bool
    ) -> None:
        held = release(tmp_path, *rows([HELD] * 20))
        found = contradiction(rows(first(other, HELD + 1, HELD)), [held])
        assert (found is not None) is contradicts
        if found is not None:
            assert (found.found.changed, found.shared) == (3, 20)

    def test_values_that_the_vintage_does_not_have_are_no_part_of_the_share(self, tmp_path: Path) -> None:
        held = release(tmp_path, *rows([HELD] * 20))
        added = [one._replace(area="250") for one in rows([HELD] * 20)]
        assert contradiction([*rows(first(3, HELD + 1, HELD)), *added], [held]) is not None


@pytest.mark.django_db
class TestSubject:
    def planned(self, values: Sequence[float], *, by_name: bool = True) -> ReleasePlan:
        """What importing a series would do whose subject is told by the name of its file."""
        read = reading(*rows(values))
        if by_name:
            read.add_finding("subject-by-name", "warning", "", "made.csv", "the offence as --subject", "by its name")
        layout = SimpleNamespace(name="made", recognises=lambda name, data: True, read=lambda *given: read)
        return StatisticsImporter(layout).plan(b"made", Source("made.csv", "Made", published=date(2015, 1, 1)))

    def refusal(self, values: Sequence[float]) -> str:
        """What is said where the series is refused."""
        with pytest.raises(BadInput) as refused:
            self.planned(values)
        return refused.value.faults[0].expected

    def test_half_of_the_values_near_those_of_its_own_data_set_will_do_and_fewer_will_not(self) -> None:
        keep("2014-10-06", *rows([HELD] * 20))
        assert self.planned(first(10, HELD, 900.0)).changed == 10
        assert "9 of 20 are like those of homicide@2014-10-06" in self.refusal(first(9, HELD, 900.0))

    @pytest.mark.parametrize(("near", "far"), [(75.0, 74.0), (133.0, 134.0)])
    def test_a_value_is_near_another_that_differs_by_a_quarter_of_the_larger_in_either_sense(
        self, near: float, far: float
    ) -> None:
        keep("2014-10-06", *rows([HELD] * 20))
        assert self.planned([near] * 20).changed == 20
        assert "0 of 20" in self.refusal([far] * 20)

    def test_nine_values_in_ten_that_are_those_of_another_data_set_refuse_it_and_fewer_do_not(self) -> None:
        keep("2014-10-06", *rows([HELD] * 20), dataset="other")
        assert self.planned(first(17, HELD, 101.0)).added == 20
        assert "18 of 20 are like those of other@2014-10-06" in self.refusal(first(18, HELD, 101.0))

    def test_values_that_are_near_those_of_another_data_set_are_not_those_of_it(self) -> None:
        keep("2014-10-06", *rows([HELD] * 20), dataset="other")
        assert self.planned([HELD + 1] * 20).added == 20

    def test_nineteen_values_tell_nothing(self) -> None:
        keep("2014-10-06", *rows([HELD] * 19), dataset="other")
        assert self.planned([HELD] * 20).added == 20

    def test_a_file_that_says_itself_what_it_is_about_is_not_doubted(self) -> None:
        keep("2014-10-06", *rows([HELD] * 20), dataset="other")
        assert self.planned([HELD] * 20, by_name=False).added == 20
