"""Why something cannot be told: a key and its values, and the words for them in three languages.

Belongs here: what is missing for a judgement, a stage's cost, an objective's progress. The tables keep key and values
(``missing_key``, ``missing_slots``) beside the English words (``missing``), so that a page says it in its own language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.swot.words import LANGUAGES, month_text, number_text, span_text

SEVERAL = "several"
REASONS: dict[str, tuple[str, str, str]] = {
    "no_data": ("no data {span}", "{span}没有数据", "không có dữ liệu {span}"),
    "no_data_at_all": ("no data", "没有数据", "không có dữ liệu"),
    "few_answers": (
        "fewer than {needed} answers {span}",
        "{span}的答复少于 {needed} 份",
        "ít hơn {needed} câu trả lời {span}",
    ),
    "small_n": (
        "n = {n} {span}; {needed} are needed",
        "{span}的样本量 n = {n}，需要 {needed}",
        "n = {n} {span}; cần {needed}",
    ),
    "few_clusters": (
        "{clusters} {grain} with data {span}; {needed} are needed to see how they vary",
        "{span}只有 {clusters} 个{grain}有数据，需要 {needed} 个才能看出波动",
        "{clusters} {grain} có dữ liệu {span}; cần {needed} để thấy mức dao động",
    ),
    "no_target": ("no target is set", "没有设定目标", "chưa đặt mục tiêu"),
    "no_expectation": (
        "no expectation is asked beside the perception",
        "没有同时询问客户的期望",
        "không hỏi kỳ vọng bên cạnh cảm nhận",
    ),
    "last_year": ("last year: {reason}", "上一年：{reason}", "năm trước: {reason}"),
    "no_peer": ("no other of its kind to compare with", "没有可比较的同类", "không có đối tượng cùng loại để so sánh"),
    "others_small_n": (
        "the others have n = {n}; {needed} are needed",
        "其他同类合计 n = {n}，需要 {needed}",
        "các đối tượng khác có n = {n}; cần {needed}",
    ),
    "no_rival": ("no competitor's score", "没有竞争对手的评分", "không có điểm của đối thủ"),
    "score_without_n": (
        "{whose} score has no n or no standard error",
        "{whose}的评分没有样本量或标准误",
        "điểm của {whose} không có n hoặc sai số chuẩn",
    ),
    "score_small_n": (
        "{whose} score has n = {n}; {needed} are needed",
        "{whose}的评分样本量 n = {n}，需要 {needed}",
        "điểm của {whose} có n = {n}; cần {needed}",
    ),
    "few_attributes": (
        "{n} attributes are rated; {needed} are needed for a mean",
        "只评了 {n} 项，需要 {needed} 项才能取平均",
        "chỉ {n} thuộc tính được chấm; cần {needed} để có trung bình",
    ),
    "few_months": (
        "{months} months with data; {needed} are needed for a trend",
        "只有 {months} 个月有数据，判断趋势需要 {needed} 个月",
        "{months} tháng có dữ liệu; cần {needed} để có xu hướng",
    ),
    "same_every_year": (
        "no month differs from the same month a year before",
        "各月与上年同月没有差别",
        "không tháng nào khác cùng tháng năm trước",
    ),
    "no_interval": (
        "too few observations for an interval",
        "观测太少，无法给出区间",
        "quá ít quan sát để có khoảng tin cậy",
    ),
    "no_variation": (
        "no variation between {grain} to test against",
        "各{grain}之间没有波动，无法检验",
        "không có dao động giữa các {grain} để kiểm định",
    ),
    "no_driver_interval": (
        "importance or performance has no interval",
        "重要性或表现没有区间",
        "mức quan trọng hoặc mức thực hiện không có khoảng tin cậy",
    ),
    "withdrawn": ("withdrawn by {check}", "因检查 {check} 未通过而撤回", "bị rút vì phép kiểm tra {check}"),
    "ended": (
        "the data end in {month}: too long ago to say how things stand",
        "数据截至{month}：太久以前，无法说明现状",
        "dữ liệu kết thúc {month}: quá lâu để nói về hiện tại",
    ),
    "no_stage": (
        "no factor of this stage is measured",
        "这一环节没有被衡量的因素",
        "không có yếu tố nào của khâu này được đo",
    ),
    "no_shortfall": ("no shortfall is known", "没有已知的差距", "chưa biết mức thiếu hụt"),
    "few_panels": (
        "fewer than {needed} teams or topics with both measures by month",
        "同时有两项月度指标的团队或主题少于 {needed} 个",
        "ít hơn {needed} nhóm hoặc chủ đề có cả hai chỉ số theo tháng",
    ),
    "beside": (
        "beside {comparators}: {reason}",
        "与{comparators}相比：{reason}",
        "so với {comparators}: {reason}",
    ),
    "no_factor": (
        "no factor of the catalogue is measured by {metric}",
        "因素目录中没有以 {metric} 衡量的因素",
        "không yếu tố nào trong danh mục được đo bằng {metric}",
    ),
}
_GRAINS = {
    "day": ("days", "天", "ngày"),
    "week": ("weeks", "周", "tuần"),
    "month": ("months", "月", "tháng"),
}
_COMPARATORS = {
    "target": ("the target", "目标", "mục tiêu"),
    "peer": ("the others", "同类", "các đối tượng khác"),
    "previous": ("last year", "上一年", "năm trước"),
    "trend": ("its trend", "趋势", "xu hướng"),
    "expectation": ("what is expected", "期望", "kỳ vọng"),
    "importance": ("what matters to customers", "客户重视各项的平均", "những điều khách coi trọng"),
    "rival": ("competitors", "竞争对手", "đối thủ"),
}
_AND = (" and ", "和", " và ")
_ONE = re.compile(r"(?<![\d,])1 (day|week|month)s\b")
_OURS = ("our", "我方", "chúng ta")


@dataclass(frozen=True)
class Reason:
    """What is missing, by its key of `REASONS`, with the values its words name. Instants are ISO days."""

    key: str
    slots: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The reason in words."""
        return render_missing(self.key, self.slots, language)

    def within(self, key: str, **slots: Any) -> Reason:
        """This reason inside another, as ``last_year`` holds what was missing a year ago."""
        return Reason(key, {**slots, "reason": {"key": self.key, "slots": dict(self.slots)}})


