"""Every page in Chinese and Vietnamese: no English is left over but names, data, and what the catalogue still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from dashboards.locales_build import strings, translations
from dashboards.registry import in_navigation
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
TABS = ["/swot?tab=tows", "/swot?tab=chain", "/swot?tab=history", "/swot?tab=method", "/swot?beside=channel:chat"]
PAGES = [*(entry.path for entry in in_navigation()), *TABS]
# What is written the same in every language: names of files, formats, methods and tests, units, the product.
_SAME = """Swotlight SWOT TOWS IFE EFE CSV XLSX PNG SQL PDF PPTX HTML SMS API App WhatsApp Email Web Chat Bot
NPS eNPS CES CSAT SLA FCR AHT ASA EUR USD GBP CET CEST UTC Benjamini Hochberg Mann Kendall Hamed Rao Theil Sen Welch
Poisson Wilson Wald Student Erlang Kaplan Meier Shapley LMG Kano Brier WAPE Newey West Fong Simpson Kitagawa JOLTS OEWS
TF-IDF py langid servqual Excel swotlight refresh full Indeed Hiring Lab"""
# What the demo's surveys ask about, shown by other names than the items have.
_ASKED = ("Secure payment", "Paper invoice", "Delivery tracking", "Contactfeedback", "Relationship")
_TEXTS = """() => {
  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const left = 'script, style, pre, code, .figure-panel, .rollup-name, #react-entry-point';
    if (!parent || parent.closest(left)) continue;
    if (parent.checkVisibility()) seen.add(walk.currentNode.textContent.trim());
  }
  document.querySelectorAll('main [aria-label], main [title], header [title], [placeholder]').forEach((one) => {
    if (one.closest('.figure-panel')) return;
    for (const name of ['aria-label', 'title', 'placeholder']) seen.add((one.getAttribute(name) || '').trim());
  });
  const told = new Set(['text', 'name', 'ticktext', 'hovertemplate']);
  const words = (part, key) => {
    if (typeof part === 'string') { if (told.has(key)) seen.add(part.replace(/<[^>]*>|%{[^}]*}/g, ' ')); return; }
    if (part && typeof part === 'object') for (const k in part) words(part[k], Array.isArray(part) ? key : k);
  };
  document.querySelectorAll('[data-chart]').forEach((one) => words(JSON.parse(one.dataset.chart), ''));
  return [...seen].filter(Boolean);
}"""
_TABLES = """
select c.schema_name || '.' || c.table_name as name, list(c.column_name) as columns
from duckdb_columns() as c join duckdb_tables() as t using (schema_name, table_name)
where c.data_type = 'VARCHAR' and c.column_name not like '%sql%' and c.column_name not like '%hash%' group by all
"""
_VALUES = (
    'select distinct "{column}" as v from {table} where length("{column}") between 3 and 60 '
    'and (select approx_count_distinct("{column}") from {table}) < 1500'
)
_LOADED_LATER = re.compile(r"plotly|_dash-component-suites")


@pytest.fixture(scope="module")
def data(release: Any) -> re.Pattern[str]:
    """Whatever is a value of the data, as a page may show it."""
    values: set[str] = {*_SAME.split(), *_ASKED}
    for table in release.rows(_TABLES):
        for column in table["columns"]:
            # Sentences are ours, also where the release keeps them; names and codes are the data's.
            for row in release.rows(_VALUES.format(column=column, table=table["name"])):
                value = str(row["v"])
                if not (table["name"].startswith("swot.") and value.count(" ") > 2):
                    spaced = value.replace("_", " ")
                    # A survey's name is shown without the letters its tool puts before it.
                    values |= {
                        value,
                        spaced,
                        spaced.removeprefix("SV "),
                        *(part.strip() for part in re.split(r"[.]|  ", spaced)),
                    }
    return _words(value for value in values if len(value) >= 3)


def _words(texts: Iterable[str]) -> re.Pattern[str]:
    """Any of the texts as whole words, the longest first."""
    ordered = sorted(set(texts), key=lambda text: (-len(text), text))
    either = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])" if ordered else r"(?!)", re.IGNORECASE)


@cache
def lacking(language: str) -> re.Pattern[str]:
    """Pieces of the messages that the catalogue has no translation for yet; nothing where it is complete."""
    said = translations(language)
    pieces = {
        piece.strip(" .,;:()“”·–-")
        for one, (many, _places) in strings().items()
        if one not in said
        for text in (one, many or "")
        for piece in re.split(r"\{\w+\}|\*\*", text.replace("\u202f", " ").replace("\u00a0", " "))
        if re.search(r"[A-Za-z]{2}", piece)
    }
    return _words(pieces)


@cache
def english_only() -> frozenset[str]:
    """English words of the messages that no Vietnamese one has."""
    own = {word for text in translations("vi").values() for word in re.findall(r"[a-z]+", text.lower())}
    ours = {word for text in translations("vi") for word in re.findall(r"[a-z]{4,}", text.lower())}
    return frozenset(ours - own)


def leftovers(texts: list[str], language: str, data: re.Pattern[str]) -> Iterator[str]:
    """Texts in which English words remain when names, data and untranslated messages are taken out."""
    for text in texts:
        plain = text.replace("\u202f", " ").replace("\u00a0", " ")
        # A value may hold a word of a message, and a message one of a value: what either order explains is explained.
        orders = ((data, lacking(language)), (lacking(language), data))
        rest = min((_left(second.sub(" ", first.sub(" ", plain))) for first, second in orders), key=len)
        if language == "vi":
            words = {word.lower() for word in rest}
            rest = sorted(words & english_only()) if text.isascii() or len(words & english_only()) > 1 else []
        if rest:
            yield f"{text[:120]!r}: {' '.join(rest[:6])}"


def _left(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z’'-]{2,}", text)


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_no_english_is_left_over_on_any_page(wide: Visit, data: re.Pattern[str], language: str) -> None:
    """The page stands in the document, so that neither Dash nor the chart library is waited for."""
    wide.page.route(_LOADED_LATER, lambda route: route.abort())
    found = []
    for path in PAGES:
        address = f"{wide.address}{path}{'&' if '?' in path else '?'}lang={language}"
        wide.page.goto(address, wait_until="domcontentloaded")
        assert wide.page.evaluate("document.documentElement.lang") == language
        found += [f"{path}  {one}" for one in leftovers(wide.page.evaluate(_TEXTS), language, data)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_the_frame_speaks_the_language_of_the_page(wide: Visit, language: str) -> None:
    wide.open(f"/?lang={language}")
    said = translations(language)
    assert wide.page.inner_text(".skip-link") == said["Skip to the page"]
    names = [wide.page.get_attribute(f"#{part}", "aria-label") for part in ("filters", "bottom")]
    assert names == [said["Filters"], said["Pages, at the foot"]]


def test_a_charts_words_stand_where_they_were_measured_though_their_typeface_comes_late(wide: Visit) -> None:
    """Plotly measures once: words measured in another typeface begin outside their chart."""
    wide.open("/?lang=zh")
    wide.page.wait_for_selector("#plot-trend .annotation-text")
    wide.page.evaluate("document.fonts.ready.then(() => true)")
    begins, axis = wide.page.evaluate(
        """() => {
          const notes = [...document.querySelectorAll('#plot-trend .annotation-text')];
          const words = notes.map((one) => one.getBoundingClientRect());
          const axis = document.querySelector('#plot-trend .xaxislayer-above path').getBoundingClientRect().left;
          return [Math.min(...words.map((box) => box.left)), axis];
        }"""
    )
    assert begins >= axis, (begins, axis)
