"""What the company is and how it fares: names, volumes, levels at target, and the default story told as effects.

Everything here is a made-up constant. Levels are those of a company at target; whatever departs from them is an effect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from demo.effects import Effect, Effects
from demo.plan import Plan
from demo.rates import autocorrelated

ORGANISATION = "Lumenta"
CHANNELS = ["voice", "chat", "messaging", "callback", "email", "web", "app"]
LIVE = CHANNELS[:4]
THRESHOLDS = {"voice": 20, "chat": 30, "messaging": 60, "callback": 20}
SHORT = 5
REGIONS = ["Central Europe", "Iberia", "South-East Asia"]
SITES = ["Berlin", "Lisbon", "Hanoi"]
# Team, site, kind of work, share of the posts.
TEAMS = [
    ("Berlin Voice", 0, "voice", 0.17),
    ("Lisbon Voice", 1, "voice", 0.13),
    ("Hanoi Voice", 2, "voice", 0.11),
    ("Lisbon Chat", 1, "chat", 0.12),
    ("Hanoi Chat", 2, "chat", 0.11),
    ("Berlin Care", 0, "care", 0.16),
    ("Lisbon Care", 1, "care", 0.11),
    ("Hanoi Technical", 2, "care", 0.09),
]
TEAM_NAMES = [team[0] for team in TEAMS]
KINDS = ["voice", "chat", "care"]
CHANNEL_KIND = np.array([0, 1, 1, 0, 2, 2, 2])
SEGMENTS = ["Private basic", "Private plus", "Small business", "Enterprise"]
SEGMENT_SHARES = [0.52, 0.30, 0.14, 0.04]
REGION_SHARES = [0.48, 0.30, 0.22]
LANGUAGES = ["de", "en", "pt", "es", "vi", "zh"]
LANGUAGES_BY_REGION = [[0.82, 0.15, 0, 0, 0, 0.03], [0, 0.12, 0.56, 0.32, 0, 0], [0, 0.18, 0, 0, 0.58, 0.24]]


@dataclass(frozen=True)
class Channel:
    """A live channel: seconds of work, customers served at once, patience, chance of a ticket."""

    talk: float
    hold: float
    hold_share: float
    wrap: float
    concurrency: float
    patience: float
    bot: float
    ticket: float


LIVE_WORK = {
    "voice": Channel(372, 70, 0.34, 62, 1.0, 150, 0.18, 0.21),
    "chat": Channel(640, 0, 0.0, 48, 2.0, 110, 0.62, 0.16),
    "messaging": Channel(700, 0, 0.0, 40, 2.5, 240, 0.70, 0.15),
    "callback": Channel(398, 40, 0.15, 66, 1.0, 180, 0.0, 0.27),
}
# Without effects all channels are alike: the same promise, the same work, the same patience.
CALM_WORK = {
    name: replace(work, talk=430, hold=0, hold_share=0, wrap=58, patience=150) for name, work in LIVE_WORK.items()
}
CALM_THRESHOLDS = dict.fromkeys(THRESHOLDS, 20)
# Levels of a company at target.
AT_TARGET = {
    "service_level": 0.80,
    "csat": 0.90,
    "error_rate": 0.005,
    "reopen_rate": 0.05,
    "fcr_internal": 0.75,
    "abandonment_rate": 0.05,
    "containment_rate": 0.30,
    "complaint_rate": 0.02,
    "transfer_rate": 0.08,
    "resolution_rate": 0.95,
    "first_reply_business_minutes_p50": 120.0,
    "full_resolution_business_minutes_p50": 660.0,
    "aht_seconds": 1.0,
    "turnover_annualised": 0.30,
    "training_hours_per_agent": 4.0,
    "response_rate": 0.22,
    "nps": 0.0,
    "enps": 0.0,
    "offered": 1.0,
    "occupancy": 0.85,
    "complaints_resolved_24h": 0.95,
    "cost_per_contact": 1.0,
}
# The story, in the metrics' own units: chat fell behind in June 2026, satisfaction followed, one team leads its peers.
DEFAULT_STORY = [
    Effect("service_level", "channel=voice", 0.066, "better"),
    Effect("service_level", "channel=messaging", 0.068, "better"),
    Effect("service_level", "channel=chat", 0.04, "better", until="2026-05"),
    Effect("service_level", "channel=chat", 0.198, "worse", since="2026-06", ramp=5),
    Effect("abandonment_rate", "organisation", 0.012, "better"),
    Effect("abandonment_rate", "channel=chat", 0.04, "worse", since="2026-06", ramp=5),
    Effect("csat", "organisation", 0.01, "better", until="2026-03"),
    Effect("csat", "organisation", 0.024, "worse", since="2026-04", ramp=6),
    Effect("csat", "channel=chat", 0.03, "worse", since="2026-06", ramp=5),
    Effect("csat", "team=Berlin Care", 0.045, "better"),
    Effect("first_reply_business_minutes_p50", "organisation", 24.0, "better", since="2025-10", ramp=4),
    Effect("first_reply_business_minutes_p50", "team=Berlin Care", 32.0, "better"),
    Effect("error_rate", "organisation", 0.004, "worse", since="2025-06", ramp=6),
    Effect("error_rate", "team=Berlin Care", 0.0035, "better"),
    Effect("fcr_internal", "organisation", 0.04, "better"),
    Effect("fcr_internal", "team=Berlin Care", 0.06, "better"),
    Effect("reopen_rate", "team=Berlin Care", 0.02, "better"),
    Effect("reopen_rate", "team=Hanoi Technical", 0.025, "worse", since="2026-02", ramp=3),
    Effect("resolution_rate", "organisation", 0.012, "better"),
    Effect("containment_rate", "organisation", 0.035, "better", since="2025-05", ramp=10),
    Effect("complaint_rate", "topic=Invoice question", 0.04, "worse", since="2026-03", until="2026-06"),
    Effect("training_hours_per_agent", "organisation", 0.7, "worse", since="2026-01", ramp=4),
    Effect("turnover_annualised", "organisation", 0.03, "better", until="2026-01"),
    Effect("turnover_annualised", "organisation", 0.02, "worse", since="2026-02", ramp=5),
    Effect("occupancy", "organisation", 0.065, "better"),
    Effect("complaints_resolved_24h", "organisation", 0.04, "worse"),
    Effect("nps", "organisation", 30.0, "better"),
    Effect("enps", "organisation", 12.0, "better"),
    Effect("offered", "channel=messaging", 0.22, "better", ramp=28),
    Effect("cost_per_contact", "organisation", 1.7, "better", since="2026-01"),
]


class Story:
    """Volumes per month, and levels per month and row, for the chosen effects."""

    def __init__(self, plan: Plan, effects: Effects) -> None:
        self.plan, self.effects = plan, effects
        months, rng = plan.months, plan.rng("story")
        moving = not effects.is_calm
        index = np.arange(months)
        self.calm = not moving
        self.work = CALM_WORK if self.calm else LIVE_WORK
        self.thresholds = CALM_THRESHOLDS if self.calm else THRESHOLDS
        self.growth = (1.0 + 0.115 * index / 12) if moving else np.ones(months)
        season = np.array([1.06, 1.0, 0.99, 0.97, 0.97, 0.95, 0.92, 0.93, 1.0, 1.03, 1.09, 1.12])
        calendar = np.array([day.month - 1 for day in plan.calendar])
        noise = np.exp(autocorrelated(rng, months, 0.02))
        self.volume = self.growth * noise * (season[calendar] if moving else 1.0)
        self._wander = {metric: autocorrelated(plan.rng("wander", metric), months, 1.0) for metric in AT_TARGET}

    def channel_shares(self, month: int) -> np.ndarray:
        """Shares of the live channels among the contacts of a month."""
        shares = np.array([0.48, 0.27, 0.15, 0.10])
        if not self.calm:
            age = month / max(self.plan.months - 1, 1)
            shares = shares + age * np.array([-0.05, 0.02, 0.05, -0.02])
        extra = self.effects.delta("offered", month, {"channel": (LIVE, np.arange(4))}, 4)
        shares = shares * (1 + extra)
        return shares / shares.sum()

    def level(self, metric: str, month: int, rows: dict[str, np.ndarray], n: int) -> np.ndarray:
        """The metric's level for each row: at target, plus effects, plus a small autocorrelated wander of the month."""
        names = {"channel": CHANNELS, "team": TEAM_NAMES, "region": REGIONS, "topic": TOPIC_NAMES, "segment": SEGMENTS}
        codes = {dimension: (names[dimension], code) for dimension, code in rows.items()}
        step = self.effects.step(metric)
        wander = self._wander[metric][month] * step * (0.15 if self.calm else 0.25)
        return AT_TARGET[metric] + wander + self.effects.delta(metric, month, codes, n)


