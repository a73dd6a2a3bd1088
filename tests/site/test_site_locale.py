"""The message catalogues: complete for what pages show, compiled, and true to the places in their texts."""

import ast
import csv
import gettext
import re
from pathlib import Path

import pytest
import yaml
from browsing import Site, in_language
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import to_locale
from django.utils.translation.template import templatize
from matrices import LANGUAGES

import comity
from comity.analysis.estimates.methods import declared as estimation
from comity.analysis.indicators.declared import declared as indicators
from comity.charts.languages import language as charts
from comity.evidence.languages import LANGUAGES as HOUSE
from comity.evidence.languages import Language
from comity.statistics.labels import UNITS
from comity.statistics.quality.rule_table import all_rules

LOCALE = Path(comity.__file__).parent / "locale"
CATALOGUES = tuple(to_locale(code) for code in LANGUAGES if code != "en")
MARKS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
PLACES = re.compile(r"%\(\w+\)[sd]")


def _compiled(code: str) -> gettext.GNUTranslations:
    with (LOCALE / code / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


@pytest.mark.parametrize("code", CATALOGUES)
def test_compiled_catalogue_holds_what_its_source_holds(code: str) -> None:
    source = (LOCALE / code / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    translated = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.MULTILINE)
    compiled = _compiled(code)
    for message, words in translated:
        if "\\" not in message + words and "msgctxt" not in source[: source.index(f'msgid "{message}"')][-60:]:
            assert compiled.gettext(message) == words


@pytest.mark.parametrize("house", HOUSE, ids=lambda one: one.code)
def test_pages_mark_numbers_as_charts_and_sentences_do(house: Language) -> None:
    with translation.override(house.site):
        marked = number_format(1234567.5, 1, use_l10n=True, force_grouping=True)
    assert marked == charts(house.code).number(1234567.5, 1)
    assert marked == "1,234,567.5".translate({ord(","): house.thousands, ord("."): house.decimal})


def test_every_unit_of_an_indicator_is_said_in_every_language() -> None:
    units = {one.unit for one in indicators().indicators.values()}
    assert units <= UNITS.keys()


def test_arabic_words_mark_thousands_as_numbers_do() -> None:
    titles = [*_compiled("ar")._catalog.values(), *(one.titles["ar"] for one in indicators().indicators.values())]  # type: ignore[attr-defined]
    assert not [one for one in titles if re.search(r"\d\s000(?!\d)", one)]


def _marked(path: Path) -> set[str]:
    """The sentences of a module that stand in a call of gettext by one of its names."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKS and call.args]
    return {one.value for one in first if isinstance(one, ast.Constant) and one.value}


def test_every_sentence_of_the_code_stands_in_every_catalogue() -> None:
    sentences = {one for path in LOCALE.parent.rglob("*.py") for one in _marked(path)}
    assert len(sentences) > 1000
    missing = {(code, one) for code in CATALOGUES for one in sentences - _compiled(code)._catalog.keys()}  # type: ignore[attr-defined]
    assert not missing


def _strings(path: Path) -> set[str]:
    """All that a file says in a string: of code and templates what is quoted, of tables each cell."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        return {cell for row in csv.reader(text.splitlines()) for cell in row}
    if path.suffix == ".yaml":
        scalars = (token for token in yaml.scan(text) if isinstance(token, yaml.ScalarToken))
        return {token.value for token in scalars}
    if path.suffix == ".html":
        quoted = re.findall(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", templatize(text))
        return {ast.literal_eval(one.replace("\n", "\\n")) for one in quoted}
    nodes = ast.walk(ast.parse(text))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_sentence_of_a_catalogue_is_still_said() -> None:
    files = [path for end in ("py", "html", "csv", "yaml") for path in LOCALE.parent.rglob(f"*.{end}")]
    said = set().union(*map(_strings, files))
    held = {key[0] if isinstance(key, tuple) else key for key in _compiled("fr")._catalog}  # type: ignore[attr-defined]
    assert {key.rpartition("\x04")[2] for key in held} - said == set()


@pytest.mark.parametrize("code", CATALOGUES)
def test_translation_keeps_every_place_of_its_message(code: str) -> None:
    for message, words in _compiled(code)._catalog.items():  # type: ignore[attr-defined]
        if isinstance(message, str) and message:
            assert set(PLACES.findall(words)) == set(PLACES.findall(message)), message


@pytest.mark.parametrize("code", CATALOGUES)
def test_catalogue_says_that_no_translator_has_reviewed_it(code: str) -> None:
    assert "Unreviewed draft" in (LOCALE / code / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CATALOGUES)
def test_rules_on_quality_are_translated_though_they_stand_in_a_table(code: str) -> None:
    compiled = _compiled(code)
    for rule in all_rules().values():
        for sentence in (rule.title, rule.checks):
            assert compiled.gettext(sentence) != sentence, f"{rule.code}: {sentence}"


@pytest.mark.parametrize("code", CATALOGUES)
def test_methods_of_estimation_are_translated_though_they_stand_in_a_table(code: str) -> None:
    compiled = _compiled(code)
    for rules in estimation().methods.values():
        assert compiled.gettext(rules.label) != rules.label


@pytest.mark.parametrize("code", CATALOGUES)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 11, 21, 100])
def test_counted_observations_have_every_plural_form(code: str, number: int) -> None:
    words = _compiled(code).ngettext("%(shown)s observation", "%(shown)s observations", number)
    assert words.count("%(shown)s") == 1
    assert words not in ("%(shown)s observation", "%(shown)s observations") or code == "fr"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_front_page_is_wholly_in_its_language(site: Site, code: str) -> None:
    english = {words for _level, words in site.get("/").headings}
    shared = english & {words for _level, words in site.get(in_language("/", code)).headings}
    assert shared <= {"Assistance"}, "a word that French spells as English does"


def test_arabic_page_sets_identifiers_apart_from_the_direction_of_the_text(site: Site) -> None:
    text = site.get("/ar/resolutions/A/RES/67/189/op3/").text
    assert "<bdi>A/RES/67/189</bdi>" in text
    assert re.search(r'<time datetime="2012-12-20"><bdi>', text)
