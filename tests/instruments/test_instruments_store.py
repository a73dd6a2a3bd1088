"""The shipped register: check figures, the evidence of each figure, tables."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from comity.evidence.errors import BadInput, UnknownName
from comity.evidence.figures import figure, figure_id
from comity.evidence.store import stands
from comity.instruments import status as rules
from comity.instruments import store

TODAY = date(2026, 11, 23)
D = date(2012, 12, 20)
PROGRAMME = "UNTOC,TIP,SOM,FP"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def value(identifier, as_at=TODAY):
    return figure(identifier, as_at=as_at).value


@pytest.mark.parametrize(
    ("instrument", "parties", "states", "in_force"),
    [
        ("UNTOC", 173, 172, 173),
        ("TIP", 154, 153, 154),
        ("SOM", 135, 134, 135),
        ("FP", 98, 98, 97),
        ("UNCAC", 165, 164, 164),
        ("TD88", 188, 187, 188),
        ("HOSTAGES", 170, 170, 170),
        ("DIPLOMATS", 176, 176, 176),
        ("BOMBINGS", 165, 165, 165),
        ("FINANCING", 181, 181, 181),
        ("NUCLEAR", 83, 83, 83),
    ],
)
def test_status_on_the_day_of_the_resolution(instrument, parties, states, in_force):
    found = store.status(instrument, D, TODAY)
    assert (found.parties, found.states, found.in_force_for) == (parties, states, in_force)
    assert value(f"parties.{instrument}.{D}") == parties
    assert value(f"states.{instrument}.{D}") == states
    assert value(f"in-force-for.{instrument}.{D}") == in_force


def test_172_states_from_cote_divoire_until_the_day_before_maldives():
    days = [date(2012, 10, 24), date(2012, 10, 25), date(2013, 2, 3), date(2013, 2, 4)]
    assert [store.status("UNTOC", day, TODAY).states for day in days] == [171, 172, 172, 173]


def test_172_parties_with_the_european_union_when_drafts_circulated():
    days = [date(2012, 9, 23), date(2012, 9, 24), date(2012, 10, 24), date(2012, 10, 25)]
    assert [store.status("UNTOC", day, TODAY).parties for day in days] == [171, 172, 172, 173]


@pytest.mark.parametrize(
    ("instrument", "official", "trigger"),
    [
        ("UNTOC", date(2003, 9, 29), date(2003, 7, 1)),
        ("TIP", date(2003, 12, 25), date(2003, 9, 26)),
        ("SOM", date(2004, 1, 28), date(2003, 10, 30)),
        ("FP", date(2005, 7, 3), date(2005, 4, 4)),
        ("UNCAC", date(2005, 12, 14), date(2005, 9, 15)),
        ("HOSTAGES", date(1983, 6, 3), date(1983, 5, 4)),
        ("BOMBINGS", date(2001, 5, 23), date(2001, 4, 23)),
        ("FINANCING", date(2002, 4, 10), date(2002, 3, 11)),
        ("NUCLEAR", date(2007, 7, 7), date(2007, 6, 7)),
    ],
)
def test_entry_into_force_by_the_treatys_rule_is_the_official_date(instrument, official, trigger):
    table = value(f"entry-into-force.{instrument}")
    assert table.cell(instrument, "computed") == table.cell(instrument, "official") == official
    assert table.cell(instrument, "trigger-deposit") == trigger
    assert table.cell(instrument, "agrees") is True


@pytest.mark.parametrize("instrument", ["TD88", "SC61", "SC61-P72", "PS71", "DIPLOMATS"])
def test_entry_into_force_is_not_recomputed_where_dissolved_states_are_absent(instrument):
    table = value(f"entry-into-force.{instrument}")
    assert table.cell(instrument, "computed") is None
    assert "dissolved" in table.cell(instrument, "reason")
    assert table.cell(instrument, "official") is not None


def test_a_count_rests_on_the_consents_deposited_by_its_day_and_on_nothing_else():
    found = figure(f"parties.UNTOC.{D}", as_at=TODAY)
    assert len(found.inputs) == 173
    [last] = [fact for fact in found.inputs if fact.about == "384"]
    assert (last.text, last.label, last.known_from) == (
        "2012-10-25",
        "Côte d'Ivoire: ratification of UNTOC",
        date(2012, 10, 25),
    )
    assert last.place.endswith(":date")


def test_every_input_stands_at_its_place_in_the_kept_file():
    identifiers = [
        f"status-table.{PROGRAMME}.{D}",
        f"in-force-for.FP.{D}",
        f"parties-by-group.UNCAC.{D}",
        "register-complete-through.UNTOC",
    ]
    for identifier in identifiers:
        seen = set()
        for fact in figure(identifier, as_at=TODAY).inputs[::15]:
            seen.add(fact.file)
            assert stands(fact) == fact.text, (identifier, fact.place)
        assert "instruments/tables/actions.csv" in seen


@pytest.mark.parametrize("instrument", ["UNTOC", "FP", "SC61", "PS71", "DIPLOMATS"])
@pytest.mark.parametrize("on", [date(1965, 1, 1), date(2003, 9, 29), D, TODAY])
def test_the_status_gives_what_its_figures_give(instrument, on):
    found = store.status(instrument, on, TODAY)
    for name in ("signatories", "parties", "states", "in_force_for"):
        assert getattr(found, name) == value(found.figures[name]), name
    assert len(found.not_party) == value(found.figures["not_party"])
    matrix = store.status_matrix(on, TODAY)[instrument]
    assert sum(standing.state == "party" for standing in matrix.values()) == found.parties
    assert sum(standing.in_force for standing in matrix.values()) == found.in_force_for


def test_what_was_not_yet_deposited_was_not_yet_known():
    assert store.status("UNTOC", D, date(2010, 1, 1)).parties == store.status("UNTOC", date(2010, 1, 1), TODAY).parties
    assert store.register(date(2010, 1, 1)).complete_through("UNTOC") == date(2010, 1, 1)
    with pytest.raises(UnknownName):
        store.status("UNTOC", D, date(1999, 1, 1))


def test_not_yet_party_lists_members_only_and_others_apart():
    found = store.status("UNTOC", D, TODAY).as_json()
    names = {entry["name"] for entry in found["not_party"]}
    assert len(found["not_party"]) == 24
    assert {"Japan", "Maldives"} <= names
    assert not names & {"Holy See", "Niue", "Cook Islands", "European Union", "State of Palestine"}
    assert [entry["area"] for entry in found["not_party_other"]] == ["275"]
    assert {"area": "392", "iso3": "JPN", "name": "Japan"} in found["not_party"]
    assert (found["on"], found["as_at"], found["complete_through"]) == ("2012-12-20", "2026-11-23", "2024-05-04")


def test_a_regional_organization_may_join_only_where_the_treaty_lets_it():
    assert "EU" in {entry.area for entry in store.status("FP", D, TODAY).not_party_other}
    assert "EU" not in {entry.area for entry in store.status("HOSTAGES", D, TODAY).not_party_other}


def test_names_are_in_the_readers_language():
    with translation.override("fr"):
        assert "Japon" in {entry.name for entry in store.status("UNTOC", D, TODAY).not_party}


def test_an_instrument_without_status_data_is_listed_and_counts_nothing():
    found = store.status("TOKYO", D, TODAY).as_json()
    assert (found["status_data"], found["parties"], found["not_party"], found["figures"]) == ("none", None, [], {})


def test_an_unknown_instrument_is_refused_with_those_there_are():
    with pytest.raises(UnknownName) as refused:
        store.status("UNTAC", D, TODAY)
    assert "UNTOC" in refused.value.candidates
    assert store.status("untoc", D, TODAY).instrument.code == "UNTOC"


def test_coverage_is_of_member_states_and_not_rounded():
    assert value(f"coverage.UNTOC.{D}") == pytest.approx(100 * 169 / 193, abs=1e-12)
    assert value(f"not-party.UNTOC.{D}") == 24


def test_groups_add_up_to_all_member_states():
    for name in ("parties-by-group", "parties-by-region"):
        table = value(f"{name}.UNTOC.{D}")
        totals = [sum(row[column] for row in table.rows.values()) for column in range(3)]
        assert totals == [193, 169, 24]
    cell = figure(f"parties-by-group.UNTOC.{D}#eastern-europe.parties", as_at=TODAY)
    assert cell.value == 22
    assert {fact.about for fact in cell.inputs} == {"eastern-europe"}
    assert len(cell.inputs) == 22 + 23 + 23


def test_the_annex_has_a_row_for_each_member_and_each_other_participant():
    table = value(f"status-table.{PROGRAMME}.{D}")
    assert table.cell("384", "UNTOC-signature") == "2000-12-15"
    assert (table.cell("384", "UNTOC-consent"), table.cell("384", "UNTOC-by")) == ("2012-10-25", "")
    assert (table.cell("EU", "UNTOC-consent"), table.cell("EU", "UNTOC-by")) == ("2004-05-21", "AA")
    assert table.cell("392", "UNTOC-consent") is None
    assert "336" in table.rows
    assert "275" not in table.rows
    consents = [table.cell(row, "TIP-consent") for row in table.rows]
    assert sum(consent is not None for consent in consents) == 154
    assert len(table.rows) == 193 + 4  # the Cook Islands, Niue, the Holy See and the European Union


def test_the_not_yet_party_list_names_group_region_and_signature():
    table = value(f"not-party-list.UNTOC.{D}")
    assert len(table.rows) == 24
    assert table.rows["392"] == ("asia-pacific", "142", "2000-12-12", None)


def test_parties_over_time_end_with_the_day_itself():
    table = value(f"parties-over-time.{PROGRAMME}.2000.{D}")
    assert table.columns == (
        "UNTOC",
        "TIP",
        "SOM",
        "FP",
        *(f"{code}-at-most" for code in ("UNTOC", "TIP", "SOM", "FP")),
    )
    assert table.rows["2012"] == (173, 154, 135, 98) * 2
    assert list(table.rows) == [str(year) for year in range(2000, 2013)]


def test_consents_by_year_add_up_to_parties():
    table = value(f"consents-by-year.{PROGRAMME}.2000.{D}")
    assert [sum(column) for column in zip(*table.rows.values(), strict=True)] == [173, 154, 135, 98]
    cell = figure(f"consents-by-year.UNTOC.2000.{D}#2012.UNTOC", as_at=TODAY)
    assert {fact.about for fact in cell.inputs} == {"2012"}
    assert cell.value == len(cell.inputs)


def test_joined_is_the_difference_between_two_days():
    assert value("joined.UNTOC.2011-12-31.2012-12-20") == 173 - store.status("UNTOC", date(2011, 12, 31), TODAY).parties


def test_the_nineteen_counter_terrorism_instruments_are_all_listed():
    table = value(f"counter-terrorism.{D}")
    assert [row[0] for row in table.rows.values()] == list(range(1, 20))
    held = {code: row[1] for code, row in table.rows.items() if row[2] == "held"}
    assert held.pop("MONTREAL-P14") == 0
    assert held == {"DIPLOMATS": 176, "HOSTAGES": 170, "BOMBINGS": 165, "FINANCING": 181, "NUCLEAR": 83}
    held["MONTREAL-P14"] = 0
    assert all(row[1] is None for code, row in table.rows.items() if code not in held)
    assert table.cell("MONTREAL-P14", "adopted") is False
    assert [code for code, row in table.rows.items() if row[3] and not row[4]] == [
        "CPPNM-A05",
        "BEIJING",
        "BEIJING-P10",
    ]
    cell = figure(f"counter-terrorism.{D}#BOMBINGS.parties", as_at=TODAY)
    assert len(cell.inputs) == 165 + 1


def test_completeness_is_what_the_source_says_and_not_its_latest_action():
    assert value("register-complete-through.SC61-P72") == date(2015, 3, 1)
    assert value("register-complete-through.TOKYO") is None


def test_changes_between_two_days_name_who_joined():
    found = store.changes("UNTOC", date(2012, 9, 30), D, TODAY)
    [joined] = [change for change in found if change.what == "joined"]
    assert joined.as_json() == {
        "date": "2012-10-25",
        "not_before": None,
        "not_after": None,
        "confidence": None,
        "basis": None,
        "source": None,
        "area": "384",
        "name": "Côte d'Ivoire",
        "action": "ratification",
    }


def test_the_summary_has_every_instrument_and_no_count_where_none_is_held():
    records = {record["instrument"]: record for record in store.summary(D, TODAY)}
    assert len(records) == 30
    assert (records["UNTOC"]["parties"], records["UNTOC"]["states"], records["UNTOC"]["not_party"]) == (173, 172, 24)
    assert (records["TOKYO"]["parties"], records["TOKYO"]["status_data"]) == (None, "none")


def test_participants_are_listed_with_their_standing():
    records = {record["area"]: record for record in store.status("UNTOC", D, TODAY).participants_json()}
    assert sum(record["state"] == "party" for record in records.values()) == 173
    assert records["392"]["state"] == "signatory"
    assert (records["EU"]["by"], records["EU"]["iso3"]) == ("approval", None)
    assert len(records) == 193 + 4


def test_succession_reaches_back_and_its_deposit_is_kept():
    standing = store.status_matrix(date(2007, 1, 1), TODAY)["UNTOC"]["499"]
    assert (standing.consented, standing.effective) == (date(2006, 10, 23), date(2006, 6, 3))


def test_the_matrix_holds_every_instrument_and_every_possible_participant():
    matrix = store.status_matrix(D, TODAY)
    assert len(matrix) == 30
    assert len({len(row) for row in matrix.values()}) == 1
    assert (matrix["UNTOC"]["392"].state, matrix["UNTOC"]["392"].signed) == ("signatory", date(2000, 12, 12))
    assert matrix["TOKYO"]["392"] is rules.NONE


@pytest.mark.shared
def test_the_table_that_ships_holds_the_published_actions_and_no_others(shared):
    def actions(path):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        keys = ("instrument", "participant", "participant_name", "action", "date")
        return sorted(tuple(row[key] for key in keys) for row in csv.DictReader(lines))

    ships = Path(store.__file__).parent / "tables" / "actions.csv"
    assert actions(ships) == actions(shared / "instruments" / "actions.csv")


def test_years_outside_the_calendar_give_rows_of_the_calendar_alone():
    arguments = {"instruments": "UNTOC", "since": -5_000_000, "until": date(2, 1, 1)}
    shown = figure(figure_id("parties-over-time", arguments), as_at=TODAY).value
    assert list(shown.rows) == ["1", "2"]


@pytest.mark.parametrize(
    ("instrument", "on", "member", "continued_by"),
    [
        ("UNTOC", date(2003, 12, 1), "891", "688"),
        ("SC61", date(1985, 1, 1), "810", "643"),
        ("DIPLOMATS", date(1988, 1, 1), "886", "887"),
    ],
)
def test_a_member_that_another_state_continues_stands_where_its_actions_stand(instrument, on, member, continued_by):
    found = store.status(instrument, on, TODAY)
    assert not {member, continued_by} & {one.area for one in found.not_party}
    rows = {row["area"]: row for row in found.participants_json()}
    assert rows[continued_by]["state"] == "party"
    assert member not in rows
    assert found.members == value(f"members.{on}")
    assert value(f"not-party.{instrument}.{on}") == len(found.not_party)
    everyone = value(f"parties-by-group.{instrument}.{on}").rows
    assert sum(row[0] for group, row in everyone.items()) == found.members


def test_an_instrument_that_is_listed_many_times_counts_once_on_page_and_figure() -> None:
    many = ",".join(["UNTOC", "TIP"] * 200)
    pages = [
        Client().get(f"/instruments/status/?instruments={codes}&on=2012-12-20").content for codes in ("UNTOC,TIP", many)
    ]
    assert pages[0].count(b"<td") == pages[1].count(b"<td")
    made = figure(f"status-table.{many}.2012-12-20", as_at=TODAY)
    assert made == figure("status-table.UNTOC,TIP.2012-12-20", as_at=TODAY)


def test_more_codes_than_a_list_may_hold_and_more_years_than_a_figure_are_refused() -> None:
    with pytest.raises(BadInput, match="at most 64"):
        figure("status-table." + ",".join(f"X{n}" for n in range(65)) + ".2012-12-20", as_at=TODAY)
    with pytest.raises(BadInput, match="at most 300 years"):
        figure("parties-over-time.UNTOC.1.9999-12-31", as_at=TODAY)
    with pytest.raises(UnknownName):
        figure(f"parties-over-time.UNTOC.{'9' * 100}.2012-12-31", as_at=TODAY)
    with pytest.raises(BadInput, match="not before 2013"):
        figure("estimates-over-time.homicide-rate.019.2013.2012.comity-1", as_at=TODAY)
