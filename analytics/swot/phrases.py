"""The words of the SWOT's sentences: per factor a subject in three languages, per outcome how it goes on.

Belongs here: words. Does not: numbers, choices. A subject (``subjects.csv``) names its value once and may say in which
unit an index is told; an outcome names the gap.
"""

from __future__ import annotations

import csv
from functools import cache

from warehouse.settings import package_path

Words = tuple[str, str, str]
"""English, simplified Chinese, Vietnamese."""


@cache
def subjects() -> dict[str, Words]:
    """The subject of every factor's sentence."""
    return {row["factor"]: (row["en"], row["zh"], row["vi"]) for row in _rows()}


@cache
def names() -> dict[str, Words]:
    """What every shipped factor is called."""
    return {row["factor"]: (row["name_en"], row["name_zh"], row["name_vi"]) for row in _rows()}


@cache
def units() -> dict[str, str]:
    """Units in which factors are told whose metric is an index."""
    return {row["factor"]: row["unit"] for row in _rows() if row["unit"]}


def _rows() -> list[dict[str, str]]:
    with package_path("analytics/swot/subjects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ANY: Words = ("{label} was **{value}**", "{label}为 **{value}**", "{label} là **{value}**")
ATTRIBUTE: Words = (
    "Customers rate {label} **{value}**",
    "客户对{label}评分 **{value}**",
    "Khách hàng chấm {label} **{value}**",
)
ATTRIBUTES: dict[str, Words] = {
    "reliability": ("reliability", "可靠性", "độ tin cậy"),
    "responsiveness": ("responsiveness", "响应性", "độ phản hồi"),
    "assurance": ("assurance", "保证性", "độ bảo đảm"),
    "empathy": ("empathy", "移情性", "sự thấu hiểu"),
    "tangibles": ("tangibles", "有形性", "phương tiện hữu hình"),
}
"""What customers rate, told beside what matters to them: the rating itself, not its gap to what was expected."""
ENDS: Words = ("The data end in {month}.", "数据截至 {month}。", "Dữ liệu kết thúc vào {month}.")

SETTLES: Words = (
    "Told of {month}: later cases are not through yet.",
    "所述为 {month}，之后的个案尚未了结。",
    "Nói về {month}: các trường hợp sau đó chưa xong.",
)

OUTCOMES: dict[str, Words] = {
    "target.above": ("{gap} above target", "高于目标 {gap}", "cao hơn mục tiêu {gap}"),
    "target.below": ("{gap} below target", "低于目标 {gap}", "thấp hơn mục tiêu {gap}"),
    "target.level": ("level with the target", "与目标持平", "đúng bằng mục tiêu"),
    "previous.above": ("{gap} above {comparator}", "比{comparator}高 {gap}", "cao hơn {gap} so với {comparator}"),
    "previous.below": ("{gap} below {comparator}", "比{comparator}低 {gap}", "thấp hơn {gap} so với {comparator}"),
    "previous.level": ("as in {comparator}", "与{comparator}持平", "như {comparator}"),
    "peer.above": ("{gap} above {comparator}", "比{comparator}高 {gap}", "cao hơn {gap} so với {comparator}"),
    "peer.below": ("{gap} below {comparator}", "比{comparator}低 {gap}", "thấp hơn {gap} so với {comparator}"),
    "peer.level": ("level with {comparator}", "与{comparator}持平", "ngang với {comparator}"),
    "trend.above": ("rising by {gap} a year", "每年上升 {gap}", "tăng {gap} mỗi năm"),
    "trend.below": ("falling by {gap} a year", "每年下降 {gap}", "giảm {gap} mỗi năm"),
    "trend.level": ("with no trend", "没有趋势", "không có xu hướng"),
    "expectation.above": ("more than customers expect", "高于客户期望", "cao hơn kỳ vọng của khách"),
    "expectation.below": ("less than customers expect", "低于客户期望", "thấp hơn kỳ vọng của khách"),
    "importance.above": (
        "{gap} above the mean of what matters to customers",
        "高于客户重视各项的平均 {gap}",
        "cao hơn trung bình những điều khách coi trọng {gap}",
    ),
    "importance.below": (
        "{gap} below the mean of what matters to customers",
        "低于客户重视各项的平均 {gap}",
        "thấp hơn trung bình những điều khách coi trọng {gap}",
    ),
    "importance.level": (
        "at the mean of what matters to customers",
        "与客户重视各项的平均持平",
        "bằng trung bình những điều khách coi trọng",
    ),
    "rival.above": (
        "{gap} above {comparator}: a strong point of ours where they are weak",
        "比{comparator}高 {gap}：我方强而对方弱",
        "cao hơn {gap} so với {comparator}: ta mạnh đúng chỗ họ yếu",
    ),
    "rival.below": (
        "{gap} below {comparator}: a strong point of theirs where we are weak",
        "比{comparator}低 {gap}：对方强而我方弱",
        "thấp hơn {gap} so với {comparator}: họ mạnh đúng chỗ ta yếu",
    ),
    "rival.level": ("level with {comparator}", "与{comparator}持平", "ngang với {comparator}"),
    "expectation.level": ("as customers expect", "符合客户期望", "đúng như kỳ vọng"),
}
"""How a sentence goes on after its subject."""
JOINTS: Words = ("{subject}, {outcome}.", "{subject}，{outcome}。", "{subject}, {outcome}.")

TAILS: dict[str, Words] = {
    "chance": ("It could be chance.", "可能是随机波动。", "Có thể là ngẫu nhiên."),
    "small": ("It is too little to matter.", "差异太小，无关紧要。", "Chênh lệch quá nhỏ để đáng kể."),
    "contested": (
        "Other comparisons say the opposite.",
        "其他比较的结论相反。",
        "Các so sánh khác cho kết quả ngược lại.",
    ),
    "neither": (
        "Neither way is better in itself.",
        "变化本身并无好坏。",
        "Bản thân thay đổi không tốt cũng không xấu.",
    ),
}
CONTRARY: Words = ("But: {outcome}.", "然而：{outcome}。", "Nhưng: {outcome}.")
"""The comparison that says the opposite."""
OF_ENTITY: Words = ("{entity}: {sentence}", "{entity}：{sentence}", "{entity}: {sentence}")
MONTHS: Words = ("the {months} months from {month}", "自 {month} 起的 {months} 个月", "{months} tháng từ {month}")

PEERS: dict[str, Words] = {
    "channel": ("the other channels", "其他渠道", "các kênh khác"),
    "team": ("the other teams", "其他团队", "các nhóm khác"),
    "region": ("the other regions", "其他地区", "các khu vực khác"),
    "segment": ("the other segments", "其他客户群", "các phân khúc khác"),
    "topic": ("the other topics", "其他主题", "các chủ đề khác"),
}

TOWS: dict[str, Words] = {
    "SO": ("Use {inside} to seize {outside}: hold {label} at {goal} or better until {due}.",
           "借助{inside}把握{outside}：到 {due} 将{label}保持在 {goal} 或更好。",
           "Dùng {inside} để nắm bắt {outside}: giữ {label} ở {goal} hoặc tốt hơn đến {due}."),
    "WO": ("Mend {inside} so that {outside} can be seized: move {label} from {start} to {goal} by {due}.",
           "改善{inside}以把握{outside}：在 {due} 前将{label}从 {start} 改为 {goal}。",
           "Khắc phục {inside} để nắm bắt {outside}: đưa {label} từ {start} đến {goal} trước {due}."),
    "ST": ("Use {inside} against {outside}: hold {label} at {goal} or better until {due}.",
           "用{inside}应对{outside}：到 {due} 将{label}保持在 {goal} 或更好。",
           "Dùng {inside} để đối phó {outside}: giữ {label} ở {goal} hoặc tốt hơn đến {due}."),
    "WT": ("Mend {inside} before the threat of {outside} bites: move {label} from {start} to {goal} by {due}.",
           "在{outside}造成影响之前改善{inside}：在 {due} 前将{label}从 {start} 改为 {goal}。",
           "Khắc phục {inside} trước khi {outside} gây hại: đưa {label} từ {start} đến {goal} trước {due}."),
}  # fmt: skip
