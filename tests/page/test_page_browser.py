"""The page in a real browser, opened from disk: no network, no console, reachable, readable, safe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_readings import LISTED_WORD, many_readings, sample_events, sample_readings

from reportedly.page import render_page

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

expect = playwright_api.expect
pytestmark = pytest.mark.browser
# Every text whose contrast with its ground is under 4.5, the WCAG AA bar for small text.
PALE_TEXTS = """() => {
    const luminance = (color) => {
        const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => {
            const c = Number(part) / 255;
            return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (one) => {
        for (let box = one; box; box = box.parentElement) {
            const color = getComputedStyle(box).backgroundColor;
            if (!/, 0\\)$|transparent/.test(color)) return color;
        }
        return 'rgb(255, 255, 255)';
    };
    const contrast = (one) => {
        const [a, b] = [getComputedStyle(one).color, ground(one)].map(luminance).sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    };
    return [...document.querySelectorAll('p, small, a, dt, dd, .chip, mark, summary, th, td')]
        .filter((one) => contrast(one) < 4.5).map((one) => one.outerHTML.slice(0, 90));
}"""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def find_chromium() -> str | None:
    named = os.environ.get("REPORTEDLY_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return named or next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium found: set REPORTEDLY_CHROMIUM to its path")
    with playwright_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    readings = sample_readings()
    path = tmp_path_factory.mktemp("page") / "page.html"
    html = render_page(
        readings, sample_events(readings), title="Sample <page>", generated="1 May 2020", version="0.1.0"
    )
    path.write_text(html, encoding="utf-8")
    return path


class Watched:
    """A page with everything that it asked for and complained about."""

    def __init__(self, browser, path: Path, **options) -> None:
        self.context = browser.new_context(**{"viewport": DESK, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.url = path.as_uri()
        self.page.goto(self.url)


@pytest.fixture
def watch(browser, page_file: Path) -> Iterator:
    opened: list[Watched] = []

    def open_page(path: Path = page_file, **options) -> Watched:
        opened.append(Watched(browser, path, **options))
        return opened[-1]

    yield open_page
    for one in opened:
        one.context.close()


def test_page_asks_for_nothing_and_says_nothing(watch) -> None:
    watched = watch()
    page = watched.page
    page.locator("button.go").first.click()
    page.locator("button.theme").click()
    page.locator("#w3").hover()
    expect(page.locator("#pop")).to_be_visible()
    assert watched.requests == [watched.url]
    assert watched.complaints == []


def test_hostile_text_never_runs(watch) -> None:
    watched = watch()
    page = watched.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for button in page.locator("button.go").all():
        button.click()
    for mark in page.locator("mark a").all():
        mark.focus()
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert page.locator("img").count() == 0
    assert watched.complaints == []


def test_policy_stops_a_script_that_gets_in(watch) -> None:
    page = watch().page
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.pwned = 1';
            document.body.append(script);
            document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.pwned = 1">');
        }"""
    )
    assert page.evaluate("typeof window.pwned") == "undefined"


def test_hover_shows_the_claim_and_lights_its_words(watch) -> None:
    page = watch().page
    page.locator("#w3").hover()
    pop = page.locator("#pop")
    assert pop.is_visible()
    assert "Syrian Army" in pop.inner_text()
    assert "Article › Orontes Watch" in pop.inner_text()
    lit = page.locator("mark.lit").all_inner_texts()
    assert {"shelled", "southern Idlib", "Syrian Army", "According to"} <= set(lit)
    page.mouse.move(2, 2)
    pop.wait_for(state="hidden")


def test_keyboard_reaches_words_claim_and_words_again(watch) -> None:
    page = watch().page
    page.locator("#w3").focus()
    assert page.locator("#pop").is_visible()
    assert page.locator("#w3").get_attribute("aria-describedby") == "pop"
    page.keyboard.press("Escape")
    assert page.locator("#pop").is_hidden()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "c3"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To its words"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "w3"


def test_tab_order_begins_with_the_way_to_the_content(watch) -> None:
    page = watch().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_is_always_visible(watch) -> None:
    page = watch().page
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_claim_leads_to_its_words_through_closed_boxes(watch) -> None:
    page = watch().page
    card = page.locator(".discussion .claim").first
    number = card.get_attribute("id")[1:]
    page.locator(f'.lines a[href="#c{number}"]').click()
    assert card.is_visible()
    card.locator(".words").click()
    words = page.locator(f"#w{number}")
    box = words.bounding_box()
    assert 0 <= box["y"] < DESK["height"]
    assert page.locator("mark.lit").count() > 0


def test_hateful_comment_shows_only_when_asked(watch) -> None:
    page = watch().page
    assert LISTED_WORD not in page.locator("body").inner_text()
    page.locator(".comment .warned summary").first.click()
    assert LISTED_WORD in page.locator("body").inner_text()


