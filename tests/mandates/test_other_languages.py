"""Resolutions in the other official languages: refused, and the refusal says which language it seems to be."""

import pytest

from comity.evidence.errors import BadInput
from comity.evidence.importing import plan_import
from comity.mandates.importing.recognising import seems_to_be
from comity.mandates.reading.reader import read

TEXTS = {
    "French": "Résolution adoptée par l’Assemblée générale\n\n70/999. Lampes\n\nL’Assemblée générale,\n\n1. Prie\n",
    "Spanish": "Resolución aprobada por la Asamblea General\n\n70/999. Faros\n\nLa Asamblea General,\n\n1. Pide\n",
    "Russian": "70/999. Лампы\n\nГенеральная Ассамблея,\n\n1. просит\n",
    "Arabic": "قرار اتخذته الجمعية العامة\n\n70/999 - مصابيح\n\nإن الجمعية العامة،\n\n1 - تطلب\n",
    "Chinese": "2015年12月17日大会决议\n\n70/999. 灯\n\n大会，\n\n1. 请秘书长\n",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", TEXTS)
def test_the_refusal_names_the_language_and_says_that_english_is_read(language: str) -> None:
    text = "A/RES/70/999\n\n" + TEXTS[language]
    for refuse in (lambda: read(text, "x.txt"), lambda: plan_import("x.txt", text.encode())):
        with pytest.raises(BadInput, match=rf"x\.txt.*a resolution in {language}.*the English text"):
            refuse()


def test_words_of_another_language_in_a_text_make_it_no_resolution() -> None:
    assert (
        seems_to_be("x.txt", "Rapport\n\nL’Assemblée générale a prié le Secrétaire général de lire.\n".encode()) is None
    )
    assert seems_to_be("x.csv", "année,pays\n2015,Pérou\n".encode()) is None


def test_an_english_resolution_that_names_another_language_is_read() -> None:
    found = read("145/9. Lamps\n\nThe General Assembly,\n\n1. Decides to say “La Asamblea General,” too.\n", "x.txt")
    assert len(found.operative) == 1