# Topic, theme, share, relative chance of being a complaint, difficulty, English, Vietnamese, Chinese wording.
TOPICS = [
    (
        "Invoice question",
        "price",
        9,
        1.6,
        0.9,
        "I do not understand a line on my invoice",
        "Tôi không hiểu một mục trong hóa đơn",
        "我看不懂账单上的一项费用",
    ),
    ("Refund", "price", 6, 2.0, 1.2, "I am still waiting for my refund", "Tôi vẫn đang chờ hoàn tiền", "我还在等退款"),
    (
        "Payment failed",
        "price",
        5,
        1.2,
        0.8,
        "My payment was declined",
        "Thanh toán của tôi bị từ chối",
        "我的付款被拒绝了",
    ),
    ("Price increase", "price", 3, 3.0, 0.7, "Why did the price go up", "Tại sao giá lại tăng", "为什么涨价"),
    ("Delivery late", "time", 8, 2.2, 0.9, "My parcel has not arrived", "Gói hàng của tôi chưa đến", "我的包裹还没到"),
    (
        "Parcel lost",
        "time",
        3,
        2.6,
        1.3,
        "The parcel seems to be lost",
        "Gói hàng dường như bị thất lạc",
        "包裹好像丢了",
    ),
    (
        "Change of address",
        "service",
        4,
        0.2,
        0.5,
        "Please change my delivery address",
        "Vui lòng đổi địa chỉ giao hàng",
        "请更改我的收货地址",
    ),
    ("Return label", "service", 5, 0.4, 0.5, "I need a return label", "Tôi cần nhãn trả hàng", "我需要退货标签"),
    (
        "Password reset",
        "service",
        8,
        0.1,
        0.4,
        "I cannot sign in any more",
        "Tôi không đăng nhập được nữa",
        "我无法登录了",
    ),
    ("Account locked", "service", 4, 0.6, 0.6, "My account is locked", "Tài khoản của tôi bị khóa", "我的账户被锁定了"),
    (
        "Contact data",
        "service",
        3,
        0.1,
        0.4,
        "Please update my telephone number",
        "Vui lòng cập nhật số điện thoại",
        "请更新我的电话号码",
    ),
    ("Cancel contract", "price", 4, 1.4, 0.8, "I want to cancel my contract", "Tôi muốn hủy hợp đồng", "我想取消合同"),
    (
        "App crash",
        "product",
        5,
        1.0,
        1.5,
        "The app closes after the update",
        "Ứng dụng bị đóng sau khi cập nhật",
        "更新后应用闪退",
    ),
    (
        "Connection lost",
        "product",
        6,
        1.3,
        1.6,
        "The hub loses its connection",
        "Thiết bị bị mất kết nối",
        "网关经常断线",
    ),
    (
        "Device set-up",
        "product",
        6,
        0.4,
        1.3,
        "I cannot finish the set-up",
        "Tôi không thể hoàn tất cài đặt",
        "我无法完成设置",
    ),
    (
        "Software update",
        "product",
        3,
        0.7,
        1.2,
        "The update does not start",
        "Bản cập nhật không khởi động",
        "更新无法开始",
    ),
    (
        "Product question",
        "product",
        6,
        0.1,
        0.6,
        "Does the lamp work with my hub",
        "Đèn có dùng được với thiết bị của tôi không",
        "这盏灯能配我的网关吗",
    ),
    ("Availability", "product", 3, 0.3, 0.5, "When is it in stock again", "Khi nào có hàng lại", "什么时候有货"),
    ("Wrong item", "time", 3, 1.8, 0.9, "I received the wrong item", "Tôi nhận nhầm hàng", "我收到了错误的商品"),
    ("Defective item", "product", 4, 1.9, 1.2, "The lamp arrived broken", "Đèn bị hỏng khi nhận", "灯到货时是坏的"),
    (
        "Warranty claim",
        "product",
        3,
        1.1,
        1.3,
        "I would like to claim the warranty",
        "Tôi muốn yêu cầu bảo hành",
        "我想申请保修",
    ),
    ("Service visit", "service", 2, 1.5, 1.1, "The technician did not come", "Kỹ thuật viên không đến", "技术员没有来"),
]
TOPIC_NAMES = [topic[0] for topic in TOPICS]
TOPIC_SHARES = np.array([topic[2] for topic in TOPICS], float) / sum(topic[2] for topic in TOPICS)
TOPIC_COMPLAINTS = np.array([topic[3] for topic in TOPICS])
TOPIC_DIFFICULTY = np.array([topic[4] for topic in TOPICS])
