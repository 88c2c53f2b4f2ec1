"""The marks of the design: glyphs, chips, badges, strips, pips, sparklines. HTML and custom properties only.

Positions are per cents of a track; every mark that says something has words for a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.language import _

Scale = tuple[float, float]


def icon(name: str, **attributes: object) -> Html:
    """An outline icon; always beside a label or inside a named button."""
    return html.Span(className=f"icon icon-{name}", **{"aria-hidden": "true"}, **attributes)


def verdict_word(verdict: str) -> str:
    """Met, Missed, Undecided or No target."""
    return {"met": _("Met"), "missed": _("Missed"), "undecided": _("Undecided")}.get(verdict, _("No target"))


def glyph(verdict: str) -> Html:
    """The 14 px sign of a verdict, with its word for those who cannot see it."""
    return html.Span(
        className=f"glyph {verdict}", role="img", title=verdict_word(verdict), **{"aria-label": verdict_word(verdict)}
    )


def chip(kind: str, word: str, sign: str | None = None) -> Html:
    """Sign and word; `kind` is met, missed, neutral, dashed or inverse."""
    shape = {"dashed": "no-target"}.get(kind, kind)
    mark = icon(sign) if sign else html.Span(className=f"glyph {shape}", **{"aria-hidden": "true"})
    return html.Span([mark, word], className=f"chip {kind}")


def verdict_chip(verdict: str) -> Html:
    """The chip of a verdict."""
    return chip(verdict, verdict_word(verdict))


def badge(quadrant: str, *, small: bool = False) -> Html:
    """The quadrant's badge: shape, filling and letter each say the same."""
    letters = {"strength": _("S"), "weakness": _("W"), "opportunity": _("O"), "threat": _("T")}
    size = " small" if small else ""
    return html.Span(letters[quadrant], className=f"badge-mark {quadrant}{size}", **{"aria-hidden": "true"})


def _style(**percents: float) -> dict[str, str]:
    return {f"--{name}": f"{value:.2f}" for name, value in percents.items()}


def place(value: float, scale: Scale) -> float:
    """A value as per cent of the scale, kept on the track."""
    low, high = scale
    return max(0.0, min(100.0, 100 * (value - low) / ((high - low) or 1)))


def target_strip(
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    scale: Scale,
    verdict: str,
    target: float | None = None,
    higher_meets: bool = True,
    words: str = "",
) -> Html:
    """A value and its interval on the metric's own scale; the shaded side of the upright meets the target."""
    parts = [html.Span(className="track")]
    if target is not None:
        at = place(target, scale)
        start, stop = (at, 100.0) if higher_meets else (0.0, at)
        parts = [html.Span(className="meets", style=_style(**{"from": start, "to": stop})), *parts]
        parts.append(html.Span(className="target", style=_style(cmp=at)))
    if value is not None:
        if low is not None and high is not None:
            parts.append(html.Span(className="bar", style=_style(lo=place(low, scale), hi=place(high, scale))))
        parts.append(html.Span(className="dot", style=_style(v=place(value, scale))))
    return html.Div(parts, className=f"strip {verdict}", role="img", **{"aria-label": words})


EVIDENCE_REACH = 7.0
_EVIDENCE: Scale = (-EVIDENCE_REACH, EVIDENCE_REACH)


def evidence_strip(
    marks: Sequence[tuple[float, float | None, float | None]], *, state: str = "", words: str = ""
) -> Html:
    """Differences in smallest worthwhile differences, right is better; `marks` are (value, low, high).

    `state` is helps, hurts, watch, insufficient, withdrawn or contested (its marks take their side's form).
    """
    zone = html.Span(className="zone", style=_style(zlo=place(-1, _EVIDENCE), zhi=place(1, _EVIDENCE)))
    parts = [zone, html.Span(className="track"), html.Span(className="target", style=_style(cmp=50))]
    if state == "insufficient":
        parts[1] = html.Span(className="dashes")
    elif state == "withdrawn":
        parts += [html.Span(className="cross", style=_style(v=place(value, _EVIDENCE))) for value, _l, _h in marks]
    else:
        for mark in marks:
            parts.append(_evidence_mark(*mark, state=state))
    return html.Div(parts, className="strip evidence", role="img", **{"aria-label": words})


