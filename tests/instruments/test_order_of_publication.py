"""What is stated of an action is ordered by publication, whichever source is brought in first."""

import itertools
from datetime import date

import pytest
from django.db import transaction

from comity.evidence.errors import BadInput
from comity.evidence.store import Source, events, stands
from comity.instruments import store
from comity.instruments.models import ActionRecord, StatementRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
TODAY = date(2026, 11, 23)
HEAD = "instrument,participant,participant_name,action,date\n"


def parties(on, as_at=TODAY):
    return store.status("UNTOC", on, as_at).parties


NEWER = "# published: 2019-07-12\n" + HEAD + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-10\n"
OLDER = "# published: 2017-08-01\n" + HEAD + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-11\n"
BETWEEN = "# published: 2018-03-01\n" + HEAD + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-12\n"


def consent(area, as_at):
    """The day of an area's consent to be bound as known on a day, and the file that says so."""
    found = [fact for fact in store.register(as_at).actions["UNTOC"] if fact.about == area and fact.value.type.binds]
    assert len(found) <= 1
    return [(fact.value.date, fact.file.rpartition("/")[2], stands(fact)) for fact in found]


def japan(as_at):
    return consent("364", as_at)


def china(as_at):
    return consent("156", as_at)


def test_a_later_publication_stands_also_where_it_was_brought_in_first(bring_in):
    before = parties(date(2017, 7, 10))
    bring_in(NEWER, "newer.csv")
    plan = bring_in(OLDER, "older.csv")
    assert (plan.adds, plan.changes, plan.removed, plan.unchanged) == ([], [], [], 1)
    [finding] = plan.findings
    assert (finding.rule, finding.severity, finding.place, finding.value) == (
        "overtaken",
        "warning",
        "3:date",
        "2017-07-11",
    )
    assert "date: 2017-07-10, as newer.csv says, published later, on 2019-07-12" in finding.expected
    for as_at in (TODAY, date(2020, 1, 1), date(2019, 7, 12)):
        assert parties(date(2017, 7, 10), as_at=as_at) == before + 1


def test_what_is_known_at_any_day_does_not_depend_on_what_was_brought_in_first(bring_in):
    days = [date(2017, 7, day) for day in (9, 10, 11, 12)] + [date(2019, 7, 11), date(2019, 7, 12), TODAY]
    with transaction.atomic():
        bring_in(OLDER, "older.csv")
        bring_in(NEWER, "newer.csv")
        in_order = [japan(day) for day in days]
        transaction.set_rollback(True)
    bring_in(NEWER, "newer.csv")
    bring_in(OLDER, "older.csv")
    assert [japan(day) for day in days] == in_order
    older, newer = [(date(2017, 7, 11), "older.csv", "2017-07-11")], [(date(2017, 7, 10), "newer.csv", "2017-07-10")]
    assert in_order == [[], [], older, older, older, newer, newer]


def test_the_same_older_bytes_again_change_nothing(bring_in):
    bring_in(NEWER, "newer.csv")
    bring_in(OLDER, "older.csv")
    before = ActionRecord.objects.count(), len(list(events()))
    assert bring_in(OLDER, "older.csv").unchanged == 1
    assert (ActionRecord.objects.count(), len(list(events()))) == before


def test_a_statement_for_whose_time_another_is_held_is_named_and_not_stored(bring_in):
    bring_in(OLDER, "older.csv")
    bring_in(NEWER, "newer.csv")
    records = ActionRecord.objects.count()
    [finding] = bring_in(BETWEEN, "between.csv").findings
    assert (finding.rule, finding.place) == ("overtaken", "3:date")
    assert finding.expected.endswith("the row is not stored")
    assert ActionRecord.objects.count() == records
    assert japan(date(2018, 6, 1)) == [(date(2017, 7, 11), "older.csv", "2017-07-11")]


def test_of_three_statements_the_latest_stands_whatever_their_order(bring_in):
    for text, file in ((NEWER, "newer.csv"), (OLDER, "older.csv"), (BETWEEN, "between.csv")):
        bring_in(text, file)
    assert japan(TODAY) == [(date(2017, 7, 10), "newer.csv", "2017-07-10")]
    bring_in(
        "# published: 2020-01-01\n" + HEAD + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-13\n",
        "latest.csv",
    )
    assert [japan(day)[0][1] for day in (date(2019, 1, 1), date(2019, 8, 1), date(2020, 1, 1))] == [
        "older.csv",
        "newer.csv",
        "latest.csv",
    ]


def test_an_older_source_that_says_the_same_is_no_matter(bring_in):
    bring_in(NEWER)
    plan = bring_in(NEWER.replace("2019-07-12", "2017-08-01"), "older.csv")
    assert (plan.unchanged, plan.findings) == (1, [])


