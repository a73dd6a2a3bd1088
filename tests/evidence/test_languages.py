"""The languages of the house stand in one list, from which pages, reports, names and charts take them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import to_locale

import comity
from comity.analysis.indicators.declared import declared
from comity.charts.languages import language
from comity.evidence.languages import CODES, ENGLISH, LANGUAGES, language_of
from comity.observations.indicators_observed import observed_indicators, title


def test_the_site_speaks_the_languages_in_the_order_of_the_united_nations() -> None:
    assert [code for code, _name in settings.LANGUAGES] == ["ar", "zh-hans", "en", "fr", "ru", "es"]
    assert dict(settings.LANGUAGES) == {one.site: one.name for one in LANGUAGES}


@pytest.mark.parametrize("tag", ["ar", "AR", "en-GB", "fr-CA", "zh", "zh-hans", "zh-Hans"])
def test_a_tag_names_its_language_with_or_without_region_and_script(tag: str) -> None:
    assert language_of(tag).code == tag[:2].lower()


@pytest.mark.parametrize("tag", ["pt", "", "english", "-en"])
def test_a_tag_of_no_language_in_the_list_is_refused(tag: str) -> None:
    with pytest.raises(KeyError):
        language_of(tag)


@pytest.mark.parametrize("one", LANGUAGES, ids=CODES)
def test_each_language_has_what_contributing_says_that_one_needs(one: object) -> None:
    assert isinstance(one, type(ENGLISH))
    catalogue = Path(comity.__file__).parent / "locale" / to_locale(one.site) / "LC_MESSAGES" / "django.mo"
    assert one is ENGLISH or catalogue.is_file()
    assert language(one.code) == language(one.site)
    assert language(one.code).direction == one.direction
    assert all(indicator.titles[one.code] for indicator in declared().indicators.values())
    for base in observed_indicators():
        measured = [title(f"{base}-{measure}", one.code) for measure in ("count", "rate", "percent")]
        assert all(measured)
