"""The pages in a real browser: nothing runs off a telephone, nothing is refused, all is reached by keyboard."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import PAGES, Site
from matrices import taken
from workspaces import PATIENCE

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = "/usr/bin/chromium"
NARROW = 360
"""Pixels of a telephone, on which every page is opened in every run, in Arabic."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, as the test set-up installs it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE * 1000)
        yield opened
        opened.close()


@contextlib.contextmanager
def tab(browser: Any, **options: Any) -> Iterator[Any]:
    """A page in a context of its own, as patient as the machine is busy."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMELESS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary, [tabindex="0"]')]
  .filter(e => !(e.textContent.trim() || e.matches('[aria-label], [aria-labelledby]') || e.labels?.length))
  .map(e => e.outerHTML.slice(0, 120))"""
UNREACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary')]
  .filter(e => e.tabIndex < 0).map(e => e.outerHTML.slice(0, 120))"""


OVER_THE_NEXT = """() => [...document.querySelectorAll('table.listing td, table.listing th')]
  .filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"""


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_no_cell_of_the_treaties_runs_over_the_next(site: Site, browser: Any, prefix: str) -> None:
    with tab(browser, viewport={"width": 1280, "height": 800}) as page:
        page.goto(site.url + prefix + "/instruments/")
        assert page.evaluate(OVER_THE_NEXT) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [NARROW, 1280])
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_page_overflows_or_has_anything_refused(site: Site, browser: Any, width: int, prefix: str) -> None:
    said: list[str] = []
    wrong = []
    with tab(browser, viewport={"width": width, "height": 800}) as page:
        page.on("console", lambda line: said.append(f"{page.url}: {line.text}") if line.type != "log" else None)
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        for address in PAGES:
            if (width, prefix) != (NARROW, "/ar") and not taken(address, prefix, width):
                continue
            page.goto(site.url + prefix + address)
            if (over := page.evaluate(OVERFLOW)) > 0:
                wrong.append(f"{address} overflows by {over}")
            wrong += [f"{address}: no name: {element}" for element in page.evaluate(NAMELESS)]
            wrong += [f"{address}: not reached by keyboard: {element}" for element in page.evaluate(UNREACHABLE)]
    assert said == []
    assert wrong == []


def test_skip_link_is_first_by_keyboard_and_leads_to_the_text(site: Site, browser: Any) -> None:
    with tab(browser, java_script_enabled=True) as page:
        page.goto(site.url + "/instruments/UNTOC/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_seen(site: Site, browser: Any) -> None:
    with tab(browser) as page:
        page.goto(site.url + "/")
        for _step in range(4):
            page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE) == ["solid", "3px"]


def test_pages_work_without_javascript(site: Site, browser: Any) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(site.url + "/instruments/UNTOC/?on=2012-12-20")
        page.fill("#on", "2005-06-30")
        page.click("form.choose button >> nth=0")
        assert "on=2005-06-30" in page.url
        assert page.locator(".chart svg").count() >= 2


CONTRAST = """() => {
  const share = x => (x /= 255) <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(share); return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => {
    for (; e; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor; if (b.startsWith('rgb(')) return b }
    return 'rgb(255, 255, 255)' };
  const low = [];
  for (const e of document.querySelectorAll('p, td, th, dt, dd, a, h1, h2, h3, .mark, caption, label, summary')) {
    const [ink, paper] = [getComputedStyle(e).color, ground(e)];
    if (!e.innerText || !e.offsetParent || !ink.startsWith('rgb(')) continue;
    const [less, more] = [light(ink), light(paper)].sort((x, y) => x - y), ratio = (more + .05) / (less + .05);
    if (ratio < 4.5) low.push(ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 90)) }
  return low.slice(0, 5) }"""
OUTLINE = "(e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth])(document.activeElement)"
READ = (
    "/",
    "/instruments/UNTOC/?on=2012-12-20",
    "/resolutions/A/RES/67/189/op3/",
    "/figures/parties.UNTOC.2012-12-20",
    "/report/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_light_and_dark(site: Site, browser: Any, scheme: str) -> None:
    low = {}
    with tab(browser, color_scheme=scheme) as page:
        for address in READ:
            page.goto(site.url + address)
            if found := page.evaluate(CONTRAST):
                low[address] = found
    assert low == {}


def test_print_shows_the_text_without_what_serves_the_screen(site: Site, browser: Any) -> None:
    with tab(browser) as page:
        page.goto(site.url + "/instruments/UNTOC/?on=2012-12-20")
        page.emulate_media(media="print")
        assert not page.locator("nav.rooms").is_visible()
        assert not page.locator("form.choose").first.is_visible()
        assert page.locator("h1").is_visible()