def _evidence_mark(value: float, low: float | None, high: float | None, *, state: str) -> Html:
    form = {"helps": "met", "hurts": "missed"}.get(state) or (
        "undecided" if state == "watch" else "met" if value > 0 else "missed"
    )
    parts = []
    if low is not None and high is not None:
        parts.append(html.Span(className="bar", style=_style(lo=place(low, _EVIDENCE), hi=place(high, _EVIDENCE))))
    parts.append(html.Span(className="dot", style=_style(v=place(value, _EVIDENCE))))
    if abs(value) > EVIDENCE_REACH:
        parts.append(html.Span(className=f"edge {'high' if value > 0 else 'low'}"))
    return html.Span(parts, className=f"strip {form} layer")


def pips(share: float | None) -> Html:
    """Five pips: the share of re-weightings in the top three, rounded to fifths."""
    full = 0 if share is None else round(share * 5)
    return html.Span(
        [html.I(className="full" if k < full else "") for k in range(5)], className="pips", **{"aria-hidden": "true"}
    )


def trend_icon(direction: int) -> Html:
    """An arrow for the direction of the metric itself."""
    name = {1: "arrow-up", -1: "arrow-down"}.get(direction, "arrow-flat")
    words = {1: _("rising"), -1: _("falling")}.get(direction, _("mixed"))
    return html.Span(className=f"icon icon-{name}", role="img", **{"aria-label": words})


def sparkline(values: Sequence[float | None], *, target: float | None = None, words: str = "") -> Html:
    """A line of up to 13 months as a mask, a dashed line at the target, a dot at the end; gaps stay gaps."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return html.Div(className="spark", **{"aria-hidden": "true"})
    ends = [*known, target] if target is not None and _near(target, known) else known
    low, high = min(ends), max(ends)
    pad = ((high - low) or abs(high) or 1) * 0.08
    low, high = low - pad, high + pad
    points = [
        None if v is None else (2 + 110 * k / (len(values) - 1), 40 - 38 * (v - low) / (high - low))
        for k, v in enumerate(values)
    ]
    parts = [html.Span(className="line", style=_mask(_path(points)))]
    if target is not None and _near(target, known):
        parts.append(
            html.Span(className="goal", style={"top": f"{(41 - 38 * (target - low) / (high - low)) / 42 * 100:.1f}%"})
        )
    if points[-1] is not None:
        x, y = points[-1]
        parts.append(
            html.Span(className="end", style={"top": f"{(y + 1) / 42 * 100:.1f}%", "right": f"{114 - x - 0:.1f}px"})
        )
    return html.Div(parts, className="spark", role="img", **{"aria-label": words})


def _near(target: float, known: Sequence[float]) -> bool:
    """Whether a target can be drawn without flattening the line."""
    spread = (max(known) - min(known)) or abs(known[0]) * 0.05 or 1
    return min(known) - 3 * spread <= target <= max(known) + 3 * spread


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    steps, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        steps.append(f"{pen}{point[0]:.1f} {point[1] + 1:.1f}")
        pen = "L"
    return "".join(steps)


def _mask(path: str) -> dict[str, str]:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 114 42' preserveAspectRatio='none'>"
        f"<path d='{path}' fill='none' stroke='black' stroke-width='1.5' stroke-linejoin='round' "
        "stroke-linecap='round'/></svg>"
    )
    return {"maskImage": f'url("data:image/svg+xml,{quote(svg)}")'}


def load_bars(sizes: Sequence[tuple[float, bool]], words: str = "") -> Html:
    """The last loads as bars by rows read; a late or failed one is hollow."""
    most = max((size for size, _late in sizes), default=0) or 1
    bars = [
        html.I(className="late" if late else "", style={"--h": f"{20 + 80 * size / most:.0f}"}) for size, late in sizes
    ]
    return html.Div(bars, className="load-bars", role="img", **{"aria-label": words})
