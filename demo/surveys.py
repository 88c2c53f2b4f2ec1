"""The survey after a contact: who is asked, who answers, and what they say."""

from __future__ import annotations

import numpy as np

from demo import voices
from demo.company_parts import Company
from demo.contacts import ANSWERED, Contacts
from demo.customers import CUSTOMER_ID
from demo.exports import Columns, choose, numbered
from demo.people import AGENT_ID
from demo.questionnaires import CSAT, Asked, Wave, answer
from demo.satisfaction import company_satisfaction
from demo.story import LIVE, REGIONS, TEAM_NAMES
from demo.topics import TOPIC_NAMES


def contact_survey(company: Company, month: int, contacts: Contacts) -> Wave:
    """A quarter of the answered contacts are followed by an invitation; who answers tells what happened to them."""
    rng, end = company.rng("contact survey", month), company.clock.end - 1
    rows = np.flatnonzero((contacts.outcome == ANSWERED) & (rng.random(contacts.n) < 0.27))
    n, agent, customer = len(rows), contacts.agent[rows], contacts.customer[rows]
    codes = {
        "channel": contacts.channel[rows],
        "team": company.staff.team[agent],
        "topic": contacts.topic[rows],
        "region": company.customers.region[customer],
        "segment": company.customers.segment[customer],
    }
    invited = contacts.ended_at[rows] + rng.integers(600, 3_600, n)
    answered_at = invited + rng.exponential(16 * 3_600, n).astype(np.int64) + 90
    chance = company.story.level("response_rate", month, codes, n)
    answered = (rng.random(n) < chance) & (answered_at <= end)
    pull = (
        -0.85 * contacts.late[rows]
        - 0.20 * (np.log1p(contacts.wait[rows]) - 1.8)
        - 0.4 * (contacts.transfers[rows] > 0)
    )
    good = company_satisfaction(
        company, month, rng, codes, pull, customer, agent, company.clock.day_of(np.minimum(answered_at, end)), "contact"
    )
    told = {
        "customer_id": numbered("", CUSTOMER_ID + customer),
        "contact_id": numbered("C", 10_000_000 + contacts.number[rows]),
        "agent_id": numbered("", AGENT_ID + agent),
        "channel": choose(LIVE, codes["channel"]),
        "team": choose(TEAM_NAMES, codes["team"]),
        "region": choose(REGIONS, codes["region"]),
        "topic": choose(TOPIC_NAMES, codes["topic"]),
    }
    asked = Asked("contact", "csat", "c", contacts.number[rows], invited, answered_at, answered, told)
    about = {"customer": customer, "topic": codes["topic"], "late": contacts.late[rows], "good": good}
    return asked.wave(rng, _contact_answers(company, rng, asked, about), end)


def _contact_answers(
    company: Company, rng: np.random.Generator, asked: Asked, about: dict[str, np.ndarray]
) -> list[Columns]:
    good, answered = about["good"], asked.answered
    n = len(good)
    score = np.where(good, 4 + (rng.random(n) < 0.58), 1 + rng.integers(0, 3, n))[answered]
    effort = np.clip(np.round(np.where(good, 5.9, 3.6) + rng.normal(0, 1.0, n)), 1, 7).astype(int)
    once = (rng.random(n) < np.where(good, 0.86, 0.42)).astype(int)[answered]
    words = voices.comment_codes(company, rng, asked, about)
    said = answered & (rng.random(n) < 0.10)
    return [
        answer("QID1", asked.kept(), score, choose([label for _, label in CSAT], score - 1)),
        answer("QID2", asked.kept(), effort[answered], None),
        answer("QID3", asked.kept(), once, choose(["No", "Yes"], once)),
        answer("QID4", asked.kept(said), None, voices.texts(words[said])),
    ]
