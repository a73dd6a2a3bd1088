"""How many Member States there were, and which groups they belong to."""

from datetime import date

import pytest

from comity.areas.gazetteer import Gazetteer, Membership
from comity.areas.membership import members

AT_ADOPTION = date(2012, 12, 20)

# The number of Member States at the end of each year in which it changed, as the United Nations prints it.
GROWTH = """
1945 51, 1946 55, 1947 57, 1948 58, 1949 59, 1950 60, 1955 76, 1956 80, 1957 82, 1958 82, 1960 99, 1961 104,
1962 110, 1963 113, 1964 115, 1965 117, 1966 122, 1967 123, 1968 126, 1970 127, 1971 132, 1973 135, 1974 138,
1975 144, 1976 147, 1977 149, 1978 151, 1979 152, 1980 154, 1981 157, 1983 158, 1984 159, 1990 159, 1991 166,
1992 179, 1993 184, 1994 185, 1999 188, 2000 189, 2002 191, 2006 192, 2010 192, 2011 193, 2012 193
"""


@pytest.mark.parametrize(("year", "count"), [pair.split() for pair in GROWTH.split(",")])
def test_membership_grew_as_published(gazetteer: Gazetteer, year: str, count: str) -> None:
    assert len(gazetteer.members(date(int(year), 12, 31))) == int(count)


def test_the_last_admission_counts_from_its_own_day(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.members(date(2011, 7, 13))) == 192
    assert len(gazetteer.members(date(2011, 7, 14))) == 193
    assert len(gazetteer.members()) == 193


def test_members_stand_in_english_alphabetical_order(gazetteer: Gazetteer) -> None:
    names = [gazetteer.label(area.code) for area in gazetteer.members()]
    assert names[:3] == ["Afghanistan", "Albania", "Algeria"]
    assert names[-2:] == ["Zambia", "Zimbabwe"]
    assert names.index("Costa Rica") + 1 == names.index("Côte d'Ivoire") == names.index("Croatia") - 1


@pytest.mark.parametrize("code", ["336", "275", "184", "570", "EU", "XKX", "158", "002", "GBR_E_W"])
def test_participants_that_are_not_members_do_not_count(gazetteer: Gazetteer, code: str) -> None:
    assert not gazetteer.is_member(code, AT_ADOPTION)
    assert gazetteer[code] not in gazetteer.members(AT_ADOPTION)


def test_of_a_state_and_the_one_it_continues_one_is_a_member(gazetteer: Gazetteer) -> None:
    for day, member, other in [
        (date(1991, 12, 23), "810", "643"),
        (date(1991, 12, 24), "643", "810"),
        (date(2006, 6, 2), "891", "688"),
        (date(2006, 6, 3), "688", "891"),
        (date(1990, 5, 21), "886", "887"),
    ]:
        assert gazetteer.is_member(member, day)
        assert not gazetteer.is_member(other, day)


def test_regional_groups_at_the_adoption_of_67_189(gazetteer: Gazetteer) -> None:
    groups = gazetteer.groups("regional-group", AT_ADOPTION)
    assert {value: len(areas) for value, areas in groups.items()} == {
        "africa": 54,
        "asia-pacific": 53,
        "eastern-europe": 23,
        "latin-america-caribbean": 33,
        "western-europe-other": 28 + 1,  # the United States, observer, is counted in it for elections
    }
    in_none = set(gazetteer.members(AT_ADOPTION)) - {area for areas in groups.values() for area in areas}
    assert [area.iso3 for area in in_none] == ["KIR"]


def test_turkiye_takes_part_in_two_groups_and_is_counted_in_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.group("792", "regional-group", AT_ADOPTION) == "western-europe-other"
    assert gazetteer.group("792", "regional-group-also", AT_ADOPTION) == "asia-pacific"


def test_africa_had_53_states_before_south_sudan(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.in_group("regional-group", "africa", date(2010, 12, 31))) == 53


def test_every_member_has_an_m49_region_and_subregion(gazetteer: Gazetteer) -> None:
    for area in gazetteer.members():
        for scheme in ("m49-region", "m49-subregion"):
            value = gazetteer.group(area.code, scheme)
            assert value is not None
            assert gazetteer[value].kind == "region"
    assert gazetteer.group("076", "m49-region") == "019"
    assert gazetteer.group("004", "m49-subregion") == "034"


def test_a_region_lists_countries_and_not_the_regions_within_it(gazetteer: Gazetteer) -> None:
    assert all(area.kind != "region" for area in gazetteer.in_group("m49-region", "002"))
    assert gazetteer.group("015", "m49-region") == "002"


def test_a_country_that_graduated_was_least_developed_until_then(gazetteer: Gazetteer) -> None:
    assert gazetteer.group("882", "ldc", AT_ADOPTION) == "yes"
    assert gazetteer.group("882", "ldc", date(2014, 1, 1)) is None
    assert len(gazetteer.in_group("ldc", "yes", AT_ADOPTION)) == 49


def test_the_method_counts_each_state_once_and_only_for_its_spell() -> None:
    def row(area: str, begins: date | None, ends: date | None, scheme: str = "un-member") -> Membership:
        return Membership(area, scheme, "member", begins, ends, False, "")

    rows = [
        row("360", date(1950, 9, 28), date(1965, 1, 20)),
        row("360", date(1966, 9, 28), None),
        row("360", None, None),
        row("076", date(1945, 10, 24), None),
        row("004", date(1945, 10, 24), None, scheme="ldc"),
    ]
    assert members(rows, on=date(1965, 6, 1)) == 2
    assert members(rows[:2], on=date(1965, 6, 1)) == 0
    assert members(rows[:2], on=date(1965, 1, 19)) == 1
