"""The days that a resolution states: those to come are refused, those that cannot be or do not fit are named."""

from datetime import date

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.store import Source
from comity.mandates.formats.resolution_json import to_json
from comity.mandates.importing.resolutions import ResolutionImporter
from comity.mandates.reading.reader import read, read_bytes
from comity.mandates.resolution import Resolution

SYMBOL, DAY = "A/RES/70/999", "17 December 2015"
TODAY = date(2026, 11, 29)


def text(symbol: str = SYMBOL, adopted: str = DAY, closing: str = DAY, meeting: str = "80th plenary meeting") -> str:
    return (
        f"{symbol}\n\nResolution adopted by the General Assembly on {adopted}\n\n{symbol[6:]}. Lamps\n\n"
        "The General Assembly,\n\nRecalling oil,\n\n1. Requests oil;\n\n2. Decides to end.\n\n"
        f"{meeting}\n{closing}\n"
    )


def doubts(found: Resolution) -> list[tuple[str, str]]:
    return [(one.place, one.value) for one in found.doubts]


def test_a_day_that_has_not_come_is_refused_with_line_and_value() -> None:
    data = text("A/RES/86/999", "17 December 2031", "18 December 2031").encode()
    with pytest.raises(BadInput, match="a day that is not in the future") as refused:
        read_bytes(data, "x.txt", TODAY)
    places = [(one.file, one.place, one.value) for one in refused.value.faults]
    assert places == [("x.txt", "3", "17 December 2031"), ("x.txt", "16", "18 December 2031")]
    with pytest.raises(BadInput, match=r"x\.txt, 3"):
        ResolutionImporter().plan(data, Source("x.txt", "Lamps"))


def test_a_day_of_distribution_that_has_not_come_is_refused_too() -> None:
    data = f"Distr.: General\n3 May 2031\n\n{text()}".encode()
    with pytest.raises(BadInput, match=r"x\.txt, 2: found “3 May 2031”"):
        read_bytes(data, "x.txt", TODAY)


@pytest.mark.parametrize(
    ("written", "adopted", "doubted"),
    [
        ("December 17, 2015", date(2015, 12, 17), []),
        ("17th of December 2015", date(2015, 12, 17), []),
        ("17 Dec. 2015", date(2015, 12, 17), []),
        ("17-Dec-2015", date(2015, 12, 17), []),
        ("Sept. 17, 2015", date(2015, 9, 17), []),
        ("2015-12-17", date(2015, 12, 17), []),
        ("17/12/2015", date(2015, 12, 17), []),
        ("12/17/2015", date(2015, 12, 17), []),
        ("17.12.2015", date(2015, 12, 17), []),
        ("03/04/2015", None, [("3", "03/04/2015")]),
        ("31.11.2015", None, [("3", "31.11.2015")]),
        ("1O December 2015", None, [("3", "1O December 2015")]),
        ("17 décembre 2015", None, [("3", "17 décembre 2015")]),
        ("17 Decmber 2015", None, [("3", "17 Decmber 2015")]),
        ("the seventeenth of December 2015", None, [("3", "seventeenth of December 2015")]),
    ],
)
def test_a_day_typed_anew_is_read_or_doubted(
    written: str, adopted: date | None, doubted: list[tuple[str, str]]
) -> None:
    found = read(text(adopted=written), "x.txt")
    assert (found.adopted, [one for one in doubts(found) if one[1] == written.removeprefix("the ")]) == (
        adopted,
        doubted,
    )


def test_a_text_that_was_distributed_before_it_was_adopted_is_refused() -> None:
    data = f"Distr.: General\n10 January 2015\n\n{text()}".encode()
    with pytest.raises(BadInput, match=r"x\.txt, 2: found “10 January 2015”.*no earlier than 2015-12-17"):
        read_bytes(data, "x.txt", TODAY)
    same_day = read_bytes(data.replace(b"10 January", b"17 December"), "x.txt", TODAY)
    assert same_day.distributed == same_day.adopted == date(2015, 12, 17)


def test_the_closing_day_of_another_text_below_is_no_day_of_distribution() -> None:
    another = "The General Assembly,\n\n1. Requests bells.\n\n9th plenary meeting\n3 May 2013\n"
    found = read_bytes(f"{text()}\n{another}".encode(), "x.txt", TODAY)
    assert found.distributed is None
    assert "Another enacting formula in line 18" in found.notices[0]


def test_today_is_no_day_to_come() -> None:
    found = read_bytes(text().encode(), "x.txt", date(2015, 12, 17))
    assert (found.adopted, found.doubts) == (date(2015, 12, 17), ())


def test_a_day_that_does_not_exist_is_named_and_stays_unknown() -> None:
    found = read(text(adopted="31 November 2015", closing="31 November 2015"), "x.txt")
    assert found.adopted is None
    assert doubts(found) == [("3", "31 November 2015"), ("16", "31 November 2015")]
    notices = to_json(found)["notices"]  # type: ignore[call-overload]
    assert "x.txt, 3: found “31 November 2015”, expected a day that exists" in notices[0]
    assert read(text(adopted="31 November 2015"), "x.txt").adopted is None