def test_of_two_sources_of_one_day_the_one_brought_in_last_corrects(bring_in):
    bring_in(NEWER)
    plan = bring_in(OLDER.replace("2017-08-01", "2019-07-12"), "same-day.csv")
    assert len(plan.changes) == 1
    [finding] = plan.findings
    assert (finding.rule, finding.severity, finding.place) == ("same-day", "warning", "3:date")
    assert finding.expected.startswith("date: 2017-07-10, as new.csv says, published on the same day, 2019-07-12")


def test_what_a_person_says_of_the_day_of_publication_orders_a_source(bring_in):
    bring_in(NEWER)
    source = Source("older.csv", "Older", published=date(2020, 1, 1))
    plan = bring_in(OLDER, "older.csv", source)
    assert len(plan.changes) == 1
    assert [(finding.rule, finding.place, finding.value) for finding in plan.findings] == [
        ("dated-otherwise", "1", "2017-08-01")
    ]


def test_bytes_whose_date_a_person_said_are_held_by_that_date(bring_in):
    text = (
        "# published: 2017-07-01\n# complete-through: 2017-07-11\n"
        + HEAD
        + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-11\n"
    )
    with pytest.raises(BadInput, match="not after the day of publication, 2017-07-01"):
        bring_in(text)
    bring_in(text, source=Source("new.csv", "New", published=date(2017, 7, 12)))
    assert (bring_in(text).unchanged, bring_in(text).findings) == (1, [])


def test_an_older_source_is_known_only_before_the_table_that_ships(bring_in):
    plan = bring_in("# published: 2014-01-01\n" + HEAD + "UNTOC,384,Côte d'Ivoire,ratification,2012-12-21\n")
    assert [finding.rule for finding in plan.findings] == ["overtaken"]
    assert [parties(date(2012, 12, 20), as_at=day) for day in (date(2015, 3, 13), date(2015, 3, 14), TODAY)] == [
        172,
        173,
        173,
    ]


RATIFIED = date(2003, 9, 23)
CONFIRMS = "# published: 2020-01-01\n" + HEAD + "UNTOC,156,China,ratification,2003-09-23\n"
DENIES = "# published: 2019-01-01\n" + HEAD + "UNTOC,156,China,ratification,2003-09-24\n"
AGAIN = "# published: 2022-01-01\n" + HEAD + "UNTOC,156,China,ratification,2003-09-23\n"


def test_a_later_source_that_confirms_what_is_held_stands_over_an_older_one_that_denies_it(bring_in):
    assert bring_in(CONFIRMS, "confirms.csv").unchanged == 1
    plan = bring_in(DENIES, "denies.csv")
    assert (plan.changes, plan.unchanged) == ([], 1)
    [finding] = plan.findings
    assert finding.rule == "overtaken"
    assert "date: 2003-09-23, as confirms.csv says, published later, on 2020-01-01" in finding.expected
    shipped = [(RATIFIED, "actions.csv", "2003-09-23")]
    assert [china(day) for day in (date(2016, 1, 1), date(2018, 12, 31))] == [shipped, shipped]
    denied = [(date(2003, 9, 24), "denies.csv", "2003-09-24")]
    assert [china(day) for day in (date(2019, 1, 1), date(2019, 12, 31))] == [denied, denied]
    assert [china(day) for day in (date(2020, 1, 1), TODAY)] == [[(RATIFIED, "confirms.csv", "2003-09-23")]] * 2


@pytest.mark.once
def test_a_confirmation_and_a_denial_give_the_same_history_in_either_order(bring_in):
    days = [date(2003, 9, 22), RATIFIED, *(date(year, 12, 31) for year in range(2017, 2023)), TODAY]
    histories = []
    for order in itertools.permutations([(CONFIRMS, "confirms.csv"), (DENIES, "denies.csv")]):
        with transaction.atomic():
            for text, file in order:
                bring_in(text, file)
            histories.append([[known for known, _file, _text in china(day)] for day in days])
            transaction.set_rollback(True)
    assert histories[0] == histories[1]


@pytest.mark.once
def test_with_two_confirmations_what_stands_is_the_same_in_any_order(bring_in):
    files = {"confirms.csv": CONFIRMS, "denies.csv": DENIES, "again.csv": AGAIN}
    for order in itertools.permutations(files):
        with transaction.atomic():
            for file in order:
                bring_in(files[file], file)
            assert [[known for known, _f, _t in china(day)] for day in (date(2018, 12, 31), TODAY)] == [[RATIFIED]] * 2
            transaction.set_rollback(True)


def test_what_is_confirmed_is_remembered_once_for_each_source(bring_in):
    before = StatementRecord.objects.count()
    for _time in range(2):
        bring_in(CONFIRMS, "confirms.csv")
    bring_in(AGAIN, "again.csv")
    assert StatementRecord.objects.count() == before + 2


