"""Sexes, ages and citizenship in the words of titles and notes, held against the codes of a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.observations.words import qualifiers
from comity.observations.words.ages import names_ages, without_ages
from comity.observations.words.citizenship import without_all_citizens, without_citizenship
from comity.observations.words.plain_text import REMOVED, plain
from comity.observations.words.sexes import all_of_a_sex, without_sex

WOMEN = (
    "Women|females|mujeres|femmes|Frauen|mulheres|femenina|feminino|féminine|weiblich|donne|kobiety|kvinnor|женщины"
    "|نساء|للنساء|女性"
)
MEN = "Men|males|hombres|hommes|Männer|homens|masculino|masculin|männlich|uomini|mężczyźni|män|мужчины|رجال|男性"
GIRLS, BOYS = "girls|filles|niñas|meninas|девочки|فتيات|仅女童", "boys|garçons|meninos|мальчики|فتيان|男童"


def words_left(text: str | None) -> list[str]:
    """The words of a text from which those of a part were taken."""
    assert text is not None
    return text.replace(REMOVED.strip(), "").split()


@pytest.mark.parametrize(("words", "sex", "other"), [(WOMEN, "F", "M"), (MEN, "M", "F")])
def test_the_words_of_a_sex_are_of_it_and_of_no_other(words: str, sex: str, other: str) -> None:
    for word in words.split("|"):
        for text in (word, f"Victims: {word}", f"{word} only"):
            assert words_left(without_sex(text, sex)) in ([], ["Victims:"], ["only"])
            assert without_sex(text, other) is None
            assert without_sex(text, "O") is None
            assert without_sex(text, "_T") == plain(text)
            assert qualifiers.qualifies(text)


@pytest.mark.parametrize(("words", "sex", "other"), [(GIRLS, "F", "M"), (BOYS, "M", "F")])
def test_children_of_a_sex_are_children_yet(words: str, sex: str, other: str) -> None:
    for word in words.split("|"):
        assert "children" in (without_sex(word, sex) or "")
        assert without_sex(word, other) is None
        assert qualifiers.qualifies(word)


def test_a_sex_and_its_children_are_all_of_it() -> None:
    for text in (
        "women and girls",
        "mujeres y niñas",
        "femmes et filles",
        "женщины и девочки",
        "妇女和女童",
        "females/girls",
    ):
        assert words_left(without_sex(all_of_a_sex(text), "F")) == []
    assert words_left(without_sex(all_of_a_sex("men and boys"), "M")) == []
    assert all_of_a_sex("girls and boys") == "girls and boys"
    assert without_sex("women and men", "F") is None
    assert (without_sex("F", "F"), without_sex("M", "F")) == (REMOVED, None)


ABOVE = [
    "15 and over", "15 or more", "aged 15+", "15+", "at least 15", "over 15", "15 years and older", "15 años y más",
    "mayores de 15 años", "plus de 15 ans", "ab 15 Jahren", "старше 15 лет", "15 лет и старше", "15岁及以上",
    "15 سنة فأكثر",
]  # fmt: skip
BELOW = [
    "under 18", "under-18s", "below 18 years", "younger than 18 years", "moins de 18 ans", "menores de 18 años",
    "unter 18 Jahren", "до 18 лет", "18岁以下", "未满18岁", "aged under 18", "persons under 18",
]  # fmt: skip
BETWEEN = [
    "15-29", "15–29 years", "aged 15 to 29", "between 15 and 29 years", "de 15 à 29 ans", "entre 15 y 29 años",
    "от 15 до 29 лет", "15至29岁", "15 bis 29 Jahre", "من 15 إلى 29 سنة",
]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "age", "others"),
    [
        (ABOVE, "Y_GE15", ("Y15T29", "Y_LT15", "Y_GE18", "Y15")),
        (BELOW, "Y_LT18", ("Y15T17", "Y_GE18", "Y_LT15", "Y18")),
        (BETWEEN, "Y15T29", ("Y_GE15", "Y15T44", "Y16T29", "Y_LT30")),
    ],
)
def test_ages_are_the_very_ones_however_they_are_written(texts: list[str], age: str, others: tuple[str, ...]) -> None:
    for text in texts:
        assert words_left(without_ages(text, age)) in ([], ["persons"]), text
        assert names_ages(text)
        assert qualifiers.qualifies(text)
        for other in (*others, "_U"):
            assert without_ages(text, other) is None, (text, other)


def test_over_and_under_an_age_are_with_it_in_tables_and_without_it_to_the_letter() -> None:
    for age in ("Y_GE60", "Y_GE61"):
        assert without_ages("Over 60", age) is not None
    for age in ("Y_LT18", "Y_LT19"):
        assert without_ages("up to 18", age) is not None
    for age in ("Y_GE59", "Y_GE62"):
        assert without_ages("Over 60", age) is None


def test_ages_of_several_rows_may_be_within_those_of_their_title() -> None:
    ages = ("Y15T29", "Y30T44", "Y_GE45")
    for age in ages:
        assert without_ages("Persons aged 15 and over", age, ages) is not None
        assert without_ages("adults", age, ages) is not None
    assert without_ages("Persons aged 16 and over", "Y15T29", ages) is None
    assert without_ages("Persons aged 15 to 44", "Y_GE45", ages) is None
    assert without_ages("Persons aged 15 to 44", "Y15T44", ages) is not None
    assert without_ages("Persons aged 15 to 44", "Y15T45", ages) is None
    assert without_ages("Persons aged 15 and over", "Y15T29", ("Y15T29",)) is None


@pytest.mark.parametrize(
    ("words", "fitting", "others"),
    [
        (
            "children|juveniles|enfants|niños|несовершеннолетние|儿童|未成年",
            ("Y_LT18", "Y0T14", "Y10T17"),
            ("Y15T29", "Y_GE15"),
        ),
        ("youth|jeunes|jóvenes|молодёжь|الشباب|青年", ("Y15T29", "Y18T35"), ("Y_LT18", "Y_GE18", "Y18T40")),
        ("adults|adultes|Erwachsene|взрослые|成年", ("Y_GE18", "Y_GE15"), ("Y18T64", "Y_LT18", "Y_GE14")),
        ("elderly|seniors|ancianos|adultos mayores|пожилые|老年", ("Y_GE60", "Y_GE65"), ("Y_GE45", "Y60T69", "Y_LT18")),
    ],
)
def test_ages_in_words_may_be_any_that_a_State_calls_so(
    words: str, fitting: tuple[str, ...], others: tuple[str, ...]
) -> None:
    for word in words.split("|"):
        assert qualifiers.qualifies(word)
        for age in fitting:
            assert words_left(without_ages(word, age)) == [], (word, age)
        for age in others:
            assert without_ages(word, age) is None, (word, age)


def test_what_marks_an_age_goes_with_it_and_stays_alone() -> None:
    assert words_left(without_ages("aged 15", "Y15")) == []
    assert words_left(without_ages("aged 15 to 29, aged", "Y15T29")) == [","]
    assert without_ages("aged persons", "Y15T29") == "aged persons"


@pytest.mark.parametrize("text", ["2010-12", "1,015-29", "Q1-2", "12-18/2024", "1.15-29", "op. 3-5/2"])
def test_numbers_within_others_are_no_ages(text: str) -> None:
    assert not names_ages(text)


def test_forms_that_may_mean_else_are_no_ages_in_notes() -> None:
    assert names_ages("tables 3-5")
    assert not names_ages("tables 3-5", surely=True)
    assert names_ages("15-29 years", surely=True)


@pytest.mark.parametrize(
    ("text", "national"),
    [
        *(
            (text, False)
            for text in ("Foreigners", "foreign nationals", "Non-nationals", "non citizens", "extranjeros")
        ),
        *(
            (text, False)
            for text in ("étrangers", "иностранные граждане", "الأجانب", "外国人", "Ausländer", "no nacionales")
        ),
        *(
            (text, True)
            for text in ("Nationals", "citizens", "nationaux", "nacionales", "граждане", "المواطنون", "公民")
        ),
        *((text, True) for text in ("国民", "Staatsangehörige", "national citizens", "ciudadanos", "citoyens")),
    ],
)
def test_citizens_and_foreigners_are_told_apart(text: str, national: bool) -> None:
    for citizenship in ("NAT", "076"):
        assert (without_citizenship(text, citizenship, "076") is not None) == national
    for citizenship in ("FOR", "250"):
        assert (without_citizenship(text, citizenship, "076") is None) == national
    for citizenship in ("_U", "_Z"):
        assert without_citizenship(text, citizenship, "076") is None
    assert without_citizenship(text, "_T", "076") == plain(text)
    assert qualifiers.qualifies(text)


def test_nationals_and_foreigners_are_everyone() -> None:
    assert without_all_citizens("Nationals and foreigners").strip() == ""
    assert without_all_citizens("non-citizens & citizens").strip() == ""
    assert without_all_citizens("Foreign nationals") == "Foreign nationals"
    assert without_citizenship("nationals, foreigners", "NAT", "076") is None


@given(st.text(max_size=80), st.sampled_from(["Y15T29", "Y_LT18", "Y_GE60", "Y3", "_U", "_T"]))
def test_any_text_is_taken(text: str, age: str) -> None:
    for left in (without_ages(text, age), without_sex(text, "F"), without_citizenship(text, "FOR", "076")):
        assert left is None or isinstance(left, str)
    assert without_ages(text, "_T") == without_sex(text, "_T") == plain(text)
