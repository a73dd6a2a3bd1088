"""What is a vintage of the whole, and what a part of it: by the keys that it has, and what of it was not read."""

import random
from dataclasses import replace
from datetime import date

import pytest
from examples.statistics import keep, observation

from comity.evidence.findings import Finding
from comity.observations.observation import Observation
from comity.statistics import store
from comity.statistics.quality.observed_rows import observe
from comity.statistics.releases import extents, query, revisions, vintages
from comity.statistics.releases.extents import Compared, Rewritten, compare, keys_of
from comity.statistics.releases.query import Selection
from comity.tools.ship import gazetteer_of_tables


def finding(rule: str, *, rejected: bool = True) -> Finding:
    """A finding of a file."""
    return Finding(rule, "error", "made.csv", "2", "", "", "", rejected)


def is_whole(keys: int, absent: int = 0, blanked: int = 0, *findings: Finding) -> bool:
    """Whether a file that lacks and blanks so many keys is whole."""
    return Compared(keys, absent, blanked).is_whole(lambda: findings)


def vintage(*years: int, **cells: object) -> list[Observation]:
    """Observations of some years."""
    return [observation(period=str(year), value=float(year), **cells) for year in years]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "absent", "blanked", "whole"),
    [(100, 5, 0, True), (100, 6, 0, False), (0, 0, 0, True), (100, 0, 5, True), (100, 0, 6, False), (100, 3, 3, False)],
)
def test_ninety_five_keys_of_a_hundred_are_whole_and_a_blank_is_none(
    keys: int, absent: int, blanked: int, whole: bool
) -> None:
    assert is_whole(keys, absent, blanked) is whole


@pytest.mark.parametrize(
    ("absent", "unread", "whole"), [(0, 9, True), (3, 0, True), (3, 1, False), (30, 3, True), (30, 4, False)]
)
def test_a_vintage_of_whose_lacking_keys_one_in_ten_may_be_unread_is_no_whole(
    absent: int, unread: int, whole: bool
) -> None:
    assert is_whole(1000, absent, 0, *[finding("unknown-area")] * unread) is whole
    assert is_whole(1000, absent, 0, *[finding("aggregate")] * unread)


def test_what_was_unread_in_an_earlier_release_too_is_none_of_its_keys() -> None:
    aruba = [replace(finding("unknown-area"), value="Aruba/Curacao")] * 40
    other = replace(finding("unknown-area"), value="Xland")

    def whole(*found: Finding, earlier: tuple[list[Finding], ...] = (aruba,)) -> bool:
        return Compared(1000, 30).is_whole(lambda: found, [lambda: one for one in earlier])  # noqa: B023

    assert not whole(*aruba, earlier=())
    assert whole(*aruba)
    assert whole(*aruba, *[other] * 3)
    assert not whole(*aruba, *[other] * 4), "other words may be other keys"
    assert not whole(*aruba, *aruba[:4]), "so may more rows of the same words"
    assert whole(*aruba, earlier=([], aruba[:30], aruba))
    assert not whole(*aruba, earlier=(aruba[:20], aruba[:20])), "two releases left the same rows out"
    blanks = [finding("missing-in-part")] * 4
    assert not whole(*blanks, earlier=(blanks,)), "a missing value takes the place of a key that is held"


@pytest.mark.django_db
def test_unread_rows_are_judged_alike_where_a_release_lies_and_as_it_comes() -> None:
    held = [observation(area=f"{number:03}") for number in range(100)]
    unread = [replace(finding("unknown-area"), value="GBR, Scotland")] * 2
    first = keep("2024-01-01", *held, findings=unread)
    second = keep("2025-01-01", *held[3:], findings=unread, replaces=False)
    assert store.published().release(second).whole
    third = keep("2026-01-01", *held[6:], findings=[*unread, *unread], replaces=False)
    assert not store.published().release(third).whole
    releases = store.published()
    before = [releases.release(one) for one in (first, second)]
    compared = compare(keys_of(held[3:]), keys_of(held[6:]))
    assert compared.is_whole(lambda: unread, [one.read_findings for one in before])
    assert not compared.is_whole(lambda: [*unread, *unread], [one.read_findings for one in before])


@pytest.mark.parametrize("rule", ["unread-table", "unread-year"])
def test_a_file_of_which_a_table_or_year_was_not_read_lacks_no_key_surely(rule: str) -> None:
    assert not is_whole(1000, 30, 0, finding(rule, rejected=False))
    assert is_whole(1000, 0, 30, finding(rule, rejected=False))