DETAILED = (
    "# published: 2018-01-01\ninstrument,participant,action,date,effective,note\n"
    "UNTOC,364,acceptance,2017-07-11,2017-08-10,deposited by the ambassador\n"
)
BARE = "# published: 2019-01-01\n" + HEAD + "UNTOC,364,Iran (Islamic Republic of),acceptance,2017-07-{}\n"


@pytest.mark.parametrize("day", [11, 10])
def test_of_what_a_later_source_has_no_column_for_the_earlier_one_stands(bring_in, day):
    bring_in(BARE.format(day), "bare.csv")
    bring_in(DETAILED, "detailed.csv")
    [record] = ActionRecord.objects.standing().filter(participant="364", instrument="UNTOC", action="acceptance")
    assert (record.date, record.effective) == (date(2017, 7, day), date(2017, 8, 10))
    assert record.note == "deposited by the ambassador"


def test_a_record_that_is_completed_still_stands_over_what_was_published_before_it(bring_in):
    bring_in(BARE.format(11), "bare.csv")
    bring_in(DETAILED, "detailed.csv")
    bring_in(BARE.format(12).replace("2019-01-01", "2018-06-01"), "between.csv")
    assert [day for day, _file, _text in japan(TODAY)] == [date(2017, 7, 11)]


def test_an_application_without_its_area_ends_none_of_an_earlier_source(bring_in):
    head, row = "\ninstrument,participant,action,date,text\n", "UNTOC,826,territorial application,2013-01-18,{}\n"
    bring_in("# published: 2020-01-01" + head + row.format(""), "none.csv")
    bring_in("# published: 2018-01-01" + head + row.format("Gibraltar"), "one.csv")
    bring_in("# published: 2019-01-01" + head + row.format("Bermuda"), "two.csv")
    with pytest.raises(BadInput, match="Gibraltar; Bermuda"):
        bring_in("# published: 2021-01-01" + head + row.format(""), "none-again.csv")
    standing = ActionRecord.objects.standing().filter(participant="826", instrument="UNTOC", date=date(2013, 1, 18))
    assert sorted(record.text for record in standing) == ["Bermuda", "Gibraltar"]


COLUMNS = "instrument,participant,action,date"
OF_IRAN = "UNTOC,364,acceptance"
ORDERS = {
    "details of the first, corrected twice without": [
        ("2018-01-01", ",effective", "2017-07-11,2017-08-10"),
        ("2019-01-01", "", "2017-07-20"),
        ("2020-01-01", "", "2017-07-25"),
    ],
    "a note that is blanked": [
        ("2018-01-01", ",note", "2017-07-11,C.N.1"),
        ("2019-01-01", "", "2017-07-11"),
        ("2020-01-01", ",note", "2017-07-11,"),
    ],
    "an effective date corrected beside one who says nothing of it": [
        ("2018-01-01", ",effective", "2017-07-11,2017-08-10"),
        ("2019-01-01", ",effective", "2017-07-11,2017-08-15"),
        ("2020-01-01", "", "2017-07-11"),
    ],
    "confirmed, denied, confirmed": [
        ("2018-01-01", "", "2017-07-11"),
        ("2019-01-01", "", "2017-07-12"),
        ("2020-01-01", "", "2017-07-11"),
    ],
}


@pytest.mark.parametrize("case", ORDERS)
@pytest.mark.once
def test_what_stands_is_the_same_in_any_order(bring_in, case):
    found = set()
    files = [f"# published: {day}\n{COLUMNS}{column}\n{OF_IRAN},{cells}\n" for day, column, cells in ORDERS[case]]
    for order in itertools.permutations(range(3)):
        with transaction.atomic():
            for number in order:
                bring_in(files[number], f"{number}.csv")
            assert bring_in(files[order[0]], f"{order[0]}.csv").changes == []
            [one] = ActionRecord.objects.standing().filter(participant="364", instrument="UNTOC", action="acceptance")
            found.add((one.date, one.effective, one.note))
            transaction.set_rollback(True)
    assert len(found) == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_corrected_day_never_passes_the_effective_date_of_another_source(bring_in, order):
    detailed = f"# published: 2018-01-01\n{COLUMNS},effective\n{OF_IRAN},2017-07-11,2017-08-10\n"
    corrected = f"# published: 2019-01-01\n{COLUMNS}\n{OF_IRAN},2017-09-20\n"
    first, second = [(detailed, corrected)[number] for number in order]
    bring_in(first, "first.csv")
    with pytest.raises(BadInput) as refused:
        bring_in(second, "second.csv")
    [fault] = refused.value.faults
    assert (fault.place, fault.value, "2017-09-20" in fault.expected) == ("3:effective", "2017-08-10", True)
