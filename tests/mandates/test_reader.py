"""The reader on resolutions written by us, noise included, and on the real ones where they are at hand."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import exports
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import examples

from comity.evidence.errors import BadInput
from comity.evidence.files.texts import lines_of
from comity.mandates.reading.reader import read, read_bytes
from comity.mandates.resolution import Point, Resolution

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def lighthouses() -> Resolution:
    return read(sample("river-lighthouses.txt"), "river-lighthouses.txt")


def ferries() -> Resolution:
    return read(sample("night-ferries.txt"), "night-ferries.txt")


def marks_of(points: tuple[Point, ...]) -> list[object]:
    return [(point.mark, marks_of(point.points)) if point.points else point.mark for point in points]


def numbered_lines(text: str) -> list[int]:
    return [number for number, line in enumerate(lines_of(text), start=1) if line.strip()]


class TestWordProcessorExport:
    def test_identification_is_read_from_head_and_tail_of_the_export(self) -> None:
        resolution = lighthouses()
        assert resolution.symbol == "A/RES/145/412"
        assert resolution.title == "Protecting river lighthouses and their keepers, in particular at night"
        assert resolution.adopted == date(2091, 3, 14)
        assert resolution.distributed == date(2091, 4, 20)
        assert (resolution.session, resolution.agenda_item) == (145, "61 (b)")
        assert (resolution.report, resolution.meeting) == ("A/145/77", "88th (resumed) plenary meeting")

    def test_paragraphs_are_counted_and_named(self) -> None:
        resolution = lighthouses()
        assert [paragraph.id for paragraph in resolution.preambular][-1] == "A/RES/145/412#pp6"
        assert [paragraph.number for paragraph in resolution.operative] == list(range(1, 8))

    def test_points_nest_and_the_text_after_them_is_the_tail(self) -> None:
        paragraph = lighthouses().operative[3]
        assert marks_of(paragraph.points) == [("(a)", ["(i)", "(ii)"]), "(b)"]
        assert paragraph.points[0].text == "Lamps that burn, by type of lens:"
        assert paragraph.tail == "and to publish them annually;"

    def test_marks_leave_the_text_and_stand_at_their_offsets(self) -> None:
        paragraph = lighthouses().preambular[0]
        assert paragraph.text.endswith("Keeping of River Lights with the annexes thereto,")
        assert [(paragraph.text[:offset][-6:], mark) for offset, mark in paragraph.notes] == [
            ("Lights", "1"),
            ("ereto,", "2"),
        ]
        assert lighthouses().operative[3].points[0].points[0].notes == ((14, "5"),)

    def test_numbers_that_are_no_marks_stay_in_the_text(self) -> None:
        resolution = lighthouses()
        assert "2,300 lamps went dark in 2090" in resolution.preambular[2].text
        assert resolution.preambular[2].text.endswith("3 ferries in 4,")
        assert "resolution 1373 (2001)" in resolution.preambular[1].text

    def test_a_footnote_that_wraps_is_whole_and_the_starred_note_is_none(self) -> None:
        resolution = lighthouses()
        assert [note.mark for note in resolution.footnotes] == ["1", "2", "3", "4", "5"]
        assert resolution.footnotes[1].text == "See resolution 140/1, annexes I and II."
        assert [(note.mark, note.text) for note in resolution.masthead_notes] == [
            ("*", "Reissued for technical reasons on 2 May 2091.")
        ]

    def test_export_noise_is_set_apart_with_its_lines(self) -> None:
        residue = {line.text for line in lighthouses().residue}
        assert {"[DU1]", "_______________", "10", "91-12345*", "2/2", "at night"} <= residue


class TestPages:
    def test_page_heads_and_feet_leave_no_trace_in_paragraphs(self) -> None:
        resolution = ferries()
        assert [paragraph.number for paragraph in resolution.operative] == [1, 2, 3, 4, 5]
        text = " ".join(paragraph.text for paragraph in resolution.operative)
        assert "91-23456" not in text
        assert "Night ferries" not in text

    def test_words_divided_at_line_ends_are_whole_and_compounds_keep_their_hyphen(self) -> None:
        resolution = ferries()
        assert "urges ferry companies to apply it;" in resolution.operative[0].text
        assert "self-governing crews" in resolution.preambular[1].text

    def test_headings_stand_above_their_paragraph(self) -> None:
        headings = {paragraph.number: paragraph.heading for paragraph in ferries().operative if paragraph.heading}
        assert headings == {1: "I Lamps and bells", 4: "Training of crews and care of animals"}

    def test_a_line_that_only_looks_like_a_point_or_number_goes_on(self) -> None:
        paragraph = ferries().operative[1]
        assert marks_of(paragraph.points) == ["(a)", ("(b)", ["•", "•"])]
        assert "as described in paragraph (c) of the Code" in paragraph.points[0].text
        assert "in the year 2012 no ferry was lost," in ferries().preambular[0].text

    def test_footnotes_at_the_foot_of_pages_are_found_in_order(self) -> None:
        resolution = ferries()
        assert [note.mark for note in resolution.footnotes] == ["1", "2", "3", "4"]
        assert resolution.footnotes[0].text.endswith("see also the declaration made on the left bank.")
        assert resolution.preambular[1].notes == ((42, "2"),)

    def test_annexes_keep_their_blocks(self) -> None:
        first, second = ferries().annexes
        assert (first.number, first.title) == ("I", "Night Ferry Code")
        assert [(block.kind, block.mark) for block in first.blocks] == [
            ("heading", ""),
            ("paragraph", "1."),
            ("paragraph", "2."),
            ("point", "(a)"),
            ("point", "(b)"),
        ]
        assert first.blocks[1].text == "Lamps shall burn from dusk, whether or not the ferry sails."
        assert first.blocks[4].notes == ((17, "3"),)
        assert (second.number, second.title) == ("II", "Table of bells")


class TestOtherOrgans:
    def test_security_council_with_one_paragraph_without_number(self) -> None:
        resolution = read(sample("harbour-fire.txt"), "harbour-fire.txt")
        assert resolution.symbol == "S/RES/9001(2093)"
        assert resolution.adopted == date(2093, 2, 2)
        assert (len(resolution.preambular), len(resolution.operative)) == (1, 1)
        assert resolution.operative[0].number == 1

    def test_economic_and_social_council_without_numbers(self) -> None:
        resolution = read(sample("lamp-oil-council.txt"), "lamp-oil-council.txt")
        assert resolution.symbol == "E/RES/2093/5"
        assert [paragraph.number for paragraph in resolution.operative] == [1, 2]
        assert resolution.annexes[0].title == "Rules for the sharing of lamp oil"
        assert "has no number" in " ".join(resolution.notices)

    def test_a_decision_is_one_operative_paragraph(self) -> None:
        text = (
            "145/501. Lamps of the harbour\n"
            "At its 60th plenary meeting, on 20 December 2091, the General Assembly, on the recommendation of the "
            "Committee on Inland Lights, took note of the report on lamps.\n"
        )
        resolution = read(text, "decision.txt")
        assert resolution.symbol == "A/DEC/145/501"
        assert (resolution.adopted, len(resolution.operative)) == (date(2091, 12, 20), 1)

    def test_a_second_resolution_in_the_file_is_set_apart(self) -> None:
        second = "145/413. Bells\nThe General Assembly,\nRecalling bells,\n1. Decides to ring them.\n"
        resolution = read(sample("lamp-oil-council.txt") + second, "two.txt")
        assert resolution.symbol == "E/RES/2093/5"
        assert next(line.text for line in resolution.residue) == "145/413. Bells"
        assert "145/413" in " ".join(resolution.notices)


CHANGED = [
    exports.with_windows_lines,
    exports.with_blank_lines,
    exports.with_hard_spaces,
    exports.with_spaces_for_tabs,
    exports.with_numbers_on_lines_of_their_own,
    exports.with_indents,
    exports.with_direction_marks,
    exports.wrapped,
    exports.wrapped_close,
    exports.with_entities,
    exports.with_tags,
    exports.as_markdown,
    exports.with_brackets_after_numbers,
]


def content(resolution: Resolution) -> list[tuple[str, str, list[object], list[str], str]]:
    return [
        (
            paragraph.id,
            paragraph.text,
            marks_of(paragraph.points),
            [mark for _, mark in paragraph.notes],
            paragraph.tail,
        )
        for paragraph in (*resolution.preambular, *resolution.operative)
    ]


@pytest.mark.parametrize("change", CHANGED, ids=lambda change: change.__name__)
def test_the_same_resolution_is_read_from_every_form_of_export(change) -> None:
    text = sample("river-lighthouses.txt").replace("by\ntype", "by type").replace("I\nand II", "I and II")
    assert content(read(change(text), "changed.txt")) == content(read(text, "plain.txt"))


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_every_line_is_accounted_for_once(name: str) -> None:
    text = sample(name)
    in_file = read(text, name).in_file
    assert sorted({line for one in in_file for line, _role in one.ledger}) == numbered_lines(text)
    assert all(len(dict(one.ledger)) == len(one.ledger) for one in in_file)


LINES = sample("river-lighthouses.txt").splitlines()
NOISE = st.sampled_from(
    [
        "",
        "   ",
        "\t",
        "12",
        "3/4",
        "____",
        "[DU1]",
        "91-12345*",
        "A/RES/145/412",
        "<!-- Page 3 -->",
        "\x0c",
        "Keepers",
        "a stray line, in the text",
        "Annex",
        "* A note.",
        "(c) A point;",
        "II",
        "\xa0",
        "9 Not a note.",
    ]
)


@settings(max_examples=examples(60))
@given(
    st.lists(st.tuples(st.integers(0, len(LINES)), NOISE), max_size=6),
    st.sets(st.integers(0, len(LINES) - 1), max_size=2),
)
def test_every_line_is_accounted_for_once_however_the_text_is_damaged(added, dropped) -> None:
    lines = [line for number, line in enumerate(LINES) if number not in dropped]
    for place, noise in added:
        lines.insert(min(place, len(lines)), noise)
    text = "\n".join(lines)
    try:
        resolution = read(text, "damaged.txt")
    except BadInput as refused:
        assert all(fault.file == "damaged.txt" for fault in refused.faults)
    else:
        assert [line for line, _role in resolution.ledger] == numbered_lines(text)
        assert_no_word_is_lost(text, resolution)


def assert_no_word_is_lost(text: str, resolution: Resolution) -> None:
    """Words of lines read as text stand in the text: counted over the whole, letters only."""
    read_as = dict(resolution.ledger)
    kept = "".join(everything(resolution))
    for number, line in enumerate(lines_of(text), start=1):
        if read_as.get(number) in {"preambular", "operative"}:
            letters = "".join(character for character in line if character.isalpha())
            assert letters in kept, (number, line)


def everything(resolution: Resolution) -> list[str]:
    texts = []
    for paragraph in (*resolution.preambular, *resolution.operative):
        texts += [paragraph.text, *points_text(paragraph.points), paragraph.tail]
    return ["".join(character for character in text if character.isalpha()) for text in texts]


def points_text(points: tuple[Point, ...]) -> list[str]:
    return [part for point in points for part in (point.mark, point.text, *points_text(point.points))]


@settings(max_examples=examples(60))
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        read(text, "any.txt")
    except BadInput as refused:
        assert str(refused)


class TestRefusals:
    def test_a_text_cut_after_any_paragraph_but_the_last_is_refused_with_its_line(self) -> None:
        last = next(number for number, line in enumerate(LINES) if line.startswith("\t7."))
        for number in range(8, last + 1):
            text = "\n".join(LINES[:number])
            with pytest.raises(BadInput) as refused:
                read(text, "cut.txt")
            assert refused.value.faults[0].place

    def test_a_text_without_closing_line_that_ends_in_a_full_stop_is_read(self) -> None:
        last = next(number for number, line in enumerate(LINES) if line.startswith("\t7."))
        assert len(read("\n".join(LINES[: last + 1]), "whole.txt").operative) == 7

    def test_a_gap_in_the_numbers_is_refused_with_the_paragraph_that_is_missing(self) -> None:
        text = "\n".join(line for line in LINES if not line.startswith("\t5."))
        with pytest.raises(BadInput, match="paragraph 5") as refused:
            read(text, "cut.txt")
        place = refused.value.faults[0].place
        assert text.splitlines()[int(place) - 1].startswith("\t6.")

    def test_footnotes_that_break_off_are_refused(self) -> None:
        end = next(number for number, line in enumerate(LINES) if line.startswith("4 Treaty"))
        with pytest.raises(BadInput, match="footnotes after 3"):
            read("\n".join(LINES[:end]), "cut.txt")

    @pytest.mark.parametrize(
        ("data", "found"),
        [
            (b"", "nothing"),
            (b" \n\r\n\t", "nothing"),
            (b"%PDF-1.7\n1 0 obj", "PDF"),
            (b"PK\x03\x04abc", "DOCX"),
            (b"abc\x00def\x00" * 50, "NUL"),
            ("The General Assembly,".encode("utf-16-le"), "operative paragraphs before the end"),
            ("The General Assembly,\n1. Requests".encode("utf-16-le") + b"x", "half a character"),
            ("Recalling “lamps”".encode().decode("cp1252", errors="ignore").encode(), "â€"),
            (b"The General Assembly,\nRecalling \xff\xfe\x81\x8d lamps", "0xFF"),
            ("The General Assembly,\nRecalling “lamps” at 5° C…".encode()[:-2], "0xE2"),
            (b"Dear keeper,\nthe lamp is out.\n", "Dear keeper,"),
        ],
    )
    def test_what_is_no_text_or_no_resolution_is_refused(self, data: bytes, found: str) -> None:
        with pytest.raises(BadInput, match=r"x\.txt") as refused:
            read_bytes(data, "x.txt")
        assert found in str(refused.value)


RESOLUTION = """United Nations                                         A/RES/145/9
General Assembly                                       Distr.: General
                                                       3 May 2091
