"""The dashboards as a person meets them: drawn, local, in words, by mouse and by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboards.registry import in_navigation
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
PAGES = [*(entry.path for entry in in_navigation()), "/rows?fact=fct_contacts"]


def _assert_sound(visit: Visit) -> None:
    assert not visit.complaints, visit.complaints
    assert visit.hosts == {visit.address.split("/")[2]}
    words = visit.words()
    for code in visit.page.locator("#page pre, #page .rollup-name").all_inner_texts():
        words = words.replace(code, "")
    assert not re.search(r"\b(nan|NaN|None(?! of)|undefined)\b", words)
    assert not re.search(r"\b(service_level|first_reply_\w+|_seconds|rollup_\w+)\b", words)
    wider = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"the page is {wider} px wider than the screen"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_drawn_from_this_machine_alone_on_a_wide_screen(wide: Visit, path: str) -> None:
    wide.open(path)
    _assert_sound(wide)
    assert wide.page.locator("h1").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(phone: Visit, path: str) -> None:
    phone.open(path)
    _assert_sound(phone)
    assert phone.page.locator(".bottom-bar > *").count() == 5
    assert phone.page.locator(".bottom-bar").is_visible()


def test_a_filter_changes_address_and_numbers_and_back_undoes_it(wide: Visit) -> None:
    wide.open("/")
    before = wide.page.inner_text(".headline >> nth=0")
    wide.page.click("summary:has-text('Channel')")
    wide.page.click(".panel .option:has-text('Chat')")
    wide.page.wait_for_url("**/?channel=chat")
    wide.wait_for_words("Chat")
    assert wide.page.inner_text(".headline >> nth=0") != before
    wide.page.go_back()
    wide.page.wait_for_function("!location.search.includes('channel')")
    wide.wait_for_words("Whole organisation")
    assert wide.page.inner_text(".headline >> nth=0") == before


def test_the_filters_go_along_to_another_page(wide: Visit) -> None:
    wide.open("/?channel=chat")
    wide.page.click(".nav a:has-text('Service level')")
    wide.page.wait_for_url("**/service-level?channel=chat")
    wide.wait_for_words("Service level")
    assert "Chat" in wide.page.inner_text(".eyebrow")


def test_a_forged_filter_is_said(wide: Visit) -> None:
    wide.open("/?channel=fax")
    assert "was ignored" in wide.words()


def test_the_drawer_opens_by_enter_and_escape_gives_the_focus_back(wide: Visit) -> None:
    wide.open("/swot")
    item = wide.page.locator(".swot-item").first
    factor = item.get_attribute("data-item")
    item.focus()
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_selector(".drawer")
    wide.settle()
    assert f"item={factor}" in wide.page.url
    drawer = wide.page.inner_text(".drawer")
    for part in ("Value", "Matters from", "All comparisons", "Definition", "Adjusted p"):
        assert part in drawer
    wide.page.keyboard.press("Escape")
    wide.page.wait_for_selector(".drawer", state="detached")
    assert wide.page.evaluate("document.activeElement.dataset.item") == factor
    assert not wide.complaints


def test_arrows_walk_through_the_drawers_items(wide: Visit) -> None:
    wide.open("/swot")
    wide.page.locator(".swot-item").first.click()
    wide.page.wait_for_selector(".drawer")
    first = wide.page.get_attribute(".drawer", "data-item")
    wide.page.locator(".drawer-head [data-drawer-close]").focus()
    wide.page.keyboard.press("ArrowDown")
    wide.page.wait_for_function(f"document.querySelector('.drawer').dataset.item !== {first!r}")


def test_the_page_can_be_reached_without_a_mouse(wide: Visit) -> None:
    wide.open("/")
    wide.page.keyboard.press("Tab")
    assert "Skip" in wide.page.evaluate("document.activeElement.textContent")
    reached = set()
    for _step in range(14):
        wide.page.keyboard.press("Tab")
        reached.add(wide.page.evaluate("document.activeElement.textContent.trim().slice(0, 12)"))
        outline = wide.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
    assert {"Overview", "SWOT"} <= reached


def test_a_menu_opens_and_is_walked_by_keys(wide: Visit) -> None:
    wide.open("/")
    summary = wide.page.locator("summary:has-text('Compare with')")
    summary.focus()
    wide.page.keyboard.press("Enter")
    wide.page.keyboard.press("ArrowDown")
    wide.page.keyboard.press("ArrowDown")
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_url("**compare=year**")


def test_every_figures_table_and_definition_open_in_place(wide: Visit) -> None:
    wide.open("/")
    for word in ("Definition", "Table"):
        button = wide.page.locator(f".figure-actions button:has-text('{word}')").first
        button.click()
        panel = wide.page.locator(f"#{button.get_attribute('aria-controls')}")
        wide.page.wait_for_function("panel => panel.innerText.length > 60", arg=panel.element_handle())
        assert panel.is_visible()
        assert button.get_attribute("aria-expanded") == "true"


def test_a_csv_is_saved_with_the_filters_of_the_page(wide: Visit, tmp_path: Path) -> None:
    wide.open("/?channel=chat")
    with wide.page.expect_download() as saved:
        wide.page.locator("section:has(#plot-trend) .figure-actions a:has-text('CSV')").click()
    target = tmp_path / "trend.csv"
    saved.value.save_as(target)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "period,channel,value,low,high,n"
    assert len(lines) > 10 and all(",Chat," in line for line in lines[1:])


def test_a_picture_of_a_chart_is_saved(wide: Visit) -> None:
    wide.open("/")
    with wide.page.expect_download() as saved:
        wide.page.locator(".figure-actions button:has-text('PNG')").first.click()
    assert saved.value.suggested_filename.endswith(".png")


def test_a_figure_leads_to_its_rows_and_on_to_the_next_page(wide: Visit) -> None:
    wide.open("/?channel=chat")
    wide.page.locator(".figure-actions a:has-text('Rows')").first.click()
    wide.page.wait_for_url("**/rows**")
    wide.wait_for_words("Rows")
    assert wide.page.locator("tbody tr").count() > 5
    channels = wide.page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert set(channels) == {"chat"}


def test_dark_is_remembered_and_redraws_the_charts(wide: Visit) -> None:
    wide.open("/")
    light = wide.page.evaluate("getComputedStyle(document.body).backgroundColor")
    wide.page.click("[data-action=theme]")
    wide.page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    wide.settle()
    assert wide.page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    wide.page.reload()
    wide.page.wait_for_selector("#page .page")
    wide.settle()
    assert wide.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert wide.page.locator(".main-svg").count() > 0
    tick = wide.page.evaluate("getComputedStyle(document.querySelector('.xtick text')).fill")
    assert tick == "rgb(148, 155, 167)"


def test_a_heat_cell_opens_the_rows_of_its_hour(wide: Visit) -> None:
    wide.open("/service-level")
    cells = wide.page.locator(".heat a.cell")
    if not cells.count():
        pytest.skip("the small company has no hour with ten contacts")
    cells.nth(cells.count() // 2).click()
    wide.page.wait_for_url("**hour=**weekday=**")
    wide.page.wait_for_selector(".rows-head")
    assert wide.page.locator("tbody tr").count() >= 10


def test_an_objective_is_adopted_where_the_finding_is_read(adopting: Visit) -> None:
    adopting.open("/swot")
    adopting.page.locator(".quadrant .swot-item").first.click()
    adopting.page.wait_for_selector(".drawer")
    adopting.page.click(".drawer .propose summary")
    adopting.page.fill(".drawer [name=owner]", "Head of trying things")
    adopting.page.click(".drawer [type=submit]")
    adopting.page.wait_for_function("document.querySelector('#toast').textContent.includes('is adopted')")
    adopting.open("/swot?tab=tows")
    assert "Head of trying things" in adopting.words()


def test_a_refused_objective_says_why_and_stays_open(wide: Visit) -> None:
    wide.open("/swot")
    wide.page.locator(".quadrant .swot-item").first.click()
    wide.page.wait_for_selector(".drawer .propose")
    wide.page.click(".drawer .propose summary")
    wide.page.fill(".drawer [name=due]", "2020-01-01")
    wide.page.evaluate("document.querySelector('.drawer form').noValidate = true")
    wide.page.click(".drawer [type=submit]")
    wide.page.wait_for_function("document.querySelector('.propose-said').textContent.includes('has gone')")


def test_views_of_the_board_keep_their_address(wide: Visit) -> None:
    wide.open("/swot?theme=cost")
    themed = wide.page.locator(".swot-item").count()
    wide.page.click("a[aria-label*='Theme']")
    wide.page.wait_for_function("!location.search.includes('theme')")
    wide.page.wait_for_function("n => document.querySelectorAll('.swot-item').length > n", arg=themed)
    wide.page.click("summary:has-text('Beside')")
    wide.page.click(".panel .option[href*='beside=channel%3Avoice']")
    wide.page.wait_for_url("**beside=**")
    wide.page.wait_for_selector(".pair-table")
    assert wide.page.locator(".pair-table tbody tr").count() > 2


_CONTRAST = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = (c) => c.slice(0, 3).map((v) => linear(v / 255))
    .reduce((sum, v, k) => sum + v * [.2126, .7152, .0722][k], 0);
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const c = rgb(getComputedStyle(one).backgroundColor);
      if (c.length === 3 || c[3] > .99) return c;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  document.querySelectorAll('#page *, header *').forEach((node) => {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.checkVisibility() || node.closest('.canvas, .visually-hidden, .definition')) return;
    const a = light(rgb(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.45) faint.add(node.className + ' ' + node.textContent.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
  });
  return [...faint];
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(chromium: object, address: str, theme: str) -> None:
    """WCAG AA: 4.5 to 1 for text, on every page in both themes."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)  # type: ignore[attr-defined]
    page = context.new_page()
    page.route(re.compile("plotly|_dash-component-suites"), lambda route: route.abort())
    faint = []
    for path in [*PAGES, "/swot?tab=tows", "/swot?beside=channel:voice"]:
        page.goto(address + path, wait_until="domcontentloaded")
        faint += [f"{path}  {one}" for one in page.evaluate(_CONTRAST)]
    context.close()
    assert not faint, "\n".join(faint)
