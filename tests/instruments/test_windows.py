"""Acts whose day is known only as a window: what they count for, what gives their day, and what contradicts them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.importing import Plan
from comity.instruments import status, store
from comity.instruments.actions.action import Action, ActionType
from comity.instruments.models import ActionRecord

HEAD = "instrument,participant,action,date,not_before,not_after\n"
WINDOW = "# published: 2026-01-01\n" + HEAD + "UNTOC,364,accession,,2024-06-01,2025-03-31\n"
TODAY = date(2026, 11, 23)


def window(first: str, last: str = "", action: str = "accession") -> Action:
    ends = date.fromisoformat(last) if last else None
    kind = ActionType.parse(action)
    return Action("UNTOC", "242", kind, None, not_before=date.fromisoformat(first), not_after=ends)


def test_a_window_is_possible_from_its_first_day_and_sure_from_its_last(treaty):
    spells = status.spells([window("2017-07-12", "2018-10-15")], treaty())
    counts = {
        day: (len(status.parties(spells, day)), len(status.parties_at_most(spells, day)))
        for day in (date(2017, 7, 11), date(2017, 7, 12), date(2018, 10, 14), date(2018, 10, 15))
    }
    assert list(counts.values()) == [(0, 0), (0, 1), (0, 1), (1, 1)]
    in_force = [status.count_in_force(spells, day, treaty()) for day in (date(2017, 8, 11), date(2018, 11, 14))]
    assert in_force == [(0, 1), (1, 1)]


def test_an_act_can_have_been_done_on_each_day_of_its_window_the_first_and_the_last_among_them() -> None:
    days = [date(2017, 7, 11), date(2017, 7, 12), date(2018, 10, 15), date(2018, 10, 16)]
    assert [window("2017-07-12", "2018-10-15").may_be_on(day) for day in days] == [False, True, True, False]
    assert window("2017-07-12").may_be_on(TODAY)


def test_an_open_window_is_never_sure(treaty):
    spells = status.spells([window("2017-07-12")], treaty())
    assert (len(status.parties(spells, TODAY)), len(status.parties_at_most(spells, TODAY))) == (0, 1)


def test_provisional_application_makes_no_party(treaty, act):
    assert status.spells([act("242", "provisional application", "2017-07-12")], treaty()) == {}


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (None, None, None),
        ("2018-01-01", "2017-01-01", None),
        (None, "2018-01-01", "2017-12-31"),
        (None, None, "2018-01-01"),
    ],
)
def test_an_act_has_a_day_or_a_window_that_ends_no_earlier_than_it_begins(day, first, last):
    days = [date.fromisoformat(text) if text else None for text in (day, first, last)]
    with pytest.raises(ValueError):
        Action("UNTOC", "242", ActionType.ACCESSION, days[0], not_before=days[1], not_after=days[2])


@given(st.dates(date(2001, 1, 1), date(2020, 1, 1)), st.integers(0, 900), st.dates(date(2000, 12, 1), date(2024, 1, 1)))
def test_those_that_surely_are_parties_are_among_those_that_possibly_are(treaty, first, length, on):
    last = date.fromordinal(first.toordinal() + length)
    acts = [Action("UNTOC", "242", ActionType.ACCESSION, None, not_before=first, not_after=last)]
    spells = status.spells(acts, treaty())
    assert status.parties(spells, on) <= status.parties_at_most(spells, on)
    assert status.in_force_for(spells, on) <= status.in_force_for_at_most(spells, on)


def held(code: str = "364") -> list[tuple[str, str]]:
    found = ActionRecord.objects.standing().filter(instrument="UNTOC", participant=code)
    return [(record.action, record.when) for record in found if ActionType(record.action).binds]


def dated(row: str, published: str = "2026-02-01") -> str:
    return f"# published: {published}\ninstrument,participant,action,date\nUNTOC,364,{row}\n"


def contradictions(plan: Plan) -> list[str]:
    return [finding.rule for finding in plan.findings if finding.rejected]


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["accession", "ratification"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_day_in_the_window_gives_the_day_in_any_order_and_of_any_kind_of_consent(bring_in, action, order):
    files = (WINDOW, dated(f"{action},2024-09-10"))
    for number in order:
        bring_in(files[number], f"{number}.csv")
    assert held() == [(action, "2024-09-10")]


@pytest.mark.django_db
def test_an_earlier_publication_of_the_day_stands_before_a_later_window(bring_in):
    bring_in(WINDOW)
    bring_in(dated("accession,2024-09-10", "2025-01-01"), "older.csv")
    assert held() == [("accession", "2024-09-10")]


@pytest.mark.django_db
def test_a_day_outside_of_the_window_contradicts_it(bring_in, plan_of):
    bring_in(WINDOW)
    assert contradictions(plan_of(dated("accession,2025-06-10"))) == ["contradiction"]
    assert contradictions(plan_of(dated("ratification,2025-06-10"))) == ["contradiction"]


@pytest.mark.django_db
def test_a_window_makes_a_range_of_counts(bring_in):
    bring_in(WINDOW)
    found = store.status("UNTOC", date(2025, 1, 1), TODAY).as_json()
    assert (found["parties"], found["parties_at_most"]) == (192, 194)
    assert [entry["area"] for entry in found["possibly_party"]] == ["364", "706"]
    assert {"364", "706"} <= {entry["area"] for entry in found["not_party"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("UNTOC,364,accession,,2024-06-01,2024-05-31", "3:not_after"),
        ("UNTOC,364,accession,,1999-06-01,2024-05-31", "3:not_before"),
        ("UNTOC,364,accession,,2024-06-01,2027-05-31", "3:not_after"),
        ("UNTOC,364,accession,2024-06-02,2024-06-01,2024-07-31", "3:date"),
        ("UNTOC,364,accession,,,2024-07-31", "3:not_before"),
        ("UNTOC,200,accession,2004-06-02,,", "3:participant"),
        ("UNTOC,728,accession,2011-07-08,,", "3:participant"),
        ("UNTOC,Gondor,accession,2024-06-02,,", "3:participant"),
        ("UNTOC,HKG,accession,2024-06-02,,", "3:participant"),
        ("UNTOC,GRL,accession,2024-06-02,,", "3:participant"),
        ("UNTOC,XKX,accession,2024-06-02,,", "3:participant"),
        ("UNTOC,TWN,accession,2024-06-02,,", "3:participant"),
        ("SC61,EU,accession,2024-06-02,,", "3:participant"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(plan_of, row, place):
    findings = plan_of("# published: 2026-01-01\n" + HEAD + row + "\n").findings
    assert [finding.place for finding in findings if finding.rejected] == [place]


@pytest.mark.django_db
def test_who_can_be_no_participant_is_refused_with_that_reason_and_no_look_alikes(plan_of):
    [finding] = plan_of("# published: 2026-01-01\n" + HEAD + "UNTOC,Gondor,accession,2024-06-02,,\n").findings
    assert finding.expected.startswith("a State or an organization, which alone can be participants")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("792", ("Türkiye", "Turkey")),
        ("748", ("Eswatini", "Swaziland")),
        ("807", ("North Macedonia", "The former Yugoslav Republic of Macedonia")),
        ("528", ("Netherlands (Kingdom of the)", "Netherlands")),
        ("044", ("Bahamas (The)", "Bahamas")),
        ("132", ("Cabo Verde", "Cape Verde")),
        ("384", ("Côte d'Ivoire", "Côte d’Ivoire", "Ivory Coast")),
        ("728", ("South Sudan",)),
        ("798", ("Tuvalu",)),
    ],
)
def test_a_participant_is_known_by_its_code_and_by_each_name_of_its_days(plan_of, code, names):
    for name in (code, *names):
        plan = plan_of(f"# published: 2026-01-01\n{HEAD}SUA88,{name},accession,2024-06-02,,\n")
        assert [finding.message for finding in plan.findings if finding.rejected] == []
        assert plan.rejected == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["actions-after-2014.csv", "undated-after-2014.csv", "declarations-after-2014.csv"])
@pytest.mark.shared
def test_the_files_as_they_were_put_together_add_nothing_to_the_tables_that_ship(shared, plan_of, name):
    plan = plan_of((shared / "instruments" / name).read_bytes(), name)
    assert (plan.rejected, plan.adds, plan.removed) == (0, [], [])
