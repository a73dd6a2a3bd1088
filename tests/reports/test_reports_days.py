"""Of which day a report speaks: one that was asked for, or of each treaty its own."""

from datetime import date

import pytest

from comity.evidence.errors import BadInput
from comity.reports.composing.compose import compose
from comity.reports.composing.naming import Names
from comity.reports.days import Days, of_treaties, treaties
from comity.reports.formats import plain_text, printed
from comity.reports.source import elements
from comity.reports.source.report_source import read_source
from comity.reports.store import complete_through

FRONT = "---\ntitle: T\nlanguage: en\ndates:\n  resolution: 2012-12-20\n---\n"
AS_AT = date(2026, 1, 1)
COMPLETE = {"A": date(2014, 7, 10), "B": date(2024, 5, 4), "C": None}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


def composed(body: str, on: date | None = None):
    complete = complete_through(AS_AT)
    return compose(read_source(FRONT + body, "r.md"), on, AS_AT, names=Names(), complete=complete)


def said(body: str, on: date | None = None) -> str:
    return elements.words_of(composed(body, on).blocks)


def test_a_treaty_has_the_day_through_which_its_list_is_complete():
    days = Days(None, AS_AT, COMPLETE)
    assert [days.of([code]) for code in "ABC"] == [date(2014, 7, 10), date(2024, 5, 4), AS_AT]
    assert days.of(["B", "A"]) == date(2014, 7, 10)
    assert days.apart(["B", "A", "C"]) == {date(2024, 5, 4): ["B"], date(2014, 7, 10): ["A"], AS_AT: ["C"]}


def test_a_day_that_is_asked_for_is_that_of_all():
    days = Days(date(2020, 1, 1), AS_AT, COMPLETE)
    assert days.apart(["A", "B", "C"]) == {date(2020, 1, 1): ["A", "B", "C"]}
    assert days.past(["A", "B", "C"]) == {date(2014, 7, 10): ["A"]}
    assert days.apart(["A", "B"], held=True) == {date(2014, 7, 10): ["A"], date(2020, 1, 1): ["B"]}


def test_the_treaties_of_a_figure_are_those_that_its_method_asks_for():
    assert treaties("status-table.UNTOC,TIP.@on#004.TIP-consent") == ["UNTOC", "TIP"]
    assert treaties("members.@on") == treaties("no-method.UNTOC") == []
    assert of_treaties("status-table.UNTOC,TIP.@on#004.x", ["TIP"]) == "status-table.TIP.@on#004.x"


def test_each_reference_speaks_of_the_day_of_its_treaty_and_says_it():
    body = (
        "{{parties.TIP.@on}} on {{@on:TIP|date}}, {{joined.FP.@resolution.@on}} by {{@on:FP|date}}, as at {{@on|date}}."
    )
    document = composed(body)
    assert [use.figure for use in document.uses] == ["parties.TIP.2014-07-10", "joined.FP.2012-12-20.2018-10-19"]
    words = elements.words_of(document.blocks)
    assert words.endswith("as at the day through which each treaty’s list is complete.")
    assert "159 on 10 July 2014" in words and "by 19 October 2018" in words


def test_a_report_of_one_treaty_says_its_day_wherever_a_day_is_named():
    assert said("On {{@on|date}} it had {{parties.TIP.@on}}.") == "On 10 July 2014 it had 159."


def test_a_count_that_a_window_leaves_open_is_a_range_of_two_figures():
    # Fiji deposited between July 2017 and October 2018.
    document = composed("{{parties.UNTOC.@on}}", date(2018, 1, 1))
    assert [use.figure for use in document.uses] == ["parties.UNTOC.2018-01-01", "parties-at-most.UNTOC.2018-01-01"]
    assert elements.words_of(document.blocks).endswith("188 to 189")
    assert said("{{parties.CYBERCRIME.@on}}").endswith("0 to 3")


