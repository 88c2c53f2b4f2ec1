"""Figures and style sheets share one set of tokens; colours are used by meaning only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboards
from dashboards.figures.plotting import DARK, FAMILY, LIGHT

ASSETS = Path(dashboards.__file__).parent / "assets"


def _tokens(selector: str) -> dict[str, str]:
    text = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    block = re.search(re.escape(selector) + r" \{(.*?)\n\}", text, re.S)
    assert block
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block[1]))


@pytest.mark.parametrize(("selector", "colours"), [(":root", LIGHT), ('[data-theme="dark"]', DARK)])
def test_a_figures_colours_are_the_tokens_of_the_sheet(selector: str, colours: dict[str, str]) -> None:
    tokens = _tokens(selector)
    assert colours == {name: tokens[name] for name in colours}


def test_figures_and_sheets_name_the_same_chinese_typefaces_and_ours_is_the_last() -> None:
    text = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    han = re.search(r"--han: (.*);", text)
    assert han
    assert f"Inter, {han[1]}, sans-serif" == FAMILY
    # An earlier place would fetch eight megabytes although the machine has a typeface of its own.
    assert han[1].endswith(', "Noto Sans SC"')
    assert '@font-face {\n  font-family: "Noto Sans SC"' in text


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one: str, two: str) -> float:
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_text_and_marks_are_contrasty_enough(colours: dict[str, str]) -> None:
    for ground in ("canvas", "surface", "sunken"):
        for text in ("ink-1", "ink-2", "ink-3", "good", "bad"):
            assert _ratio(colours[text], colours[ground]) >= 4.5, (text, ground)
        for mark in ("control", "peer"):
            assert _ratio(colours[mark], colours[ground]) >= 3, (mark, ground)
    assert _ratio(colours["good"], colours["good-soft"]) >= 4.5
    assert _ratio(colours["bad"], colours["bad-soft"]) >= 4.5


def test_no_sheet_names_a_colour_outside_the_tokens() -> None:
    for sheet in ASSETS.glob("*.css"):
        if sheet.name != "tokens.css":
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^\"]*\"\))", sheet.read_text(encoding="utf-8")), sheet.name


def test_no_sheet_or_script_asks_another_host() -> None:
    for path in [*ASSETS.glob("*.css"), *ASSETS.glob("*.js")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text and "https://" not in text, path.name


def test_no_bootstrap_colour_class_is_used() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in Path(dashboards.__file__).parent.rglob("*.py"))
    assert not re.findall(
        r"\b(?:text|bg|btn|alert|badge|border)-(?:primary|secondary|success|danger|warning|info)\b", source
    )
