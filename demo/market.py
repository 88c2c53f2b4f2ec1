"""The world outside: posting indices, indicators, competitors' scores; and what people say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from demo.company_parts import Company
from demo.exports import Columns, choose, days_text, numbered, seconds_text
from demo.indicators import Figure, further_figures
from demo.rates import autocorrelated
from demo.story import REGIONS, TEAM_NAMES

SECTORS = {
    "Customer Service": 0.055,
    "IT Operations & Helpdesk": 0.02,
    "Sales": -0.01,
    "Administrative Assistance": 0.0,
    "Management": 0.01,
    "Hospitality & Tourism": 0.03,
}
COMPETITORS = {
    "Brightwell": [0.1, -0.2, 0.15, 0.0],
    "Casa Luz": [-0.25, 0.3, -0.1, 0.05],
    "Lichtkontor": [0.05, -0.05, -0.2, 0.2],
}
ATTRIBUTES = ["service", "price", "reliability", "delivery"]
MONTHLY = {
    "wage_growth": (0.034, 0.0010, "ratio"),
    "unemployment_rate": (0.058, -0.0004, "ratio"),
    "consumer_price_index": (118.0, 0.22, "index"),
    "market_size_meur": (412.0, 1.9, "million EUR"),
    "remote_share": (0.21, 0.0030, "ratio"),
    "support_programmes": (3.0, 0.05, "count"),
}
STATEMENTS = [
    (
        "staff",
        "concern",
        "shift times",
        "occupancy",
        "Late shifts come at two days' notice",
        "Ca tối chỉ được báo trước hai ngày",
        "晚班只提前两天通知",
    ),
    (
        "staff",
        "concern",
        "workload",
        "occupancy",
        "There is no breath between chats",
        "Không có thời gian nghỉ giữa các cuộc trò chuyện",
        "聊天之间没有喘息时间",
    ),
    (
        "staff",
        "idea",
        "knowledge",
        "transfer_rate",
        "Put the set-up steps where we can find them",
        "Hãy để hướng dẫn cài đặt ở nơi dễ tìm",
        "把安装步骤放在容易找到的地方",
    ),
    (
        "staff",
        "concern",
        "pay and benefits",
        "turnover_annualised",
        "Others pay more for the same work",
        "Nơi khác trả lương cao hơn cho cùng công việc",
        "同样的工作别处薪水更高",
    ),
    (
        "customer",
        "concern",
        "waiting",
        "service_level",
        "I wait longer in chat than on the phone",
        "Tôi chờ trò chuyện lâu hơn gọi điện",
        "聊天等待比电话还久",
    ),
    (
        "customer",
        "idea",
        "self-service",
        "containment_rate",
        "Let me change the address myself",
        "Hãy để tôi tự đổi địa chỉ",
        "让我自己修改地址",
    ),
    (
        "customer",
        "concern",
        "price",
        "rivals_on_price",
        "The price rose and nobody said why",
        "Giá tăng mà không ai giải thích",
        "涨价了却没人说明原因",
    ),
    (
        "supplier",
        "idea",
        "delivery",
        "complaint_rate",
        "Send us the parcel list one hour earlier",
        "Gửi danh sách gói hàng sớm hơn một giờ",
        "请提前一小时发送包裹清单",
    ),
    (
        "supplier",
        "concern",
        "forecast",
        "contact_demand",
        "Your forecast misses every campaign",
        "Dự báo của bạn bỏ sót mọi chiến dịch",
        "你们的预测漏掉了每次促销",
    ),
]


def posting_rows(company: Company) -> Columns:
    """Daily index of postings by sector, as the Hiring Lab publishes it."""
    rng, clock = company.plan.rng("postings"), company.clock
    days, parts = clock.days, []
    for name, growth in SECTORS.items():
        drift = 0 if company.story.calm else growth
        wave = autocorrelated(rng, days, 0.02, 0.985)
        parts.append((name, np.round(112 * np.exp(drift * np.arange(days) / 365 + wave), 2)))
    day = np.tile(clock.midnight[:days] // 86_400, len(parts))
    n = len(day)
    return {
        "date": days_text(day),
        "jobcountry": choose(["DE"], np.zeros(n, int)),
        "indeed_job_postings_index": np.concatenate([part[1] for part in parts]),
        "variable": choose(["total postings"], np.zeros(n, int)),
        "display_name": choose(list(SECTORS), np.repeat(np.arange(len(parts)), days)),
    }


def indicator_rows(company: Company) -> Columns:
    """Monthly figures about the market, with vintages, and quarterly scores of competitors."""
    rows = [*_monthly(company), *_scores(company), *further_figures(company)]
    names = ("indicator", "subject", "segment", "region", "unit", "value", "n", "standard_error")
    table: dict[str, object] = {name: [getattr(row, name) for row in rows] for name in names}
    return table | {
        "period_on": [f"{row.period:%Y-%m-%d}" for row in rows],
        "published_on": [f"{row.published:%Y-%m-%d}" for row in rows],
        "effective_on": [f"{row.effective:%Y-%m-%d}" if row.effective else None for row in rows],
        "until_on": [f"{row.until:%Y-%m-%d}" if row.until else None for row in rows],
    }


def _monthly(company: Company) -> Iterator[Figure]:
    """Figures of the year before and of the period; out six weeks later, every fourth revised after another month."""
    rng, clock = company.plan.rng("indicators"), company.clock
    first, count = clock.first_day, company.plan.months + 12
    periods = [
        date(first.year - 1 + (first.month + k - 1) // 12, (first.month + k - 1) % 12 + 1, 1) for k in range(count)
    ]
    for name, (usual, drift, unit) in MONTHLY.items():
        # Where nothing is planted wages stand still, the market's as ours.
        level = 0.0 if company.story.calm and name == "wage_growth" else usual
        noise = autocorrelated(rng, count, 0.006 * level, 0.7)
        for month, period in enumerate(periods):
            value = level + (0 if company.story.calm else drift * (month - 12)) + noise[month]
            for revision in range(1 + (month % 4 == 0)):
                published = period + timedelta(44 + 30 * revision)
                if published <= clock.last_day:
                    places = 0 if unit == "count" else 4
                    yield Figure(name, period, published, round(value * (1 + 0.002 * revision), places), unit)


def _scores(company: Company) -> Iterator[Figure]:
    """What customers of every company say about it, once a quarter."""
    rng, clock = company.plan.rng("scores"), company.clock
    everybody = {"us": [0.05, 0.0, 0.02, 0.03], **COMPETITORS}
    for month in range(2, company.plan.months, 3):
        published = clock.dates[int(clock.month_days(month)[-1])]
        for subject, leads in everybody.items():
            for attribute, lead in zip(ATTRIBUTES, leads, strict=True):
                n = int(rng.integers(280, 420))
                error = 0.9 / np.sqrt(n)
                value = round(4.0 + (0 if company.story.calm else lead) + float(rng.normal(0, error)), 3)
                period = clock.months[month - 2]
                yield Figure(
                    "attribute_score", period, published, value, "score 1-5", subject, attribute, n, round(error, 4)
                )


def statement_rows(company: Company) -> Columns:
    """Coded ideas and concerns in three languages."""
    rng, clock = company.plan.rng("statements"), company.clock
    n = int(np.clip(company.plan.tickets // 1_000, 60, 5_000))
    when = np.sort(rng.integers(clock.base[0], clock.end - 3_600, n))
    code, language = rng.integers(0, len(STATEMENTS), n), rng.choice(3, n, p=[0.6, 0.25, 0.15])
    staff = np.array([row[0] == "staff" for row in STATEMENTS])[code]
    words = [word for row in STATEMENTS for word in row[4:7]]
    team = rng.integers(0, len(TEAM_NAMES), n)
    pick = {name: [row[k] for row in STATEMENTS] for k, name in enumerate(("audience", "kind", "theme", "factor"))}
    return {
        "statement_id": numbered("S", np.arange(n)),
        "stated_at": seconds_text(when),
        **{name: choose(values, code) for name, values in pick.items()},
        "text": choose(words, code * 3 + language),
        "mentions": 1 + rng.poisson(0.6, n),
        "team": choose(TEAM_NAMES, np.where(staff, team, -1)),
        "region": choose(REGIONS, rng.integers(0, 3, n)),
    }
