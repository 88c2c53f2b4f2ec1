"""Markup is trusted only when it was made here."""

from __future__ import annotations

from dashboards.components import markup as html
from dashboards.components.words import rich, serif


def test_text_is_escaped_wherever_it_stands() -> None:
    made = html.Div(["<script>alert(1)</script>", html.B("a & b")], title='"><img src=x>', **{"data-x": "'"})
    assert "<script>" not in made and "<img" not in made
    assert "&lt;script&gt;" in made and "<b>a &amp; b</b>" in made


def test_elements_nest_without_being_escaped_twice() -> None:
    assert html.P(html.A("x & y", href="/?a=1&b=2")) == '<p><a href="/?a=1&amp;b=2">x &amp; y</a></p>'


def test_nothing_is_written_for_none_false_and_an_empty_class() -> None:
    assert html.Div(None, className="", hidden=False, title=None) == "<div></div>"
    assert html.Div([None, [], ""], hidden=True) == "<div hidden></div>"


def test_a_style_may_hold_custom_properties() -> None:
    assert html.Span(style={"--lo": "12.00", "minHeight": "3px"}) == '<span style="--lo:12.00;min-height:3px"></span>'


def test_bold_numbers_keep_together() -> None:
    assert html.P(rich("**61.3\u202f%** of chats")) == '<p><b class="nowrap">61.3\u202f%</b> of chats</p>'


def test_the_serif_gets_a_space_it_has() -> None:
    assert serif("**61.3\u202f%**") == "61.3\u00a0%"
