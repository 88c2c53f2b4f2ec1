"""The ticket system's export, as Zendesk and the usual connectors write it: tickets, history, messages, macros used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from demo.company_parts import Company
from demo.customers import CUSTOMER_ID
from demo.exports import Columns, choose, seconds_text, whole
from demo.people import AGENT_ID
from demo.story import LANGUAGES, REGIONS
from demo.ticket_rows import DAY, NEVER, PRIORITIES, Tickets
from demo.topics import TOPIC_NAMES, TOPICS

TICKET_ID = 1_000_000
COMMENT_ID = 1_030_000_000_000
AUDIT_ID = 1_040_000_000_000
MACRO_ID = 360_011_200_000
MACROS = ["Thank you, we look into it", "Cause found", "Solved, please tell us if it comes back"]
GROUP_ID = 360_006_965_000
BOT_ID = 403_958_450_000
SYSTEM_ID = -1
BOT = 1 << 40
DELETED = 6
VIA = ["voice", "chat", "native_messaging", "voice", "email", "web", "mobile_sdk"]
STATUSES = ["new", "open", "pending", "hold", "solved", "closed", "deleted"]
CLOSES_AFTER = 4 * DAY
REPLY_WORDS = [
    "Thank you for your message, we are looking into it.",
    "We have found the cause and are working on it.",
    "This is solved now. Please tell us if it comes back.",
    "Cảm ơn bạn, chúng tôi đang kiểm tra.",
    "您好，我们正在处理。",
]
NOTE_WORDS = ["Checked the order, waiting for the warehouse.", "Asked the second line.", "Customer called before."]


def status_of(tickets: Tickets, end: int) -> np.ndarray:
    """Code of the status that each ticket has at ``end``."""
    last = tickets.last_solved
    waiting = np.where((tickets.asked <= end) & (tickets.solved > end), 1, np.where(tickets.number % 19 == 0, 3, 2))
    status = np.where(tickets.assigned <= end, 1, 0)
    status = np.where((tickets.replied <= end) & ~tickets.one_touch, waiting, status)
    status = np.where(tickets.solved <= end, 4, status)
    status = np.where((tickets.reopened <= end) & (tickets.solved_again > end), 1, status)
    status = np.where((last <= end) & (last < NEVER), 4, status)
    status = np.where((last < NEVER) & (last + CLOSES_AFTER <= end), 5, status)
    return np.where(tickets.deleted <= end, 6, status)


def owner_at(tickets: Tickets, when: np.ndarray) -> np.ndarray:
    """Who holds each ticket at an instant."""
    return np.where((tickets.passed_on <= when) & ~(tickets.back <= when), tickets.second, tickets.agent)


def ticket_rows(company: Company, tickets: Tickets) -> Columns:
    """One row per ticket with the state at the end of the period."""
    end, n = company.clock.end - 1, tickets.n
    status = status_of(tickets, end)
    stages = [
        tickets.created,
        tickets.assigned,
        tickets.replied,
        tickets.asked,
        tickets.solved,
        tickets.reopened,
        tickets.solved_again,
        tickets.deleted,
        np.where(status == 5, tickets.last_solved + CLOSES_AFTER, 0),
    ]
    known = np.stack([np.where(stage <= end, stage, 0) for stage in stages])
    updated = np.where(status == 6, tickets.deleted, known.max(axis=0))
    holder = np.where(tickets.assigned <= end, owner_at(tickets, np.minimum(updated, end)), -1)
    priority = np.minimum(tickets.priority + (tickets.raised <= end), 3)
    language = company.customers.language[tickets.customer]
    column = np.array([{"vi": 1, "zh": 2}.get(code, 0) for code in LANGUAGES])[language]
    words = [str(topic[field]) for topic in TOPICS for field in (5, 6, 7)]
    return {
        "id": TICKET_ID + tickets.number,
        "created_at": seconds_text(tickets.created, False),
        "updated_at": seconds_text(updated, False),
        "status": choose(STATUSES, status),
        "priority": choose(PRIORITIES, priority),
        "type": choose(["question", "incident", "problem"], tickets.number % 7 % 3),
        "subject": choose(TOPIC_NAMES, tickets.topic),
        "description": choose(words, tickets.topic * 3 + column),
        "requester_id": CUSTOMER_ID + tickets.customer,
        "submitter_id": CUSTOMER_ID + tickets.customer,
        "assignee_id": whole(np.where(holder >= 0, AGENT_ID + holder, -1)),
        "group_id": whole(np.where(holder >= 0, GROUP_ID + company.staff.team[holder], -1)),
        "via_channel": choose(VIA, tickets.channel),
        "is_public": choose(["TRUE"], np.zeros(n, int)),
        "has_incidents": choose(["FALSE"], np.zeros(n, int)),
        "due_at": pa.nulls(n, pa.string()),
        "custom_topic": choose(TOPIC_NAMES, tickets.topic),
        "custom_region": choose(REGIONS, company.customers.region[tickets.customer]),
        "custom_language": choose(LANGUAGES, language),
        "custom_is_complaint": choose(["false", "true"], tickets.complaint.astype(int)),
    }


def history_rows(company: Company, tickets: Tickets) -> Columns:
    """Every change of a field up to the end of the period, in order of time."""
    values, value = [*STATUSES, *PRIORITIES], {name: code for code, name in enumerate([*STATUSES, *PRIORITIES])}
    agent, second, team = tickets.agent, tickets.second, company.staff.team
    asker, nobody = -2 - tickets.customer, np.full(tickets.n, SYSTEM_ID - (1 << 50))
    holder = owner_at(tickets, tickets.solved)
    moved = (second >= 0) & (team[second] != team[agent])
    last = np.where(tickets.last_solved < NEVER, tickets.last_solved + CLOSES_AFTER, NEVER)
    priority = value["low"] + tickets.priority
    changes = [
        ("status", tickets.created, asker, value["new"], 0),
        ("status", tickets.assigned, agent, value["open"], 0),
        ("assignee_id", tickets.assigned, agent, agent, 1),
        (
            "status",
            np.where(tickets.one_touch, NEVER, tickets.replied),
            agent,
            np.where(tickets.number % 19 == 0, 3, 2),
            0,
        ),
        ("status", tickets.asked, asker, value["open"], 0),
        ("status", tickets.solved, holder, value["solved"], 0),
        ("status", tickets.reopened, asker, value["open"], 0),
        ("status", tickets.solved_again, holder, value["solved"], 0),
        ("status", last, nobody, value["closed"], 0),
        ("status", tickets.deleted, agent, DELETED, 0),
        ("priority", np.where(tickets.raised < NEVER, tickets.created, NEVER), asker, priority, 0),
        ("priority", tickets.raised, agent, np.minimum(priority + 1, value["urgent"]), 0),
        ("assignee_id", tickets.passed_on, agent, second, 1),
        ("assignee_id", tickets.back, second, agent, 1),
        ("group_id", np.where(moved, tickets.assigned, NEVER), agent, team[agent], 2),
        ("group_id", np.where(moved, tickets.passed_on, NEVER), agent, team[second], 2),
        ("group_id", np.where(moved, tickets.back, NEVER), second, team[agent], 2),
    ]
    return _stacked(company, tickets, changes, values)


def _stacked(company: Company, tickets: Tickets, changes: list[tuple], values: list[str]) -> Columns:
    end, fields = company.clock.end - 1, ["status", "assignee_id", "priority", "group_id"]
    rows, when, who, codes, kinds, names = [], [], [], [], [], []
    for name, moment, actor, code, kind in changes:
        # Nothing happens to a deleted ticket but its deletion.
        alive = np.flatnonzero((moment <= end) & ((moment < tickets.deleted) | (code is DELETED)))
        rows.append(alive)
        when.append(moment[alive])
        who.append(actor[alive])
        codes.append(np.broadcast_to(code, tickets.n)[alive])
        kinds.append(np.full(len(alive), kind, np.int8))
        names.append(np.full(len(alive), fields.index(name), np.int8))
    row, moment, actor, code, kind, name = (np.concatenate(part) for part in (rows, when, who, codes, kinds, names))
    order = np.argsort(moment, kind="stable")
    row, moment, actor, code, kind, name = (part[order] for part in (row, moment, actor, code, kind, name))
    numbers = np.where(kind == 1, AGENT_ID + code, GROUP_ID + code)
    text = pa.compute.if_else(
        pa.array(kind == 0),
        choose(values, np.where(kind == 0, code, 0)).cast(pa.string()),
        pa.array(numbers).cast(pa.string()),
    )
    return {
        "field_name": choose(fields, name),
        "ticket_id": TICKET_ID + tickets.number[row],
        "updated": seconds_text(moment, False),
        "user_id": _people(actor),
        "value": text,
    }


def _people(actor: np.ndarray) -> pa.Array:
    """Account numbers from agents (0 …), customers (-2 …), the bot and the system."""
    ids = np.where(actor >= 0, AGENT_ID + actor, CUSTOMER_ID - 2 - actor)
    ids = np.where(actor == BOT, BOT_ID, ids)
    return whole(np.where(actor < -(1 << 49), SYSTEM_ID, ids), np.zeros(len(actor), bool))


@dataclass(frozen=True)
class Messages:
    """Messages in order of time: ticket (a row of the month's), place in its talk, instant, who, and what is said."""

    row: np.ndarray
    place: np.ndarray
    moment: np.ndarray
    actor: np.ndarray
    public: np.ndarray
    word: np.ndarray
    standard: np.ndarray


def messages_of(company: Company, month: int, tickets: Tickets) -> Messages:
    """Messages and notes: the bot's receipt, private notes, replies of agents and customers."""
    rng, n, end = company.rng("comments", month), tickets.n, company.clock.end - 1
    asker, bot = -2 - tickets.customer, np.full(n, BOT)
    some = rng.random((3, n))
    offline = tickets.contact < 0
    noted = tickets.assigned + ((tickets.replied - tickets.assigned) * 0.6).astype(np.int64)
    closing = ~tickets.one_touch & (some[1] < 0.4)
    usual = company.rng("standard words", month).random((2, n)) < np.array([[0.08], [0.2]])
    standard = {2: tickets.standard, 4: usual[0], 5: usual[1]}
    messages = [
        (np.where(offline & (some[0] < 0.85), tickets.created + rng.integers(3, 60, n), NEVER), bot, True, 0),
        (np.where(some[2] < 0.25, noted, NEVER), tickets.agent, False, 0),
        (tickets.replied, tickets.agent, True, 1),
        (tickets.asked, asker, True, 5),
        (tickets.answered, owner_at(tickets, tickets.answered), True, 1),
        (
            np.where(closing, np.maximum(tickets.solved - 20, tickets.replied + 1), NEVER),
            owner_at(tickets, tickets.solved),
            True,
            2,
        ),
        (tickets.reopened, asker, True, 6),
        (tickets.solved_again, owner_at(tickets, tickets.solved), True, 2),
    ]
    parts = []
    for step, (at, by, shown, said) in enumerate(messages):
        alive = np.flatnonzero((at <= end) & (at <= tickets.deleted))
        spoken = np.full(len(alive), said) if shown else 7 + tickets.number[alive] % 3
        by_macro = standard.get(step, np.zeros(n, bool))[alive]
        shows = np.full(len(alive), shown)
        parts.append((alive, np.full(len(alive), step), at[alive], by[alive], shows, spoken, by_macro))
    joined = [np.concatenate(part) for part in zip(*parts, strict=True)]
    order = np.argsort(joined[2], kind="stable")
    return Messages(*(part[order] for part in joined))


def comment_rows(tickets: Tickets, said: Messages) -> Columns:
    """What was said, in the words of the help desk's comments."""
    words = [*REPLY_WORDS, "Here is what you asked for.", "It has come back, please look again.", *NOTE_WORDS]
    return {
        "id": COMMENT_ID + tickets.number[said.row] * 8 + said.place,
        "body": choose(words, said.word),
        "created": seconds_text(said.moment, False),
        "public": choose(["FALSE", "TRUE"], said.public.astype(int)),
        "ticket_id": TICKET_ID + tickets.number[said.row],
        "user_id": _people(said.actor),
        "voice_comment": choose(["FALSE"], np.zeros(len(said.row), int)),
    }


def audit_rows(tickets: Tickets, said: Messages) -> Columns:
    """The updates that agents made with a macro, as the help desk's audit log has them."""
    mine = np.flatnonzero(said.standard)
    number = tickets.number[said.row[mine]] * 8 + said.place[mine]
    macro = choose([f'"macro_id":"{MACRO_ID + code}","macro_title":"{title}"' for code, title in enumerate(MACROS)],
                   said.word[mine] % len(MACROS))  # fmt: skip
    events = pa.compute.binary_join_element_wise(
        '[{"type":"Comment","public":true,"id":', pa.array(COMMENT_ID + number).cast(pa.string()),
        '},{"type":"AgentMacroReference",', macro.cast(pa.string()), "}]", "",
    )  # fmt: skip
    return {
        "id": AUDIT_ID + number,
        "ticket_id": TICKET_ID + tickets.number[said.row[mine]],
        "created_at": seconds_text(said.moment[mine]),
        "author_id": _people(said.actor[mine]),
        "events": events,
    }