def test_map_draws_areas_by_form_and_no_pin(watch) -> None:
    page = watch().page
    assert page.locator("#map path.shape.area.is-hatched").count() == 1
    assert page.locator("#map path.shape.line.f-hollow").count() == 1
    assert page.locator("#map path.shape.disc.is-soft").count() == 1
    assert page.locator("#map path.reach").count() == 1
    assert page.locator("#map .leaflet-marker-icon:not(.country-name)").count() == 0
    box = page.locator("#map path.shape.area.is-hatched").bounding_box()
    assert box["width"] > 60
    dashes = page.locator("#map path.shape.line.f-hollow").evaluate("(one) => getComputedStyle(one).strokeDasharray")
    assert dashes != "none"


def test_map_pop_up_lists_the_claims_of_the_place(watch) -> None:
    page = watch().page
    page.get_by_role("button", name="southern Idlib").click()
    pop_up = page.locator(".leaflet-popup-content")
    assert "sub-region, as an area" in pop_up.inner_text()
    assert pop_up.locator("a").count() == 3
    pop_up.locator("a").first.click()
    assert page.evaluate("document.activeElement.id") == "c3"


def test_filters_reach_lists_cards_marks_map_and_timeline(watch) -> None:
    page = watch().page
    page.select_option("[name=modality]", "planned")
    assert page.locator(".filters output").inner_text() == "1 of 21 claims"
    assert page.locator(".claim:not([hidden])").count() == 1
    assert page.locator("#map path.shape").count() == 1
    assert page.locator("#timeline [data-event]:not([hidden])").count() == 1
    assert page.locator("#w3").evaluate("(one) => one.parentElement.classList.contains('dimmed')")
    page.locator(".filters [type=reset]").click()
    expect(page.locator(".filters output")).to_have_text("")
    assert page.locator("#map path.shape").count() > 5


def test_comments_can_be_left_out(watch) -> None:
    page = watch().page
    page.select_option("[name=part]", "0")
    assert page.locator(".by-readers .lines li:not([hidden])").count() == 0
    assert page.locator(".in-articles .lines li:not([hidden])").count() == 17


def test_drag_on_the_timeline_sets_the_dates(watch) -> None:
    page = watch().page
    page.locator("#timeline").scroll_into_view_if_needed()
    box = page.locator("#timeline").bounding_box()
    y = box["y"] + box["height"] - 4
    page.mouse.move(box["x"] + box["width"] * 0.30, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.36, y, steps=4)
    page.mouse.up()
    assert page.input_value("[name=from]") == "2020-03-11"
    assert page.input_value("[name=to]") == "2020-03-11"
    assert page.locator("#timeline .bar", has_text="Ghab plain").is_visible()
    assert page.locator("#timeline .bar", has_text="M4 highway").is_hidden()


def test_phone_width_needs_no_sideways_scrolling(watch) -> None:
    page = watch(viewport=PHONE).page
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_dark_follows_the_system_and_the_button(watch) -> None:
    def paper(page) -> int:
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in color[4:-1].split(","))

    dark, light = watch(color_scheme="dark").page, watch(color_scheme="light").page
    assert paper(dark) < 150
    assert paper(light) > 600
    light.locator("button.theme").click()
    assert paper(light) < 150
    assert light.locator("button.theme").get_attribute("aria-pressed") == "true"
    assert light.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(watch, scheme: str) -> None:
    page = watch(color_scheme=scheme).page
    assert page.evaluate(PALE_TEXTS) == []


def test_page_reads_without_scripts(watch) -> None:
    page = watch(java_script_enabled=False).page
    assert page.locator(".report").first.locator("mark.m").count() >= 10
    assert page.locator(".claim").first.is_visible()
    assert page.locator(".filters").is_hidden()
    assert page.locator(".place").first.is_visible()
    page.locator("#w3").click()
    assert page.url.endswith("#c3")


@pytest.mark.parametrize(("motion", "fades"), [("reduce", False), ("no-preference", True)])
def test_map_moves_only_for_readers_who_allow_it(watch, motion: str, fades: bool) -> None:
    page = watch(reduced_motion=motion).page
    assert page.locator("#map").evaluate("(one) => one.classList.contains('leaflet-fade-anim')") is fades


def test_large_ledger_opens_and_leads_to_a_late_claim(watch, tmp_path: Path) -> None:
    readings = list(many_readings(60, 10))
    path = tmp_path / "large.html"
    path.write_text(
        render_page(readings, sample_events(readings), title="Large", generated="now", version="0.1.0"),
        encoding="utf-8",
    )
    page = watch(path).page
    page.evaluate("""document.querySelector('.event a[href="#c500"]').click()""")
    expect(page.locator("#c500")).to_be_in_viewport()