145th session
Agenda item 4
Resolution adopted by the General Assembly on 14 March 2091
145/9. Oil for lamps
The General Assembly,
Recalling its resolution 140/1 of 2 May 2086,{1}
Noting the Lamp Code{2} and Goal 16,{3}
1.{dot} Requests the Secretary-General to report to the Assembly on oil;{4}
2.{dot} Calls upon States:
(a) To fill their lamps;{1}
(b) To trim them.
7th plenary meeting
14 March 2091
{notes}"""
NOTES = ("See A/144/2.", "Resolution 139/4, annex.", "Resolution 70/1.", "A/145/5.")


def with_marks(mark: str, note: str, heading: str = "") -> str:
    marks = {f"{{{number}}}": mark.format(number) for number in range(1, 5)}
    text = RESOLUTION.replace("{dot}", "")
    for place, printed in marks.items():
        text = text.replace(place, printed)
    notes = [note.format(number, line) for number, line in enumerate(NOTES, start=1)]
    return text.replace("{notes}", "\n".join([*([heading] if heading else []), *notes])) + "\n"


class TestMarksOfNotes:
    @pytest.mark.parametrize(
        ("mark", "note", "heading"),
        [
            ("{}", "{} {}", ""),
            ("{}", "{}. {}", ""),
            (" {}/", "{}/\t{}", "Notes"),
            (" {}", "{} {}", ""),
            ("<sup>{}</sup>", "<sup>{}</sup> {}", ""),
            ('<a href="#_ftn1"><sup>[{}]</sup></a>', "<sup>{}</sup> {}", ""),
            ("[^{}]", "[^{}]: {}", ""),
            ("^{}^", "{} {}", ""),
            ("[{}]", "[{}] {}", ""),
        ],
    )
    def test_each_way_of_marking_gives_the_same_notes(self, mark: str, note: str, heading: str) -> None:
        resolution = read(with_marks(mark, note, heading), "x.txt")
        assert [line.text for line in resolution.footnotes] == list(NOTES)
        assert [paragraph.text for paragraph in resolution.preambular] == [
            "Recalling its resolution 140/1 of 2 May 2086,",
            "Noting the Lamp Code and Goal 16,",
        ]
        marks = [[mark for _, mark in p.notes] for p in (*resolution.preambular, *resolution.operative)]
        assert marks == [["1"], ["2", "3"], ["4"], []]
        assert resolution.operative[1].points[0].notes == ((20, "1"),)

    def test_numbers_after_a_space_that_are_no_marks_stay(self) -> None:
        text = with_marks(" {}", "{} {}").replace("to report", "to report on 3 lamps and article 2")
        resolution = read(text, "x.txt")
        assert "to report on 3 lamps and article 2 to the Assembly on oil;" in resolution.operative[0].text


class TestMarkup:
    def test_links_rows_and_headings_of_markdown_leave_their_text(self) -> None:
        text = with_marks("", "").replace(
            "145/9. Oil for lamps", "## **145/9. Oil for [lamps](https://example.org/l)**"
        )
        assert read(text, "x.txt").title == "Oil for lamps"

    def test_the_table_of_a_web_page_gives_the_day_of_distribution(self) -> None:
        text = with_marks("", "").split("145th session")[1]
        table = "<td>A/RES/145/9</td>\n<td>Distr.: General<br>3 May 2091</td>\nsession"
        assert read(table + text, "x.txt").distributed == date(2091, 5, 3)


class TestPointsInWrappedLines:
    def test_a_line_that_ends_in_a_stop_by_chance_does_not_end_the_list(self) -> None:
        text = (
            "145/9. Oil for lamps\n\nThe General Assembly,\n\n"
            "  Recalling the lamps that were burning in all of the harbours of the river last\n  winter,\n\n"
            "  1.  Calls upon all keepers of lamps in the harbours and upon those who help them:\n\n"
            "  (a)  To light the lamps before the ferries leave, and whenever a keeper so asks;\n"
            "  and to tell the ferries which of the lamps are lit, and which of them remain in\n  the dark;\n\n"
            "  (b)  To buy oil that burns in the cold of winter and in the rain of the autumn\n  nights;\n\n"
            "  2.  Decides to return to the question of lamps at its next session, in the spring\n  of the year.\n"
        )
        paragraph = read(text, "x.txt").operative[0]
        assert marks_of(paragraph.points) == ["(a)", "(b)"]
        assert paragraph.points[0].text.endswith("and which of them remain in the dark;")

    def test_a_bracketed_letter_inside_a_sentence_begins_no_list(self) -> None:
        text = (
            "145/9. Oil for lamps\n\nThe General Assembly,\n\n"
            "Recalling the lamps that were burning last winter in the\n"
            "harbours of the river,\n\n1. Calls upon keepers to (a) light the lamps in the evening and\n"
            "(b) put them out in the morning before the ferries arrive at\nthe bank.\n"
        )
        assert read(text, "x.txt").operative[0].points == ()

    def test_a_page_that_ends_after_a_comma_parts_no_paragraph(self) -> None:
        text = (
            "145/9. Oil for lamps\n\n     The General Assembly,\n\n"
            "          Recalling the meetings of keepers that were held in the harbours of Nice,\n\n"
            "2/4                                            91-12345\n\n"
            "     Genoa and Toulon in the winter of the year, and the oil that was bought at the\n     meetings,\n\n"
            "          1.   Requests the Office to buy the oil that keepers need for the lamps in the\n"
            "     harbours.\n"
        )
        assert len(read(text, "x.txt").preambular) == 1


class TestWhatIsNotHeld:
    ANNEXED = (
        "145/9. Oil\nThe General Assembly,\nRecalling lamps,\n1. Adopts the Code annexed to the present resolution.\n"
        "7th plenary meeting\n14 March 2091\nAnnex\nLamp Code\n"
        "1. Lamps are lit at dusk.\n2. Lamps are put out at dawn.\n"
    )

    @pytest.mark.parametrize(("end", "found"), [("at dawn.\n", "put out"), ("Lamps are lit at dusk.\n2. Lamps", "1.")])
    def test_an_annex_that_is_cut_short_is_refused(self, end: str, found: str) -> None:
        assert len(read(self.ANNEXED, "x.txt").annexes[0].blocks) == 2
        with pytest.raises(BadInput, match="cut short") as refused:
            read(self.ANNEXED[: self.ANNEXED.rindex(end)], "x.txt")
        assert found in str(refused.value)

    def test_an_annex_that_is_missing_is_named(self) -> None:
        resolution = read(self.ANNEXED[: self.ANNEXED.index("Annex\n")], "x.txt")
        assert any("annex" in notice for notice in resolution.notices)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_unicode_encodings_give_the_same_resolution(self, encoding: str) -> None:
        text = sample("night-ferries.txt")
        assert read_bytes(text.encode(encoding), "x.txt").operative == ferries().operative

    def test_windows_text_is_read_with_a_notice(self) -> None:
        data = sample("river-lighthouses.txt").replace('"', "“").encode("cp1252")
        resolution = read_bytes(data, "x.txt")
        assert "Windows-1252" in resolution.notices[0]
        assert "“burning" in resolution.preambular[5].text


@pytest.mark.parametrize("piece", ["requests 1, ", "67/189, ", "the Convention and the Protocols thereto, article 1, "])
def test_a_line_of_half_a_million_characters_comes_to_an_end(piece: str) -> None:
    line = piece * (examples(500_000) // len(piece))
    text = f"1/2. T\nThe General Assembly,\n{line}\n1. Requests the Office {line} to stop.\n"
    assert len(read(text, "long.txt").operative) == 1


@pytest.mark.parametrize(
    "line",
    [
        "and so on",
        "(a) A lamp;",
        "1. Requests oil;",
        "Requests oil;",
        "1 Note.",
        "Annex",
        "oil-",
        "1. A lamp:",
        "a. Oil:",
    ],
)
def test_ten_thousand_lines_come_to_an_end(line: str) -> None:
    number = examples(10_000)
    text = "1/2. T\nThe General Assembly,\nRecalling lamps,\n1. Requests oil.\n" + f"{line}\n" * number
    try:
        resolution = read(text, "long.txt")
    except BadInput as refused:
        assert str(refused)
    else:
        assert len(resolution.ledger) == number + 4


@pytest.mark.shared
class TestRealTexts:
    def test_the_resolution_that_the_system_serves(self, shared: Path) -> None:
        resolution = read_bytes((shared / "resolutions" / "67-189.txt").read_bytes(), "67-189.txt")
        assert (len(resolution.preambular), len(resolution.operative), len(resolution.footnotes)) == (31, 41, 13)
        assert (resolution.symbol, resolution.session, resolution.agenda_item) == ("A/RES/67/189", 67, "103")
        assert (resolution.adopted, resolution.meeting) == (date(2012, 12, 20), "60th plenary meeting")
        assert resolution.title.endswith("in particular its technical cooperation capacity")
        marks = [mark for p in (*resolution.preambular, *resolution.operative) for _, mark in p.notes]
        assert sorted(map(int, marks)) == sorted([*range(1, 14), 1, 2, 7, 9])

    def test_every_line_of_every_text_is_accounted_for_once(self, shared: Path) -> None:
        for path in sorted((shared / "resolutions").glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            assert [line for line, _role in read(text, path.name).ledger] == numbered_lines(text), path.name

    @pytest.mark.parametrize("change", CHANGED, ids=lambda change: change.__name__)
    def test_other_forms_of_export_give_the_same_paragraphs(self, shared: Path, change) -> None:
        for name in ("67-189", "61-105", "75-238", "73-155"):
            text = (shared / "resolutions" / f"{name}.txt").read_text(encoding="utf-8")
            assert letters(read(change(text), name)) == plain_letters(text, name), name

    def test_pages_cut_through_paragraphs_are_put_together(self, shared: Path) -> None:
        for path in sorted((shared / "resolutions").glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            plain = read(text, path.name)
            assert letters(read(exports.paged(text, plain.symbol, plain.title), path.name)) == letters(plain), path.name

    @pytest.mark.parametrize("rule", ["__________________", ""])
    def test_notes_at_the_foot_of_pages_are_rejoined(self, shared: Path, rule: str) -> None:
        text = (shared / "resolutions" / "67-189.txt").read_text(encoding="utf-8")
        plain = read(text, "67-189.txt")
        body = exports.until_closing(text) + "60th plenary meeting\n20 December 2012\n"
        notes = [(note.mark, note.text) for note in plain.footnotes]
        paged = read(exports.with_notes_at_the_foot_of_pages(body, notes, rule=rule), "paged.txt")
        assert letters(paged) == letters(plain)
        assert [note.text for note in paged.footnotes] == [note.text for note in plain.footnotes]


@lru_cache(maxsize=8)
def plain_letters(text: str, name: str) -> list[tuple[str, list[object], list[str]]]:
    return letters(read(text, name))


def letters(resolution: Resolution) -> list[tuple[str, list[object], list[str]]]:
    return [
        ("".join(filter(str.isalpha, p.text + p.tail)), marks_of(p.points), [mark for _, mark in p.notes])
        for p in (*resolution.preambular, *resolution.operative)
    ]
