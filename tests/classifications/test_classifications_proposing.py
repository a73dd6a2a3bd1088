"""The mapping aid: offences that any reader knows, what its reasons say, and how it does on titles it never saw."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.proposing import DOUBTFUL, Key, Rate, doubts_of, halves, keys_of, main, measure, rates
from comity.classifications.iccs import TABLES, load
from comity.classifications.proposing.propose import Proposal, as_dicts, propose, read_titles
from comity.classifications.proposing.words import fold, stem, stems
from comity.evidence.errors import BadInput, UnknownName


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("ROBO CON INTIMIDACIÓN", "0401"),
        ("Robo en lugar habitado", "05012"),
        ("Robo en lugar no habitado", "05011"),
        ("Lesiones graves gravísimas", "020111"),
        ("Tráfico ilícito de drogas (art. 3)", "060121"),
        ("Murder", "0101"),
        ("Attempted murder", "0102"),
        ("Shoplifting", "050231"),
        ("Possession with intent to supply", "060121"),
        ("Handling stolen goods", "07049"),
        ("Vols à l'étalage", "050231"),
        ("Usage de stupéfiants", "060111"),
        ("Conduite d’un véhicule sans permis", "0907"),
        ("Homicídio doloso", "0101"),
        ("Tráfico de drogas", "060121"),
        ("Убийство", "0101"),
        ("Незаконный сбыт наркотических средств", "060121"),
        ("القتل العمد", "0101"),
        ("غسل الأموال", "07041"),
        ("故意杀人罪", "0101"),
        ("盗窃罪", "0502"),
    ],
)
def test_common_offences_in_seven_languages(title: str, code: str) -> None:
    assert propose([title])[0][0].code == code


def test_case_and_accents_change_nothing() -> None:
    assert propose(["FALSIFICACION DE BILLETES"]) == propose(["falsificación de billetes"])


def test_what_is_denied_does_not_speak() -> None:
    assert propose(["Abuso sexual sin contacto corporal"])[0][0].code == "030122"


def test_other_offences_of_a_kind_are_its_residual_category() -> None:
    found = propose(["Otros delitos contra la ley de drogas"])[0][0]
    assert found.code == "06019" and found.reason


def test_a_reason_names_the_words_and_the_term() -> None:
    reason = propose(["Abigeato"])[0][0].reason
    assert reason == "The words “abigeato” match the term “abigeato” of the lexicon (Spanish)."


def test_a_mapped_neighbour_is_named_and_outweighs_a_title_without_known_words() -> None:
    found = propose(["Xylografia zorbal"], examples=[("Xylografia zorbal simple", "0409")])[0]
    assert found[0].code == "0409" and "Xylografia zorbal simple" in found[0].reason


def test_an_example_with_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownName):
        propose(["Robo"], examples=[("Hurto", "0908")])


def test_a_title_without_words_has_no_proposals() -> None:
    assert propose(["", "12 % 345"]) == [[], []]


@given(st.text(max_size=60), st.integers(1, 8))
def test_any_title_is_answered_best_first_with_existing_codes(title: str, limit: int) -> None:
    found = propose([title], limit=limit)[0]
    assert len(found) <= limit and len({proposal.code for proposal in found}) == len(found)
    assert [proposal.score for proposal in found] == sorted((proposal.score for proposal in found), reverse=True)
    assert all(proposal.code in load() and 0 <= proposal.score < 1 and proposal.reason for proposal in found)


@given(st.text(min_size=1, max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("robbery", "robberies", "en"),
        ("vehicle", "vehicles", "en"),
        ("lesión", "lesiones", "es"),
        ("habitado", "habitada", "es"),
        ("domicile", "domiciles", "fr"),
        ("lesão", "lesões", "pt"),
        ("кража", "кражи", "ru"),
        ("السرقة", "سرقة", "ar"),
        ("盗窃", "盗窃", "zh"),
    ],
)
def test_number_gender_and_case_share_a_stem(word: str, other: str, language: str) -> None:
    assert stem(fold(word), language) == stem(fold(other), language)
    assert stem(fold(word), language) in stems(fold(other)) or language == "zh"


def test_a_word_of_a_title_is_cut_by_each_language_of_its_letters() -> None:
    assert {stem("nationalities", language) for language in ("en", "es", "fr", "pt")} == {*stems("nationalities")}
    assert stems("кражи") == (stem("кражи", "ru"),) and stems("سرقه") == (stem("سرقه", "ar"),)


def test_the_lexicon_speaks_of_existing_categories_and_is_unverified() -> None:
    rows = list(csv.DictReader(io.StringIO((TABLES / "iccs_terms.csv").read_text(encoding="utf-8"))))
    for row in rows:
        assert row["kind"] in {"term", "against", "omitted", "rest"} and row["verified"] == "0"
        assert (row["iccs"] in load()) == (row["kind"] in {"term", "against"}), row
    assert len({(row["term"], row["language"], row["iccs"], row["kind"]) for row in rows}) == len(rows)


def test_json_rows_have_the_contract_s_shape() -> None:
    rows = as_dicts(["Robo"], propose(["Robo"], limit=2))
    assert [set(row) for row in rows] == [{"title", "proposals"}]
    assert all(set(proposal) == {"code", "score", "reason"} for proposal in rows[0]["proposals"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title\nRobo\n", ["Robo"]),
        ("code,national_title_es\n1,Robo\n2,\n3,Hurto\n", ["Robo", "Hurto"]),
        ("title,title_en\nRobo,Robbery\n", ["Robo"]),
        ("offence\nTheft\n", ["Theft"]),
    ],
)
def test_titles_are_found_in_a_table(text: str, expected: list[str]) -> None:
    assert read_titles(text.encode(), "list.csv") == expected


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"title_en,title_es\nx,y\n", b"title\n\xff\n", b'title\n"x\n'])
def test_a_table_without_one_column_of_titles_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_titles(data, "list.csv")


def test_wilson_s_interval_agrees_with_a_value_worked_by_hand() -> None:
    low, high = Rate("share", 5, 10).interval()
    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)


def proposals(*codes: str) -> list[Proposal]:
    return [Proposal(code, 0.5, "") for code in codes]


def test_rates_count_codes_and_divisions_first_and_among_five() -> None:
    keys = [Key("1", "Robo", "0401"), Key("2", "Hurto", "050221"), Key("3", "Otros", "02")]
    found = rates(keys, [proposals("0401"), proposals("05", "05022", "0502"), proposals("02")])
    counted = {name: (rate.hits, rate.titles) for name, rate in found.items()}
    assert counted == {
        "top-1 code": (2, 3),
        "top-5 code": (2, 3),
        "top-1 division": (1, 2),
        "top-5 division": (2, 2),
    }


KEYS = "national_code,national_title_es,iccs_code\n1,Robo con violencia,0401\n2,Hurto,01\n3,Homicidio,0101\n"
DOUBTS = "national_code,title,iccs_code,reason\n2,Hurto,01,a theft kills nobody\n9,Otra cosa,02,unknown here\n"


def test_doubtful_keys_are_left_out_and_listed_with_their_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys.csv").write_text(KEYS, encoding="utf-8")
    (tmp_path / "doubts.csv").write_text(DOUBTS, encoding="utf-8")
    assert main([str(tmp_path / "keys.csv"), "--doubtful", str(tmp_path / "doubts.csv")]) == 0
    printed = capsys.readouterr().out
    assert "3 keys, of which 1 are doubtful and left out" in printed
    assert "  2 Hurto → 01: a theft kills nobody" in printed
    assert "  not in the table: 9 Otra cosa → 02" in printed


def test_a_doubt_counts_for_its_own_code_title_and_key_alone() -> None:
    doubts = doubts_of(DOUBTS.encode(), "doubts.csv")
    for other in (KEYS.replace("2,Hurto,01", "2,Hurto,0502"), KEYS.replace("2,Hurto,01", "2,Hurtos,01")):
        assert not any(key.doubt for key in keys_of(other.encode(), "keys.csv", doubts))


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"national_code,iccs_code\n1,02\n"])
def test_a_table_that_cannot_be_measured_is_refused(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys.csv").write_bytes(data)
    assert main([str(tmp_path / "keys.csv")]) == 2
    assert "keys.csv" in capsys.readouterr().err


def test_an_empty_half_has_no_rate() -> None:
    rate = Rate("share", 0, 0)
    assert str(rate) == "share: none of 0"


SAMPLE = "iccs/chile-codes-to-iccs.sample.csv"


@pytest.mark.shared
def test_rates_on_the_half_held_out(shared: Path) -> None:
    doubts = doubts_of(DOUBTFUL.read_bytes(), DOUBTFUL.name)
    keys = keys_of((shared / SAMPLE).read_bytes(), SAMPLE, doubts)
    assert {(key.national_code, key.title, key.iccs) for key in keys if key.doubt} == set(doubts)
    tuning, held_out = halves(keys)
    assert (len(tuning), len(held_out)) == (133, 155)
    _tuned, alone, helped = measure(keys)
    assert alone.every["top-1 code"].share >= 0.32
    assert alone.every["top-5 code"].share >= 0.55
    assert alone.sound["top-1 division"].share >= 0.56
    assert alone.sound["top-5 division"].share >= 0.71
    assert helped.every["top-5 code"].share >= 0.57
