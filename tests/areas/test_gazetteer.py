"""Names of any day and language lead to their area, and an unknown one to an error with what is near."""

import csv
import json
from datetime import date
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.areas.gazetteer import PARTICIPANTS, Gazetteer
from comity.areas.names.alphabetical_order import sort_key
from comity.areas.names.folded import fold
from comity.evidence.errors import UnknownName
from comity.evidence.languages import CODES

AT_ADOPTION = date(2012, 12, 20)


@pytest.mark.parametrize("code", ["004", "4", "04", "AF", "af", "AFG", "Afghanistan", " afghanistan ", "Афганистан"])
def test_a_code_or_name_in_any_form_finds_its_area(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.resolve(code).code == "004"


@pytest.mark.parametrize(
    "text", ["#AFG", "--AFG", "//AFG", ";AFG", "!AFG", "~AFG", "=AFG", "<AFG>", "≠ Peru", "∅Peru", "¬Peru", "Peru%"]
)
def test_what_was_put_out_of_use_or_is_a_formula_is_no_name(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "- Afghanistan",
            "..Afghanistan",
            "• Afghanistan",
            "“Afghanistan”",
            "Afghanistan #",
            "Afghanistan ∗",
            "‣ Afghanistan",
        ),
        *(
            "\u200fأفغانستان",
            "\u202bأفغانستان",
            "\ufeffAFG",
            "\u200bAfghanistan",
            "（阿富汗）",
            "Afghanistan ~",
            "→ Afghanistan",
        ),
    ],
)
def test_marks_of_tables_and_of_direction_hang_on_names(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text).code == "004"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Swaziland", "748"),
        ("Turkey", "792"),
        ("Cape Verde", "132"),
        ("Zaire", "180"),
        ("Burma", "104"),
        ("The former Yugoslav Republic of Macedonia", "807"),
        ("Czech Republic", "203"),
        ("Libyan Arab Jamahiriya", "434"),
        ("Bolivia", "068"),
        ("Venezuela", "862"),
        ("Upper Volta", "854"),
        ("Ceylon", "144"),
        ("Dahomey", "204"),
        ("Byelorussian SSR", "112"),
        ("Ivory Coast", "384"),
        ("European Community", "EU"),
        ("German Democratic Republic", "278"),
        ("USSR", "810"),
        ("Czechoslovakia", "200"),
        ("Netherlands Antilles", "530"),
    ],
)
def test_a_name_of_its_day_resolves(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert gazetteer.resolve(name).code == code
    assert gazetteer.resolve(name, on=AT_ADOPTION).code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cote d’ivoire", "384"),
        ("COTE D'IVOIRE", "384"),
        ("Cote dIvoire", "384"),
        ("l'Albanie", "008"),
        ("Albanie (l')", "008"),
        ("Netherlands (the)", "528"),
        ("the Netherlands", "528"),
        ("Gambia, The", "270"),
        ("Korea, Republic of", "410"),
        ("Korea (Republic of)", "410"),
        ("Iran, Islamic Republic of", "364"),
        ("St. Lucia", "662"),
        ("Trinidad & Tobago", "780"),
        ("United Arab Emirates#", "784"),
        ("Philippines +", "608"),
        ("Holy See (the) *", "336"),
        ("Cook Islands (the) **", "184"),
        ("ايران", "364"),
        ("Kosovo (in compliance with UN Security Council Resolution 1244/99)", "XKX"),
        ("China, Hong Kong SAR", "344"),
        ("United Kingdom (England and Wales)", "GBR_E_W"),
        ("Iraq (Central Iraq)", "IRQ_C"),
        ("IRQ_KRI", "IRQ_KR"),
    ],
)
def test_what_does_not_tell_names_apart_is_overlooked(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert gazetteer.resolve(name).code == code


def test_names_that_differ_in_little_stay_apart(gazetteer: Gazetteer) -> None:
    pairs = [("Niger", "Nigeria"), ("Dominica", "Dominican Republic"), ("Guinea", "Guinea-Bissau"), ("Mali", "Malawi")]
    pairs += [("Congo", "Democratic Republic of the Congo"), ("Iran", "Iraq"), ("Samoa", "American Samoa")]
    for one, other in pairs:
        assert gazetteer.resolve(one).code != gazetteer.resolve(other).code


def test_of_two_areas_of_one_name_the_day_decides(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Yugoslavia", on=date(1985, 1, 1)).code == "890"
    assert gazetteer.resolve("Yugoslavia", on=date(1999, 1, 1)).code == "891"
    assert gazetteer.resolve("Yemen", on=date(1985, 1, 1)).code == "886"
    assert gazetteer.resolve("Yemen", on=AT_ADOPTION).code == "887"
    assert gazetteer.resolve("Yemen").code == "887"
    assert gazetteer.resolve("CS", on=date(1990, 1, 1)).code == "200"
    assert gazetteer.resolve("CS", on=date(2005, 1, 1)).code == "891"


def test_a_name_that_two_areas_bear_equally_is_refused_with_both(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownName) as refused:
        gazetteer.resolve("CS")
    assert set(refused.value.candidates) == {"Czechoslovakia", "Serbia and Montenegro"}


def test_a_participant_is_never_a_region(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Micronesia").kind == "region"
    assert gazetteer.resolve("Micronesia", kinds=PARTICIPANTS).code == "583"
    with pytest.raises(UnknownName):
        gazetteer.resolve("Africa", kinds=PARTICIPANTS)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Swasiland", "Eswatini"),
        ("Korea", "Republic of Korea"),
        ("Brasile", "Brazil"),
        ("Afganistan ?x", "Afghanistan"),
    ],
)
def test_an_unknown_name_gives_the_nearest_that_are_known(gazetteer: Gazetteer, name: str, near: str) -> None:
    with pytest.raises(UnknownName) as refused:
        gazetteer.resolve(name)
    assert near in refused.value.candidates
    assert near in str(refused.value)


@given(text=st.text(max_size=200) | st.from_regex(r"[A-Za-z',() .*]{0,40}"), on=st.none() | st.dates())
def test_no_text_raises_anything_but_unknown_name(gazetteer: Gazetteer, text: str, on: date | None) -> None:
    try:
        found = gazetteer.resolve(text, on=on)
    except UnknownName as refused:
        assert text not in refused.candidates
    else:
        assert found.code in gazetteer.areas


@given(
    data=st.data(), case=st.sampled_from([str.upper, str.lower, str.title, str]), mark=st.sampled_from(["", " *", "#"])
)
def test_every_name_of_the_tables_finds_its_area_on_its_day(
    gazetteer: Gazetteer, data: st.DataObject, case: object, mark: str
) -> None:
    code = data.draw(st.sampled_from(sorted(gazetteer.areas)))
    name = data.draw(st.sampled_from(gazetteer.names(code)))
    kinds = (gazetteer[code].kind,)
    text = case(name.name) + mark  # type: ignore[operator]
    assert gazetteer.resolve(text, on=name.valid_from, kinds=kinds).code == code


def test_every_name_of_the_tables_without_a_day_finds_its_area_or_one_that_exists(gazetteer: Gazetteer) -> None:
    shared = set()
    for code in gazetteer.areas:
        for name in gazetteer.names(code):
            found = gazetteer.resolve(name.name)
            if found.code != code:
                shared.add((code, found.code))
    assert shared == {("886", "887"), ("891", "890"), ("583", "057")}


def test_codes_are_those_of_iso_3166(gazetteer: Gazetteer) -> None:
    for country in pycountry.countries:
        area = gazetteer[country.numeric]
        assert (area.iso2, area.iso3) == (country.alpha_2, country.alpha_3)


def test_short_names_are_held_in_all_six_languages_for_every_state(gazetteer: Gazetteer) -> None:
    for area in gazetteer.areas.values():
        if area.kind in ("state", "region", "organization", "area"):
            assert all(gazetteer.name(area.code, language) for language in CODES), area


def test_names_carry_no_articles_in_brackets_and_no_marks(gazetteer: Gazetteer) -> None:
    for code in gazetteer.areas:
        for name in gazetteer.names(code):
            assert not name.name.endswith(("*", "(the)", "(l')", "(le)", "(la)", "(les)", "(el)", "(los)", "(las)"))
            assert name.name == " ".join(name.name.split())
    assert gazetteer.name("364") == "Iran (Islamic Republic of)"


def test_a_formal_name_that_is_not_held_is_none_and_never_english(gazetteer: Gazetteer) -> None:
    assert gazetteer.name("004", "en", "formal") == "the Islamic Republic of Afghanistan"
    assert gazetteer.name("004", "fr", "formal") is None
    assert gazetteer.name("020", "xx") is None


def test_the_short_name_is_that_of_the_day(gazetteer: Gazetteer) -> None:
    assert gazetteer.name("748", on=AT_ADOPTION) == "Swaziland"
    assert gazetteer.name("748") == "Eswatini"
    assert gazetteer.name("792", "fr", on=AT_ADOPTION) == "Turquie"
    assert gazetteer.name("EU", on=date(2004, 5, 21)) == "European Community"
    assert gazetteer.name("384") == "Côte d'Ivoire"


def test_a_label_falls_back_to_english_and_then_to_the_code(gazetteer: Gazetteer) -> None:
    assert gazetteer.label("714", "ar") == "Republic of South Viet Nam"
    assert gazetteer.label("???") == "???"


def test_english_alphabetical_order_overlooks_accents() -> None:
    names = ["Croatia", "Côte d'Ivoire", "Costa Rica", "Türkiye", "Turkmenistan", "Guinea-Bissau", "Guinea", "Guyana"]
    expected = [
        "Costa Rica",
        "Côte d'Ivoire",
        "Croatia",
        "Guinea",
        "Guinea-Bissau",
        "Guyana",
        "Türkiye",
        "Turkmenistan",
    ]
    assert sorted(names, key=sort_key) == expected


def test_russian_and_spanish_letters_keep_their_places() -> None:
    assert sorted(["Йемен", "Италия", "Казахстан"], key=lambda name: sort_key(name, "ru")) == [
        "Италия",
        "Йемен",
        "Казахстан",
    ]
    assert sort_key("ñandú", "es") > sort_key("nube", "es")


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert " ".join(folded.split()) == folded
    assert folded == fold(folded) or folded.startswith(("the", "le", "la", "les", "el", "las", "los"))


def test_a_state_that_goes_on_under_another_code_is_followed(gazetteer: Gazetteer) -> None:
    assert gazetteer.continuing("810") == "643"
    assert gazetteer.continuing("891") == "688"
    assert gazetteer.continuing("736") == "729"
    assert gazetteer.continuing("886") == "887"
    assert gazetteer.continuing("720") == "720"
    assert gazetteer.continuing("200") == "200"
    assert gazetteer.continuing("076") == "076"


def test_successors_stand_by_date(gazetteer: Gazetteer) -> None:
    assert [item.successor for item in gazetteer.successors("200")] == ["203", "703"]
    yugoslavia = [item.successor for item in gazetteer.successors("890")]
    assert sorted(yugoslavia) == ["070", "191", "705", "807", "891"]
    assert {item.predecessor for item in gazetteer.predecessors("887")} == {"720", "886"}
    assert gazetteer.successors("076") == ()


def test_a_spell_of_existence_is_half_open(gazetteer: Gazetteer) -> None:
    assert gazetteer["200"].exists(date(1992, 12, 31))
    assert not gazetteer["200"].exists(date(1993, 1, 1))
    assert gazetteer["203"].exists(date(1993, 1, 1))
    assert not gazetteer["200"].exists(None)


@pytest.mark.shared
def test_every_participant_of_the_treaty_register_resolves_to_its_code(gazetteer: Gazetteer, shared: Path) -> None:
    with (shared / "instruments" / "actions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert gazetteer.resolve(row["participant_name"], kinds=PARTICIPANTS).code == row["participant"]
            then = gazetteer.resolve(row["participant_name"], date.fromisoformat(row["date"]), PARTICIPANTS).code
            successors = {item.successor for item in gazetteer.successors(then)}
            assert row["participant"] in {then, *successors}


@pytest.mark.shared
@pytest.mark.parametrize("file", ["criminal-justice-process.2019.csv", "global-study-on-homicide-countries.2019.csv"])
def test_every_country_of_the_2019_study_resolves(gazetteer: Gazetteer, shared: Path, file: str) -> None:
    with (shared / "crime" / file).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            gazetteer.resolve(row["Country"])


def test_an_area_is_plain_data(gazetteer: Gazetteer) -> None:
    area = gazetteer["EU"]
    assert json.dumps([area.code, area.iso3]) == '["EU", null]'
    assert area.kind == "organization"
    with pytest.raises(UnknownName):
        gazetteer["EUR"]