def test_a_closing_line_with_no_day_that_exists_leaves_the_mastheads() -> None:
    found = read(text(closing="31 November 2015"), "x.txt")
    assert (found.adopted, doubts(found)) == (date(2015, 12, 17), [("16", "31 November 2015")])


def test_of_two_days_the_mastheads_stands_and_both_are_named() -> None:
    found = read(text(closing="18 December 2015"), "x.txt")
    assert (found.adopted, doubts(found)) == (date(2015, 12, 17), [("16", "18 December 2015")])
    assert "17 December 2015, the day of adoption by line 3" in str(found.doubts[0])


@pytest.mark.parametrize(
    ("symbol", "day"),
    [
        ("A/RES/12/996", "17 December 2015"),
        ("A/RES/70/999", "31 August 2015"),
        ("A/RES/70/999", "1 October 2016"),
        ("A/RES/71/1", "13 December 1946"),
    ],
)
def test_a_session_that_does_not_fit_the_day_is_named(symbol: str, day: str) -> None:
    found = read(text(symbol, day, day), "x.txt")
    assert doubts(found) == [("3", day)]
    assert f"session {symbol.split('/')[2]} of the General Assembly" in str(found.doubts[0])


@pytest.mark.parametrize(
    ("symbol", "day", "meeting"),
    [
        ("A/RES/70/999", "15 September 2015", "80th plenary meeting"),
        ("A/RES/70/999", "13 September 2016", "80th plenary meeting"),
        ("A/RES/1/3", "24 January 1946", "17th plenary meeting"),
        ("A/RES/S-26/2", "27 June 2001", "8th plenary meeting"),
        ("A/RES/ES-10/20", "13 June 2018", "38th plenary meeting"),
        ("A/RES/70/999", "1 March 2017", "80th (resumed) plenary meeting"),
    ],
)
def test_sessions_that_fit_and_those_that_are_special_or_resumed_raise_no_doubt(
    symbol: str, day: str, meeting: str
) -> None:
    assert not read(text(symbol, day, day, meeting), "x.txt").doubts


def test_a_session_in_words_that_is_not_the_symbols_is_named() -> None:
    found = read("Twelfth session\n" + text(), "x.txt")
    assert (found.session, doubts(found)) == (12, [("1", "Twelfth session")])
    assert "session 70, whose number the symbol A/RES/70/999 has" in str(found.doubts[0])


PARTS = (
    "A/RES/48/75\n\nResolutions adopted by the General Assembly on 16 December 1993\n\n48/75. Lamps\n\n"
    "A\n\nOil\n\nThe General Assembly,\n\nRecalling oil,\n\n1. Requests oil.\n\n{first}"
    "B\n\nRopes\n\nThe General Assembly,\n\nRecalling ropes,\n\n1. Requests ropes.\n\n"
    "92nd plenary meeting\n{last}\n"
)


def test_a_part_without_closing_line_keeps_the_mastheads_day_where_a_later_part_closes_on_another() -> None:
    first, second = read(PARTS.format(first="", last="23 December 1993"), "x.txt").in_file
    assert (first.adopted, first.meeting, first.closing) == (date(1993, 12, 16), "", ())
    assert (second.adopted, second.meeting) == (date(1993, 12, 23), "92nd plenary meeting")
    assert [one.value for one in first.doubts] == ["23 December 1993"]
    assert not second.doubts


def test_parts_that_close_together_share_the_closing_line() -> None:
    first, second = read(PARTS.format(first="", last="16 December 1993"), "x.txt").in_file
    assert first.adopted == second.adopted == date(1993, 12, 16)
    assert first.meeting == second.meeting == "92nd plenary meeting"
    assert not (first.doubts or second.doubts)


def test_parts_that_close_on_days_of_their_own_raise_no_doubt() -> None:
    closing = "81st plenary meeting\n16 December 1993\n\n"
    first, second = read(PARTS.format(first=closing, last="23 December 1993"), "x.txt").in_file
    assert (first.adopted, second.adopted) == (date(1993, 12, 16), date(1993, 12, 23))
    assert not (first.doubts or second.doubts)


@pytest.mark.django_db
def test_an_import_warns_of_days_once_with_their_lines() -> None:
    data = text("A/RES/12/996", "17 December 2015", "18 December 2015").encode()
    plan = ResolutionImporter().plan(data, Source("x.txt", "Lamps"))
    found = [(one.rule, one.severity, one.place, one.value) for one in plan.findings]
    assert found == [("day", "warning", "16", "18 December 2015"), ("day", "warning", "3", "17 December 2015")]
    parts = "Distr.: General\n31 November 1993\n\n" + PARTS.format(first="", last="16 December 1993")
    plan = ResolutionImporter().plan(parts.encode(), Source("x.txt", "Lamps"))
    assert [(one.place, one.value) for one in plan.findings] == [("2", "31 November 1993")]
