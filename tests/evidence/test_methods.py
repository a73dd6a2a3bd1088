"""What readers are told of each method of the house: its label, its phrase and its unit, on pages, in six languages."""

import gettext
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import to_locale
from matrices import LANGUAGES
from pages import Content

import comity
from comity.evidence import figures, views
from comity.evidence.figures import Argument, Figure, Method, method, methods
from comity.reports.composing.naming import Names

LOCALE = Path(comity.__file__).parent / "locale"
CATALOGUES = {code: to_locale(code) for code in LANGUAGES if code != "en"}
DECLARED = re.compile(r'^@method\(\s*"([a-z-]+)"', re.MULTILINE)
ARGUMENTS: dict[str, Argument] = {
    "instrument": "UNTOC",
    "instruments": "UNTOC,TIP",
    "indicator": "homicide-rate",
    "area": "076",
    "areas": "001",
    "dataset": "homicide",
    "period": "2012",
    "detail": "0101",
    "method": "comity-1",
    "series": "homicide-rate",
    "what": "victims",
}


def _arguments(of: Method) -> dict[str, Argument]:
    otherwise: dict[type, Argument] = {date: date(2012, 12, 20), int: 2010, str: "2012"}
    return {name: ARGUMENTS.get(name, otherwise[kind]) for name, kind in of.parameters.items()}


def _blank(of: Method) -> Figure:
    """A figure of a method without a value or an input: what its page says of the method alone."""
    identifier = figures.figure_id(of.name, _arguments(of))
    return Figure(identifier, None, of.unit, of.name, of.version, of.docstring, _arguments(of), (), (), "0" * 64)


def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    with (LOCALE / CATALOGUES[code] / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_every_method_that_is_declared_is_registered_and_supplied() -> None:
    sources = (path.read_text(encoding="utf-8") for path in LOCALE.parent.rglob("*.py"))
    declared = {name for source in sources for name in DECLARED.findall(source)}
    assert len(declared) > 30
    assert declared == methods().keys() == figures._suppliers.keys()


@pytest.mark.parametrize("missing", ["label", "phrase", "unit"])
def test_a_method_without_words_for_readers_is_refused(missing: str) -> None:
    def total(values: Sequence[int]) -> int:
        """The sum."""
        return sum(values)

    words = {"label": "Sum", "phrase": "Sum of all", "unit": "things"}
    with pytest.raises(TypeError, match=f"blank {missing}"):
        method("sum", version=1, **{**words, missing: " "})(total)
    with pytest.raises(TypeError, match=missing):
        method("sum", version=1, **{key: text for key, text in words.items() if key != missing})  # type: ignore[arg-type]


def test_a_phrase_that_speaks_of_no_argument_of_the_method_is_refused() -> None:
    def total(values: Sequence[int], *, area: str) -> int:
        """The sum."""
        return sum(values)

    with pytest.raises(TypeError, match="instrument"):
        method("total", version=1, label="Sum", phrase="Sum for the %(instrument)s", unit="things")(total)


@pytest.mark.parametrize("code", CATALOGUES)
def test_every_label_phrase_and_unit_stands_in_every_catalogue(code: str) -> None:
    held = _catalogue(code)._catalog  # type: ignore[attr-defined]
    said = {text for of in methods().values() for text in (of.label, of.phrase, of.unit)}
    assert {text for text in said if not held.get(text)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_page_of_methods_heads_each_with_its_label_in_the_page_s_language(code: str) -> None:
    address = "/methods/" if code == "en" else f"/{code}/methods/"
    page = Content(address, Client().get(address).content.decode())
    catalogue = _catalogue(code)
    headings = {words for level, words in page.headings if level == 2}
    assert headings >= {f"{catalogue.gettext(of.label)} {of.name}" for of in methods().values()}


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_page_of_a_figure_is_headed_with_its_label_and_tells_its_unit(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = _catalogue(code)
    for of in methods().values():
        made = _blank(of)
        monkeypatch.setattr(views, "figure", lambda _identifier, *, as_at, made=made: made)
        address = f"/figures/{made.id}" if code == "en" else f"/{code}/figures/{made.id}"
        page = Content(address, Client().get(address).content.decode())
        heading = page.headings[0][1]
        assert heading.split(" · ")[0] == catalogue.gettext(of.label)
        assert of.name not in heading.split(" · ")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_report_names_every_figure_by_its_phrase_in_the_report_s_language(code: str) -> None:
    catalogue = _catalogue(code)
    with translation.override(code):
        for of in methods().values():
            named = Names().figure(_blank(of), dated=False)
            first = re.split(r"%\(\w+\)s", catalogue.gettext(of.phrase))[0]
            assert named.startswith(first)
            assert "%(" not in named
            assert named != of.name


def test_a_number_that_is_declared_is_told_as_it_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_methods", {})
    told = {"gap": "five"}

    @method("filled", version=1, label="Filled", phrase="Filled", unit="things", states=lambda: told)
    def filled(values: Sequence[int]) -> int:
        """Gaps of at most %(gap)s years, 100 %% of them."""
        return len(values)

    assert methods()["filled"].docstring == "Gaps of at most five years, 100 % of them."
    told["gap"] = "six"
    assert methods()["filled"].docstring == "Gaps of at most six years, 100 % of them."


def test_the_page_of_an_estimate_says_what_its_method_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    from comity.analysis.estimates import methods as estimation

    text = methods()["estimate"].docstring
    assert "Up to five years from the nearer" in text
    assert "less than half of the population" in text
    changed = estimation.TABLE.read_text(encoding="utf-8").replace("interpolate_within: 5", "interpolate_within: 12")
    monkeypatch.setattr(estimation, "declared", lambda: estimation.read_methods(changed, "changed.yaml"))
    assert "Up to 12 years from the nearer" in methods()["estimate"].docstring
