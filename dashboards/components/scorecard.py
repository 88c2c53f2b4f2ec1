"""A column of the scorecard: dimension, leading measure with strip and change, further measures in rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import (
    Scale,
    glyph,
    icon,
    sparkline,
    target_strip,
    trend_icon,
    verdict_chip,
)
from dashboards.components.markup import Html
from dashboards.components.words import headline, term
from dashboards.figures.check_names import check_name
from dashboards.figures.sentences import gap_words, settling_words, target_words, tidy
from dashboards.figures.swot_names import role_name
from dashboards.filters import Filters
from dashboards.language import _, current, plural
from dashboards.queries.measures import Measure
from dashboards.queries.overview import Scores
from dashboards.queries.scorecard import Standing


def dimension_name(dimension: str) -> str:
    """The four dimensions of targets in words."""
    return {
        "service_quality": _("Service quality"),
        "customer_satisfaction": _("Customer satisfaction"),
        "business_benefit": _("Business benefit"),
        "employee_development": _("Employee development"),
    }[dimension]


def missing_words(state: str) -> str:
    """Why no number is shown."""
    return {
        "suppressed": _("hidden, n < 5"),
        "withdrawn": _("withheld"),
        "not-cut": _("not kept this way"),
    }.get(state, _("no data"))


def score_column(
    scores: Scores,
    filters: Filters,
    currency: str,
    *,
    folded: bool = False,
    standings: Mapping[str, Standing] | None = None,
) -> Html:
    """One dimension of the scorecard; `standings` add chance, streak and owner to the leading measure."""
    judged = len(scores.judged)
    tally = _("{met} of {all} met", met=scores.met, all=judged) if judged else _("no target judged")
    head = html.Div(
        [html.H3(dimension_name(scores.dimension)), html.Span(tally, className="caption")], className="score-head"
    )
    if scores.lead is None:
        return html.Div(
            [head, html.P(_("No measure of this dimension is in the release."), className="second")], className="score"
        )
    standing = (standings or {}).get(scores.lead.metric.name)
    # Where one column says it, the others keep its room, so that their rows stay level.
    said = standing_line(standing) if standing and scores.lead.judged else html.Div(className="score-standing")
    tail = [said] if standings else []
    parts = [head, *_lead(scores.lead, filters, currency), *tail, _further(scores, currency, folded=folded)]
    return html.Div(parts, className="score")


def _lead(measure: Measure, filters: Filters, currency: str) -> list[Any]:
    metric = measure.metric
    label = term(metric.label_in(current()), metric.description_in(current()))
    name = html.Div([label, over_words(measure)], className="score-name")
    if measure.state != "shown" or measure.value is None:
        return [
            name,
            html.Div(html.Div(missing_words(measure.state), className="headline quiet"), className="score-main"),
            *_no_value(measure),
        ]
    values = [value for _day, value in measure.history]
    line = sparkline(
        values, target=measure.target.value if measure.target else None, words=_spark_words(measure, currency)
    )
    main = html.Div(
        [headline(formats.quantity(measure.value, metric.unit, currency=currency)), line], className="score-main"
    )
    verdict = html.Div(
        [verdict_chip(measure.verdict), html.Span(gap_words(measure, currency))], className="score-verdict"
    )
    return [
        name,
        main,
        verdict,
        measure_strip(measure, currency),
        _caption(measure, currency),
        change_line(measure, filters, currency),
    ]


def over_words(measure: Measure) -> str:
    """Over what a measure is told, where it is not the period."""
    return " · " + _("twelve months") if measure.over_a_year else ""


def _no_value(measure: Measure) -> list[Any]:
    if measure.state == "withdrawn" and measure.row:
        words = _("Withheld: the check {check} failed.", check=check_name(str(measure.row.withdrawn_by)))
    elif measure.state == "suppressed":
        words = _("Fewer than five answers; the score is hidden.")
    elif measure.state == "not-cut":
        words = _("This measure is not kept for the chosen filter.")
    else:
        words = _("No source has given this measure for the period.")
    return [
        html.Div(html.Span(words), className="score-verdict is-long"),
        html.Div(html.Span(className="track"), className="strip no-target", **{"aria-hidden": "true"}),
        html.Div(className="score-caption caption"),
        html.Div(className="score-change"),
    ]


def strip_scale(measure: Measure) -> Scale:
    """A scale that holds value, target and the last months; an interval far wider than these runs off its edge."""
    row, target = measure.row, measure.target
    seen = [v for _day, v in measure.history if v is not None]
    seen += [row.value] if row and row.value is not None else []
    seen += [target.value] if target else []
    if not seen:
        return 0.0, 1.0
    low, high = min(seen), max(seen)
    room = (high - low) or abs(high) or 1.0
    if row and row.low is not None and row.high is not None:
        low, high = min(low, max(row.low, low - room)), max(high, min(row.high, high + room))
    pad = (high - low) * 0.3 or room * 0.3
    return low - pad, high + pad


def measure_strip(measure: Measure, currency: str, scale: Scale | None = None) -> Html:
    """The target strip of a measure."""
    row, target = measure.row, measure.target
    value = formats.quantity(measure.value or 0, measure.metric.unit, currency=currency)
    words = f"{measure.metric.label_in(current())}: {value}"
    if target:
        words += ", " + _("target {target}", target=target_words(target, measure.metric.unit, currency))
    return target_strip(
        measure.value,
        row.low if row else None,
        row.high if row else None,
        scale=scale or strip_scale(measure),
        verdict=measure.verdict,
        target=target.value if target else None,
        higher_meets=target.higher_meets if target else True,
        words=words,
    )


def _caption(measure: Measure, currency: str) -> Html:
    row, unit = measure.row, measure.metric.unit
    if row and row.low is not None and row.high is not None:
        left = _("95\u202f% interval {interval}", interval=formats.interval(row.low, row.high, unit, currency=currency))
        left += f" · {sample_words(measure)}" if row.n is not None else ""
    else:
        left = _("Full count, no interval")
    right = _("Target {target}", target=target_words(measure.target, unit, currency)) if measure.target else ""
    return html.Div([html.Span(left), html.Span(right)], className="score-caption caption num")


def sample_words(measure: Measure) -> str:
    """``n 24,179``; of turnover how many left."""
    row = measure.row
    if row is None or row.n is None:
        return ""
    if measure.over_a_year and row.numerator is not None and measure.metric.name.startswith("turnover"):
        count = round(row.numerator)
        return plural("{count} leaver", "{count} leavers", count, count=formats.count(count))
    return f"n\u00a0{formats.count(row.n)}"


def change_line(measure: Measure, filters: Filters, currency: str) -> Html:
    """The change against the comparison; coloured only when it is sure and the metric has a direction."""
    change, base = measure.change, filters.comparison.brief
    if measure.settles_in:
        return html.Div(settling_words(measure.settles_in), className="score-change")
    if measure.over_a_year:
        base = _("last year")
    if change is None:
        return html.Div(_("no data for {period} to compare with", period=base), className="score-change")
    direction = (change.difference > 0) - (change.difference < 0)
    text = formats.change(change.difference, measure.metric.unit, currency=currency, like=measure.value or 1)
    zero = text[:1] not in "+\u2212"
    tail = _("on {period}, could be chance", period=base) if change.is_sure is False else _("on {period}", period=base)
    tone = ""
    if change.is_sure is not False and not zero and measure.metric.direction in ("higher", "lower"):
        tone = " is-good" if (direction > 0) == (measure.metric.direction == "higher") else " is-bad"
    return html.Div(
        [trend_icon(0 if zero else direction), html.B(text, className="nowrap"), html.Span(tail)],
        className=f"score-change{tone}",
    )


def standing_line(standing: Standing) -> Html:
    """How likely the target is kept, for how long it has been met or missed, and whose it is."""
    said = []
    if standing.streak > 1 and standing.verdict == "met":
        said.append(_("met {count} months in a row", count=standing.streak))
    elif standing.streak > 1 and standing.verdict == "missed":
        said.append(_("missed {count} months in a row", count=standing.streak))
    if standing.probability is not None and 0 < standing.probability < 1:
        said.append(_("on target with a chance of {share}", share=chance_words(standing.probability)))
    if standing.owner:
        said.append(_("owner: {owner}", owner=role_name(standing.owner)))
    words = " · ".join(said)
    return html.Div(words[:1].upper() + words[1:], className="score-standing caption")


def chance_words(chance: float) -> str:
    """A chance in whole per cents; the ends say only that they are near."""
    if chance < 0.01:
        return _("under {share}", share=formats.percent(0.01, 0))
    if chance > 0.99:
        return _("over {share}", share=formats.percent(0.99, 0))
    return formats.percent(chance, 0)


def _spark_words(measure: Measure, currency: str) -> str:
    known = [(day, v) for day, v in measure.history if v is not None]
    if not known:
        return _("no data")
    first, last = known[0], known[-1]
    unit = measure.metric.unit
    return _(
        "{months} months: from {first} in {start} to {last} in {end}",
        months=len(measure.history),
        first=formats.quantity(first[1], unit, currency=currency),
        start=formats.month_long(first[0]),
        last=formats.quantity(last[1], unit, currency=currency),
        end=formats.month_long(last[0]),
    )


def _further(scores: Scores, currency: str, *, folded: bool) -> Html:
    rows = [measure_row(measure, currency) for measure in scores.further]
    signs = [glyph(m.verdict) for m in scores.further]
    words = plural("{count} more measure", "{count} more measures", len(rows), count=len(rows))
    summary = html.Summary([*signs, html.Span(words, className="text"), icon("chevron")])
    is_first = scores.dimension == "service_quality"
    return html.Details(
        [summary, html.Div(rows, className="measures")],
        className="measures-fold is-first" if is_first else "measures-fold",
        open=is_first or not folded,
    )


def measure_row(measure: Measure, currency: str) -> Html:
    """A further measure: glyph, name, value, target."""
    metric = measure.metric
    shown = measure.state == "shown" and measure.value is not None
    value = (
        str(formats.quantity(measure.value or 0, metric.unit, currency=currency))
        if shown
        else missing_words(measure.state)
    )
    goal = (
        f"{measure.target.sign}\u00a0{tidy(measure.target.value, metric.unit, currency)}"
        if measure.target
        else _("no target")
    )
    label = term(metric.label_in(current()), metric.description_in(current()), className="label")
    if shown and measure.settles_in:
        note = html.Span(settling_words(measure.settles_in), className="caption settling")
        label = html.Span([label, note], className="label")
    return html.Div(
        [
            glyph(measure.verdict),
            label,
            html.Span(value, className="value num" if shown else "muted"),
            html.Span(goal, className="goal caption num"),
        ],
        className="measure",
    )
