"""The accounts' export: labour by team, everything else shared; a budget beside each row."""

from __future__ import annotations

import numpy as np

from demo.company_parts import Company
from demo.exports import Columns, choose
from demo.story import LIVE, REGIONS, TEAM_NAMES, TEAMS

HOURLY = np.array([27.5, 19.0, 10.5])


def cost_rows(company: Company, month: int) -> Columns:
    """Labour by team, everything else shared; a budget beside each."""
    rng, staff, clock = company.plan.rng("costs", month), company.staff, company.clock
    days = clock.month_days(month)
    paid = (company.presence.state[days] > 0).sum(axis=0) * 8 * staff.post
    raise_of_pay = (1 + (0.0 if company.story.calm else 0.03 * (month // 12))) * _behind_the_market(company, month)
    hourly = np.full(len(HOURLY), HOURLY.mean()) if company.story.calm else HOURLY
    labour = np.bincount(staff.team, paid * hourly[staff.site] * 1.22, minlength=len(TEAMS)) * raise_of_pay
    level = float(company.story.level("cost_per_contact", month, {}, 1)[0])
    hires = int(((staff.accepted >= days[0]) & (staff.accepted <= days[-1])).sum())
    size = company.plan.full_time_posts / 60
    shared = [
        ("technology", "Contact platform", 21_000 * size),
        ("technology", "Answer bot", 5_200 * size),
        ("training", "Courses", 4_100 * size),
        ("recruiting", "Advertising and agencies", 1_750.0 * hires),
        ("premises", "Rent and power", 13_500 * size),
        ("other", "Night partner", 6_400 * size),
    ]
    rows: list[tuple[str, str, str | None, float]] = [
        ("labour", "Wages", team, float(amount)) for team, amount in zip(TEAM_NAMES, labour, strict=True)
    ]
    rows += [(category, item, None, amount) for category, item, amount in shared]
    amounts = [round(float(row[3]) * level * float(rng.normal(1, 0.012)), 2) for row in rows]
    # The story's company is given a little more than it needs; a calm one just what it needs.
    spare = 1.0 if company.story.calm else 1.035
    budgets = [round(float(row[3]) * spare, 2) for row in rows]
    return {
        "month_on": [f"{clock.months[month]:%Y-%m-%d}"] * len(rows),
        "category": [row[0] for row in rows],
        "item": [row[1] for row in rows],
        "team": [row[2] for row in rows],
        "channel": choose(LIVE, np.full(len(rows), -1)),
        "amount": amounts,
        "currency": ["EUR"] * len(rows),
        "budget": budgets,
        "region": [REGIONS[TEAMS[TEAM_NAMES.index(row[2])][1]] if row[2] else None for row in rows],
    }


def _behind_the_market(company: Company, month: int) -> float:
    """What effects make of our wages: each month's growth over a year is so much lower, or higher, than it was."""
    factor = 1.0
    for passed in range(month % 12 + 12, month + 1, 12):
        factor *= 1 - float(company.story.effects.delta("wage_gap", passed, {}, 1)[0])
    return factor
