"""Findings in words: one sentence from the numbers, whole sentences with slots, never pieces joined.

Past tense for a period; undecided says so; no cause, no praise.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.metrics import Metric
from dashboards import formats
from dashboards.components.words import capital
from dashboards.filters import Filters, shown_value
from dashboards.language import _, current, plural
from dashboards.queries.judging import Target
from dashboards.queries.measures import Measure
from dashboards.queries.overview import ChannelLevel, Scores


def in_sentence(channel: str | None) -> str:
    """A channel inside a sentence: ``chat``, ``SMS``, and names as they are."""
    word = shown_value("channel", channel)
    return word if word.isupper() or not word[:1].isupper() or word[1:2].isupper() else word[:1].lower() + word[1:]


def conclusion(
    whole: Measure | None, channels: Sequence[ChannelLevel], scores: Sequence[Scores], filters: Filters
) -> str:
    """What held and what did not, in at most sixteen words."""
    period = filters.period.short
    if whole is None or whole.state != "shown":
        judged = [m for s in scores for m in s.judged]
        if not judged:
            return _("No target can be judged for {period}.", period=filters.period.label)
        met, count, undecided = _counts(judged)
        return targets_met(met, count, period, undecided)
    if whole.target is None:
        value = formats.quantity(whole.value or 0, whole.metric.unit)
        return _("{value} of contacts were answered in time in {period}.", value=value, period=period)
    missed = [in_sentence(c.channel) for c in channels if c.channel and c.verdict == "missed"]
    kept = [in_sentence(c.channel) for c in channels if c.channel and c.verdict == "met"]
    return _conclusion_on_target(whole.verdict, missed, kept, len([c for c in channels if c.channel]), period)


def _conclusion_on_target(verdict: str, missed: list[str], kept: list[str], channels: int, period: str) -> str:
    slots = {
        "period": period,
        "missed": formats.say_list(missed),
        "kept": formats.say_list(kept),
        "worst": missed[-1] if missed else "",
    }
    if verdict == "met":
        if not missed:
            return (
                _("Service held its promise in {period} on every channel.", **slots)
                if len(kept) == channels > 1
                else _("Service held its promise in {period}.", **slots)
            )
        return (
            _("Service held its promise in {period}; {missed} did not.", **slots)
            if len(missed) < 3
            else _("Service held its promise in {period}; most channels did not.", **slots)
        )
    if verdict == "undecided":
        return (
            _("Service was too close to its target to call in {period}; {missed} missed it.", **slots)
            if 0 < len(missed) < 3
            else _("Service was too close to its target to call in {period}.", **slots)
        )
    if kept and len(kept) < 3:
        return _("Service missed its promise in {period}; only {kept} held.", **slots)
    return (
        _("Service missed its promise in {period}; {worst} was furthest away.", **slots)
        if missed and channels > 1
        else _("Service missed its promise in {period}.", **slots)
    )


def withheld_title(metric: Metric, period: str) -> str:
    """What a page says first whose metric is withheld: it knows of contacts, and does not tell their number."""
    slots = {"measure": metric.label_in(current()), "period": period}
    if not period:
        return _("{measure} is withheld: a check it rests on failed.", **slots)
    return _("{measure} of {period} is withheld: a check it rests on failed.", **slots)


def targets_met(met: int, judged: int, period: str, undecided: int = 0) -> str:
    """How many targets were met, for a page whose service level is not known."""
    slots = {"met": capital(formats.number_word(met)), "all": formats.number_word(judged), "period": period}
    if judged == 1:
        words = _("The one target that can be judged was met in {period}.") if met else ""
        words = words or (_("The one target of {period} is too close to call.") if undecided else "")
        return (words or _("The one target that can be judged was not met in {period}.")).format(**slots)
    if not met and undecided:
        return targets_tally(met, judged, undecided)
    if not met:
        return _("Of {all} targets none was met in {period}.", **slots)
    return plural(
        "{met} of {all} targets was met in {period}.", "{met} of {all} targets were met in {period}.", met, **slots
    )


def targets_tally(met: int, judged: int, undecided: int = 0) -> str:
    """The same as the last sentence of the lede. What is too close to call is not said to be missed."""
    count = formats.number_word(judged)
    if not met and undecided == judged:
        return plural("The one target is too close to call.", "{all} targets are too close to call.", judged,
                      all=capital(count))  # fmt: skip
    if not met and undecided:
        missed, close = formats.number_word(judged - undecided), formats.number_word(undecided)
        return _("Of {all} targets {missed} missed; too close to call: {close}.", all=count, missed=missed, close=close)
    if not met:
        return plural("The one target was not met.", "None of {all} targets was met.", judged, all=count)
    if judged == 1:
        return _("The one target was met.")
    words = {"met": capital(formats.number_word(met)), "all": count}
    return plural("{met} of {all} targets was met.", "{met} of {all} targets were met.", met, **words)


def lede(
    whole: Measure | None,
    channels: Sequence[ChannelLevel],
    chat_falls: int,
    csat: Measure | None,
    scores: Sequence[Scores],
) -> str:
    """Two lines that carry the conclusion: the level, the worst channel, satisfaction, how many targets."""
    said = []
    if whole and whole.state == "shown":
        value = formats.quantity(whole.value or 0, whole.metric.unit)
        if whole.target:
            target = formats.quantity(whole.target.value, whole.metric.unit)
            said.append(
                _(
                    "**{value}** of contacts were answered inside their threshold, against a target of {target}.",
                    value=value,
                    target=_whole(str(target)),
                )
            )
        else:
            said.append(_("**{value}** of contacts were answered inside their threshold.", value=value))
    elif whole and whole.state == "withdrawn":
        said.append(_("The service level is withheld: a check it rests on failed."))
    said += _worst_channel(channels, chat_falls)
    if csat and csat.judged and csat.target and csat.value is not None and csat.verdict in ("met", "missed"):
        gap = formats.points(csat.value - csat.target.value, sign=False)
        said.append(
            _("Satisfaction is **{gap}** above target.", gap=gap)
            if csat.verdict == "met"
            else _("Satisfaction is **{gap}** short of target.", gap=gap)
        )
    judged = [m for s in scores for m in s.judged]
    # Without a service level the conclusion has told it already.
    if judged and said and whole and whole.state == "shown":
        met, count, undecided = _counts(judged)
        said.append(targets_tally(met, count, undecided))
    return " ".join(said)


def _counts(judged: Sequence[Measure]) -> tuple[int, int, int]:
    """Met, judged, too close to call."""
    verdicts = [measure.verdict for measure in judged]
    return verdicts.count("met"), len(verdicts), verdicts.count("undecided")


def _worst_channel(channels: Sequence[ChannelLevel], falls: int) -> list[str]:
    missed = [c for c in channels if c.channel and c.verdict == "missed" and c.row.value is not None]
    if not missed:
        return []
    worst = missed[-1]
    slots = {"channel": shown_value("channel", worst.channel), "value": formats.percent(worst.row.value or 0)}
    if falls >= 3:
        return [_("{channel} reached **{value}**, its {nth} month in decline.", nth=_ordinal(falls), **slots)]
    return [_("{channel} reached **{value}**.", **slots)]


def _ordinal(value: int) -> str:
    words = {
        3: _("third"),
        4: _("fourth"),
        5: _("fifth"),
        6: _("sixth"),
        7: _("seventh"),
        8: _("eighth"),
        9: _("ninth"),
        10: _("tenth"),
    }
    return words.get(value, f"{value}th")


def _whole(text: str) -> str:
    return text.replace(".0\u202f", "\u202f").replace(",0%", "%").replace(".0%", "%")


def target_words(target: Target, unit: str, currency: str) -> str:
    """``≥ 80 %``."""
    return f"{target.sign}\u202f{tidy(target.value, unit, currency)}"


def tidy(value: float, unit: str, currency: str = "EUR") -> str:
    """A target's value without needless decimals: ``80 %``, ``0.5 %``, ``4 h``."""
    if unit == "ratio":
        percent = value * 100
        return formats.percent(
            value,
            0 if abs(percent - round(percent)) < 1e-9 else 1 if abs(percent * 10 - round(percent * 10)) < 1e-9 else 2,
        )
    if unit == "hours" and value == round(value):
        return formats.with_unit(formats.number(value), "hours")
    if unit in ("seconds", "minutes"):
        seconds = value * (60 if unit == "minutes" else 1)
        if seconds < 120 and seconds == round(seconds):
            return formats.with_unit(formats.number(seconds), "seconds")
        for size, word in ((86400, "days"), (3600, "hours"), (60, "minutes")):
            if (
                seconds >= size
                and abs(seconds / size - round(seconds / size)) < 1e-9
                and seconds / size >= (2 if size == 86400 else 1)
            ):
                return formats.with_unit(formats.number(seconds / size), word)
    if unit == "score":
        return formats.number(value, 0 if value == round(value) else 1)
    return str(formats.quantity(value, unit, currency=currency))