def spanned(key: str, start: date, end: date, **slots: Any) -> Reason:
    """A reason that names the days it is about."""
    return Reason(key, {**slots, "start": start.isoformat(), "end": end.isoformat()})


def several(reasons: Iterable[Reason]) -> Reason | None:
    """All of them, each once; ``None`` without any."""
    told = {json.dumps([r.key, dict(r.slots)], sort_keys=True): r for r in reasons}
    if len(told) < 2:
        return next(iter(told.values()), None)
    return Reason(SEVERAL, {"reasons": [{"key": r.key, "slots": dict(r.slots)} for r in told.values()]})


def of_comparisons(told: Iterable[tuple[str, Reason]]) -> Reason | None:
    """What is missing for each comparator, each reason once. Where two say the same with other values (an n of the
    gap, another n of the rating) each is told with whom it is beside."""
    beside: dict[str, tuple[Reason, list[str]]] = {}
    for comparator, reason in told:
        beside.setdefault(json.dumps([reason.key, dict(reason.slots)], sort_keys=True), (reason, []))[1].append(
            comparator
        )
    keys = [reason.key for reason, _ in beside.values()]
    return several(
        reason.within("beside", comparators=list(dict.fromkeys(names))) if keys.count(reason.key) > 1 else reason
        for reason, names in beside.values()
    )


def columns(reason: Reason | None) -> dict[str, str | None]:
    """The three columns of a table."""
    if reason is None:
        return {"missing": None, "missing_key": None, "missing_slots": None}
    slots = json.dumps(dict(reason.slots), sort_keys=True, ensure_ascii=False)
    return {"missing": reason.text(), "missing_key": reason.key, "missing_slots": slots}


def render_missing(key: str, slots: Mapping[str, Any] | str | None, language: str = "en") -> str:
    """A reason in ``en``, ``zh`` or ``vi`` from its key and values (a mapping, or the JSON that the tables keep)."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    known: Mapping[str, Any] = json.loads(slots) if isinstance(slots, str) else slots or {}
    if key == SEVERAL:
        joint = "；" if LANGUAGES[place] == "zh" else "; "
        # Two reasons that differ only in what the words leave out are said once.
        told = dict.fromkeys(render_missing(r["key"], r["slots"], language) for r in known["reasons"])
        return joint.join(told)
    words = REASONS[key][place].format(**_said(known, place)).strip()
    return _ONE.sub(r"1 \1", words) if place == 0 else words


def _said(slots: Mapping[str, Any], place: int) -> dict[str, str]:
    language = LANGUAGES[place]
    said = {name: _SAID.get(name, _plain)(value, language) for name, value in slots.items()}
    if "start" in slots:
        said["span"] = span_text(date.fromisoformat(slots["start"]), date.fromisoformat(slots["end"]), language)
    return said


def _plain(value: Any, language: str) -> str:
    return number_text(value, language) if isinstance(value, int | float) else str(value)


def _grain(value: Any, language: str) -> str:
    return _GRAINS[value][LANGUAGES.index(language)] if value in _GRAINS else str(value)


def _whose(value: Any, language: str) -> str:
    if value == "us":
        return _OURS[LANGUAGES.index(language)]
    return f"{value}'s" if language == "en" else str(value)


def _comparators(value: Any, language: str) -> str:
    place = LANGUAGES.index(language)
    named = [_COMPARATORS[name][place] if name in _COMPARATORS else str(name) for name in value]
    *first, last = named
    return _AND[place].join([("、" if language == "zh" else ", ").join(first), last]) if first else last


def _inner(value: Any, language: str) -> str:
    return render_missing(value["key"], value["slots"], language)


def _month(value: Any, language: str) -> str:
    return month_text(date.fromisoformat(value), language)


_SAID: dict[str, Callable[[Any, str], str]] = {
    "grain": _grain,
    "whose": _whose,
    "reason": _inner,
    "month": _month,
    "comparators": _comparators,
}