@pytest.mark.parametrize(
    ("cells", "before", "after"),
    [
        ({"sex": "TOAL"}, "_T", "TOAL"),
        ({"age": "ALLE"}, "_T", "ALLE"),
        ({"breakdown": "reporting-type:n"}, "_T", "reporting-type:n"),
        ({"citizenship": "X:totl"}, "_T", "X:totl"),
        ({"indicator": "homicide-nombre", "unit": "Nombre"}, "homicide-count, victims", "homicide-nombre, Nombre"),
        (
            {"indicator": "homicde-count", "iccs": "", "unit": "units"},
            "homicide-count, 0101, victims",
            "homicde-count, units",
        ),
    ],
)
def test_a_word_that_nothing_held_has_in_the_place_of_one_that_lacks_is_another_writing(
    cells: dict[str, object], before: str, after: str
) -> None:
    held = keys_of(vintage(*range(1950, 2020)))
    other = keys_of([*vintage(*range(1953, 2020)), *vintage(1950, 1951, 1952, **cells)])
    compared = compare(held, other)
    assert compared.rewritten == (Rewritten(before, after, 3),)
    assert not compared.is_whole(list)


def test_a_category_that_is_new_is_no_other_writing_of_those_that_lack() -> None:
    held = keys_of(vintage(*range(1950, 2020)))
    new = vintage(*range(1950, 2000), breakdown="mechanism:knives")
    compared = compare(held, keys_of([*vintage(*range(1953, 2020)), *new]))
    assert (compared.absent, compared.rewritten) == (3, ())
    men = [*vintage(1950), *vintage(*range(1950, 2020), sex="M")]
    compared = compare(keys_of(men), keys_of(vintage(*range(1950, 2020), sex="M")))
    assert compared.rewritten == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"sex": "F"},
        {"age": "Y15T29"},
        {"citizenship": "NAT"},
        {"iccs": "0102"},
        {"breakdown": "mechanism:firearms"},
        {"breakdown": "mechanism:_T"},
        {"indicator": "homicide-rate", "unit": "per 100,000 population"},
        {"indicator": "homicide-rate", "breakdown": "mechanism:firearms", "unit": "per 100,000 population"},
        {"indicator": "homicde-count", "iccs": "", "breakdown": "mechanism:firearms", "unit": "units"},
        {"indicator": "homicde-count", "iccs": "", "breakdown": "mechanism:knives", "unit": "units"},
    ],
)
def test_a_word_that_is_known_and_words_of_two_columns_are_no_other_writing(cells: dict[str, object]) -> None:
    firearms = vintage(*range(1900, 1950), breakdown="mechanism:firearms")
    held = keys_of([*vintage(*range(1950, 2020)), *firearms])
    other = keys_of([*vintage(*range(1953, 2020)), *firearms, *vintage(1950, 1951, 1952, **cells)])
    assert compare(held, other).rewritten == ()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_a_vintage_is_judged_alike_where_it_lies_and_as_it_comes(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    areas = [f"{number:03}" for number in range(300)]
    held = [observation(area=area, period=year) for area in areas for year in ("2011", "2012")]
    later = [one for one in held if chance.random() > 0.02]
    later = [one._replace(value=None, status="O") if chance.random() < 0.01 else one for one in later]
    later += [
        one._replace(**{"sex": "TOAL"} if seed % 2 else {"breakdown": "a:b"})  # type: ignore[arg-type]
        for one in held
        if one not in later and chance.random() < 0.8
    ]
    first = keep("2024-01-01", *held)
    second = keep("2025-01-01", *later)
    releases = store.published()
    found = extents.compare_held([releases.release(first)], releases.release(second))
    assert found == compare(keys_of(held), keys_of(later))
    assert found.absent


@pytest.mark.django_db
def test_a_missing_value_of_a_part_takes_the_place_of_no_value_whenever_it_became_a_part() -> None:
    years = [str(year) for year in range(2000, 2020)]
    blanks = [observation(period=year, value=None) for year in years]
    second = keep("2025-01-01", *blanks, observation(period="1999", value=None), replaces=False)
    assert store.published().release(second).whole
    keep("2024-01-01", *[observation(period=year, value=7.0) for year in years], replaces=False)
    assert not store.published().release(second).whole
    speaking = store.known_on(date(2100, 1, 1)).speaking
    expected = [("1999", None), *[(year, 7.0) for year in years]]
    found = list(query.select(speaking, Selection()))
    assert [(one.observation.period, one.observation.value) for one in found] == expected
    with observe(list(store.published()), gazetteer_of_tables()) as observed:
        current = "SELECT period, value FROM current ORDER BY period"
        assert observed.connection.execute(current).fetchall() == expected


@pytest.mark.django_db
def test_a_number_saved_with_fifteen_digits_is_the_same_in_memory_and_where_it_lies() -> None:
    first = keep("2024-01-01", observation(value=18.597251382317808), observation(period="2013", value=1000.0))
    later = [observation(value=18.59725138231781), observation(period="2013", value=1000.000000000004)]
    second = keep("2025-01-01", *later)
    held = store.published()
    assert [one.observation.period for one in query.select([held.release(first)], Selection())] == ["2012", "2013"]
    against = revisions.against(later, [held.release(first)])
    assert (against.unchanged, against.changed) == (2, 0)
    assert vintages.difference((held.release(first),), (held.release(second),)).unchanged == 2
    assert not revisions.same(observation(value=1000.0), observation(value=1000.0000001))