def settling_words(days: int) -> str:
    """Why a figure is not judged yet."""
    return plural(
        "still settling: {count} day; quick cases come first", "still settling: {count} days; quick cases come first",
        days, count=days,
    )  # fmt: skip


def gap_words(measure: Measure, currency: str) -> str:
    """How far a value is from its target: ``2.4 points above target``."""
    if measure.target is None or measure.value is None:
        return _("No target is set")
    target, unit = measure.target, measure.metric.unit
    if measure.verdict == "undecided":
        return _("The interval holds the target")
    difference = measure.value - target.value
    size = (
        formats.points(difference, sign=False, like=measure.value)
        if unit == "ratio"
        else formats.change(abs(difference), unit, currency=currency).lstrip("+")
    )
    if not difference:
        return _("exactly on target")
    if target.higher_meets:
        return _("{gap} above target", gap=size) if difference > 0 else _("{gap} below target", gap=size)
    return _("{gap} over target", gap=size) if difference > 0 else _("{gap} inside target", gap=size)


def channels_title(channels: Sequence[ChannelLevel], period: str) -> str:
    """Which channels missed, which are too close to call."""
    single = [c for c in channels if c.channel]
    missed = [in_sentence(c.channel) for c in single if c.verdict == "missed"]
    close = [in_sentence(c.channel) for c in single if c.verdict == "undecided"]
    if not any(c.target for c in single):
        return _("Service level by channel")
    if len(single) == 1:
        outcomes = {"missed": _("{name} missed its target"), "met": _("{name} met its target")}
        said = outcomes.get(single[0].verdict, _("{name} is too close to its target to call"))
        return said.format(name=shown_value("channel", single[0].channel))
    if missed and len(missed) == len(single):
        return _("Every channel missed its target")
    if missed and close:
        words = (
            _("{missed} missed; {close} is too close to call")
            if len(close) == 1
            else _("{missed} missed; {close} are too close to call")
        )
    elif missed:
        words = (
            _("{missed} missed its target; the others met it")
            if len(missed) == 1
            else _("{missed} missed their target; the others met it")
        )
    elif close:
        words = (
            _("{close} is too close to call; the others met it")
            if len(close) == 1
            else _("{close} are too close to call; the others met it")
        )
    else:
        words = _("Every channel met its target")
    return capital(words.format(missed=formats.say_list(missed), close=formats.say_list(close), period=period))
