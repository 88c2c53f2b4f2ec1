"""Native line charts of slides: their data, which can be edited, and their look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboards.figures.lines import value_range
from dashboards.figures.plotting import LIGHT
from dashboards.figures.series import LineChart
from dashboards.formats import nice_steps
from dashboards.language import _, current

_FORMATS = {"ratio": "0.0%", "currency": "#,##0.00", "count": "#,##0", "points": "+0;-0"}
_LABELS = 9
# What office programs have, or replace by their own Chinese font: slides carry no fonts with them.
_HAN = "Microsoft YaHei"
_LANGUAGES = {"en": "en-GB", "zh": "zh-CN", "vi": "vi-VN"}


def colour(token: str) -> Any:
    """A token of the pages as a colour of a slide."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(LIGHT[token].lstrip("#"))


def speak(properties: Any) -> None:
    """Give a text's properties the report's language: without one a Han sign may be drawn in its Japanese form."""
    from pptx.oxml.ns import qn

    properties.set("lang", _LANGUAGES[current()])
    properties.append(properties.makeelement(qn("a:ea"), {"typeface": _HAN}))


def chart_data(chart: LineChart) -> Any:
    """The series and the target as the sheet behind a native chart."""
    from pptx.chart.data import CategoryChartData

    days = sorted({p.day for s in chart.series for p in s.points})
    data = CategoryChartData(number_format=_FORMATS.get(chart.unit, "General"))
    data.categories = days
    for series in chart.series:
        values = {p.day: p.value for p in series.points}
        data.add_series(series.name or _("Value"), [values.get(day) for day in days])
    if chart.goal:
        data.add_series(chart.goal.words, [chart.goal.value] * len(days))
    return data


def _date_axis(made: Any, days: Sequence[date]) -> None:
    """Dates in the language's form, only so many that none wraps."""
    from pptx.oxml.xmlchemy import OxmlElement

    is_monthly, axis = all(day.day == 1 for day in days), made.category_axis
    written = {
        "zh": ('yyyy"年"m"月"', 'm"月"d"日"'), "vi": ("m/yyyy", "d/m"),
    }.get(current(), ("mmm yyyy", "d mmm"))  # fmt: skip
    axis.tick_labels.number_format = written[0 if is_monthly else 1]
    axis.tick_labels.number_format_is_linked = False
    span = (days[-1] - days[0]).days + 1
    every, unit = (-(-span // (30 * _LABELS)), "months") if is_monthly else (7 * -(-span // (7 * _LABELS)), "days")
    for name, value in (("c:majorUnit", str(every)), ("c:majorTimeUnit", unit)):
        element = OxmlElement(name)
        element.set("val", value)
        axis._element.append(element)


def style_chart(made: Any, chart: LineChart, font: str) -> None:
    """The colours, lines and axis of a native chart."""
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE
    from pptx.util import Pt

    made.has_title, made.has_legend = False, True
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    made.font.size, made.font.name = Pt(11), font
    speak(made.font._rPr)
    _date_axis(made, sorted({p.day for s in chart.series for p in s.points}))
    made.value_axis.major_gridlines.format.line.color.rgb = colour("line")
    made.value_axis.format.line.fill.background()
    if not chart.from_zero:
        steps = nice_steps(*value_range(chart))
        made.value_axis.minimum_scale = steps[0] - (steps[1] - steps[0] if len(steps) > 1 else 0)
    made.value_axis.tick_labels.number_format = _FORMATS.get(chart.unit, "General").replace("0.0%", "0%")
    made.value_axis.tick_labels.number_format_is_linked = False
    tones = {"met": "good", "missed": "bad"}
    verdicts = {s.name or _("Value"): s for s in chart.series}
    for plotted in made.plots[0].series:
        series = verdicts.get(plotted.name)
        is_focus = series is not None and series.name == chart.focus
        tone = tones.get(series.verdict, "ink-1") if series and is_focus else "peer" if series else "ink-1"
        plotted.smooth = False
        plotted.format.line.color.rgb = colour(tone)
        plotted.format.line.width = Pt(2.5 if is_focus else 1.25)
        plotted.marker.style = XL_MARKER_STYLE.NONE