def test_a_range_keeps_its_format_at_both_ends():
    day = date(2018, 1, 1)
    assert said("{{joined.UNTOC.@resolution.@on|words}} are new.", day).endswith("15 to 16 are new.")
    assert said("{{coverage.UNTOC.@on|percent}} per cent.", day).endswith("94.8 to 95.3 per cent.")
    assert said("{{not-party.UNTOC.@on|words|capital}} are outside.") == "Six are outside."
    assert said("{{parties.UNTOC.@resolution}} had joined.") == "173 had joined."


def test_with_a_day_that_is_asked_for_all_speak_of_it_and_say_whose_list_ends_before():
    document = composed("{{parties.TIP.@on}} {{parties.UNTOC.@on}}, {{@on|date}}.", date(2020, 1, 1))
    assert {use.figure.rpartition(".")[2] for use in document.uses} == {"2020-01-01"}
    assert elements.words_of(document.blocks).endswith(", 1 January 2020.")
    assert document.knowledge.endswith("Complete through 10 July 2014 only, so that later actions may be missing: TIP.")


def test_a_table_of_several_treaties_has_each_as_at_its_own_day():
    table = (
        '{{table status-table.UNTOC,FP.@on rows="area" heads="@on:UNTOC|@on:FP" columns="UNTOC-consent,FP-consent"}}'
    )
    document = composed(table)
    assert {use.figure.partition("#")[0] for use in document.uses if "status" in use.figure} == {
        "status-table.UNTOC.2024-05-04",
        "status-table.FP.2018-10-19",
    }
    assert "4 May 2024" in elements.words_of(document.blocks) and "19 October 2018" in elements.words_of(
        document.blocks
    )


def test_rows_that_are_treaties_say_the_day_of_each_and_keep_their_order():
    document = composed('{{table counter-terrorism.@on rows="instrument" columns="number,parties"}}')
    numbers = [int(use.text) for use in document.uses if use.figure.endswith(".number")]
    assert numbers == sorted(numbers) and len(numbers) == 19
    by_row = {use.figure.partition("#")[2]: use.figure.partition("#")[0] for use in document.uses}
    assert by_row["FINANCING.parties"] == "counter-terrorism.2018-10-31"
    assert by_row["HOSTAGES.parties"] == "counter-terrorism.2014-07-10"
    words = elements.words_of(document.blocks)
    assert "As at" in words and "at least 2" in words


def test_lines_end_each_on_its_own_day_and_never_past_the_register():
    chart = '{{chart parties-over-time.UNTOC,TIP.2000.@on caption="C"}}'
    (drawing,) = composed(chart).drawings
    assert "UNTOC (4\u00a0May\u00a02024): 192" in drawing.alternative
    assert "TIP (10\u00a0July\u00a02014): 159" in drawing.alternative
    late = composed(chart, date(2020, 1, 1))
    assert {"parties-over-time.TIP.2000.2014-07-10", "parties-over-time.UNTOC.2000.2020-01-01"} <= set(late.figures)


def test_a_day_of_no_treaty_is_answered_with_the_nearest():
    with pytest.raises(BadInput, match=r"r\.md, 7.*UNTOC"):
        composed("On {{@on:UNTOCC|date}}.")
    with pytest.raises(BadInput, match="@resolution"):
        composed("On {{@resolution:UNTOC|date}}.")


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ("2018-07-01/2018-09-30", "between 1 July 2018 and 30 September 2018"),
        ("2023-12-20/..", "from 20 December 2023 on"),
    ],
)
def test_a_window_is_printed_in_words(window: str, words: str):
    assert plain_text(window) == words
    assert printed("2018-07-01/2018-09-30", ["short-date"]) == "between 1 July 2018 and 30 Sept. 2018"


def test_a_doubt_is_a_mark():
    assert (printed("low", ["doubt"]), printed("inferred", ["doubt"])) == ("†", "‡")
    with pytest.raises(ValueError, match="doubt"):
        printed(3, ["doubt"])
