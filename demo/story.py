"""What the company is and how it fares: names, volumes, levels at target, and the default story told as effects.

Everything here is a made-up constant. Levels are those of a company at target; whatever departs from them is an effect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from demo.effects import Effect, Effects
from demo.plan import Plan
from demo.rates import autocorrelated
from demo.topics import TOPIC_NAMES

ORGANISATION = "Lumenta"
CHANNELS = ["voice", "chat", "messaging", "callback", "email", "web", "app"]
LIVE = CHANNELS[:4]
THRESHOLDS = {"voice": 20, "chat": 30, "messaging": 60, "callback": 20}
SHORT = 5
REGIONS = ["Central Europe", "Iberia", "South-East Asia"]
SITES = ["Berlin", "Lisbon", "Hanoi"]
# Team, site, kind of work, share of the posts.
TEAMS = [
    ("Berlin Voice", 0, "voice", 0.18),
    ("Lisbon Voice", 1, "voice", 0.15),
    ("Hanoi Voice", 2, "voice", 0.13),
    ("Lisbon Chat", 1, "chat", 0.11),
    ("Hanoi Chat", 2, "chat", 0.11),
    ("Berlin Care", 0, "care", 0.14),
    ("Lisbon Care", 1, "care", 0.10),
    ("Hanoi Technical", 2, "care", 0.08),
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
    "automation_seconds_saved": 0.0,
}
# The story, in the metrics' own units: chat fell behind in June 2026, satisfaction followed, one team leads its peers.
DEFAULT_STORY = [
    Effect("service_level", "channel=voice", 0.085, "better"),
    Effect("service_level", "channel=messaging", 0.09, "better"),
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
    Effect("cost_per_contact", "organisation", 0.6, "better", since="2026-01"),
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
