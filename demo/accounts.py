"""The ticket system's registers: accounts of the staff, groups, policies and the promises made by them."""

from __future__ import annotations

import numpy as np

from demo.company_parts import Company
from demo.exports import Columns, choose, numbered, seconds_text, take, whole
from demo.helpdesk import BOT_ID, GROUP_ID, TICKET_ID
from demo.people import NEVER as NEVER_DAY
from demo.story import TEAM_NAMES
from demo.ticket_rows import Tickets

# Business minutes promised to the first reply and to the solution, by priority.
PROMISES = {
    "first_reply_time": {"urgent": 90, "high": 240, "normal": 480, "low": 1_440},
    "total_resolution_time": {"urgent": 1_440, "high": 2_600, "normal": 4_500, "low": 8_640},
}
# Before a certain day the story's company promised less.
TIGHTENED, BEFORE = "2025-04-01 00:00:00", {"normal": 600}


def policy_rows(tickets: Tickets) -> Columns:
    """The promise made to each ticket when it arrived."""
    return {
        "ticket_id": TICKET_ID + tickets.number,
        "sla_policy_id": np.full(tickets.n, 1001),
        "policy_applied_at": seconds_text(tickets.created, False),
    }


def policy_metric_rows(company: Company) -> Columns:
    """The versions of the policy; a company without effects never changed it."""
    first = PROMISES["first_reply_time"] | ({} if company.story.calm else BEFORE)
    known = PROMISES | {"first_reply_time": first}
    rows: list[tuple] = [
        (1001, k, "2020-01-01 00:00:00", "TRUE", metric, priority, minutes)
        for metric, targets in known.items()
        for k, (priority, minutes) in enumerate(targets.items())
    ]
    later = [
        (1001, 9, TIGHTENED, "TRUE", "first_reply_time", priority, PROMISES["first_reply_time"][priority])
        for priority in BEFORE
    ]
    rows += [] if company.story.calm else later
    names = ["sla_policy_id", "index", "sla_policy_updated_at", "business_hours", "metric", "priority", "target"]
    return _columns(names, rows)


def _columns(names: list[str], rows: list[tuple]) -> Columns:
    return {name: [row[k] for row in rows] for k, name in enumerate(names)}


def group_rows() -> Columns:
    """Teams, as groups."""
    rows = [
        (
            GROUP_ID + k,
            "FALSE",
            "2020-01-01 00:00:00",
            name,
            "2020-01-01 00:00:00",
            f"https://lumenta.zendesk.com/api/v2/groups/{GROUP_ID + k}.json",
        )
        for k, name in enumerate(TEAM_NAMES)
    ]
    return _columns(["id", "_fivetran_deleted", "created_at", "name", "updated_at", "url"], rows)


def user_rows(company: Company) -> Columns:
    """Accounts of the staff and of the bot."""
    staff, base = company.staff, company.clock.midnight[0]
    n = staff.n
    hired = np.maximum(base + np.minimum(staff.hired, company.clock.days - 1) * 86_400, 1)
    active = (staff.left == NEVER_DAY) | (staff.left >= company.clock.days)
    created = np.concatenate([hired, [base - 86_400 * 400]])
    left = np.where(active, hired, base + np.minimum(staff.left, company.clock.days - 1) * 86_400)
    here = np.concatenate([staff.hired < company.clock.days, [True]])
    return take(
        {
            "id": np.concatenate([staff.ids, [BOT_ID]]),
            "active": choose(["FALSE", "TRUE"], np.concatenate([active, [True]]).astype(int)),
            "alias": [*[""] * n, "Lumenta bot"],
            "created_at": seconds_text(created, False),
            "email": numbered("agent", np.arange(n + 1), "@lumenta.example"),
            "locale": choose(["en-GB"], np.zeros(n + 1, int)),
            "name": [*staff.names(), "Answer bot"],
            "role": choose(["agent"], np.zeros(n + 1, int)),
            "default_group_id": whole(np.concatenate([GROUP_ID + staff.team, [-1]])),
            "ticket_restriction": choose(["groups"], np.zeros(n + 1, int)),
            "time_zone": choose(["Berlin"], np.zeros(n + 1, int)),
            "updated_at": seconds_text(np.concatenate([left, created[-1:]]), False),
            "url": numbered(
                "https://lumenta.zendesk.com/api/v2/users/", np.concatenate([staff.ids, [BOT_ID]]), ".json"
            ),
            "verified": choose(["TRUE"], np.zeros(n + 1, int)),
        },
        here,
    )
